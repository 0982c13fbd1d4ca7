"""Weights that give respondents the mix of those who could answer: raking, and what it costs.

A stratum is a combination of the variables, such as a partner type and a size of organisation; everyone in
it has the same weight, so means are made of the strata's sums and no answer is touched. Raking (Deming and
Stephan 1940) fits the margins one after the other until all hold, as ``survey::rake``; with one variable it
is ``survey::postStratify``. Weights far from the mean are trimmed, and what is cut off is spread over the
others, as ``survey::trimWeights(strict = TRUE)``. A category of people none of whom answered cannot be raked:
then there are no weights, and it is named.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lcmonitor.indicators.sums import Floats, Integers

_ROUNDS = 1000
_SETTLED = 1e-13
LOWER, UPPER = 0.3, 3.0  # of the mean weight


@dataclass(frozen=True)
class Margin:
    """One variable: the category of each stratum, and how many people each category has."""

    category: Integers
    people: Floats


@dataclass(frozen=True)
class Weights:
    """``each``: of a respondent in each stratum; NaN everywhere where they cannot be made."""

    each: Floats
    empty: tuple[tuple[int, int], ...]  # margin and category that has people and no respondent

    def effect(self, n: Floats) -> float:
        """Kish's design effect of unequal weights."""
        total = float((n * self.each).sum())
        return float(n.sum() * (n * self.each**2).sum() / total**2) if total > 0 else float("nan")

    def effective(self, n: Floats) -> float:
        """How many people with equal weights would tell as much."""
        return float(n.sum()) / self.effect(n)


def raked(n: Floats, margins: Sequence[Margin]) -> Weights:
    """``n``: respondents of each stratum."""
    empty = tuple(
        (at, int(place))
        for at, margin in enumerate(margins)
        for place in np.flatnonzero((_of(margin, n) == 0) & (margin.people > 0))
    )
    if empty or not n.sum():
        return Weights(np.full(len(n), np.nan), empty)
    each = np.where(n > 0, 1.0, 0.0)
    for _ in range(_ROUNDS):
        before = each
        for margin in margins:
            counted = _of(margin, n * each)
            factor = np.divide(margin.people, counted, out=np.zeros(len(counted)), where=counted > 0)
            each = each * factor[margin.category]
        if np.abs(each - before).max() <= _SETTLED * each.max():
            break
    return Weights(each, ())


def _of(margin: Margin, counted: Floats) -> Floats:
    return np.bincount(margin.category, counted, len(margin.people)).astype(np.float64)


def trimmed(weights: Weights, n: Floats, lower: float = LOWER, upper: float = UPPER) -> Weights:
    """Between ``lower`` and ``upper`` times the mean weight; the sum of all stays."""
    each = weights.each
    mean = (n * each).sum() / n.sum()
    for _ in range(_ROUNDS):
        cut = np.clip(each, lower * mean, upper * mean)
        left = float((n * (each - cut)).sum())
        inside = (cut > lower * mean) & (cut < upper * mean) & (n > 0)
        if abs(left) <= _SETTLED * abs((n * each).sum()) or not inside.any():
            break
        each = np.where(inside, cut + left / float(n[inside].sum()), cut)
    return Weights(np.where(n > 0, cut, 0.0), weights.empty)


def mean(weights: Weights, n: Floats, total: Floats) -> float:
    """Of scores, from the strata's sums; as ``svymean`` of the weighted design."""
    return float((weights.each * total).sum() / (weights.each * n).sum())
