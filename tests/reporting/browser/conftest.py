"""The system's Chromium, and every page that a programme gets to see."""

import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from lcmonitor.disclosure.open_answers import release_texts
from lcmonitor.programme.load import Setup
from lcmonitor.reporting import members_page, receipt_page
from lcmonitor.reporting.edition import Edition
from tests.reporting.receipts import RECEIPT

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), ""
)
_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync",
    "--disable-component-update",
]  # fmt: skip


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here) and not CHROMIUM:
            item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=_FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def site(setup: Setup, edition: Edition, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Every page, found where it lies; of the communities the fullest and the emptiest in each language."""
    beside = tmp_path_factory.mktemp("beside")
    (beside / "receipt.html").write_text(receipt_page(RECEIPT, setup), encoding="utf-8")
    (beside / "members.html").write_text(_members(setup), encoding="utf-8")
    pages = sorted([*edition.folder.parent.rglob("*.html"), *beside.glob("*.html")])
    alike = [page for page in pages if page.parent.name == "communities"]
    kept = {pick(_of(alike, language), key=_size) for language in ("nl", "en") for pick in (min, max)}
    return [page for page in pages if page not in alike or page in kept]


@pytest.fixture(scope="session")
def dutch(site: list[Path]) -> list[Path]:
    """One page of each kind, and those in both languages: for what a template decides, not its words."""
    return _fullest([page for page in site if not page.name.endswith(".en.html")])


@pytest.fixture(scope="session")
def english(site: list[Path]) -> list[Path]:
    """The same in the other language."""
    return _fullest([page for page in site if not page.name.endswith(".nl.html")])


def _fullest(pages: Sequence[Path]) -> list[Path]:
    largest = max((page for page in pages if page.parent.name == "communities"), key=_size)
    return [page for page in pages if page.parent.name != "communities" or page == largest]


def _of(pages: Sequence[Path], language: str) -> list[Path]:
    return [page for page in pages if page.name.endswith(f".{language}.html")]


def _size(page: Path) -> int:
    return page.stat().st_size


def _members(setup: Setup) -> str:
    item = next(iter(setup.instrument.codebook.items))
    answers = [(item, f"Wij leren veel van elkaar. {number}") for number in range(9)]
    community, wave = setup.communities["delta"], setup.programme.waves[-1]
    return members_page(release_texts(answers, setup.programme.privacy), setup, community, wave)


@pytest.fixture(scope="session")
def reports(edition: Edition) -> list[Path]:
    """The pages with most in them."""
    names = (
        "programme.nl.html",
        "programme.en.html",
        "communities/delta.nl.html",
        "communities/delta.en.html",
    )
    return [edition.folder / name for name in names]
