"""What a reader might do once a file has taken it over. Each is handed to the sandbox in the reader's place.

Nothing in lcmonitor can name these: the process that reads is told what to run by whoever starts it.
"""

import ctypes
import json
import os
import resource
import signal
import socket
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from multiprocessing.connection import Connection
from typing import Self

import pyarrow as pa

from lcmonitor.exports import reading, sandbox, wire
from lcmonitor.exports.limits import Limits
from lcmonitor.exports.table import RawTable

_LIBC = ctypes.CDLL(None, use_errno=True)  # what native code would do: no audit hook sees it


class DoneError(Exception):
    """The attempt came through."""


def attempt(attempted: str, out: Connection, file: Connection, place: str, limits: Limits) -> None:
    """The real reader, in which one of ``ATTEMPTS`` stands where the parsing was."""

    def parse(name: str, data: bytes, limits: Limits = limits) -> RawTable:
        ATTEMPTS[attempted](data)
        raise DoneError

    reading.parse = parse
    sandbox.Job(sandbox._table, wire.unpacked).process(out, file, place, limits)


def _native(result: int) -> None:
    if result < 0:
        raise OSError(ctypes.get_errno(), "refused")


def _open_handles() -> list[int]:
    return [handle for handle in range(3, 1000) if _LIBC.fcntl(handle, 1) >= 0]


def _nothing_else_is_open(_: bytes) -> None:
    if len(_open_handles()) == 2:
        raise AssertionError("the export and the way back")


def _the_export_is_written(_: bytes) -> None:
    for handle in _open_handles():
        os.lseek(handle, 0, 0)
        os.write(handle, b"x")


def _is_remembered(_: bytes) -> None:
    before = hasattr(reading, "remembered")
    reading.remembered = True  # type: ignore[attr-defined]
    if not before:
        raise AssertionError("the first file")


def _fork_bomb(_: bytes) -> None:
    for _number in range(1000):
        _native(_LIBC.fork())


def _deaf_spin(_: bytes) -> None:
    signal.signal(signal.SIGXCPU, signal.SIG_IGN)
    _spin(b"")


def _spin(_: bytes) -> None:
    while True:
        pass


ATTEMPTS: Mapping[str, Callable[[bytes], object]] = {
    "connect": lambda _: socket.create_connection(("127.0.0.1", 9)),
    "connect natively": lambda _: _native(_LIBC.socket(2, 1, 0)),
    "run": lambda _: subprocess.run(["true"], check=False),
    "shell": lambda _: os.system("true"),
    "shell natively": lambda _: _native(_LIBC.execl(b"/bin/true", b"true", None)),
    "fork": lambda _: os.fork(),
    "fork bomb natively": _fork_bomb,
    "read what is named": lambda data: os.open(data, os.O_RDONLY),
    "read what is named natively": lambda data: _native(_LIBC.open(data, 0)),
    "list what is named": lambda data: os.listdir(data.decode()),
    "write where it is named": lambda data: os.open(data, os.O_WRONLY | os.O_CREAT),
    "write where it is named natively": lambda data: _native(_LIBC.open(data, os.O_WRONLY | os.O_CREAT)),
    "open to everybody": lambda data: os.chmod(data.decode(), 0o777),
    "remove": lambda data: os.unlink(data.decode()),
    "write the export": _the_export_is_written,
    "kill the parent": lambda _: os.kill(os.getppid(), 0),
    "kill the parent natively": lambda _: _native(_LIBC.kill(os.getppid(), 0)),
    "signals of a pipe to the parent": lambda _: _native(_LIBC.fcntl(_open_handles()[0], 8, os.getppid())),
    "look into the parent": lambda _: _native(_LIBC.ptrace(16, os.getppid(), None, None)),
    "limit the parent": lambda _: _native(_LIBC.prlimit(os.getppid(), 7, struct.pack("QQ", 0, 0), None)),
    "a higher limit": lambda _: resource.setrlimit(resource.RLIMIT_CPU, (3600, 3600)),
    "what is open": _nothing_else_is_open,
    "memory of an earlier file": _is_remembered,
    "memory": lambda _: bytearray(1 << 40),
    "memory bit by bit": lambda _: [bytes(1 << 20) + b"x" for _ in range(1 << 20)],
    "sleep": lambda _: time.sleep(60),
    "spin": _spin,
    "crash": lambda _: ctypes.string_at(0),
    "deaf to signals": _deaf_spin,
    "deep recursion": lambda _: json.loads("[" * 1_000_000),
    "leave": lambda _: sys.exit(),
}


def say(name: str, out: Connection, _: Connection, __: str, ___: Limits) -> None:
    """Not the reader at all: something that has the way back and says one of ``SPEECHES``."""
    with suppress(BrokenPipeError):
        SPEECHES[name](_Line(out.fileno()))
    os._exit(0)


