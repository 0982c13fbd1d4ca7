"""A process that forks, for each line it reads, another one that runs the pipeline until it is killed.

Usage: python -m tests.crash_victim WARM_UP TODAY. It takes in and computes once in workspace WARM_UP, so that
what is forked finds the libraries ready. A line is then ``ROOT TODAY STEPS KILL``: the process is killed just
before the KILL-th change that the steps make to the workspace; 0: never. The answer: the changes made.
"""

import json
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from lcmonitor import pipeline, reporting
from lcmonitor.inbox import find_uploads
from lcmonitor.intake.delivery import Delivery, Examined
from lcmonitor.intake.examine import examine
from lcmonitor.programme.load import Setup, load_workspace
from lcmonitor.programme.secret import secret
from lcmonitor.store import deliveries, file
from tests.exports import trusted

_MADE_OR_MOVED = {"os.rename", "os.mkdir", "os.rmdir", "os.remove", "os.link"}
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Killer:
    """Counts the changes to a workspace, and kills the process before one of them."""

    def __init__(self, root: Path, kill: int, told: int) -> None:
        self.root, self.kill, self.told = str(root), kill, told
        self.changes = 0

    def watch(self) -> None:
        """Files by Python's audit events; what DuckDB commits by the calls just before and just after it."""
        sys.addaudithook(self._audit)
        for module, function in ((deliveries, "log"), (file, "make_private")):
            setattr(module, function, self._told_first(getattr(module, function), function))

    def change(self, what: str) -> None:
        self.changes += 1
        if self.changes == self.kill:
            os.kill(os.getpid(), signal.SIGKILL)
        os.write(self.told, f"{what}\n".encode())

    def _audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        path = str(arguments[0]) if arguments else ""
        if not path.startswith(self.root) or path.endswith(".lock"):
            return
        is_change = event in _MADE_OR_MOVED and os.path.exists(path) != (event == "os.mkdir")
        if is_change or (event == "open" and self._is_writing(*arguments[1:])):
            self.change(f"{event} {path.removeprefix(self.root)}")

    def _is_writing(self, mode: str | None, flags: int) -> bool:
        return bool(set(mode or "") & set("wax+")) or (mode is None and bool(flags & _WRITING))

    def _told_first(self, function: Callable[..., Any], name: str) -> Callable[..., Any]:
        def told_first(*arguments: Any) -> Any:
            self.change(name)
            return function(*arguments)

        return told_first


def work(root: Path, today: date, steps: str) -> None:
    """The steps of a run, without Prefect around them."""
    if "ingest" in steps:
        pipeline.ingest(root)
    if "report" in steps:
        table = pipeline.compute(root)
        pipeline.publish(root, table, pipeline.release(root, table, today))


def answers() -> Iterator[list[str]]:
    """What changed, for each line of input."""
    for line in sys.stdin:
        root, today, steps, kill = line.split()
        if "ingest" in steps:
            look_ahead(Path(root))
        ours, theirs = os.pipe()
        child = os.fork()
        if child == 0:
            signal.alarm(60)
            Killer(Path(root), int(kill), theirs).watch()
            work(Path(root), date.fromisoformat(today), steps)
            os._exit(0)
        os.close(theirs)
        with os.fdopen(ours) as told:
            changes = told.read().splitlines()
        _, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        assert killed or status == 0, f"the run failed: {line}"
        yield changes


_EXAMINED: dict[tuple[str, str, bytes], Examined] = {}


def remembered(deliveries: Iterable[Delivery], setup: Setup, key: bytes) -> list[Examined]:
    """As ``examine``, which takes long, writes nothing, and gives the same for the same file."""
    named = [((one.table.source.sha256, one.community.id, key), one) for one in deliveries]
    fresh = {name: one for name, one in named if name not in _EXAMINED}
    if fresh:
        _EXAMINED.update(zip(fresh, examine(list(fresh.values()), setup, key), strict=True))
    return [_EXAMINED[name] for name, _ in named]


def look_ahead(root: Path) -> None:
    """Examine what lies in the inbox, so that each process that is forked knows it already."""
    setup = load_workspace(root)
    if setup.workspace.secret_file.exists():
        pipeline._examined(setup, find_uploads(setup.workspace.inbox), secret(setup.workspace))


def warm_up(root: Path, today: date) -> None:
    """Everything but the pages: the charts' engine has threads that no fork survives."""
    work(root, today, "ingest")
    table = pipeline.compute(root)
    reporting.plan(pipeline.release(root, table, today), load_workspace(root))


if __name__ == "__main__":
    # The sandbox reads in a process of its own, which writes nothing: here it would only take time.
    setattr(pipeline, "sandbox", trusted)  # noqa: B010 -- mypy knows what it is
    setattr(pipeline, "examine", remembered)  # noqa: B010
    warm_up(Path(sys.argv[1]), date.fromisoformat(sys.argv[2]))
    for changes in answers():
        sys.stdout.write(f"{json.dumps(changes)}\n")
        sys.stdout.flush()
