"""What changed, as the reports of a sector and of the quality of the data tell it."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from lcmonitor.programme.load import Setup
from lcmonitor.programme.revisions import Revision
from lcmonitor.reporting.changed import changed
from lcmonitor.reporting.edition import plan, publish
from lcmonitor.reporting.revision import Change, Earlier, Whose, changes
from lcmonitor.reporting.shelf import Kept
from lcmonitor.reporting.words import words
from tests.reporting.figures import released

_BEFORE = {"edition": "w1-00000000", "approved": "2025-01-01T12:00:00+00:00", "definitions": {}}


@pytest.fixture(scope="module")
def setup(setup: Setup) -> Setup:
    """Four communities in one sector, one of them not shown by name; a reason for one."""
    told = {
        "date": "2025-06-02", "class": "correction", "waves": ["w2"], "communities": ["delta"],
        "reason": {"nl": "De schaal was omgedraaid.", "en": "The scale was reversed."},
    }  # fmt: skip
    revisions = (Revision.model_validate(told),)
    return replace(_in(setup, dict.fromkeys(setup.communities, "logistics")), revisions=revisions)


def _in(setup: Setup, sectors: Mapping[str, str]) -> Setup:
    moved = {
        name: one.model_copy(update={"sector": sectors[name]}) for name, one in setup.communities.items()
    }
    return replace(setup, communities=moved)


@pytest.fixture(scope="module")
def pages(setup: Setup, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """Its boxes."""
    return _boxes(setup, tmp_path_factory.mktemp("changed"))


def _boxes(setup: Setup, folder: Path) -> Mapping[str, str]:
    """Of every page, beside an edition in which every mean of the second wave was a tenth lower."""
    table = released(setup)
    planned = plan(table, setup, folder)
    assert planned
    publish(table, setup, planned, Earlier(Kept(Path(), _BEFORE), _lower(table.rows)))
    found = planned.folder.rglob("*.html")
    return {path.relative_to(planned.folder).as_posix(): _box(path) for path in found}


def _lower(rows: pd.DataFrame) -> pd.DataFrame:
    means = rows["indicator"].str.endswith("-mean") & (rows["measure"] == "value") & (rows["wave"] == "w2")
    return rows.assign(estimate=rows["estimate"].where(~means, rows["estimate"] - 0.1))


def _box(page: Path) -> str:
    found = re.search(r'<aside class="changed".*?</aside>', page.read_text(), re.DOTALL)
    return " ".join(re.sub("<[^>]*>", " ", found[0]).split()) if found else ""


def test_a_sector_tells_of_itself_and_its_communities(pages: Mapping[str, str]) -> None:
    told = pages["sectors/logistics.nl.html"]
    assert "Correctie (sector Logistiek, Delta): " in told
    assert "2 juni 2025: De schaal was omgedraaid." in told
    assert told.count("Correctie (") == 2  # those without a reason are another line
    assert "samen" not in told


def test_a_sector_does_not_tell_of_another(setup: Setup, tmp_path: Path) -> None:
    sectors = {"delta": "health", "hof": "logistics", "linde": "logistics", "oever": "logistics"}
    pages = _boxes(_in(setup, sectors), tmp_path)
    logistics, health = pages["sectors/logistics.nl.html"], pages["sectors/health.nl.html"]
    assert "Correctie (Delta): " in health
    assert health.count("(") == logistics.count("(") == 2  # the edition before, and whose
    assert "Delta" not in logistics


def test_who_is_not_named_to_the_funder_is_not_named_in_the_box_of_a_sector(setup: Setup) -> None:
    found = [Change("new", name, ("w2",), 1) for name in ("hof", "oever")]
    told = {named: changed("w1-0", found, setup, words("en"), named).entries for named in (True, False)}
    assert [entry.whose for entry in told[True]] == ["Hof, Oever"]
    assert [entry.whose for entry in told[False]] == ["2 communities"]


def test_the_quality_report_tells_of_everything(pages: Mapping[str, str]) -> None:
    told = pages["quality.en.html"]
    assert told.count("Correction (") == 2
    assert "Correction (all communities together, sector Logistics, Delta): " in told
    assert "2 June 2025: The scale was reversed." in told


def test_the_programme_counts_no_figure_of_a_sector(setup: Setup, pages: Mapping[str, str]) -> None:
    rows = released(setup).rows
    moved = rows[(rows["estimate"] - _lower(rows)["estimate"]).abs() > 1e-9]
    shown = moved[(moved["status"] == "released") & (moved["community"] == "")]
    own = shown[(shown["group_by"] != "sector") & ~shown["indicator"].isin(_asked_of_a_sector(setup))]
    assert 0 < len(own) < len(shown)
    assert f"Correctie (alle communities samen): {len(own)} cijfers " in pages["programme.nl.html"]


def _asked_of_a_sector(setup: Setup) -> set[str]:
    return {name for own in setup.instrument.sector_indicators.values() for name in own}


@pytest.mark.parametrize(("sector", "reasons"), [("logistics", 1), ("health", 0)])
def test_a_reason_for_a_community_is_one_for_its_sector(setup: Setup, sector: str, reasons: int) -> None:
    rows = released(setup).rows
    one = rows[(rows["group_value"] == "logistics") & (rows["status"] == "released")]
    now = one[one["wave"] == "w2"].dropna(subset="estimate").iloc[[0]].assign(group_value=sector)
    before = now.assign(estimate=now["estimate"] - 0.2)
    (found,) = changes(Earlier(Kept(Path(), _BEFORE), before), now, setup, {})
    assert found.whose == Whose(sector=sector)
    assert len(found.reasons) == reasons


@pytest.mark.parametrize(("count", "told"), [(1, "C0"), (5, "C0, C1, C2, C3, C4"), (6, "6 communities")])
def test_many_that_changed_alike_are_one_line(setup: Setup, count: int, told: str) -> None:
    names = [f"C{number}" for number in range(count)]
    found = [Change("new", name, ("w2",), 10, points=float(nth)) for nth, name in enumerate(names)]
    (entry,) = changed("w1-0", found, setup, words("en")).entries
    assert entry.whose == told
    assert entry.size.startswith(f"{10 * count} figures of spring 2025.")


def test_changes_of_other_waves_or_for_other_reasons_are_lines_of_their_own(setup: Setup) -> None:
    reason = {"date": "2025-06-02", "nl": "a", "en": "a"}
    found = [
        Change("correction", "delta", ("w2",), 1),
        Change("correction", "hof", ("w1",), 1),
        Change("correction", "linde", ("w2",), 1, reasons=(reason,)),
        Change("new", "delta", ("w2",), 1),
    ]
    assert len(changed("w1-0", found, setup, words("en")).entries) == 4
