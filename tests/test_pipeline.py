"""What a second look at the inbox does, and does not do."""

import os
import stat
from pathlib import Path

import pytest

from lcmonitor import pipeline
from lcmonitor.errors import UsageError
from lcmonitor.programme import load
from lcmonitor.programme.load import load_workspace
from lcmonitor.store.store import reading
from tests.gallery.garden import EXPORTS, deliver, garden


def stored(root: Path) -> int:
    with reading(load_workspace(root).workspace.store) as store:
        return sum(count.responses for count in store.counts())


def shorter(export: Path, name: str) -> Path:
    """The same export without its last row, sent an hour later."""
    lines = export.read_text().splitlines(keepends=True)
    path = export.with_name(name)
    path.write_text("".join(lines[:-1]))
    later = export.stat().st_mtime + 3600
    os.utime(path, (later, later))
    return path


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return garden(tmp_path / "programme")


def test_what_was_replaced_does_not_come_back_when_files_are_judged_anew(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = deliver(root, EXPORTS / "good.csv")
    pipeline.ingest(root)
    everyone = stored(root)
    pipeline.ingest(root, [shorter(whole, "corrected.csv")])
    assert stored(root) == everyone - 1
    monkeypatch.setattr(load, "version", lambda _: "next")  # a release, which cannot be had in a test
    receipts = pipeline.ingest(root)
    assert len(receipts) == 2
    assert stored(root) == everyone - 1


def test_a_file_outside_the_inbox_replaces_nothing(root: Path, tmp_path: Path) -> None:
    stray = tmp_path / "stray.csv"
    stray.write_text((EXPORTS / "good.csv").read_text())
    with pytest.raises(UsageError) as refused:
        pipeline.ingest(root, [stray])
    assert [message.code for message in refused.value.messages] == ["LCM-428"]


def test_a_refused_file_is_judged_once_under_the_same_definitions(root: Path) -> None:
    deliver(root, EXPORTS / "unknown_column.csv")
    assert pipeline.refused(root) == []
    assert [receipt.verdict for receipt in pipeline.ingest(root)] == ["refused"]
    assert pipeline.ingest(root) == []
    (still,) = pipeline.refused(root)
    assert still.path.name == "unknown_column.csv"
    still.path.unlink()
    assert pipeline.refused(root) == []


def test_every_community_gets_its_place_in_the_inbox(root: Path) -> None:
    setup = load_workspace(root)
    pipeline.ingest(root)
    assert {path.name for path in setup.workspace.inbox.iterdir()} == set(setup.communities)


def test_the_office_sees_every_file_and_nobody_else_does(root: Path) -> None:
    deliver(root, EXPORTS / "good.csv")
    deliver(root, EXPORTS / "unknown_column.csv")
    accepted = next(one for one in pipeline.ingest(root) if one.verdict != "refused")
    office = load_workspace(root).workspace.office
    assert stat.S_IMODE(office.stat().st_mode) == 0o700
    for page in office.iterdir():
        assert stat.S_IMODE(page.stat().st_mode) == 0o600
        text = page.read_text(encoding="utf-8")
        assert "good.csv" in text
        assert "unknown_column.csv" in text
        link = f"../../published/receipts/{accepted.community}/{accepted.sha256[:12]}.html"
        assert f'href="{link}"' in text
        assert (office / link).resolve().is_file()
    assert {page.name for page in office.iterdir()} == {"quality.nl.html", "quality.en.html"}
    before = {page: page.stat().st_mtime_ns for page in office.iterdir()}
    assert pipeline.ingest(root) == []
    assert {page: page.stat().st_mtime_ns for page in office.iterdir()} == before
