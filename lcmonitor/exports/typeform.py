"""Typeform: a column per choice (classic) or per question (newer), the times in UTC at the end."""

from collections.abc import Sequence
from dataclasses import replace

from lcmonitor.exports.grid import Grid
from lcmonitor.exports.headings import key, keys, words
from lcmonitor.exports.layout import (
    Layout,
    StatusOf,
    all_positions,
    columns_of,
    complete_where,
    position_of,
    sent_where,
    token_in,
)
from lcmonitor.wording import readable

_TOOL = "typeform"
_ID = "#"


def layout(grid: Grid) -> Layout | None:
    """``#`` first or the network id last, beside a time of submission that says UTC."""
    headings = [readable(heading) for heading in grid.record(0)]
    submitted = position_of(headings, keys(_TOOL, "submitted"))
    numbered = headings[:1] == [_ID]
    if submitted is None or not (
        numbered or {key(heading) for heading in headings} & keys(_TOOL, "personal")
    ):
        return None
    return Layout(
        tool=_TOOL,
        variant="with partial responses" if _status_at(headings) is not None else "classic",
        certainty="sure",
        header_rows=1,
        columns=tuple(
            replace(column, role="meta") if column.heading == _ID and not column.position else column
            for column in columns_of(_TOOL, headings)
        ),
        response_id=0 if numbered else None,
        submitted=submitted,
        last_seen=all_positions(headings, words(_TOOL)["last_seen"]),
        token=token_in(headings),
        status_of=_status(headings, submitted),
    )


def _status_at(headings: Sequence[str]) -> int | None:
    return position_of(headings, keys(_TOOL, "status"))


def _status(headings: Sequence[str], submitted: int) -> StatusOf:
    """Older exports hold no response type: there what was sent has a date."""
    said = _status_at(headings)
    return sent_where(submitted) if said is None else complete_where(said, words(_TOOL)["complete"])
