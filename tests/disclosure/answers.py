"""Every set of answers to one question, and those that agree with a published mean: the attacker's list."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations_with_replacement
from math import inf, nan, sqrt

from scipy.stats import t

Answers = tuple[int, ...]
SCALE = range(1, 6)


@dataclass(frozen=True)
class Mean:
    """With the interval that the formula gives; of what is not published NaN."""

    estimate: float
    se: float
    low: float
    high: float


def sets_of(n: int) -> list[Answers]:
    """Every set of n answers."""
    return list(combinations_with_replacement(SCALE, n))


def mean_of(answers: Answers, population: float) -> Mean:
    """Of a simple random sample without replacement; N infinite: no correction."""
    n = len(answers)
    estimate = sum(answers) / n
    spread = sum((answer - estimate) ** 2 for answer in answers) / (n - 1)
    se = sqrt((1 - n / population) * spread / n)
    half = _quantile(n) * se if se > 0 else nan
    return Mean(estimate, se, estimate - half, estimate + half)


@cache
def _quantile(n: int) -> float:
    return float(t.ppf(0.975, n - 1))


@cache
def _candidates(n: int, population: float) -> Mapping[Answers, Mean]:
    return {answers: mean_of(answers, population) for answers in sets_of(n) if not uniform(answers)}


def uniform(answers: Answers) -> bool:
    """Hidden by the rule of uniform answers: the attacker knows that these are not published."""
    at_an_end = max(answers.count(SCALE[0]), answers.count(SCALE[-1]))
    return len(set(answers)) == 1 or at_an_end >= 0.9 * len(answers)


def explained_by(mean: Mean, n: int, decimals: int, population: float = inf) -> list[Answers]:
    """The sets that agree with all that is published of a mean, rounded to ``decimals``."""
    within = 0.5 * 10**-decimals + 1e-9
    return [
        answers
        for answers, own in _candidates(n, population).items()
        if _near(own.estimate, mean.estimate, within)
        and _near(own.se, mean.se, within)
        and _near(own.low, mean.low, within)
        and _near(own.high, mean.high, within)
    ]


def _near(own: float, told: float, within: float) -> bool:
    return told != told or abs(own - told) <= within  # noqa: PLR0124 -- NaN: not published
