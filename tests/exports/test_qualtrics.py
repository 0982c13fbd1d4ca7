"""Qualtrics: heading rows that owners delete, previews, and names that only the row below explains."""

from collections.abc import Callable
from pathlib import Path

import pytest

from lcmonitor.exports.stems import questions_and_parts
from lcmonitor.exports.table import RawTable
from tests.exports.trusted import read

Reader = Callable[..., RawTable]

OWN = "StartDate,EndDate,Status,IPAddress,Progress,Finished,RecordedDate,ResponseId,ExternalReference"
TAGS = f"{OWN},T1,T2_1,T2_1_First Click"
TEXTS = f'{OWN},"<b>Hoe</b>\ngaat&nbsp;het?",Grid - Row,Timing'
OWN_IDS = "startDate endDate status ipAddress progress finished recordedDate _recordId externalDataReference"
IDS = ",".join(f'"{{""ImportId"":""{name}""}}"' for name in f"{OWN_IDS} QID1 QID2_1 QID3_FIRST_CLICK".split())
OLD_IDS = IDS.replace('""', "'")
BODY = """\
2026-03-02,2026-03-02,IP Address,192.0.2.1,100,True,2026-03-02 10:10:01,R_aaaaaaaaaaaaaaa,tok-a,4,5,1.5
2026-03-02,2026-03-02,IP Address,192.0.2.1,60,False,2026-03-09 11:10:01,R_bbbbbbbbbbbbbbb,,4,,
2026-03-02,2026-03-02,Survey Preview,192.0.2.1,100,True,2026-03-02 12:10:01,R_ccccccccccccccc,,4,2,
"""
NUMERIC = (
    BODY.replace("IP Address", "0").replace("Survey Preview", "1").replace("True", "1").replace("False", "0")
)


@pytest.mark.parametrize(
    ("heads", "body"),
    [
        ((TAGS, TEXTS, IDS), BODY),
        ((TAGS, TEXTS, OLD_IDS), BODY),
        ((TAGS, TEXTS, IDS), NUMERIC),
        ((TAGS, TEXTS), BODY),
        ((TAGS, IDS), BODY),
        ((TAGS,), BODY),
        ((TAGS,), NUMERIC),
    ],
    ids=["three rows", "old quotes", "numeric", "no ids", "no text", "one row", "one row numeric"],
)
def test_one_two_or_three_heading_rows(heads: tuple[str, ...], body: str, read_text: Reader) -> None:
    table = read_text("\n".join((*heads, body)))
    assert (table.source.tool, table.source.header_rows) == ("qualtrics", len(heads))
    first = len(heads) + 1
    assert table.facts["row"].to_pylist() == [first, first + 1, first + 2]
    assert table.facts["status"].to_pylist() == ["complete", "incomplete", "test"]
    assert table.facts["response_id"].to_pylist()[0] == "R_aaaaaaaaaaaaaaa"
    assert str(table.facts["submitted"][0]) == "2026-03-02 10:10:01"
    assert table.facts["token"].to_pylist() == ["tok-a", None, None]
    questions = [(column.code, column.heading) for column in table.columns if column.role == "question"]
    assert questions == [("T1", "T1"), ("T2_1", "T2_1")]
    assert [column.heading for column in table.columns if column.role == "personal"] == [
        "IPAddress",
        "ExternalReference",
    ]


def test_the_words_of_a_question_lose_their_mark_up(read_text: Reader) -> None:
    table = read_text("\n".join((TAGS, TEXTS, IDS, BODY)))
    assert table.columns[9].text == "Hoe gaat het?"


def test_only_the_row_of_ids_is_left(read_text: Reader) -> None:
    table = read_text("\n".join((IDS, BODY)))
    assert (table.source.header_rows, table.columns[9].code) == (1, "QID1")
    assert table.facts["status"].to_pylist() == ["complete", "incomplete", "test"]


def test_the_old_form_is_named_by_its_second_row(real_exports: Path) -> None:
    table = read(real_exports / "qualtrics/qualtrics_sample_legacy.csv")
    personal = [column.heading for column in table.columns if column.role == "personal"]
    assert personal[:4] == ["Name", "ExternalDataReference", "EmailAddress", "IPAddress"]
    assert table.facts["response_id"].to_pylist() == ["R_2YPOQ602ER1jkf1"]
    assert (table.columns[-1].role, table.columns[-1].heading) == ("meta", "[P]")  # a trailing comma


def test_old_and_new_form_of_the_same_responses_agree(real_exports: Path) -> None:
    new = read(real_exports / "qualtrics/qt_sample_survey_insights.csv")
    old = read(real_exports / "qualtrics/qt_sample_survey_legacy.csv")
    assert new.facts["response_id"].equals(old.facts["response_id"])
    assert new.facts["submitted"].equals(old.facts["submitted"])
    by_code = [
        {
            column.code: table.cells[str(column.position)]
            for column in table.columns
            if column.code == "fruits"
        }
        for table in (new, old)
    ]
    assert by_code[0] == by_code[1] != {}


