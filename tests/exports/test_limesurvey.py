"""LimeSurvey's three kinds of headings, its two kinds of emptiness, and its stand-in date."""

from collections.abc import Callable
from pathlib import Path

import pytest

from lcmonitor.exports.table import RawTable
from tests.exports.trusted import read

Reader = Callable[..., RawTable]

CODES = '''
"id","submitdate","lastpage","startlanguage","token","ipaddr","T1","T1[SQ001]","interviewtime","T1Time"
"7","2026-03-02 10:15:00","4","nl","tok-a","192.0.2.1","4","","61.5","12"
"8",,"2","nl","tok-b","192.0.2.2","3",,"10.5","9"
"9","1980-01-01 00:00:00","4","nl","","192.0.2.3","5","a, ""b""","20","8"
'''
CODE_AND_TEXT = """
"id. Respons-ID";"submitdate. Datum verzonden";"lastpage. Pagina";"T1[SQ001]. Hoe is het? [Met u]";"T2. Vrij"
"7";"2026-03-02 10:15:00";"4";"4";"x"
"""
DUTCH = """
"Respons-ID","Datum verzonden","Laatste pagina","Toegangscode","IP-adres","Hoe is het? [Nu]","Vraagtijd: T1"
"7","2026-03-02 10:15:00","4","tok-a","192.0.2.1","Mee eens","12"
"""


def roles(table: RawTable) -> dict[str, str]:
    return {column.heading: column.role for column in table.columns}


def test_question_codes(read_text: Reader) -> None:
    table = read_text(CODES)
    assert (table.source.tool, table.source.variant, table.source.certainty) == (
        "limesurvey",
        "codes",
        "sure",
    )
    assert table.facts["row"].to_pylist() == [2, 3, 4]
    assert table.facts["response_id"].to_pylist() == ["7", "8", "9"]
    assert list(map(str, table.facts["submitted"].to_pylist())) == ["2026-03-02 10:15:00", "None", "None"]
    assert table.facts["status"].to_pylist() == ["complete", "incomplete", "complete"]
    assert table.facts["token"].to_pylist() == ["tok-a", "tok-b", None]


def test_not_shown_and_left_empty_are_two_things(read_text: Reader) -> None:
    assert read_text(CODES).cells["7"].to_pylist() == ["", None, 'a, "b"']


def test_a_resaved_file_has_lost_that_difference(read_text: Reader) -> None:
    resaved = CODES.replace('"a, ""b"""', "a").replace('"', "")
    assert read_text(resaved).cells["7"].to_pylist() == ["", "", "a"]


def test_own_columns_are_known_by_name_and_people_leave_the_cells(read_text: Reader) -> None:
    table = read_text(CODES)
    found = roles(table)
    assert [heading for heading, role in found.items() if role == "question"] == ["T1", "T1[SQ001]"]
    assert [heading for heading, role in found.items() if role == "personal"] == ["token", "ipaddr"]
    assert table.cells.column_names == ["0", "1", "2", "3", "6", "7", "8", "9"]


def test_code_and_text(read_text: Reader) -> None:
    table = read_text(CODE_AND_TEXT)
    assert (table.source.variant, table.source.delimiter) == ("code and text", ";")
    column = table.columns[3]
    assert (column.code, column.text, column.part) == ("T1[SQ001]", "Hoe is het?", "Met u")
    assert (table.columns[4].code, table.columns[4].text) == ("T2", "Vrij")
    assert roles(table)["id. Respons-ID"] == "meta"


def test_full_text_in_dutch(read_text: Reader) -> None:
    table = read_text(DUTCH)
    assert (table.source.variant, table.source.certainty) == ("full text", "sure")
    assert [column.heading for column in table.columns if column.role == "question"] == ["Hoe is het? [Nu]"]
    assert [column.heading for column in table.columns if column.role == "personal"] == [
        "Toegangscode",
        "IP-adres",
    ]
    assert (table.columns[5].text, table.columns[5].part, table.columns[5].code) == (
        "Hoe is het?",
        "Nu",
        "",
    )
    assert table.facts["token"].to_pylist() == ["tok-a"]


@pytest.mark.parametrize(
    "heading",
    ["\ufeffid", "ï»¿id", "<U+FEFF>id", "X.U.FEFF.id", "ï..id"],
    ids=["BOM", "cp1252", "R", "R names", "R 2"],
)
def test_what_is_left_of_a_byte_order_mark_is_no_part_of_the_heading(heading: str, read_text: Reader) -> None:
    table = read_text(CODES.replace('"id"', f'"{heading}"'), encoding="utf-8-sig")
    assert (table.columns[0].heading, table.source.tool) == ("id", "limesurvey")


def test_a_date_that_excel_rewrote_is_still_the_stand_in(read_text: Reader) -> None:
    table = read_text(
        """
        id;submitdate;lastpage;startlanguage;T1
        1;01.01.1980 00:00;4;nl;3
        2;;4;nl;3
    """.replace("        ", "")
    )
    assert table.facts["status"].to_pylist() == ["complete", "incomplete"]
    assert table.facts["submitted"].to_pylist() == [None, None]


def test_equal_headings_are_kept_apart_by_position(real_exports: Path) -> None:
    table = read(real_exports / "limesurvey/stages_of_research_survey_data.csv")
    headings = [column.heading for column in table.columns]
    assert len(set(headings)) < len(headings) == len({column.position for column in table.columns})
    timing = [
        column for column in table.columns if column.heading.startswith(("Question time", "Group time"))
    ]
    assert timing
    assert {column.role for column in timing} == {"meta"}


UNFINISHED = """
"id","submitdate","lastpage","startlanguage","startdate","datestamp","T1"
"1","2026-03-02 10:15:00","4","nl","2026-03-01 09:00:00","2026-03-02 10:15:00","4"
"2",,"2","nl","2026-03-03 09:00:00","2026-03-04 09:30:00","4"
"3",,"2","nl","2026-03-05 09:00:00",,"4"
"4",,"2","nl",,,"4"
"5","1980-01-01 00:00:00","4","nl","2026-03-06 09:00:00","2026-03-06 09:30:00","4"
"""


def test_an_unfinished_response_is_dated_by_its_last_action_or_else_its_start(read_text: Reader) -> None:
    moments = read_text(UNFINISHED).facts["submitted"].to_pylist()
    assert list(map(str, moments)) == [
        "2026-03-02 10:15:00",
        "2026-03-04 09:30:00",
        "2026-03-05 09:00:00",
        "None",
        "None",  # finished on an unknown day: the stand-in is no reason to take another date
    ]


def test_an_unfinished_response_is_dated_under_dutch_headings_too(read_text: Reader) -> None:
    table = read_text(
        """
        "Respons-ID","Datum verzonden","Laatste pagina","Startdatum","Datum laatste actie","Hoe is het?"
        "1",,"2","2026-03-03 09:00:00","2026-03-04 09:30:00","4"
    """.replace("        ", "")
    )
    assert list(map(str, table.facts["submitted"].to_pylist())) == ["2026-03-04 09:30:00"]
