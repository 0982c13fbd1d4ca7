"""What feeds the page of a sector, so that it is drawn again, and what does not."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from lcmonitor.disclosure.released import ReleasedTable, release
from lcmonitor.indicators.table import IndicatorTable
from lcmonitor.programme.load import Setup
from lcmonitor.reporting.edition import Edition, plan, publish
from lcmonitor.reporting.figures import from_rows
from lcmonitor.reporting.reuse import PAGES, digests
from lcmonitor.reporting.revision import Change
from tests.reporting import figures

_SECTORS = {"delta": "logistics", "hof": "logistics", "linde": "health", "oever": "health"}
_DELTA, _LOGISTICS, _HEALTH = "communities/delta", "sectors/logistics", "sectors/health"
_EVERY = {f"communities/{name}" for name in _SECTORS} | {_LOGISTICS, _HEALTH}


def _with(setup: Setup, name: str, /, **told: object) -> Setup:
    changed = setup.communities[name].model_copy(update=told)
    return replace(setup, communities={**setup.communities, name: changed})


@pytest.fixture(scope="module")
def two(setup: Setup) -> Setup:
    """The programme with its communities in two sectors."""
    for name, sector in _SECTORS.items():
        setup = _with(setup, name, sector=sector)
    return setup


@pytest.fixture(scope="module")
def rows(two: Setup) -> pd.DataFrame:
    """What may be shown of its figures, and a figure among others that only five communities would have."""
    shown = figures.released(two).rows
    one = shown[(shown["community"] == "delta") & (shown["indicator"] == "trust-mean")]
    return pd.concat([shown, one[one["measure"] == "value"].assign(measure="funnel")], ignore_index=True)


def _digests(setup: Setup, rows: pd.DataFrame, *changes: Change) -> Mapping[str, str]:
    return digests(from_rows(rows), setup, setup.programme.waves[-1], "w1-00000000", changes)


def _anew(one: Mapping[str, str], other: Mapping[str, str]) -> set[str]:
    assert set(one) == set(other)
    return {path for path in one if one[path] != other[path]}


def _about(rows: pd.DataFrame, **key: str) -> "pd.Series[bool]":
    found = rows["community"] == key.get("community", "")
    for name, value in {"measure": "value", "group_by": "", **key}.items():
        found &= rows[name] == value
    return found


@pytest.mark.parametrize(
    ("key", "paths"),
    [
        ({"community": "delta", "indicator": "trust-mean"}, {_DELTA, _LOGISTICS}),
        ({"community": "delta", "indicator": "trust-mean", "wave": "w1"}, {_DELTA, _LOGISTICS}),
        ({"community": "delta", "indicator": "trust-mean", "measure": "funnel"}, set()),
        ({"indicator": "trust-mean", "group_by": "sector", "group_value": "health"}, {_HEALTH}),
        ({"indicator": "trust-mean"}, set()),
    ],
)
@pytest.mark.parametrize(("column", "said"), [("reason", "sensitive"), ("status", "not_answered")])
def test_a_sector_is_drawn_again_for_its_own_figures_and_those_of_its_communities(
    two: Setup, rows: pd.DataFrame, key: dict[str, str], paths: set[str], column: str, said: str
) -> None:
    those = _about(rows, **key)
    assert those.any()
    other = rows.assign(**{column: rows[column].astype(object).where(~those, said)})
    assert _anew(_digests(two, rows), _digests(two, other)) == paths


def test_what_only_a_sector_is_asked_is_its_own(two: Setup, rows: pd.DataFrame) -> None:
    asked = [name for name in two.instrument.sector_indicators["logistics"] if name.endswith("-mean")]
    those = _about(rows, indicator=asked[0])
    assert those.any()
    other = rows.assign(reason=rows["reason"].astype(object).where(~those, "sensitive"))
    assert _anew(_digests(two, rows), _digests(two, other)) == {_LOGISTICS}


def test_the_same_figures_in_other_categories_are_the_same(two: Setup, rows: pd.DataFrame) -> None:
    """What words a table knows depends on all of its rows."""
    plain = rows.astype({name: object for name in rows if rows[name].dtype != float})
    assert not _anew(_digests(two, rows), _digests(two, plain))


@pytest.mark.parametrize(
    ("told", "paths"),
    [({"name": "Anders"}, {_DELTA, _LOGISTICS}), ({"sector": "health"}, {_DELTA, _LOGISTICS, _HEALTH})],
)
def test_a_sector_is_drawn_again_for_the_profile_of_its_communities(
    two: Setup, rows: pd.DataFrame, told: dict[str, str], paths: set[str]
) -> None:
    assert _anew(_digests(two, rows), _digests(_with(two, "delta", **told), rows)) == paths


@pytest.mark.parametrize(
    ("change", "paths"),
    [
        (Change("correction", "delta", ("w1",), 1), {_DELTA, _LOGISTICS}),
        (Change("correction", "", ("w1",), 1, sector="health"), {_HEALTH}),
        (Change("correction", "", ("w1",), 1), set()),
        (Change("method", "", ("w1",), 1), _EVERY),
    ],
)
def test_a_sector_is_drawn_again_for_the_changes_that_it_tells(
    two: Setup, rows: pd.DataFrame, change: Change, paths: set[str]
) -> None:
    assert _anew(_digests(two, rows), _digests(two, rows, change)) == paths


def _moved(setup: Setup) -> ReleasedTable:
    """One figure of one community is another."""
    made = figures.table(setup).rows
    own = _about(made, community="delta", indicator="trust-mean")
    return release(
        IndicatorTable(made.assign(estimate=made["estimate"].where(~own, made["estimate"] + 0.2))),
        setup.programme.privacy,
    )


def _published(setup: Setup, table: ReleasedTable, drafts: Path) -> Edition:
    planned = plan(table, setup, drafts)
    assert planned
    return publish(table, setup, planned)


def test_a_sector_that_is_kept_is_what_would_be_drawn(two: Setup, tmp_path: Path) -> None:
    """Of the other sector nothing is drawn, and both are those of a draft that had nothing before it."""
    _published(two, figures.released(two), tmp_path / "drafts")
    before = {file: file.stat().st_mtime_ns for file in (tmp_path / "drafts" / PAGES).iterdir()}
    second = _published(two, _moved(two), tmp_path / "drafts")
    stayed = [file for file in (tmp_path / "drafts" / PAGES).iterdir() if file in before]
    assert len(stayed) == 2 * len(_EVERY - {_DELTA, _LOGISTICS})
    assert all(file.stat().st_mtime_ns == before[file] for file in stayed)
    alone = _published(two, _moved(two), tmp_path / "elsewhere")
    for path in ("sectors/health.nl.html", "sectors/logistics.en.html", "communities/delta.nl.html"):
        assert (second.folder / path).read_bytes() == (alone.folder / path).read_bytes()
