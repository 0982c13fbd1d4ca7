"""ODK Central (and Aggregate, Briefcase, SurveyCTO): a table of submissions, and one for each repeat."""

import re
from collections.abc import Mapping
from functools import partial

import pyarrow as pa
import pyarrow.compute as pc

from lcmonitor.exports import repeats, xforms
from lcmonitor.exports.grid import Grid
from lcmonitor.exports.headings import words
from lcmonitor.exports.layout import Layout
from lcmonitor.exports.repeats import NOBODY, Repeat, Rounds, widened
from lcmonitor.exports.xforms import Dialect, header_rows, where

_TOOL = "odk"
_KEY = re.compile(r"(?P<instance>[^/]+)/(?P<path>.+)")  # uuid:…/group/children[2]
_ROUND = re.compile(r"\[(\d+)\]")


def layout(grid: Grid) -> Layout | None:
    """Raises ExportError LCM-140: a repeat table by itself, which has no respondents of its own."""
    if _is_repeat(grid):
        raise grid.refused("LCM-140", tool=_TOOL, table=grid.sheet or grid.name)
    return _laid_out(grid) if _is_main(grid) else None


def joined(grids: list[Grid]) -> list[Grid]:
    """A submission and its repeats in one row."""
    return repeats.joined(grids, _is_main, _is_repeat, _beside)


def _beside(main: Grid, tables: list[Grid]) -> Grid:
    body = main.body(header_rows(main))
    instances = {key: row for row, key in enumerate(_keys(main, body))}
    placed = [_placed(grid, grid.body(header_rows(grid)), instances) for grid in tables]
    return widened(main, body, header_rows(main), placed)


def _is_main(grid: Grid) -> bool:
    return len(where(grid, words(_TOOL)["recognised_by"])) == 2


def _is_repeat(grid: Grid) -> bool:
    return bool(where(grid, words(_TOOL)["parent_key"]) and where(grid, words(_TOOL)["response_id"]))


def _keys(grid: Grid, body: pa.Table) -> list[str]:
    (position,) = where(grid, words(_TOOL)["response_id"])
    return xforms.texts(body, position)


def _placed(grid: Grid, body: pa.Table, instances: Mapping[str, int]) -> Repeat:
    """A row's own key says whose it is and which round: keys of parents are not always those of a table."""
    found = [_KEY.fullmatch(key) for key in _keys(grid, body)]
    paths = [one["path"] if one else "" for one in found]
    path = next(filter(None, paths), "")
    here = _ROUND.sub("", path)
    owners = [
        instances.get(one["instance"], NOBODY) if one and _ROUND.sub("", one["path"]) == here else NOBODY
        for one in found
    ]
    own = xforms.roles(_TOOL)
    names = xforms.headings(grid)
    questions = [at for at, name in enumerate(names) if own(name) is None]
    return Repeat(
        name=grid.sheet,
        cells=tuple(body[str(at)] for at in questions),
        heading=lambda at, rounds: f"{_numbered(path, rounds)}/{names[questions[at]]}",
        owners=owners,
        rounds=[tuple(map(int, _ROUND.findall(one))) for one in paths],
    )


def _numbered(path: str, rounds: Rounds) -> str:
    numbers = iter(rounds)
    return _ROUND.sub(lambda _: f"[{next(numbers)}]", path)


def _laid_out(grid: Grid) -> Layout:
    said = words(_TOOL)
    names = xforms.headings(grid)
    dialect = Dialect(own=xforms.roles(_TOOL), groups=("/", "-"), choices=("/",))
    received = where(grid, said["received"])
    sent = (*xforms.moments_in(grid, said["submitted"]), *received)
    validation = next(iter(where(grid, said["validation"])), None)
    marked = len(where(grid, said["marks"])) > 0
    return Layout(
        tool=_TOOL,
        variant="names",
        certainty="sure" if marked else "probable",
        header_rows=header_rows(grid),
        columns=xforms.columns(grid, dialect),
        response_id=next(iter(where(grid, said["response_id"]))),
        submitted=sent[0],
        submitted_else=sent[1:],
        in_utc=frozenset(received),
        token=xforms.token_in(names, dialect),
        status_of=None if validation is None else partial(_status, validation),
        cells_of=partial(_answered, grid, dialect),
    )


def _status(validation: int, cells: pa.Table) -> pa.ChunkedArray:
    return xforms.reviewed(cells[str(validation)], words(_TOOL)["rejected_values"])


def _answered(grid: Grid, dialect: Dialect, cells: pa.Table) -> pa.Table:
    """Choices of a question that was not answered hold 0: they were not chosen, but nor was anything else."""
    for at, choice in xforms.choices(grid, dialect).items():
        if choice.summary is not None:
            nothing = pc.equal(pc.utf8_trim_whitespace(cells[str(choice.summary)]), "")
            cells = cells.set_column(at, str(at), pc.if_else(nothing, "", cells[str(at)]))
    return cells
