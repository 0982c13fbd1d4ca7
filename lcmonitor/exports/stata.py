"""Stata: .dta of any release, with its extended missing values .a to .z."""

import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from lcmonitor.exports import variables
from lcmonitor.exports.dates import Moments
from lcmonitor.exports.grid import Grid
from lcmonitor.exports.layout import Layout
from lcmonitor.exports.table import Column
from lcmonitor.exports.variables import Floats, Texts, Time, Value, as_text

_FORMAT = re.compile(r"%-?(?:t(?P<unit>[cCdwmqh])|\d*d)(?P<mask>.*)")
_CLOCK = re.compile(r"(?:[Hh]{1,2}|MM|SS|\.?s+|[ap]\.?m\.?|[AP]\.?M\.?|![:.]|[:_ .])+")  # no day in it
_TAGGED, _TAGGED_END = b"<stata_dta>", b"</stata_dta>"
_1960 = np.datetime64("1960-01-01", "D")
_DAY = 86_400.0


def layout(grid: Grid) -> Layout | None:
    """Any file of Stata."""
    return variables.layout(grid, "stata")


def is_stata(data: bytes) -> bool:
    """Tagged from release 13 on; before that: release, byte order 1 or 2, file type 1, and a zero."""
    old = b"\x69" <= data[:1] <= b"\x73" and data[1:2] in (b"\x01", b"\x02") and data[2:4] == b"\x01\x00"
    return old or data.startswith(_TAGGED)


def grids(name: str, data: bytes) -> list[Grid]:
    """Raises ExportError LCM-153: damaged (labels stand last), or not readable in any encoding."""
    if data.startswith(_TAGGED) and _TAGGED_END not in data[-64:]:
        raise variables.damaged(name, "dta")
    file = variables.read(name, data, "dta")
    texts = [_texts(values, code, file.meta) for code, values in file.values.items()]
    columns = [_column(position, code, file.meta) for position, code in enumerate(file.values)]
    return [variables.grid(name, "stata", columns, texts, file.encoding)]


def _texts(values: Sequence[Value], code: str, meta: Any) -> Texts:
    """A number, or the letter that says why there is none, as Stata writes it: ``.a``."""
    kind = meta.readstat_variable_types[code]
    time, said = _time(meta.original_variable_types[code]), _single if kind == "float" else as_text
    if kind == "string" or code not in meta.missing_user_values:
        return variables.texts(values, time, said)
    letters = [f".{value}" if isinstance(value, str) else None for value in values]
    numbers = [None if isinstance(value, str) else value for value in values]
    found = variables.texts(numbers, time, said)
    return Texts(pc.coalesce(found.cells, pa.array(letters, pa.string())), found.beyond)


def _single(number: float) -> str:
    """A number of single precision has seven digits; the others are noise."""
    return as_text(float(str(np.float32(number))))


def _time(form: str | None) -> Time | None:
    found = _FORMAT.fullmatch(form or "")
    if not found:
        return None
    unit = found["unit"] or "d"
    if unit in "cC" and _CLOCK.fullmatch(found["mask"]):
        return Time("clock", lambda thousandths: thousandths / 1000)
    return Time("moment" if unit in "cC" else "day", _SECONDS[unit])


def _months(each: int) -> Callable[[Floats], Floats]:
    """Periods of so many months since 1960, as their first day."""

    def seconds(periods: Floats) -> Floats:
        months = np.round(periods * each).astype("timedelta64[M]")
        return _seconds(_1960.astype("datetime64[M]") + months)

    return seconds


def _weeks(weeks: Floats) -> Floats:
    """Stata's year has 52 weeks, the last of which is longer."""
    years = np.floor(weeks / 52).astype("timedelta64[Y]")
    return _seconds(_1960.astype("datetime64[Y]") + years) + weeks % 52 * 7 * _DAY


def _seconds(moments: Moments) -> Floats:
    return moments.astype("datetime64[s]").astype(np.float64)


_START = float(_1960.astype("datetime64[s]").astype(int))
_SECONDS: dict[str, Callable[[Floats], Floats]] = {
    "c": lambda thousandths: thousandths / 1000 + _START,
    "C": lambda thousandths: thousandths / 1000 + _START,  # counts leap seconds: at most half a minute
    "d": lambda days: days * _DAY + _START,
    "w": _weeks,
    "m": _months(1),
    "q": _months(3),
    "h": _months(6),
}


def _column(position: int, code: str, meta: Any) -> Column:
    labels = meta.variable_value_labels.get(code, {})
    letters = (*meta.missing_user_values.get(code, []), *(one for one in labels if isinstance(one, str)))
    return Column(
        position=position,
        heading=code,
        code=code,
        text=variables.question(meta, code),
        labels={_value(value): label for value, label in labels.items()},
        missing=frozenset(f".{letter}" for letter in letters),
    )


def _value(value: float | str) -> str:
    return f".{value}" if isinstance(value, str) else as_text(value)
