"""Read a file that nobody vouches for: in a process of its own, which can do nothing but read it."""

import fcntl
import os
import select
import signal
import struct
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from hashlib import file_digest
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Generic, TypeVar

import pyarrow as pa

from lcmonitor.errors import ExportError, Message
from lcmonitor.exports import reading, wire
from lcmonitor.exports.confine import confine
from lcmonitor.exports.limits import LIMITS, Limits
from lcmonitor.exports.recognise import Recognition, recognition, refused
from lcmonitor.exports.table import RawTable
from lcmonitor.processes import CONTEXT, starting

# Each file has a fork of its own: none is ever read where another was read before.
CONTEXT.set_forkserver_preload([__name__, "lcmonitor.exports.warm"])
_LENGTH = struct.Struct("<Q")
_MEGABYTE = 1 << 20

Result = TypeVar("Result")
Work = Callable[[str, bytes, Limits], Iterable[wire.Part]]  # a file's name and content -> an answer
Process = Callable[[Connection, Connection, str, Limits], None]  # way out, file, its name


def _nothing() -> None:
    """All that reading an export needs is loaded already."""


@dataclass(frozen=True)
class Job(Generic[Result]):
    """What the limited process makes of a file, and how its answer is understood: as data, which cannot run.

    ``work`` and ``prepare`` are functions of a module: the process is told their names. ``prepare`` loads
    what ``work`` needs besides the file, before the process gives up its rights. ``unpack`` takes a way to
    receive the answer's parts and the most bytes that it may be.
    """

    work: Work
    unpack: Callable[[wire.Receive, int], Result]
    prepare: Callable[[], object] = _nothing

    @property
    def process(self) -> Process:
        """What the new process runs."""
        return partial(_work, self.work, self.prepare)


def prepare() -> None:
    """Start the process that all readers come from, which takes a moment; the first ``read`` would."""
    forkserver.ensure_running()


def read(path: Path, limits: Limits = LIMITS) -> RawTable:
    """Read an export in a limited process.

    Raises ExportError: whatever the reader refuses; LCM-119 it took too long; LCM-120 the process died;
    LCM-190 the file itself is larger than the reader's memory; LCM-191 that memory was not enough.
    """
    return _read(path, limits, Job(_table, wire.unpacked).process)


def run(job: Job[Result], path: Path, limits: Limits = LIMITS) -> Result:
    """Do a job in a limited process. Raises ExportError: what the job refuses, and what ``read`` raises."""
    with _opened(path, limits) as file:
        return _answer(job.process, job.unpack, file, path.name, limits)


def recognise(path: Path, limits: Limits = LIMITS) -> Recognition:
    """What wrote this file and what is in it; a refusal is part of the answer, not an exception."""
    try:
        return recognition(read(path, limits))
    except ExportError as error:
        with path.open("rb") as file:
            return refused(path.name, _sha256(file.fileno()), error.messages[0])


def _read(path: Path, limits: Limits, process: Process) -> RawTable:
    with _opened(path, limits) as file:
        answer = _answer(process, wire.unpacked, file, path.name, limits)
        sha256 = _sha256(file.fileno())
    # What identifies a file is not left to the reader to say.
    return replace(answer, source=replace(answer.source, file=path.name, sha256=sha256))


