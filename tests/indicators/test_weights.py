"""Weights: as survey makes them, and what must hold whatever came in."""

import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lcmonitor.indicators import weights
from lcmonitor.indicators.sums import Level
from lcmonitor.indicators.weights import Margin

REFERENCE = Path(__file__).parents[1] / "reference"
TYPE = Margin(np.array([0, 0, 1, 1, 2, 2]), np.array([30.0, 50.0, 20.0]))
SIZE = Margin(np.array([0, 1, 0, 1, 0, 1]), np.array([65.0, 35.0]))


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(line for line in path.read_text().splitlines() if not line.startswith("#")))


def made(n: np.ndarray, margins: list[Margin]) -> np.ndarray:
    found = weights.raked(n, margins)
    assert found is not None
    return found


def effect(each: np.ndarray, n: np.ndarray) -> float:
    return float(weights.design_effect(Level(np.zeros(len(n), dtype=int), 1), each, n)[0])


@pytest.mark.parametrize("way", ["post", "rake", "trim"])
def test_weights_are_those_of_survey(way: str) -> None:
    strata = rows(REFERENCE / "strata.csv")
    n = np.array([float(row["n"]) for row in strata])
    found = made(n, [TYPE] if way == "post" else [TYPE, SIZE])
    if way == "trim":
        found = weights.trimmed(found, n, 0.6, 1.5)
    recorded = [r for r in rows(REFERENCE / "recorded/formulas/weights.csv") if r["way"] == way]
    assert found.tolist() == pytest.approx([float(row["weight"]) for row in recorded], rel=0.5e-8)
    assert effect(found, n) == pytest.approx(float(recorded[0]["effect"]), rel=0.5e-8)
    assert n.sum() / effect(found, n) == pytest.approx(float(recorded[0]["effective"]), rel=0.5e-8)


def test_people_of_whom_none_answered_leave_no_weights() -> None:
    assert weights.raked(np.array([9.0, 2, 4, 7, 0, 0]), [TYPE, SIZE]) is None


def test_variables_that_contradict_each_other_leave_no_weights() -> None:
    assert weights.raked(np.array([9.0, 0, 0, 7, 0, 5]), [TYPE, SIZE]) is None


@given(st.lists(st.integers(1, 30), min_size=6, max_size=6))
def test_the_margins_hold_and_unequal_weights_cost_something(n: list[int]) -> None:
    people = np.array(n, float)
    found = made(people, [TYPE, SIZE])
    for margin in (TYPE, SIZE):
        counted = np.bincount(margin.category, people * found)
        assert counted == pytest.approx(margin.people, rel=1e-9)
    assert effect(found, people) >= 1 - 1e-12
    cut = weights.trimmed(found, people)
    assert (people * cut).sum() == pytest.approx(100, rel=1e-9)
    assert effect(cut, people) <= effect(found, people) + 1e-9


@given(st.lists(st.integers(0, 30), min_size=6, max_size=6).filter(any))
def test_a_mix_that_is_right_needs_no_weights(n: list[int]) -> None:
    people = np.array(n, float)
    counts = [np.bincount(m.category, people, len(m.people)).astype(float) for m in (TYPE, SIZE)]
    own = [Margin(m.category, each) for m, each in zip((TYPE, SIZE), counts, strict=True)]
    found = made(people, own)
    assert found[people > 0] == pytest.approx(1)
