"""Starts of the command line, as a user's shell sees them."""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.bench.measurement import Measurement, best_of

LCMONITOR = Path(sys.executable).with_name("lcmonitor")


def _seconds(*arguments: str) -> float:
    return best_of(5, lambda: subprocess.run([LCMONITOR, *arguments], check=True, capture_output=True))


def measure() -> Iterator[Measurement]:
    """--help, and status of a new workspace; the floor is Python's own start."""
    floor = best_of(5, lambda: subprocess.run([sys.executable, "-c", "pass"], check=True))
    yield Measurement("lcmonitor --help", _seconds("--help"), 0.3, note=f"(python alone {floor:.2f} s)")
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([LCMONITOR, "init", folder], check=True, capture_output=True)
        yield Measurement("lcmonitor status", _seconds("status", "--workspace", folder), 1.5)
