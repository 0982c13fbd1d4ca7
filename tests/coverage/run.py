"""``make coverage``: measures the intervals in full and writes the tables to tests/reference/RESULTS.md."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from tests.coverage import measure
from tests.coverage.measure import ENOUGH, SELDOM, Cell, Share

RESULTS = Path(__file__).parents[1] / "reference" / "RESULTS.md"
SAMPLES = 10_000
SOME_IN_BOTH = ((5, 6, 6), (5, 20, 10), (10, 11, 25), (10, 30, 30), (15, 16, 16))
TITLE = "## Coverage of intervals"


def main() -> None:
    """Replaces the section on coverage; other sections stay."""
    sections = (
        RESULTS.read_text().split("\n## ") if RESULTS.exists() else ["# Results of the long measurements\n"]
    )
    others = [section for section in sections[1:] if not section.startswith(TITLE.removeprefix("## "))]
    written = [sections[0].rstrip("\n"), *(f"\n## {section.strip()}" for section in others), "", *_report()]
    RESULTS.write_text("\n".join(written).rstrip() + "\n")


def _report() -> Iterator[str]:
    people, pairs = range(6, 61, 2), (5, 7, 10, 15, 20, 30, 50)
    groups = ((5, 5), (10, 10), (10, 30), (20, 20), (30, 10), (50, 50))
    yield f"{TITLE}\n"
    yield f"`make coverage`, {datetime.now(UTC).date()}; {SAMPLES:,} samples a cell. Of samples that have an"
    yield "interval: how many of these hold the true value, at 95 %. “Lowest” is over cells in which at least"
    yield f"{SELDOM:.0%} of the samples have one. “Textbook” is t (means, matched changes) or Welch.\n"
    yield from _shares(list(measure.shares(range(6, 61))))
    yield from _table("Mean of one answer, 1–5", measure.means_on_scale(people, SAMPLES, 1, 1))
    yield from _table("Mean of a score of three answers", measure.means_on_scale(people, SAMPLES, 3, 2))
    yield from _table("Mean part of a whole (balance), 0–1", measure.parts_of_a_whole(people, SAMPLES, 3))
    for items, what in ((1, "one answer"), (3, "a score of three answers")):
        matched = measure.matched_changes(pairs, SAMPLES // 2, items, 4)
        yield from _table(f"Matched change of {what}, from a distribution to any", _by_first(matched))
        unmatched = measure.unmatched_changes(groups, SAMPLES // 2, items, 5)
        yield from _table(f"Unmatched change of {what}, from a distribution to any", _by_first(unmatched))
        some = measure.overlapping_changes(SOME_IN_BOTH, SAMPLES // 2, items, 6)
        yield from _table(f"Change of {what} where some are in both waves", _by_first(some))


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


def _table(title: str, cells: Sequence[Cell]) -> Iterator[str]:
    yield f"### {title}\n"
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