class _Line:
    """The way back, and how a table is sent over it."""

    def __init__(self, handle: int) -> None:
        self.handle = handle

    def write(self, part: bytes) -> Self:
        rest = memoryview(part)
        while rest:
            rest = rest[os.write(self.handle, rest) :]
        return self

    def length(self, number: int) -> Self:
        return self.write(struct.pack("<q", number))

    def part(self, *parts: bytes) -> Self:
        for part in parts:
            self.length(len(part)).write(part)
        return self

    def json(self, **fields: object) -> Self:
        return self.part(json.dumps(fields).encode())

    def refusal(self, **message: object) -> Self:
        return self.json(refused=[message])

    def opening(self, **changes: object) -> Self:
        source = dict.fromkeys(("file", "sha256", "tool", "variant", "encoding", "delimiter"), "x")
        whole = {"source": source | {"certainty": "sure", "header_rows": 1}, "columns": 1, "rows": 8}
        return self.json(**whole | changes)

    def column(self, **changes: object) -> Self:
        return self.json(**{"position": 0, "heading": "T1", "code": "T1", "text": ""} | changes)

    def cells(self, offsets: bytes = bytes(36), text: bytes = b"", nulls: bytes = b"") -> Self:
        return self.part(nulls, offsets, text)

    def facts(self, row: int = 2, day: int = 0, status: bytes = b"complete") -> Self:
        ends = struct.pack("<9i", *(len(status) * n for n in range(9)))
        self.part(b"", struct.pack("<8i", *[row] * 8)).cells()
        self.part(b"", struct.pack("<8q", *[day] * 8)).cells(ends, status * 8)
        return self.cells().cells()

    def start(self) -> Self:
        return self.opening().column()


def _endless(line: _Line) -> None:
    while True:
        line.write(bytes(1 << 16))


def _endless_columns(line: _Line) -> None:
    line.opening(columns=100_000)
    for position in range(100_000):
        line.column(position=position, labels={"1": "x" * 1_000_000})


def _drip(line: _Line) -> None:
    while True:
        line.write(b"\0")
        time.sleep(0.5)


def _leave_a_child(_: _Line) -> None:
    if not os.fork():
        time.sleep(8)


def _closed(line: _Line) -> None:
    os.close(line.handle)
    time.sleep(60)


_BACKWARDS, _BELOW_ZERO = struct.pack("<9i", *range(8, -1, -1)), struct.pack("<9i", -8, *[0] * 8)
_ONE_LETTER_EACH, _THOUSANDS = struct.pack("<9i", *range(9)), struct.pack("<9i", *range(0, 9000, 1000))

SPEECHES: Mapping[str, Callable[[_Line], object]] = {
    "a table": lambda line: line.start().cells().facts(),
    "nothing": lambda line: line,
    "silence": lambda line: time.sleep(60),
    "silence behind a closed door": _closed,
    "half a length": lambda line: line.write(b"\1\2"),
    "a giant length": lambda line: line.length(1 << 62),
    "a length below zero": lambda line: line.length(-1),
    "zeros without end": _endless,
    "a long beginning": lambda line: _endless(line.length(1 << 31)),
    "less than it says": lambda line: line.length(100).write(b"{}"),
    "byte by byte": _drip,
    "a child that holds the line": _leave_a_child,
    "no words": lambda line: line.part(b""),
    "no JSON": lambda line: line.part(b"\xff\xfe"),
    "another JSON": lambda line: line.part(b"[]"),
    "deep JSON": lambda line: line.part(b"[" * 1_000_000),
    "wide JSON": lambda line: line.part(b"[" + b"{}," * 340_000 + b"{}]"),
    "an opening of nothing": lambda line: line.json(),
    "no rows": lambda line: line.opening(rows=0),
    "more rows than there can be": lambda line: line.opening(rows=1 << 60).column().cells().facts(),
    "columns without end": _endless_columns,
    "more columns than there can be": lambda line: line.opening(columns=1 << 40).column(),
    "a refusal nobody knows": lambda line: line.refusal(code="LCM-000"),
    "a refusal without its blanks": lambda line: line.refusal(code="LCM-113"),
    "a refusal that is no message": lambda line: line.refusal(code="LCM-113", params=[]),
    "a remark nobody knows": lambda line: line.opening(remarks=[{"code": "x"}]).column().cells().facts(),
    "a column elsewhere": lambda line: line.opening().column(position=7).cells().facts(),
    "a column of numbers": lambda line: line.opening().column(heading=7).cells().facts(),
    "a role nobody has": lambda line: line.opening().column(role="admin").cells().facts(),
    "labels that are none": lambda line: line.opening().column(labels={"1": ["x"]}).cells().facts(),
    "a larger text than it sends": lambda line: line.start().cells(_THOUSANDS, b"x").facts(),
    "texts that run backwards": lambda line: line.start().cells(_BACKWARDS, b"x" * 8).facts(),
    "texts before the beginning": lambda line: line.start().cells(_BELOW_ZERO, b"x" * 8).facts(),
    "offsets that are not there": lambda line: line.start().cells(b"", b"x" * 8).facts(),
    "no UTF-8": lambda line: line.start().cells(_ONE_LETTER_EACH, b"\xff" * 8).facts(),
    "too few bits": lambda line: line.opening(rows=100).column().cells(bytes(404), b"", b"\1").facts(),
    "row zero": lambda line: line.start().cells().facts(row=0),
    "a day after all days": lambda line: line.start().cells().facts(day=(1 << 63) - 1),
    "a status nobody has": lambda line: line.start().cells().facts(status=b"finished"),
    "a table and more": lambda line: _endless(line.start().cells().facts()),
}


def parts_of(table: RawTable) -> list[bytes]:
    """A table as it travels."""
    return [bytes(part) for part in wire.packed(table)]


def heard(parts: list[bytes], largest: int = 1 << 30) -> RawTable:
    """What is made of these parts, without a process."""
    rest = iter(parts)

    def receive(most: int) -> pa.Buffer:
        part = next(rest, None)
        if part is None or len(part) > most:
            raise ValueError("too short or too long")
        return pa.py_buffer(part)

    return wire.unpacked(receive, largest)
