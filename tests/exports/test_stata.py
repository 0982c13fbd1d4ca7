"""Stata files: reasons for missing, dates of every kind, encodings that no old file declares."""

from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from lcmonitor.errors import ExportError
from lcmonitor.exports.reading import parse
from lcmonitor.exports.table import RawTable
from tests.exports.trusted import read


def texts(table: RawTable) -> list[list[str]]:
    return [list(column.to_pylist()) for column in table.cells.columns]


def test_extended_missing_values_keep_their_letter_and_label(real_exports: Path) -> None:
    for file in ("haven_tagged-na-double.dta", "haven_tagged-na-int.dta"):
        (column,) = (table := read(real_exports / "stata" / file)).columns
        assert texts(table) == [["1", "2", "3", "4", "5", ".a", ".h", ".z"]]
        assert column.labels == {".a": "apple", ".z": ".zebra"}
        assert column.missing == {".a", ".h", ".z"}


def test_plain_missing_is_empty(real_exports: Path) -> None:
    table = read(real_exports / "stata/pyreadstat_missing_test.dta")
    assert texts(table) == [[".a"], [".b"], [".c"], [".x"], [".y"], [".z"], [""], [""], ["1"]]


def test_every_type_reads_as_a_csv_has_it(real_exports: Path) -> None:
    assert texts(read(real_exports / "stata/haven_types.dta")) == [
        ["3.14", "7"],  # of single precision: 3.140000104904175 in the file
        ["3.14", "7"],
        *[["2", "7"]] * 3,
        ["2", "Hello, World!"],
        ["1960-01-01", "2015-12-01"],
        ["2015-12-01 03:14:15", "1960-01-01 00:00:00"],
    ]


KINDS = {  # Stata's manual, "Datetime display formats": units since 1960
    "%td": (24167, "2026-03-02"),
    "%d": (24167, "2026-03-02"),
    "%tdDD/NN/CCYY": (24167, "2026-03-02"),
    "%tc": (24167 * 86_400_000.0 + 36_900_000, "2026-03-02 10:15:00"),
    "%tcHH:MM:SS": (36_900_500.0, "10:15:00.5"),
    "%tw": (66 * 52 + 8, "2026-02-26"),
    "%tm": (66 * 12 + 2, "2026-03-01"),
    "%tq": (66 * 4 + 1, "2026-04-01"),
    "%th": (66 * 2 + 1, "2026-07-01"),
    "%ty": (2026, "2026"),
    "%9.0g": (2026, "2026"),
}


@pytest.mark.parametrize(("form", "number", "expected"), [(form, *pair) for form, pair in KINDS.items()])
def test_times_of_every_kind(form: str, number: float, expected: str, tmp_path: Path) -> None:
    file = tmp_path / "survey.dta"
    frame = pd.DataFrame({"T1": [float(number), None], "T2": [1.0, 2.0]})
    pyreadstat.write_dta(frame, file, variable_format={"T1": form})
    assert texts(read(file))[0] == [expected, ""]


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
@pytest.mark.parametrize("release", [10, 13])
def test_old_files_declare_no_encoding(encoding: str, release: int, tmp_path: Path) -> None:
    file = tmp_path / "survey.dta"
    pyreadstat.write_dta(pd.DataFrame({"T1": ["zéér goed"]}), file, version=release)
    assert "zéér goed".encode() in (data := file.read_bytes())
    filled = "zéér goed".encode(encoding).ljust(len("zéér goed".encode()), b"\0")
    assert texts(parse("survey.dta", data.replace("zéér goed".encode(), filled))) == [["zéér goed"]]


def test_a_file_whose_labels_broke_off_is_refused(real_exports: Path) -> None:
    data = (real_exports / "stata/pyreadstat_sample.dta").read_bytes()
    for length in range(100, len(data) - 12, 97):
        with pytest.raises(ExportError) as refused:
            parse("survey.dta", data[:length])
        assert refused.value.messages[0].code == "LCM-153"


def test_a_redcap_project_saved_by_stata(tmp_path: Path) -> None:
    """Stata cuts long names short; the labels still say which columns are REDCap's own."""
    frame = pd.DataFrame(
        {
            "record_id": ["1", "2"],
            "redcap_survey_identifier": ["", ""],
            "participant_informat_v_0": ["2026-03-02 10:15:00", "[not completed]"],
            "t1": [4.0, 3.0],
            "participant_informat_v_1": [2.0, 0.0],
        }
    )
    labels = ["Record ID", "Survey Identifier", "Survey Timestamp", "Hoe gaat het?", "Complete?"]
    pyreadstat.write_dta(frame, file := tmp_path / "survey.dta", column_labels=labels)
    table = read(file)
    assert (table.source.tool, table.source.variant) == ("stata", "redcap")
    assert table.facts["status"].to_pylist() == ["complete", "incomplete"]
    assert [str(moment) for moment in table.facts["submitted"].to_pylist()] == ["2026-03-02 10:15:00", "None"]
    assert [column.code for column in table.columns] == [*frame]
