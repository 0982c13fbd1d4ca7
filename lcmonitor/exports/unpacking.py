"""What is in a workbook, looked at before anything that is not ours unpacks it."""

import re
from zipfile import ZipFile, ZipInfo

from lcmonitor.errors import ExportError, Message
from lcmonitor.exports.limits import Limits

_ENTRIES = 2000
_CHUNK = 1 << 20
_MARKED_UP = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\0]*<")
_CELL_AT = re.compile(rb"""r=["']([A-Z]{1,3})([0-9]{1,7})["']""")
_FAR_CELL = re.compile(rb"""r=["']([A-Z]{3}|[A-Z]{1,2}(?=[0-9]{6}))([0-9]{1,7})["']""")
_ENTITY = re.compile(rb"<\0?!\0?(?:D\0?O\0?C\0?T\0?Y\0?P\0?E|E\0?N\0?T\0?I\0?T\0?Y)")  # in 8 or 16 bits


def look_inside(name: str, archive: ZipFile, limits: Limits) -> None:
    """Raises ExportError LCM-113: more of anything than a form export holds, or a document type."""
    entries = archive.infolist()
    if len(entries) > _ENTRIES or sum(entry.file_size for entry in entries) > limits.unpacked:
        raise beyond(name, limits)
    for entry in entries:
        _look_at(name, archive, entry, limits)


def beyond(name: str, limits: Limits) -> ExportError:
    """The refusal of a file that unpacks to more than is allowed."""
    allowed = {"megabytes": limits.unpacked >> 20, "cells": f"{limits.cells:,}"}
    return ExportError(Message("LCM-113", name, allowed))


def _look_at(name: str, archive: ZipFile, entry: ZipInfo, limits: Limits) -> None:
    """Unpack one entry piece by piece: a size that lies ends in BadZipFile. Refuses giant sheets."""
    columns = rows = 0
    is_xml = False
    before = b""
    with archive.open(entry) as stream:
        while piece := stream.read(_CHUNK):
            is_xml = _MARKED_UP.match(piece) is not None if not before else is_xml
            window = before + piece
            before = window[-64:]
            if not is_xml:
                continue
            reach = _reach(window)
            columns, rows = max(columns, reach[0]), max(rows, reach[1])
            if _ENTITY.search(window) or columns * rows > limits.cells:
                raise beyond(name, limits)


def _reach(xml: bytes) -> tuple[int, int]:
    """The furthest column and row that a cell of this piece stands in, as far as that is worth knowing.

    Looked at are cells far out, which no memory could fill up to, and the last one. To look at all would take
    longer than to read them; a sheet of a size between is refused once it is read.
    """
    last = _CELL_AT.search(xml, max(xml.rfind(b' r="'), 0))
    cells = [*_FAR_CELL.findall(xml), *([last.groups()] if last else [])]
    return max((column_number(letters) for letters, _ in cells), default=0), max(
        (int(r) for _, r in cells), default=0
    )


def column_number(letters: bytes) -> int:
    """The number of a spreadsheet's column, A being 1."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
