"""Released figures, one object each, found by what they are about."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
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


_but_part = attrgetter("wave", "form", "indicator", "measure", "versus", "group_by", "group_value")


@dataclass(frozen=True, eq=False)
class Figures:
    """The figures of one community, or of all together. ``rows``: as in a ReleasedTable, in its order."""

    rows: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=COLUMNS))
    columns: "Mapping[str, _Column] | None" = field(default=None, repr=False)  # of the rows, if known

    @cached_property
    def all(self) -> tuple[Figure, ...]:
        """One object each."""
        return self._objects(np.arange(len(self.rows)))

    @cached_property
    def _columns(self) -> Mapping[str, "_Column"]:
        """Beside ``rows``, as a frame takes a millisecond to be cut."""
        return self.columns or {name: _column(self.rows[name]) for name in COLUMNS}

    @cached_property
    def _waves(self) -> dict[str, tuple[Figure, ...]]:
        """Filled as they are asked for: beside other communities only the newest is told of."""
        return {}

    @cached_property
    def _once(self) -> dict[str, tuple[Figure, ...]]:
        return {}

    @cached_property
    def _courses(self) -> dict[str, Mapping[str, Figure]]:
        return {}

    @cached_property
    def _about(self) -> dict[str, Mapping[tuple[str, str, str], list[Figure]]]:
        return {}

    @property
    def own(self) -> "Figures":
        """Without what is made of those of others."""
        return Figures(self.rows[~self.rows["measure"].isin(CONTEXT).to_numpy(np.bool_)])

    @property
    def but_sectors(self) -> "Figures":
        """Without those of sectors: the programme's own report has none of them, its data have."""
        return Figures(self.rows[(self.rows["group_by"] != SECTOR).to_numpy()])

    def of_sector(self, sector: str, own: Collection[str]) -> "Figures":
        """Those of the communities of a sector together; ``own``: indicators that only they are asked."""
        mine = self.rows["indicator"].isin(list(own))
        of_all, of_it = self._grouped("", ""), self._grouped(SECTOR, sector)
        return Figures(self.rows[np.where(mine, of_all, of_it)])

    def some(self, places: NDArray[np.intp]) -> "Figures":
        """The rows at those places; of columns that are known already a part is soon made."""
        columns = {name: column.some(places) for name, column in self._columns.items()}
        return Figures(self.rows.iloc[places], columns)

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
            self._waves[wave] = self._objects(np.flatnonzero(self._are(wave=wave)))
        return self._waves[wave]

    def once(self, wave: str) -> tuple[Figure, ...]:
        """As ``of``: one for the parts of a whole, and none that is made of others that are shown."""
        if wave not in self._once:
            told = (figure for figure in self.of(wave) if figure.measure not in CONTEXT)
            self._once[wave] = tuple({_but_part(figure): figure for figure in told}.values())
        return self._once[wave]

    def over_waves(self, indicator: str) -> Mapping[str, Figure]:
        """The figure of an indicator as a whole, by wave."""
        if indicator not in self._courses:
            found = self._are(indicator=indicator, measure="value", part="", group_by="")
            figures = self._objects(np.flatnonzero(found))
            self._courses[indicator] = {figure.wave: figure for figure in figures}
        return self._courses[indicator]

    def _are(self, **wanted: str) -> Mask:
        found = np.ones(len(self.rows), np.bool_)
        for name, value in wanted.items():
            found &= self._columns[name].equals(value)
        return found

    def _objects(self, places: NDArray[np.intp]) -> tuple[Figure, ...]:
        columns = [column.at(places) for column in self._columns.values()]
        return tuple(map(Figure._make, zip(*columns, strict=True)))

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
    whole = Figures(blank)
    places = blank.groupby("community", observed=True, sort=False).indices
    return {str(community): whole.some(np.sort(at)) for community, at in places.items()}


_COUNTS = ("n", "population")
_NUMBERS = ("estimate", "se", "low", "high", "reference", "effect", "p")


class _Column(NamedTuple):
    """``values`` of the rows; of texts those that occur, and by ``codes`` which of them each row has."""

    values: NDArray[Any]
    codes: NDArray[np.integer[Any]] | None = None
    counts: bool = False

    def at(self, places: NDArray[np.intp]) -> list[Any]:
        """Numbers have None for NaN."""
        if self.codes is not None:
            texts: list[Any] = self.values[self.codes[places]].tolist()
            return texts
        found = self.values[places]
        missing = np.isnan(found)
        numbers = np.rint(np.where(missing, 0, found)).astype(np.int64) if self.counts else found
        told = numbers.astype(object)
        told[missing] = None
        plain: list[Any] = told.tolist()
        return plain

    def some(self, places: NDArray[np.intp]) -> "_Column":
        """Of some rows."""
        if self.codes is None:
            return self._replace(values=self.values[places])
        return self._replace(codes=self.codes[places])

    def equals(self, value: str) -> Mask:
        """Which rows have that text."""
        assert self.codes is not None
        (places,) = np.nonzero(self.values == value)  # one or none
        return self.codes == places[0] if len(places) else np.zeros(len(self.codes), np.bool_)


def _column(rows: "pd.Series[Any]") -> _Column:
    if rows.name in (*_COUNTS, *_NUMBERS):
        return _Column(rows.to_numpy(np.float64), counts=rows.name in _COUNTS)
    texts = pd.Categorical(rows)
    return _Column(texts.categories.to_numpy(object), texts.codes)


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
