"""What organisations said of each other, placed on the roster of each community and wave."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
import pyarrow as pa

from lcmonitor.indicators.estimate import Mask
from lcmonitor.indicators.grid import Grid, cells_of
from lcmonitor.indicators.plans import Answer
from lcmonitor.indicators.sums import Floats, Integers, Level
from lcmonitor.intake.responses import Missing


@dataclass(frozen=True)
class Roster:
    """The organisations of every cell, one after the other: a node is an organisation in a cell."""

    cells: Level  # of each node
    names: tuple[str, ...]
    kind: Integers  # place among the grid's partner types

    @cached_property
    def size(self) -> Floats:
        """How many there are in each cell."""
        return self.cells.add(np.ones(len(self.names)))

    def places(self, cell: Integers, names: pa.ChunkedArray) -> Integers:
        """The node with this name in this cell, −1 where the roster does not have it."""
        numbers = {name: number for number, name in enumerate(dict.fromkeys(self.names))}
        given = names.combine_chunks().dictionary_encode()
        number = np.array([numbers.get(name, -1) for name in given.dictionary.to_pylist()], dtype=np.intp)
        of_row = number[given.indices.to_numpy(zero_copy_only=False)]
        own = self.cells.bins * len(numbers) + [numbers[name] for name in self.names]
        wanted = np.where((cell >= 0) & (of_row >= 0), cell * len(numbers) + of_row, -1)
        places: Integers = pd.Index(own).get_indexer(pd.Index(wanted))
        return places


@dataclass(frozen=True)
class Pairs:
    """Ordered pairs of nodes of one cell: who speaks, of whom."""

    rater: Integers
    rated: Integers

    def only(self, chosen: Mask) -> "Pairs":
        """Some of them."""
        return Pairs(self.rater[chosen], self.rated[chosen])


@dataclass(frozen=True)
class Ties:
    """Every answer of an organisation on the roster about another one on it; none of them twice."""

    roster: Roster
    pairs: Pairs
    item: Integers  # place in ``items``
    items: Sequence[str]
    code: Integers

    @cached_property
    def responding(self) -> Mask:
        """Nodes that answered."""
        found = np.zeros(len(self.roster.names), dtype=bool)
        found[self.pairs.rater] = True
        return found

    @cached_property
    def responded(self) -> Floats:
        """How many answered in each cell."""
        return self.roster.cells.add(self.responding.astype(np.float64))

    def asked(self, items: Sequence[str]) -> Mask:
        """Cells in which one of the items was asked of somebody."""
        cells = np.zeros(self.roster.cells.size, dtype=bool)
        cells[self.roster.cells.bins[self.pairs.rater[np.isin(self.item, self._places(items))]]] = True
        return cells

    def from_code(self, item: str, least: int) -> Pairs:
        """The pairs of which the answer to an item is that code or a higher one; an empty one is none."""
        return self.pairs.only(np.isin(self.item, self._places([item])) & (self.code >= least))

    def scored(self, answers: Sequence[Answer], needed: int) -> tuple[Pairs, Floats]:
        """Pairs with enough valid answers, and the mean of these, reversed items turned round."""
        codes = np.full(len(self.code), np.nan)
        for answer in answers:
            mine = np.isin(self.item, self._places([answer.item])) & (self.code > max(Missing))
            turned = answer.low + answer.high - self.code if answer.reversed else self.code
            codes = np.where(mine, turned, codes)
        told = ~np.isnan(codes)
        size = len(self.roster.names)
        pairs, place = np.unique(self.pairs.rater[told] * size + self.pairs.rated[told], return_inverse=True)
        given = np.bincount(place, minlength=len(pairs))
        mean = np.bincount(place, weights=codes[told], minlength=len(pairs)) / np.maximum(given, 1)
        enough = given >= needed
        return Pairs(pairs // size, pairs % size).only(enough), mean[enough]

    def _places(self, items: Sequence[str]) -> list[int]:
        return [self.items.index(item) for item in items if item in self.items]


def place_ties(rows: pa.Table, grid: Grid) -> Ties:
    """What the engine gave, as far as both organisations are on the roster of that wave."""
    roster = _roster(grid)
    cell = cells_of(rows, grid)
    rater, rated = (roster.places(cell, rows[name]) for name in ("rater", "rated"))
    counts = (rater >= 0) & (rated >= 0) & (rater != rated)
    items = rows["item"].combine_chunks().dictionary_encode()
    code = rows["code"].to_numpy().astype(np.intp)
    place = items.indices.to_numpy(zero_copy_only=False).astype(np.intp)
    pairs = Pairs(rater, rated).only(counts)
    return Ties(roster, pairs, place[counts], items.dictionary.to_pylist(), code[counts])


def _roster(grid: Grid) -> Roster:
    kinds = {kind: place for place, kind in enumerate(grid.partner_types)}
    rosters = [cell.community.roster_of(cell.wave) for cell in grid.cells]
    cells = np.repeat(np.arange(grid.size), [len(partners) for partners in rosters])
    partners = [partner for roster in rosters for partner in roster]
    kind = np.array([kinds[partner.type] for partner in partners], dtype=np.intp)
    return Roster(Level(cells, grid.size), tuple(partner.id for partner in partners), kind)
