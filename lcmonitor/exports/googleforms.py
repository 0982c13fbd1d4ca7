"""Google Forms: the response sheet, as CSV or as a workbook. It gives no response ids."""

import re

from lcmonitor.exports.grid import Grid
from lcmonitor.exports.headings import key, keys, question_and_part, words
from lcmonitor.exports.layout import Layout, role_of, token_in
from lcmonitor.exports.table import Certainty, Column
from lcmonitor.wording import readable, without_markup

_TOOL = "googleforms"
_DATED = re.compile(r"^\s*\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[ T,]+\d|$)")  # midnight in a workbook is a day


def layout(grid: Grid) -> Layout | None:
    """A first column of timestamps: a weak mark, so only the sheet's own name makes it sure."""
    headings = [readable(heading) for heading in grid.record(0)]
    if not headings or key(headings[0]) not in keys(_TOOL, "timestamp") or not _stamped(grid):
        return None
    named = grid.sheet.startswith(tuple(words(_TOOL)["sheet"]))
    certainty: Certainty = "sure" if named else "probable"
    return Layout(
        tool=_TOOL,
        variant="sheet" if grid.sheet else "csv",
        certainty=certainty,
        header_rows=1,
        columns=tuple(_column(position, heading) for position, heading in enumerate(headings)),
        submitted=0,
        token=token_in(headings),
    )


def _stamped(grid: Grid) -> bool:
    """Most rows: people write notes and totals below. No row yet is fine: the file is refused for that."""
    first = [record[0] for record in grid.head[1:] if record and record[0].strip()]
    return not first or sum(bool(_DATED.match(cell)) for cell in first) * 2 > len(first)


def _column(position: int, heading: str) -> Column:
    text, part = question_and_part(without_markup(heading))
    meta = keys(_TOOL, "meta") | keys(_TOOL, "timestamp")
    return Column(position, heading, "", text, part, role_of(heading, meta, keys(_TOOL, "personal")))
