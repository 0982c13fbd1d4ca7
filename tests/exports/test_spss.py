"""SPSS files: labels, declared missing values, dates beyond the calendar, wrong encodings."""

from pathlib import Path

import pandas as pd
import pyreadstat

from lcmonitor.exports.reading import parse
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
