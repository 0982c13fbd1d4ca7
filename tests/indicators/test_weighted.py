"""Weighted means and shares: as survey makes them."""

import csv
import math
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
    each = weights.raked(n, [TYPE] if way == "post" else [TYPE, SIZE])
    assert each is not None
    each = weights.trimmed(each, n, 0.62, 1.5) if way == "trim" else each
    one = np.ones(1, dtype=bool)
    return Weighting(Level(np.zeros(6, dtype=np.intp), 1), each, n, one, one)


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
def test_the_value_is_that_of_survey_and_so_is_what_its_variance_is_made_of(row: dict[str, str]) -> None:
    made = found(row["way"], row["answers"], row["of"])
    assert made.value[0] == pytest.approx(float(row["mean"]), rel=0.5e-8)
    assert made.worth[0] == pytest.approx(float(row["worth"]), rel=0.5e-8)
    assert made.variance[0] * made.worth[0] == pytest.approx(float(row["variance"]), rel=0.5e-8)


@pytest.mark.parametrize("way", ["post", "rake", "trim"])
def test_the_interval_of_a_share_is_that_of_korn_and_graubard(way: str) -> None:
    """With survey's own standard error its own ends; ours are of the value that is shown."""
    (row,) = [r for r in rows("recorded/formulas/weighted.csv") if r["way"] == way and r["low"]]
    share, told = np.array([float(row["mean"])]), [float(row["low"]), float(row["high"])]
    ends = weighted.korn_graubard(share, share * (1 - share) / float(row["se"]) ** 2)
    assert [end[0] for end in ends] == pytest.approx(told, rel=0.5e-8)


def test_a_figure_is_given_in_whole_answers_with_its_interval_outwards() -> None:
    made, n = found("rake", "all", "share"), 30
    share = weighted.share(made, PEOPLE)
    exact = weighted.korn_graubard(share.value, made.worth / 0.7)
    assert share.value[0] == round(float(made.value[0]) * n) / n
    assert share.low[0] == math.floor(exact[0][0] * n) / n
    assert share.high[0] == math.ceil(exact[1][0] * n) / n
