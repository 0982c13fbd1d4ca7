"""A store to write to."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from lcmonitor.store.store import Store, writing


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which nothing was written yet."""
    path = tmp_path_factory.mktemp("empty") / "store.duckdb"
    with writing(path) as store:
        store.connection.execute("SELECT 1")
    return path


@pytest.fixture
def store(tmp_path: Path, empty_store: Path) -> Iterator[Store]:
    """Open for writing."""
    path = tmp_path / "data" / "store.duckdb"
    path.parent.mkdir()
    shutil.copy(empty_store, path)
    with writing(path) as store:
        yield store
