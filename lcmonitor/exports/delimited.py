"""Text with delimiters as a grid: the delimiter from the header record, the body by pyarrow."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice

import pyarrow as pa
from pyarrow import csv

from lcmonitor.errors import ExportError, Message
from lcmonitor.exports.decode import Text
from lcmonitor.exports.grid import HEAD, Grid, Records
from lcmonitor.exports.headings import without_bom

_DELIMITERS = b",;\t|"
_BLOCK = 8 << 20  # a longer record is read in a second attempt, as one block
_SAID = re.compile(rb'"?sep=([,;\t|])"?,*\n', re.IGNORECASE)
_ROWS_NAMED = 5
_COLUMNS = 50_000  # three times what a spreadsheet has
_NO_TEXT = re.compile(rb"(?:[-+]?[\d.,]*(?:[eE][-+]?\d+)?|TRUE|FALSE|NA|Inf|-Inf|NaN)")
_NA = b"NA"


@dataclass(frozen=True)
class Record:
    """One record of the text: its cells, its own bytes without the line end, and where it ends."""

    cells: tuple[bytes, ...]
    quoted: tuple[bool, ...]  # each cell
    raw: bytes
    ends: tuple[bytes, ...]  # what followed each cell
    stop: int


_NO_RECORD = Record((), (), b"", (), 0)


def grid(name: str, text: Text) -> Grid:
    """Raises ExportError: LCM-101 nothing but blank lines, LCM-192 more columns than any export has."""
    start, said = _said_delimiter(text.utf8)
    blank = _blank_lines(text.utf8, start)
    start += blank
    if start >= len(text.utf8):
        raise ExportError(Message("LCM-101", name))
    _refuse_width(name, text.utf8, start)
    delimiter = said or _delimiter(name, text.utf8, start)
    records = list(islice(_records(name, text.utf8, delimiter, start), HEAD))
    stops = (start, *(record.stop for record in records))
    nothing = ["", _NA.decode()] if _is_by_r(records) else [""]
    return Grid(
        name=name,
        head=_head(records, nothing),
        body=partial(_body, name, text.utf8, delimiter, stops, blank + 1, nothing),
        first_row=blank + 1,
        encoding=text.encoding,
        delimiter=delimiter.decode(),
        quoted=all(map(_is_quoted, records)),
        remarks=text.remarks,
    )


def _is_quoted(record: Record) -> bool:
    """Every cell that holds anything is in quotes."""
    return all(quoted or not cell for cell, quoted in zip(record.cells, record.quoted, strict=True))


def _is_by_r(records: list[Record]) -> bool:
    """R has every text in quotes, the headings too, and nothing else: an NA without them is no answer."""
    header, *below = records
    bare = [
        cell
        for record in below
        for cell, quoted in zip(record.cells, record.quoted, strict=True)
        if not quoted
    ]
    return all(header.quoted) and any(bare) and all(map(_NO_TEXT.fullmatch, bare))


def _said_delimiter(data: bytes) -> tuple[int, bytes | None]:
    """A first line ``sep=;``, which a spreadsheet takes for itself and does not count."""
    found = _SAID.match(data)
    return (found.end(), found[1]) if found else (0, None)


def _blank_lines(data: bytes, start: int) -> int:
    """How many empty lines stand above the first record."""
    return len(data) - start - len(data[start:].lstrip(b"\n"))


def _refuse_width(name: str, data: bytes, start: int) -> None:
    first = data[start : data.index(b"\n", start)]
    width = 1 + max(first.count(bytes([one])) for one in _DELIMITERS)
    if width > _COLUMNS:
        raise ExportError(Message("LCM-192", name, {"found": f"{width:,}", "allowed": f"{_COLUMNS:,}"}))


def _delimiter(name: str, data: bytes, start: int) -> bytes:
    """The commonest candidate outside quotes in the header record.

    Of several, one that stands as often in the record below goes first: unquoted headings hold commas.
    A title above the headings holds none.
    """
    records = islice(_records(name, data, _DELIMITERS, start), HEAD)
    header, *below = [record for record in records if len(record.ends) > 1][:2] or [_NO_RECORD]
    counts = {bytes([one]): header.ends.count(bytes([one])) for one in _DELIMITERS}
    following = below[0].ends if below else ()
    return max(
        counts,
        key=lambda one: (counts[one] > 0 and following.count(one) == counts[one], counts[one]),
    )


def _records(name: str, data: bytes, delimiters: bytes, start: int) -> Iterator[Record]:
    """Raises ExportError LCM-125 where a quote is opened and never closed."""
    cell = re.compile(rb'(?:"((?:[^"]++|"")*+)"|(?!"))([^%b\n]*+)([%b\n])' % ((re.escape(delimiters),) * 2))
    position = begin = start
    cells: list[bytes] = []
    quoted: list[bool] = []
    ends: list[bytes] = []
    row = 1
    while position < len(data):
        found = cell.match(data, position)
        if found is None:
            raise ExportError(Message("LCM-125", name, {"row": row}))
        cells.append((found[1] or b"").replace(b'""', b'"') + found[2])
        quoted.append(found[1] is not None)
        ends.append(found[3])
        position = found.end()
        if found[3] == b"\n":
            yield Record(tuple(cells), tuple(quoted), data[begin : position - 1], tuple(ends), position)
            begin, cells, quoted, ends, row = position, [], [], [], row + 1


def _head(records: list[Record], nothing: list[str]) -> Records:
    head = [
        [
            "" if not quoted and cell.decode() in nothing else cell.decode()
            for cell, quoted in zip(record.cells, record.quoted, strict=True)
        ]
        for record in records
    ]
    head[0][0] = without_bom(head[0][0])
    return tuple(map(tuple, head))


def _body(
    name: str,
    data: bytes,
    delimiter: bytes,
    stops: tuple[int, ...],
    first_row: int,
    nothing: list[str],
    header_rows: int,
) -> pa.Table:
    """Raises ExportError: LCM-107 rows of another width than the headings, LCM-125 an unclosed quote."""
    records = islice(_records(name, data, delimiter, stops[0]), header_rows)
    width = max(len(record.cells) for record in records)
    rest = memoryview(data)[stops[min(header_rows, len(stops) - 1)] :]
    if data.count(b'"') % 2:
        for _ in _records(name, data, delimiter, stops[0]):
            pass  # an inch mark is fine, a quote without end is not
    try:
        return _parsed(rest, delimiter, width, nothing)
    except pa.ArrowInvalid:
        mended = _mended(name, bytes(rest), delimiter, width, first_row + header_rows)
        return _parsed(mended, delimiter, width, nothing, len(mended))


def _parsed(
    data: memoryview | bytes, delimiter: bytes, width: int, nothing: list[str], block: int = _BLOCK
) -> pa.Table:
    """``nothing``: what stands without quotes where there is no answer."""
    names = [str(position) for position in range(width)]
    if not len(data):
        return pa.table({name: pa.array([], pa.string()) for name in names})
    return csv.read_csv(
        pa.BufferReader(pa.py_buffer(data)),
        csv.ReadOptions(column_names=names, block_size=min(len(data), block)),
        csv.ParseOptions(delimiter=delimiter.decode(), newlines_in_values=True, ignore_empty_lines=False),
        csv.ConvertOptions(
            check_utf8=False,  # it was made here
            column_types=dict.fromkeys(names, pa.string()),
            null_values=nothing,
            strings_can_be_null=True,
            quoted_strings_can_be_null=False,
        ),
    )


def _mended(name: str, data: bytes, delimiter: bytes, width: int, first_row: int) -> bytes:
    """Blank lines filled out and empty cells beyond the headings cut off; anything else is refused."""
    lines: list[bytes] = []
    odd: list[int] = []
    for row, record in enumerate(_records(name, data, delimiter, 0), first_row):
        surplus = len(record.cells) - width
        if not record.raw:
            lines.append(delimiter * (width - 1))
        elif surplus < 0 or not record.raw.endswith(delimiter * surplus):
            odd.append(row)
        else:
            lines.append(record.raw[: len(record.raw) - surplus])
    if odd:
        rows = ", ".join(map(str, odd[:_ROWS_NAMED]))
        raise ExportError(Message("LCM-107", name, {"rows": rows, "count": len(odd), "width": width}))
    return b"\n".join((*lines, b""))
