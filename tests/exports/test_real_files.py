"""Real exports, read in place. The figures come from Python's csv module, from counting, and from looking."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import pytest

from lcmonitor.exports.sandbox import recognise
from tests.exports.trusted import read

# One file per folder of exports. A line is: file, tool, header rows, respondents, columns, complete,
# incomplete (the rest are test responses); or: file, the code that refuses it.
LINES = [
    line.split()
    for file in sorted((Path(__file__).parent / "real").glob("*.txt"))
    for line in file.read_text().splitlines()
    if line and not line.startswith("#")
]


@dataclass(frozen=True)
class Expected:
    file: str
    tool: str
    heads: int
    rows: int
    columns: int
    complete: int
    incomplete: int


def drawn() -> list[Expected]:
    return [Expected(file, tool, *map(int, numbers)) for file, tool, *numbers in LINES if numbers]


@pytest.mark.parametrize("expected", drawn(), ids=lambda expected: expected.file)
def test_a_real_export_is_recognised_and_counted(expected: Expected, real_exports: Path) -> None:
    found = recognise(real_exports / expected.file)
    assert (found.refused, found.tool, found.header_rows) == (None, expected.tool, expected.heads)
    assert (found.rows, found.columns) == (expected.rows, expected.columns)
    assert (found.complete, found.incomplete) == (expected.complete, expected.incomplete)


@pytest.mark.parametrize(("file", "code"), [line for line in LINES if len(line) == 2])
def test_what_holds_no_responses_is_refused_by_name(file: str, code: str, real_exports: Path) -> None:
    found = recognise(real_exports / file)
    assert found.refused is not None
    assert (found.refused.code, found.rows) == (code, 0)
    assert found.refused.text("nl") != found.refused.text("en")


TEXTS = [expected.file for expected in drawn() if expected.file.endswith((".csv", ".tsv"))]
SEMICOLONS = ("nijmegen", "semicolon", "formpack")
BY_R = ("hypegrammar",)  # all texts in quotes, and 21,008 times NA without


def by_the_csv_module(file: Path) -> list[list[str]]:
    """The records as Python's csv module sees them, without blank ones."""
    data = file.read_bytes()
    encoding = "utf-16" if data[:2] == b"\xff\xfe" else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text = data.decode("cp1252")
    if "mojibake" in file.name:
        text = text.replace("Â¡", "¡").replace("Ã±", "ñ")  # all that was encoded twice in it
    lines = text.replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", "\n")
    semicolon = any(mark in file.name for mark in SEMICOLONS)
    delimiter = "\t" if encoding == "utf-16" else ";" if semicolon else ","
    records = csv.reader(io.StringIO(lines, newline=""), delimiter=delimiter)
    nothing = "NA" if any(mark in file.name for mark in BY_R) else ""
    found = [["" if cell == nothing else cell for cell in record] for record in records]
    return [record for record in found if any(cell.strip() for cell in record)]


@pytest.mark.parametrize("file", TEXTS)
def test_every_cell_is_the_one_that_the_csv_module_reads(file: str, real_exports: Path) -> None:
    table = read(real_exports / file)
    records = by_the_csv_module(real_exports / file)[table.source.header_rows :]
    for column in table.columns:
        if column.role != "personal":
            cells = table.cells[str(column.position)].to_pylist()
            written = [record[column.position] for record in records]
            not_shown = ("", "0") if column.chosen else ("",)  # an option in a form that nobody opened
            assert all(
                cell == there or (cell is None and there in not_shown)
                for cell, there in zip(cells, written, strict=True)
            ), column.heading


def test_rows_are_numbered_as_a_spreadsheet_does(real_exports: Path) -> None:
    table = read(real_exports / "googleforms/cncf_maintainers_2017h2.csv")
    # rows 14 and 15 of the sheet are empty, row 16 holds nothing but an average
    assert table.facts["row"].to_pylist() == [*range(2, 14), 16]
    assert table.facts["submitted"].to_pylist()[-1] is None


def test_double_encoding_is_undone_where_every_sign_proves_it(real_exports: Path) -> None:
    """The file holds "¡Traduciendo …" five times and "Español" twice, each encoded twice, and no other."""
    table = read(real_exports / "other/carpentrycon_2020_mojibake.csv")
    assert [(remark.code, remark.params) for remark in table.remarks] == [("LCM-136", {"count": 7})]
    said = str(table.cells.to_pydict())
    assert (said.count("¡Traduciendo"), said.count("Español"), said.count("Ã"), said.count("Â")) == (
        5,
        2,
        0,
        0,
    )
