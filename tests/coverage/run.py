"""``make coverage``: measures the intervals in full.

The tables go to tests/reference/RESULTS.md, one line of each to the methods page (reports/methods).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from lcmonitor import resources
from tests.coverage import measure
from tests.coverage.measure import ENOUGH, SELDOM, Cell, Share

RESULTS = Path(__file__).parents[1] / "reference" / "RESULTS.md"
SAMPLES = 10_000
SOME_IN_BOTH = ((5, 6, 6), (5, 20, 10), (10, 11, 25), (10, 30, 30), (15, 16, 16))
TITLE = "## Coverage of intervals"
SUMMARY = resources.REPORTS / "methods" / "coverage.yml"
_WHY = (
    "# Written by `make coverage`: how often intervals hold the true value, a line a table of RESULTS.md.\n"
)


@dataclass(frozen=True)
class Measured:
    """One table: its name on the methods page, its title, what was found with how many samples a cell."""

    kind: str
    title: str
    samples: int
    cells: Sequence[Cell]


def main() -> None:
    """Replaces the section on coverage; other sections stay."""
    shares, tables = list(measure.shares(range(6, 61))), list(_measured())
    today = datetime.now(UTC).date()
    _write(str(today), shares, tables)
    lines = {"measured": str(today), "intervals": [_share_line(shares), *map(summary, tables)]}
    SUMMARY.write_text(_WHY + yaml.safe_dump(lines, sort_keys=False))


def _write(today: str, shares: Sequence[Share], tables: Sequence[Measured]) -> None:
    sections = (
        RESULTS.read_text().split("\n## ") if RESULTS.exists() else ["# Results of the long measurements\n"]
    )
    others = [section for section in sections[1:] if not section.startswith(TITLE.removeprefix("## "))]
    report = [*_introduction(today), *_shares(shares), *(row for each in tables for row in _table(each))]
    written = [sections[0].rstrip("\n"), *(f"\n## {section.strip()}" for section in others), "", *report]
    RESULTS.write_text("\n".join(written).rstrip() + "\n")


def _introduction(today: str) -> Iterator[str]:
    yield f"{TITLE}\n"
    yield f"`make coverage`, {today}; {SAMPLES:,} samples a cell, of changes {SAMPLES // 2:,}. Of samples"
    yield "that have an interval: how many of these hold the true value, at 95 %. “Lowest” is over cells in"
    yield f"which at least {SELDOM:.0%} of the samples have one. “Textbook” is t (means, matched changes) or"
    yield "Welch.\n"


def _measured() -> Iterator[Measured]:
    people, pairs = range(6, 61, 2), (5, 7, 10, 15, 20, 30, 50)
    groups, half = ((5, 5), (10, 10), (10, 30), (20, 20), (30, 10), (50, 50)), SAMPLES // 2
    one = measure.means_on_scale(people, SAMPLES, 1, 1)
    yield Measured("mean_of_one", "Mean of one answer, 1–5", SAMPLES, one)
    three = measure.means_on_scale(people, SAMPLES, 3, 2)
    yield Measured("mean_of_three", "Mean of a score of three answers", SAMPLES, three)
    parts = measure.parts_of_a_whole(people, SAMPLES, 3)
    yield Measured("parts", "Mean part of a whole (balance), 0–1", SAMPLES, parts)
    for items, of, what in ((1, "of_one", "one answer"), (3, "of_three", "a score of three answers")):
        matched = _by_first(measure.matched_changes(pairs, half, items, 4))
        yield Measured(
            f"matched_{of}", f"Matched change of {what}, from a distribution to any", half, matched
        )
        unmatched = _by_first(measure.unmatched_changes(groups, half, items, 5))
        title = f"Unmatched change of {what}, from a distribution to any"
        yield Measured(f"unmatched_{of}", title, half, unmatched)
        some = _by_first(measure.overlapping_changes(SOME_IN_BOTH, half, items, 6))
        yield Measured(f"overlapping_{of}", f"Change of {what} where some are in both waves", half, some)


def _share_line(found: Sequence[Share]) -> dict[str, Any]:
    least = min(one.covered for one in found)
    return {"kind": "share", "samples": 0, "cells": len(found), "lowest": _rounded(least), "below": 0}


def summary(table: Measured) -> dict[str, Any]:
    """A table in one line; ``below`` counts cells under ENOUGH, ``shown`` how often there is an interval."""
    told = [cell for cell in table.cells if cell.shown >= SELDOM]
    return {
        "kind": table.kind,
        "samples": table.samples,
        "cells": len(told),
        "lowest": _rounded(min(cell.covered for cell in told)),
        "below": sum(cell.covered < ENOUGH for cell in told),
        "textbook": _rounded(np.nanmin([cell.textbook for cell in told])),
        "shown": _rounded(np.mean([cell.shown for cell in table.cells])),
    }


def _rounded(share: float | np.floating[Any]) -> float:
    return round(float(share), 4)


def _shares(found: Sequence[Share]) -> Iterator[str]:
    yield "### Share, exact; by enumeration of every N, n and K\n"
    yield "| N | sizes of N and n | lowest | at n, K |\n|---|---|---|---|"
    for first in range(6, 61, 11):
        rows = [one for one in found if first <= one.population < first + 11]
        least = min(rows, key=lambda one: one.covered)
        sizes, at = len(rows), f"N = {least.population}, n = {least.n}, K = {least.agreeing}"
        yield f"| {first}–{min(first + 10, 60)} | {sizes} | {least.covered:.2%} | {at} |"
    yield ""


def _by_first(cells: Sequence[Cell]) -> list[Cell]:
    return [
        Cell(c.about.partition(" → ")[0], f"to {c.about.partition(' → ')[2]}, {c.size}", *_numbers(c))
        for c in cells
    ]


def _numbers(cell: Cell) -> tuple[float, float, float, float, float]:
    return cell.shown, cell.covered, cell.textbook, cell.width, cell.textbook_width


_COLUMNS = (
    "distribution", "lowest", "at", "mean", "below 93 %", "textbook lowest", "textbook mean",
    "has an interval", "width : textbook",
)  # fmt: skip


def _table(table: Measured) -> Iterator[str]:
    cells = table.cells
    yield f"### {table.title}\n"
    yield f"| {' | '.join(_COLUMNS)} |"
    yield "|" + "---|" * len(_COLUMNS)
    for about in dict.fromkeys(cell.about for cell in cells):
        yield f"| {about} | {' | '.join(_row([cell for cell in cells if cell.about == about]))} |"
    yield ""


def _row(cells: Sequence[Cell]) -> Iterator[str]:
    told = [cell for cell in cells if cell.shown >= SELDOM]
    if not told:
        yield from ["–"] * 6 + [f"{np.mean([cell.shown for cell in cells]):.0%}", "–"]
        return
    least = min(told, key=lambda cell: cell.covered)
    yield f"{least.covered:.1%}"
    yield least.size
    yield f"{np.mean([cell.covered for cell in told]):.1%}"
    yield f"{sum(cell.covered < ENOUGH for cell in told)} of {len(told)}"
    yield f"{np.nanmin([cell.textbook for cell in told]):.1%}"
    yield f"{np.nanmean([cell.textbook for cell in told]):.1%}"
    yield f"{np.mean([cell.shown for cell in cells]):.0%}"
    yield f"{np.nanmean([cell.width / cell.textbook_width for cell in told]):.2f}"


if __name__ == "__main__":
    main()
