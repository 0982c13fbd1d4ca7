"""What an edition changes beside the one that was approved before it, in three classes.

``new``         waves that the earlier one did not have
``correction``  figures of waves that it had, shown in both and different
``method``      definitions that are in both and different

Only what both editions show is compared, so nothing is told that a reader of the two does not know.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal, NamedTuple

import pandas as pd

from lcmonitor.disclosure.cells import SECTOR
from lcmonitor.errors import Language
from lcmonitor.programme.load import Setup
from lcmonitor.reporting.figures import ACROSS
from lcmonitor.reporting.fingerprints import Fingerprints, revised
from lcmonitor.reporting.shelf import Kept

Kind = Literal["new", "correction", "method"]
_POINTS = ("mean", "rating")  # statistics whose figures lie on a scale
_SHARES = ("share", "distribution", "intention", "quality", "response", "coverage", "attendance", "retention")
_KEY = ["community", "wave", "form", "indicator", "part", "group_by", "group_value"]
_SAME = 1e-9


class Whose(NamedTuple):
    """A community, a sector, or without both all communities together."""

    community: str = ACROSS
    sector: str = ""


_WHOSE = [*Whose._fields]


@dataclass(frozen=True)
class Change:
    """One change. ``figures``: how many are new, or differ; of a method: how many definitions.

    ``points`` and ``percents``: the largest difference of a figure on a scale, and of a share.
    """

    kind: Kind
    community: str  # "" across communities, and of a method
    waves: tuple[str, ...]
    figures: int
    points: float = 0.0
    percents: float = 0.0
    what: tuple[str, ...] = ()  # kinds of definitions
    reasons: tuple[Mapping[str, Any], ...] = ()  # date, and the text in each language
    sector: str = ""  # across the communities of this one only

    @property
    def whose(self) -> "Whose":
        """The report that it is about; a change of method is about all."""
        return Whose(self.community, self.sector)

    def as_json(self) -> dict[str, Any]:
        """For edition.json."""
        return asdict(self)


def from_json(facts: Mapping[str, Any]) -> Change:
    """What ``as_json`` gave."""
    listed = {name: tuple(facts[name]) for name in ("waves", "what", "reasons")}
    return Change(**{**facts, **listed})


@dataclass(frozen=True)
class Earlier:
    """The edition that was approved last. ``rows``: what it showed, as in a ReleasedTable."""

    edition: Kept
    rows: pd.DataFrame

    @property
    def day(self) -> date:
        """When it was approved."""
        assert self.edition.approved
        return self.edition.approved.date()


def changes(
    earlier: Earlier | None, rows: pd.DataFrame, setup: Setup, made_by: Fingerprints
) -> tuple[Change, ...]:
    """Of every community and of all together; none where nothing was approved before."""
    if earlier is None:
        return ()
    before, now = (_shown(each, setup) for each in (earlier.rows, rows))
    found = [*_new(before, now), *_corrected(before, now, setup)]
    found += _methods(earlier.edition.facts.get("definitions", {}), made_by, sorted(set(now["wave"])))
    return tuple(explained(one, setup, earlier.day) for one in found)


def explained(change: Change, setup: Setup, since: date) -> Change:
    """With the reasons that people wrote for it."""
    communities = _behind(change, setup)
    reasons = tuple(
        {"date": one.date.isoformat(), **one.reason}
        for one in setup.revisions
        if one.explains(change.kind, change.waves, communities, since)
    )
    return Change(**{**vars(change), "reasons": reasons})


def _behind(change: Change, setup: Setup) -> list[str]:
    """The communities whose answers its figures are made of."""
    if change.community != ACROSS:
        return [change.community]
    return [name for name, one in setup.communities.items() if change.sector in ("", one.sector)]


def _shown(rows: pd.DataFrame, setup: Setup) -> pd.DataFrame:
    wanted = (rows["status"] == "released") & (rows["measure"] == "value") & rows["estimate"].notna()
    shown = rows.loc[wanted, [*_KEY, "estimate"]].astype(dict.fromkeys(_KEY, str))
    return shown.assign(sector=_sector(shown, setup))


def _sector(rows: pd.DataFrame, setup: Setup) -> pd.Series:
    """Of what is of all communities together: the sector whose report has it, as ``Figures.of_sector``."""
    asked = {name: sector for sector, own in setup.instrument.sector_indicators.items() for name in own}
    found = rows["group_value"].where(rows["group_by"] == SECTOR, rows["indicator"].map(asked))
    return found.where(rows["community"] == ACROSS).fillna("").astype(str)


def _new(before: pd.DataFrame, now: pd.DataFrame) -> Iterator[Change]:
    fresh = now[~now["wave"].isin(before["wave"])]
    for whose, those in fresh.groupby(_WHOSE):
        community, sector = map(str, whose)
        yield Change("new", community, tuple(sorted(set(those["wave"]))), len(those), sector=sector)


def _corrected(before: pd.DataFrame, now: pd.DataFrame, setup: Setup) -> Iterator[Change]:
    both = now.merge(before[[*_KEY, "estimate"]], on=_KEY, suffixes=("", "_then"))
    moved = (both["estimate"] - both["estimate_then"]).abs()
    changed = both.assign(moved=moved)[moved > _SAME]
    statistics = {name: one.statistic for name, one in setup.instrument.every_indicator.items()}
    for whose, those in changed.groupby(_WHOSE):
        kinds = those["indicator"].map(statistics)
        community, sector = map(str, whose)
        yield Change(
            kind="correction",
            community=community,
            sector=sector,
            waves=tuple(sorted(set(those["wave"]))),
            figures=len(those),
            points=_largest(those[kinds.isin(_POINTS)]),
            percents=_largest(those[kinds.isin(_SHARES)]) * 100,
        )


def _largest(rows: pd.DataFrame) -> float:
    return round(float(rows["moved"].max()), 6) if len(rows) else 0.0


def _methods(before: Any, now: Fingerprints, waves: Sequence[str]) -> Iterator[Change]:
    found = list(revised(before, now))
    if found:
        kinds = tuple(dict.fromkeys(kind for kind, _ in found))
        yield Change("method", ACROSS, tuple(waves), len(found), what=kinds)


def reason_in(reason: Mapping[str, Any], language: Language) -> str:
    """What somebody wrote, in the page's language."""
    return str(reason[language])
