"""The lists of editions and their feeds: of what was approved and of nothing else."""

import re
import shutil
import uuid
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from lcmonitor.approval.approve import approve
from tests.approval.test_changed import draft
from tests.test_explain import export, run

ATOM = "{http://www.w3.org/2005/Atom}"
FIRST, SECOND = datetime(2026, 2, 3, 22, 30, tzinfo=UTC), datetime(2026, 3, 4, 8, tzinfo=UTC)
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@pytest.fixture(scope="module")
def both(drafted: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two approved editions and a draft that says something else; for who only looks."""
    root = Path(shutil.copytree(drafted, tmp_path_factory.mktemp("both") / "garden"))
    approve(root, "latest", "A. de Vries", FIRST)
    run(root, ("delta", export("delta", 12, month=9)))
    approve(root, "latest", "A. de Vries", SECOND)
    with (root / "programme.yml").open("a") as programme:
        programme.write("contact: somebody & somebody <else>\n")
    run(root)
    return root


def feed(root: Path, language: str) -> ET.Element:
    return ET.fromstring((root / "published" / "reports" / f"feed.{language}.atom").read_bytes())


def text(element: ET.Element, name: str) -> str:
    (found,) = element.findall(f"{ATOM}{name}")  # RFC 4287: exactly one
    return found.text or ""


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_feed_keeps_what_rfc_4287_asks(both: Path, language: str) -> None:
    root = feed(both, language)
    assert root.tag == f"{ATOM}feed"
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == language
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) == 2
    ids = [text(each, "id") for each in (root, *entries)]
    assert len(set(ids)) == 3
    assert all(str(uuid.UUID(one.removeprefix("urn:uuid:"))) == one.removeprefix("urn:uuid:") for one in ids)
    assert [text(each, "updated") for each in (root, *entries)] == [
        "2026-03-04T08:00:00Z", "2026-03-04T08:00:00Z", "2026-02-03T22:30:00Z",
    ]  # fmt: skip
    (author,) = root.findall(f"{ATOM}author")
    assert text(author, "name")
    for each in (root, *entries):
        assert text(each, "title")
        assert RFC3339.fullmatch(text(each, "updated"))
        alternates = [link for link in each.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
        assert len(alternates) == 1  # no two of one type and language
        assert (both / "published" / "reports" / str(alternates[0].get("href"))).is_file()
    (own,) = (link for link in root.findall(f"{ATOM}link") if link.get("rel") == "self")
    assert own.get("href") == f"feed.{language}.atom"


def test_an_entry_says_what_stands_out(both: Path) -> None:
    for entry in feed(both, "nl").findall(f"{ATOM}entry"):
        (link,) = entry.findall(f"{ATOM}link")
        page = (both / "published" / "reports" / str(link.get("href"))).with_name("programme.nl.html")
        findings = re.findall(r'<p class="finding-text">(.*?)</p>', page.read_text())
        assert findings
        assert text(entry, "summary").splitlines() == findings


def test_a_draft_is_in_no_list_that_readers_see(both: Path) -> None:
    name = draft(both).name
    shown = [path for path in (both / "published" / "reports").glob("*.*") if name in path.read_text()]
    assert shown == []
    assert name in (both / "drafts" / "index.html").read_text()


def test_the_index_names_both_and_the_feed(both: Path) -> None:
    folder = both / "published" / "reports"
    pages = {language: (folder / f"index.{language}.html").read_text() for language in ("nl", "en")}
    assert (folder / "index.html").read_text() == pages["nl"]
    editions = sorted(path.name for path in folder.glob("[!.]*/"))
    for language, page in pages.items():
        assert [page.index(one) for one in reversed(editions)] == sorted(page.index(one) for one in editions)
        (head,) = re.findall(r'<link rel="alternate" [^>]*>', page)
        assert 'type="application/atom+xml"' in head
        assert f'href="feed.{language}.atom"' in head
        for href in re.findall(r'href="([^"#]+)"', page):
            assert href.startswith("data:") or (folder / href).is_file(), href
    assert "vastgesteld op 3 februari 2026" in pages["nl"]


def test_with_an_address_links_are_whole(root: Path) -> None:
    with (root / "programme.yml").open("a") as programme:
        programme.write("address: https://example.org/reports\n")
    edition = approve(root, "latest", "A. de Vries", FIRST).edition
    made = feed(root, "en")
    hrefs = [str(link.get("href")) for link in made.iter(f"{ATOM}link")]
    assert hrefs == [
        "https://example.org/reports/feed.en.atom",
        "https://example.org/reports/index.en.html",
        f"https://example.org/reports/{edition}/index.en.html",
    ]


def test_what_xml_cannot_hold_is_left_out(root: Path) -> None:
    path = root / "programme.yml"
    before = path.read_text()
    title = "title: {nl: Tuinen, en: Gardens}"
    assert title in before
    path.write_text(before.replace(title, r'title: {nl: "A\x0b & <b>", en: "B ]]> \uffff"}'))
    run(root)
    approve(root, "latest", "A. de Vries", FIRST)
    assert text(feed(root, "nl"), "title") == "A & <b>"
    assert text(feed(root, "en"), "title").startswith("B ]]> ")


def drafts(root: Path) -> tuple[str, str]:
    """The list of drafts: what stands before and after the heading of those that were replaced."""
    page = re.sub("<[^>]*>", " ", (root / "drafts" / "index.en.html").read_text())
    before, _, after = " ".join(page.split()).partition("Replaced drafts")
    return before, after


def test_a_draft_that_a_newer_one_of_its_wave_replaced_says_by_which(root: Path) -> None:
    first = draft(root).name
    assert first in drafts(root)[0]
    assert "There are no replaced drafts." in drafts(root)[1]
    second = run(root, ("delta", export("delta", 18)))
    before, after = drafts(root)
    assert second in before
    assert first not in before
    assert f"{first} · replaced by draft {second}" in after


def test_the_newest_draft_of_an_earlier_wave_stands_at_the_top_as_well(root: Path) -> None:
    first = draft(root).name
    second = run(root, ("delta", export("delta", 12, month=9)))
    before, after = drafts(root)
    assert before.index(second) < before.index(first)
    assert "replaced by" not in after


def test_a_draft_that_an_approval_overtook_is_no_longer_the_newest(root: Path) -> None:
    first = draft(root).name
    run(root, ("delta", export("delta", 18)))
    approve(root, "latest", "A. de Vries", FIRST)
    before, after = drafts(root)
    assert first not in before
    assert "There is nothing here now." in before
    assert f"{first} · replaced, as another edition was approved after this draft" in after
    assert "LCM-460" in {problem.code for problem in approve(root, first, "A. de Vries", SECOND).problems}
