"""SurveyJS: JSON with an object per response, question names as keys; matrices and choices are nested."""

from lcmonitor.exports.grid import Grid, Path
from lcmonitor.exports.headings import keys, words
from lcmonitor.exports.layout import Layout, all_positions, complete_where, position_of, role_of, token_in
from lcmonitor.exports.table import Column

_TOOL = "surveyjs"


def layout(grid: Grid) -> Layout | None:
    """Nested records that no other tool knows as its own; nothing in them names SurveyJS."""
    if not grid.paths:
        return None
    headings = grid.record(0)
    completed = position_of(headings, keys(_TOOL, "completed"))
    return Layout(
        tool=_TOOL,
        variant="json",
        certainty="probable",
        header_rows=1,
        columns=tuple(
            _column(position, path, headings[position]) for position, path in enumerate(grid.paths)
        ),
        response_id=_first(headings, "response_id"),
        submitted=_first(headings, "submitted"),
        token=token_in(headings),
        status_of=None if completed is None else complete_where(completed, words(_TOOL)["complete"]),
    )


def _first(headings: tuple[str, ...], entry: str) -> int | None:
    return next(iter(all_positions(headings, words(_TOOL)[entry])), None)


def _column(position: int, path: Path, heading: str) -> Column:
    """The name is a code; the words of the question are in the questionnaire only."""
    own = frozenset[str]().union(
        *(keys(_TOOL, entry) for entry in ("response_id", "submitted", "completed", "meta"))
    )
    return Column(
        position=position,
        heading=heading,
        code=heading,
        text="",
        part=" / ".join(path[1:]),
        role=role_of(path[0], own, keys(_TOOL, "personal")),
        missing=frozenset(words(_TOOL)["missing"]),
    )
