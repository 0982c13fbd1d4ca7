"""LimeSurvey's kinds of headings, its two kinds of emptiness, its stand-in date, and its VV files."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from lcmonitor.exports.reading import parse
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


BY_R = """
"","id","submitdate","lastpage","startlanguage","T1","T2"
"1",7,"2026-03-02 10:15:00",4,"nl",4,"NA"
"2",8,NA,2,"nl",NA,NA
"""


def test_what_r_wrote_is_no_answer_where_it_says_na_without_quotes(read_text: Reader) -> None:
    """An answer that reads NA is in quotes; and what was not shown cannot be told any more."""
    table = read_text(BY_R)
    assert (table.source.tool, table.facts["response_id"].to_pylist()) == ("limesurvey", ["7", "8"])
    assert table.facts["status"].to_pylist() == ["complete", "incomplete"]
    assert (table.cells["5"].to_pylist(), table.cells["6"].to_pylist()) == (["4", ""], ["NA", ""])
    assert table.remarks == ()


@pytest.mark.parametrize("none", ["NA", "NaT", "None", "NULL"])
def test_a_word_in_place_of_a_moment_is_no_moment(none: str, read_text: Reader) -> None:
    table = read_text(
        f"id,submitdate,lastpage,startlanguage,T1\n7,2026-03-02 10:15:00,4,nl,4\n8,{none},2,nl,NA\n"
    )
    assert table.facts["status"].to_pylist() == ["complete", "incomplete"]
    assert table.cells["4"].to_pylist() == ["4", "NA"]  # without any quotes it may be an answer


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


# --- headings in any language, cut short, or apart by any sign

OWN = (
    "Response ID",
    "Date submitted",
    "Last page",
    "Start language",
    "Seed",
    "Date started",
    "Date last action",
)


def test_headings_in_every_language_of_limesurvey(real_exports: Path) -> None:
    languages = json.loads((real_exports.parent / "limesurvey_headings.json").read_text(encoding="utf-8"))
    assert len(languages) == 114
    for language, words in languages.items():
        rows = ([words[heading] for heading in OWN], ["7", "2026-03-02 10:15:00", "4", "nl", "1", "", ""])
        text = io.StringIO()
        csv.writer(text, quoting=csv.QUOTE_ALL).writerows([[*record, "4"] for record in rows])
        table = parse("x.csv", text.getvalue().replace('"4"\r\n"7"', '"Vraag"\r\n"7"').encode())
        found = (table.source.tool, table.source.certainty, table.facts["response_id"].to_pylist())
        assert found == ("limesurvey", "sure", ["7"]), language
        assert str(table.facts["submitted"][0]) == "2026-03-02 10:15:00", language


def test_headings_cut_short(read_text: Reader) -> None:
    table = read_text("""
        "Respons-ID","Datum verzonden","Laatste pagina","Begin taal","Startdatum","Datum laatste a.. ","Hoe vaak heeft .. [Met u en ander.. ]"
        "7",,"4","nl","2026-03-02 10:00:00","2026-03-02 10:15:00","4"
    """)  # noqa: E501
    assert (table.source.variant, table.source.certainty) == ("abbreviated text", "sure")
    assert (table.columns[-1].text, table.columns[-1].part) == ("Hoe vaak heeft ..", "Met u en ander.. ")
    assert str(table.facts["submitted"][0]) == "2026-03-02 10:15:00"


def test_headings_cut_very_short_are_taken_in_the_order_of_an_export(read_text: Reader) -> None:
    table = read_text("""
        "Respo.. ","Date .. ","Last .. ","Start.. ","Date .. ","Date .. ","How a.. "
        "7","2026-03-02 10:15:00","4","nl","2026-03-02 10:00:00","2026-03-02 10:15:01","4"
    """)
    codes = [column.code for column in table.columns]
    assert codes == ["id", "submitdate", "lastpage", "startlanguage", "startdate", "datestamp", ""]


@pytest.mark.parametrize("between", [". ", "._.", ": ", " | ", "/", " "])
def test_code_and_text_apart_by_any_sign(between: str, read_text: Reader) -> None:
    own = ("id", "Response ID"), ("submitdate", "Date submitted"), ("lastpage", "Last page")
    asked = (("T1[SQ001]", "How is it: or not? [With you]"), ("T1Time", "Question time: T1"))
    headings = ";".join(f'"{between.join(pair)}"' for pair in (*own, *asked))
    table = read_text(f'{headings}\n"7";"";"4";"4";"1.5"\n')
    assert (table.source.variant, table.source.certainty) == ("code and text", "sure")
    column = table.columns[3]
    assert (column.code, column.text, column.part) == ("T1[SQ001]", "How is it: or not?", "With you")
    assert table.columns[4].role == "meta"


def test_blanks_in_headings_as_underscores(read_text: Reader) -> None:
    table = read_text("""
        "Response_ID","Date_submitted","Last_page","How_is_it?_[With_you]"
        "7","","4","4"
    """)
    assert (table.columns[3].text, table.columns[3].part) == ("How is it?", "With you")


def test_own_columns_that_were_not_chosen(read_text: Reader) -> None:
    table = read_text("""
        "id","submitdate","startlanguage","T1"
        "7","2026-03-02 10:15:00","nl","4"
    """)
    assert (table.source.tool, table.source.certainty) == ("limesurvey", "probable")


# --- separators, workbooks, files that were saved again


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_any_separator(delimiter: str, read_text: Reader) -> None:
    text = CODES.replace('","', f'"{delimiter}"').replace('",,', f'"{delimiter}{delimiter}')
    text = text.replace(',"', f'{delimiter}"').replace(f'a{delimiter} ""b', 'a, ""b')
    table = read_text(text)
    assert table.source.delimiter == delimiter
    assert table.cells["7"].to_pylist() == ["", None, 'a, "b"']


def test_a_workbook(read_text: Reader) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Een vragenlijst over alles"
    for record in csv.reader(io.StringIO(CODES.strip())):
        book.worksheets[0].append(record)
    packed = io.BytesIO()
    book.save(packed)
    table, text = parse("x.xlsx", packed.getvalue()), read_text(CODES)
    assert table.facts.equals(text.facts)
    assert table.cells["7"].to_pylist() == ["", "", 'a, "b"']  # a workbook cannot tell what was not shown


def test_old_releases_quote_what_was_not_shown(read_text: Reader) -> None:
    assert read_text(CODES.replace(",,", ',"",')).cells["7"].to_pylist() == ["", "", 'a, "b"']


# --- cells


MASKED = """
"id","submitdate","lastpage","startlanguage","T1","T2"
"7","2026-03-02 10:15:00","4","nl","'=1+1","'4"
"8","2026-03-02 10:15:00","4","nl","{}","'="
"""


def test_what_was_masked_to_be_no_formula(read_text: Reader) -> None:
    table = read_text(MASKED.format("x"))
    assert table.cells["4"].to_pylist() == ["=1+1", "x"]
    assert table.cells["5"].to_pylist() == ["'4", "="]


def test_nothing_was_masked_where_an_answer_begins_as_a_formula(read_text: Reader) -> None:
    assert read_text(MASKED.format("=2+2")).cells["4"].to_pylist() == ["'=1+1", "=2+2"]


def test_json_of_an_equation_and_yes_and_no_as_numbers_stay_as_they_are(read_text: Reader) -> None:
    table = read_text("""
        "id","submitdate","lastpage","startlanguage","EQ","T1[SQ001]","T1[SQ002]"
        "7","2026-03-02 10:15:00","4","nl","{""a"": [1, 2]}","1","2"
    """)
    assert [table.cells[name][0].as_py() for name in "456"] == ['{"a": [1, 2]}', "1", "2"]


def test_times_of_questions_with_parts_are_no_questions(read_text: Reader) -> None:
    table = read_text("""
        "id","submitdate","lastpage","startlanguage","T1[SQ001]","Lifetime","interviewtime","groupTime12","T1Time"
        "7","2026-03-02 10:15:00","4","nl","4","5","61.2","20","30"
    """)
    assert [heading for heading, role in roles(table).items() if role == "question"] == [
        "T1[SQ001]",
        "Lifetime",
    ]


# --- VV: what stands in it was taken from LimeSurvey's own code

VV = (
    '"Respons-ID "\t"Datum verzonden "\t"Laatste pagina "\t"Hoe (gaat) het? (Met u (en ik))"\t"Open "\n'
    "id\tsubmitdate\tlastpage\tT1_SQ001\tT2\n"
    '1\t"2026-03-02 10:15:00"\t4\tA1\t{quote}a"{newline}b{tab}{lbrace}tab}\n'
    "2\t{question_not_shown}\t2\t{question_not_shown}\t\n"
)


def test_a_vv_file() -> None:
    table = parse("vvexport_12.xls", VV.encode())
    source = table.source
    assert (source.tool, source.variant, source.header_rows, source.delimiter) == (
        "limesurvey",
        "VV",
        2,
        "\t",
    )
    assert [column.code for column in table.columns] == ["id", "submitdate", "lastpage", "T1_SQ001", "T2"]
    assert (table.columns[3].text, table.columns[3].part) == ("Hoe (gaat) het?", "Met u (en ik)")
    assert table.cells["3"].to_pylist() == ["A1", None]
    assert table.cells["4"].to_pylist() == ['"a"\nb\t{tab}', ""]
    assert table.facts["status"].to_pylist() == ["complete", "incomplete"]
    assert table.facts["row"].to_pylist() == [3, 4]
    assert not table.remarks


def test_rows_of_headings_of_different_width() -> None:
    wider = VV.replace("\tT2\n", "\tT2\textra\n").replace("tab}\n", "tab}\tx\n").replace("\t\n", "\t\ty\n")
    table = parse("vv.csv", wider.encode())
    assert [column.heading for column in table.columns][-1] == "extra"


CONTACT = """
    "id","submitdate","lastpage","startlanguage","Contact[naam]","Contact[email]","Bereik[telefoon]","Oordeel[email]"
    "1","2026-03-02 10:00:00","3","nl","Ans de Wit","ans@example.org","Y","A4"
    "2","2026-03-02 11:00:00","3","nl","Bob Bos","bob@example.org","","A4"
    "3","2026-03-02 12:00:00","3","nl","","","Y","A3"
"""


def test_who_somebody_is_in_a_part_of_a_question_is_dropped(read_text: Reader) -> None:
    """A way to be reached is ticked, and one that is judged has the same answers again."""
    table = read_text(CONTACT)
    roles = {column.heading: column.role for column in table.columns[4:]}
    assert roles == {
        "Contact[naam]": "personal",
        "Contact[email]": "personal",
        "Bereik[telefoon]": "question",
        "Oordeel[email]": "question",
    }
    assert "example.org" not in str(table.cells.to_pydict())


def test_the_name_of_an_organisation_is_no_person(read_text: Reader) -> None:
    table = read_text(CONTACT.replace("Contact[naam]", "Organisatie[naam]"))
    assert [column.role for column in table.columns[4:6]] == ["question", "personal"]
