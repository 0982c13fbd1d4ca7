"""How much people of one community see the same, and how much communities differ.

Within a community, of the answers to each item: ``r_wg(J)`` (James, Demaree & Wolf 1984), how far they vary
less than answers that are spread evenly over the scale, and AD (Burke, Finkelstein & Dusig 1999), how far
an answer lies from the mean. Over communities, of the scores: ICC(1), the part of the variance that goes with
the community, and ICC(2), how reliable the communities' means are (Bliese 2000).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from lcmonitor.indicators import means
from lcmonitor.indicators.estimate import WORDS, Codes
from lcmonitor.indicators.sums import Floats, Level

SHARED_FROM = 0.70  # of r_wg(J): the usual line (LeBreton & Senter 2008)


@dataclass(frozen=True)
class Spread:
    """Of an item in every group: s² of the answers, and their mean distance from the mean."""

    variance: Floats
    deviation: Floats


def spread(codes: Sequence[int], counts: Floats) -> Spread:
    """``counts``: codes × groups. NaN below two answers."""
    points = np.array(codes, dtype=np.float64)[:, None]
    n, total = counts.sum(axis=0), (counts * points).sum(axis=0)
    several = np.where(n > 1, n, np.nan)
    distance = (counts * np.abs(points - total / several)).sum(axis=0)
    return Spread(means.variance(n, total, (counts * points**2).sum(axis=0)), distance / several)


def evenly_spread(codes: Sequence[int]) -> float:
    """The variance of answers that are spread evenly over the scale: 2 for five points."""
    return float(np.var(np.array(codes, dtype=np.float64)))


def r_wg(variances: Floats, expected: float) -> Floats:
    """``J(1 − r) / (J(1 − r) + r)``, r the mean variance of J items (items × groups) over ``expected``.

    Answers that vary more than evenly spread ones agree no less than not at all: 0.
    """
    r = np.minimum(variances.mean(axis=0) / expected, 1.0)
    agreeing = len(variances) * (1 - r)
    value: Floats = agreeing / (agreeing + r)
    return value


def words(value: Floats) -> Codes:
    """Shared or divided, by r_wg(J)."""
    return np.select(
        [np.isnan(value), value >= SHARED_FROM], [WORDS[""], WORDS["shared"]], WORDS["divided"]
    ).astype(np.int8)


@dataclass(frozen=True)
class Groups:
    """Scores of communities: how many, their mean, and Σ (x − mean)²."""

    n: Floats
    mean: Floats
    within: Floats


def intraclass(groups: Groups, level: Level) -> tuple[Floats, Floats]:
    """ICC(1) and ICC(2) of the groups that ``level`` puts together; NaN where nothing varies.

    ``(MSB − MSW) / (MSB + (n̄ − 1) MSW)`` and ``(MSB − MSW) / MSB``.
    """
    n, number = level.add(groups.n), level.add((groups.n > 0).astype(np.float64))
    grand = np.divide(level.add(groups.n * groups.mean), n, out=np.zeros(level.size), where=n > 0)
    apart = groups.n * (groups.mean - grand[np.maximum(level.bins, 0)]) ** 2
    told = (number > 1) & (n > number)
    between = level.add(apart) / np.where(told, number - 1, np.nan)
    inside = level.add(groups.within) / np.where(told, n - number, np.nan)
    size = n / np.where(told, number, np.nan)
    return _ratio(between - inside, between + (size - 1) * inside), _ratio(between - inside, between)


def _ratio(part: Floats, whole: Floats) -> Floats:
    result: Floats = np.divide(part, whole, out=np.full(part.shape, np.nan), where=whole > 0)
    return result
