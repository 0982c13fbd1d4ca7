"""SurveyMonkey: questions stretched over their options, and what owners do to the heading rows."""

from collections.abc import Callable
from pathlib import Path

import pytest

from lcmonitor.errors import ExportError
from lcmonitor.exports.reading import parse
from lcmonitor.exports.table import RawTable
from tests.exports.trusted import read
from tests.exports.writers import xlsx_bytes

Reader = Callable[..., RawTable]

HEADS = """
Respondent ID,Collector ID,End Date,IP Address,Email Address,Which?,,,How good?,Anything\u00a0else?,token
,,,,,Blue,Red,Other (please specify),Response,Open-Ended Response,Open-Ended Response
"""
BODY = """\
10580280324,225985182,03/05/2026 12:30:00 AM,192.0.2.1,a@example.org,Blue,,,10,NA,tok-a
10580280325,225985182,03/04/2026 10:30:00 PM,192.0.2.1,b@example.org,,Red,green,Strongly agree,"x, y",
"""
EXPORT = HEADS + BODY


def test_a_question_stretches_over_its_options(read_text: Reader) -> None:
    table = read_text(EXPORT)
    questions = [(column.text, column.part) for column in table.columns if column.role == "question"]
    assert questions == [
        ("Which?", "Blue"),
        ("Which?", "Red"),
        ("Which?", "Other (please specify)"),
        ("How good?", ""),
        ("Anything else?", ""),
    ]
    assert table.columns[6].heading == "Which? [Red]"


def test_labelled_end_points_stay_text(read_text: Reader) -> None:
    table = read_text(EXPORT)
    assert table.cells["8"].to_pylist() == ["10", "Strongly agree"]
    assert table.cells["9"].to_pylist() == ["NA", "x, y"]


def test_dates_are_american_even_when_they_could_be_either(read_text: Reader) -> None:
    submitted = read_text(EXPORT).facts["submitted"].to_pylist()
    assert list(map(str, submitted)) == ["2026-03-05 00:30:00", "2026-03-04 22:30:00"]


def test_people_leave_the_cells_and_the_token_becomes_a_fact(read_text: Reader) -> None:
    table = read_text(EXPORT)
    assert [column.heading for column in table.columns if column.role == "personal"] == [
        "IP Address",
        "Email Address",
        "token",
    ]
    assert table.facts["token"].to_pylist() == ["tok-a", None]
    assert "example.org" not in str(table.cells.to_pydict())


def test_a_scale_spread_over_columns_keeps_its_points(real_exports: Path) -> None:
    columns = read(real_exports / "surveymonkey/cncf_maintainers_2019h1.csv").columns
    assert [column.part for column in columns[43:48]] == ["1", "2", "3", "4", "5"]
    assert {column.text[:32] for column in columns[43:48]} == {"Do you have a good understanding"}
    assert [column.part for column in columns[41:43]] == ["Yes", "No"]


def test_a_row_of_question_numbers_above_the_headings(real_exports: Path) -> None:
    table = read(real_exports / "encoding/cncf2022_cp1252_crcrlf_first150.csv")
    assert table.facts["response_id"].to_pylist()[0] == "114069855029"
    assert table.facts["row"].to_pylist()[0] == 4
    assert (table.columns[1].heading, table.columns[1].role) == ("Respondent ID", "meta")


def test_a_file_without_its_id_columns_is_only_probable(real_exports: Path) -> None:
    table = read(real_exports / "surveymonkey/cncf_maintainers_2022h1.csv")
    assert table.source.certainty == "probable"
    assert [column.role for column in table.columns[:3]] == ["meta", "meta", "question"]
    assert table.facts["response_id"].null_count == 99


def test_headings_merged_into_one_row_leave_no_option_row(real_exports: Path) -> None:
    table = read(real_exports / "surveymonkey/k8s_contribex_2018_recoded.csv")
    assert table.source.variant == "one heading row"
    assert table.facts["response_id"].to_pylist()[0] == "10249522900"