def answered(table: RawTable) -> list[list[str]]:
    """What stands in the columns of questions, in an order that does not depend on that of the columns."""
    positions = [column.position for column in table.columns if column.role == "question"]
    return sorted([cell or "" for cell in table.cells[str(position)].to_pylist()] for position in positions)


@pytest.mark.parametrize("stem", ["qt_sample_survey", "qt_multi_answer"])
def test_the_same_responses_in_the_old_and_the_new_form(stem: str, real_exports: Path) -> None:
    """The files themselves differ in a third row of headings, the order of options, tags
    (``Q44_Q44_1_1`` for ``Q44_1_1``, recode values for places) and words (``-`` for `` : ``)."""
    new = read(real_exports / f"qualtrics/{stem}_insights.csv")
    old = read(real_exports / f"qualtrics/{stem}_legacy.csv")
    assert new.facts.drop_columns("row").equals(old.facts.drop_columns("row"))
    assert answered(new) == answered(old) != []
    parts = [
        sorted(column.part for column in table.columns if column.code.startswith("Q2_"))
        for table in (new, old)
    ]
    assert parts[0] == parts[1] != [""] * len(parts[0])


def test_a_response_in_progress_is_dated_by_its_last_action(read_text: Reader) -> None:
    table = read_text("""
        StartDate,EndDate,Finished,RecordedDate,ResponseId,T1
        Start Date,End Date,Finished,Recorded Date,Response ID,Question
        2026-03-01 09:00:00,2026-03-01 09:05:00,True,2026-03-01 09:05:01,R_aaaaaaaaaaaaaaa,4
        2026-03-02 09:00:00,2026-03-02 09:05:00,False,,R_bbbbbbbbbbbbbbb,4
        2026-03-03 09:00:00,,False,,R_ccccccccccccccc,4
    """)
    assert [str(moment) for moment in table.facts["submitted"].to_pylist()] == [
        "2026-03-01 09:05:01",
        "2026-03-02 09:05:00",
        "2026-03-03 09:00:00",
    ]


def test_the_derived_tsv_is_the_same_table(real_exports: Path) -> None:
    csv = read(real_exports / "qualtrics/qualtrics_sample_v3.csv")
    tsv = read(real_exports / "qualtrics/derived_sample_v3_utf16le.tsv")
    assert (tsv.source.encoding, tsv.source.delimiter) == ("utf-16-le", "\t")
    assert (tsv.columns, tsv.cells, tsv.facts) == (csv.columns, csv.cells, csv.facts)


@pytest.mark.parametrize(
    ("zone", "remarked"),
    [("America/Denver", "America/Denver"), ("Z", "UTC"), ("Europe/Amsterdam", ""), ("Europe/Berlin", "")],
)
def test_a_time_zone_far_from_here_is_said(zone: str, remarked: str, read_text: Reader) -> None:
    ids = IDS.replace('""startDate""', f'""startDate"",""timeZone"":""{zone}""')
    remarks = read_text("\n".join((TAGS, TEXTS, ids, BODY))).remarks
    assert [(remark.code, remark.params) for remark in remarks] == (
        [("LCM-167", {"zone": remarked})] if remarked else []
    )


def test_shown_and_left_empty_where_the_export_says_so(read_text: Reader) -> None:
    table = read_text("""
        StartDate,EndDate,Finished,RecordedDate,ResponseId,T1,T2,T3
        Start,End,Finished,Recorded,Response ID,A,B,C
        2026-03-01,2026-03-01,1,2026-03-01 09:05:01,R_aaaaaaaaaaaaaaa,4,-99,
        2026-03-01,2026-03-01,1,2026-03-01 09:05:01,R_bbbbbbbbbbbbbbb,-99,,5
    """)
    assert [table.cells[name].to_pylist() for name in "567"] == [["4", "-99"], ["-99", None], ["", "5"]]
    assert [column.missing for column in table.columns[4:6]] == [frozenset(), frozenset({"-99"})]


def test_a_question_that_begins_with_a_date_is_no_response(read_text: Reader) -> None:
    table = read_text("""
        StartDate,EndDate,Finished,RecordedDate,ResponseId,T1
        Start Date,End Date,Finished,Recorded Date,Response ID,1-3-2026: wat vond u ervan?
        2026-03-01,2026-03-01,True,2026-03-01 09:05:01,R_aaaaaaaaaaaaaaa,4
    """)
    assert (table.source.header_rows, table.facts.num_rows) == (2, 1)


