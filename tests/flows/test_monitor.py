"""The wiring: the flows under a real Prefect with a database of its own. The steps are tested elsewhere."""

import importlib.util
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest
from prefect.testing.utilities import prefect_test_harness

from lcmonitor import demo, resources
from lcmonitor.errors import BusyError
from lcmonitor.programme.load import load_workspace


@pytest.fixture(scope="session")
def flows() -> Iterator[ModuleType]:
    with prefect_test_harness(server_startup_timeout=120):
        spec = importlib.util.spec_from_file_location("lcmonitor_flows", resources.FLOWS / "monitor.py")
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        yield module


@pytest.fixture(scope="session")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo with the exports of one community only: enough to run everything once."""
    root = tmp_path_factory.mktemp("flows") / "programme"
    demo.write(root)
    for export in sorted(root.glob("inbox/*/*"))[2:]:
        export.unlink()
    return root


def test_one_run_takes_in_the_inbox_and_publishes_an_edition(flows: ModuleType, workspace: Path) -> None:
    outcome = flows.monitor(workspace)
    assert [receipt.verdict for receipt in outcome.receipts] == ["accepted", "accepted"]
    assert outcome.edition.index == workspace / "drafts" / "index.html"
    assert outcome.edition.index.is_file()
    assert not (workspace / "published" / "reports").exists()


def test_a_second_run_finds_nothing_to_do(flows: ModuleType, workspace: Path) -> None:
    before = flows.monitor(workspace)
    store = load_workspace(workspace).workspace.store
    content = store.read_bytes()
    again = flows.monitor(workspace)
    assert again.receipts == []
    assert again.edition == before.edition
    assert store.read_bytes() == content


def test_nothing_is_mailed_that_is_not_approved(flows: ModuleType, workspace: Path) -> None:
    flows.monitor(workspace)
    flows.post(workspace)
    assert not load_workspace(workspace).workspace.deliveries.exists()


def test_before_the_first_reporting_moment_there_is_no_edition(flows: ModuleType, workspace: Path) -> None:
    assert flows.report(workspace, today=date(2000, 1, 1)) is None


@pytest.mark.parametrize(
    ("failure", "times"), [(ValueError("for good"), 1), (BusyError(), 3), (OSError(), 3)]
)
def test_only_what_may_pass_is_tried_again(
    flows: ModuleType, workspace: Path, monkeypatch: pytest.MonkeyPatch, failure: Exception, times: int
) -> None:
    tried = []

    def fails(*_: object) -> None:  # stands in for a step on a bad day, which cannot be had on command
        tried.append(1)
        raise failure

    monkeypatch.setattr(flows.ingest, "fn", fails)
    monkeypatch.setattr(flows.ingest, "retry_delay_seconds", 0)
    with pytest.raises(type(failure)):
        flows.intake(workspace)
    assert len(tried) == times


def test_each_wave_reports_once_on_the_morning_of_its_moment(flows: ModuleType, workspace: Path) -> None:
    programme = load_workspace(workspace).programme
    wave = programme.waves[0]
    schedule = flows._moment(wave, programme.timezone)
    assert schedule.timezone == "Europe/Amsterdam"
    assert f"DTSTART:{wave.reported:%Y%m%d}T060000" in schedule.rrule
    assert "COUNT=1" in schedule.rrule
