"""The expectations' verdict put to use: invalid cells become missing, a miscoded file is refused."""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from lcmonitor.instruments.model import Codebook
from lcmonitor.intake.answers import asked
from lcmonitor.intake.cells import apply_cell_rule
from lcmonitor.intake.divisions import apply_divisions, asked_divisions, sums
from lcmonitor.intake.findings import Place, finding
from lcmonitor.intake.kept import Kept, Select
from lcmonitor.intake.match import Matching
from lcmonitor.intake.numbers import NOT_ASKED
from lcmonitor.intake.receipt import Finding
from lcmonitor.intake.set_aside import days, numbered
from lcmonitor.intake.validate import Amounts, Batch, Codes, Unexpected
from lcmonitor.programme.model import Wave

_LARGEST = 1e300  # any number that can be read


def batches(number: int, kept: Kept, waves: Sequence[Wave]) -> list[Batch]:
    """What the expectations look at: a batch per codebook that the rows were asked."""
    opens = _day_numbers(np.array([wave.opens for wave in waves], "datetime64[D]"))
    closes = _day_numbers(np.array([wave.closes for wave in waves], "datetime64[D]"))
    response, day = numbered(kept.ids), _day_numbers(days(kept.facts["submitted"]))
    return [
        Batch(
            number,
            response[here],
            kept.wave[here],
            len(waves),
            day[here],
            opens[kept.wave[here]],
            closes[kept.wave[here]],
            kept.panel.take(here),
            dict(_codes(codebook, kept, here)),
            dict(_amounts(codebook, kept, here)),
        )
        for codebook, here in kept.per_codebook()
    ]


def judge(kept: Kept, unexpected: Sequence[Unexpected], matching: Matching, file: str) -> tuple[Finding, ...]:
    """Apply the cell rule and the divisions' rule: only valid answers are left in ``kept``.

    ``unexpected``: per codebook of the rows, in order.
    """
    findings = [
        finding("LCM-216", "error", Place(file, rows=kept.row_numbers(here[rows])), check=check)
        for (_, here), found in zip(kept.per_codebook(), unexpected, strict=True)
        for check, rows in found.checks.items()
    ]
    wrong = _by_item(kept, unexpected)
    findings += apply_cell_rule(kept, wrong, matching, file)
    for codebook, here in kept.per_codebook():
        findings += apply_divisions(kept, codebook, here, wrong, file)
    return tuple(findings)


def _day_numbers(dates: npt.NDArray[np.datetime64]) -> npt.NDArray[np.float64]:
    return np.where(np.isnat(dates), np.nan, dates.astype("datetime64[D]").astype(np.int64))


def _codes(codebook: Codebook, kept: Kept, here: Select) -> Iterator[tuple[str, Codes]]:
    for code, values in kept.answers.items():
        shown = (
            code in codebook.items and asked(values[here]).any()
        )  # a module that was left out costs nothing
        if shown and (name := codebook.items[code].scale):
            yield code, Codes(values[here].astype(np.int8), frozenset(codebook.scales[name].codes))


def _amounts(codebook: Codebook, kept: Kept, here: Select) -> Iterator[tuple[str, Amounts]]:
    parts = {item for division in codebook.divisions.values() for item in division.parts.values()}
    for code, values in kept.answers.items():
        if code in codebook.items and codebook.items[code].type == "number":
            given = np.where(values[here] == NOT_ASKED, np.nan, values[here])
            yield code, Amounts(given, 0.0 if code in parts else -_LARGEST, _LARGEST)
    for name, division in asked_divisions(codebook, kept):
        low, high = division.total - division.tolerance, division.total + division.tolerance
        yield name, Amounts(sums(division, kept, here), low, high)


def _by_item(kept: Kept, unexpected: Sequence[Unexpected]) -> dict[str, Select]:
    """Item or division -> rows of ``kept`` that are wrong, whichever codebook they were asked."""
    found: dict[str, Select] = {}
    for (_, here), each in zip(kept.per_codebook(), unexpected, strict=True):
        for name, rows in each.items.items():
            found[name] = np.union1d(found.get(name, here[:0]), here[rows])
    return found
