"""Cronbach's alpha over all communities together (Cronbach 1951), with Feldt's interval (1965)."""

import numpy as np
from scipy.special import fdtri

from lcmonitor.indicators.estimate import METHODS, TAIL, Estimate
from lcmonitor.indicators.means import variance
from lcmonitor.indicators.sums import Floats, WholeSums

FEWEST = 30  # respondents who answered every item


def alpha(sums: WholeSums) -> Estimate:
    """``k/(k−1) · (1 − Σ s²_i / s²_total)`` and its interval; NaN below 30 or if the totals do not vary."""
    k, n = len(sums.answers), sums.n
    none = np.full(n.shape, np.nan)
    if k < 2:
        return Estimate(none, none, none, none, METHODS.all("", len(n)))
    of_total = variance(n, sums.answers.sum(axis=0), sums.total_squares)
    of_items = variance_of_items(sums)
    told = (n >= FEWEST) & (of_total > 0)
    ratio = np.divide(of_items, of_total, out=none.copy(), where=told)
    value = k / (k - 1) * (1 - ratio)
    low, high = _feldt(value, n, k)
    return Estimate(value, none, low, high, np.where(told, METHODS["feldt"], METHODS[""]))


def variance_of_items(sums: WholeSums) -> Floats:
    """The sum of the items' variances."""
    spread = (sums.n * sums.squares - sums.answers**2).sum(axis=0)
    pairs, none = sums.n * (sums.n - 1), np.full(sums.n.shape, np.nan)
    result: Floats = np.divide(spread, pairs, out=none, where=sums.n > 1)
    return result


def _feldt(value: Floats, n: Floats, k: int) -> tuple[Floats, Floats]:
    """``1 − (1 − α) F`` with n − 1 and (n − 1)(k − 1) degrees of freedom, as ``psych::alpha.ci``."""
    df = np.where(n > 1, n - 1, np.nan)
    upper, lower = (fdtri(df, df * (k - 1), tail) for tail in (1 - TAIL, TAIL))
    return 1 - (1 - value) * upper, 1 - (1 - value) * lower
