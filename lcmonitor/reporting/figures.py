"""Released figures, one object each, found by what they are about."""

import math
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any

import pandas as pd

from lcmonitor.disclosure.cells import SECTOR
from lcmonitor.disclosure.context import FUNNEL, SHRUNKEN
from lcmonitor.disclosure.released import COLUMNS, ReleasedTable, Status

ACROSS = ""  # the community of a figure over all communities
CONTEXT = (SHRUNKEN, FUNNEL)  # measures that are made of released figures


@dataclass(frozen=True)
class Figure:
    """A row of a ReleasedTable; numbers are None where nothing is shown."""

    community: str
    wave: str
    form: str
    indicator: str
    measure: str
    part: str
    versus: str
    group_by: str
    group_value: str
    n: int | None
    population: int | None
    estimate: float | None
    se: float | None
    low: float | None
    high: float | None
    reference: float | None
    method: str
    effect: float | None
    p: float | None
    word: str
    status: Status
    reason: str

    @property
    def shown(self) -> bool:
        """Whether there is a number to show."""
        return self.status == "released" and self.estimate is not None


@dataclass(frozen=True)
class Figures:
    """The figures of one community, or of all together, in the order of the table."""

    all: tuple[Figure, ...] = ()

    @cached_property
    def _about(self) -> Mapping[tuple[str, str], list[Figure]]:
        found: dict[tuple[str, str], list[Figure]] = defaultdict(list)
        for figure in self.all:
            found[figure.wave, figure.indicator].append(figure)
        return found

    @property
    def but_sectors(self) -> "Figures":
        """Without those of sectors: the programme's own report has none of them, its data have."""
        return Figures(tuple(figure for figure in self.all if figure.group_by != SECTOR))

    def of_sector(self, sector: str, own: Collection[str]) -> "Figures":
        """Those of the communities of a sector together; ``own``: indicators that only they are asked."""
        groups = {True: ("", ""), False: (SECTOR, sector)}
        theirs = ((f, groups[f.indicator in own]) for f in self.all)
        return Figures(tuple(f for f, group in theirs if (f.group_by, f.group_value) == group))

    @property
    def ungrouped(self) -> "Figures":
        """The same figures as those of a whole, for a page about that group alone."""
        return Figures(tuple(replace(figure, group_by="", group_value="") for figure in self.all))

    def of(self, wave: str) -> tuple[Figure, ...]:
        """Those of one wave."""
        return tuple(figure for figure in self.all if figure.wave == wave)

    def about(self, wave: str, indicator: str, measure: str, group_by: str = "") -> list[Figure]:
        """The figures of an indicator in a wave; several where it has parts or groups."""
        known = self._about.get((wave, indicator), ())
        return [figure for figure in known if figure.measure == measure and figure.group_by == group_by]


def figures(released: ReleasedTable) -> Mapping[str, Figures]:
    """The figures by community. Numbers of a row that is not released are dropped here too.

    Only n stays where the population is not known or wrong: how many answered is never hidden.
    """
    return from_rows(released.rows)


def from_rows(rows: pd.DataFrame) -> Mapping[str, Figures]:
    """The same of what was published before; ``rows`` as in a ReleasedTable."""
    columns = [_plain(rows[name]) for name in COLUMNS]
    sorted_out: dict[str, list[Figure]] = defaultdict(list)
    for values in zip(*columns, strict=True):
        figure = Figure(*values)
        sorted_out[figure.community].append(figure if figure.status == "released" else _blank(figure))
    return {community: Figures(tuple(found)) for community, found in sorted_out.items()}


_COUNTS = ("n", "population")
_NUMBERS = ("estimate", "se", "low", "high", "reference", "effect", "p")
_NOTHING: dict[str, Any] = dict.fromkeys((*_COUNTS, *_NUMBERS)) | {"method": "", "word": ""}


def _plain(column: "pd.Series[Any]") -> list[Any]:
    """The column's values, with None for NaN."""
    values = column.tolist()
    if column.name in _COUNTS:
        return [None if math.isnan(value) else round(value) for value in values]
    return [None if math.isnan(value) else value for value in values] if column.name in _NUMBERS else values


def _blank(figure: Figure) -> Figure:
    keeps_n = figure.reason in ("no_population", "population_too_small")
    return replace(figure, **(_NOTHING | ({"n": figure.n} if keeps_n else {})))


assert [field.name for field in fields(Figure)] == COLUMNS