@pytest.mark.parametrize("moment", ["Mar 2, 2026 10:10 AM", "2 maart 2026 10:10", "46083.4236"])
def test_moments_in_any_notation_are_of_a_respondent(moment: str, read_text: Reader) -> None:
    """Nobody's answers are taken for a row of headings where the ids were left out."""
    table = read_text(f"""
        StartDate,EndDate,Finished,RecordedDate,T1
        "{moment}","{moment}",True,"{moment}",4
        "{moment}","{moment}",False,"{moment}",5
    """)
    assert (table.source.header_rows, table.cells["4"].to_pylist()) == (1, ["4", "5"])
    assert table.facts["status"].to_pylist() == ["complete", "incomplete"]


def test_how_far_somebody_came_is_of_a_respondent(read_text: Reader) -> None:
    table = read_text("StartDate,EndDate,Progress,Finished,T1\n,,100,WAHR,4\n,,40,FALSCH,5\n")
    assert (table.source.header_rows, table.cells["4"].to_pylist()) == (1, ["4", "5"])


@pytest.mark.parametrize(
    ("names", "texts", "expected"),
    [
        (
            ["QID9_1", "QID9_2", "QID9_3_TEXT"],
            ["Which - food? - Selected Choice - Kale - raw", "Which - food? - Selected Choice - Chips",
             "Which - food? - Other - Text"],
            [("Which - food?", "Kale - raw"), ("Which - food?", "Chips"), ("Which - food?", "Other - Text")],
        ),
        (
            ["QID6", "QID6_4_TEXT"],
            ["Which? - Selected Choice", "Which? - Other - Text"],
            [("Which?", ""), ("Which?", "Other - Text")],
        ),
        (
            ["QID2-1", "QID2-2"],
            ["A side-by-side...-Kale", "A side-by-side...-Kale chips"],
            [("A side-by-side...", "Kale"), ("A side-by-side...", "Kale chips")],
        ),
        (["1_QID3", "2_QID3"], ["How is Ann?", "How is Bob?"], [("How is Ann?", ""), ("How is Bob?", "")]),
        (
            ["QID4#1_1", "QID4#1_2", "QID4#2_1"],
            ["S - Now - a", "S - Now - b", "S - Later - a"],
            [("S - Now", "a"), ("S - Now", "b"), ("S - Later - a", "")],
        ),
        (["QID7_TEXT"], ["Your - own - words"], [("Your - own - words", "")]),
    ],
    ids=["several answers", "one answer and other", "old dashes", "loops", "side by side", "alone"],
)  # fmt: skip
def test_question_and_part(names: list[str], texts: list[str], expected: list[tuple[str, str]]) -> None:
    named = [("", name) for name in names]
    assert questions_and_parts(named, texts, old_dashes=True) == expected


def test_questions_whose_tags_look_alike_are_not_one(read_text: Reader) -> None:
    table = read_text("""
        StartDate,EndDate,Finished,RecordedDate,ResponseId,C1_1,C1_2
        Start,End,Finished,Recorded,Response ID,Co-creatie in het werk,Co-creatie thuis
        2026-03-01,2026-03-01,True,2026-03-01 09:05:01,R_aaaaaaaaaaaaaaa,4,5
    """)
    assert [column.text for column in table.columns[5:]] == ["Co-creatie in het werk", "Co-creatie thuis"]


def test_topics_that_qualtrics_found_are_no_questions(real_exports: Path) -> None:
    table = read(real_exports / "qualtrics/qualtrics_sample_v3.csv")
    assert [column.heading for column in table.columns if column.role == "question"] == ["Q1", "Q2"]


def test_rows_of_headings_of_different_width(read_text: Reader) -> None:
    """A column without a tag is a column all the same."""
    ids = f'{IDS},"{{""ImportId"":""QID9""}}"'
    table = read_text("\n".join((TAGS, f"{TEXTS},Extra", ids, BODY.replace("\n", ",z\n"))))
    assert (table.columns[-1].text, table.cells[str(len(table.columns) - 1)][0].as_py()) == ("Extra", "z")


@pytest.mark.parametrize("status", ["Spam", "8", "Imported Spam", "12"])
def test_what_qualtrics_takes_for_spam_is_neither_complete_nor_incomplete(
    status: str, read_text: Reader
) -> None:
    table = read_text(f"{TAGS}\n{BODY.replace('Survey Preview', status)}")
    assert table.facts["status"].to_pylist() == ["complete", "incomplete", "spam"]


@pytest.mark.parametrize("status", ["Imported", "4", "Offline", "16"])
def test_a_response_that_came_another_way_counts(status: str, read_text: Reader) -> None:
    table = read_text(f"{TAGS}\n{BODY.replace('Survey Preview', status)}")
    assert table.facts["status"].to_pylist() == ["complete", "incomplete", "complete"]
