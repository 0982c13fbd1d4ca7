"""Whether the workbook, Parquet and SDMX-CSV say cell by cell what the CSV says that everybody can read."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from io import BytesIO
from itertools import islice
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv
import pyarrow.parquet as pq
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from lcmonitor.approval.finished import FIGURES, Finished
from lcmonitor.errors import Message
from lcmonitor.reporting.tidy import COLUMNS, COUNTS, DIMENSIONS, NUMBERS, TITLES

_AT_ONCE = 65_536  # rows of a workbook; a million as objects are gigabytes
_IN_SDMX = {
    name: "OBS_VALUE" if name == "estimate" else name.upper() for name in COLUMNS if name not in TITLES
}


def saying_otherwise(finished: Finished, whole: pd.DataFrame) -> Iterator[Message]:
    """``whole``: the CSV, its cells as texts."""
    expected = pa.table({name: pa.array(whole[name], pa.string()) for name in COLUMNS})
    for end, read in _READ.items():
        for path in finished.of_kind(end):
            if not _the_same(expected, read, finished.content(path)):
                yield Message("LCM-457", path, {"other": FIGURES})


def _the_same(whole: pa.Table, read: Callable[[bytes], pa.Table], content: bytes) -> bool:
    """What cannot be read, or has a word where a number belongs, is not the same."""
    try:
        found = read(content)
        return whole.num_rows == found.num_rows and all(
            (_numbers if name in (*COUNTS, *NUMBERS) else _texts)(whole[name], found[name])
            for name in found.column_names
        )
    except (pa.ArrowException, CalamineError, KeyError, OSError, TypeError, ValueError):
        return False


def _numbers(column: pa.ChunkedArray, cells: pa.ChunkedArray) -> bool:
    return bool(_as_numbers(column).equals(_as_numbers(cells)))


def _as_numbers(cells: pa.ChunkedArray) -> pa.Array:
    if pa.types.is_string(cells.type):
        cells = pc.if_else(pc.equal(cells, ""), None, cells)
    return cells.cast(pa.float64()).combine_chunks()


def _texts(column: pa.ChunkedArray, cells: pa.ChunkedArray) -> bool:
    """The CSV has an apostrophe before what a spreadsheet would take for a formula."""
    plain = cells.cast(pa.string()).fill_null("")
    either = pc.or_(pc.equal(column, plain), pc.equal(column, pc.binary_join_element_wise("'", plain, "")))
    return bool(pc.all(either).as_py())


def _workbook(content: bytes) -> pa.Table:
    """Its sheets of figures, one after the other."""
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    return pa.concat_tables(
        part for name in book.sheet_names for part in _parts(book.get_sheet_by_name(name))
    )


def _parts(sheet: CalamineSheet) -> Iterator[pa.Table]:
    rows = sheet.iter_rows()
    if tuple(next(rows, ())) == COLUMNS:
        while some := list(islice(rows, _AT_ONCE)):
            cells = zip(COLUMNS, zip(*some, strict=True), strict=True)
            yield pa.table({name: _typed(name, column) for name, column in cells})


def _typed(name: str, cells: Sequence[Any]) -> pa.Array:
    if name in (*COUNTS, *NUMBERS):
        return pa.array([None if cell == "" else cell for cell in cells], pa.float64())
    return pa.array(cells, pa.string())


def _parquet(content: bytes) -> pa.Table:
    return pq.read_table(BytesIO(content)).select(COLUMNS)


def _sdmx(content: bytes) -> pa.Table:
    """Its titles are in the structure beside it; and what is empty in a dimension is a code."""
    options = pa.csv.ConvertOptions(column_types=dict.fromkeys(_IN_SDMX.values(), pa.string()))
    lines = pa.csv.ParseOptions(newlines_in_values=True)
    table = pa.csv.read_csv(BytesIO(content), parse_options=lines, convert_options=options)
    empty = {name: "_T" if name == "community" else "_Z" for name in DIMENSIONS}
    return pa.table({
        name: pc.if_else(pc.equal(table[theirs], empty[name]), "", table[theirs])
        if name in empty
        else table[theirs]
        for name, theirs in _IN_SDMX.items()
    })  # fmt: skip


_READ: Mapping[str, Callable[[bytes], pa.Table]] = {
    ".xlsx": _workbook,
    ".parquet": _parquet,
    ".sdmx.csv": _sdmx,
}
