"""Alchemer, formerly SurveyGizmo: headings ``option:question``, and a status beside two times."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from lcmonitor.exports.grid import Grid
from lcmonitor.exports.headings import key, keys, words
from lcmonitor.exports.layout import Layout, columns_of, complete_where, position_of, role_of, token_in
from lcmonitor.exports.table import Column
from lcmonitor.wording import readable, without_markup

_TOOL = "alchemer"
_MARKS = ("started", "submitted", "status")
# The option may end in a colon itself; in a sentence, a web address or a time of day the colon parts nothing.
_COLON = re.compile(r":(?=[^\s:/\d])|(?<!\d):(?=\d)")


def layout(grid: Grid) -> Layout | None:
    """Time Started, Date Submitted and Status, which owners leave in even where they drop the ids."""
    headings = [readable(heading) for heading in grid.record(0)]
    started, submitted, status = (position_of(headings, keys(_TOOL, mark)) for mark in _MARKS)
    if started is None or submitted is None or status is None:
        return None
    return Layout(
        tool=_TOOL,
        variant="sheet" if grid.sheet else "csv",
        certainty="sure",
        header_rows=1,
        columns=tuple(_columns(headings, {started, submitted, status})),
        response_id=position_of(headings, keys(_TOOL, "response_id")),
        submitted=submitted,
        last_seen=(started,),
        token=token_in(headings),
        status_of=lambda cells: _status(cells, status),
    )


def _status(cells: pa.Table, position: int) -> pa.ChunkedArray:
    """Whoever was turned away is neither complete nor incomplete."""
    turned_away = complete_where(position, words(_TOOL)["disqualified"])(cells)
    found = complete_where(position, words(_TOOL)["complete"])(cells)
    return pc.if_else(pc.equal(turned_away, "complete"), "disqualified", found)


def _columns(headings: Sequence[str], always: set[int]) -> Iterator[Column]:
    """Names such as Country and Comments are the tool's own only where they stand before the questions."""
    own = keys(_TOOL, "meta") | keys(_TOOL, "personal")
    before = next((at for at, heading in enumerate(headings) if key(heading) not in own), len(headings))
    for column in columns_of(_TOOL, headings, _splitter(headings)):
        theirs = column.position < before or column.position in always
        yield column if theirs else replace(column, role=role_of(column.heading, frozenset()))


def _splitter(headings: Sequence[str]) -> Callable[[str], tuple[str, str]]:
    """Question and option of a heading: at the colon before what other columns ask too."""
    plain = [without_markup(heading) for heading in headings]
    questions = Counter(tail for heading in plain for tail in (heading, *_tails(heading)))

    def split(heading: str) -> tuple[str, str]:
        tail = max(_tails(heading), key=lambda tail: (questions[tail] > 1, len(tail)), default="")
        return (tail, heading.removesuffix(f":{tail}").removesuffix(":")) if tail else (heading, "")

    return split


def _tails(heading: str) -> list[str]:
    """What stands behind each colon that may part an option from its question."""
    return [heading[colon.end() :] for colon in _COLON.finditer(heading)]
