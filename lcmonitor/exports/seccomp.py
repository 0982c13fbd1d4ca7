"""A filter of system calls (Linux, seccomp): ``syscalls.yml`` says what may be asked of the kernel."""

import ctypes
import errno
import os
import struct
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

# Column of the table, and how the kernel names the machine (linux/audit.h).
_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}
_LOAD, _RETURN = 0x20, 0x06  # linux/bpf_common.h: BPF_LD|W|ABS, BPF_RET|K
_EQUAL, _ANY_BIT = 0x15, 0x45  # BPF_JMP|JEQ|K, BPF_JMP|JSET|K
_AT_NUMBER, _AT_MACHINE, _AT_ARGUMENTS = 0, 4, 16  # where they stand in struct seccomp_data
_KILL, _NO_SUCH_CALL, _ALLOW = 0x80000000, 0x00050000 | errno.ENOSYS, 0x7FFF0000
_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 22, 2

Step = tuple[int, int, int, int]  # code, jump if true, jump if false, value


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_char_p))


def restrict(libc: ctypes.CDLL) -> bool:
    """Filter the calls of this process for good; whether the kernel did it. Needs PR_SET_NO_NEW_PRIVS."""
    steps = program(os.uname().machine)
    packed = b"".join(struct.pack("=HBBI", *step) for step in steps)
    filtered = _Program(len(steps), packed)
    done = steps and libc.prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(filtered), 0, 0) == 0
    return bool(done)


@cache
def program(machine: str) -> tuple[Step, ...]:
    """The filter for a machine; () where its numbers are not known."""
    if machine not in _MACHINES:
        return ()
    column, name = _MACHINES[machine]
    calls = yaml.load(Path(__file__).with_name("syscalls.yml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    free = (numbers[column] for numbers in calls["free"].values() if numbers[column] is not None)
    return (
        (_LOAD, 0, 0, _AT_MACHINE),
        *_unless(name, _KILL),
        (_LOAD, 0, 0, _AT_NUMBER),
        *(step for number in free for step in _if(_EQUAL, number)),
        *(step for guard in calls["guarded"].values() for step in _guarded(guard, column)),
        (_RETURN, 0, 0, _NO_SUCH_CALL),
    )


def _guarded(guard: Mapping[str, Any], column: int) -> Iterator[Step]:
    """Allowed by the low half of an argument, which is all that these calls look at."""
    values = [step for value in guard.get("values", ()) for step in _if(_EQUAL, value)]
    bits = [step for mask in [guard.get("bits")] if mask for step in _if(_ANY_BIT, mask)]
    argument = (_LOAD, 0, 0, _AT_ARGUMENTS + 8 * guard["argument"])
    inside = [argument, *values, *bits, (_RETURN, 0, 0, _NO_SUCH_CALL)]
    yield _EQUAL, 0, len(inside), guard["numbers"][column]
    yield from inside


def _if(test: int, value: int) -> tuple[Step, ...]:
    return (test, 0, 1, value), (_RETURN, 0, 0, _ALLOW)


def _unless(value: int, verdict: int) -> tuple[Step, ...]:
    return (_EQUAL, 1, 0, value), (_RETURN, 0, 0, verdict)
