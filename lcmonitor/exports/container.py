"""What kind of file this is, by its first bytes and never by its name."""

import re

from lcmonitor.errors import ExportError, Message
from lcmonitor.exports import delimited, foreign, lsa, nested, pairs, spss, stata, unpacking, workbook
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
        return _of_archive(name, data, limits) or workbook.grids(name, data, limits)
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


def _of_archive(name: str, data: bytes, limits: Limits) -> list[Grid]:
    """The grids of a zip that is no workbook, [] of a workbook, which was looked into first."""
    with unpacking.opened(name, data) as archive:
        members = archive.namelist()
        foreign.refuse_archive(name, archive, data)
        if "xl/workbook.xml" in members or "xl/workbook.bin" in members:
            unpacking.look_inside(name, archive, limits)
            return []
        found = lsa.grids(name, archive, limits) or pairs.grids(name, archive, limits)
    if not found:
        raise ExportError(Message("LCM-106", name))
    return found


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
