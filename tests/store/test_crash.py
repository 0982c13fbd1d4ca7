"""Whenever a process is killed, it leaves the old state or the new one, and the next can go on."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from lcmonitor.store.snapshot import snapshot
from lcmonitor.store.store import reading, writing
from tests.store.victim import ROWS, delivery

KILLS = 20


class Victims:
    """Processes that merge and publish until they are killed; see victim.py."""

    def __init__(self, folder: Path) -> None:
        self.path, self.target = folder / "data" / "store.duckdb", folder / "published" / "analysis.duckdb"
        command = [sys.executable, "-m", "tests.store.victim", str(self.path), str(self.target)]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]
        )

    def start(self, until: str = "") -> int:
        """A process that has just started, or has done ``until``: its id."""
        assert self.process.stdin is not None
        self.process.stdin.write("go\n")
        self.process.stdin.flush()
        started = self.hear("started")
        if until:
            self.hear(until)
        return int(started.split()[1])

    def kill(self, process: int) -> dict[str, int]:
        """Kill it; the last version of which it had said that it was merged, and published."""
        os.kill(process, signal.SIGKILL)
        heard = iter(self._line, "dead")
        return {done: int(version) for done, version in (line.split() for line in heard if " " in line)}

    def hear(self, expected: str) -> str:
        """The next line that starts so."""
        for line in iter(self._line, "dead"):
            if line.startswith(expected):
                return line
        raise AssertionError("it died by itself")

    def _line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()


@pytest.fixture
def victims(tmp_path: Path) -> Iterator[Victims]:
    victims = Victims(tmp_path)
    yield victims
    victims.process.communicate()


def stored_version(path: Path) -> int:
    """The version that the store holds, all of it; 0: none."""
    with reading(path) as store:
        version = len(store.receipts())
        if version:
            query = "SELECT N1, delivery, count(*) FROM responses_participant GROUP BY ALL"
            assert store.connection.execute(query).fetchall() == [(version, str(version), ROWS)]
        audit = store.connection.execute("SELECT count(*), max(position) FROM audit").fetchall()
        assert audit == [(version, version or None)]
    return version


def published_version(target: Path) -> int:
    """The version that the snapshot holds, all of it; 0: there is none."""
    if not target.exists():
        return 0
    with duckdb.connect(str(target), read_only=True) as analyst:
        ((version, rows),) = analyst.execute("SELECT value, count(*) FROM answers GROUP BY value").fetchall()
    assert rows == ROWS
    return int(version)


def duration(victims: Victims, since: str, until: str) -> float:
    """Seconds that a process takes from the one to the other; it is killed then."""
    victims.kill(victims.start(until="open"))  # the first one still waits for everything to be imported
    process = victims.start(since)
    before = time.perf_counter()
    victims.hear(until)
    seconds = time.perf_counter() - before
    victims.kill(process)
    return seconds


def test_killed_while_it_merges_and_publishes(victims: Victims) -> None:
    cycle = duration(victims, since="open", until="published")
    stored, published = stored_version(victims.path), published_version(victims.target)
    for kill in range(KILLS):
        process = victims.start(until="open")
        time.sleep(1.2 * cycle * kill / KILLS)
        said = victims.kill(process)
        safe, public = said.get("merged", stored), said.get("published", published)
        stored, published = stored_version(victims.path), published_version(victims.target)
        assert stored in (safe, safe + 1)
        assert public <= published <= stored
    with writing(victims.path) as store:
        snapshot(store, victims.target, b"secret")
    assert published_version(victims.target) == stored
    left = [file.name for part in (victims.path, victims.target) for file in part.parent.iterdir()]
    assert sorted(left) == ["analysis.duckdb", "store.duckdb", "store.duckdb.lock"]


def test_killed_while_the_store_is_made(victims: Victims) -> None:
    making = duration(victims, since="", until="open")
    for kill in range(KILLS):
        victims.path.unlink(missing_ok=True)
        process = victims.start()
        time.sleep(1.5 * making * kill / KILLS)
        said = victims.kill(process)
        assert stored_version(victims.path) in (said.get("merged", 0), said.get("merged", 0) + 1)
        with writing(victims.path) as store:
            assert store.compare(delivery(100)).unchanged == 0
