"""The answers to one item, a value per row: codes with a Missing code for each gap, or numbers."""

from typing import TypeGuard

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from lcmonitor.intake.numbers import NOT_ASKED
from lcmonitor.intake.responses import Missing

Codes = npt.NDArray[np.int8]
Numbers = npt.NDArray[np.float64]  # NOT_ASKED; NaN: left empty; UNREADABLE until it is judged, then NaN
Answers = Codes | Numbers
Mask = npt.NDArray[np.bool_]


def nothing_asked(rows: int, numbers: bool) -> Answers:
    """Answers to an item that has no column."""
    return np.full(rows, NOT_ASKED) if numbers else np.full(rows, Missing.NOT_ASKED, np.int8)


def asked(values: Answers) -> Mask:
    """The item was shown."""
    return np.not_equal(values, Missing.NOT_ASKED if _are_codes(values) else NOT_ASKED)


def given(values: Answers) -> Mask:
    """Something was filled in: "don't know" is an answer, and so is what nobody could read."""
    return values > NOT_ASKED if not _are_codes(values) else asked(values) & (values != Missing.NOT_ANSWERED)


def unknowing(values: Answers) -> Mask:
    """The answer is "don't know" or "not applicable"."""
    return np.equal(values, Missing.NOT_APPLICABLE) & _are_codes(values)


def valid(values: Answers) -> Mask:
    """A code of the scale, or a number."""
    return values > max(Missing) if _are_codes(values) else np.isfinite(values)


def invalidate(values: Answers, rows: npt.NDArray[np.int64]) -> None:
    """These answers count as missing."""
    values[rows] = Missing.INVALID if _are_codes(values) else np.nan


def stored(values: Answers) -> pa.Array:
    """As the store keeps them: codes with their gaps, numbers or null."""
    return pa.array(values) if _are_codes(values) else pa.array(values, mask=~valid(values))


def _are_codes(values: Answers) -> TypeGuard[Codes]:
    return values.dtype == np.int8
