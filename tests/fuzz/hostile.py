"""Files that were made to hurt whoever reads them, as small as they can be written down. All made up."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

import openpyxl

MB = 1 << 20
SHEET, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"
_SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
_LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha">%s]>' % b"".join(
    b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
)
_OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def workbook(rows: list[list[object]]) -> bytes:
    """A plain workbook."""
    book, stream = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(stream)
    return stream.getvalue()


def with_part(name: str, content: bytes, book: bytes | None = None) -> bytes:
    """A workbook with one part replaced or added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(book or workbook([["T1", "T2"], [4, 5]]))) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return out.getvalue()


def sheet(cells: bytes, before: bytes = b"") -> bytes:
    """A workbook whose one sheet holds these cells."""
    xml = b'<?xml version="1.0"?>' + before + _SHEET + b"<sheetData>" + cells + b"</sheetData></worksheet>"
    return with_part(SHEET, xml)


def _inline(place: str, text: str) -> bytes:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'.encode()


def _lying(book: bytes, part: str, size: int) -> bytes:
    """The directory says that the part is small, and gives the checksum of its beginning."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        entry = archive.getinfo(part)
        beginning = archive.read(part)[:size]
    true = struct.pack("<III", entry.CRC, entry.compress_size, entry.file_size)
    false = struct.pack("<III", zlib.crc32(beginning), entry.compress_size, size)
    return book.replace(true, false)


def _overlapping(copies: int) -> bytes:
    """Many entries of the directory that are the same bytes of the file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", bytes(20 * MB))
        archive.filelist.extend(archive.filelist * copies)
    return out.getvalue()


def _nested(depth: int) -> bytes:
    inner = bytes(10 * MB)
    for _ in range(depth):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(16):
                archive.writestr(f"{number}.zip", inner)
        inner = out.getvalue()
    return inner


def _slip() -> bytes:
    book = with_part("../../../../tmp/lcmonitor-slipped", b"x")
    return with_part("/tmp/lcmonitor-slipped", b"x", book)


def _far_apart() -> bytes:
    cells = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return sheet(cells)


def _far_apart_elsewhere() -> bytes:
    """The same, in a part that no sheet is usually called."""
    with zipfile.ZipFile(io.BytesIO(_far_apart())) as archive:
        xml = archive.read(SHEET)
        links = archive.read("xl/_rels/workbook.xml.rels").replace(b"worksheets/sheet1.xml", b"other/x.dat")
    return with_part("xl/other/x.dat", xml, with_part("xl/_rels/workbook.xml.rels", links))


def _repeated_string() -> bytes:
    """One text of a megabyte in ten thousand cells."""
    rows = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(1, 10_001))
    strings = (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>%s</t></si></sst>'
    )
    return with_part(STRINGS, strings % (b"x" * MB), sheet(rows))


def _encrypted() -> bytes:
    book = bytearray(workbook([["T1"], [4]]))
    at = 0
    while (at := book.find(b"PK\x01\x02", at)) >= 0:
        book[at + 8] |= 1
        at += 4
    return bytes(book)


def _many_entries() -> bytes:
    out = io.BytesIO(workbook([["T1"], [4]]))
    with zipfile.ZipFile(out, "a") as archive:
        for number in range(20_000):
            archive.writestr(f"xl/{number}", "")
    return out.getvalue()


def _sav(variables: int, cases: int) -> bytes:
    """The head of an SPSS file that announces more than it holds."""
    product = b"@(#) SPSS DATA FILE".ljust(60)
    numbers = struct.pack("<5id", 2, variables, 1, 0, cases, 100.0)
    return b"$FL2" + product + numbers + b"01 Jan 2600:00:00".ljust(84) + struct.pack("<i", 2) * 100


