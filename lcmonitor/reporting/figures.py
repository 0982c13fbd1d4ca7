"""Released figures, one object each, found by what they are about."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lcmonitor.disclosure.cells import SECTOR
from lcmonitor.disclosure.context import FUNNEL, SHRUNKEN
from lcmonitor.disclosure.released import COLUMNS, ReleasedTable, Status

ACROSS = ""  # the community of a figure over all communities
CONTEXT = (SHRUNKEN, FUNNEL)  # measures that are made of released figures

Mask = NDArray[np.bool_]


class Figure(NamedTuple):  # a million of them may be made: a dataclass takes five times as long
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


@dataclass(frozen=True, eq=False)
class Figures:
    """The figures of one community, or of all together. ``rows``: as in a ReleasedTable, in its order."""

    rows: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=COLUMNS))

    @cached_property
    def all(self) -> tuple[Figure, ...]:
        """One object each."""
        return _objects(self.rows)

    @cached_property
    def _waves(self) -> dict[str, tuple[Figure, ...]]:
        """Filled as they are asked for: beside other communities only the newest is told of."""
        return {}

    @cached_property
    def _about(self) -> dict[str, Mapping[tuple[str, str, str], list[Figure]]]:
        return {}

    @property
    def but_sectors(self) -> "Figures":
        """Without those of sectors: the programme's own report has none of them, its data have."""
        return Figures(self.rows[(self.rows["group_by"] != SECTOR).to_numpy()])

    def of_sector(self, sector: str, own: Collection[str]) -> "Figures":
        """Those of the communities of a sector together; ``own``: indicators that only they are asked."""
        mine = self.rows["indicator"].isin(list(own))
        of_all, of_it = self._grouped("", ""), self._grouped(SECTOR, sector)
        return Figures(self.rows[np.where(mine, of_all, of_it)])

    def _grouped(self, by: str, value: str) -> Mask:
        found: Mask = ((self.rows["group_by"] == by) & (self.rows["group_value"] == value)).to_numpy(np.bool_)
        return found

    @property
    def ungrouped(self) -> "Figures":
        """The same figures as those of a whole, for a page about that group alone."""
        return Figures(self.rows.assign(group_by="", group_value=""))

    def of(self, wave: str) -> tuple[Figure, ...]:
        """Those of one wave."""
        if wave not in self._waves:
            self._waves[wave] = _objects(self.rows[(self.rows["wave"] == wave).to_numpy(np.bool_)])
        return self._waves[wave]

    @property
    def waves_shown(self) -> set[str]:
        """In which there is a number to show."""
        shown = (self.rows["status"] == "released") & self.rows["estimate"].notna()
        return {str(wave) for wave in self.rows.loc[shown, "wave"].unique()}

    def about(self, wave: str, indicator: str, measure: str, group_by: str = "") -> list[Figure]:
        """The figures of an indicator in a wave; several where it has parts or groups."""
        if wave not in self._about:
            found: dict[tuple[str, str, str], list[Figure]] = defaultdict(list)
            for figure in self.of(wave):
                found[figure.indicator, figure.measure, figure.group_by].append(figure)
            self._about[wave] = dict(found)
        return self._about[wave].get((indicator, measure, group_by), [])


def figures(released: ReleasedTable) -> Mapping[str, Figures]:
    """The figures by community. Numbers of a row that is not released are dropped here too.

    Only n stays where the population is not known or wrong: how many answered is never hidden.
    """
    return from_rows(released.rows)


def from_rows(rows: pd.DataFrame) -> Mapping[str, Figures]:
    """The same of what was published before; ``rows`` as in a ReleasedTable."""
    blank = _blanked(rows[COLUMNS])
    places = blank.groupby("community", observed=True, sort=False).indices
    return {str(community): Figures(blank.iloc[np.sort(at)]) for community, at in places.items()}


def _objects(rows: pd.DataFrame) -> tuple[Figure, ...]:
    columns = [_plain(rows[name]) for name in COLUMNS]
    return tuple(map(Figure._make, zip(*columns, strict=True)))


_COUNTS = ("n", "population")
_NUMBERS = ("estimate", "se", "low", "high", "reference", "effect", "p")


def _plain(column: "pd.Series[Any]") -> list[Any]:
    """The column's values, with None for NaN."""
    if column.name not in (*_COUNTS, *_NUMBERS):
        return list(column)
    numbers = column.to_numpy(np.float64)
    values = numbers.astype(object)
    if column.name in _COUNTS:
        values = np.array([round(value) for value in np.nan_to_num(numbers)], object)
    values[np.isnan(numbers)] = None
    return list(values)


def _blanked(rows: pd.DataFrame) -> pd.DataFrame:
    shown = (rows["status"] == "released").to_numpy(np.bool_)
    counted = shown | rows["reason"].isin(["no_population", "population_too_small"]).to_numpy(np.bool_)
    numbers = {name: rows[name].where(counted if name == "n" else shown) for name in (*_COUNTS, *_NUMBERS)}
    return rows.assign(**numbers, **{name: _text(rows[name], shown) for name in ("method", "word")})


def _text(column: "pd.Series[Any]", shown: Mask) -> pd.Categorical:
    texts = pd.Categorical(column)
    if "" not in texts.categories:
        texts = texts.add_categories([""])
    texts[~shown] = ""
    return texts


assert list(Figure._fields) == COLUMNS
