"""REDCap: which row is which response, what 0 means, and when a row is complete."""

from pathlib import Path

import pytest

from lcmonitor.errors import ExportError
from lcmonitor.exports.reading import parse
from lcmonitor.exports.table import Column, RawTable
from tests.exports.conftest import Reader
from tests.exports.trusted import read


def column(table: RawTable, code: str) -> Column:
    return next(column for column in table.columns if column.code == code)


def cells(table: RawTable, code: str) -> list[str | None]:
    return list(table.cells[str(column(table, code).position)].to_pylist())


def test_record_form_and_instance_make_the_id(real_exports: Path) -> None:
    ids = read(real_exports / "redcap/redcapr_repeating_sparse_data.csv").facts["response_id"].to_pylist()
    assert ids[:5] == [
        "1",
        "1+blood_pressure+1",
        "1+blood_pressure+2",
        "1+blood_pressure+3",
        "1+laboratory+1",
    ]
    assert len(set(ids)) == 17


def test_an_event_is_part_of_the_id_and_the_record_is_the_person(real_exports: Path) -> None:
    table = read(real_exports / "redcap/redcapr_longitudinal_data.csv")
    assert table.facts["response_id"].to_pylist()[:2] == ["100+enrollment_arm_1", "100+dose_1_arm_1"]
    assert table.facts["token"].to_pylist() == ["100"] * 6 + ["220"] * 6 + ["304"] * 6
    assert column(table, "redcap_event_name").role == "meta"


def test_records_that_repeat_forms_need_not_be_people(real_exports: Path) -> None:
    table = read(real_exports / "redcap/redcapr_repeating_data.csv")
    assert set(table.facts["token"].to_pylist()) == {None}


def test_an_option_at_0_in_a_form_that_nobody_opened_is_no_answer(real_exports: Path) -> None:
    table = read(real_exports / "redcap/redcapr_checkboxes_data.csv")
    assert cells(table, "check_one___1") == ["1", "0", "1", None]  # the fourth form is empty
    assert cells(table, "check_two___a") == ["1", "0", "0", None]
    assert column(table, "check_two___a").part == "a"
    assert column(table, "check_two___a").chosen == {"1", "Checked"}


def test_events_without_a_form_did_not_ask_its_questions(real_exports: Path) -> None:
    table = read(real_exports / "redcap/redcapr_longitudinal_data.csv")
    assert cells(table, "gym___0")[:3] == ["1", None, None]  # asked at enrolment only
    assert cells(table, "vld1")[0] is None
    # record 304 at the end: the form was opened and left at Incomplete
    assert table.facts["status"].to_pylist()[:6] == [
        *("complete", "complete", "incomplete", "incomplete", "complete", "complete")
    ]


def test_a_survey_is_sent_at_its_timestamp(real_exports: Path) -> None:
    table = read(real_exports / "redcap/redcapr_survey_data.csv")
    moments = [str(moment) for moment in table.facts["submitted"].to_pylist()]
    assert moments == ["2018-03-06 15:52:43", "2018-03-06 15:53:15"]
    assert table.facts["status"].to_pylist() == ["incomplete", "complete"]  # [not completed]; nothing begun
    assert table.remarks == ()
    assert column(table, "redcap_survey_identifier").role == "personal"
    assert column(table, "prescreening_survey_timestamp").role == "meta"


SURVEYS = """
    record_id,redcap_survey_identifier,day_one_timestamp,T1,day_one_complete,day_two_timestamp,T2,day_two_complete
    1,jan@example.org,2026-03-02 10:15:00,4,2,2026-03-09 09:00:00,5,2
    2,,2026-03-02 11:15:00,3,2,[not completed],,0
    3,,,,0,,,0
    """


def test_of_several_surveys_the_last_moment_counts(read_text: Reader) -> None:
    facts = read_text(SURVEYS).facts
    assert [moment and moment.day for moment in facts["submitted"].to_pylist()] == [9, 2, None]
    assert facts["status"].to_pylist() == ["complete", "incomplete", "incomplete"]


def test_a_dutch_excel_in_between_changes_nothing(read_text: Reader) -> None:
    saved = SURVEYS.replace(",", ";").replace("2026-03-02 ", "2-3-2026 ").replace("2026-03-09 ", "9-3-2026 ")
    saved = saved.replace("11:15:00", "11:15").replace("2-3-2026 10:15:00", "23-3-2026 10:15")
    table = read_text(saved, encoding="cp1252")
    assert [moment and moment.day for moment in table.facts["submitted"].to_pylist()] == [23, 2, None]
    assert table.facts["response_id"].to_pylist() == ["1", "2", "3"]


LABELS = """
    Record ID,Event Name,Repeat Instrument,Repeat Instance,Data Access Group,Survey Identifier,Survey Timestamp,Hoe gaat het?,Muziek (choice=Gitaar (bas)),Muziek (choice=Piano),Complete?,Opmerking,Complete?
    1,Nulmeting,,,Noord,,2026-03-02 10:15:00,goed,Checked,Unchecked,Complete,,Incomplete
    1,Nulmeting,Muziek,2,Noord,,,,Unchecked,Unchecked,,te laat,Complete
    """  # noqa: E501 - a record is one line


