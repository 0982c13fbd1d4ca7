"""What a reading costs the process that asked for it, and how it ended."""

import resource
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from lcmonitor.errors import ExportError, catalogue
from lcmonitor.exports import sandbox
from lcmonitor.exports.limits import Limits

ALLOWANCE = 100 << 20  # bytes that the parent may take beyond the table it receives
GRACE = 15  # seconds beyond the limit: a busy machine starts a process late


def peak(anew: bool = False) -> int:
    """The most memory that this process ever held, or has held since it was last asked ``anew``."""
    if sys.platform != "linux":
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if anew:
        Path("/proc/self/clear_refs").write_text("5")
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) << 10 for line in lines if line.startswith("VmHWM"))


@dataclass(frozen=True)
class Ended:
    """``code`` is of the refusal; '' if there is a table."""

    name: str
    code: str
    reason: str  # of LCM-120: what the reader did not foresee
    seconds: float
    table: int  # bytes of it


def ending(path: Path, limits: Limits) -> Ended:
    """How the reading of a file ends. Anything but a table or a refusal with a known code is raised."""
    start = time.perf_counter()
    try:
        table = sandbox.read(path, limits)
    except ExportError as error:
        (message,) = error.messages
        assert message.code in catalogue()
        assert all(message.as_json().values())
        reason = str(message.params.get("reason", ""))
        return Ended(path.name, message.code, reason, time.perf_counter() - start, 0)
    return Ended(path.name, "", "", time.perf_counter() - start, table.cells.nbytes + table.facts.nbytes)
