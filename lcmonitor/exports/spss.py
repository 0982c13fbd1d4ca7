"""SPSS data files: codes with their labels, declared missing values and the questions' words."""

import io
import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyreadstat

from lcmonitor.errors import ExportError, Message
from lcmonitor.exports import generic, limesurvey, qualtrics
from lcmonitor.exports.grid import HEAD, Grid
from lcmonitor.exports.layout import Layout
from lcmonitor.exports.table import Column
from lcmonitor.wording import without_markup

_ENCODINGS = (None, "UTF-8", "WINDOWS-1252", "LATIN1")  # what the file declares first; it may be wrong
_EPOCH = np.datetime64("1582-10-14T00:00:00", "s")
_DAYS = ("DATE", "ADATE", "EDATE", "JDATE", "SDATE", "MOYR", "QYR", "WKYR")
_MOMENTS = ("DATETIME", "YMDHMS")
_CALENDAR = (np.datetime64("0001-01-01", "s"), np.datetime64("9999-12-31", "s"))

Range = Mapping[str, float | str]
Value = float | str | None
Variables = dict[str, Sequence[Value]]


def layout(grid: Grid) -> Layout | None:
    """The file says what its variables are; their names say which of them a survey tool added."""
    if not grid.columns or grid.described_by:
        return None
    readers = (limesurvey.layout, qualtrics.layout, generic.layout)
    found = next(found for reader in readers if (found := reader(grid)))
    columns = tuple(
        replace(declared, role=named.role)
        for declared, named in zip(grid.columns, found.columns, strict=True)
    )
    return replace(
        found, tool="spss", variant=found.tool, certainty="sure", columns=columns, tells_not_shown=False
    )


def grids(name: str, data: bytes) -> list[Grid]:
    """Raises ExportError LCM-117: not readable as .sav in any encoding."""
    values, meta = _read(name, data)
    table = pa.table(
        [_texts(column, meta.original_variable_types[code]) for code, column in values.items()],
        names=[str(position) for position in range(len(values))],
    )
    rows = list(zip(*(column.to_pylist() for column in table.slice(0, HEAD - 1).columns), strict=True))
    columns = tuple(
        _column(position, code, table[str(position)], meta) for position, code in enumerate(values)
    )
    head = (tuple(values), *rows)
    return [Grid(name=name, head=head, body=lambda _: table, encoding=meta.file_encoding, columns=columns)]


def _read(name: str, data: bytes) -> tuple[Variables, Any]:
    for encoding in _ENCODINGS:
        try:
            found: tuple[Variables, Any] = pyreadstat.read_sav(
                io.BytesIO(data),
                encoding=encoding,
                user_missing=True,  # otherwise the codes of declared missing values vanish
                disable_datetime_conversion=True,  # dates beyond the year 9999 stop it
                output_format="dict",
            )
        except (pyreadstat.ReadstatError, UnicodeDecodeError):
            continue
        return found
    raise ExportError(Message("LCM-117", name))


def _texts(values: Sequence[Value], form: str) -> pa.Array:
    """A variable as text, the way a CSV has it; a system-missing value is ''."""
    kind = form.rstrip("0123456789.")
    if kind in (*_DAYS, *_MOMENTS):
        return _moments(np.array(values, float), "D" if kind in _DAYS else "s")
    return pa.array(list(map(as_text, values)), pa.string())


def as_text(value: Value) -> str:
    """A code as text: 3.0 is "3"; what is system-missing is ''."""
    if isinstance(value, str):
        return value.rstrip()
    if value is None or math.isnan(value):
        return ""
    return str(int(value)) if float(value).is_integer() else repr(value)


def _moments(values: npt.NDArray[np.float64], unit: Literal["D", "s"]) -> pa.Array:
    known = np.isfinite(values)
    moments = _EPOCH + np.where(known, values, 0).astype("timedelta64[s]")
    known &= (moments >= _CALENDAR[0]) & (moments <= _CALENDAR[1])
    texts = np.datetime_as_string(np.where(known, moments, _EPOCH), unit=unit)
    return pa.array(np.char.replace(np.where(known, texts, ""), "T", " ").tolist(), pa.string())


def _column(position: int, code: str, cells: pa.ChunkedArray, meta: Any) -> Column:
    labels = {as_text(value): label for value, label in meta.variable_value_labels.get(code, {}).items()}
    ranges = meta.missing_ranges.get(code, [])
    candidates = {*labels, *cells.unique().to_pylist()} if ranges else set()
    missing = {value for value in candidates if any(_within(value, one) for one in ranges)}
    single = {as_text(one["lo"]) for one in ranges if one["lo"] == one["hi"]}
    text = without_markup(meta.column_names_to_labels.get(code) or "")
    return Column(position, code, code, text, labels=labels, missing=frozenset(missing | single))


def _within(value: str, declared: Range) -> bool:
    low, high = declared["lo"], declared["hi"]
    if isinstance(low, str) or isinstance(high, str):
        return value == low
    try:
        return low <= float(value) <= high
    except ValueError:
        return False
