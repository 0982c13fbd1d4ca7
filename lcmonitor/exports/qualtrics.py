"""Qualtrics: one, two or three heading rows, with or without the ImportId row, and the older V1…V10 form."""

import re
from collections.abc import Iterator, Mapping, Sequence

import pyarrow as pa
import pyarrow.compute as pc

from lcmonitor.exports.grid import Grid
from lcmonitor.exports.headings import key, keys, words
from lcmonitor.exports.layout import Layout, is_token, role_of
from lcmonitor.exports.stems import questions_and_parts
from lcmonitor.exports.table import Certainty, Column, Role
from lcmonitor.wording import readable, without_markup

_TOOL = "qualtrics"
_ZONE = re.compile(r"""["']timeZone["']\s*:\s*["'](?P<zone>[^"']+)""")
_HOME = re.compile(r"^Europe/")  # midnight there is within an hour or two of midnight here
_UNANSWERED = "-99"  # shown and left empty, where the maker of the export asked for it
_IMPORT_ID = re.compile(r"""^\s*\{\s*["']ImportId["']\s*:\s*["'](?P<id>[^"']*)["']""")
_RESPONSE_ID = re.compile(r"^(?:R|FS|SV|MR)_\w{6,}$")
_NUMBERED = ("submitted", "last_seen", "progress", "finished", "status")
_LEGACY = re.compile(r"^V\d+$")
_NO_IDS = "no import ids"
_ROWS_ABOVE = 4  # the ImportId row is one of the first four

Names = tuple[str, ...]


def layout(grid: Grid) -> Layout | None:
    """The ImportId row is the mark; owners delete it, and then the tool's own headings are."""
    for index in range(_ROWS_ABOVE):
        record = grid.record(index)
        if record and sum(bool(_IMPORT_ID.match(cell)) for cell in record) * 3 >= len(record):
            return _laid_out(grid, index + 1, "import ids", "sure", ids=_import_ids(record))
    names = {key(cell) for cell in grid.record(0)}
    if {"startdate", "enddate"} <= names and names & {"responseid", "recordeddate", "progress"}:
        return _laid_out(grid, _rows_without_ids(grid), _NO_IDS, "sure")
    if _is_legacy(grid):
        return _laid_out(grid, 2, "legacy", "sure", ids=grid.record(1))
    if {"responseid", "responseset"} <= names:
        return _laid_out(grid, _rows_without_ids(grid), "legacy", "sure")
    return None


def _is_legacy(grid: Grid) -> bool:
    numbered = sum(bool(_LEGACY.match(cell)) for cell in grid.record(0))
    return numbered >= 5 and {"responseid", "responseset"} <= {key(cell) for cell in grid.record(1)}


def _import_ids(record: Names) -> Names:
    found = [_IMPORT_ID.match(cell) for cell in record]
    return tuple(one["id"] if one else "" for one in found)


def _rows_without_ids(grid: Grid) -> int:
    """A second row is the questions' text unless it holds a respondent's id, or a number below a heading
    that is explained in words: a moment in whatever notation, how far somebody came.
    """
    of_ids = keys(_TOOL, "response_id")
    of_numbers = frozenset[str]().union(*(keys(_TOOL, entry) for entry in _NUMBERED))
    for tag, cell in zip(map(key, grid.record(0)), grid.record(1), strict=False):
        numbered = tag in of_numbers and any(map(str.isdigit, cell))
        if numbered or (tag in of_ids and _RESPONSE_ID.match(cell)):
            return 1
    return 2


def _laid_out(grid: Grid, header_rows: int, variant: str, certainty: Certainty, ids: Names = ()) -> Layout:
    """``ids``: the names that the tool gave, beside those of the first row, which the owner chose."""
    tags = grid.full_record(0, header_rows)
    own = [(tag, _at(ids, position)) for position, tag in enumerate(tags)]
    texts = _texts(grid, header_rows, variant)
    plain = [without_markup(_at(texts, position)) for position in range(len(own))]
    worded = questions_and_parts(own, plain, old_dashes=variant != _NO_IDS)
    columns = tuple(
        _column(position, tag, tool_id, worded[position]) for position, (tag, tool_id) in enumerate(own)
    )
    return Layout(
        tool=_TOOL,
        variant=variant,
        certainty=certainty,
        header_rows=header_rows,
        columns=columns,
        response_id=_where(own, "response_id"),
        submitted=_where(own, "submitted"),
        last_seen=_last_seen(own),
        token=_token(own),
        status_of=lambda cells: _status(cells, own),
        plain=lambda cells: _shown(cells, columns),
        remarks_of=lambda _: _remarks(grid.record(header_rows - 1)),
        tells_not_shown=True,
    )