@contextmanager
def _opened(path: Path, limits: Limits) -> Iterator[Connection]:
    if (size := path.stat().st_size) > limits.memory:
        sizes = {"found": size // _MEGABYTE, "megabytes": limits.memory // _MEGABYTE}
        raise ExportError(Message("LCM-190", path.name, sizes))
    # A connection is how a file travels to another process; nobody writes into this one.
    with closing(Connection(os.open(path, os.O_RDONLY), writable=False)) as file:
        yield file


def _sha256(handle: int) -> str:
    os.lseek(handle, 0, os.SEEK_SET)
    with open(handle, "rb", closefd=False) as file:
        return file_digest(file, "sha256").hexdigest()


def _answer(
    target: Process,
    unpack: Callable[[wire.Receive, int], Result],
    file: Connection,
    name: str,
    limits: Limits,
) -> Result:
    """What a new process says of the file, within the time limit, whatever it says."""
    ours, theirs = CONTEXT.Pipe(duplex=False)
    process = CONTEXT.Process(target=target, args=(theirs, file, name, limits), daemon=True)
    with starting():
        process.start()
    theirs.close()
    _widen(ours.fileno())
    try:
        line = _Line(ours.fileno(), time.monotonic() + limits.seconds, limits.memory)
        return unpack(line.receive, limits.memory)
    except TimeoutError:
        raise ExportError(_late(name, limits)) from None
    except EOFError:
        process.join(1)
        late = process.exitcode == -signal.SIGXCPU
        raise ExportError(_late(name, limits) if late else _died(name, "the process ended")) from None
    except ValueError:
        raise ExportError(_died(name, "its answer makes no sense")) from None
    finally:
        ours.close()
        _end(process)


def _widen(pipe: int) -> None:
    """Where a pipe can hold more than the usual 64 kB, a large table comes in fewer pieces."""
    with suppress(AttributeError, OSError):
        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _MEGABYTE)


def _end(process: BaseProcess) -> None:
    process.kill()
    process.join()
    process.close()


@dataclass
class _Line:
    """Our end of the pipe: it is believed in nothing, and heard no longer and no further than agreed."""

    handle: int
    deadline: float
    budget: int  # bytes that may still come

    def receive(self, most: int) -> pa.Buffer:
        """The next part. Raises TimeoutError, EOFError, or ValueError for one longer than ``most``."""
        (length,) = _LENGTH.unpack(self._read(_LENGTH.size))
        if length > min(most, self.budget):
            raise ValueError("more than was asked for")
        self.budget -= length
        return self._read(length)

    def _read(self, length: int) -> pa.Buffer:
        part = pa.allocate_buffer(length)
        rest = memoryview(part)
        while rest:
            self._wait()
            count = os.readv(self.handle, [rest])
            if not count:
                raise EOFError
            rest = rest[count:]
        return part

    def _wait(self) -> None:
        left = self.deadline - time.monotonic()
        poll = select.poll()
        poll.register(self.handle, select.POLLIN)
        if left <= 0 or not poll.poll(1000 * left):
            raise TimeoutError


def _late(name: str, limits: Limits) -> Message:
    return Message("LCM-119", name, {"seconds": limits.seconds})


def _died(name: str, reason: str) -> Message:
    return Message("LCM-120", name, {"reason": reason})


def _work(
    work: Work,
    prepare: Callable[[], object],
    out: Connection,
    file: Connection,
    name: str,
    limits: Limits,
) -> None:
    """The child: gives up its rights, reads, answers. It prints nothing: it has seen cells."""
    prepare()
    confine(limits, keep=(out.fileno(), file.fileno()))
    for part in _parts(work, file.fileno(), name, limits):
        _send(out.fileno(), _LENGTH.pack(len(part)))
        _send(out.fileno(), part)
    os._exit(0)


def _send(handle: int, part: wire.Part) -> None:
    rest = memoryview(part)
    while rest:
        rest = rest[os.write(handle, rest) :]


def _table(name: str, data: bytes, limits: Limits) -> Iterable[wire.Part]:
    return wire.packed(reading.parse(name, data, limits))


def _parts(work: Work, file: int, name: str, limits: Limits) -> Iterable[wire.Part]:
    """The answer or a refusal. Nothing is sent before the whole file has been read."""
    try:
        with open(file, "rb", closefd=False) as stream:
            return work(name, stream.read(), limits)
    except ExportError as error:
        return wire.packed_error(error)
    except MemoryError:
        return wire.packed_error(ExportError(_too_large(name, limits)))
    except Exception as error:  # its text may hold a cell, so only its kind and place go out
        frame = traceback.extract_tb(error.__traceback__)[-1]
        reason = f"{type(error).__name__}, {Path(frame.filename).name} line {frame.lineno}"
        return wire.packed_error(ExportError(_died(name, reason)))


def _too_large(name: str, limits: Limits) -> Message:
    return Message("LCM-191", name, {"megabytes": limits.memory // _MEGABYTE})
