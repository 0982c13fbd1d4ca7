"""Read a file that nobody vouches for: in a limited process of its own."""

import ctypes
import multiprocessing
import os
import resource
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import ModuleType
from typing import Generic, TypeVar

from lcmonitor.errors import ExportError, Message
from lcmonitor.exports import reading, wire
from lcmonitor.exports.recognise import Recognition, recognition, refused
from lcmonitor.exports.table import RawTable

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload([__name__, "pandas"])  # pyarrow imports pandas at the first array it is given
_STARTING = threading.Lock()
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "ctypes.dlopen")
_PARTS = 3  # description, cells, facts


@dataclass(frozen=True)
class Limits:
    """What reading one file may cost."""

    memory: int = 4 << 30  # bytes of address space: a million rows of 44 columns need half of it
    seconds: int = 120
    files: int = 32


LIMITS = Limits()

Result = TypeVar("Result")
Work = Callable[[str, bytes], list[bytes]]  # a file's name and content -> the parts of an answer


@dataclass(frozen=True)
class Job(Generic[Result]):
    """What the limited process makes of a file, and how its answer is understood: as data, which cannot run.

    ``work`` and ``prepare`` are functions of a module: the process is told their names. ``prepare`` loads
    what ``work`` needs besides the file, before the process gives up its rights.
    """

    work: Work
    unpack: Callable[[list[bytes]], Result]
    prepare: Callable[[], object]


def prepare() -> None:
    """Start the process that all readers come from, which takes a moment; the first ``read`` would."""
    forkserver.ensure_running()


def read(path: Path, limits: Limits = LIMITS) -> RawTable:
    """Read an export in a limited process.

    Raises ExportError: whatever the reader refuses; LCM-119 it took too long; LCM-120 the process died.
    """
    return parse(path.name, path.read_bytes(), limits)


def parse(name: str, data: bytes, limits: Limits = LIMITS) -> RawTable:
    """As ``read``, from the bytes."""
    return run(Job(_table, wire.unpacked, prepare=_nothing), name, data, limits)


def run(job: Job[Result], name: str, data: bytes, limits: Limits = LIMITS) -> Result:
    """Do a job in a limited process. Raises ExportError: what the job refuses, LCM-119, LCM-120."""
    ours, theirs = _CONTEXT.Pipe()
    args = (theirs, job.work, job.prepare, name, limits)
    process = _CONTEXT.Process(target=_work, args=args, daemon=True)
    with _STARTING, _without_main():
        process.start()
    theirs.close()
    stopped = threading.Event()
    timer = threading.Timer(limits.seconds, _stop, (process, stopped))
    timer.start()
    try:
        ours.send_bytes(data)
        return job.unpack(list(_received(ours)))
    except (OSError, EOFError, ValueError, KeyError, TypeError):
        process.join(1)
        late = stopped.is_set() or process.exitcode == -signal.SIGXCPU
        took_long = Message("LCM-119", name, {"seconds": limits.seconds})
        raise ExportError(took_long if late else _died(name, "the process ended")) from None
    finally:
        timer.cancel()
        ours.close()
        process.kill()
        process.join()
        process.close()


def recognise(path: Path, limits: Limits = LIMITS) -> Recognition:
    """What wrote this file and what is in it; a refusal is part of the answer, not an exception."""
    data = path.read_bytes()
    try:
        return recognition(parse(path.name, data, limits))
    except ExportError as error:
        return refused(path.name, sha256(data).hexdigest(), error.messages[0])


def _stop(process: BaseProcess, stopped: threading.Event) -> None:
    stopped.set()
    with suppress(ValueError):  # it has just ended by itself
        process.kill()


def _died(name: str, reason: str) -> Message:
    return Message("LCM-120", name, {"reason": reason})


def _received(pipe: Connection) -> Iterator[bytes]:
    yield pipe.recv_bytes()
    with suppress(EOFError):  # a refusal is one part
        for _ in range(_PARTS - 1):
            yield pipe.recv_bytes()


@contextmanager
def _without_main() -> Iterator[None]:
    """Hide our main module for a moment: each child would import it again, whatever it is and costs."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _work(pipe: Connection, work: Work, prepare: Callable[[], object], name: str, limits: Limits) -> None:
    """The child: takes the bytes, gives up its rights, answers. It prints nothing: it has seen cells."""
    data = pipe.recv_bytes()
    prepare()
    _confine(limits)
    for part in _answer(work, name, data):
        pipe.send_bytes(part)
    pipe.close()


def _table(name: str, data: bytes) -> list[bytes]:
    return wire.packed(reading.parse(name, data))


def _nothing() -> None:
    """All that reading an export needs is loaded already."""


def _answer(work: Work, name: str, data: bytes) -> list[bytes]:
    try:
        return work(name, data)
    except ExportError as error:
        return wire.packed_error(error)
    except Exception as error:  # its text may hold a cell, so only its kind and place go out
        frame = traceback.extract_tb(error.__traceback__)[-1]
        reason = f"{type(error).__name__}, {Path(frame.filename).name} line {frame.lineno}"
        return wire.packed_error(ExportError(_died(name, reason)))


def _confine(limits: Limits) -> None:
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    if (
        sys.platform == "linux"
    ):  # elsewhere there is neither; a kernel may forbid the first: then it stays away
        ctypes.CDLL(None).unshare(_CLONE_NEWUSER | _CLONE_NEWNET)  # a network of its own, with nothing in it
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 1))
    resource.setrlimit(resource.RLIMIT_NOFILE, (limits.files, limits.files))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    sys.addaudithook(_refuse)


def _refuse(event: str, _: object) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(f"a reader may not use {event}")
