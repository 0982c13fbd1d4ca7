"""Change between two waves.

No finite population correction: a change is held against how much answers vary from one time to the next,
also where everyone answered twice. Words come after Benjamini–Hochberg (1995) over all changes of a report.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import stdtr

from lcmonitor.indicators.estimate import METHODS, WORDS, Codes, Estimate, Mask
from lcmonitor.indicators.means import quantile, variance
from lcmonitor.indicators.sums import Floats, Integers, PairSums

FEWEST = 5  # pairs for a matched change; respondents in each wave for one that is not matched
EFFECT_FROM = 10  # pairs for an effect size
AT_AN_END = 0.05  # of the scale; a mean that is nearer to its end leaves the spread untold
FALSE_DISCOVERIES = 0.05


@dataclass(frozen=True)
class Sample:
    """One wave's answers in points: how many, mean, s²."""

    n: Floats
    mean: Floats
    variance: Floats


@dataclass(frozen=True)
class Change:
    """``n``: pairs, or the smaller of the two samples. ``p``: two-sided; NaN: nothing can be told."""

    n: Floats
    estimate: Estimate
    p: Floats
    effect: Floats  # g_av; NaN: not matched or too few pairs


def is_matched(pairs: Floats, earlier: Floats, later: Floats) -> Mask:
    """Pairs decide when there are enough and they are at least half of the smaller wave.

    Below that the pairs would speak for a minority that happens to have kept its token: then all are
    counted, and the pairs tell how much the two waves resemble each other (``overlapping``).
    """
    return (pairs >= FEWEST) & (2 * pairs >= np.minimum(earlier, later))


def matched(sums: PairSums, units: float) -> Change:
    """Mean difference of pairs with t, and ``g_av = J · d̄ / ((s1 + s2)/2)``, ``J = 1 − 3/(4(n − 1) − 1)``.

    Cumming (2012), Hedges (1981).
    """
    n = sums.n
    squares = sums.later_squares - 2 * sums.products + sums.earlier_squares
    total = sums.later - sums.earlier
    spread = variance(n, total, squares) / units**2
    value = np.divide(total, n * units, out=np.full(n.shape, np.nan), where=n > 0)
    se = np.sqrt(spread / np.where(n > 0, n, np.nan))
    deviations = [
        np.sqrt(variance(n, *wave)) / units
        for wave in ((sums.earlier, sums.earlier_squares), (sums.later, sums.later_squares))
    ]
    average = (deviations[0] + deviations[1]) / 2
    known = (n >= EFFECT_FROM) & (average > 0)
    effect = np.divide(value * correction(n), average, out=np.full(n.shape, np.nan), where=known)
    return _told(value, se, n - 1, n, "matched", effect)


def at_an_end(sample: Sample, ends: tuple[float, float]) -> Mask:
    """Whether nearly everyone is at one of the ``ends`` of the scale."""
    low, high = ends
    room = np.minimum(sample.mean - low, high - sample.mean)
    near: Mask = room < AT_AN_END * (high - low) - 1e-9
    return near


def untold(found: Change, where: Mask) -> Change:
    """Without interval and p ``where`` t would cover too seldom: ``make coverage`` measures how often.

    That nobody changed is told all the same.
    """
    estimate, hidden = found.estimate, where & (found.estimate.se > 0)
    low, high, p = (np.where(hidden, np.nan, one) for one in (estimate.low, estimate.high, found.p))
    return replace(found, estimate=replace(estimate, low=low, high=high), p=p)


def correction(n: Floats) -> Floats:
    """Hedges's J of n pairs."""
    return 1 - 3 / (4 * (np.maximum(n, 2) - 1) - 1)


def welch(earlier: Sample, later: Sample) -> Change:
    """Difference of means of two groups, with Welch's t (1947)."""
    n = np.minimum(earlier.n, later.n)
    parts = [sample.variance / np.where(sample.n > 1, sample.n, np.nan) for sample in (earlier, later)]
    df, se = _welch_df(earlier, later, parts), np.sqrt(parts[0] + parts[1])
    return _told(later.mean - earlier.mean, se, df, n, "welch", np.full(n.shape, np.nan))


