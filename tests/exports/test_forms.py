"""Microsoft and Google Forms: workbooks and CSV of the same responses, in four languages."""

import io
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from lcmonitor.exports.reading import parse
from lcmonitor.exports.table import RawTable
from tests.exports.trusted import read

Reader = Callable[..., RawTable]
MOMENT = datetime(2026, 3, 2, 10, 15, 29, 600_000)  # noqa: DTZ001 - a cell of a sheet has no zone


def workbook(**sheets: Sequence[Sequence[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name.replace("_", " "))
        for row in rows:
            sheet.append(list(row))
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


LANGUAGES = {
    "en": ("ID", "Start time", "Completion time", "Email", "Name", "Last modified time"),
    "nl": ("ID", "Begintijd", "Tijd van voltooien", "E-mail", "Naam", "Tijd van laatste wijziging"),
    "de": ("ID", "Startzeit", "Fertigstellungszeit", "E-Mail", "Name", "Uhrzeit der letzten Änderung"),
    "fr": (
        "ID",
        "Heure de début",
        "Heure de fin",
        "Adresse de messagerie",
        "Nom",
        "Heure de la dernière modification",
    ),
}


@pytest.mark.parametrize(("language", "own"), LANGUAGES.items(), ids=LANGUAGES)
def test_a_microsoft_workbook(language: str, own: tuple[str, ...]) -> None:
    rows = [
        (*own, "Hoe gaat het?\n", "Welke\u00a0dagen?", "token"),
        (12, MOMENT, MOMENT, "anonymous", None, None, 4, "ma;di;", "tok-a"),
        (13, MOMENT, MOMENT, "anonymous", None, None, 4.5, None, None),
    ]
    table = parse("export.xlsx", workbook(Sheet1=rows))
    assert (table.source.tool, table.source.variant, table.source.certainty) == ("msforms", language, "sure")
    assert table.facts["response_id"].to_pylist() == ["12", "13"]
    assert str(table.facts["submitted"][0]) == "2026-03-02 10:15:30"
    assert table.facts["token"].to_pylist() == ["tok-a", None]
    assert [column.role for column in table.columns] == [
        *["meta"] * 3,
        "personal",
        "personal",
        "meta",
        *["question"] * 2,
        "personal",
    ]
    assert [column.heading for column in table.columns[6:8]] == ["Hoe gaat het?", "Welke dagen?"]
    assert table.cells["6"].to_pylist() == ["4", "4.5"]
    assert table.cells["7"].to_pylist() == ["ma;di;", ""]


def test_a_microsoft_form_saved_as_dutch_csv(read_text: Reader) -> None:
    text = """
        Id;Begintijd;Tijd van voltooien;E-mail;Naam;Hoe gaat het?
        1;16-10-2026 16:50;16-10-2026 16:56;anonymous;;Goed – zeker
    """.replace("        ", "").rstrip(" ")
    table = read_text(text, encoding="cp1252")
    assert (table.source.tool, table.source.encoding) == ("msforms", "cp1252")
    assert str(table.facts["submitted"][0]) == "2026-10-16 16:56:00"
    assert table.cells["5"].to_pylist() == ["Goed – zeker"]


def test_scores_of_a_quiz_are_no_questions() -> None:
    own = LANGUAGES["en"][:3]
    rows = [(*own, "Total points", "Q", "Points - Q", "Feedback - Q"), (1, MOMENT, MOMENT, 3, "x", 3, None)]
    table = parse("export.xlsx", workbook(Sheet1=rows))
    assert [column.heading for column in table.columns if column.role == "question"] == ["Q"]


# Before they published the CSV, the owners took words out of so many open and multiple-choice cells by hand.
@pytest.mark.parametrize(("year", "edited"), [(2020, 25), (2021, 12)])
def test_a_google_sheet_gives_the_same_responses_as_csv_and_as_workbook(
    year: int, edited: int, real_exports: Path
) -> None:
    as_csv, as_book = (read(real_exports / f"googleforms/spack_{year}.{kind}") for kind in ("csv", "xlsx"))
    assert as_csv.facts.equals(as_book.facts)
    assert [column.heading for column in as_csv.columns] == [column.heading for column in as_book.columns]
    different: list[str] = []
    for column in as_csv.columns[1:]:
        pairs = zip(as_csv.cells[str(column.position)], as_book.cells[str(column.position)], strict=True)
        different += [column.part for one, other in pairs if one != other]
    assert different == [""] * edited, "no cell of a grid differs"


def test_a_google_grid_and_its_checkboxes(read_text: Reader) -> None:
    table = read_text("""
Tijdstempel,E-mailadres,Hoe gaat het? [Met u],"Welke, en waarom?",token
3/22/2026 10:15:00,a@example.org,4,"rood, blauw, groen, en meer",tok-a
""")
    assert (table.source.tool, table.source.certainty) == ("googleforms", "probable")
    assert (table.columns[2].text, table.columns[2].part) == ("Hoe gaat het?", "Met u")
    assert table.cells["3"].to_pylist() == ["rood, blauw, groen, en meer"]
    assert table.facts["token"].to_pylist() == ["tok-a"]
    assert table.facts["response_id"].to_pylist() == [None]


def test_a_timestamp_that_is_no_moment_is_no_google_form(read_text: Reader) -> None:
    assert read_text("Timestamp,T1\nmorning,4\n").source.tool == "generic"


def test_the_sheet_with_the_responses_is_found_among_others() -> None:
    book = workbook(
        Notes=[("What we did",)],
        Form_Responses_1=[("Timestamp", "T1"), (MOMENT, 4)],
        Totals=[("T1", 4)],
    )
    table = parse("export.xlsx", book)
    assert (table.source.tool, table.source.certainty, table.cells.num_rows) == ("googleforms", "sure", 1)
