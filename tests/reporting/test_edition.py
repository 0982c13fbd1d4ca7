"""Editions: made once, never changed, complete in themselves."""

import csv
import io
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from jinja2 import UndefinedError

from lcmonitor.disclosure.released import ReleasedTable
from lcmonitor.errors import LANGUAGES
from lcmonitor.programme.load import Setup
from lcmonitor.programme.workspace import Workspace
from lcmonitor.reporting import making
from lcmonitor.reporting.edition import Edition, plan, publish
from lcmonitor.reporting.reuse import PAGES
from lcmonitor.reporting.tidy import COLUMNS
from tests.reporting.figures import released

DATA = ("figures.xlsx", "figures.parquet", "figures.sdmx.csv", "structure.sdmx.json", "dataset.json")


def _files(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in sorted(folder.rglob("*"))
        if file.is_file()
    }


def _pages(edition: Edition) -> dict[str, str]:
    return {name: data.decode() for name, data in _files(edition.folder).items() if name.endswith(".html")}


def test_an_edition_holds_every_report_in_every_language_with_its_data(edition: Edition) -> None:
    reports = [f"communities/{name}" for name in ("delta", "hof", "linde", "oever")]
    reports += ["programme", "sectors/logistics"]
    pages = [
        f"{name}.{language}.html"
        for name in [*reports, "index", "methods", "quality"]
        for language in LANGUAGES
    ]
    assert sorted(_files(edition.folder)) == sorted(
        [*pages, *(f"{name}.csv" for name in [*reports, "figures"]), "edition.json", *DATA]
    )


def test_an_edition_is_of_the_newest_wave_with_figures(
    setup: Setup, table: ReleasedTable, tmp_path: Path
) -> None:
    planned = plan(table, setup, tmp_path)
    assert planned
    assert planned.wave == "w2"
    assert planned.id.startswith("w2-")
    assert not list(tmp_path.iterdir())


def _untouched(root: Path) -> set[tuple[Path, int, int]]:
    """Every file with its number on the disk and when it was last written; reading it is allowed."""
    return {(file, file.stat().st_ino, file.stat().st_mtime_ns) for file in root.rglob("*")}


def test_publishing_again_changes_nothing(setup: Setup, table: ReleasedTable, edition: Edition) -> None:
    root = edition.folder.parent
    before = _untouched(root)
    planned = plan(table, setup, root)
    assert planned
    assert publish(table, setup, planned) == edition
    assert _untouched(root) == before


def test_the_same_figures_are_the_same_bytes_elsewhere(
    setup: Setup, table: ReleasedTable, edition: Edition, tmp_path: Path
) -> None:
    planned = plan(table, setup, tmp_path)
    assert planned
    assert _files(publish(table, setup, planned).folder) == _files(edition.folder)


def test_other_figures_are_another_edition_and_the_old_one_stays(
    setup: Setup, table: ReleasedTable, tmp_path: Path
) -> None:
    first = plan(table, setup, tmp_path)
    corrected = released(setup, trust_mean={"estimate": 3.3})
    second = plan(corrected, setup, tmp_path)
    assert first
    assert second
    assert first.id != second.id
    publish(table, setup, first)
    kept = _files(first.folder)
    os.utime(first.folder / "edition.json", ns=(1, 1))  # made long ago
    publish(corrected, setup, second)
    assert _files(first.folder) == kept
    index = second.index.read_text(encoding="utf-8")
    assert index.index(second.id) < index.index(first.id)


def test_a_changed_text_of_the_programme_is_another_edition(
    setup: Setup, table: ReleasedTable, tmp_path: Path
) -> None:
    renamed = setup.programme.model_copy(update={"title": {"nl": "Anders", "en": "Otherwise"}})
    first, second = plan(table, setup, tmp_path), plan(table, replace(setup, programme=renamed), tmp_path)
    assert first
    assert second
    assert first.id != second.id


def test_an_edition_that_fails_halfway_leaves_nothing(
    setup: Setup, table: ReleasedTable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> str:
        raise OSError("disk full")

    monkeypatch.setattr(making, "render", fails)  # the disk cannot be made full in a test
    planned = plan(table, setup, tmp_path)
    assert planned
    with pytest.raises(OSError, match="disk full"):
        publish(table, setup, planned)
    assert not list(tmp_path.iterdir())


def test_communities_made_in_processes_are_the_same_bytes(
    setup: Setup, table: ReleasedTable, edition: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "_WORTH", 1)
    planned = plan(table, setup, tmp_path)
    assert planned
    assert _files(publish(table, setup, planned).folder) == _files(edition.folder)


def test_what_is_wrong_in_a_process_is_said_as_it_would_be_here(
    setup: Setup, table: ReleasedTable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "_WORTH", 1)
    own = replace(setup, workspace=Workspace(tmp_path / "programme"))
    template = own.workspace.report_overrides / "templates" / "community.html.j2"
    template.parent.mkdir(parents=True)
    template.write_text("{{ nobody }}", encoding="utf-8")
    planned = plan(table, own, tmp_path / "reports")
    assert planned
    with pytest.raises(UndefinedError, match="nobody"):
        publish(table, own, planned)
    assert [left.name for left in (tmp_path / "reports").iterdir()] == [PAGES]  # of sectors, drawn before


def test_every_page_stands_alone(edition: Edition) -> None:
    for name, page in _pages(edition).items():
        assert page.count("<h1>") == 1, name
        assert "<script" not in page, name
        assert "http://" not in page.replace("http://www.w3.org/", ""), name
        assert "https://" not in page, name
        assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page, name


def test_every_page_says_that_the_data_are_simulated(edition: Edition) -> None:
    said = {"nl": "Dit zijn gesimuleerde gegevens.", "en": "These are simulated data."}
    for name, page in _pages(edition).items():
        assert said[name.split(".")[-2]] in page, name
    assert said["nl"] in edition.index.read_text(encoding="utf-8")


def test_every_link_inside_the_edition_leads_somewhere(edition: Edition) -> None:
    pages = _pages(edition)
    ids = {name: re.findall(r'\bid="([^"]+)"', page) for name, page in pages.items()}
    for name, page in pages.items():
        assert len(set(ids[name])) == len(ids[name]), f"{name}: an id stands twice"
        for href in re.findall(r'href="([^"]*)"', page):
            if href.startswith("data:"):
                continue
            path, _, place = href.partition("#")
            target = (edition.folder / name).parent.joinpath(path) if path else edition.folder / name
            assert target.is_file(), f"{name}: {href}"
            known = target.resolve().relative_to(edition.folder.resolve()).as_posix()
            assert not place or place in ids[known], f"{name}: {href}"


def test_the_data_file_has_a_row_for_every_figure_shown_or_not(
    setup: Setup, table: ReleasedTable, edition: Edition
) -> None:
    data = (edition.folder / "communities" / "hof.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
    mine = table.rows[table.rows["community"] == "hof"]
    assert tuple(rows[0]) == COLUMNS
    assert [row["status"] for row in rows] == list(mine["status"])
    held_back = [row for row in rows if row["status"] == "suppressed"]
    assert held_back
    for row in held_back:
        assert (row["OBS_STATUS"], row["CONF_STATUS"]) in {("Q", "C"), ("Q", "D")}
        assert row["reason"]
        assert not any(
            row[column] for column in ("n", "population", "estimate", "se", "low", "high", "method")
        )
