"""The figures of an edition together: the same rows in every format, and text that stays text."""

import csv
import hashlib
import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from lcmonitor.disclosure.released import ReleasedTable
from lcmonitor.errors import LANGUAGES
from lcmonitor.programme.load import Setup
from lcmonitor.reporting import xlsx
from lcmonitor.reporting.edition import Edition, plan, publish
from lcmonitor.reporting.tidy import COLUMNS, DIMENSIONS
from lcmonitor.reporting.tidy_text import as_csv, csv_rows
from tests.unpacked import unpacked

_NUMBERS = {"n", "population", "estimate", "se", "low", "high", "reference", "effect", "p"}
_HOSTILE = [
    "=cmd|' /C calc'!A0",
    "@SUM(1)",
    "+1",
    "-1",
    "\ttab",
    "two\nlines",
    " space ",
    "<b>&",
    "_x0041_",
    "1",
]

Row = dict[str, str]


def _read(edition: Edition, name: str) -> list[Row]:
    text = (edition.folder / name).read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def _said(row: dict[str, Any]) -> Row:
    """As the CSV writes it: six digits, and nothing where there is nothing."""
    return {
        name: "" if value is None else f"{value:.6g}" if isinstance(value, float) else str(value)
        for name, value in row.items()
    }


@pytest.fixture(scope="module")
def rows(edition: Edition) -> list[Row]:
    """Those of the CSV."""
    return _read(edition, "figures.csv")


def _book(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(content))


def test_together_they_are_the_figures_of_every_report(edition: Edition, rows: list[Row]) -> None:
    reports = ["programme.csv", *(f"communities/{name}.csv" for name in ("delta", "hof", "linde", "oever"))]
    assert rows == [row for report in reports for row in _read(edition, report)]
    assert {row["status"] for row in rows} > {"released", "suppressed"}


def test_a_figure_has_its_dimensions_for_itself(rows: list[Row]) -> None:
    assert len({tuple(row[name] for name in DIMENSIONS) for row in rows}) == len(rows)


def test_the_workbook_holds_the_same_rows(edition: Edition, rows: list[Row]) -> None:
    sheet = _book((edition.folder / "figures.xlsx").read_bytes())["figures"]
    head, *body = sheet.iter_rows()
    assert tuple(cell.value for cell in head) == COLUMNS
    assert [_said(dict(zip(COLUMNS, (cell.value for cell in row), strict=True))) for row in body] == rows
    assert sheet.freeze_panes == "A2"
    kinds = {
        (COLUMNS[cell.column - 1] in _NUMBERS, cell.data_type) for row in body for cell in row if cell.value
    }
    assert kinds == {(True, "n"), (False, "s")}


def test_the_workbook_explains_every_column_in_every_language(edition: Edition) -> None:
    (head, *lines, cite, simulated) = _book((edition.folder / "figures.xlsx").read_bytes())["columns"].values
    assert head == ("column", *LANGUAGES)
    assert tuple(line[0] for line in lines) == COLUMNS
    assert all(len(str(said)) > 5 for line in lines for said in line[1:])
    assert all(edition.id in str(said) for said in cite[1:])
    assert simulated[1:] == ("Dit zijn gesimuleerde gegevens.", "These are simulated data.")


