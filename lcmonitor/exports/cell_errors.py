"""Errors of a spreadsheet, such as #N/A and #REF!: no answers.

A workbook marks them. The library that reads it gives such a cell as empty, so they are looked for in the
sheet itself. In other files they are text that somebody may have typed: they stay, and are told.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from zipfile import ZipFile

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from lcmonitor.exports.headings import words
from lcmonitor.exports.packed import opened
from lcmonitor.exports.unpacking import column_number
from lcmonitor.exports.xml import tree

Cells = frozenset[tuple[int, int]]  # row as the spreadsheet numbers it, position of the column
Mask = npt.NDArray[np.bool_]

_SHEETS = "xl/worksheets/"
_CHUNK = 1 << 20
_LONGEST = 256  # bytes that the beginning of a cell may take
_MARKS = (b't="e"', b"t='e'")
_MARKED = re.compile(rb"""<(?:\w+:)?c\b(?=[^<>]*\bt=["']e["'])[^<>]*\br=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_BOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"


def of_errors(body: pa.Table, marked: Cells, first_row: int) -> Mapping[int, Mask]:
    """By column the rows, counted from 0, in which a workbook marks an error."""
    rows: dict[int, Mask] = {}
    for row, position in marked:
        if 0 <= row - first_row < body.num_rows and position < body.num_columns:
            rows.setdefault(position, np.zeros(body.num_rows, bool))[row - first_row] = True
    return rows


def like_errors(body: pa.Table) -> Mapping[int, Mask]:
    """By column the rows, counted from 0, in which what a spreadsheet shows for an error stands as text."""
    rows: dict[int, Mask] = {}
    for position, column in enumerate(body.columns):
        if pc.any(pc.starts_with(column, "#")).as_py():
            written = pc.fill_null(pc.is_in(column, pa.array(words("spreadsheets")["errors"])), False)
            if pc.any(written).as_py():
                rows[position] = np.array(written)
    return rows


def marked_cells(name: str, data: bytes) -> Mapping[str, Cells]:
    """The cells of a workbook that it marks as errors, by the name of their sheet."""
    with opened(name, data) as archive:
        entries = archive.namelist() if {_BOOK, _LINKS} <= set(archive.namelist()) else []
        sheets = [entry for entry in entries if entry.startswith(_SHEETS)]
        found = {entry: cells for entry in sheets if (cells := frozenset(_marked_in(archive, entry)))}
        return (
            {sheet: found[entry] for sheet, entry in _sheets(name, archive) if entry in found}
            if found
            else {}
        )


def _marked_in(archive: ZipFile, entry: str) -> Iterator[tuple[int, int]]:
    before = b""
    with archive.open(entry) as stream:
        while piece := stream.read(_CHUNK):
            window = before + piece
            before = window[-_LONGEST:]
            if any(mark in window for mark in _MARKS):
                yield from (
                    (int(row), column_number(letters) - 1) for letters, row in _MARKED.findall(window)
                )


def _sheets(name: str, archive: ZipFile) -> Iterator[tuple[str, str]]:
    """The name of each sheet, and the file in the workbook that holds it."""
    links = tree(name, archive.read(_LINKS))
    files = {link.get("Id"): PurePosixPath("/xl", link.get("Target", "")) for link in links}
    for sheet in tree(name, archive.read(_BOOK)).iter("sheet"):
        link = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), None)
        if link in files:
            yield sheet.get("name", ""), str(files[link]).removeprefix("/")
