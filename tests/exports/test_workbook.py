"""Workbooks that were made to hurt, and cells that have a type."""

import io
import zipfile
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest

from lcmonitor.errors import ExportError
from lcmonitor.exports import workbook as subject
from lcmonitor.exports.limits import LIMITS, Limits
from lcmonitor.exports.reading import parse

CELLS = [
    (3.0, "3"),
    (0.14, "0.14"),
    (10580280324.0, "10580280324"),
    (True, "TRUE"),
    (datetime(2026, 3, 2, 10, 15, 29, 725_000), "2026-03-02 10:15:30"),  # noqa: DTZ001
    (date(2026, 3, 2), "2026-03-02"),
    (time(10, 15), "10:15:00"),
    (timedelta(hours=30), "1 day, 6:00:00"),
    ("", ""),
    ("zei:\r\nja\rnee", "zei:\nja\nnee"),
]


@pytest.mark.parametrize(("cell", "text"), CELLS, ids=[text or "empty" for _, text in CELLS])
def test_a_typed_cell_as_text(cell: subject.Cell, text: str) -> None:
    assert subject.as_text(cell) == text


def saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def simple() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet["B4"], sheet["C4"], sheet["B5"], sheet["C6"] = "T1", "T2", 4, 5
    return saved(book)


def rewritten(data: bytes, member: str, content: bytes) -> bytes:
    """The same workbook with one part replaced or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != member:
                new.writestr(name, old.read(name))
        new.writestr(member, content)
    return out.getvalue()


def code_of(data: bytes, limits: Limits = LIMITS) -> str:
    with pytest.raises(ExportError) as refused:
        parse("export.xlsx", data, limits)
    return refused.value.messages[0].code


SHEET = "xl/worksheets/sheet1.xml"
SHEET_START = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'


def test_rows_above_and_columns_beside_the_table_count_in_the_row_number() -> None:
    table = parse("export.xlsx", simple())
    assert table.facts["row"].to_pylist() == [5, 6]
    assert [column.heading for column in table.columns if column.role == "question"] == ["T1", "T2"]


def test_a_workbook_that_unpacks_to_too_much() -> None:
    blown_up = rewritten(simple(), "xl/media/blob", bytes(1 << 20))
    assert code_of(blown_up, Limits(unpacked=1 << 20)) == "LCM-113"
    assert parse("export.xlsx", blown_up).facts.num_rows == 2


def test_a_workbook_of_too_many_parts() -> None:
    out = io.BytesIO(simple())
    with zipfile.ZipFile(out, "a") as archive:
        for number in range(2001):
            archive.writestr(f"xl/{number}", "")
    assert code_of(out.getvalue()) == "LCM-113"


def test_two_cells_in_opposite_corners_are_not_filled_out() -> None:
    far = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert code_of(rewritten(simple(), SHEET, SHEET_START + far + b"</sheetData></worksheet>")) == "LCM-113"


def test_entities_are_refused() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">]>' + SHEET_START + b"</sheetData></worksheet>"
    assert code_of(rewritten(simple(), SHEET, bomb)) == "LCM-113"


def test_a_part_that_lies_about_its_size() -> None:
    data = bytearray(rewritten(simple(), SHEET, SHEET_START + b" " * 1000 + b"</sheetData></worksheet>"))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        size = archive.getinfo(SHEET).file_size
    at = data.rfind(size.to_bytes(4, "little"))
    data[at : at + 4] = (10).to_bytes(4, "little")
    assert code_of(bytes(data)) == "LCM-114"


def test_empty_sheets_are_no_responses() -> None:
    assert code_of(saved(openpyxl.Workbook())) == "LCM-101"


def test_two_sheets_that_no_tool_marks_are_not_guessed_between() -> None:
    book = openpyxl.Workbook()
    for sheet in (book.worksheets[0], book.create_sheet("More")):
        sheet.append(["T1"])
        sheet.append([4])
    assert code_of(saved(book)) == "LCM-123"


def test_a_design_for_odk_is_no_response() -> None:
    book = openpyxl.Workbook()
    for name in ("survey", "choices"):
        book.create_sheet(name).append(["type", "name"])
    assert code_of(saved(book)) == "LCM-111"


def with_errors() -> bytes:
    """As Excel writes them: the cell says of itself that it is an error."""
    book = openpyxl.Workbook()
    answers = book.worksheets[0]
    for row in ((), ("id", "T1", "T2"), (1, "#N/A", 4), (2, 5, 3), (3, 4, "#REF!")):
        answers.append(row)
    answers["B3"].data_type = answers["C5"].data_type = "e"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def test_an_error_of_a_workbook_is_no_answer_and_is_told() -> None:
    table = parse("export.xlsx", with_errors())
    assert table.cells["1"].to_pylist() == ["", "5", "4"]
    assert table.cells["2"].to_pylist() == ["4", "3", ""]
    assert [(remark.code, remark.params) for remark in table.remarks] == [
        ("LCM-134", {"columns": "T1, T2", "count": 2, "rows": "3, 5"})
    ]


def test_what_looks_like_an_error_in_a_text_stays_and_is_told() -> None:
    table = parse("export.csv", b"id;T1;T2\n1;#N/B;4\n2;5;3\n3;4;#VERW!\n")
    assert table.cells["1"].to_pylist() == ["#N/B", "5", "4"]
    assert [(remark.code, remark.params) for remark in table.remarks] == [
        ("LCM-137", {"columns": "T1, T2", "count": 2, "rows": "2, 4"})
    ]


def test_a_hash_before_an_answer_is_no_error() -> None:
    table = parse("export.csv", b"id;T1\n1;#1\n2;#N/A zei hij\n")
    assert (table.cells["1"].to_pylist(), table.remarks) == (["#1", "#N/A zei hij"], ())
