"""Exports read in the process of the test: faster than the sandbox, and its failures can be followed."""

from pathlib import Path

from lcmonitor.exports.limits import LIMITS, Limits
from lcmonitor.exports.reading import parse
from lcmonitor.exports.table import RawTable


def read(path: Path, limits: Limits = LIMITS) -> RawTable:
    """The table, as the sandbox would give it."""
    return parse(path.name, path.read_bytes(), limits)
