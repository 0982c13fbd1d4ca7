"""SPSS files: labels, declared missing values, dates beyond the calendar, wrong encodings."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from lcmonitor.errors import ExportError
from lcmonitor.exports.reading import parse
from lcmonitor.exports.table import Column
from tests.exports.trusted import read


def test_codes_labels_and_words(real_exports: Path) -> None:
    columns = {
        column.code: column for column in read(real_exports / "spss/pyreadstat_sample_missing.sav").columns
    }
    assert columns["mylabl"].labels == {"-1": "undetermined", "1": "Male", "2": "Female"}
    assert columns["mylabl"].missing == {"-1"}
    assert columns["myord"].missing == {"-1", "-2", "-3"}
    assert columns["mynum"].missing == {"-1", "2500"}  # of 2000 to 3000 only 2500 is there
    assert (columns["mylabl"].text, columns["myord"].text) == ("labeled", "ordinal")


def test_declared_missing_values_stay_codes(real_exports: Path) -> None:
    table = read(real_exports / "spss/rforeign_testdata.sav")
    column = next(column for column in table.columns if column.code == "factor_n_coded_miss")
    assert column.missing == {"99"}
    assert "99" in table.cells[str(column.position)].to_pylist()


def test_dates_that_the_library_cannot_hold_are_read(real_exports: Path) -> None:
    table = read(real_exports / "spss/haven_datetime.sav")
    assert table.cells["0"].to_pylist() == ["2014-09-22", "2014-09-23"]
    assert table.cells["1"].to_pylist() == ["", "2014-09-23 15:59:20"]  # the first lies in the year 201416


def test_a_survey_that_was_saved_by_spss(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {
            "id": [1.0, 2.0, 3.0],
            "submitdate": ["2026-03-02 10:15:00", "", "1980-01-01 00:00:00"],
            "lastpage": [4.0, 2.0, 4.0],
            "token": ["tok-a", "tok-b", ""],
            "T1": [4.0, None, 9.0],
        }
    )
    file = tmp_path / "survey.sav"
    pyreadstat.write_sav(
        frame,
        file,
        column_labels={"T1": "Hoe gaat het?"},
        variable_value_labels={"T1": {1: "slecht", 4: "goed", 9: "weet niet"}},
        missing_ranges={"T1": [9]},
    )
    table = read(file)
    assert (table.source.tool, table.source.variant) == ("spss", "limesurvey")
    assert table.facts["response_id"].to_pylist() == ["1", "2", "3"]
    assert table.facts["status"].to_pylist() == ["complete", "incomplete", "complete"]
    assert table.facts["token"].to_pylist() == ["tok-a", "tok-b", None]
    item = table.columns[4]
    assert (item.text, item.labels["4"], item.role) == ("Hoe gaat het?", "goed", "question")
    assert item.missing == {"9"}
    assert table.cells["4"].to_pylist() == ["4", "", "9"]
    assert "3" not in table.cells.column_names


def test_a_file_that_declares_the_wrong_encoding_is_read_another_way(tmp_path: Path) -> None:
    file = tmp_path / "survey.sav"
    pyreadstat.write_sav(pd.DataFrame({"T1": ["zéér"]}), file)
    wrong = file.read_bytes().replace("zéér".encode(), "zéér ".encode("cp1252") + b" ")
    assert parse("survey.sav", wrong).cells["0"].to_pylist() == ["zéér"]


SAMPLES = (
    "spss/pyreadstat_sample.sav",
    "spss/pyreadstat_sample.zsav",
    "spss/pyreadstat_sample.por",
    "stata/pyreadstat_sample.dta",
)


@pytest.mark.parametrize("file", SAMPLES)
def test_the_same_responses_in_four_formats_are_the_same_table(file: str, real_exports: Path) -> None:
    """A .por has names in capitals; nothing else that we read differs."""
    table, first = read(real_exports / file), read(real_exports / SAMPLES[0])
    assert table.cells == first.cells
    assert table.facts == first.facts
    assert [without_capitals(column) for column in table.columns] == list(first.columns)


def without_capitals(column: Column) -> Column:
    return replace(column, code=column.code.lower(), heading=column.heading.lower())


def test_a_time_of_day_reads_as_one(real_exports: Path) -> None:
    table = read(real_exports / "spss/pyreadstat_sample.sav")
    assert table.cells["6"].to_pylist() == ["10:10:10", "23:10:10", "00:00:00", "16:10:10", ""]
    odd = read(real_exports / "spss/haven_datetime.sav")
    assert odd.cells["2"].to_pylist() == ["12:11:10.09", "15:59:20.01"]


def test_a_date_that_no_calendar_has_is_remarked(real_exports: Path) -> None:
    (remark,) = read(real_exports / "spss/haven_datetime.sav").remarks
    assert (remark.code, remark.params) == ("LCM-124", {"column": "date.posix", "count": 1})


def test_a_multiple_response_set_is_a_multiple_choice(real_exports: Path) -> None:
    table = read(real_exports / "spss/pyreadstat_mrsets_simple_alltypes.sav")
    columns = {column.code: column for column in table.columns}
    options = [columns[f"bool{number}"] for number in (1, 2, 3)]
    assert {(column.text, column.chosen) for column in options} == {
        ("My multiple response set", frozenset("1"))
    }
    assert [column.part for column in options] == ["Response #1", "Response #2", "Response #3"]
    assert columns["ca_subvar_2"].chosen == frozenset()  # a set of categories: each holds an answer
    assert (columns["x"].text, columns["x"].part) == ("Numeric variable with value labels", "")


def test_one_label_for_two_codes_is_remarked(real_exports: Path) -> None:
    table = read(real_exports / "spss/rforeign_testdata.sav")
    assert [(remark.code, *remark.params.values()) for remark in table.remarks] == [
        ("LCM-152", "A", "1, 2", "factor_n_duplicated"),
        ("LCM-152", "A", "a, b", "factor_s_duplicated"),
    ]
    column = next(column for column in table.columns if column.code == "factor_n_undeclared")
    assert table.cells[str(column.position)].to_pylist() == ["1", "2", "4", "3", "1"]  # 2 to 4 have no label


def test_utf8_in_a_file_that_declares_a_code_page(tmp_path: Path) -> None:
    file = tmp_path / "survey.sav"
    pyreadstat.write_sav(pd.DataFrame({"T1": ["zéér goed"]}), file)
    declared = (
        file.read_bytes()
        .replace(b"UTF-8", b"CP125")
        .replace((65001).to_bytes(4, "little"), (1252).to_bytes(4, "little"))
    )
    assert parse("survey.sav", declared).cells["0"].to_pylist() == ["zéér goed"]


def test_letters_that_were_encoded_twice_are_remarked(tmp_path: Path) -> None:
    file = tmp_path / "survey.sav"
    pyreadstat.write_sav(pd.DataFrame({"T1": ["zÃ©Ã©r"]}), file)
    assert [remark.code for remark in read(file).remarks] == ["LCM-122"]


def test_who_somebody_is_may_stand_in_the_label_only(tmp_path: Path) -> None:
    frame = pd.DataFrame({"v1": ["jan@example.org"], "v2": ["tok-1"], "v3": [4.0]})
    pyreadstat.write_sav(
        frame, file := tmp_path / "survey.sav", column_labels=["E-mailadres", "Toegangscode", "Hoe gaat het?"]
    )
    table = read(file)
    assert [column.role for column in table.columns] == ["personal", "personal", "question"]
    assert table.facts["token"].to_pylist() == ["tok-1"]


@pytest.mark.parametrize("file", SAMPLES[:3])
def test_half_a_file_is_refused(file: str, real_exports: Path) -> None:
    data = (real_exports / file).read_bytes()
    for length in range(600, len(data) - 80, 61):  # a .por ends in up to 80 signs that mean nothing
        with pytest.raises(ExportError) as refused:
            parse("survey.sav", data[:length])
        assert refused.value.messages[0].code == "LCM-117"
