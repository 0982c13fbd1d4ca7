"""Weights that give respondents the mix of those who could answer: raking, and what it costs.

A stratum is a combination of the variables, such as a partner type and a size of organisation; everyone in
it has the same weight, so means are made of the strata's sums and no answer is touched. Raking (Deming and
Stephan 1940) fits the margins one after the other until all hold, as ``survey::rake``; with one variable it
is ``survey::postStratify``. Weights far from the mean are trimmed, and what is cut off is spread over the
others, as ``survey::trimWeights(strict = TRUE)``.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lcmonitor.indicators.sums import Floats, Integers, Level

_ROUNDS = 1000
_SETTLED = 1e-13
_HELD = 1e-6  # how far a margin may be off after raking, relatively
LOWER, UPPER = 0.3, 3.0  # of the mean weight


@dataclass(frozen=True)
class Margin:
    """One variable: the category of each stratum, and how many people each category has."""

    category: Integers
    people: Floats


def raked(n: Floats, margins: Sequence[Margin]) -> Floats | None:
    """The weight of each of the ``n`` respondents of a stratum; None: not all margins can be had.

    So it is where none of a category answered, or where two variables contradict each other.
    """
    each = np.where(n > 0, 1.0, 0.0)
    for _ in range(_ROUNDS):
        before = each
        for margin in margins:
            counted = _of(margin, n * each)
            factor = np.divide(margin.people, counted, out=np.zeros(len(counted)), where=counted > 0)
            each = each * factor[margin.category]
        if np.abs(each - before).max() <= _SETTLED * each.max():
            break
    held = (np.allclose(_of(margin, n * each), margin.people, rtol=_HELD) for margin in margins)
    return each if all(held) else None


def _of(margin: Margin, counted: Floats) -> Floats:
    return np.bincount(margin.category, counted, len(margin.people)).astype(np.float64)


def trimmed(each: Floats, n: Floats, lower: float = LOWER, upper: float = UPPER) -> Floats:
    """Between ``lower`` and ``upper`` times the mean weight; the sum of all stays."""
    mean = (n * each).sum() / n.sum()
    for _ in range(_ROUNDS):
        cut = np.clip(each, lower * mean, upper * mean)
        left = float((n * (each - cut)).sum())
        inside = (cut > lower * mean) & (cut < upper * mean) & (n > 0)
        if abs(left) <= _SETTLED * abs((n * each).sum()) or not inside.any():
            break
        each = np.where(inside, cut + left / float(n[inside].sum()), cut)
    return np.where(n > 0, cut, 0.0)


def design_effect(level: Level, each: Floats, n: Floats) -> Floats:
    """Kish's, of unequal weights: how many times more respondents are needed. NaN: there are no weights."""
    whole = level.add(each * n)
    effect: Floats = level.add(n) * level.add(each**2 * n) / np.where(whole > 0, whole, np.nan) ** 2
    return effect
