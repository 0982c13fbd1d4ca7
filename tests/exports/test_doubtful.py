"""What people and spreadsheets do to a table before they send it. The tables are made up."""

import io
from collections.abc import Callable, Sequence
from datetime import datetime

import openpyxl
import pytest

from lcmonitor.errors import ExportError
from lcmonitor.exports.reading import parse
from lcmonitor.exports.table import RawTable

Reader = Callable[..., RawTable]
MOMENT = datetime(2026, 3, 2, 10, 15)  # noqa: DTZ001 - a cell of a sheet has no zone

PLAIN = """
id;submitted;T1;T2
1;2026-03-02;4;goed
2;2026-03-03;5;beter
"""


def codes(table: RawTable) -> list[str]:
    return [remark.code for remark in table.remarks]


TITLES = ["Meting 1", "Meting 1, maart 2026;;;", "Meting 1\n", "Meting 1\nmaart 2026;;;"]


@pytest.mark.parametrize("title", TITLES)
def test_a_title_above_the_headings_is_passed_over(title: str, read_text: Reader) -> None:
    table = read_text(f"{title}\n{PLAIN.lstrip()}")
    assert [column.heading for column in table.columns] == ["id", "submitted", "T1", "T2"]
    assert table.cells["2"].to_pylist() == ["4", "5"]
    below = title.count("\n") + 3
    assert table.facts["row"].to_pylist() == [below, below + 1]


def test_a_tool_is_recognised_below_a_title() -> None:
    rows = [
        ("Resultaten", None, None),
        ("ID", "Begintijd", "Tijd van voltooien", "T1"),
        (7, MOMENT, MOMENT, 4),
    ]
    table = parse("export.xlsx", workbook(rows))
    assert (table.source.tool, table.facts["response_id"].to_pylist()) == ("msforms", ["7"])
    assert table.facts["row"].to_pylist() == [3]


@pytest.mark.parametrize("last", ["Totaal;;9;", ";;Gemiddelde: ;4,5", "Average;;4.5;\n;;;\n"])
def test_a_row_of_totals_is_passed_over_and_said_so(last: str, read_text: Reader) -> None:
    table = read_text(PLAIN + last + "\n")
    assert table.facts["response_id"].to_pylist() == ["1", "2"]
    assert [(remark.code, remark.params["rows"]) for remark in table.remarks] == [("LCM-177", "4")]


def test_an_answer_that_looks_like_totals_stays(read_text: Reader) -> None:
    table = read_text(PLAIN + "3;2026-03-04;Totaal;\n")
    assert (table.cells["2"].to_pylist(), codes(table)) == (["4", "5", "Totaal"], [])


def test_rows_without_an_id_count_and_are_named(read_text: Reader) -> None:
    table = read_text(PLAIN + ";;4;met de hand toegevoegd\n")
    assert table.facts["response_id"].to_pylist() == ["1", "2", None]
    (remark,) = table.remarks
    assert (remark.code, remark.params) == ("LCM-176", {"column": "id", "count": 1, "rows": "4"})


def test_a_google_row_without_a_timestamp_is_named(read_text: Reader) -> None:
    table = read_text("Timestamp,T1\n11/17/2020 18:23:58,4\n,5\n")
    assert (table.source.tool, codes(table)) == ("googleforms", ["LCM-176"])


def test_a_total_in_the_column_of_the_timestamps_is_no_response(read_text: Reader) -> None:
    table = read_text("Timestamp,T1\n11/17/2020 18:23:58,4\n11/18/2020 18:23:58,5\nAverage,4.5\n")
    assert (table.source.tool, table.cells["1"].to_pylist()) == ("googleforms", ["4", "5"])
    assert codes(table) == ["LCM-177"]


def workbook(rows: Sequence[Sequence[object]], merged: str = "") -> bytes:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append(list(row))
    if merged:
        sheet.merge_cells(merged)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


ROWS = [("id", "T1", "T2"), (1, 4, "goed"), (2, 4, "beter"), (3, 5, "best")]


def test_merged_answers_are_refused_with_their_rows() -> None:
    with pytest.raises(ExportError) as refused:
        parse("export.xlsx", workbook(ROWS, "B2:B3"))
    (message,) = refused.value.messages
    assert (message.code, message.params) == ("LCM-178", {"rows": "2, 3"})


@pytest.mark.parametrize("place", ["A1:C1", "A7:C8"])
def test_cells_merged_in_a_title_or_below_the_answers_hide_none(place: str) -> None:
    rows = [("Meting 1",), *ROWS] if place == "A1:C1" else ROWS
    assert parse("export.xlsx", workbook(rows, place)).cells["1"].to_pylist() == ["4", "4", "5"]


def test_days_among_other_answers_are_named() -> None:
    often = [("id", "Hoe vaak?"), (1, "3-4"), (2, datetime(2026, 5, 1)), (3, "6-7"), (4, "6-7")]  # noqa: DTZ001
    (remark,) = parse("export.xlsx", workbook(often)).remarks
    assert (remark.code, remark.params) == ("LCM-179", {"column": "Hoe vaak?", "count": 1, "rows": "3"})


def test_a_question_about_a_day_holds_days() -> None:
    asked = [("id", "Begonnen op"), (1, datetime(2026, 5, 1)), (2, datetime(2026, 5, 2)), (3, "weet niet")]  # noqa: DTZ001
    assert parse("export.xlsx", workbook(asked)).remarks == ()
