"""Findings with their place: file and column in front, row numbers in the sentence, all rows beside it."""

from collections.abc import Iterable
from dataclasses import dataclass

from lcmonitor.errors import Message
from lcmonitor.exports.table import Column
from lcmonitor.intake.receipt import Finding, Severity

SPELLED_OUT = 20


@dataclass(frozen=True)
class Place:
    """Where in an export something was noticed."""

    file: str
    column: Column | None = None
    item: str | None = None
    rows: tuple[int, ...] = ()

    def __str__(self) -> str:
        return f"{self.file}, “{self.column.heading}”" if self.column else self.file


def finding(code: str, severity: Severity, place: Place, **params: object) -> Finding:
    """A finding of the catalogue; its text may use ``{rows}`` and ``{count}`` beside ``params``."""
    count = len(place.rows)
    filled = {"rows": spelled(place.rows), "count": count, "item": place.item} | params
    heading = place.column.heading if place.column else None
    return Finding(Message(code, str(place), filled), severity, heading, place.item, place.rows, count)


def spelled(names: Iterable[object]) -> str:
    """``3, 5, 8``; a long list ends in ``… (1204)``, which reads the same in every language."""
    each = list(names)
    first = ", ".join(map(str, each[:SPELLED_OUT]))
    return first if len(each) <= SPELLED_OUT else f"{first}, … ({len(each)})"
