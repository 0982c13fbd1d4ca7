"""SPSS: .sav, .zsav and the older .por, with declared missing values and multiple response sets."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from lcmonitor.exports import variables
from lcmonitor.exports.grid import Grid
from lcmonitor.exports.layout import Layout
from lcmonitor.exports.table import Column
from lcmonitor.exports.variables import Floats, Format, Time, Value, as_text
from lcmonitor.wording import without_markup

_EPOCH = float(np.datetime64("1582-10-14", "s").astype(int))  # SPSS counts seconds from there
_DAYS = ("DATE", "ADATE", "EDATE", "JDATE", "SDATE", "MOYR", "QYR", "WKYR")
_MOMENTS = ("DATETIME", "YMDHMS")
_CLOCKS = ("TIME", "DTIME", "MTIME")

Range = Mapping[str, float | str]
Set = Mapping[str, Any]  # a multiple response set, as pyreadstat has it


def layout(grid: Grid) -> Layout | None:
    """Any file of SPSS."""
    return variables.layout(grid, "spss")


def grids(name: str, data: bytes, form: Format) -> list[Grid]:
    """Raises ExportError LCM-117: damaged, or not readable in any encoding."""
    file = variables.read(name, data, form)
    formats = file.meta.original_variable_types
    texts = [variables.texts(values, _time(formats[code]), as_text) for code, values in file.values.items()]
    sets = _by_variable(file.meta.mr_sets or {})
    columns = [
        _column(position, code, texts[position].cells, file.meta, sets.get(code.casefold(), {}))
        for position, code in enumerate(file.values)
    ]
    return [variables.grid(name, "spss", columns, texts, file.encoding)]


def _time(form: str | None) -> Time | None:
    kind = (form or "").rstrip("0123456789.")
    if kind in _CLOCKS:
        return Time("clock", lambda seconds: seconds)
    if kind in (*_DAYS, *_MOMENTS):
        return Time("day" if kind in _DAYS else "moment", _since_1970)
    return None


def _since_1970(seconds: Floats) -> Floats:
    return seconds + _EPOCH


def _column(position: int, code: str, cells: pa.Array, meta: Any, belongs: Set) -> Column:
    label = variables.question(meta, code)
    labels = {_plain(value): words for value, words in meta.variable_value_labels.get(code, {}).items()}
    ranges = meta.missing_ranges.get(code, [])
    counted = belongs.get("counted_value")
    return Column(
        position=position,
        heading=code,
        code=code,
        text=without_markup(belongs["label"] or belongs["name"]) if belongs else label,
        part=(label or code) if belongs else "",
        labels=labels,
        missing=_missing(ranges, {*labels, *cells.unique().to_pylist()}) if ranges else frozenset(),
        chosen=frozenset() if counted is None else frozenset({_plain(counted)}),
    )


def _plain(value: Value) -> str:
    """Strings are filled out with blanks."""
    return value.rstrip() if isinstance(value, str) else as_text(value or 0)


def _by_variable(sets: Mapping[str, Set]) -> Mapping[str, Set]:
    """The set that each variable belongs to, by its name without capitals."""
    return {
        code.casefold(): {**each, "name": name}
        for name, each in sets.items()
        for code in each["variable_list"]
        if code  # a damaged file names none
    }


def _missing(ranges: list[Range], values: set[str | None]) -> frozenset[str]:
    """The values that are declared missing; those of a range where they occur or have a label."""
    single = {_plain(one["lo"]) for one in ranges if one["lo"] == one["hi"]}
    within = {value for value in values if value and any(_within(value, one) for one in ranges)}
    return frozenset(single | within)


def _within(value: str, declared: Range) -> bool:
    low, high = declared["lo"], declared["hi"]
    if isinstance(low, str) or isinstance(high, str):
        return False
    try:
        return low <= float(value) <= high
    except ValueError:
        return False
