"""The reports as PDF, read back: tagged, described, and saying what the page says."""

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdf
import pytest
from pypdf.generic import DictionaryObject

from lcmonitor.errors import UsageError
from lcmonitor.programme.load import Setup
from lcmonitor.programme.workspace import Workspace
from lcmonitor.reporting.edition import Edition
from lcmonitor.reporting.pdf import Place, is_of, maker, pdf, prepared
from lcmonitor.reporting.printing import print_edition
from tests.needs import lacking

try:
    maker()
except UsageError as missing:
    lacking(str(missing))


_TEXTS = re.compile(r'<section id="methods">.*?</section>', re.DOTALL)  # half of the pages, and no table


@pytest.fixture(scope="module")
def page(edition: Edition) -> str:
    return (edition.folder / "communities" / "delta.nl.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def small(edition: Edition) -> str:
    return (edition.folder / "index.en.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def made(page: str) -> bytes:
    return pdf(page)


@pytest.fixture(scope="module")
def read(made: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(made))


def _elements(node: Any) -> Iterator[DictionaryObject]:
    """The tags, in the order of reading."""
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from _elements(child)
    elif isinstance(node, DictionaryObject):
        yield node
        if "/K" in node:
            yield from _elements(node["/K"])


@pytest.fixture(scope="module")
def tags(read: pypdf.PdfReader) -> list[Any]:
    root: Any = read.trailer["/Root"]
    return [tag for tag in _elements(root["/StructTreeRoot"]["/K"]) if "/S" in tag]


def test_nothing_runs_off_the_page(edition: Edition) -> None:
    """Where each piece of text begins; a table that is too wide has its last columns in the margin."""
    page = (edition.folder / "programme.en.html").read_text(encoding="utf-8")
    begins: list[float] = []

    def seen(text: str, cm: list[float], tm: list[float], *_: object) -> None:
        if text.strip():
            begins.append(tm[4] * cm[0] + tm[5] * cm[2] + cm[4])

    read = pypdf.PdfReader(BytesIO(pdf(_TEXTS.sub("", page))))
    for sheet in read.pages:
        sheet.extract_text(visitor_text=seen)
    margin = 15 / 210  # @page of style.css
    assert max(begins) < float(read.pages[0].mediabox.width) * (1 - margin)


def test_it_says_that_it_is_accessible_in_what_language_and_how_it_is_called(
    read: pypdf.PdfReader, page: str
) -> None:
    root: Any = read.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "nl"
    assert read.metadata
    assert f"<title>{read.metadata.title}</title>" in page
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert re.search(rb'pdfuaid:part(="|>)1["<]', root["/Metadata"].get_data())


def test_every_figure_is_described_as_on_the_page(tags: list[Any], page: str) -> None:
    told = [tag["/Alt"] for tag in tags if tag["/S"] == "/Figure"]
    described = re.findall(r'role="img" aria-label="([^"]*)"', page)
    assert len(described) > 10
    assert told == [text.replace("&#39;", "'").replace("&amp;", "&") for text in described]


def test_headings_tables_and_lists_are_what_they_are(tags: list[Any], page: str) -> None:
    kinds = [str(tag["/S"]) for tag in tags]
    assert kinds.count("/H1") == 1
    assert kinds.count("/H2") == page.count("<h2")
    assert kinds.count("/Table") >= page.count("<table")  # one that goes on over the page is tagged on each
    assert kinds.count("/TH") >= page.count("<th ")
    assert kinds.count("/LI") > 50


def test_what_can_be_gone_to_is_listed(read: pypdf.PdfReader) -> None:
    listed = [one["/Title"] for one in read.outline[1] if isinstance(one, dict)]
    assert listed[:2] == ["Wie deden mee", "Wat opvalt"]
    assert "De learning community als tempel" in listed


class _Words(HTMLParser):
    """The words of a page that are there to be printed."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        out = tag in ("style", "title", "nav", "svg") or "screen-only" in (given.get("class") or "")
        self.hidden += (self.hidden > 0 or out or given.get("class") == "skip") and tag not in _VOID

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= self.hidden > 0 and tag not in _VOID

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.found += data.split()


_VOID = ("meta", "link", "br", "img")


# What is pressed on a screen, and what the style sheet shows once for a whole series.
_BUTTON = re.compile(r'(?<=<details class="data">)<summary>.*?</summary>')
_SERIES = re.compile(r'<div class="series">.*?</section>', re.DOTALL)
_NOT_SHOWN = re.compile(r'<p class="how">.*?</p>', re.DOTALL)


def test_it_says_what_the_page_says(read: pypdf.PdfReader, page: str) -> None:
    """Every word, twice if it stands there more often; lines are broken elsewhere, also within a word."""
    words = _Words()
    words.feed(_SERIES.sub(lambda found: _NOT_SHOWN.sub("", found[0]), _BUTTON.sub("", page)))
    said = re.sub(r"\s+", "", "".join(one.extract_text() for one in read.pages))
    assert len(words.found) > 3000
    assert [word for word, often in Counter(words.found).items() if said.count(word) < min(often, 2)] == []


def test_the_same_page_is_the_same_bytes_and_known_by_them(small: str) -> None:
    first = pdf(small)
    assert pdf(small) == first
    assert is_of(first, small)
    assert not is_of(first, small.replace("index", "Index"))
    assert not is_of(first, small, Place(web="https://example.org/"))


def test_it_reads_no_file_and_asks_for_nothing(small: str, tmp_path: Path) -> None:
    (tmp_path / "secret.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><text>geheim</text></svg>')
    address = (tmp_path / "secret.svg").as_uri()
    attack = (
        f'<img src="{address}"><link rel="attachment" href="{address}"><object data="{address}"></object>'
    )
    attack += f"<style>@import '{address}'; body {{ background: url('{address}') }}</style>"
    made = pypdf.PdfReader(BytesIO(pdf(small.replace("<main", f"{attack}<main"))))
    assert "geheim" not in "".join(one.extract_text() for one in made.pages)
    assert not made.attachments


def test_all_reports_of_an_edition_or_some(setup: Setup, edition: Edition, tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    own = replace(setup, workspace=workspace)
    workspace.published.mkdir()
    workspace.reports.symlink_to(edition.folder.parent)
    made = print_edition(own, only=["communities/hof"])
    names = [path.relative_to(workspace.pdfs).as_posix() for path in made]
    assert names == [f"{edition.id}/communities/hof.{language}.pdf" for language in ("en", "nl")]
    before = [path.stat().st_mtime_ns for path in made]
    assert print_edition(own, edition.id, ["communities/hof"]) == made
    assert [path.stat().st_mtime_ns for path in made] == before
    for wrong in ({"edition": "nowhere"}, {"only": ["communities/nobody"]}):
        with pytest.raises(UsageError, match="LCM-387"):
            print_edition(own, **wrong)


def test_a_printed_link_leads_to_the_pdf_of_the_other_report(edition: Edition) -> None:
    page = (edition.folder / "quality.en.html").read_text(encoding="utf-8")
    read = pypdf.PdfReader(BytesIO(pdf(page)))
    notes = (each.get_object() for one in read.pages for each in one.get("/Annots", []))
    links = {note["/A"]["/URI"] for note in notes if "/URI" in note.get("/A", {})}
    assert "communities/delta.en.pdf" in links
    assert not [link for link in links if ".html" in link]


def test_lists_and_data_are_found_in_the_edition(edition: Edition) -> None:
    """They have no PDF, and lie elsewhere than it does."""
    page = (edition.folder / "sectors" / "logistics.en.html").read_text(encoding="utf-8")
    links = set(re.findall(r'<a [^>]*?href="([^"#:]+)', prepared(page, Place("../up/"))))
    assert {"../up/../index.en.html", "../up/logistics.csv", "../methods.en.pdf", "logistics.nl.pdf"} <= links


def test_where_an_edition_has_an_address_links_lead_there_from_wherever_the_pdf_is(edition: Edition) -> None:
    page = (edition.folder / "sectors" / "logistics.en.html").read_text(encoding="utf-8")
    on_the_web = Place("../up/", "https://example.org/reports/2025-2/sectors/logistics.en.html")
    links = set(re.findall(r'<a [^>]*?href="([^"#]+)', prepared(page, on_the_web)))
    assert all(link.startswith("https://example.org/reports/2025-2/") for link in links)
    assert {
        "https://example.org/reports/2025-2/index.en.html",
        "https://example.org/reports/2025-2/sectors/logistics.csv",
        "https://example.org/reports/2025-2/methods.en.html",
    } <= links


@pytest.mark.parametrize(
    ("fault", "code", "install"),
    [
        ("ImportError()", "LCM-385", "lcmonitor[pdf]"),
        ("OSError('libpango-1.0-0')", "LCM-386", "libpango-1.0-0"),
    ],
)
def test_what_is_missing_is_said_with_how_to_install_it(
    edition: Edition, tmp_path: Path, fault: str, code: str, install: str
) -> None:
    """As WeasyPrint fails where it is not installed, or where Pango is not."""
    (tmp_path / "weasyprint.py").write_text(f"raise {fault}")
    workspace = Path(__file__).parent / "workspace"
    command = [
        sys.executable,
        "-m",
        "lcmonitor.cli",
        "--language",
        "nl",
        "pdf",
        "--workspace",
        str(workspace),
    ]
    run = "import sys; sys.path.insert(0, sys.argv.pop(1)); from lcmonitor.cli import main; main()"
    told = subprocess.run(
        [sys.executable, "-c", run, str(tmp_path), *command[3:]], capture_output=True, text=True, check=False
    )
    assert told.returncode == 2
    assert code in told.stderr
    assert install in told.stderr
    assert "Traceback" not in told.stderr