def _column(position: int, tag: str, tool_id: str, worded: tuple[str, str]) -> Column:
    role = _role(tag, tool_id)
    return Column(
        position=position,
        heading=_heading(tag, tool_id),
        code=_code(tag, tool_id),
        text=worded[0],
        part=worded[1],
        role=role,
        missing=frozenset({_UNANSWERED} if role == "question" else ()),
    )


def _shown(cells: pa.Table, columns: Sequence[Column]) -> pa.Table:
    """Null where a question was not shown: an empty cell beside -99, which says shown and left empty."""
    filled = [pc.fill_null(column, "") for column in cells.columns]
    for column in columns:
        texts = filled[column.position]
        if column.missing and pc.any(pc.equal(texts, _UNANSWERED)).as_py():
            filled[column.position] = pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)
    return pa.table(filled, names=cells.column_names)


def _remarks(ids: Names) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Moments are written in the zone of whoever made the export, which only the row of ids tells."""
    zones = {found["zone"] for cell in ids if (found := _ZONE.search(cell))}
    for zone in sorted(zone for zone in zones if not _HOME.match(zone)):
        yield "LCM-167", {"zone": "UTC" if zone == "Z" else zone}


def _texts(grid: Grid, header_rows: int, variant: str) -> Names:
    """The row with the questions' words, () if the owner deleted it."""
    rows_below_tags = header_rows - (2 if variant == "import ids" else 1)
    return grid.record(1) if rows_below_tags > 0 else ()


def _at(record: Sequence[str], position: int) -> str:
    return record[position] if position < len(record) else ""


def _heading(tag: str, tool_id: str) -> str:
    """V1…V10 say nothing: the name below them does."""
    return readable(tool_id if _LEGACY.match(tag) else tag)


def _code(tag: str, tool_id: str) -> str:
    """The export tag; where the owner deleted the row with the tags, the tool's own id."""
    return tool_id if _IMPORT_ID.match(tag) else readable(tag)


def _role(tag: str, tool_id: str) -> Role:
    for name in (tag, tool_id):
        if key(name) in keys(_TOOL, "token"):
            return "personal"
        role = role_of(name, keys(_TOOL, "meta"), keys(_TOOL, "personal"))
        if name and role != "question":
            return role
    patterns = words(_TOOL)["meta_patterns"]
    return "meta" if any(re.search(pattern, tag) for pattern in patterns) else "question"


def _where(own: Sequence[tuple[str, str]], entry: str) -> int | None:
    """The column of the first of the listed names that is there."""
    listed = words(_TOOL)[entry]
    found = (
        position for name in listed for position, names in enumerate(own) if key(name) in map(key, names)
    )
    return next(found, None)


def _last_seen(own: Sequence[tuple[str, str]]) -> tuple[int, ...]:
    listed = [key(name) for name in words(_TOOL)["last_seen"]]
    return tuple(at for name in listed for at, names in enumerate(own) if key(names[0]) == name)


def _token(own: Sequence[tuple[str, str]]) -> int | None:
    headed = next((position for position, names in enumerate(own) if any(map(is_token, names))), None)
    return _where(own, "token") if headed is None else headed


def _status(cells: pa.Table, own: Sequence[tuple[str, str]]) -> pa.ChunkedArray:
    """A preview, test or spam is neither complete nor incomplete; without Finished, full progress counts."""
    finished, progress = _texts_of(cells, _where(own, "finished")), _texts_of(cells, _where(own, "progress"))
    done = pc.or_(
        pc.is_in(finished, pa.array(words(_TOOL)["finished_values"])),
        pc.is_in(progress, pa.array(["100"])),
    )
    if _where(own, "finished") is None and _where(own, "progress") is None:
        done = pa.array([True] * cells.num_rows)
    found = pc.if_else(done, "complete", "incomplete")
    said = _texts_of(cells, _where(own, "status"))
    for status in ("test", "spam"):
        found = pc.if_else(pc.is_in(said, pa.array(words(_TOOL)[f"{status}_values"])), status, found)
    return found


def _texts_of(cells: pa.Table, position: int | None) -> pa.ChunkedArray | pa.Array:
    if position is None:
        return pa.array([""] * cells.num_rows)
    return pc.utf8_lower(pc.utf8_trim_whitespace(pc.fill_null(cells[str(position)], "")))
