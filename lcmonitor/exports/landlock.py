"""A fence around files (Linux, Landlock): nothing is written, and only Python's own folders are read."""

import ctypes
import os
import struct
import sysconfig
from collections.abc import Iterator
from pathlib import Path

# The same numbers on every machine (asm-generic/unistd.h).
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ASK_VERSION, _PATH_BENEATH = 1, 1
_READ = 1 << 2 | 1 << 3  # LANDLOCK_ACCESS_FS_READ_FILE, READ_DIR
# Kinds of file access that each version of Landlock can fence; TCP from 4 on, signals and sockets from 6.
_FILE_ACCESS = {1: 13, 2: 14, 3: 15, 4: 15}
_ALL_FILE_ACCESS = 16
_TCP, _SCOPES = 0b11, 0b11
_SYSTEM = ("/lib", "/lib64", "/usr/lib", "/usr/lib64")  # where libraries load the rest of themselves from


def restrict(libc: ctypes.CDLL) -> bool:
    """Fence this process in for good; whether the kernel did it. Needs PR_SET_NO_NEW_PRIVS."""
    version = _call(libc, _CREATE_RULESET, None, 0, _ASK_VERSION)
    if version < 1:
        return False
    fenced = _fenced(version)
    rules = _call(libc, _CREATE_RULESET, fenced, len(fenced), 0)
    if rules < 0:
        return False
    for folder in _readable():
        handle = os.open(folder, os.O_PATH | os.O_CLOEXEC)
        _call(libc, _ADD_RULE, rules, _PATH_BENEATH, struct.pack("=Qi", _READ, handle), 0)
        os.close(handle)
    done = _call(libc, _RESTRICT_SELF, rules, 0)
    os.close(rules)
    return done == 0


def _fenced(version: int) -> bytes:
    files = (1 << _FILE_ACCESS.get(version, _ALL_FILE_ACCESS)) - 1
    known = 1 if version < 4 else 2 if version < 6 else 3
    return struct.pack(f"={known}Q", *(files, _TCP, _SCOPES)[:known])


def _readable() -> Iterator[str]:
    ours = sysconfig.get_paths()
    folders = {ours["stdlib"], ours["platstdlib"], ours["purelib"], ours["platlib"], *_SYSTEM}
    yield from filter(os.path.isdir, sorted({*folders, str(Path(__file__).parents[1])}))


def _call(libc: ctypes.CDLL, number: int, *arguments: bytes | int | None) -> int:
    whole = (ctypes.c_long(one) if isinstance(one, int) else one for one in arguments)
    return int(libc.syscall(ctypes.c_long(number), *whole))
