"""From bytes to UTF-8 with single line feeds, whatever program last saved the file."""

import codecs
import re
from dataclasses import dataclass

from lcmonitor.errors import ExportError, Message
from lcmonitor.exports import doubled
from lcmonitor.exports.western import western_encoding

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# How a byte order mark that some program took for text stands before the first heading, and its quote.
_BOM_RESIDUE = re.compile("(?:\ufeff|ï»¿|ÿþ|þÿ|<U\\+FEFF>)+".encode())
_NUL_SAMPLE = 4096


@dataclass(frozen=True)
class Text:
    """Decoded text: always UTF-8, lines ended by a line feed, the last one too."""

    utf8: bytes
    encoding: str
    remarks: tuple[Message, ...] = ()  # on signs that are not, or were not, what they should be


def decode(name: str, data: bytes) -> Text:
    """Raises ExportError: LCM-101 nothing in it, LCM-103 not text, LCM-104 in no known encoding."""
    if not data.strip():
        raise ExportError(Message("LCM-101", name))
    encoding, strange = _encoding(data), 0
    utf8 = data[3:] if encoding == "utf-8-sig" else data
    if encoding in ("utf-8", "utf-8-sig") and not _is_utf8(utf8):
        encoding, strange = western_encoding(utf8)
    if encoding not in ("utf-8", "utf-8-sig"):
        utf8 = _recoded(name, data, encoding)
    if b"\0" in utf8:
        raise ExportError(Message("LCM-103", name))
    utf8 = _with_newlines(_BOM_RESIDUE.sub(b"", utf8, count=1) if _BOM_RESIDUE.match(utf8) else utf8)
    if strange:
        return Text(utf8, encoding, (Message("LCM-135", name, {"encoding": encoding, "count": strange}),))
    return _encoded_once(name, utf8, encoding)


def _encoded_once(name: str, utf8: bytes, encoding: str) -> Text:
    if not doubled.is_double_encoded(utf8):
        return Text(utf8, encoding)
    mended = doubled.undone(utf8)
    if mended is None:
        return Text(utf8, encoding, (Message("LCM-122", name),))
    return Text(mended[0], encoding, (Message("LCM-136", name, {"count": mended[1]}),))


def _encoding(data: bytes) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return encoding
    sample = data[:_NUL_SAMPLE]
    if sample[1::2].count(0) > len(sample) // 4:
        return "utf-16-le"
    if sample[::2].count(0) > len(sample) // 4:
        return "utf-16-be"
    return "utf-8"


def _is_utf8(data: bytes) -> bool:
    try:
        codecs.utf_8_decode(data, "strict", True)
    except UnicodeDecodeError:
        return False
    return True


def _recoded(name: str, data: bytes, encoding: str) -> bytes:
    try:
        return data.decode(encoding).encode()
    except UnicodeError:
        code = "LCM-103" if b"\0" in data and encoding == "cp1252" else "LCM-104"
        raise ExportError(Message(code, name)) from None


def _with_newlines(data: bytes) -> bytes:
    if b"\r" in data:
        while b"\r\r\n" in data:  # what a program makes of CRLF that it translates once more
            data = data.replace(b"\r\r\n", b"\r\n")
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return data.rstrip(b"\n") + b"\n"
