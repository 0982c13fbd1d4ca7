"""The simulated programme from exports to reports, as a newcomer starts it."""

import os
import resource
import shlex
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.measurement import Measurement

CHECKOUT = Path(__file__).parents[2]
LCMONITOR = Path(sys.executable).with_name("lcmonitor")


def measure() -> Iterator[Measurement]:
    """The demo alone, Prefect's start included; then from a clone, with what pip and uv have in their caches.

    The clone is of what is committed. Processor seconds beside it tell a slow run from a busy machine.
    """
    with tempfile.TemporaryDirectory() as folder:
        yield _measured("lcmonitor demo", 60, [str(LCMONITOR), "demo", "demo"], Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        script = f"git clone --quiet {shlex.quote(str(CHECKOUT))} clone && make --silent -C clone demo"
        yield _measured("fresh clone to demo reports", 150, ["sh", "-c", script], Path(folder))


def _measured(what: str, bound: float, command: list[str], folder: Path) -> Measurement:
    processor, start = _processor(), time.perf_counter()
    ended = subprocess.run(
        command, cwd=folder, env=_environment(), capture_output=True, text=True, check=False
    )
    seconds = time.perf_counter() - start
    if ended.returncode or not list(folder.glob("**/drafts/index.html")):
        sys.exit(f"{what} did not end well:\n{ended.stderr}")
    return Measurement(what, seconds, bound, note=f"({_processor() - processor:.0f} s of processor)")


def _processor() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _environment() -> dict[str, str]:
    """As in a new shell: neither this virtual environment nor settings of ours or of Prefect."""
    ours = ("LCMONITOR_", "PREFECT_", "VIRTUAL_ENV", "PYTHONPATH", "MAKE", "MFLAGS")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}
