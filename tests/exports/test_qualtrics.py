"""Qualtrics: heading rows that owners delete, previews, and names that only the row below explains."""

from collections.abc import Callable
from pathlib import Path

import pytest

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
