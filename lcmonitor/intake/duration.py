"""How long each respondent took, where the tool tells: its own count of seconds, or when somebody began."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from lcmonitor.exports.dates import read_dates
from lcmonitor.exports.headings import key, keys
from lcmonitor.exports.table import RawTable
from lcmonitor.intake.answers import Numbers
from lcmonitor.intake.numbers import number

_WORDS = "duration"
_DAY = 24 * 3600.0  # whoever takes longer went away in between


def seconds(table: RawTable) -> pa.Array:
    """A number per row, null where it is not known."""
    counted, began = _cells(table, "seconds"), _cells(table, "started")
    if counted is not None:
        taken = np.array([number(text or "", comma=False) for text in counted.to_pylist()], np.float64)
    elif began is not None:
        taken = _between(began, table.facts["submitted"])
    else:
        return pa.nulls(table.facts.num_rows, pa.float64())
    return pa.array(taken, mask=~((taken > 0) & (taken < _DAY)))


def _cells(table: RawTable, kind: str) -> pa.ChunkedArray | None:
    """The cells of the first of the tool's own columns that is called so."""
    names = keys(_WORDS, kind)
    for column in table.columns:
        if column.role == "meta" and {key(column.heading), key(column.code)} & names:
            return table.cells[str(column.position)]
    return None


def _between(began: pa.ChunkedArray, submitted: pa.ChunkedArray) -> Numbers:
    """Where either is written as a day alone for everyone, nothing is known."""
    first, last = np.asarray(read_dates(began).moments), submitted.to_numpy()
    if _days_alone(first) or _days_alone(last):
        return np.full(len(last), np.nan)
    taken: Numbers = (last - first) / np.timedelta64(1, "s")
    return taken


def _days_alone(moments: npt.NDArray[np.datetime64]) -> bool:
    known = moments[~np.isnat(moments)]
    return bool((known == known.astype("datetime64[D]")).all())
