"""ODK Central: its zip of a table and its repeats, and what a 0 means there. The files are made up."""

import pytest

from lcmonitor.errors import ExportError
from lcmonitor.exports.reading import parse
from lcmonitor.exports.table import RawTable
from tests.exports.writers.odk import zipped

MAIN = """\
SubmissionDate,start,end,groep-T1,help,help/money,help/time,plaats-Latitude,plaats-Longitude,meta-instanceID,KEY,\
SubmitterID,SubmitterName,AttachmentsPresent,AttachmentsExpected,Status,ReviewState,DeviceID,Edits,FormVersion
2026-03-02T09:00:00.000Z,2026-03-02T09:50:00.000+01:00,2026-03-02T10:00:00.000+01:00,4,money,1,0,52.1,5.1,uuid:a,\
uuid:a,12,App,0,0,,approved,d,0,1
2026-03-02T22:30:00.000Z,,,5,,0,0,,,uuid:b,uuid:b,12,App,0,0,,rejected,d,0,1
"""
KIDS = """\
age,info-name_of,PARENT_KEY,KEY
5,x,uuid:b/groep,uuid:b/groep/kids[1]
6,y,uuid:b,uuid:b/groep/kids[2]
7,z,uuid:zz,uuid:zz/groep/kids[1]
"""
TOYS = "toy,PARENT_KEY,KEY\nbal,uuid:b/groep/kids[2],uuid:b/groep/kids[2]/toys[1]\n"


def download() -> RawTable:
    files = {"form-toys.csv": TOYS, "form-kids.csv": KIDS, "form.csv": MAIN, "media/1.jpg": "x"}
    return parse("form.zip", zipped({name: text.encode() for name, text in files.items()}))


def cells(table: RawTable, heading: str) -> list[str]:
    position = next(one.position for one in table.columns if one.heading == heading)
    found: list[str] = table.cells[str(position)].to_pylist()
    return found


def test_a_table_of_submissions() -> None:
    table = parse("form.csv", MAIN.encode())
    assert (table.source.tool, table.source.certainty) == ("odk", "sure")
    assert table.facts["response_id"].to_pylist() == ["uuid:a", "uuid:b"]
    assert table.facts["status"].to_pylist() == ["complete", "rejected"]
    assert [moment.hour for moment in table.facts["submitted"].to_pylist()] == [10, 22]
    questions = [(one.code, one.text, one.part) for one in table.columns if one.role == "question"]
    assert questions == [("T1", "", ""), ("help/money", "help", "money"), ("help/time", "help", "time")]
    personal = {one.heading for one in table.columns if one.role == "personal"}
    assert personal == {"plaats-Latitude", "plaats-Longitude", "SubmitterID", "SubmitterName", "DeviceID"}


def test_a_zero_of_a_question_without_answer_is_no_answer() -> None:
    table = parse("form.csv", MAIN.encode())
    assert cells(table, "help/money") == ["1", ""]
    assert cells(table, "help/time") == ["0", ""]


def test_repeats_stand_beside_their_submission_also_where_a_parent_key_matches_nothing() -> None:
    """The first row of KIDS: a key of a parent with the names of groups in it (briefcase#646)."""
    table = download()
    assert cells(table, "groep/kids[1]/age") == ["", "5"]
    assert cells(table, "groep/kids[2]/info-name_of") == ["", "y"]
    assert cells(table, "groep/kids[2]/toys[1]/toy") == ["", "bal"]
    lost = next(remark for remark in table.remarks if remark.code == "LCM-142")
    assert lost.params == {"table": "form-kids", "count": 1, "total": 3}


def test_late_in_utc_is_said() -> None:
    assert "LCM-145" in [remark.code for remark in parse("form.csv", MAIN.encode()).remarks]


def test_a_repeat_by_itself_has_no_respondents() -> None:
    with pytest.raises(ExportError) as refused:
        parse("form-kids.csv", KIDS.encode())
    assert refused.value.messages[0].code == "LCM-140"
