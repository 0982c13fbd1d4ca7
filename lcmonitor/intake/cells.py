"""The cell rule: a value that its scale does not allow becomes missing; too many of them refuse the file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from lcmonitor.errors import LANGUAGES, Language
from lcmonitor.instruments.model import Codebook, Scale
from lcmonitor.intake.answers import Answers, given, invalidate, unknowing
from lcmonitor.intake.findings import Place, finding, spelled
from lcmonitor.intake.kept import Kept, Select
from lcmonitor.intake.match import Matching
from lcmonitor.intake.receipt import Finding

TOLERATED = 0.05  # share of an item's answers that may be invalid; above it the file is taken to be miscoded


@dataclass(frozen=True)
class _Shift:
    """The answers to all items of a scale lie one code too low or too high."""

    scale: str
    found: str
    allowed: str
    items: tuple[str, ...]


def apply_cell_rule(
    kept: Kept, wrong: Mapping[str, Select], matching: Matching, file: str
) -> Iterator[Finding]:
    """Judge every item with unexpected cells, and make those cells invalid."""
    shifts = [
        shift for codebook, here in kept.per_codebook() for shift in _shifts(kept, codebook, here, wrong)
    ]
    for shift in dict.fromkeys(shifts):
        rows = np.unique(np.concatenate([wrong.get(item, np.empty(0, np.int64)) for item in shift.items]))
        place = Place(file, rows=kept.row_numbers(rows))
        params = {"found": shift.found, "allowed": shift.allowed, "items": spelled(shift.items)}
        yield finding("LCM-214", "error", place, **params)
    shifted = {item for shift in shifts for item in shift.items}
    for question in matching.questions:
        if question.item not in wrong or question.item in shifted:
            continue
        rows = wrong[question.item]
        values = kept.answers[question.item]
        place = Place(file, question.columns[0], question.item, kept.row_numbers(rows))
        yield verdict(place, len(rows) / answered(values), allowed(kept, question.item))
        invalidate(values, rows)


def answered(values: Answers) -> int:
    """In how many rows something was answered, valid or not."""
    return int(np.sum(given(values) & ~unknowing(values)))


def verdict(place: Place, share: float, allowed: Mapping[Language, str]) -> Finding:
    """Tolerated or not. ``share``: of the answers in that place that are invalid."""
    if share > TOLERATED:
        shares = {"percentage": f"{100 * share:.0f}", "tolerated": f"{100 * TOLERATED:.0f}"}
        return finding("LCM-215", "error", place, allowed=allowed, **shares)
    return finding("LCM-230", "warning", place, allowed=allowed)


def allowed(kept: Kept, item: str) -> Mapping[Language, str]:
    """What the item may hold, as the last codebook has it: ``1 (strongly disagree), …``."""
    codebook = [book for book in kept.codebooks if item in book.items][-1]
    name = codebook.items[item].scale
    if name is None:
        return dict.fromkeys(LANGUAGES, "0, 1, 2, …")
    texts = (codebook.scales[name].codes | codebook.scales[name].missing).items()
    return {
        language: ", ".join(f"{code} ({text[language]})" for code, text in texts) for language in LANGUAGES
    }


def _shifts(kept: Kept, codebook: Codebook, here: Select, wrong: Mapping[str, Select]) -> Iterator[_Shift]:
    """Scales of which a code outside the end is used and the other end never: 0–4 for 1–5, or 1–5 for 0–4."""
    for name, scale in codebook.scales.items():
        items = [
            code for code in kept.answers if code in codebook.items and codebook.items[code].scale == name
        ]
        cells = [kept.answers[item][here] for item in items]
        if not cells or not any(item in wrong for item in items):
            continue
        counts = dict(zip(*np.unique(np.concatenate(cells), return_counts=True), strict=True))
        used = {int(code): int(count) for code, count in counts.items() if code >= -100}
        for low in (scale.low - 1, scale.low + 1):
            if _is_shifted(used, scale, low):
                span = scale.high - scale.low
                found, allowed = f"{low}–{low + span}", f"{scale.low}–{scale.high}"
                yield _Shift(name, found, allowed, tuple(items))


def _is_shifted(used: Mapping[int, int], scale: Scale, low: int) -> bool:
    high = low + scale.high - scale.low
    outside = low if low < scale.low else high
    enough = used.get(outside, 0) > max(1, TOLERATED / 5 * sum(used.values()))
    return enough and all(low <= code <= high for code in used)
