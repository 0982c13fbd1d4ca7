"""A plain table whose headings are item codes or questions, from whatever program."""

import re
from collections.abc import Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from lcmonitor.exports.grid import Grid
from lcmonitor.exports.headings import key, keys, question_and_part, words
from lcmonitor.exports.layout import Layout, role_of, token_in
from lcmonitor.exports.table import Column
from lcmonitor.wording import readable, without_markup

_CODE = re.compile(r"^[A-Za-z][\w.\-/\[\]]*$")
_STATUSES = ("incomplete", "test")  # the words for each are listed
_OWN = ("response_id", "submitted", "status", "meta")


def layout(grid: Grid) -> Layout | None:
    """Fits every table that holds responses.

    Raises ExportError for the tables that are known to hold none: LCM-109, LCM-111, LCM-112, LCM-133,
    LCM-151.
    """
    headings = [readable(heading) for heading in grid.record(0)]
    for rule in words("not_responses"):
        if _headed(rule, headings) or _fits(rule.get("sheets"), grid.sheets):
            raise grid.refused(rule["code"], tool=rule["tool"])
    status = _where(headings, "status")
    return Layout(
        tool="generic",
        variant="sheet" if grid.sheet else "csv",
        certainty="unknown",
        header_rows=1,
        columns=tuple(_column(position, heading) for position, heading in enumerate(headings)),
        response_id=_where(headings, "response_id"),
        submitted=_where(headings, "submitted"),
        last_seen=_all(headings, "last_seen"),
        token=token_in(headings),
        status_of=None if status is None else lambda cells: _status(cells[str(status)]),
    )


def _headed(rule: Mapping[str, Any], headings: list[str]) -> bool:
    start = rule.get("starting", "")
    return _fits(rule.get("headings"), headings) and any(heading.startswith(start) for heading in headings)


def _fits(listed: list[str] | None, found: list[str] | tuple[str, ...]) -> bool:
    return listed is not None and set(listed) <= set(found)


def _where(headings: list[str], entry: str) -> int | None:
    """The column of the first of the listed names that is there."""
    return next(iter(_all(headings, entry)), None)


def _all(headings: list[str], entry: str) -> tuple[int, ...]:
    """The columns of the listed names, in the order of the list."""
    names = [key(heading) for heading in headings]
    return tuple(names.index(key(name)) for name in words("generic")[entry] if key(name) in names)


def _column(position: int, heading: str) -> Column:
    own = frozenset[str]().union(*(keys("generic", entry) for entry in _OWN))
    is_code = _CODE.match(heading) is not None
    text, part = ("", "") if is_code else question_and_part(without_markup(heading))
    return Column(position, heading, heading if is_code else "", text, part, role_of(heading, own))


def _status(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """What the table says in one of the listed words; anything else counts as complete."""
    said = pc.utf8_lower(pc.utf8_trim_whitespace(pc.fill_null(column, "")))
    found: pa.ChunkedArray | str = "complete"
    for status in _STATUSES:
        found = pc.if_else(pc.is_in(said, pa.array(words("generic")["statuses"][status])), status, found)
    return found
