"""Tables in which one respondent has several rows, laid beside the table in which each has one.

The rows of a repeat become columns ``group[1]/question``, ``group[2]/question``, …: one respondent stays one
row, and the columns are the same whichever export the tool was asked for.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from lcmonitor.errors import Message
from lcmonitor.exports.grid import HEAD, Grid

MAX_COLUMNS = 2000  # that repeats may add: more rounds than that are no questionnaire
MAX_CELLS = 50_000_000

Rounds = tuple[int, ...]  # which round it is, and of which round of the repeat around it: the outer one first
NOBODY = -1


@dataclass(frozen=True)
class Repeat:
    """A repeat table of which every row was placed. ``owners``: the row in the main table, or NOBODY."""

    name: str
    cells: tuple[pa.ChunkedArray, ...]
    heading: Callable[[int, Rounds], str]  # of one of the cells' columns in one round
    owners: Sequence[int]
    rounds: Sequence[Rounds]

    @property
    def order(self) -> tuple[int, str]:
        """The outer repeats first, whatever order the file has them in."""
        return max(map(len, self.rounds), default=0), self.name


def joined(
    grids: list[Grid],
    is_main: Callable[[Grid], bool],
    is_repeat: Callable[[Grid], bool],
    beside: Callable[[Grid, list[Grid]], Grid],
) -> list[Grid]:
    """The repeats laid ``beside`` the one table of submissions; with several of those nothing is joined."""
    repeats = [grid for grid in grids if is_repeat(grid)]
    others = [grid for grid in grids if not is_repeat(grid)]
    mains = [grid for grid in others if is_main(grid)]
    if not repeats or not mains:
        return grids
    if len(mains) > 1:
        return others
    wide = beside(mains[0], repeats)
    return [wide if grid is mains[0] else grid for grid in others]


def widened(main: Grid, body: pa.Table, header_rows: int, repeats: Sequence[Repeat]) -> Grid:
    """The main table with the repeats beside it; what does not fit and what belongs to nobody is remarked."""
    names = list(main.record(0))
    cells = list(body.columns)
    remarks = list(main.remarks)
    for repeat in sorted(repeats, key=lambda one: one.order):
        remarks += _ownerless(main, repeat)
        placed = zip(repeat.owners, repeat.rounds, strict=True)
        rounds = sorted({one for owner, one in placed if owner != NOBODY})
        added = len(rounds) * len(repeat.cells)
        room = min(MAX_COLUMNS, MAX_CELLS // max(1, body.num_rows)) - (len(cells) - body.num_columns)
        if added > room:
            remarks.append(_too_wide(main, repeat, rounds, added))
            continue
        for one, column, at in _columns(repeat, rounds, body.num_rows):
            names.append(repeat.heading(at, one))
            cells.append(column)
    table = pa.table(cells, names=[str(position) for position in range(len(cells))])
    above = (tuple(names), *(main.record(row) for row in range(1, header_rows)))
    head = (*above, *_first_rows(table, HEAD - header_rows))
    return replace(main, head=head, body=lambda _: table, remarks=tuple(remarks))


def _columns(
    repeat: Repeat, rounds: Sequence[Rounds], rows: int
) -> Iterator[tuple[Rounds, pa.ChunkedArray, int]]:
    """Round by round, each column with a cell per respondent; null where there was no such round."""
    of_round: dict[Rounds, list[tuple[int, int]]] = {one: [] for one in rounds}
    for row, (owner, one) in enumerate(zip(repeat.owners, repeat.rounds, strict=True)):
        if owner != NOBODY:
            of_round[one].append((owner, row))
    for one in rounds:
        taken = np.full(rows, NOBODY)
        owners, here = np.array(of_round[one]).T
        taken[owners] = here
        indices = pa.array(taken, mask=taken == NOBODY)
        for at, column in enumerate(repeat.cells):
            yield one, column.take(indices), at


def _first_rows(table: pa.Table, count: int) -> Iterator[tuple[str, ...]]:
    columns = [column.to_pylist() for column in table.slice(0, count).columns]
    return (tuple(cell or "" for cell in row) for row in zip(*columns, strict=True))


def _ownerless(main: Grid, repeat: Repeat) -> list[Message]:
    count = sum(owner == NOBODY for owner in repeat.owners)
    params = {"table": repeat.name, "count": count, "total": len(repeat.owners)}
    return [Message("LCM-142", main.name, params)] if count else []


def _too_wide(main: Grid, repeat: Repeat, rounds: Sequence[Rounds], added: int) -> Message:
    params = {"table": repeat.name, "rounds": len(rounds), "columns": added, "limit": MAX_COLUMNS}
    return Message("LCM-143", main.name, params)