NEWER = """
respondent_id,collector_id,date_created,date_modified,ip_address,email_address,first_name,last_name,custom_1,Which?,
,,,,,,,,,Blue,Red
118000000001,431,2026-03-02 10:00:00,2026-03-02 10:05:00,192.0.2.1,a@example.org,A,B,x,Blue,
118000000002,431,2026-03-03 10:00:00,2026-03-03 10:05:00,192.0.2.2,b@example.org,C,D,y,,
"""


def test_the_newer_names_of_its_own_columns(read_text: Reader) -> None:
    table = read_text(NEWER)
    assert (table.source.tool, table.source.header_rows) == ("surveymonkey", 2)
    assert [column.role for column in table.columns] == ["meta"] * 4 + ["personal"] * 5 + ["question"] * 2
    assert str(table.facts["submitted"][0]) == "2026-03-02 10:05:00"


def test_who_answered_nothing_is_not_complete(read_text: Reader) -> None:
    assert read_text(NEWER).facts["status"].to_pylist() == ["complete", "incomplete"]


def test_a_deleted_option_row_does_not_cost_the_first_respondent(read_text: Reader) -> None:
    above, _, *rows = EXPORT.strip().splitlines()
    table = read_text("\n".join([above, *rows]) + "\n")
    assert (table.source.header_rows, table.source.variant) == (1, "one heading row")
    assert table.facts["response_id"].to_pylist() == ["10580280324", "10580280325"]


def test_one_rounded_id_is_refused_even_right_below_the_headings(read_text: Reader) -> None:
    above, _, first, _ = EXPORT.strip().splitlines()
    with pytest.raises(ExportError) as refused:
        read_text("\n".join([above, first.replace("10580280324", "1.06E+10")]) + "\n")
    assert [message.code for message in refused.value.messages] == ["LCM-116"]


DUTCH_SUMMARY = [
    ["Hoe tevreden?", ""],
    ["Beantwoord", "5"],
    ["Overgeslagen", "0"],
    ["Antwoordkeuzen", "Aantal"],
]


@pytest.mark.parametrize(
    "sheets", [{"Vraag 1": DUTCH_SUMMARY, "Vraag 2": DUTCH_SUMMARY}, {"Blad": DUTCH_SUMMARY}]
)
def test_a_summary_in_another_language_is_a_summary(sheets: dict[str, list[list[str]]]) -> None:
    with pytest.raises(ExportError) as refused:
        parse("export.xlsx", xlsx_bytes(sheets))
    assert refused.value.messages[0].code == "LCM-108"


LANGUAGES = {
    "nl": ("Respondent-ID,Collector-ID,Begindatum,Einddatum,IP-adres,Voornaam", "Respons", "sure"),
    "de": ("Befragten-ID,Collector-ID,Startdatum,Enddatum,IP-Adresse,Vorname", "Antwort", "sure"),
    "words that nobody listed": ("Deltager,Indsamler,Begyndt,Slut,IP,Fornavn", "Response", "probable"),
}


@pytest.mark.parametrize(("own", "whole", "certainty"), LANGUAGES.values(), ids=LANGUAGES)
def test_own_columns_in_other_languages(own: str, whole: str, certainty: str, read_text: Reader) -> None:
    """Made up: no real export in these languages was found; the last one goes by the shape of its ids."""
    rows = (
        "10580280324,225985182,03/05/2026 12:10:00 AM,03/05/2026 12:30:00 AM,192.0.2.1,Anna,Goed",
        "10580280325,225985182,03/04/2026 10:10:00 PM,03/04/2026 10:30:00 PM,192.0.2.2,Bob,Matig",
    )
    table = read_text("\n".join((f"{own},Hoe gaat het?", f",,,,,,{whole}", *rows, "")))
    assert (table.source.tool, table.source.certainty) == ("surveymonkey", certainty)
    assert [column.role for column in table.columns] == [*["meta"] * 4, *["personal"] * 2, "question"]
    assert (table.columns[6].heading, table.columns[6].part) == ("Hoe gaat het?", "")
    assert table.facts["response_id"].to_pylist() == ["10580280324", "10580280325"]
    submitted = list(map(str, table.facts["submitted"].to_pylist()))
    assert submitted == ["2026-03-05 00:30:00", "2026-03-04 22:30:00"]
