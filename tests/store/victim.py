"""A process that forks, for each line it reads, another one that works until it is killed.

Usage: python -m tests.store.victim STORE SNAPSHOT. It says the process id of each, what that one has safely
done, and when it is dead. Forking takes milliseconds; starting Python and importing everything takes seconds.
"""

import os
import sys
from pathlib import Path

import pyarrow as pa

from lcmonitor.intake.responses import Responses
from lcmonitor.store.snapshot import snapshot
from lcmonitor.store.store import writing
from tests.store.drawn import entry, responses

ROWS = 500


def delivery(version: int) -> Responses:
    """Everybody answers with the number of the version."""
    one = responses("id N1\n0 1").rows
    rows = pa.concat_tables([one] * ROWS)
    rows = rows.set_column(1, "response_id", pa.array(map(str, range(ROWS))))
    answers = pa.array([float(version)] * ROWS)
    place = rows.column_names.index("N1")
    return Responses("rye", "participant", rows.set_column(place, "N1", answers))


def work(path: Path, target: Path) -> None:
    """Deliver one version after the other of the same responses, and publish each."""
    with writing(path) as store:
        _ = store.connection
        say("open")
        while True:
            version = len(store.receipts()) + 1
            store.merge(entry(str(version)), delivery(version))
            say("merged", version)
            snapshot(store, target, b"secret")
            say("published", version)


def say(*words: object) -> None:
    """In one write, so that a kill cannot cut it in two."""
    os.write(1, f"{' '.join(map(str, words))}\n".encode())


def main(path: Path, target: Path) -> None:
    """Fork a process for each line of input."""
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            say("started", os.getpid())
            work(path, target)
        os.waitpid(child, 0)
        say("dead")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:]))
