"""Another scale under the same item."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from lcmonitor.drift.pair import Pair, Seen, named
from lcmonitor.errors import LANGUAGES
from lcmonitor.instruments.model import Codebook, Scale
from lcmonitor.intake.receipt import Finding
from lcmonitor.intake.structure import Shape

_Ends: TypeAlias = Mapping[str, str]


def of_scales(pair: Pair) -> Iterator[Finding]:
    """A break that the codebook makes, another scale that it does not tell of, another choice of answers."""
    yield from _breaks(pair)
    for item, (then, now) in pair.shared.items():
        if item not in pair.broken and then.scale != now.scale:
            codes = {"before": _codes(then.scale), "now": _codes(now.scale)}
            yield pair.told("LCM-272", "warning", [item], **codes)
    for item, (then, now) in pair.unbroken.items():
        if then.offered and now.offered and then.offered != now.offered:
            yield from _options(pair, item, then, now)


def _breaks(pair: Pair) -> Iterator[Finding]:
    """Items that went from one scale to another together are told of together."""
    together: dict[tuple[str, str], list[str]] = defaultdict(list)
    ends: dict[tuple[str, str], tuple[_Ends, _Ends]] = {}
    for item in pair.shared:
        if item in pair.broken:
            both = _ends(pair, pair.earlier, item), _ends(pair, pair.later, item)
            alike = (str(both[0]), str(both[1]))
            together[alike].append(item)
            ends[alike] = both
    for alike, items in together.items():
        before, now = ends[alike]
        yield pair.told("LCM-271", "note", items, before=before, now=now)


def _ends(pair: Pair, seen: Seen, item: str) -> _Ends:
    """``1 (strongly disagree) – 5 (strongly agree)``, as the codebook has it in that wave."""
    scale = _scale(pair.book(seen), item)
    if scale is None:
        return dict.fromkeys(LANGUAGES, "–")
    ends = (scale.low, scale.high)
    return {
        language: " – ".join(_point(code, scale.codes[code][language]) for code in ends)
        for language in LANGUAGES
    }


def _point(code: int, label: str) -> str:
    """``5 (strongly agree)``; ``5 (highest)`` where the label itself says the number."""
    return label if label.startswith(str(code)) else f"{code} ({label})"


def _scale(book: Codebook, item: str) -> Scale | None:
    name = book.items[item].scale if item in book.items else None
    return book.scales[name] if name else None


def _options(pair: Pair, item: str, then: Shape, now: Shape) -> Iterator[Finding]:
    gone, new = (
        sorted({*one} - {*other}) for one, other in ((then.offered, now.offered), (now.offered, then.offered))
    )
    yield pair.told("LCM-273", "warning", [item], gone=_codes(gone), new=_codes(new))


def _codes(codes: tuple[int, ...] | list[int]) -> str:
    return named(map(str, codes)) or "–"
