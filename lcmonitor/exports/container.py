"""What kind of file this is, by its first bytes and never by its name."""

import re
from dataclasses import replace

from lcmonitor.errors import ExportError, Message
from lcmonitor.exports import delimited, foreign, lsa, nested, packed, pairs, spss, stata, unpacking, workbook
from lcmonitor.exports.decode import decode
from lcmonitor.exports.grid import Grid
from lcmonitor.exports.limits import Limits

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SAV, _PORTABLE = (b"$FL2", b"$FL3"), b"SPSS PORT FILE"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHER_PACKED = (b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"PK\x05\x06", b"BZh", b"\xfd7zXZ")
# Not every "<": a heading may be in bold, and "<U+FEFF>" is what R leaves of a byte order mark.
_MARKED_UP = re.compile(
    rb"^\s*<(?:\?xml|!DOCTYPE|html|head|body|table|document|codeBook|ODM)\b|^\s*<!--", re.IGNORECASE
)
_XML_OF = (  # a mark in the first bytes of an XML file: what it is
    (b"<LimeSurveyDocType>Survey", "LCM-109", "limesurvey"),
    (b"<LimeSurveyDocType>", "LCM-168", "limesurvey"),
    (b"<codeBook", "LCM-112", None),
    (b"<ODM", "LCM-150", "redcap"),
)
_BEGINNING = 4096


def grids(name: str, data: bytes, limits: Limits) -> list[Grid]:
    """The tables of a file, as text.

    Raises ExportError for what is no table of responses, with the code that says what it is instead.
    """
    if data.startswith(_ZIP):
        return _of_workbook(name, data, limits) or _unpacked(name, data, limits)
    return _of_one_file(name, data, limits)


def _of_one_file(name: str, data: bytes, limits: Limits) -> list[Grid]:
    if data.startswith(_ZIP):
        if found := _of_workbook(name, data, limits):
            return found
        raise ExportError(Message("LCM-106", name))  # a zip in a zip
    if data.startswith(_SAV):
        return spss.grids(name, data, "sav")
    if _PORTABLE in data[:600]:
        return spss.grids(name, data, "por")
    if stata.is_stata(data):
        return stata.grids(name, data)
    _refuse_binary(name, data)
    text = decode(name, data)
    _refuse_documents(name, text.utf8)
    pairs.refuse_half(name, text.utf8)
    if nested.looks_nested(text.utf8):
        return [nested.grid(name, text, limits)]
    return [delimited.grid(name, text)]


def _of_workbook(name: str, data: bytes, limits: Limits) -> list[Grid]:
    """[] if the zip is none. Raises ExportError: LCM-113; LCM-170, LCM-172, LCM-173 no responses."""
    with packed.opened(name, data) as archive:
        foreign.refuse_archive(name, archive, data)
        if not {"xl/workbook.xml", "xl/workbook.bin"} & set(archive.namelist()):
            return []
        unpacking.look_inside(name, archive, limits)
    return workbook.grids(name, data, limits)


def _unpacked(name: str, data: bytes, limits: Limits) -> list[Grid]:
    """What belongs together in a zip is one table; else the tables of all files in it."""
    with packed.opened(name, data) as archive:
        found = lsa.grids(name, archive, limits) or pairs.grids(name, archive, limits)
    return found or _tables(name, data, limits)


def _tables(name: str, data: bytes, limits: Limits) -> list[Grid]:
    """Each called by its file; an empty one among others is passed over."""
    tables = packed.tables(name, data, limits)
    if sum(table.data.startswith(_ZIP) for table in tables) > 1:
        raise ExportError(Message("LCM-141", name, {"tables": ", ".join(table.name for table in tables)}))
    if len(tables) > 1:
        tables = [table for table in tables if table.data.strip()] or tables[:1]
    names = tuple(table.name for table in tables)
    found = [
        (table, grid)
        for table in tables
        for grid in _of_one_file(f"{name} › {table.name}", table.data, limits)
    ]
    if len(found) == 1:
        return [replace(grid, name=name) for _, grid in found]
    return [
        replace(grid, name=name, sheet=grid.sheet or table.name, sheets=grid.sheets or names)
        for table, grid in found
    ]


def _refuse_binary(name: str, data: bytes) -> None:
    if data.startswith(_OLE):
        foreign.refuse_ole(name, data)
        raise ExportError(Message("LCM-115" if _ENCRYPTED in data else "LCM-105", name))
    if data.startswith(_OTHER_PACKED):
        raise ExportError(Message("LCM-106", name))
    foreign.refuse_bytes(name, data)


def _refuse_documents(name: str, text: bytes) -> None:
    beginning = text[:_BEGINNING]
    if _MARKED_UP.match(beginning):
        found = next(((code, tool) for mark, code, tool in _XML_OF if mark in beginning), ("LCM-129", None))
        raise ExportError(Message(found[0], name, {"tool": found[1]} if found[1] else {}))
