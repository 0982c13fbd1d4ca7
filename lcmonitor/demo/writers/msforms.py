"""Microsoft Forms' workbook in Dutch: an Excel table, real dates, statements above labels."""

import io
import re
import zipfile
from datetime import datetime
from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from lcmonitor.demo.writers.sheet import Reply, Sheet

META = ("ID", "Begintijd", "Tijd van voltooien", "E-mail", "Naam", "Tijd van laatste wijziging")
_TIME = "m/d/yy h:mm:ss"  # American even in Dutch
_MADE = b"2026-01-01T00:00:00Z"  # a file that is written twice is the same file
_CLOCK = re.compile(rb"(?<=W3CDTF\">)[^<]*(?=<)")


def write(path: Path, sheet: Sheet) -> None:
    """Only what was sent: this tool has no unfinished answers."""
    book = Workbook()
    page = book.worksheets[0]
    page.title = "Sheet1"
    page.append([*META, *(_heading(sheet.text(item), n) for n, item in enumerate(sheet.items))])
    for reply in sheet.replies:
        if reply.submitted:
            page.append([*_meta(reply), *_answers(reply, sheet)])
    _as_table(page)
    memory = io.BytesIO()
    book.save(memory)
    path.write_bytes(_without_clock(memory.getvalue()))


def _heading(text: str, position: int) -> str:
    """Every fourth question was pasted from a text processor, with the no-break space that came along."""
    return text + ("\u00a0" if position % 4 == 1 else "")


def _meta(reply: Reply) -> list[object]:
    return [reply.number, reply.started, reply.submitted, reply.email, reply.name, None]


def _answers(reply: Reply, sheet: Sheet) -> list[object]:
    values = ((item, reply.values.get(item)) for item in sheet.items)
    return [
        value if value is None or isinstance(value, float) else sheet.label(item, value)
        for item, value in values
    ]


def _as_table(page: Worksheet) -> None:
    last = max(page.max_row, 2)
    page.add_table(Table(displayName="Table1", ref=f"A1:{get_column_letter(page.max_column)}{last}"))
    for row in page.iter_rows(min_row=2, max_row=page.max_row, max_col=len(META)):
        for cell in row:
            if isinstance(cell.value, datetime):
                cell.number_format = _TIME


def _without_clock(workbook: bytes) -> bytes:
    """The same workbook with a fixed time in its properties and in its archive."""
    memory = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(memory, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            fixed = _CLOCK.sub(_MADE, content) if name == "docProps/core.xml" else content
            new.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), fixed, zipfile.ZIP_DEFLATED)
    return memory.getvalue()
