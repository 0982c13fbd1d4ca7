"""The shipped simulation, read once."""

from pathlib import Path

import pytest

from lcmonitor import demo
from lcmonitor.demo.census import Census, censuses
from lcmonitor.demo.deliveries import TEMPLATE
from lcmonitor.demo.plan import Plan, load_plan
from lcmonitor.programme.load import Setup, load_workspace


@pytest.fixture(scope="session")
def plan() -> Plan:
    return load_plan()


@pytest.fixture(scope="session")
def setup() -> Setup:
    return load_workspace(TEMPLATE)


@pytest.fixture(scope="session")
def everyone(setup: Setup, plan: Plan) -> list[Census]:
    return list(censuses(setup, plan))


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("demo") / "workspace"
    demo.write(root)
    return root
