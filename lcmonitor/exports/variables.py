"""What the data files of statistics packages share: variables that say themselves what they hold."""

import io
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyreadstat

from lcmonitor.errors import ExportError, Message
from lcmonitor.exports import generic, limesurvey, qualtrics, redcap
from lcmonitor.exports.doubled import is_double_encoded
from lcmonitor.exports.doubtful import some
from lcmonitor.exports.grid import HEAD, Grid
from lcmonitor.exports.layout import Layout, Reader, role_of, token_in
from lcmonitor.exports.table import Column
from lcmonitor.wording import without_markup

Floats = npt.NDArray[np.float64]
Value = float | str | None  # None: system-missing
Format = Literal["sav", "por", "dta"]

# Whose names for variables are known. The file itself may have kept them as labels.
_PRODUCERS: tuple[Reader, ...] = (limesurvey.layout, qualtrics.layout, redcap.layout)
# None: what the file declares. It may be wrong, and a Western encoding never fails: UTF-8 goes first.
_ENCODINGS = ("UTF-8", None, "WINDOWS-1252", "LATIN1")
# Without user_missing the codes of declared missing values vanish.
_ENCODED = tuple({"encoding": encoding, "user_missing": True} for encoding in _ENCODINGS)
_READ: Mapping[Format, tuple[Callable[..., Any], Sequence[Mapping[str, Any]]]] = {
    "sav": (pyreadstat.read_sav, _ENCODED),
    "por": (pyreadstat.read_por, ({},)),
    "dta": (pyreadstat.read_dta, _ENCODED),
}
_CALENDAR = (np.datetime64("0001-01-01", "s"), np.datetime64("9999-12-31T23:59:59", "s"))
_REACH = 1e15  # milliseconds of 30,000 years: what is further away is damage
_UNITS: Mapping[str, Literal["D", "s"]] = {"day": "D", "moment": "s"}


@dataclass(frozen=True)
class Time:
    """How a variable's numbers are a time: ``seconds`` since 1970, or those of a clock since midnight."""

    shape: Literal["day", "moment", "clock"]
    seconds: Callable[[Floats], Floats]


@dataclass(frozen=True)
class Texts:
    """A variable as text, the way a CSV has it; system-missing is null.

    ``beyond``: how many of its dates no calendar has; they are null too.
    """

    cells: pa.Array
    beyond: int = 0


@dataclass(frozen=True)
class File:
    """The variables in their order, and what pyreadstat says about them."""

    values: Mapping[str, Sequence[Value]]
    meta: Any
    encoding: str | None


def read(name: str, data: bytes, form: Format) -> File:
    """Raises ExportError, LCM-117 or LCM-153 for Stata: damaged, or not readable in any encoding."""
    reader, ways = _READ[form]
    for way in ways:
        try:
            # dates beyond the year 9999 would stop it
            values, meta = reader(io.BytesIO(data), disable_datetime_conversion=True, **way)
        except (pyreadstat.ReadstatError, UnicodeDecodeError):
            continue
        if all(meta.column_names):  # a variable without a name is damage
            return File(values, meta, way.get("encoding") or meta.file_encoding)
    raise damaged(name, form)


def damaged(name: str, form: Format) -> ExportError:
    """The error that refuses a file of which a part is missing or wrong."""
    code, tool = ("LCM-153", "stata") if form == "dta" else ("LCM-117", "spss")
    return ExportError(Message(code, name, {"tool": tool}))


def grid(
    name: str, package: str, columns: Sequence[Column], texts: Sequence[Texts], encoding: str | None
) -> Grid:
    """The variables as a grid, headed by their names. Raises ExportError LCM-101: there are none."""
    if not columns:
        raise ExportError(Message("LCM-101", name))
    table = pa.table([each.cells for each in texts], names=[str(column.position) for column in columns])
    first = table.slice(0, HEAD - 1).to_pydict().values()
    rows = [tuple(cell or "" for cell in row) for row in zip(*first, strict=True)]
    return Grid(
        name=name,
        head=(tuple(column.code for column in columns), *rows),
        body=lambda _: table,
        encoding=encoding,
        package=package,
        columns=tuple(columns),
        remarks=(*_doubled(name, columns, texts), *_beyond(name, columns, texts), *_alike(name, columns)),
    )


def layout(grid: Grid, package: str) -> Layout | None:
    """The file says what its variables are; their names say which of them a survey tool added."""
    if grid.package != package:
        return None
    found = _produced(grid) or generic.layout(grid)
    assert found is not None  # it fits everything
    pairs = zip(grid.columns, found.columns, strict=True)
    labels = [column.text for column in grid.columns]
    return replace(
        found,
        tool=package,
        variant=found.tool,
        certainty="sure",
        header_rows=1,
        columns=tuple(_joined(declared, named) for declared, named in pairs),
        token=token_in(labels) if found.token is None else found.token,
        tells_not_shown=False,
    )


