"""KoboToolbox: names or labels above, groups in the names, repeats on sheets or in files of their own."""

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise

import pyarrow as pa
import pyarrow.compute as pc

from lcmonitor.exports import kobo_repeats, repeats, xforms
from lcmonitor.exports.grid import Grid
from lcmonitor.exports.headings import words
from lcmonitor.exports.layout import Layout
from lcmonitor.exports.table import Certainty, Column
from lcmonitor.exports.xforms import Dialect, header_rows, plain, where

_TOOL = "kobo"
_SEPARATORS = ("/", " - ", ".")  # the first is Kobo's own choice, the last what R makes of it


def layout(grid: Grid) -> Layout | None:
    """Raises ExportError LCM-140: a repeat table by itself, which has no respondents of its own."""
    if kobo_repeats.is_repeat(grid):
        raise grid.refused("LCM-140", tool=_TOOL, table=grid.sheet or grid.name)
    names = xforms.headings(grid)
    certainty = _certainty(names)
    return _laid_out(grid, names, certainty) if certainty else None


def joined(grids: list[Grid]) -> list[Grid]:
    """A submission and its repeats in one row."""
    return repeats.joined(grids, _is_main, kobo_repeats.is_repeat, _beside)


def _is_main(grid: Grid) -> bool:
    return bool(where(grid, words(_TOOL)["index"])) and _certainty(xforms.headings(grid)) is not None


def _beside(main: Grid, tables: list[Grid]) -> Grid:
    names = [name for grid in (main, *tables) for name in xforms.headings(grid)]
    return kobo_repeats.beside(main, tables, _separator(names))


def _certainty(names: Sequence[str]) -> Certainty | None:
    """Owners take columns out. What a form asks of the device is a mark, but anybody may use those words."""
    found = set(map(plain, names))
    said = words(_TOOL)
    if set(said["recognised_by"]) <= found:
        return "sure"
    asked = found & set(said["asked_of_device"])
    marked = len(found & set(said["marks"])) >= 2 or (len(asked) >= 3 and {"start", "end"} <= asked)
    return "probable" if marked else None


def _laid_out(grid: Grid, names: Sequence[str], certainty: Certainty) -> Layout:
    dialect = _dialect(names)
    columns = xforms.columns(grid, dialect)
    said = words(_TOOL)
    ids, received = where(grid, said["response_id"]), where(grid, said["received"])
    sent = (*xforms.moments_in(grid, said["submitted"]), *received)
    validation = next(iter(where(grid, said["validation"])), None)
    return Layout(
        tool=_TOOL,
        variant="names" if all(one.code for one in columns if _is_question(one)) else "labels",
        certainty=certainty,
        header_rows=header_rows(grid),
        columns=columns,
        response_id=next(iter(ids), None),
        response_id_else=ids[1:],
        submitted=next(iter(sent), None),
        submitted_else=sent[1:],
        in_utc=frozenset(received),
        token=xforms.token_in(names, dialect),
        status_of=None if validation is None else partial(_status, validation),
        remarks_of=partial(_unsplit, grid, dialect),
    )


def _is_question(column: Column) -> bool:
    """The row numbers of pandas and R stand below no heading."""
    return column.role == "question" and bool(column.heading)


def _status(validation: int, cells: pa.Table) -> pa.ChunkedArray:
    return xforms.reviewed(cells[str(validation)], words(_TOOL)["rejected_values"])


def _dialect(names: Sequence[str]) -> Dialect:
    separator = _separator(names)
    found = set(map(plain, names))
    legacy = {"n/a"} if found & set(words(_TOOL)["legacy"]) else set()
    missing = legacy | ({"NA"} if _passed_through_r(names) else set())
    return Dialect(
        own=xforms.roles(_TOOL),
        groups=(separator,),
        choices=tuple(dict.fromkeys((separator, "/"))),  # "other" always stands behind a slash
        missing=frozenset(missing),
    )


def _separator(names: Sequence[str]) -> str:
    """Whoever exports chooses what stands between groups: a choice behind its question shows it."""
    pairs = list(pairwise(names))
    shown = {
        sign: sum(behind.startswith(before + sign) for before, behind in pairs if before)
        for sign in _SEPARATORS
    }
    best = max(_SEPARATORS, key=lambda sign: shown[sign])
    if shown[best]:
        return best
    if any("/" in name for name in names):
        return "/"
    return "." if _passed_through_r(names) else " - " if any(" - " in name for name in names) else "/"


def _passed_through_r(names: Sequence[str]) -> bool:
    """R puts an X before an underscore, and numbers the rows without a heading."""
    return any(name.startswith("X_") for name in names) or names[:1] in ((("",)), (("X",)))


def _unsplit(grid: Grid, dialect: Dialect, cells: pa.Table) -> Iterator[tuple[str, Mapping[str, object]]]:
    """Answers that only the column with all choices holds: the question was another one in some version."""
    questions: dict[int, list[int]] = {}
    for at, choice in xforms.choices(grid, dialect).items():
        if choice.summary is not None:
            questions.setdefault(choice.summary, []).append(at)
    for summary, parts in questions.items():
        lone = _is_filled(cells, summary, dialect)
        for part in parts:
            lone = pc.and_not(lone, _is_filled(cells, part, dialect))
        if count := pc.sum(lone).as_py():
            yield "LCM-146", {"column": xforms.headings(grid)[summary], "count": count}


def _is_filled(cells: pa.Table, position: int, dialect: Dialect) -> pa.ChunkedArray:
    empty = pa.array(["", *dialect.missing])
    return pc.invert(pc.is_in(pc.utf8_trim_whitespace(pc.fill_null(cells[str(position)], "")), empty))
