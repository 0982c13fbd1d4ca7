"""What a tool's reader says about a grid: which columns there are, and where the facts about a row stand."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from lcmonitor.exports.dates import Order
from lcmonitor.exports.grid import Grid
from lcmonitor.exports.headings import key, keys, question_and_part
from lcmonitor.exports.table import Certainty, Column, Role
from lcmonitor.wording import without_markup

# Status of every row from the cells of all columns: one of STATUSES.
StatusOf = Callable[[pa.Table], pa.ChunkedArray]
# The cells of all columns as they were answered, where the tool writes them otherwise.
Plain = Callable[[pa.Table], pa.Table]
# The same cells, where what a tool writes is not what it means.
CellsOf = Callable[[pa.Table], pa.Table]
# What is to be said of the cells: code and parameters.
RemarksOf = Callable[[pa.Table], Iterable[tuple[str, Mapping[str, object]]]]


@dataclass(frozen=True)
class Layout:
    """How one grid is to be read; positions are those of the columns."""

    tool: str
    variant: str
    certainty: Certainty
    header_rows: int
    columns: tuple[Column, ...]
    response_id: int | None = None
    response_id_else: tuple[int, ...] = ()  # where that one is empty, the best first
    id_parts: tuple[int, ...] = ()  # columns that make a repeated response id unique
    submitted: int | None = None
    submitted_else: tuple[int, ...] = ()  # where that one is empty, the best first
    also_submitted: tuple[int, ...] = ()  # moments at which more of the response was: the last one counts
    undated: str = ""  # what the tool writes where there is no moment yet
    last_seen: tuple[int, ...] = ()  # moments of a response that was not submitted, the best first
    date_order: Order | None = None  # that the tool always writes
    in_utc: frozenset[int] = frozenset()  # moments that are not those of the respondent's own clock
    token: int | None = None
    event: int | None = None
    status_of: StatusOf | None = None  # None: the tool exports complete responses only
    tells_not_shown: bool = False  # null in a cell means "not shown"; otherwise it is an empty answer
    plain: Plain | None = None  # before the facts of a row are read
    cells_of: CellsOf | None = None  # after
    remarks_of: RemarksOf | None = None


Reader = Callable[[Grid], Layout | None]


def position_of(headings: Iterable[str], names: frozenset[str]) -> int | None:
    """Where the first heading stands that is one of these keys."""
    return next((at for at, heading in enumerate(headings) if key(heading) in names), None)


def all_positions(headings: Sequence[str], names: Iterable[str]) -> tuple[int, ...]:
    """Where each of these names first stands, in the order of the names."""
    found = [key(heading) for heading in headings]
    return tuple(found.index(key(name)) for name in names if key(name) in found)


def columns_of(
    tool: str,
    headings: Iterable[str],
    split: Callable[[str], tuple[str, str]] = question_and_part,
) -> tuple[Column, ...]:
    """A column a heading, of a tool without codes; ``split`` parts a question from its option or row."""
    meta, personal = keys(tool, "meta"), keys(tool, "personal")
    return tuple(
        Column(position, heading, "", *split(without_markup(heading)), role_of(heading, meta, personal))
        for position, heading in enumerate(headings)
    )


def complete_where(position: int, values: Collection[str]) -> StatusOf:
    """A response is complete where the column says one of these words."""
    words = pa.array([value.casefold() for value in values])

    def status(cells: pa.Table) -> pa.ChunkedArray:
        said = pc.utf8_lower(pc.utf8_trim_whitespace(pc.fill_null(cells[str(position)], "")))
        return pc.if_else(pc.is_in(said, words), "complete", "incomplete")

    return status


def sent_where(position: int) -> StatusOf:
    """A response is complete where the column holds a moment: no ``NA``, ``None`` or ``NaT``."""

    def status(cells: pa.Table) -> pa.ChunkedArray:
        sent = pc.match_substring_regex(pc.fill_null(cells[str(position)], ""), r"\d")
        return pc.if_else(sent, "complete", "incomplete")

    return status


def filled(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """Where more than white space stands in a cell."""
    return pc.not_equal(pc.utf8_trim_whitespace(pc.fill_null(column, "")), "")


def role_of(heading: str, meta: frozenset[str], personal: frozenset[str] = frozenset()) -> Role:
    """A tool's own names go first, then what says who somebody is in any tool."""
    name = key(heading)
    if name in personal or is_token(heading):
        return "personal"
    if name in meta:
        return "meta"
    return "personal" if name in keys("generic", "personal") else "question"


def is_token(heading: str) -> bool:
    """The panel key travels as a fact of the row, never as a cell."""
    return key(heading) in keys("generic", "token")


def token_in(headings: Iterable[str]) -> int | None:
    """Where the panel key stands."""
    return position_of(headings, keys("generic", "token"))
