"""A small programme of four communities with figures made by hand: one of them too small to be shown."""

from pathlib import Path

import pytest

from lcmonitor.disclosure.released import ReleasedTable
from lcmonitor.programme.load import Setup, load_workspace
from lcmonitor.reporting.edition import Edition, plan, publish
from tests.reporting.figures import released

WORKSPACE = Path(__file__).parent / "workspace"


@pytest.fixture(scope="session")
def setup() -> Setup:
    """As it is read from its files."""
    return load_workspace(WORKSPACE)


@pytest.fixture(scope="session")
def table(setup: Setup) -> ReleasedTable:
    """What may be shown of its figures."""
    return released(setup)


@pytest.fixture(scope="session")
def edition(setup: Setup, table: ReleasedTable, tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """Its reports, as files."""
    planned = plan(table, setup, tmp_path_factory.mktemp("reports"))
    assert planned
    return publish(table, setup, planned)
