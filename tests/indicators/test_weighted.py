"""Weighted means and shares: as survey makes them."""

import csv
from pathlib import Path

import numpy as np
import pytest

from lcmonitor.indicators import weighted, weights
from lcmonitor.indicators.sums import Floats, Level
from lcmonitor.indicators.weighted import Answers, Weighted
from lcmonitor.indicators.weighting import Weighting
from lcmonitor.indicators.weights import Margin

REFERENCE = Path(__file__).parents[1] / "reference"
TYPE = Margin(np.array([0, 0, 1, 1, 2, 2]), np.array([30.0, 50.0, 20.0]))
SIZE = Margin(np.array([0, 1, 0, 1, 0, 1]), np.array([65.0, 35.0]))
PEOPLE = np.array([100.0])


def rows(name: str) -> list[dict[str, str]]:
    text = (REFERENCE / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in text if not line.startswith("#")))


def by_stratum(answers: list[tuple[int, float]]) -> Answers:
    given = [[answer for stratum, answer in answers if stratum == place] for place in range(1, 7)]
    return Answers(
        np.array([float(len(each)) for each in given]),
        np.array([sum(each) for each in given]),
        np.array([sum(answer**2 for answer in each) for each in given]),
    )


def weighting(way: str, n: Floats) -> Weighting:
    """One community of six partners; ``n``: respondents of each."""
    margins = [TYPE] if way == "post" else [TYPE, SIZE]
    fitted = weights.raked(n, margins)
    each = weights.trimmed(fitted, n, 0.62, 1.5) if way == "trim" else fitted
    levels = tuple(Level(margin.category, len(margin.people)) for margin in margins)
    one = np.ones(1, dtype=bool)
    return Weighting(Level(np.zeros(6, dtype=np.intp), 1), each.each, fitted.each, n, levels, one, one)


def found(way: str, answers: str, of: str) -> Weighted:
    respondents = rows("weighted.csv")
    rest = "3" if answers == "all" else ""
    told = [(int(row["stratum"]), float(text)) for row in respondents if (text := row["score"] or rest)]
    if of == "share":
        told = [(stratum, float(answer >= 4)) for stratum, answer in told]
    n = by_stratum([(int(row["stratum"]), 0.0) for row in respondents]).n
    return weighted.of_answers(weighting(way, n), by_stratum(told))


@pytest.mark.parametrize(
    "row", rows("recorded/formulas/weighted.csv"), ids=lambda row: "-".join([*row.values()][:3])
)
def test_the_value_and_its_standard_error_are_those_of_survey(row: dict[str, str]) -> None:
    made = found(row["way"], row["answers"], row["of"])
    estimate = weighted.share(made, PEOPLE) if row["of"] == "share" else weighted.mean(made, PEOPLE, None)
    assert estimate.value[0] == pytest.approx(float(row["mean"]), rel=0.5e-8)
    assert estimate.se[0] == pytest.approx(float(row["se"]), rel=0.5e-8)


@pytest.mark.parametrize("way", ["post", "rake", "trim"])
def test_the_interval_of_a_share_is_that_of_korn_and_graubard(way: str) -> None:
    (row,) = [r for r in rows("recorded/formulas/weighted.csv") if r["way"] == way and r["low"]]
    share = weighted.share(found(way, "all", "share"), PEOPLE)
    told = [float(row["low"]), float(row["high"])]
    ends = weighted.korn_graubard(share.value, share.value * (1 - share.value) / share.se**2)
    assert [end[0] for end in ends] == pytest.approx(told, rel=0.5e-8)
    assert share.low[0] < told[0] < told[1] < share.high[0], "as many answers as there are, and no more"
