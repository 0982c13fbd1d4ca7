"""Where the rows of KoboToolbox' repeat tables belong: each names its parent table and the row in it."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pyarrow as pa

from lcmonitor.exports import xforms
from lcmonitor.exports.grid import Grid
from lcmonitor.exports.headings import key, words
from lcmonitor.exports.repeats import NOBODY, Repeat, Rounds, widened
from lcmonitor.exports.xforms import header_rows, where

_TOOL = "kobo"
_CUT = re.compile(r"\.\.\.(?: \(\d+\))?$")  # how the name of a sheet ends that was longer than Excel allows

Located = tuple[int, Rounds]  # whose a row is, and in which round
_LOST: Located = (NOBODY, ())


def is_repeat(grid: Grid) -> bool:
    """It names a parent; older exports have the columns in the main table too, and leave the name empty."""
    said = words(_TOOL)
    parents = where(grid, said["parent_table"])
    below = grid.head[header_rows(grid) :]
    named = any(row[at].strip() for at in parents for row in below if at < len(row))
    return named and bool(where(grid, said["parent_index"]))


def beside(main: Grid, repeats: Sequence[Grid], separator: str) -> Grid:
    """The main table with its repeats."""
    tables = [_Table(grid) for grid in repeats]
    form = _Form(_Table(main), tables, separator)
    return widened(main, form.main.body, header_rows(main), [form.repeat(table) for table in tables])


@dataclass(frozen=True)
class _Table:
    """A grid and its own columns as plain texts, by their entry in the list of words."""

    grid: Grid

    @cached_property
    def body(self) -> pa.Table:
        return self.grid.body(header_rows(self.grid))

    def own(self, entry: str) -> list[str]:
        """'' in every row where the table has no such column."""
        for at in where(self.grid, words(_TOOL)[entry]):
            return xforms.texts(self.body, at)
        return [""] * self.body.num_rows

    @cached_property
    def questions(self) -> tuple[int, ...]:
        own = xforms.roles(_TOOL)
        return tuple(at for at, name in enumerate(xforms.headings(self.grid)) if own(name) is None)

    def is_called(self, name: str) -> bool:
        """Excel cuts the name of a sheet and takes signs away."""
        begins = key(_CUT.sub("", self.grid.sheet))
        return key(name).startswith(begins) if _CUT.search(self.grid.sheet) else key(name) == begins


class _Form:
    """One survey on several tables."""

    def __init__(self, main: _Table, repeats: Sequence[_Table], separator: str) -> None:
        self.main, self.repeats, self.separator = main, repeats, separator
        self.uuids = main.own("uuid")
        self.found: dict[int, list[Located]] = {}

    def repeat(self, table: _Table) -> Repeat:
        located = self._located(table)
        names = xforms.headings(table.grid)
        trails = [self._trail(table, names[at]) for at in table.questions]
        return Repeat(
            name=table.grid.sheet,
            cells=tuple(table.body[str(at)] for at in table.questions),
            heading=lambda at, rounds: self.separator.join(
                part if level is None else f"{part}[{rounds[level]}]" for part, level in trails[at]
            ),
            owners=[owner for owner, _ in located],
            rounds=[rounds for _, rounds in located],
        )

    def _parent(self, table: _Table) -> _Table | None:
        """None: it is not in this file, or cannot be told apart."""
        name = next(filter(None, table.own("parent_table")), "")
        called = [other for other in self.repeats if other is not table and other.is_called(name)]
        if called:
            return called[0] if len(called) == 1 else None
        said_whose = any(table.own("parent_uuid"))
        return self.main if self.main.is_called(name) or said_whose else None

    def _located(self, table: _Table) -> list[Located]:
        """Per row; the rounds of one parent are counted in the order of the file."""
        if id(table) not in self.found:
            self.found[id(table)] = [
                _LOST
            ] * table.body.num_rows  # while it is looked for: parents may run in a ring
            self.found[id(table)] = list(self._places(table))
        return self.found[id(table)]

    def _places(self, table: _Table) -> Iterator[Located]:
        rows = self._rows(self._parent(table))
        seen: Counter[str] = Counter()
        for index, uuid in zip(table.own("parent_index"), table.own("parent_uuid"), strict=True):
            owner, rounds = rows.get(index, _LOST)
            if owner == NOBODY or (uuid and self.uuids[owner] and uuid != self.uuids[owner]):
                yield _LOST
            else:
                seen[index] += 1
                yield owner, (*rounds, seen[index])

    def _rows(self, parent: _Table | None) -> Mapping[str, Located]:
        """Where each row of the parent is, by its index; an index that stands there twice says nothing."""
        if parent is None:
            return {}
        own = parent.own("index")
        located = [(row, ()) for row in range(len(own))] if parent is self.main else self._located(parent)
        counted = Counter(own)
        return {index: at for index, at in zip(own, located, strict=True) if index and counted[index] == 1}

    def _chain(self, table: _Table) -> list[_Table]:
        """The repeats around a table and the table itself, the outermost first."""
        chain = [table]
        while (parent := self._parent(chain[0])) not in (None, self.main) and parent not in chain:
            chain.insert(0, parent)
        return chain

    def _trail(self, table: _Table, name: str) -> list[tuple[str, int | None]]:
        """The parts of a heading with the level of their round; a repeat that it does not name is put in."""
        trail: list[tuple[str, int | None]] = [(part, None) for part in name.split(self.separator)]
        start = 0
        for level, repeat in enumerate(self._chain(table)):
            at = next((at for at in range(start, len(trail) - 1) if self._ends(repeat, trail, at)), None)
            if at is None:
                trail.insert(start, (_CUT.sub("", repeat.grid.sheet), level))
                at = start
            else:
                trail[at] = (trail[at][0], level)
            start = at + 1
        return trail

    @staticmethod
    def _ends(repeat: _Table, trail: Sequence[tuple[str, int | None]], at: int) -> bool:
        """Whether the part is the repeat's name; older exports call a table by the whole path to it."""
        path = "/".join(part for part, _ in trail[: at + 1])
        return repeat.is_called(trail[at][0]) or repeat.is_called(path)
