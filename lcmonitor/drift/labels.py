"""Other numbers for the same answers, and answers that lost their words."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from itertools import pairwise

from lcmonitor.drift.pair import Pair
from lcmonitor.intake.codes import integer
from lcmonitor.intake.receipt import Finding, Severity
from lcmonitor.intake.structure import Shape

_SEVERITY: Mapping[str, Severity] = {
    "LCM-274": "note",
    "LCM-275": "note",
    "LCM-276": "warning",
    "LCM-277": "warning",
    "LCM-279": "warning",
    "LCM-280": "note",
    "LCM-278": "warning",
    "LCM-281": "note",
}


def of_labels(pair: Pair) -> Iterator[Finding]:
    """What each item shows; items with the same are told of together."""
    together: dict[str, list[str]] = defaultdict(list)
    for item, (then, now) in pair.unbroken.items():
        for code in _codes(then, now, pair.translated):
            together[code].append(item)
    for code in sorted(together):
        yield pair.told(code, _SEVERITY[code], together[code])


def _codes(then: Shape, now: Shape, translated: bool) -> Iterator[str]:
    by_number = then.by_number or now.by_number
    moved = _moved(then.labels, now.labels)
    if _turned(moved):
        yield "LCM-276" if by_number else "LCM-274"
    elif moved:
        yield "LCM-277" if by_number else "LCM-275"
    elif now.by_number and _relabelled(then.labels, now.labels):
        yield "LCM-278"
    if _lost(then, now):
        yield "LCM-279"
    elif _lost(now, then):
        yield "LCM-280"
    elif not translated and _other_words(then, now):
        yield "LCM-281"


def _moved(then: Mapping[str, str], now: Mapping[str, str]) -> list[tuple[str, str]]:
    """The old and new value of every label of both files, in the old order; none if all stayed in place."""
    place = {label: value for value, label in now.items()}
    both = [(value, place[label]) for value, label in then.items() if label in place]
    return sorted(both, key=lambda pair: _order(pair[0])) if any(old != new for old, new in both) else []


def _turned(moved: list[tuple[str, str]]) -> bool:
    """What was first is last now."""
    news = [_order(new) for _, new in moved]
    return len(news) > 1 and all(later < earlier for earlier, later in pairwise(news))


def _order(value: str) -> tuple[int, str]:
    """Numbers by their size; ``A2`` before ``A10``."""
    number = integer(value)
    return (len(value), value) if number is None else (number, "")


def _relabelled(then: Mapping[str, str], now: Mapping[str, str]) -> bool:
    return any(now[value] != label for value, label in then.items() if value in now)


def _lost(then: Shape, now: Shape) -> bool:
    """Points that stood there in words are bare numbers; or all of them are, whichever were chosen."""
    same_point = then.words.keys() & set(now.numbers) - now.words.keys()
    all_of_them = not then.numbers and bool(now.numbers) and not now.words
    return bool(then.words) and (bool(same_point) or all_of_them)


def _other_words(then: Shape, now: Shape) -> bool:
    return any(not {*words} & {*now.words[code]} for code, words in then.words.items() if code in now.words)
