"""Of two drafts the second draws only what differs, and is what it would be by itself."""

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from lcmonitor.disclosure.released import ReleasedTable, release
from lcmonitor.indicators.table import IndicatorTable
from lcmonitor.programme.explanations import Explanations
from lcmonitor.programme.load import Setup
from lcmonitor.programme.workspace import Workspace
from lcmonitor.reporting.edition import Edition, plan, publish
from lcmonitor.reporting.reuse import PAGES
from tests.reporting import figures

DRAWN = 2 * len(("delta", "hof", "linde", "oever", "logistics"))  # communities and a sector, in two languages


@pytest.fixture(scope="module")
def made(setup: Setup, table: ReleasedTable, tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """What was made before, once for all."""
    return _published(setup, table, tmp_path_factory.mktemp("made") / "drafts")


@pytest.fixture
def first(made: Edition, tmp_path: Path) -> Edition:
    """The same in a place of its own."""
    drafts = Path(shutil.copytree(made.folder.parent, tmp_path / "drafts"))
    return replace(made, folder=drafts / made.id)


@pytest.fixture(scope="module")
def corrected(setup: Setup) -> ReleasedTable:
    """One figure of one community is another."""
    rows = figures.table(setup).rows
    own = (rows["community"] == "delta") & (rows["indicator"] == "trust-mean") & (rows["measure"] == "value")
    moved = rows.assign(estimate=rows["estimate"].where(~own, rows["estimate"] + 0.2))
    return release(IndicatorTable(moved), setup.programme.privacy)


@pytest.fixture(scope="module")
def alone(setup: Setup, corrected: ReleasedTable, tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """It by itself, with nothing made before."""
    return _published(setup, corrected, tmp_path_factory.mktemp("alone") / "drafts")


def _published(setup: Setup, table: ReleasedTable, drafts: Path) -> Edition:
    planned = plan(table, setup, drafts)
    assert planned
    return publish(table, setup, planned)


def _files(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def _pages(edition: Edition) -> set[Path]:
    return set((edition.folder.parent / PAGES).iterdir())


def test_only_the_community_with_other_figures_and_its_sector_are_drawn(
    setup: Setup, first: Edition, corrected: ReleasedTable, tmp_path: Path
) -> None:
    before, drawn = _pages(first), {file: file.stat().st_mtime_ns for file in _pages(first)}
    second = _published(setup, corrected, tmp_path / "drafts")
    assert len(before) == len(_pages(second)) == DRAWN
    stayed = before & _pages(second)
    assert len(stayed) == DRAWN - 4
    assert all(file.stat().st_mtime_ns == drawn[file] for file in stayed)


def test_pages_that_were_kept_are_those_that_would_be_drawn(
    setup: Setup, first: Edition, corrected: ReleasedTable, alone: Edition, tmp_path: Path
) -> None:
    second = _published(setup, corrected, tmp_path / "drafts")
    assert second.id != first.id
    assert _files(second.folder) == _files(alone.folder)


def _renamed(setup: Setup) -> Setup:
    return replace(
        setup, programme=setup.programme.model_copy(update={"title": {"nl": "Anders", "en": "Otherwise"}})
    )


def _explained(setup: Setup) -> Setup:
    told = Explanations.model_validate({"general": {"nl": "Wij verhuisden.", "en": "We moved."}})
    return replace(setup, explanations={name: {"w2": told} for name in setup.communities})


def _reordered(setup: Setup) -> Setup:
    turned = dict(reversed(list(setup.instrument.indicators.items())))
    return replace(setup, instrument=replace(setup.instrument, indicators=turned))


@pytest.mark.parametrize("change", [_renamed, _reordered])
def test_with_other_words_all_are_drawn(
    setup: Setup, table: ReleasedTable, first: Edition, tmp_path: Path, change: Callable[[Setup], Setup]
) -> None:
    before = _pages(first)
    assert not before & _pages(_published(change(setup), table, tmp_path / "drafts"))


def test_an_explanation_is_in_no_report_but_that_of_its_community(
    setup: Setup, table: ReleasedTable, first: Edition, tmp_path: Path
) -> None:
    before = _pages(first)
    assert len(before & _pages(_published(_explained(setup), table, tmp_path / "drafts"))) == 2


def test_with_another_template_all_are_drawn(
    setup: Setup, table: ReleasedTable, corrected: ReleasedTable, tmp_path: Path
) -> None:
    own = replace(setup, workspace=Workspace(tmp_path))
    before = _pages(_published(own, table, tmp_path / "drafts"))
    template = own.workspace.report_overrides / "templates" / "community.html.j2"
    template.parent.mkdir(parents=True)
    template.write_text('{% extends "shipped/community.html.j2" %}', encoding="utf-8")
    assert not before & _pages(_published(own, corrected, tmp_path / "drafts"))


@pytest.mark.parametrize("left", [b"", b"nothing of ours"])
def test_a_damaged_page_is_drawn_again(
    setup: Setup, first: Edition, corrected: ReleasedTable, alone: Edition, tmp_path: Path, left: bytes
) -> None:
    for file in _pages(first):
        file.write_bytes(left)
    second = _published(setup, corrected, tmp_path / "drafts")
    assert _files(second.folder) == _files(alone.folder)


def test_what_is_kept_is_nobody_elses(first: Edition) -> None:
    folder = first.folder.parent / PAGES
    assert os.stat(folder).st_mode & 0o077 == 0