FILES: Mapping[str, Callable[[], bytes]] = {
    "zip bomb.xlsx": lambda: with_part("xl/media/x", bytes(1000 * MB)),
    "zip bomb in the sheet.xlsx": lambda: sheet(b" " * (200 * MB)),
    "zip bomb in zip bomb.zip": lambda: _nested(3),
    "zip bomb in workbook.xlsx": lambda: with_part("xl/media/x.zip", _nested(2)),
    "overlapping entries.xlsx": lambda: _overlapping(1000),
    "size that lies.xlsx": lambda: _lying(with_part(SHEET, b" " * (100 * MB)), SHEET, 10),
    "size that lies and unpacks.xlsx": lambda: _lying(sheet(b" " * (900 * MB)), SHEET, 1000),
    "too many entries.xlsx": _many_entries,
    "encrypted entries.xlsx": _encrypted,
    "names that climb.xlsx": _slip,
    "billion laughs.xlsx": lambda: sheet(_inline("A1", "&amp;i;"), _LAUGHS),
    "billion laughs.xml": lambda: b'<?xml version="1.0"?>' + _LAUGHS + b"<x>&i;</x>",
    "billion laughs in 16 bits.xlsx": lambda: with_part(SHEET, _LAUGHS.decode().encode("utf-16")),
    "outside entity.xlsx": lambda: sheet(_inline("A1", "&a;"), _OUTSIDE),
    "outside entity.xml": lambda: b'<?xml version="1.0"?>' + _OUTSIDE + b"<x>&a;</x>",
    "deep XML.xlsx": lambda: with_part(SHEET, _SHEET + b"<a>" * 10_000_000),
    "opposite corners.xlsx": _far_apart,
    "opposite corners elsewhere.xlsx": _far_apart_elsewhere,
    "one text ten thousand times.xlsx": _repeated_string,
    "cell of 10 MB.xlsx": lambda: sheet(
        b"<row>%b</row><row>%b</row>" % (_inline("A1", "T1"), _inline("A2", "x" * 10 * MB))
    ),
    "16384 columns.xlsx": lambda: workbook([[f"c{n}" for n in range(16_384)], [1] * 16_384]),
    "16384 columns.csv": lambda: b",".join(b"c%d" % n for n in range(16_384)) + b"\n1" + b",1" * 16_383,
    "a million columns.csv": lambda: b"c,c" * 500_000 + b"\n",
    "only delimiters.csv": lambda: b"," * (50 * MB),
    "only line ends.csv": lambda: b"\n" * (100 * MB),
    "only carriage returns.csv": lambda: b"\r" * (50 * MB),
    "only quotes.csv": lambda: b'"' * (50 * MB),
    "quote that never closes.csv": lambda: b'T1,"T2\n' + b"1,2\n" * (10 * MB),
    "only NULs.csv": lambda: bytes(100 * MB),
    "NULs in cells.csv": lambda: b"T1,T2\n" + b"\0,\0\n" * MB,
    "one line of 100 MB.csv": lambda: b"x" * (100 * MB),
    "cell of 10 MB.csv": lambda: b'T1,T2\n1,"' + b"x" * (10 * MB) + b'"\n',
    "heading of blanks.csv": lambda: b"T1" + b" " * MB + b"[,T2\n1,2\n",
    "heading of brackets.csv": lambda: b"[" * MB + b",T2\n1,2\n",
    "byte order marks.csv": lambda: b"\xef\xbb\xbf" * MB,
    "half a UTF-16.csv": lambda: b"\xff\xfe" + "T1,T2\n1,2\n".encode("utf-16-le")[:-1],
    "lone surrogates.csv": lambda: b"\xff\xfeT\x001\x00\n\x00" + b"\x00\xd8" * 1000,
    "sep and nothing.csv": lambda: b"sep=;\n" * 1000,
    "deep JSON.json": lambda: b"[" * (20 * MB),
    "deep objects.json": lambda: b'{"a":' * (5 * MB),
    "long JSON.json": lambda: b"[" + b"1," * (30 * MB) + b"1]",
    "long number.json": lambda: b"[" + b"9" * (20 * MB) + b"]",
    "announces a billion cases.sav": lambda: _sav(4, 1_000_000_000),
    "announces a billion variables.sav": lambda: _sav(2_000_000_000, 10),
    "announces less than nothing.sav": lambda: _sav(-5, -5),
    "magic and nothing.sav": lambda: b"$FL2",
    "magic and nothing.zsav": lambda: b"$FL3" + b"\xff" * 300,
    "magic and nothing.xlsx": lambda: b"PK\x03\x04" + bytes(1000),
    "magic and nothing.xls": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 5000,
    "magic and nothing.dta": lambda: b"<stata_dta>" + b"\xff" * 5000,
    "magic and nothing.por": lambda: b" " * 400 + b"ASCII SPSS PORT FILE" + b"9" * 5000,
}  # fmt: skip
