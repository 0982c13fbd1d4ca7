"""Numbers that share out a whole: brought to the whole where people miscounted a little, else left out."""

from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt

from lcmonitor.instruments.model import Codebook, Division
from lcmonitor.intake.findings import Place, finding
from lcmonitor.intake.kept import Kept, Select
from lcmonitor.intake.numbers import NOT_ASKED
from lcmonitor.intake.receipt import Finding


def asked_divisions(codebook: Codebook, kept: Kept) -> Iterator[tuple[str, Division]]:
    """The divisions of which the form asks every part."""
    for name, division in codebook.divisions.items():
        if kept.answers.keys() >= set(division.parts.values()):
            yield name, division


def sums(division: Division, kept: Kept, here: Select) -> npt.NDArray[np.float64]:
    """The sum of the parts that were filled in; NaN: none was. An empty part of a full whole is zero."""
    parts = np.stack([kept.answers[item][here].astype(np.float64) for item in division.parts.values()])
    given = parts > NOT_ASKED
    return np.where(given.any(axis=0), np.where(given, parts, 0).sum(axis=0), np.nan)


def apply_divisions(
    kept: Kept, codebook: Codebook, here: Select, wrong: Mapping[str, Select], file: str
) -> Iterator[Finding]:
    """Rescale what adds up to the whole within its tolerance; a row with a fault in it has no division."""
    for name, division in asked_divisions(codebook, kept):
        names = (name, *division.parts.values())
        broken = _among(here, np.unique(np.concatenate([wrong.get(n, here[:0]) for n in names])))
        whole = sums(division, kept, here)
        factor = np.divide(division.total, whole, out=np.zeros_like(whole), where=whole > 0)
        for item in division.parts.values():
            values = kept.answers[item]
            given = np.where(values[here] > NOT_ASKED, values[here], 0)
            values[here] = np.where(np.isnan(whole), values[here], given * factor)
            values[broken] = np.nan
        if len(unbalanced := _among(here, wrong.get(name, here[:0]))):
            place = Place(file, item=name, rows=kept.row_numbers(unbalanced))
            total = f"{division.total:g}"
            yield finding("LCM-232", "warning", place, title=division.title, total=total)


def _among(here: Select, rows: Select) -> Select:
    """Those of ``rows`` that are in ``here``; each holds a row once."""
    return np.intersect1d(rows, here, assume_unique=True) if len(rows) else rows
