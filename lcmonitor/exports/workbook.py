"""A workbook as grids, one per sheet. What unzipping it would cost has been looked at before."""

import io
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import islice

import pyarrow as pa
import pyarrow.compute as pc
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from lcmonitor.errors import ExportError, Message
from lcmonitor.exports import cell_errors, unpacking
from lcmonitor.exports.grid import HEAD, Grid
from lcmonitor.exports.headings import without_bom
from lcmonitor.exports.limits import Limits

Cell = int | float | str | bool | time | date | datetime | timedelta


def grids(name: str, data: bytes, limits: Limits) -> list[Grid]:
    """The sheets that hold anything.

    Raises ExportError: LCM-101 all sheets are empty, LCM-113 a sheet is larger than a form export can be,
    LCM-114 it is damaged.
    """
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [workbook.get_sheet_by_name(sheet) for sheet in workbook.sheet_names]
    except CalamineError:
        raise ExportError(Message("LCM-114", name)) from None
    found = [_grid(name, sheet, tuple(workbook.sheet_names), limits) for sheet in sheets]
    if not any(found):
        raise ExportError(Message("LCM-101", name))
    marked = cell_errors.marked_cells(name, data)
    return [replace(grid, errors=marked.get(grid.sheet, grid.errors)) for grid in found if grid]


def _grid(name: str, sheet: CalamineSheet, names: tuple[str, ...], limits: Limits) -> Grid | None:
    if sheet.height * sheet.width > limits.cells:
        raise unpacking.beyond(name, limits)
    rows = list(sheet.iter_rows())
    blank = next((index for index, row in enumerate(rows) if any(map(as_text, row))), None)
    if blank is None:
        return None
    rows = rows[blank:]
    head = [tuple(map(as_text, row)) for row in islice(rows, HEAD)]
    head[0] = (without_bom(head[0][0]), *head[0][1:])
    first_row = blank + 1

    def body(header_rows: int) -> pa.Table:
        columns = [_texts(cells) for cells in zip(*rows[header_rows:], strict=True)]
        columns = columns or [pa.array([], pa.string())] * sheet.width
        return pa.table(columns, names=[str(position) for position in range(len(columns))])

    return Grid(
        name=name,
        head=tuple(head),
        body=body,
        first_row=first_row,
        sheet=sheet.name,
        sheets=names,
        merged=tuple((start[0] + 1, end[0] + 1) for start, end in sheet.merged_cell_ranges or ()),
    )


def _texts(cells: tuple[Cell, ...]) -> pa.Array:
    """A column; one that holds nothing but text is not looked at cell by cell."""
    try:
        texts = pa.array(cells, pa.string())
    except pa.ArrowTypeError:
        return pa.array(map(as_text, cells), pa.string())
    if pc.any(pc.match_substring(texts, "\r")).as_py():
        return pc.replace_substring_regex(texts, "\r\n?", "\n")
    return texts


def as_text(cell: Cell) -> str:
    """A typed cell as the CSV of the same table has it.

    3.0 is "3"; moments are rounded to the second; lines end in one sign.
    """
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return str((cell + timedelta(milliseconds=500)).replace(microsecond=0))
    text = cell if isinstance(cell, str) else str(cell)
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
