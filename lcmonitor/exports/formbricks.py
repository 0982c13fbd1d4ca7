"""Formbricks: numbered questions, the rows of a matrix and the ids of options beside them."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import takewhile

from lcmonitor.exports.grid import Grid
from lcmonitor.exports.headings import keys, words
from lcmonitor.exports.layout import Layout, columns_of, complete_where, position_of, token_in
from lcmonitor.exports.table import Column
from lcmonitor.wording import readable, without_markup

_TOOL = "formbricks"
_NUMBERED = re.compile(r"^(?P<number>\d+)\. (?P<text>.*)$")
_ROW = " - "


def layout(grid: Grid) -> Layout | None:
    """Response ID, Timestamp, Finished and Survey ID, each under exactly that name."""
    headings = [readable(heading) for heading in grid.record(0)]
    entries = ("response_id", "submitted", "status", "survey")
    found = [position_of(headings, keys(_TOOL, entry)) for entry in entries]
    if None in found:
        return None
    response_id, submitted, status, _ = found
    columns = columns_of(_TOOL, headings, _splitter(headings))
    return Layout(
        tool=_TOOL,
        variant="sheet" if grid.sheet else "csv",
        certainty="sure",
        header_rows=1,
        columns=tuple(map(_by_pattern, columns)),
        response_id=response_id,
        submitted=submitted,
        token=token_in(headings),
        status_of=complete_where(status or 0, words(_TOOL)["complete"]),
    )


def _by_pattern(column: Column) -> Column:
    """What Formbricks knows of a person and of a browser has names of every kind."""
    if any(re.search(pattern, column.heading) for pattern in words(_TOOL)["personal_patterns"]):
        return replace(column, role="personal")
    technical = any(re.search(pattern, column.heading) for pattern in words(_TOOL)["meta_patterns"])
    return replace(column, role="meta") if technical and column.role == "question" else column


def _splitter(headings: Sequence[str]) -> Callable[[str], tuple[str, str]]:
    """A number that several columns share is a matrix: what they have in common is its question."""
    rows: dict[str, list[str]] = defaultdict(list)
    for heading in map(without_markup, headings):
        found = _NUMBERED.match(heading)
        if found and not any(re.search(pattern, heading) for pattern in words(_TOOL)["meta_patterns"]):
            rows[found["number"]].append(found["text"])
    stems = {number: _stem(texts) for number, texts in rows.items() if len(texts) > 1}

    def split(heading: str) -> tuple[str, str]:
        found = _NUMBERED.match(heading)
        if not found:
            return heading, ""
        stem = stems.get(found["number"], "")
        return (stem, found["text"].removeprefix(stem + _ROW)) if stem else (found["text"], "")

    return split


def _stem(texts: Iterable[str]) -> str:
    """What these have in common before the rows of the matrix begin to differ."""
    pieces = zip(*(text.split(_ROW) for text in texts), strict=False)
    return _ROW.join(same[0] for same in takewhile(lambda each: len(set(each)) == 1, pieces))
