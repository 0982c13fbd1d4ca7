"""SurveyMonkey: the question above its options; also with extra rows, stripped ids, merged headings."""

import functools
import re
from collections.abc import Iterator, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from lcmonitor.exports.dates import Order
from lcmonitor.exports.grid import Grid
from lcmonitor.exports.headings import key, keys, words
from lcmonitor.exports.layout import Layout, all_positions, filled, position_of, role_of, token_in
from lcmonitor.exports.table import Certainty, Column
from lcmonitor.wording import readable, without_markup

_TOOL = "surveymonkey"
_ROWS_ABOVE = 3  # owners put question numbers above the headings
_BLANK_SHARE = 0.25
# What stands below the first four of its own columns, whatever the language of their headings.
_SHAPES = [re.compile(shape) for shape in (r"\d{9,13}", r"\d{6,12}", *[r"\d{1,2}/\d{1,2}/\d{4} \d.*"] * 2)]
_ID, _END = 0, 3


def layout(grid: Grid) -> Layout | None:
    """Raises ExportError LCM-108: a summary, which holds no respondents."""
    if _is_summary(grid):
        raise grid.refused("LCM-108", tool=_TOOL)
    for index in range(_ROWS_ABOVE):
        names = {key(cell) for cell in grid.record(index)}
        if names & keys(_TOOL, "response_id") and names & keys(_TOOL, "collector"):
            if _respondent_below(grid, index):
                return _laid_out(grid, index, index + 1, "one heading row", "sure")
            return _laid_out(grid, index, index + 2, "two heading rows", "sure")
        if block := _block(grid, index):
            return _laid_out(grid, index, index + 2, "two heading rows", "probable", block)
    if _options_below(grid):
        return _laid_out(grid, 0, 2, "without ids", "probable")
    return None


def _is_summary(grid: Grid) -> bool:
    if grid.sheets and all(map(_is_summary_sheet, grid.sheets)):
        return True
    firsts = [record[0].strip() for record in grid.head if record]
    return len(set(words(_TOOL)["summary"]) & set(firsts)) >= 2


def _is_summary_sheet(name: str) -> bool:
    word, _, number = name.partition(" ")
    return word in words(_TOOL)["summary_sheet"] and number.isdecimal()


def _block(grid: Grid, index: int) -> int:
    """How many columns of its own come first, in a language whose words are not listed; 0 if they do not.

    Nothing stands in the second row below them, and ids and American moments below that.
    """
    above, below, respondent = (grid.record(index + row) for row in range(3))
    width = next((at for at, cell in enumerate(below) if cell.strip()), 0)
    if width < len(_SHAPES) or not all(above[:width]):
        return 0
    return width if all(map(re.Pattern.fullmatch, _SHAPES, respondent)) else 0


def _respondent_below(grid: Grid, index: int) -> bool:
    """Something stands below the id: the owner merged or deleted the row with the options."""
    record, below = grid.record(index), grid.record(index + 1)
    at = position_of(record, keys(_TOOL, "response_id"))
    return at is not None and at < len(below) and bool(below[at].strip())


def _options_below(grid: Grid) -> bool:
    above, below = grid.record(0), grid.record(1)
    marks = sum(cell.strip() in words(_TOOL)["recognised_by"] for cell in below)
    return marks >= 2 and above.count("") >= _BLANK_SHARE * len(above)


def _laid_out(
    grid: Grid, index: int, header_rows: int, variant: str, certainty: Certainty, block: int = 0
) -> Layout:
    """``block``: how many columns are the tool's own by their place alone."""
    columns = tuple(_columns(grid, index, header_rows, block))
    headings = [column.heading for column in columns]
    questions = [str(column.position) for column in columns if column.role == "question"]
    return Layout(
        tool=_TOOL,
        variant=variant,
        certainty=certainty,
        header_rows=header_rows,
        columns=columns,
        response_id=_ID if block else position_of(headings, keys(_TOOL, "response_id")),
        submitted=_END if block else next(iter(all_positions(headings, words(_TOOL)["submitted"])), None),
        date_order=Order.MONTH_FIRST,
        token=token_in(headings),
        status_of=lambda cells: _status(cells, questions),
    )


def _status(cells: pa.Table, questions: Sequence[str]) -> pa.ChunkedArray:
    """There is no word for it in the export; who answered nothing at all only opened the survey."""
    answered = functools.reduce(
        pc.or_, (filled(cells[each]) for each in questions), pa.array([False] * cells.num_rows)
    )
    return pc.if_else(answered, "complete", "incomplete")


def _columns(grid: Grid, index: int, header_rows: int, block: int) -> Iterator[Column]:
    """A blank above an option repeats the question to its left; the tool's own columns have no options."""
    above = grid.record(index)
    below = grid.record(index + 1) if header_rows == index + 2 else ()
    own = _meta() | keys(_TOOL, "personal")
    question = ""
    for position in range(max(len(above), len(below))):
        heading = readable(above[position]) if position < len(above) else ""
        option = _option(below[position]) if position < len(below) else ""
        if position < block:
            yield Column(position, heading, "", heading, role="meta" if position <= _END else "personal")
            continue
        if key(heading) in own:
            question, option = "", ""
        elif heading:
            question = heading
        elif not option:
            question = ""
        yield _column(position, heading if key(heading) in own else question, option)


def _meta() -> frozenset[str]:
    return keys(_TOOL, "response_id") | keys(_TOOL, "collector") | keys(_TOOL, "meta")


def _option(cell: str) -> str:
    """A scale without row names is exported as `` - 1``, `` - 2`` …"""
    return readable(cell).removeprefix("- ")


def _column(position: int, question: str, option: str) -> Column:
    """``part`` is '' where the column is the question itself."""
    whole = option in words(_TOOL)["whole_question"] or option == question
    part = "" if whole else without_markup(option)
    return Column(
        position=position,
        heading=f"{question} [{option}]" if part and question else question or option,
        code="",
        text=without_markup(question),
        part=part,
        role=role_of(question, _meta(), keys(_TOOL, "personal")),
    )
