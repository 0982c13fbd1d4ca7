"""The tidy table as a workbook, with a second sheet that tells what each column is.

openpyxl makes the book, and its two sheets but for the rows of figures: cell by cell these would take it
fifteen seconds for a programme of seven communities. They are written by column into the book it made.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from io import BytesIO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

import pyarrow as pa
import pyarrow.compute as pc
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import tostring

from lcmonitor.reporting.tidy_text import cells, together

_ROWS = 1_048_575  # of a sheet, beside its heading: what does not fit goes on in a next one
_AT_ONCE = 65_536  # rows; a million as text are a gigabyte
_LEVEL = 1  # of compression: 6 saves an eighth of the file and takes twice as long
_UNLAWFUL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")  # in XML; or taken for one

Lines = Sequence[Sequence[str]]


def as_xlsx(table: pa.Table, explained: Lines, day: date) -> bytes:
    """``explained``: the lines of the second sheet, headings first. ``day``: on which it says it was made.

    Text is text whatever it begins with, as its cells are of the type text.
    """
    sheets = [table.slice(first, _ROWS) for first in range(0, max(table.num_rows, 1), _ROWS)]
    parts = _book(table.column_names, len(sheets), explained, day)
    for number, sheet in enumerate(sheets, start=1):
        name = f"xl/worksheets/sheet{number}.xml"
        parts[name] = _filled(parts[name], _rows(sheet))
    made = BytesIO()
    with ZipFile(made, "w", ZIP_DEFLATED, compresslevel=_LEVEL) as packed:
        for name, content in parts.items():
            with packed.open(name, "w") as part:  # of 1980: the same bytes whenever it is made
                part.writelines(content)
    return made.getvalue()


def _book(columns: Sequence[str], sheets: int, explained: Lines, day: date) -> dict[str, Iterable[bytes]]:
    """The parts of a workbook whose sheets of figures have no rows yet."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for number in range(sheets):
        _headed(
            book.create_sheet(f"figures {number + 1}" if number else "figures"),
            [columns],
            [18] * len(columns),
        )
    _headed(book.create_sheet("columns"), explained, [18] + [70] * (len(explained[0]) - 1))
    made = BytesIO()
    book.save(made)
    book.properties.created = book.properties.modified = datetime.combine(day, time())  # saving took now
    with ZipFile(made) as packed:
        parts: dict[str, Iterable[bytes]] = {name: [packed.read(name)] for name in packed.namelist()}
    return parts | {"docProps/core.xml": [tostring(book.properties.to_tree())]}


def _headed(sheet: Worksheet, rows: Lines, widths: Sequence[int]) -> None:
    for place, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    for number, row in enumerate(rows, start=1):
        for place, text in enumerate(row, start=1):
            cell = sheet.cell(number, place, _lawful(text))
            cell.data_type = "s"  # openpyxl takes a text that begins with = for a formula
            cell.font = Font(bold=number == 1)
            cell.alignment = Alignment(vertical="top", wrap_text=number > 1)
    sheet.freeze_panes = "A2"


def _filled(sheet: Iterable[bytes], rows: Iterable[bytes]) -> Iterator[bytes]:
    before, end, after = b"".join(sheet).partition(b"</sheetData>")
    yield re.sub(rb"<dimension[^>]*>", b"", before)  # it would be that of the heading alone
    yield from rows
    yield end + after


def _rows(sheet: pa.Table) -> Iterator[bytes]:
    """``<row r="2"><c r="A2" t="inlineStr">…</row>``: what stands between two numbers of the row."""
    for first in range(0, sheet.num_rows, _AT_ONCE):
        part = sheet.slice(first, _AT_ONCE)
        ends = [*(f'<c r="{get_column_letter(place)}' for place in range(2, part.num_columns + 1)), "</row>"]
        written = [_cells(column, end) for column, end in zip(part.columns, ends, strict=True)]
        numbers = pa.array(range(first + 2, first + 2 + part.num_rows)).cast(pa.string())
        yield together(pc.binary_join_element_wise('<row r="', '"><c r="A', *written, numbers))


def _cells(column: pa.ChunkedArray, end: str) -> pa.Array:
    return cells(
        column,
        text=lambda text: f'" t="inlineStr"><is>{_text(text)}</is></c>{end}',
        number=lambda digits: f'"><v>{digits}</v></c>{end}',
        none=f'"/>{end}',
    )


def _text(text: str) -> str:
    space = "" if text == text.strip() else ' xml:space="preserve"'
    return f"<t{space}>{escape(_lawful(text))}</t>"


def _lawful(text: str) -> str:
    return _UNLAWFUL.sub(lambda sign: f"_x{ord(sign[0]):04X}_", text)