def test_headings_and_answers_in_words(read_text: Reader) -> None:
    table = read_text(LABELS)
    assert (table.source.tool, table.source.variant, table.source.certainty) == ("redcap", "labels", "sure")
    assert table.facts["response_id"].to_pylist() == ["1+Nulmeting", "1+Nulmeting+Muziek+2"]
    assert table.facts["status"].to_pylist() == ["complete", "complete"]
    option = table.columns[8]
    assert (option.text, option.part) == ("Muziek", "Gitaar (bas)")
    assert option.chosen == {"1", "Checked", "Gitaar (bas)"}
    assert table.cells["8"].to_pylist() == ["Checked", None]
    roles = [column.role for column in table.columns]
    assert roles == ["meta"] * 5 + ["personal", "meta", *["question"] * 3, "meta", "question", "meta"]


@pytest.mark.parametrize("residue", ["\ufeff", "ï..", "ï»¿", "<U+FEFF>", "X.U.FEFF."])
def test_what_is_left_of_a_byte_order_mark(residue: str, read_text: Reader) -> None:
    table = read_text(f"{residue}record_id,T1,form_1_complete\n1,4,2\n")
    assert (table.source.tool, table.columns[0].code) == ("redcap", "record_id")


def test_a_negative_option_is_spelled_with_a_line_more(read_text: Reader) -> None:
    table = read_text("record_id,mood___1,mood____1,mood_complete\n1,0,1,2\n")
    assert [column.part for column in table.columns] == ["", "1", "-1", ""]


def test_na_of_r_is_no_status_and_opens_no_form(read_text: Reader) -> None:
    """As readr writes it, without any quotes: who did not finish stays unfinished."""
    table = read_text("""
        record_id,redcap_event_name,T1,one_complete,T2,T3___1,two_complete
        1,now_arm_1,4,2,NA,0,0
        2,now_arm_1,3,0,NA,NA,NA
        3,now_arm_1,NA,NA,5,1,2
    """)
    assert table.facts["status"].to_pylist() == ["complete", "incomplete", "complete"]
    assert (cells(table, "T2"), cells(table, "T3___1")) == ([None, None, "5"], [None, None, "1"])
    assert [column(table, each).role for each in ("one_complete", "two_complete")] == ["meta", "meta"]


def test_missing_data_codes_of_the_project_stay(read_text: Reader) -> None:
    table = read_text("record_id,t1,t2,mood_complete\n1,-999,UNK,2\n")
    assert (cells(table, "t1"), cells(table, "t2")) == (["-999"], ["UNK"])


def test_without_statuses_the_moment_of_sending_decides(read_text: Reader) -> None:
    table = read_text(
        "record_id,redcap_survey_identifier,mood_timestamp,t1\n1,,2026-03-02 10:15:00,4\n2,,,3\n"
    )
    assert table.facts["status"].to_pylist() == ["complete", "incomplete"]


@pytest.mark.parametrize(
    "heading",
    [
        "id,t1,course_complete\n1,4,1\n2,3,0\n",  # a question with yes and no
        "record_id,t1,remark\n1,4,\n",
        "Record ID,Complete?\n1,Yes\n",
        "Event Name,T1\nopening,4\n",
        "id,_uuid,x_complete\n1,u,yes\n",
    ],
)
def test_what_only_looks_like_it_is_left_alone(heading: str, read_text: Reader) -> None:
    assert read_text(heading).source.tool == "generic"


def test_a_status_at_the_end_makes_it_probable(read_text: Reader) -> None:
    table = read_text("study_id,t1,visit_complete\n1,4,2\n2,3,0\n")
    assert (table.source.tool, table.source.certainty) == ("redcap", "probable")


@pytest.mark.parametrize(
    ("headings", "code"),
    [
        ('"Variable / Field Name","Form Name","Section Header","Field Type"', "LCM-112"),
        ("arm_num,unique_event_name,form", "LCM-151"),
        ("instrument_name,instrument_label", "LCM-151"),
        ('"Time / Date",Username,Action,"List of Data Changes OR Fields Exported"', "LCM-151"),
    ],
)
def test_what_describes_the_project_is_refused_by_name(headings: str, code: str) -> None:
    with pytest.raises(ExportError) as refused:
        parse("list.csv", f"{headings}\na,b,c,d\n".encode())
    (message,) = refused.value.messages
    assert (message.code, message.params) == (code, {"tool": "redcap"})
    assert '"CSV / Microsoft Excel (raw data)"' in message.text("nl")


def test_na_of_r_is_no_part_of_a_response_id(read_text: Reader) -> None:
    table = read_text("""
        record_id,redcap_event_name,redcap_repeat_instrument,redcap_repeat_instance,q1,diary_complete
        1,base_arm_1,NA,NA,4,2
        1,base_arm_1,diary,1,NA,2
    """)
    assert table.facts["response_id"].to_pylist() == ["1+base_arm_1", "1+base_arm_1+diary+1"]
    assert table.cells["2"].to_pylist() == ["", "diary"]
    assert table.facts["event"].to_pylist() == ["base_arm_1", "base_arm_1"]
