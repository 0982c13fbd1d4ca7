"""What a reader gives up before it looks at a file that nobody vouches for. Nothing of it can be undone.

Everywhere: limits on memory, time and files; no file is written; nothing is printed; nothing is open but the
export and the way back; Python itself refuses sockets and processes. On Linux the kernel refuses them too,
whatever code runs: Landlock fences the files, seccomp the calls, and a network of its own holds nothing. Of
these each kernel does what it can: where one is missing, the others stay.
"""

import ctypes
import os
import resource
import sys
from collections.abc import Collection
from contextlib import suppress

from lcmonitor.exports import landlock, seccomp
from lcmonitor.exports.limits import Limits

_FILES = 32  # open at a time
_RESERVED = 3 << 29  # address space that Python and Arrow hold without using it
_CLONE_NEWUSER, _CLONE_NEWNET = 0x10000000, 0x40000000
_PR_SET_NO_NEW_PRIVS = 38
_CAPABILITIES_3 = 0x20080522  # the version of linux/capability.h: a header of two numbers, then six
_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system", "ctypes.dlopen")


def confine(limits: Limits, keep: Collection[int]) -> None:
    """Give up everything but computing, and the open files of ``keep``."""
    libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
    _close_all_but(keep)
    if libc:
        _leave_to_be_killed_first()
        libc.unshare(_CLONE_NEWUSER | _CLONE_NEWNET)  # a kernel may forbid it
        resource.setrlimit(resource.RLIMIT_AS, (limits.memory + _RESERVED,) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (limits.seconds, limits.seconds + 1))
    resource.setrlimit(resource.RLIMIT_NOFILE, (_FILES, _FILES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    if libc:
        _be_fenced(libc)
    sys.addaudithook(_refuse)


def _close_all_but(keep: Collection[int]) -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):
        os.dup2(nowhere, standard)
    start = 3
    for handle in (*sorted(keep), os.sysconf("SC_OPEN_MAX")):
        os.closerange(start, handle)
        start = handle + 1


def _leave_to_be_killed_first() -> None:
    """When memory runs out it is this process that goes, and no other."""
    with suppress(OSError), open("/proc/self/oom_score_adj", "wb", buffering=0) as score:
        score.write(b"1000")


def _be_fenced(libc: ctypes.CDLL) -> None:
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    libc.capset((ctypes.c_uint32 * 2)(_CAPABILITIES_3, 0), (ctypes.c_uint32 * 6)())
    landlock.restrict(libc)
    seccomp.restrict(libc)


def _refuse(event: str, _: object) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(f"a reader may not use {event}")
