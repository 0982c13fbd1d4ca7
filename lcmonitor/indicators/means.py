"""Means of a sample out of a finite population.

``se = sqrt((1 − n/N) · s² / n)`` with s² over n − 1, and t with n − 1 degrees of freedom: what R's
``survey::svymean`` gives with ``fpc``. Everyone answered: no sampling, no interval. N unknown: no correction.

Where answers lie near one end of a scale, t covers too seldom: the few who answer otherwise are often not in
the sample. So an interval on a scale counts one answer more, half of it at each end, as Agresti and Coull
(1998) do for shares. ``make coverage`` measures both.
"""

from dataclasses import replace

import numpy as np
import pandas as pd
from scipy.special import stdtrit

from lcmonitor.indicators.estimate import TAIL, Estimate, Mask, Methods, usable_population
from lcmonitor.indicators.sums import Floats

_METHODS = Methods("t", "t_unknown_population", "t_population_too_small")


def variance(n: Floats, total: Floats, squares: Floats) -> Floats:
    """s² with n − 1, from sums of whole numbers: exactly 0 if all are the same. NaN below two."""
    spread = np.maximum(n * squares - total * total, 0)
    result: Floats = np.divide(spread, n * (n - 1), out=np.full(n.shape, np.nan), where=n > 1)
    return result


def mean(n: Floats, total: Floats, squares: Floats, population: Floats, units: float = 1) -> Estimate:
    """Mean with the interval of t; ``total`` and ``squares`` in ``units`` a point."""
    value = np.divide(total, n * units, out=np.full(n.shape, np.nan), where=n > 0)
    return with_interval(value, variance(n, total, squares) / units**2, n, population)


def on_scale(estimate: Estimate, n: Floats, population: Floats, ends: tuple[float, float]) -> Estimate:
    """The same mean, of answers from one of ``ends`` to the other, with an interval that stays on the scale.

    One answer more, half at each end, is counted for those who did not answer; n − 1 degrees of freedom.
    """
    return spread_out(estimate, n, left_out(n, usable_population(n, population)), ends)


def spread_out(estimate: Estimate, n: Floats, left: Floats, ends: tuple[float, float]) -> Estimate:
    """The same of ``n`` answers, or of as many as they are worth, where ``left`` of all did not answer."""
    value, (low, high) = estimate.value, ends
    middle, several = (low + high) / 2, np.where((n > 1) & (left > 0), n, np.nan)
    squares = (several - 1) * several * estimate.se**2 / np.where(left > 0, left, np.nan)  # around the mean
    squares += ((high - low) / 2) ** 2 + several / (several + 1) * (value - middle) ** 2
    centre = value + left * (middle - value) / (several + 1)
    half = quantile(n - 1) * np.sqrt(left * squares / several / (several + 1))
    half = np.where(np.isnan(estimate.low), np.nan, half)
    return replace(
        estimate,
        low=np.maximum(centre - half, value - left * (value - low)),
        high=np.minimum(centre + half, value + left * (high - value)),
    )


def with_interval(value: Floats, variance: Floats, n: Floats, population: Floats) -> Estimate:
    """The interval of means with a known sample variance.

    Where all answers are the same nothing tells how far the others' may lie: no interval.
    """
    trusted = usable_population(n, population)
    census = (n > 0) & (n == trusted)
    se = np.sqrt(left_out(n, trusted) * variance / np.where(n > 0, n, np.nan))
    half = np.where((se > 0) & ~census, quantile(n - 1) * se, np.nan)
    method = _METHODS.of(n, population)
    return Estimate(value, np.where(census, 0.0, se), value - half, value + half, method)


def left_out(n: Floats, population: Floats) -> Floats:
    """1 − n/N, the share of the population that did not answer; 1 where N is unknown."""
    return np.where(np.isnan(population), 1.0, 1 - n / np.where(population > 0, population, np.nan))


def quantile(df: Floats) -> Floats:
    """Of Student's t, at the upper tail of the interval; NaN without degrees of freedom."""
    # Groups by the thousand, of few different sizes.
    place, sizes = pd.factorize(df.ravel(), use_na_sentinel=False)
    known: Floats = np.where(sizes > 0, stdtrit(np.where(sizes > 0, sizes, 1), 1 - TAIL), np.nan)
    return known[place].reshape(df.shape)


def all_the_same(n: Floats, total: Floats, squares: Floats) -> Mask:
    """Whether everyone gave the same answer; not for one respondent, which says nothing."""
    same: Mask = (n > 1) & (n * squares == total * total)
    return same
