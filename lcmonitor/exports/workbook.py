"""A workbook as grids, one per sheet, after a look at what unzipping it would cost."""

import io
import re
import zipfile
from datetime import date, datetime, time, timedelta
from itertools import islice
from zipfile import BadZipFile, ZipFile, ZipInfo

import pyarrow as pa
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from lcmonitor.errors import ExportError, Message
from lcmonitor.exports.grid import HEAD, Grid
from lcmonitor.exports.headings import without_bom

MAX_UNPACKED = 256 << 20
MAX_ENTRIES = 2000
MAX_CELLS = 10_000_000  # the longest form export we know of fills half of it
_CHUNK = 1 << 20
_CELL_AT = re.compile(rb"""\sr=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_ENTITIES = (b"<!DOCTYPE", b"<!ENTITY")

Cell = int | float | str | bool | time | date | datetime | timedelta


def grids(name: str, data: bytes) -> list[Grid]:
    """The sheets that hold anything.

    Raises ExportError: LCM-101 all sheets are empty, LCM-113 it unpacks to more than a form export can be,
    LCM-114 it is damaged.
    """
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            _look_inside(name, archive)
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [workbook.get_sheet_by_name(sheet) for sheet in workbook.sheet_names]
    except (BadZipFile, CalamineError, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError):
        raise ExportError(Message("LCM-114", name)) from None
    found = [_grid(name, sheet, tuple(workbook.sheet_names)) for sheet in sheets]
    if not any(found):
        raise ExportError(Message("LCM-101", name))
    return [grid for grid in found if grid]


def _look_inside(name: str, archive: ZipFile) -> None:
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise ExportError(Message("LCM-113", name, _limits()))
    for entry in entries:
        _look_at(name, archive, entry)


def _look_at(name: str, archive: ZipFile, entry: ZipInfo) -> None:
    """Unpack one entry piece by piece: a size that lies ends in BadZipFile. Refuses giant sheets."""
    columns = rows = 0
    before = b""
    with archive.open(entry) as stream:
        while piece := stream.read(_CHUNK):
            window = before + piece
            if any(entity in window for entity in _ENTITIES):
                raise ExportError(Message("LCM-113", name, _limits()))
            if entry.filename.startswith("xl/worksheets/"):
                reach = _reach(window)
                columns, rows = max(columns, reach[0]), max(rows, reach[1])
            before = window[-64:]
    if columns * rows > MAX_CELLS:
        raise ExportError(Message("LCM-113", name, _limits()))


def _limits() -> dict[str, object]:
    return {"megabytes": MAX_UNPACKED >> 20, "cells": f"{MAX_CELLS:,}"}


def _reach(xml: bytes) -> tuple[int, int]:
    """The furthest column and row that a cell of this piece stands in."""
    cells = _CELL_AT.findall(xml)
    columns = (_column(letters) for letters in {letters for letters, _ in cells})
    return max(columns, default=0), max((int(row) for _, row in cells), default=0)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _grid(name: str, sheet: CalamineSheet, names: tuple[str, ...]) -> Grid | None:
    if sheet.height * sheet.width > MAX_CELLS:
        raise ExportError(Message("LCM-113", name, _limits()))
    rows = [tuple(map(as_text, row)) for row in sheet.iter_rows()]
    blank = next((index for index, row in enumerate(rows) if any(row)), None)
    if blank is None:
        return None
    rows = rows[blank:]
    head = [*islice(rows, HEAD)]
    head[0] = (without_bom(head[0][0]), *head[0][1:])
    first_row = blank + 1

    def body(header_rows: int) -> pa.Table:
        width = max(map(len, rows[:header_rows]))
        below = rows[header_rows:]
        columns = [pa.array((row[position] for row in below), pa.string()) for position in range(width)]
        return pa.table(columns, names=[str(position) for position in range(width)])

    return Grid(
        name=name,
        head=tuple(head),
        body=body,
        first_row=first_row,
        sheet=sheet.name,
        sheets=names,
        merged=tuple((start[0] + 1, end[0] + 1) for start, end in sheet.merged_cell_ranges or ()),
    )


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
