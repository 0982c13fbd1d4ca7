"""Where a figure comes from: the SQL that ``lcmonitor explain`` gives makes it again from the snapshot."""

from collections import Counter
from datetime import date
from pathlib import Path

import duckdb
import pytest

from lcmonitor import demo, pipeline
from lcmonitor.origin import recomputed
from lcmonitor.programme.load import load_workspace
from lcmonitor.reporting.figures import Figure, from_rows
from lcmonitor.store.store import reading
from tests.gallery.conftest import lcmonitor  # noqa: F401 -- the same shell
from tests.gallery.garden import Shell

COMMUNITY, FILES = "zorg-noord", "participant-2026-1"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo with what participants of one community answered in two waves: that of most people."""
    root = tmp_path_factory.mktemp("origin") / "programme"
    demo.write(root)
    for export in root.glob("inbox/*/*"):
        if export.parent.name != COMMUNITY or not export.name.startswith(("participant-2025-2", FILES)):
            export.unlink()
    pipeline.ingest(root)
    table = pipeline.compute(root)
    assert pipeline.publish(root, table, pipeline.release(root, table, date(2026, 12, 1)))
    return root


def figures(root: Path) -> list[Figure]:
    with reading(load_workspace(root).workspace.store) as store:
        (edition,) = store.editions()
        return [one for one in from_rows(store.released(edition.id))[COMMUNITY].all if one.shown]


def test_a_shown_figure_is_made_again_from_the_snapshot(root: Path) -> None:
    """Value, people, standard error and interval, to nine digits; one decimal where only that is shown."""
    setup, made = load_workspace(root), Counter[str]()
    community = setup.communities[COMMUNITY]
    indicators = setup.instrument.indicators_in(community.sector)
    with duckdb.connect(setup.workspace.analysis, read_only=True) as snapshot:
        for figure in figures(root):
            wave = next(wave for wave in setup.programme.waves if wave.id == figure.wave)
            indicator = indicators[figure.indicator]
            sql = recomputed(figure, indicator, setup.instrument.at(wave.opens, community.sector))
            if sql:
                (made_again,) = snapshot.execute(sql).df().to_dict("records")
                exact = figure.se is not None
                assert made_again["n"] == figure.n, sql
                assert made_again["estimate"] == pytest.approx(
                    figure.estimate, abs=1e-9 if exact else 0.0501
                ), sql
                assert not exact or made_again["se"] == pytest.approx(figure.se, abs=1e-9), sql
                if indicator.statistic == "mean" and figure.low is not None:
                    ends, near = [made_again["low"], made_again["high"]], 1e-9 if exact else 0.1001
                    assert ends == pytest.approx([figure.low, figure.high], abs=near), sql
                    made["exact interval"] += exact
                made[indicator.statistic + (" by type" if figure.group_by else "")] += 1
    assert made["mean"] > 50
    assert made["exact interval"] > 40
    assert made["share"] > 20
    assert made["mean by type"] > 10
    assert made["distribution"] > 500


def test_what_is_not_of_one_response_by_itself_has_no_query(root: Path) -> None:
    setup = load_workspace(root)
    book = setup.instrument.at(setup.programme.waves[-1].opens, setup.communities[COMMUNITY].sector)
    indicators = setup.instrument.indicators_in(setup.communities[COMMUNITY].sector)
    rest = [one for one in figures(root) if not recomputed(one, indicators[one.indicator], book)]
    statistics = {indicators[one.indicator].statistic for one in rest if one.measure == "value"}
    assert {"consensus", "response"} <= statistics
    assert not {"mean", "share", "distribution"} & statistics
    assert {one.measure for one in rest} > {"value", "change"}


def test_explain_names_the_exports_and_gives_formula_and_query(root: Path, lcmonitor: Shell) -> None:  # noqa: F811
    said = lcmonitor("explain", f"{COMMUNITY}/2026-1/trust-mean", "--workspace", root)
    first = said.out.split("\n\n")[0]
    files = [file.name for file in (root / "inbox" / COMMUNITY).glob(f"{FILES}*")]
    assert files
    assert all(name in first for name in files)
    assert "Σ x / n" in first
    assert "S are the squares" in first
    followed = lcmonitor("explain", f"{COMMUNITY}/2026-1/response", "--workspace", root).out
    assert followed.count("%") == followed.count("shown  ")
    whole, *parts = lcmonitor("explain", f"{COMMUNITY}/2026-1/balance", "--workspace", root).out.split("\n\n")
    assert "ln k" in whole
    values = [part for part in parts if ", part " in part and "the figure" in part]
    assert len(values) == 3
    assert all("Σ x / n" in part and "ln k" not in part for part in values)
    assert "FROM responses_participant" in first
    hidden = lcmonitor("explain", f"{COMMUNITY}/2026-1/trust-mean/startup", "--workspace", root).out
    assert "SELECT" not in hidden
