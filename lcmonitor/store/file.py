"""The database file: who may open it, how it is made, how it is opened."""

import contextlib
import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import duckdb

from lcmonitor.errors import BusyError, Message, WorkspaceError
from lcmonitor.files import put_in_place
from lcmonitor.store import schema
from lcmonitor.store.schema import literal

Connection = duckdb.DuckDBPyConnection

# Nothing is ever fetched from outside. A merge of a million responses stays within this, or spills to disk.
_OPTIONS: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "memory_limit": "3GiB",
}


@contextmanager
def locked(path: Path, exclusive: bool) -> Iterator[None]:
    """Hold the lock file beside ``path``: alone to write, with others to read.

    It is the truth about who is writing: DuckDB's own lock is lost as soon as anything else in the process
    closes the same file. Raises BusyError (LCM-401) at once when it is taken.
    """
    descriptor = _open_lock(path)
    try:
        _lock(descriptor, path, fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH)
        if exclusive:
            os.pwrite(descriptor, f"{os.getpid():<20}".encode(), 0)  # so that a second writer can be told
        yield
    finally:
        os.close(descriptor)


def _open_lock(path: Path) -> int:
    lock = path.with_name(f"{path.name}.lock")
    try:
        return os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except PermissionError:
        raise WorkspaceError(Message("LCM-402", lock.name, {"problem": "Permission denied"})) from None


def _lock(descriptor: int, path: Path, kind: int) -> None:
    try:
        fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        raise _busy(path, os.pread(descriptor, 20, 0).decode().strip()) from None


def opened(path: Path) -> Connection:
    """A connection to write to the store at ``path``, which is made where there is none."""
    if not path.exists():
        _create(path)
    return attached(path, read_only=False)


def make_private(path: Path) -> None:
    """The file and its log are for their owner only; DuckDB makes the log as it pleases."""
    for part in (path, path.with_name(f"{path.name}.wal")):
        with contextlib.suppress(FileNotFoundError):
            part.chmod(0o600)


def _create(path: Path) -> None:
    """An empty store at ``path``: made aside and renamed, so that a crash leaves none, not half a one."""
    aside, log = path.with_name(f"{path.name}.new"), path.with_name(f"{path.name}.wal")
    if log.exists():  # of a store that was moved away after a crash: with a new one it would not open
        log.rename(log.with_name(f"{log.name}.orphaned"))
    with replacing(aside, path):
        connection = duckdb.connect(config=_OPTIONS)
        _install(connection, str(aside))
        connection.close()
        aside.chmod(0o600)


@contextmanager
def replacing(aside: Path, path: Path) -> Iterator[None]:
    """What is made at ``aside`` within the block takes the place of ``path`` at once, on disk for good."""
    for leftover in (aside, aside.with_name(f"{aside.name}.wal")):
        leftover.unlink(missing_ok=True)
    yield
    put_in_place(aside, path)


def attached(path: Path, read_only: bool) -> Connection:
    """A connection whose current database is the store at ``path``.

    The connection itself is in memory, so that a reader too can have tables of its own and write a snapshot.
    Raises BusyError (LCM-401) when another program has the file open, WorkspaceError (LCM-402) when it is no
    store.
    """
    connection = duckdb.connect(config={**_OPTIONS, "temp_directory": f"{path}.tmp"})
    mode = "(READ_ONLY)" if read_only else "(READ_WRITE)"
    try:
        connection.execute(f"ATTACH {literal(str(path))} AS store {mode}; USE store")
    except duckdb.Error as error:
        connection.close()
        _explain(path, error)
    return connection


def empty() -> Connection:
    """A connection to a store that holds nothing and is nowhere."""
    connection = duckdb.connect(config=_OPTIONS)
    _install(connection, ":memory:")
    return connection


def _install(connection: Connection, where: str) -> None:
    connection.execute(f"ATTACH {literal(where)} AS store; USE store")
    connection.begin()
    schema.install(connection, "schema.sql", "private.sql")
    connection.commit()


def _explain(path: Path, error: duckdb.Error) -> NoReturn:
    held = re.search(r"lock.*\(PID (\d+)\)", str(error))
    if held:
        raise _busy(path, held[1]) from None
    problem = str(error).splitlines()[0]
    raise WorkspaceError(Message("LCM-402", path.name, {"problem": problem})) from None


def _busy(path: Path, process: str) -> BusyError:
    return BusyError(Message("LCM-401", path.name, {"process": process or "?"}))
