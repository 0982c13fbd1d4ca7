"""Tally: a column per question, and one per option of a multiple choice: ``Question (Option)``."""

from collections.abc import Callable, Sequence

from lcmonitor.exports.grid import Grid
from lcmonitor.exports.headings import keys, question_and_part
from lcmonitor.exports.layout import Layout, columns_of, position_of, token_in
from lcmonitor.wording import readable, without_markup

_TOOL = "tally"


def layout(grid: Grid) -> Layout | None:
    """Submission and respondent each with an id, beside the time of submission."""
    headings = [readable(heading) for heading in grid.record(0)]
    marks = [position_of(headings, keys(_TOOL, mark)) for mark in ("response_id", "respondent", "submitted")]
    if None in marks:
        return None
    return Layout(
        tool=_TOOL,
        variant="sheet" if grid.sheet else "csv",
        certainty="sure",
        header_rows=1,
        columns=columns_of(_TOOL, headings, _splitter(headings)),
        response_id=marks[0],
        submitted=marks[2],
        token=token_in(headings),
    )


def _splitter(headings: Sequence[str]) -> Callable[[str], tuple[str, str]]:
    """An option stands in brackets behind the longest question that has a column of its own."""
    questions = {without_markup(heading) for heading in headings}

    def split(heading: str) -> tuple[str, str]:
        ends = [at for at in range(len(heading)) if heading.startswith(" (", at) and heading.endswith(")")]
        for at in reversed(ends):
            if heading[:at] in questions:
                return heading[:at], heading[at + 2 : -1]
        return question_and_part(heading)

    return split
