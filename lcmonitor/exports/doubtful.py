"""What people and spreadsheets put among the answers: totals, notes, merged cells, made-up dates."""

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
    for column in layout.columns if grid.sheet else ():
        if column.role == "question":
            dated = _dated(body[str(column.position)])
            if dated.any():
                params = {"column": column.heading, "count": int(dated.sum()), "rows": some(rows[dated])}
                yield Message("LCM-179", grid.name, params)


def _without_id(
    grid: Grid, layout: Layout, body: pa.Table, rows: Rows, status: pa.Array
) -> Iterator[Message]:
    """Complete responses without the id, or else the time, that others have."""
    position = layout.submitted if layout.response_id is None else layout.response_id
    if position is None:
        return
    others = layout.submitted_else if layout.response_id is None else layout.response_id_else
    empty = ~np.logical_or.reduce([filled(body[str(one)]) for one in (position, *others)])
    lost = empty & np.asarray(pc.equal(status, "complete"))
    if lost.any() and not empty.all():
        heading = layout.columns[position].heading
        params = {"column": heading, "count": int(lost.sum()), "rows": some(rows[lost])}
        yield Message("LCM-176", grid.name, params)


def _dated(column: pa.ChunkedArray) -> Mask:
    """Days among answers of another kind: a column of days is a question about a day."""
    days = np.asarray(pc.match_substring_regex(pc.fill_null(column, ""), _DAY))
    return days if days.sum() * 2 < np.asarray(filled(column)).sum() else np.zeros_like(days)