def overlapping(earlier: Sample, later: Sample, pairs: PairSums) -> Change:
    """Difference of means of two groups of which some are the same people, all of them counted.

    Derrick, Toher and White (2017), unequal variances: the covariance of the two means is that of their
    pairs' correlation, and the degrees of freedom lie between those of pairs and Welch's.
    """
    n, both = np.minimum(earlier.n, later.n), pairs.n
    parts = [sample.variance / np.where(sample.n > 1, sample.n, np.nan) for sample in (earlier, later)]
    shared = _correlation(pairs) * np.sqrt(parts[0] * parts[1])
    shared *= both / np.sqrt(np.where(n > 0, earlier.n * later.n, np.nan))
    apart = earlier.n + later.n - 2 * both
    df = both - 1 + (_welch_df(earlier, later, parts) - both + 1) * apart / np.maximum(apart + 2 * both, 1)
    se = np.sqrt(np.maximum(parts[0] + parts[1] - 2 * shared, 0))
    return _told(later.mean - earlier.mean, se, df, n, "overlapping", np.full(n.shape, np.nan))


def _correlation(pairs: PairSums) -> Floats:
    """Of the pairs; nothing where one of the waves does not vary."""
    n = pairs.n
    then = n * pairs.earlier_squares - pairs.earlier**2
    now = n * pairs.later_squares - pairs.later**2
    varied = (then > 0) & (now > 0)
    whole = np.sqrt(np.where(varied, then, 1)) * np.sqrt(np.where(varied, now, 1))
    r: Floats = np.where(varied, (n * pairs.products - pairs.earlier * pairs.later) / whole, 0.0)
    return np.clip(r, -1, 1)


def _welch_df(earlier: Sample, later: Sample, parts: Sequence[Floats]) -> Floats:
    weights = parts[0] ** 2 / np.maximum(earlier.n - 1, 1) + parts[1] ** 2 / np.maximum(later.n - 1, 1)
    whole = (parts[0] + parts[1]) ** 2
    df: Floats = np.divide(whole, weights, out=np.full(earlier.n.shape, np.nan), where=weights > 0)
    return df


def _told(value: Floats, se: Floats, df: Floats, n: Floats, method: str, effect: Floats) -> Change:
    """Too few respondents, or a spread of nothing, can tell of a change only that there is none."""
    spread = (n >= FEWEST) & (se > 0) & (df > 0)
    half = np.where(spread, quantile(df) * se, np.nan)
    t = np.divide(value, se, out=np.full(n.shape, np.nan), where=spread)
    p = np.where(spread, 2 * stdtr(np.where(spread, df, 1), -np.abs(t)), np.nan)
    still = (n >= FEWEST) & (se == 0) & (value == 0)
    codes = np.where(np.isnan(value), METHODS[""], METHODS[method])
    estimate = Estimate(value, se, value - half, value + half, codes)
    return Change(n, estimate, np.where(still, 1.0, p), effect)


def adjusted(p: Floats, family: Integers) -> Floats:
    """Benjamini–Hochberg within each family; NaN stays NaN and does not count."""
    result = np.full(p.shape, np.nan)
    told = np.flatnonzero(~np.isnan(p))
    order = told[np.lexsort((p[told], family[told]))]
    _, start, size = np.unique(family[order], return_index=True, return_counts=True)
    rank = np.arange(len(order)) - np.repeat(start, size) + 1
    raw = np.minimum(p[order] * np.repeat(size, size) / rank, 1)
    result[order] = _smallest_from_here(raw, np.repeat(np.arange(len(size)), size))
    return result


def _smallest_from_here(values: Floats, group: Integers) -> Floats:
    """The smallest of each value and those after it in its group; ``group`` ascends, values within [0, 1]."""
    lifted = values + 2 * group  # so that no later group can be smaller
    return np.minimum.accumulate(lifted[::-1])[::-1] - 2 * group


def words(value: Floats, p: Floats) -> Codes:
    """What may be said of a change, by its adjusted p."""
    clear = p <= FALSE_DISCOVERIES
    return np.select(
        [np.isnan(value), np.isnan(p), clear & (value > 0), clear & (value < 0)],
        [WORDS[""], WORDS["too_few"], WORDS["higher"], WORDS["lower"]],
        WORDS["no_clear_difference"],
    ).astype(np.int8)
