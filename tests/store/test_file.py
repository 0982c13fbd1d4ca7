"""Who may open the store, and what opening it does to the file."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from stat import S_IMODE

import pytest

from lcmonitor.errors import BusyError, WorkspaceError
from lcmonitor.store.store import reading, writing
from tests.store.drawn import entry, responses, stored

# Another program opens the database itself, as an analyst might, and waits to be told to stop.
_HOLDS = """
import sys, duckdb
connection = duckdb.connect(sys.argv[1], read_only=sys.argv[2] == "read")
print("open", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Of a store with one delivery."""
    path = tmp_path / "data" / "store.duckdb"
    with writing(path) as store:
        store.merge(entry(), responses("id Q1\n1 4"))
    return path


@contextmanager
def another_program(path: Path, how: str) -> Iterator[int]:
    """Holds the file open; gives its process id."""
    command = [sys.executable, "-c", _HOLDS, str(path), how]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield process.pid
        process.communicate()


def test_what_is_written_is_there_when_it_is_opened_again(path: Path) -> None:
    with reading(path) as store:
        assert stored(store, "response_id", "Q1") == ["1 4"]


def test_opening_to_write_and_doing_nothing_changes_no_byte(path: Path) -> None:
    before = path.read_bytes()
    with writing(path) as store:
        store.compare(responses("id Q1 Q2\n1 4 3"))
        assert len(store.receipts()) == 1
    assert path.read_bytes() == before


def test_a_store_that_is_not_used_is_not_made(tmp_path: Path) -> None:
    with writing(tmp_path / "store.duckdb"):
        pass
    assert not (tmp_path / "store.duckdb").exists()


def test_a_failure_halfway_changes_no_byte(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(AssertionError, match="same id"), writing(path) as store:
        store.merge(entry("b2"), responses("id Q1 Q2\n7 1 1\n7 2 2"))
    assert path.read_bytes() == before


def test_where_there_is_no_store_reading_finds_an_empty_one_and_makes_nothing(tmp_path: Path) -> None:
    with reading(tmp_path / "data" / "store.duckdb") as store:
        assert (store.forms(), store.receipts()) == ((), [])
        assert not store.counts()
        assert store.history().empty
        assert store.compare(responses("id Q1\n1 4")).new == 1
    assert list(tmp_path.iterdir()) == []


def test_a_reader_cannot_write(path: Path) -> None:
    with pytest.raises(Exception, match="read-only"), reading(path) as store:
        store.merge(entry("b2"), responses("id Q1\n2 4"))


def test_only_the_owner_can_read_it(tmp_path: Path) -> None:
    path = tmp_path / "new" / "store.duckdb"
    with writing(path) as store:
        store.merge(entry(), responses("id Q1\n1 4"))
        log = path.with_name("store.duckdb.wal")
        assert [S_IMODE(file.stat().st_mode) for file in (path.parent, path, log)] == [0o700, 0o600, 0o600]
    assert {S_IMODE(file.stat().st_mode) for file in path.parent.iterdir()} == {0o600}


def test_a_second_writer_is_told_who_is_writing(path: Path) -> None:
    with writing(path), pytest.raises(BusyError) as caught, writing(path):
        pass
    (message,) = caught.value.messages
    assert (message.code, message.place) == ("LCM-401", "store.duckdb")
    assert str(message.params["process"]).isdigit()


def test_nobody_reads_while_somebody_writes_nor_the_other_way_round(path: Path) -> None:
    with writing(path), pytest.raises(BusyError, match="LCM-401"), reading(path):
        pass
    with reading(path), pytest.raises(BusyError, match="LCM-401"), writing(path):
        pass


def test_two_may_read(path: Path) -> None:
    with reading(path) as one, reading(path) as other:
        assert one.receipts() == other.receipts()


@pytest.mark.parametrize("how", ["read", "write"])
def test_a_program_that_has_the_database_open_keeps_a_writer_out(path: Path, how: str) -> None:
    with another_program(path, how) as process, pytest.raises(BusyError) as caught, writing(path):
        pass
    (message,) = caught.value.messages
    assert (message.code, message.params["process"]) == ("LCM-401", str(process))


def test_after_a_refusal_the_way_is_free(path: Path) -> None:
    with writing(path), pytest.raises(BusyError), writing(path):
        pass
    with writing(path) as store:
        assert len(store.receipts()) == 1


@pytest.mark.parametrize("broken", ["", "not a database, but longer than a header " * 500])
def test_a_file_that_is_no_database_is_named(path: Path, broken: str) -> None:
    path.write_text(broken)
    for opening in (reading, writing):
        with pytest.raises(WorkspaceError) as caught, opening(path):
            pass
        (message,) = caught.value.messages
        assert (message.code, message.place) == ("LCM-402", "store.duckdb")
    assert path.read_text() == broken


def test_after_a_store_was_moved_away_a_new_one_opens(path: Path) -> None:
    """Even if a crash had left its log, which would not fit the new one."""
    log = path.with_name("store.duckdb.wal")
    with writing(path) as store:
        store.merge(entry("b2"), responses("id Q1\n2 4"))
        left_by_a_crash = log.read_bytes()
    path.unlink()
    log.write_bytes(left_by_a_crash)
    with writing(path) as store:
        assert store.receipts() == []
    assert log.with_name("store.duckdb.wal.orphaned").read_bytes() == left_by_a_crash
