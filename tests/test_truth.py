"""The simulated programme's true values are known: do the product's own intervals cover them?"""

import math
from collections.abc import Mapping
from pathlib import Path
from statistics import fmean

import pandas as pd
import pytest

from lcmonitor import demo, pipeline
from lcmonitor.demo.census import censuses
from lcmonitor.demo.plan import load_plan
from lcmonitor.demo.truth import TrueValue, true_values
from lcmonitor.indicators import moments, panel, quality
from lcmonitor.indicators.compute import foresee
from lcmonitor.intake.receipt import Receipt
from lcmonitor.programme.load import load_workspace

Place = tuple[str, str, str, str]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("truth") / "programme"
    demo.write(root)
    return root


@pytest.fixture(scope="module")
def receipts(root: Path) -> list[Receipt]:
    return pipeline.ingest(root)


@pytest.fixture(scope="module")
def figures(root: Path, receipts: list[Receipt]) -> pd.DataFrame:
    """Every figure that the product computes of the demo, exports and all."""
    assert receipts
    setup = load_workspace(root)
    rows = pipeline.compute(root).rows
    rows["of"] = rows["indicator"].map({name: each.of for name, each in setup.instrument.indicators.items()})
    whole = (rows["community"] != "") & (rows["group_by"] == "") & (rows["measure"] == "value")
    return rows[whole & (rows["form"] == "participant") & (rows["n"] >= 5)]


@pytest.fixture(scope="module")
def truth(tmp_path_factory: pytest.TempPathFactory) -> Mapping[Place, TrueValue]:
    root = tmp_path_factory.mktemp("census") / "programme"
    demo.write(root)
    known = true_values(censuses(load_workspace(root), load_plan()))
    return {(each.community, each.wave, each.form, each.of): each for each in known if not each.part}


def covered(rows: pd.DataFrame, truth: Mapping[Place, TrueValue], value: str) -> list[bool]:
    """Of each figure with an interval whether that holds the true value of its population."""
    inside = []
    for row in rows[rows["low"].notna()].to_dict("records"):
        known = truth.get((row["community"], row["wave"], row["form"], row["of"]))
        true = getattr(known, value) if known else math.nan
        if not math.isnan(true):
            inside.append(row["low"] - 1e-9 <= true <= row["high"] + 1e-9)
    return inside


def test_the_long_queries_can_be_made_before_there_are_responses(root: Path, receipts: list[Receipt]) -> None:
    """What is foreseen is what is then asked, to the letter, so that none of it is made twice."""
    long = (moments.moments, moments.scores, panel.pairs, quality.query)
    for query in long:
        query.cache_clear()
    foresee(load_workspace(root))
    made = [query.cache_info().misses for query in long]
    assert all(made)
    pipeline.compute(root)
    assert [query.cache_info().misses for query in long] == made


def test_a_questionnaire_that_stayed_the_same_does_not_drift(receipts: list[Receipt]) -> None:
    codes = {finding.message.code for receipt in receipts for finding in receipt.findings}
    assert len(receipts) > 60
    assert [code for code in codes if "LCM-260" <= code <= "LCM-289"] == []


def test_intervals_of_means_hold_the_true_mean_as_often_as_they_promise(
    figures: pd.DataFrame, truth: Mapping[Place, TrueValue]
) -> None:
    inside = covered(figures[figures["statistic"] == "mean"], truth, "mean")
    assert len(inside) > 400
    assert 0.95 <= fmean(inside) < 0.995


def test_at_least_95_in_100_exact_intervals_of_shares_hold_the_true_share(
    figures: pd.DataFrame, truth: Mapping[Place, TrueValue]
) -> None:
    inside = covered(figures[figures["statistic"] == "share"], truth, "share")
    assert len(inside) > 400
    assert fmean(inside) >= 0.95


def test_a_census_is_the_truth_and_has_no_interval(
    figures: pd.DataFrame, truth: Mapping[Place, TrueValue]
) -> None:
    census = figures[(figures["method"] == "census") & (figures["statistic"] == "mean")]
    assert len(census) > 0
    assert census["low"].isna().all()