def _produced(grid: Grid) -> Layout | None:
    """What the survey tool's reader says: by the variables' names or, if those say less, by their labels."""
    words = tuple(column.text or column.code for column in grid.columns)
    headed = (grid, replace(grid, head=(words, *grid.head[1:])))
    read = (reader(each) for each in headed for reader in _PRODUCERS)
    return max((found for found in read if found and found.certainty == "sure"), key=_own, default=None)


def _own(layout: Layout) -> int:
    return sum(column.role != "question" for column in layout.columns)


def _joined(declared: Column, named: Column) -> Column:
    """Who somebody is may stand in the label only."""
    role = role_of(declared.text, frozenset()) if named.role == "question" else named.role
    joined = replace(declared, code=named.code or declared.code, role=role)
    if declared.part or not named.part:
        return joined
    return replace(joined, text=named.text or declared.text, part=named.part, chosen=named.chosen)


def texts(values: Sequence[Value], time: Time | None, said: Callable[[float], str]) -> Texts:
    """Each distinct number is put into words once; ``said``: how, where it is no time."""
    cells = pa.array(values, from_pandas=True)
    if not pa.types.is_floating(cells.type) and not pa.types.is_integer(cells.type):
        return Texts(cells.cast(pa.string()))
    each = cells.dictionary_encode()
    words = _timed(np.asarray(each.dictionary, float), time) if time else _said(each.dictionary, said)
    found = words.take(each.indices)
    return Texts(found, found.null_count - cells.null_count)


def _said(numbers: pa.Array, said: Callable[[float], str]) -> pa.Array:
    try:
        return numbers.cast(pa.int64()).cast(pa.string())
    except pa.ArrowInvalid:  # not all of them are whole
        return pa.array([said(number) for number in numbers.to_pylist()], pa.string())


def as_text(number: float) -> str:
    """A code as a CSV has it: 3.0 is "3"."""
    return str(int(number)) if float(number).is_integer() else repr(number)


def _timed(numbers: Floats, time: Time) -> pa.Array:
    within = np.abs(numbers) < _REACH
    seconds = time.seconds(np.where(within, numbers, 0))
    if time.shape == "clock":
        return pa.array(map(_clock, seconds.tolist()), pa.string())
    moments = np.round(seconds).astype("datetime64[s]")
    known = within & (moments >= _CALENDAR[0]) & (moments <= _CALENDAR[1])
    written = np.datetime_as_string(np.where(known, moments, _CALENDAR[0]), unit=_UNITS[time.shape])
    return pa.array(np.char.replace(written, "T", " ").tolist(), pa.string(), mask=~known)


def _clock(seconds: float) -> str:
    """A time of day or a duration: more than 24 hours stay hours; thousandths where there are any."""
    thousandths = round(abs(seconds) * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    second = f"{rest // 1000:02}" + (f".{rest % 1000:03}".rstrip("0") if rest % 1000 else "")
    return f"{'-' if seconds < 0 else ''}{minutes // 60:02}:{minutes % 60:02}:{second}"


def question(meta: Any, code: str) -> str:
    """The variable's label."""
    return without_markup(meta.column_names_to_labels.get(code) or "")


def _doubled(name: str, columns: Sequence[Column], texts: Sequence[Texts]) -> list[Message]:
    words = "\n".join(word for column in columns for word in (column.text, *column.labels.values()))
    cells = (each.cells.buffers()[2] for each in texts)
    found = any(is_double_encoded(memoryview(each)) for each in (words.encode(), *cells) if each)
    return [Message("LCM-122", name)] if found else []


def _beyond(name: str, columns: Sequence[Column], texts: Sequence[Texts]) -> list[Message]:
    return [
        Message("LCM-124", name, {"column": column.heading, "count": each.beyond})
        for column, each in zip(columns, texts, strict=True)
        if each.beyond
    ]


def _alike(name: str, columns: Sequence[Column]) -> list[Message]:
    """Labels that stand for several codes: who reads by label cannot tell those apart."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for column in columns:
        for label, codes in _by_label(column).items():
            if len(codes) > 1:
                found[label, ", ".join(codes)].append(column.heading)
    return [
        Message("LCM-152", name, {"label": label, "codes": codes, "columns": some(headings)})
        for (label, codes), headings in found.items()
    ]


def _by_label(column: Column) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for value, label in column.labels.items():
        if label.strip() and value not in column.missing:
            found[label].append(value)
    return found
