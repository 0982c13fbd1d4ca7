"""The report on the data: released figures for everyone, and what came in for the programme office."""

import csv
import io
import re
from dataclasses import replace
from typing import Any

import pytest

from lcmonitor.errors import Message
from lcmonitor.intake.receipt import Balance, Finding, Receipt, SetAside
from lcmonitor.programme.load import Setup
from lcmonitor.reporting.edition import Edition
from lcmonitor.reporting.office_page import office_page, office_pages
from lcmonitor.reporting.pages import OfficePage
from lcmonitor.reporting.parts import Table
from lcmonitor.reporting.words import words

_WHOLE = ("wave", "form", "indicator", "measure", "versus", "group_by", "group_value")


def _text(edition: Edition, name: str) -> str:
    page = (edition.folder / name).read_text(encoding="utf-8")
    return " ".join(re.sub(r"<[^>]+>", " ", page.split("</style>")[1]).split())


def _rows(edition: Edition, name: str) -> list[dict[str, str]]:
    content = (edition.folder / name).read_text(encoding="utf-8-sig")
    return [row for row in csv.DictReader(io.StringIO(content)) if row["wave"] == "w2"]


@pytest.mark.parametrize("name", ["delta", "hof", "linde", "oever"])
def test_response_is_that_of_the_communitys_own_figures(edition: Edition, name: str) -> None:
    page = _text(edition, "quality.nl.html").split("Respons van deelnemers")[1]
    (row,) = [
        row
        for row in _rows(edition, f"communities/{name}.csv")
        if row["indicator"] == "response" and row["measure"] == "value" and not row["group_by"]
    ]
    told = re.search(rf"{name.capitalize()}((?: (?:\[.\] niet \w+|\d+ van \d+ \(\d+%\)))+)", page)
    assert told
    assert re.findall(r"(\d+) van (\d+)", told[1])[-1] == (row["n"], row["population"])


def test_every_hidden_figure_is_counted_once_with_its_reason(edition: Edition) -> None:
    """Parts of a whole are hidden together; what is made of shown figures is none of its own."""
    hidden = set()
    reports = [f"communities/{name}" for name in ("delta", "hof", "linde", "oever")]
    for name in (*reports, "programme"):
        hidden |= {
            (name, *(row[key] for key in _WHOLE))
            for row in _rows(edition, f"{name}.csv")
            if row["status"] == "suppressed" and row["group_by"] != "sector"
        }
    page = _text(edition, "quality.en.html")
    table = page[page.index("Number of figures left out") : page.index("Signs in this report")]
    counts = [int(number) for number in re.findall(r"\. (\d+)(?= |$)", table)]
    assert sum(counts) == len(hidden)


def test_how_carefully_is_hidden_where_the_figure_is(edition: Edition) -> None:
    page = _text(edition, "quality.nl.html")
    care = page[page.index("Hoe zorgvuldig is ingevuld # ") : page.index("Wie opnieuw antwoordde # ")]
    assert re.search(r"Delta \d+%", care)
    assert re.search(r"Hof (\[c\] niet getoond|\[x\])", care)


def test_no_page_of_an_edition_tells_of_a_file(edition: Edition) -> None:
    assert "data/office" in _text(edition, "quality.nl.html")
    assert "Wat er binnenkwam" not in _text(edition, "quality.nl.html")
    assert not list(edition.folder.rglob("*office*"))


_HOSTILE = "<script>alert(1)</script>.csv"


def _receipt(file: str, **told: Any) -> Receipt:
    whole = Receipt(file, "0" * 64, "limesurvey", "delta", "participant", ("w2",), "accepted", Balance())
    return replace(whole, **told)


def _receipts() -> list[Receipt]:
    aside = (SetAside(3, "LCM-404"), SetAside(4, "LCM-404"))
    waves = {"earlier": {"nl": "w1", "en": "w1"}, "later": {"nl": "w2", "en": "w2"}}
    drift = Finding(Message("LCM-265", "b.csv", {"items": "C3_1", **waves}), "note")
    other = Finding(Message("LCM-426", "b.csv", {"count": 1}), "note")
    return [
        _receipt("a.csv", balance=Balance(12, 9, 1, 0, 2), set_aside=aside),
        _receipt(
            "b.csv", balance=Balance(5, 5), findings=(drift, other), verdict="remarks", form="organisation"
        ),
        _receipt(_HOSTILE, verdict="refused", community="linde", sha256="f" * 64),
        _receipt("d.csv", verdict="refused", community="", form=None, waves=()),
    ]


def _cells(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def _office(setup: Setup) -> OfficePage:
    spoken = [words("nl"), words("en")]
    return office_page(_receipts(), setup, spoken[0], spoken)


def test_every_file_is_there_with_its_balance(setup: Setup) -> None:
    files = {row[0]: row for row in _cells(_office(setup).files)}
    assert files["a.csv"][6:11] == ["12", "9", "1", "0", "2"]
    assert files["a.csv"][1:3] == ["Delta", "voorjaar 2025"]
    assert {name: row[5] for name, row in files.items()} == {
        "a.csv": "Aangenomen",
        "b.csv": "Aangenomen met opmerkingen",
        _HOSTILE: "Geweigerd",
        "d.csv": "Geweigerd",
    }


def test_who_has_still_to_send_something_is_seen(setup: Setup) -> None:
    newest, first = _office(setup).delivered
    sent = {row[0]: dict(zip(newest.head[1:], row[1:], strict=True)) for row in _cells(newest)}
    form = "Vragenlijst voor deelnemers"
    assert (sent["Delta"][form], sent["Linde"][form]) == ("1", "–")  # a refused file is none
    assert all(cell == "–" for row in _cells(first) for cell in row[1:])


def test_rows_that_were_set_aside_are_counted_by_reason(setup: Setup) -> None:
    ((reason, code, rows),) = _cells(_office(setup).aside)
    assert (code, rows) == ("LCM-404", "2")
    assert reason


def test_only_what_tells_of_drift_stands_under_drift(setup: Setup) -> None:
    (drifted,) = _office(setup).drift
    assert drifted.file.text == "b.csv"
    assert [remark.code for remark in drifted.remarks] == ["LCM-265"]


def test_the_office_page_is_the_same_in_any_order_and_escapes_a_file_name(setup: Setup) -> None:
    receipts = _receipts()
    pages = office_pages(receipts, setup)
    assert office_pages(receipts[::-1], setup) == pages
    for page in pages.values():
        assert "<script" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;.csv" in page
        assert "../../published/receipts/linde/ffffffffffff.html" in page
        assert "../../published/receipts/unknown/000000000000.html" in page
