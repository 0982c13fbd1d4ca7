"""Released figures, one object each, found by what they are about."""

import hashlib
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any, NamedTuple
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from lcmonitor.disclosure.cells import SECTOR
from lcmonitor.disclosure.context import FUNNEL, SHRUNKEN
from lcmonitor.disclosure.released import COLUMNS, ReleasedTable, Status
from lcmonitor.reporting.columns import Columns, Hashes, Mask, Numbers, Places, Texts, columns, row_hashes

ACROSS = ""  # the community of a figure over all communities
PROGRAMME = "programme"  # what it is called by who asks for it
EVERYONE = "with_partial"  # part of a response: all who are in n, also those who filled in a part
CONTEXT = (SHRUNKEN, FUNNEL)  # measures that are made of released figures


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


_KEY = ("indicator", "measure", "group_by")
_WHOLE = ("form", "indicator", "measure", "versus", "group_by", "group_value")  # alike for its parts


@cache
def _none() -> Columns:
    return columns(pd.DataFrame(columns=COLUMNS))


@dataclass(frozen=True, eq=False)
class Figures:
    """The figures of one community, or of all together, in the order of a ReleasedTable.

    An object is made of those that are asked for: beside other communities a tenth of them is.
    """

    columns: Columns = field(default_factory=_none, repr=False)

    @property
    def rows(self) -> pd.DataFrame:
        """As in a ReleasedTable."""
        return pd.DataFrame({name: column.as_pandas() for name, column in self.columns.items()})

    @property
    def all(self) -> tuple[Figure, ...]:
        """One object each."""
        every = np.arange(len(self._texts("wave").codes))
        return tuple(map(Figure._make, zip(*(self.columns[name].at(every) for name in COLUMNS), strict=True)))

    @property
    def digest(self) -> bytes:
        """A hash of all that they say."""
        return hashlib.sha256(self.hashes.tobytes()).digest()

    @property
    def own_digest(self) -> bytes:
        """That of ``own``, without its columns."""
        return hashlib.sha256(self.hashes[~self._context].tobytes()).digest()

    @cached_property
    def hashes(self) -> Hashes:
        """One a row, of all that it says."""
        return row_hashes(self.columns)

    @property
    def own(self) -> "Figures":
        """Without what is made of those of others."""
        return self.some(np.flatnonzero(~self._context))

    @property
    def but_sectors(self) -> "Figures":
        """Without those of sectors: the programme's own report has none of them, its data have."""
        return self.some(np.flatnonzero(~self._are(group_by=SECTOR)))

    def of_sector(self, sector: str, own: Collection[str]) -> "Figures":
        """Those of the communities of a sector together; ``own``: indicators that only they are asked."""
        mine = self._texts("indicator").are(*own)
        of_all, of_it = self._are(group_by="", group_value=""), self._are(group_by=SECTOR, group_value=sector)
        return self.some(np.flatnonzero(np.where(mine, of_all, of_it)))

    @property
    def ungrouped(self) -> "Figures":
        """The same figures as those of a whole, for a page about that group alone."""
        groups = {name: self._texts(name).alike("") for name in ("group_by", "group_value")}
        return Figures({**self.columns, **groups})

    def some(self, places: Places) -> "Figures":
        """The rows at those places, with what is known of them."""
        found = Figures({name: column.some(places) for name, column in self.columns.items()})
        if "hashes" in vars(self):
            vars(found)["hashes"] = self.hashes[places]
        return found

    @property
    def blanked(self) -> "Figures":
        """With no number of a row that is not released, but for how many answered."""
        shown = self._are(status="released")
        counted = shown | self._texts("reason").are("no_population", "population_too_small")
        told = {
            name: column.only(counted if name == "n" else shown)
            for name, column in self.columns.items()
            if isinstance(column, Numbers) or name in ("method", "word")
        }
        return Figures({**self.columns, **told})

    @property
    def by_community(self) -> Mapping[str, "Figures"]:
        """Those of each."""
        return {name: self.some(places) for name, places in self._texts("community").places.items()}

    def asked(self, wave: str) -> set[str]:
        """The indicators that a wave asked about."""
        return set(self._counted("indicator", self._are(wave=wave) & ~self._are(status="not_asked")))

    def since(self, wave: str) -> list[str]:
        """The earlier wave of every change in a wave."""
        return [name for name in self._told("versus", self._are(wave=wave, measure="change")) if name]

    @property
    def waves_shown(self) -> set[str]:
        """In which there is a number to show."""
        estimates = self.columns["estimate"]
        assert isinstance(estimates, Numbers)
        return set(self._counted("wave", self._are(status="released") & ~np.isnan(estimates.values)))

    def count(self, name: str, **wanted: str) -> Counter[str]:
        """How many there are with each text of a column, of those with the wanted texts in others."""
        return self._counted(name, self._are(**wanted) if wanted else slice(None))

    def once(self, wave: str) -> "Figures":
        """Those of one wave: one for the parts of a whole, and none that is made of others that are shown."""
        if wave not in self._once:
            own = np.flatnonzero(self._are(wave=wave) & ~self._context)[::-1]
            wholes = self._whole(_WHOLE, [self._texts(name).codes[own] for name in _WHOLE])
            self._once[wave] = self.some(own[np.unique(wholes, return_index=True)[1]])
        return self._once[wave]

    def over_waves(self, indicator: str) -> Mapping[str, Figure]:
        """The figure of an indicator as a whole, by wave."""
        if indicator not in self._courses:
            found = np.flatnonzero(self._are(indicator=indicator, measure="value", part="", group_by=""))
            self._courses[indicator] = {figure.wave: figure for figure in self._objects(found.tolist())}
        return self._courses[indicator]

    def about(self, wave: str, indicator: str, measure: str, group_by: str = "") -> list[Figure]:
        """The figures of an indicator in a wave; several where it has parts or groups."""
        key = (wave, indicator, measure, group_by)
        if key not in self._about:
            self._about[key] = self._objects(self._places(wave, key[1:]))
        return self._about[key]

    def _places(self, wave: str, key: tuple[str, ...]) -> list[int]:
        wholes, places = self._ordered(wave)
        codes = [self._texts(name).code(text) for name, text in zip(_KEY, key, strict=True)]
        if None in codes:
            return []
        whole = self._whole(_KEY, codes)
        return places[bisect_left(wholes, whole) : bisect_right(wholes, whole)]

    def _ordered(self, wave: str) -> tuple[list[int], list[int]]:
        """The rows of a wave by indicator, measure and group: a number for these, and the place."""
        if wave not in self._waves:
            mine = np.flatnonzero(self._are(wave=wave))
            wholes = self._whole(_KEY, [self._texts(name).codes[mine] for name in _KEY])
            order = np.argsort(wholes, kind="stable")
            self._waves[wave] = wholes[order].tolist(), mine[order].tolist()
        return self._waves[wave]

    def _whole(self, names: Sequence[str], codes: Sequence[Any]) -> Any:
        """Several texts as one number, or those of several rows."""
        return np.ravel_multi_index(codes, [len(self._texts(name).words) for name in names])

    @cached_property
    def _about(self) -> dict[tuple[str, str, str, str], list[Figure]]:
        return {}

    @cached_property
    def _waves(self) -> dict[str, tuple[list[int], list[int]]]:
        return {}

    @cached_property
    def _once(self) -> dict[str, "Figures"]:
        return {}

    @cached_property
    def _courses(self) -> dict[str, Mapping[str, Figure]]:
        return {}

    @cached_property
    def _context(self) -> Mask:
        return self._texts("measure").are(*CONTEXT)

    def _are(self, **wanted: str) -> Mask:
        found: Mask = np.logical_and.reduce([self._texts(name).are(text) for name, text in wanted.items()])
        return found

    def _told(self, name: str, rows: Mask) -> list[str]:
        return self._texts(name).at(np.flatnonzero(rows))

    def _counted(self, name: str, rows: Mask | slice) -> Counter[str]:
        texts = self._texts(name)
        counts = np.bincount(texts.codes[rows])
        found = np.flatnonzero(counts)
        return Counter(dict(zip(texts.words[found].tolist(), counts[found].tolist(), strict=True)))

    def _texts(self, name: str) -> Texts:
        column = self.columns[name]
        assert isinstance(column, Texts)
        return column

    def _objects(self, places: Iterable[int]) -> list[Figure]:
        each = [self.columns[name] for name in COLUMNS]
        return [Figure._make([column.one(place) for column in each]) for place in places]


def figures(released: ReleasedTable) -> Mapping[str, Figures]:
    """The figures by community. Numbers of a row that is not released are dropped here too.

    Only n stays where the population is not known or wrong: how many answered is never hidden.
    They are found once, for the name of an edition and for its reports.
    """
    if released not in _KNOWN:
        _KNOWN[released] = from_rows(released.rows)
    return _KNOWN[released]


def from_rows(rows: pd.DataFrame) -> Mapping[str, Figures]:
    """The same of what was published before; ``rows`` as in a ReleasedTable."""
    return Figures(columns(rows)).blanked.by_community


_KNOWN: WeakKeyDictionary[ReleasedTable, Mapping[str, Figures]] = WeakKeyDictionary()
assert list(Figure._fields) == COLUMNS
