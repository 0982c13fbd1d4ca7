"""A programme of two communities whose first edition lies there as a draft, made by the whole way."""

import shutil
from pathlib import Path

import pytest

from tests.gallery.conftest import lcmonitor
from tests.gallery.garden import garden
from tests.test_explain import export, run

__all__ = ["drafted", "lcmonitor", "root"]

ANSWERS = (("delta", export("delta", 12)), ("linde", export("linde", 7)))


@pytest.fixture(scope="session")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Made once; a test that changes anything takes a copy."""
    root = garden(tmp_path_factory.mktemp("drafted") / "garden")
    run(root, *ANSWERS)
    return root


@pytest.fixture
def root(drafted: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(drafted, tmp_path / "garden"))
