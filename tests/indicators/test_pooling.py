"""Random effects over communities: as metafor, and what must hold whatever the numbers are."""

import csv
import math
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lcmonitor.indicators import pooling

REFERENCE = Path(__file__).parents[1] / "reference"
BETWEEN = {"PM": pooling.paule_mandel, "REML": pooling.reml}


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(line for line in path.read_text().splitlines() if not line.startswith("#")))


def effects() -> Mapping[str, list[dict[str, str]]]:
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows(REFERENCE / "effects.csv"):
        found.setdefault(row["set"], []).append(row)
    return found


def padded(sets: Mapping[str, list[dict[str, str]]], name: str) -> np.ndarray:
    """Sets × the largest number of communities; NaN where a set has fewer."""
    table = np.full((len(sets), max(map(len, sets.values()))), math.nan)
    for at, mine in enumerate(sets.values()):
        table[at, : len(mine)] = [float(row[name]) for row in mine]
    return table


@pytest.mark.parametrize("method", ["PM", "REML"])
@pytest.mark.parametrize("test", ["knha", "adhoc"])
def test_pooled_is_that_of_metafor(method: str, test: str) -> None:
    sets = effects()
    y, v = padded(sets, "y"), padded(sets, "v")
    found = pooling.pooled(y, v, BETWEEN[method], truncated=test == "adhoc")
    recorded = [
        row
        for row in rows(REFERENCE / "recorded/formulas/pooling.csv")
        if (row["method"], row["test"]) == (method, test)
    ]
    assert [row["set"] for row in recorded] == list(sets)
    for at, row in enumerate(recorded):
        for name in set(row) - {"set", "method", "test", "shrunken"}:
            close = pytest.approx(float(row[name]), rel=0.5e-8, abs=1e-11)
            assert getattr(found, name)[at] == close, (row["set"], name)
        if row["shrunken"]:
            shrunk = pooling.shrunken(y[at, 0], v[at, 0], found.value[at], found.tau2[at])
            assert shrunk == pytest.approx(float(row["shrunken"]), rel=0.5e-8)


def test_groups_differ_as_in_metafor() -> None:
    for row in rows(REFERENCE / "recorded/formulas/pooling_groups.csv"):
        mine = effects()[row["set"]]
        groups = {name: [one for one in mine if one["group"] == name] for name in ("a", "b")}
        found = pooling.pooled(padded(groups, "y"), padded(groups, "v"))
        q, p = pooling.between_groups(found.value, found.se)
        assert q == pytest.approx(float(row["q"]), rel=0.5e-8)
        assert p == pytest.approx(float(row["p"]), rel=0.5e-8)


@pytest.mark.parametrize(("n", "weight"), [(5, 0.40), (10, 4 / 7), (30, 0.80)])
def test_the_fewer_answers_the_nearer_to_the_others(n: int, weight: float) -> None:
    found = pooling.shrunken(np.array(1.0), np.array(0.45 / n), np.array(0.0), np.array(0.06))
    assert found == pytest.approx(weight)


estimates = st.lists(st.tuples(st.floats(-3, 3), st.floats(0.005, 0.5)), min_size=2, max_size=12)


@given(estimates, st.floats(-5, 5))
def test_order_and_origin_do_not_matter(given_: list[tuple[float, float]], by: float) -> None:
    y, v = (np.array(each) for each in zip(*given_, strict=True))
    turned = np.argsort(np.sin(np.arange(len(y)) * 7.0))
    for between in BETWEEN.values():
        one = pooling.pooled(y[None], v[None], between)
        other = pooling.pooled((y + by)[None, turned], v[None, turned], between)
        assert other.value == pytest.approx(one.value + by, abs=1e-6)
        assert other.tau2 == pytest.approx(one.tau2, abs=1e-6, rel=1e-5)
        assert other.high - other.low == pytest.approx(one.high - one.low, rel=1e-4)


@given(estimates)
def test_the_pooled_value_lies_among_the_estimates(given_: list[tuple[float, float]]) -> None:
    y, v = (np.array(each) for each in zip(*given_, strict=True))
    found = pooling.pooled(y[None], v[None])
    assert y.min() - 1e-9 <= found.value[0] <= y.max() + 1e-9
    assert 0 <= found.i2[0] < 1
    assert found.predicted_low[0] <= found.low[0] <= found.value[0]
    weights = 1 / (v + found.tau2[0])
    squares = float((weights * (y - found.value[0]) ** 2).sum())
    assert squares == pytest.approx(len(y) - 1, rel=1e-6) or (found.tau2[0] == 0 and squares < len(y) - 1)


@given(estimates)
def test_reml_is_on_top_of_its_likelihood(given_: list[tuple[float, float]]) -> None:
    y, v = (np.array(each) for each in zip(*given_, strict=True))

    def likelihood(tau2: float) -> float:
        w = 1 / (v + tau2)
        mean = (w * y).sum() / w.sum()
        return float(0.5 * (np.log(w).sum() - np.log(w.sum()) - (w * (y - mean) ** 2).sum()))

    tau2 = pooling.reml(y[None], v[None])[0]
    for other in (tau2 * 0.999, tau2 * 1.001, tau2 + 1e-3, 0.0):
        assert likelihood(tau2) >= likelihood(max(other, 0.0)) - 1e-9


def test_one_estimate_or_none_is_not_pooled() -> None:
    y = np.array([[0.3, math.nan], [math.nan, math.nan]])
    found = pooling.pooled(y, np.full(y.shape, 0.1))
    assert found.k.tolist() == [1, 0]
    assert np.isnan([found.value[1], *found.tau2, *found.low, *found.q_p]).all()
