"""The system's Chromium, and every page that a programme gets to see."""

import shutil
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from lcmonitor.approval.approve import approve
from lcmonitor.disclosure.open_answers import release_texts
from lcmonitor.programme.load import Setup
from lcmonitor.reporting import members_page, office_pages, receipt_page
from lcmonitor.reporting.edition import Edition
from tests.approval.conftest import drafted
from tests.needs import lacking
from tests.reporting.receipts import RECEIPT

__all__ = ["drafted"]  # the same programme

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), ""
)
_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync",
    "--disable-component-update",
]  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        lacking("no Chromium on this machine")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=_FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def approved(drafted: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """What lies beside an approved edition: the list of editions and the log of corrections; and a report."""
    folder = tmp_path_factory.mktemp("approved")
    root = Path(shutil.copytree(drafted, folder / "programme"))
    approve(root, "latest", "A. de Vries", datetime(2026, 2, 3, tzinfo=UTC))
    (report,) = root.glob("published/reports/*/communities/delta.nl.html")
    return [*root.glob("published/reports/*.html"), report.rename(folder / "approved.nl.html")]


@pytest.fixture(scope="session")
def site(
    setup: Setup, edition: Edition, approved: list[Path], tmp_path_factory: pytest.TempPathFactory
) -> list[Path]:
    """Every page, found where it lies; of the communities the fullest and the emptiest in each language."""
    beside = tmp_path_factory.mktemp("beside")
    for language, office in office_pages([RECEIPT], setup).items():
        (beside / f"office.{language}.html").write_text(office, encoding="utf-8")
    (beside / "receipt.html").write_text(receipt_page(RECEIPT, setup), encoding="utf-8")
    (beside / "members.html").write_text(_members(setup), encoding="utf-8")
    pages = sorted([*edition.folder.parent.rglob("*.html"), *beside.glob("*.html"), *approved])
    alike = [page for page in pages if page.parent.name == "communities"]
    kept = {pick(_of(alike, language), key=_size) for language in ("nl", "en") for pick in (min, max)}
    return [page for page in pages if page not in alike or page in kept]


@pytest.fixture(scope="session")
def dutch(site: list[Path]) -> list[Path]:
    """One page of each kind, and those in both languages: for what a template decides, not its words."""
    return _fullest([page for page in site if not page.name.endswith(".en.html")])


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
