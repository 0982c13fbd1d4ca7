"""What people and spreadsheets put among the answers: totals, notes, merged cells, made-up dates."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from lcmonitor.errors import Message
from lcmonitor.exports.grid import Grid
from lcmonitor.exports.headings import key, keys
from lcmonitor.exports.layout import Layout, filled

_LAST = 3  # rows at the end in which totals are looked for
_ROWS_NAMED = 5
_DAY = r"^\d{4}-\d{2}-\d{2}(?: 00:00:00)?$"

_COMPARED = 50  # rows of one moment

Cells = tuple[str | None, ...]
Mask = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.int64]


def some(rows: Sequence[object] | Rows) -> str:
    """The first of these row numbers or headings."""
    more = ", …" if len(rows) > _ROWS_NAMED else ""
    return ", ".join(str(row) for row in rows[:_ROWS_NAMED]) + more


def totals(body: pa.Table, kept: Mask, layout: Layout) -> Mask:
    """Which of the last rows say that they are totals: no time, and no id but that word."""
    found = np.zeros_like(kept)
    for row in np.flatnonzero(kept)[-_LAST:]:
        cells = [(column[int(row)].as_py() or "").strip() for column in body.columns]
        first = next(position for position, cell in enumerate(cells) if cell)
        facts = {layout.submitted, layout.response_id} - {None, first}
        named = key(cells[first]) in keys("generic", "totals")
        found[row] = named and not any(cells[at or 0] for at in facts)
    return found


def merged_rows(grid: Grid, rows: Rows) -> Rows:
    """The rows of responses over which cells were merged."""
    touched = [(rows >= first) & (rows <= last) for first, last in grid.merged]
    return rows[np.logical_or.reduce(touched)] if touched else rows[:0]


def remarks(grid: Grid, layout: Layout, body: pa.Table, rows: Rows, status: pa.Array) -> Iterator[Message]:
    """What a person should look at before these rows and cells count."""
    yield from _without_id(grid, layout, body, rows, status)
    if layout.response_id is None and layout.submitted is not None:
        copies = rows[_copies(body, body[str(layout.submitted)])]
        if len(copies):
            yield Message("LCM-193", grid.name, {"count": len(copies), "rows": some(copies)})
    for column in layout.columns if grid.sheet else ():
        if column.role == "question":
            dated = _dated(body[str(column.position)])
            if dated.any():
                params = {"column": column.heading, "count": int(dated.sum()), "rows": some(rows[dated])}
                yield Message("LCM-179", grid.name, params)


def _without_id(
    grid: Grid, layout: Layout, body: pa.Table, rows: Rows, status: pa.Array
) -> Iterator[Message]:
    """Responses without the id that others have; if the tool gives none, complete ones without the time."""
    position = layout.submitted if layout.response_id is None else layout.response_id
    if position is None:
        return
    others = layout.submitted_else if layout.response_id is None else layout.response_id_else
    empty = ~np.logical_or.reduce([filled(body[str(one)]) for one in (position, *others)])
    lost = empty if layout.response_id is not None else empty & np.asarray(pc.equal(status, "complete"))
    if lost.any() and not empty.all():
        heading = layout.columns[position].heading
        params = {"column": heading, "count": int(lost.sum()), "rows": some(rows[lost])}
        yield Message("LCM-176", grid.name, params)


def _copies(body: pa.Table, moments: pa.ChunkedArray) -> Rows:
    """Where rows stand that say what an earlier one of the same moment says, to the minute at least."""
    timed = np.asarray(pc.match_substring(pc.fill_null(moments, ""), ":"))
    which = np.asarray(pc.fill_null(moments, "").combine_chunks().dictionary_encode().indices)
    shared = np.flatnonzero(timed & (np.bincount(which)[which] > 1))
    earlier: dict[int, list[Cells]] = defaultdict(list)
    copies = []
    for row, cells in zip(shared, _cells_of(body.take(shared)), strict=True):
        others = earlier[which[row]]
        copies += [row] if any(_say_the_same(cells, other) for other in others[:_COMPARED]) else []
        others.append(cells)
    return np.array(copies, np.int64)


def _say_the_same(row: Cells, other: Cells) -> bool:
    """In every cell that both have filled."""
    return all(one == two or not one or not two for one, two in zip(row, other, strict=True))


def _cells_of(rows: pa.Table) -> Iterator[Cells]:
    return zip(*(column.to_pylist() for column in rows.columns), strict=True)


def _dated(column: pa.ChunkedArray) -> Mask:
    """Days among answers of another kind: a column of days is a question about a day."""
    days = np.asarray(pc.match_substring_regex(pc.fill_null(column, ""), _DAY))
    return days if days.sum() * 2 < np.asarray(filled(column)).sum() else np.zeros_like(days)