def test_nothing_in_the_workbook_tells_when_it_was_made(edition: Edition) -> None:
    content = (edition.folder / "figures.xlsx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert {part.date_time for part in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        properties = packed.read("docProps/core.xml").decode()
    assert re.findall(r">(\d{4}-\d\d-\d\d)T", properties) == ["2025-05-31"] * 2  # on which its wave closes


def test_parquet_holds_the_same_rows_with_types(edition: Edition, rows: list[Row]) -> None:
    table = pq.read_table(edition.folder / "figures.parquet")
    assert [_said(row) for row in table.to_pylist()] == rows
    types = {field.name: field.type for field in table.schema}
    assert {name for name in COLUMNS if pa.types.is_dictionary(types[name])} == set(COLUMNS) - _NUMBERS
    assert {name for name in COLUMNS if types[name] == pa.int64()} == {"n", "population"}
    assert {name for name in COLUMNS if types[name] == pa.float64()} == _NUMBERS - {"n", "population"}


def test_sdmx_holds_the_same_rows_as_observations(edition: Edition, rows: list[Row]) -> None:
    found = _read(edition, "figures.sdmx.csv")
    assert list(found[0])[:3] == ["STRUCTURE", "STRUCTURE_ID", "ACTION"]
    assert {(row["STRUCTURE"], row["ACTION"]) for row in found} == {("datastructure", "R")}
    expected = [
        {name.upper(): value for name, value in row.items() if not name.startswith("title_")}
        | {name.upper(): row[name] or ("_T" if name == "community" else "_Z") for name in DIMENSIONS}
        for row in rows
    ]
    observed = [
        {name: row[name if name != "ESTIMATE" else "OBS_VALUE"] for name in expected[0]} for row in found
    ]
    assert observed == expected


def test_sdmx_tells_the_days_of_a_wave(edition: Edition, setup: Setup) -> None:
    for row in _read(edition, "figures.sdmx.csv"):
        first, length = row["TIME_PERIOD"].split("/")
        wave = setup.programme.wave(row["WAVE"])
        assert wave
        assert date.fromisoformat(first) == wave.opens
        assert int(length[1:-1]) == wave.closes.toordinal() - wave.opens.toordinal() + 1


@pytest.mark.parametrize("text", _HOSTILE)
def test_text_in_a_workbook_is_text_whatever_it_begins_with(text: str) -> None:
    table = pa.table({"part": pa.array([text, None]).dictionary_encode(), "n": pa.array([None, 3])})
    book = _book(xlsx.as_xlsx(table, [["column", "nl"], ["part", text]], date(2025, 1, 1)))
    for cell in (book["figures"]["A2"], book["columns"]["B2"]):
        assert cell.data_type == "s"
        assert cell.value in (text, text.replace("_x", "_x005F_x"))  # openpyxl does not read what Excel does
    assert (book["figures"]["A3"].value, book["figures"]["B3"].value) == (None, 3)


def test_a_sign_that_xml_does_not_know_is_written_as_excel_writes_it() -> None:
    table = pa.table({"part": pa.array(["a\x07b\rc"]).dictionary_encode()})
    content = unpacked(xlsx.as_xlsx(table, [["column"]], date(2025, 1, 1)))
    assert b"<t>a_x0007_b_x000D_c</t>" in content


def test_what_does_not_fit_on_a_sheet_goes_on_in_a_next_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "_ROWS", 2)
    book = _book(xlsx.as_xlsx(pa.table({"n": pa.array([1, 2, 3])}), [["column"]], date(2025, 1, 1)))
    assert book.sheetnames == ["figures", "figures 2", "columns"]
    assert [list(book[name].values) for name in book.sheetnames[:2]] == [[("n",), (1,), (2,)], [("n",), (3,)]]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_text_cell_of_the_csv_is_never_a_formula(start: str) -> None:
    table = pa.table({"part": pa.array([f'{start}"cmd"']).dictionary_encode()})
    (row,) = csv.DictReader(io.StringIO(as_csv(["part"], csv_rows(table)).decode("utf-8-sig"), newline=""))
    assert row == {"part": f'\'{start}"cmd"'}


def test_the_description_is_that_of_the_files(edition: Edition, rows: list[Row]) -> None:
    told = json.loads((edition.folder / "dataset.json").read_bytes())
    assert (told["@context"], told["@type"], told["version"]) == (
        "https://schema.org/",
        "Dataset",
        edition.id,
    )
    assert "license" not in told
    for one in told["distribution"]:
        content = (edition.folder / one["contentUrl"]).read_bytes()
        assert (one["sha256"], one["contentSize"]) == (
            hashlib.sha256(content).hexdigest(), f"{len(content)} B",
        )  # fmt: skip
    measured = {one["propertyID"]: one["name"] for one in told["variableMeasured"]}
    assert measured == {row["indicator"]: row["title_nl"] for row in rows}
    english = {one["propertyID"]: one.get("alternateName", [one["name"]]) for one in told["variableMeasured"]}
    assert english == {row["indicator"]: [row["title_en"]] for row in rows}
    assert len(told["alternateName"]) == 1
    assert edition.id in told["creditText"]


def test_a_licence_is_told_where_the_programme_names_one(
    setup: Setup, table: ReleasedTable, tmp_path: Path
) -> None:
    licence = "https://creativecommons.org/licenses/by/4.0/"
    licensed = replace(setup, programme=setup.programme.model_copy(update={"license": licence}))
    planned = plan(table, licensed, tmp_path)
    assert planned
    folder = publish(table, licensed, planned).folder
    assert json.loads((folder / "dataset.json").read_bytes())["license"] == licence
    assert f"Licence: {licence}" in (folder / "index.en.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(("language", "heading"), [("nl", "Hoe u naar"), ("en", "How to cite")])
def test_the_page_of_the_edition_leads_to_every_file(edition: Edition, language: str, heading: str) -> None:
    page = (edition.folder / f"index.{language}.html").read_text(encoding="utf-8")
    files = ["figures.csv", "figures.xlsx", "figures.parquet", "figures.sdmx.csv", "structure.sdmx.json"]
    files += ["dataset.json"]
    assert [name for name in files if f'href="{name}" download' not in page] == []
    assert heading in page


def test_what_is_packed_is_looked_into(edition: Edition) -> None:
    """Without this a search through the bytes of an edition could not fail."""
    for name in ("figures.xlsx", "figures.parquet"):
        content = (edition.folder / name).read_bytes()
        assert b"suppressed" in unpacked(content), name
