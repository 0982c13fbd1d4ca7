"""From a grid and what its tool's reader says about it to the RawTable."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from lcmonitor.errors import Message
from lcmonitor.exports import doubtful, persons
from lcmonitor.exports.cell_errors import like_errors, of_errors
from lcmonitor.exports.grid import Grid
from lcmonitor.exports.layout import Layout, filled
from lcmonitor.exports.moments import Sent, read_moments
from lcmonitor.exports.table import ROW_FACTS, Column, RawTable, Source, letters

_RUINED_ID = r"^\d(?:[.,]\d+)?[eE]\+\d+$"
_URN = "^uuid:"  # one column of a tool has it before the same id, another has not


def assemble(grid: Grid, layout: Layout, sha256: str) -> RawTable:
    """Raises ExportError: LCM-102 no responses, LCM-116 rounded response ids, LCM-178 merged cells."""
    first_row = grid.first_row + layout.header_rows
    whole = body = grid.body(layout.header_rows)
    kept = ~_blank(body)
    totals = doubtful.totals(body, kept, layout)
    kept &= ~totals
    if not kept.any():
        raise grid.refused("LCM-102", tool=layout.tool)
    rows = np.flatnonzero(kept) + first_row
    if len(merged := doubtful.merged_rows(grid, rows)):
        raise grid.refused("LCM-178", rows=doubtful.some(merged))
    body = body if kept.all() else body.filter(pa.array(kept))
    body = layout.plain(body) if layout.plain else body
    status = layout.status_of(body) if layout.status_of else pa.array(["complete"] * len(rows), pa.string())
    sent = read_moments(layout, body, np.asarray(pc.equal(status, "incomplete")))
    facts = _facts(grid, layout, body, rows, sent.moments, status)
    body = body if layout.tells_not_shown else _filled(body)
    noticed = tuple(_remarks_of(grid, layout, body))
    body = layout.cells_of(body) if layout.cells_of else body
    columns = tuple(_settled(column, body) for column in layout.columns)
    cells = body.select([str(column.position) for column in columns if column.role != "personal"])
    return RawTable(
        source=_source(grid, layout, sha256),
        columns=columns,
        cells=cells,
        facts=facts,
        remarks=(
            *grid.remarks,
            *_remarks(grid, layout, sent),
            *_passed_over(grid, np.flatnonzero(totals) + first_row),
            *_errors("LCM-134", grid, columns, of_errors(whole, grid.errors, first_row), first_row),
            *_errors("LCM-137", grid, columns, like_errors(whole), first_row),
            *doubtful.remarks(grid, layout, body, rows, status),
            *noticed,
        ),
    )


def _blank(body: pa.Table) -> npt.NDArray[np.bool_]:
    """Rows without any content; most files show in their first column that they have none."""
    blank = np.ones(body.num_rows, bool)
    for column in body.columns:
        if not blank.any():
            break
        blank &= ~np.asarray(filled(column))
    return blank


def _filled(body: pa.Table) -> pa.Table:
    return pa.table([pc.fill_null(column, "") for column in body.columns], names=body.column_names)


def _facts(
    grid: Grid,
    layout: Layout,
    body: pa.Table,
    rows: npt.NDArray[np.int64],
    moments: pa.Array,
    status: pa.Array | pa.ChunkedArray,
) -> pa.Table:
    columns = [
        pa.array(rows, pa.int32()),
        _ids(grid, layout, body, rows),
        moments,
        status,
        _named(body, layout.token),
        _named(body, layout.event),
    ]
    return pa.table(columns, schema=ROW_FACTS)


def _named(body: pa.Table, position: int | None) -> pa.ChunkedArray | pa.Array:
    """A column trimmed, null where it is empty; all null where there is none."""
    if position is None:
        return pa.nulls(body.num_rows, pa.string())
    trimmed = pc.utf8_trim_whitespace(body[str(position)])
    return pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.string()), trimmed)


def _ids(
    grid: Grid, layout: Layout, body: pa.Table, rows: npt.NDArray[np.int64]
) -> pa.ChunkedArray | pa.Array:
    ids = _named(body, layout.response_id)
    ruined = np.asarray(pc.fill_null(pc.match_substring_regex(ids, _RUINED_ID), False))
    if ruined.any():
        at = rows[ruined]
        heading = layout.columns[layout.response_id or 0].heading
        raise grid.refused("LCM-116", column=heading, count=len(at), rows=doubtful.some(at))
    if others := [_named(body, position) for position in layout.response_id_else]:
        ids = pc.replace_substring_regex(pc.coalesce(ids, *others), _URN, "")
    if not layout.id_parts:
        return ids
    parts = [pc.utf8_trim_whitespace(body[str(position)]) for position in layout.id_parts]
    joined = pc.binary_join_element_wise(ids, *parts, "+", null_handling="replace")
    return pc.if_else(ids.is_null(), ids, pc.utf8_rtrim(joined, "+"))


def _settled(column: Column, body: pa.Table) -> Column:
    """Name a column without heading by its letter; empty or in first place it is no question.

    A part of a question in which people wrote who they are is personal, whatever the tool.
    """
    if column.heading:
        personal = column.role == "question" and persons.writes_a_person(column, body[str(column.position)])
        return replace(column, role="personal") if personal else column
    empty = not pc.any(pc.not_equal(pc.fill_null(body[str(column.position)], ""), "")).as_py()
    numbering = column.position == 0  # the row names of R and pandas
    role = "meta" if column.role == "question" and (empty or numbering) else column.role
    return replace(column, heading=f"[{letters(column.position)}]", role=role)


def _source(grid: Grid, layout: Layout, sha256: str) -> Source:
    return Source(
        file=grid.name,
        sha256=sha256,
        tool=layout.tool,
        variant=layout.variant,
        certainty=layout.certainty,
        encoding=grid.encoding,
        delimiter=grid.delimiter,
        header_rows=layout.header_rows,
    )


def _passed_over(grid: Grid, totals: npt.NDArray[np.int64]) -> list[Message]:
    return [Message("LCM-177", grid.name, {"rows": doubtful.some(totals)})] if len(totals) else []


def _remarks(grid: Grid, layout: Layout, sent: Sent) -> list[Message]:
    return [
        Message(code, grid.name, {"column": layout.columns[position].heading, "count": count})
        for position, read in sent.read.items()
        for code, count in (
            ("LCM-121", read.undecided),
            ("LCM-124", read.unread),
            ("LCM-145", sent.late[position]),
        )
        if count
    ]


def _errors(
    code: str, grid: Grid, columns: Sequence[Column], found: Mapping[int, npt.NDArray[np.bool_]], first: int
) -> list[Message]:
    if not found:
        return []
    rows = np.flatnonzero(np.logical_or.reduce(list(found.values()))) + first
    headings = doubtful.some([columns[position].heading for position in sorted(found)])
    count = sum(int(mask.sum()) for mask in found.values())
    return [Message(code, grid.name, {"columns": headings, "count": count, "rows": doubtful.some(rows)})]


def _remarks_of(grid: Grid, layout: Layout, body: pa.Table) -> list[Message]:
    found = layout.remarks_of(body) if layout.remarks_of else ()
    return [Message(code, grid.name, params) for code, params in found]
