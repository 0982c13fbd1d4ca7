"""The report of a sector: what it says where figures may be shown, and where none may."""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from lcmonitor.programme.load import Setup
from lcmonitor.reporting.edition import Edition, plan, publish
from tests.reporting.figures import released

_NAMES = ("delta", "hof", "linde", "oever")
_UNSHOWN = "Over deze sector als geheel zijn geen uitkomsten te tonen"


def _in(setup: Setup, sectors: Mapping[str, str]) -> Setup:
    """The programme with its communities in these sectors."""
    moved = {
        name: one.model_copy(update={"sector": sectors.get(name)}) for name, one in setup.communities.items()
    }
    return replace(setup, communities=moved)


def _published(setup: Setup, folder: Path) -> Edition:
    table = released(setup)
    planned = plan(table, setup, folder)
    assert planned
    return publish(table, setup, planned)


@pytest.fixture(scope="module")
def one_sector(setup: Setup, tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """All four communities in logistics: enough of them."""
    return _published(_in(setup, dict.fromkeys(_NAMES, "logistics")), tmp_path_factory.mktemp("one"))


@pytest.fixture(scope="module")
def two_sectors(setup: Setup, tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """Two communities in each: too few of both."""
    sectors = dict(zip(_NAMES, ("health", "health", "logistics", "logistics"), strict=True))
    return _published(_in(setup, sectors), tmp_path_factory.mktemp("two"))


def _text(edition: Edition, name: str) -> str:
    page = (edition.folder / name).read_text(encoding="utf-8")
    return " ".join(re.sub(r"<[^>]+>", " ", page.split("</style>")[1]).split())


def _rows(edition: Edition, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((edition.folder / name).read_text(encoding="utf-8-sig"))))


def _is_outcome(row: Mapping[str, str]) -> bool:
    return row["statistic"] in ("mean", "share", "distribution") and row["OBS_STATUS"] == "A"


def test_a_sector_with_enough_communities_shows_its_figures(one_sector: Edition) -> None:
    page = _text(one_sector, "sectors/logistics.nl.html")
    assert _UNSHOWN not in page
    assert "Communities 4" in page
    assert any(map(_is_outcome, _rows(one_sector, "sectors/logistics.csv")))
    levels = page.split("Uitkomsten over de learning communities heen")[-1].split("Opbrengst, bereik")[0]
    assert re.search(r"Kennis en vaardigheden \d,\d", levels)


def test_its_own_questions_are_among_its_outcomes(one_sector: Edition) -> None:
    """Asked of this sector alone, so a figure across communities and not one of a group."""
    titles = {row["title_nl"] for row in _rows(one_sector, "sectors/logistics.csv") if _is_outcome(row)}
    own = {row["title_nl"] for row in _rows(one_sector, "programme.csv") if row["group_by"] == "sector"}
    only_theirs = titles - own
    assert only_theirs
    page = _text(one_sector, "sectors/logistics.nl.html")
    assert any(title in page for title in only_theirs)


def test_a_sector_with_too_few_says_so_plainly_and_shows_none(two_sectors: Edition) -> None:
    page = _text(two_sectors, "sectors/health.nl.html")
    assert _UNSHOWN in page
    assert "In deze sector zijn 2 learning communities. Uitkomsten over een sector tonen we pas als" in page
    assert not any(map(_is_outcome, _rows(two_sectors, "sectors/health.csv")))
    assert "Uitkomsten over de learning communities heen" not in page


def test_a_sector_without_outcomes_still_tells_who_is_in_it_and_how_it_speaks(two_sectors: Edition) -> None:
    page = _text(two_sectors, "sectors/health.en.html")
    assert "Delta" in page
    assert "Linde" not in page
    assert "verbetervraag" not in page
    assert "bijeenkomst learning session" in page
    assert "Clients or their families help decide which question we take on." in page
    assert "Improving care together (Organisation)" in page


def test_the_general_words_of_a_sector_are_dutch_in_every_language(two_sectors: Edition) -> None:
    page = (two_sectors.folder / "sectors/health.en.html").read_text(encoding="utf-8")
    assert '<dt lang="nl">bijeenkomst</dt><dd>learning session</dd>' in page


def test_the_index_leads_to_every_sector_and_no_other(two_sectors: Edition, edition: Edition) -> None:
    page = (two_sectors.folder / "index.nl.html").read_text(encoding="utf-8")
    links = re.findall(r'href="(sectors/[^"]+)"', page)
    assert links == [
        f"sectors/{name}{end}" for name in ("health", "logistics") for end in (".nl.html", ".csv")
    ]
    assert all((two_sectors.folder / link).is_file() for link in links)
    assert [file.name for file in (edition.folder / "sectors").glob("*.html")] == [
        "logistics.nl.html",
        "logistics.en.html",
    ]


def test_a_community_that_is_not_named_to_the_funder_is_not_named_in_its_sector(one_sector: Edition) -> None:
    page = _text(one_sector, "sectors/logistics.nl.html")
    assert "Oever" not in page
    assert "wordt in dit rapport niet bij naam genoemd" in page
