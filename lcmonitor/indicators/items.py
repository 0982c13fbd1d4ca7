"""Each item beside the others of its score, over everyone who answered them all (``psych::alpha``).

None is a mean or a total, from which what is shown could be subtracted; mean and spread of an item itself are
told by its distribution.
"""

import numpy as np

from lcmonitor.indicators.means import variance
from lcmonitor.indicators.sums import Floats, WholeSums


def rest(sums: WholeSums) -> Floats:
    """Correlation of each item with the sum of the others (items × groups); NaN where one does not vary."""
    own, others, shared = _spread(sums)
    both = own * others
    correlation: Floats = np.divide(shared, np.sqrt(both), out=np.full_like(both, np.nan), where=both > 0)
    return correlation


def without(sums: WholeSums) -> Floats:
    """Alpha of the other items (items × groups); NaN of one other only, or where their sum is the same."""
    own, others, _ = _spread(sums)
    left = len(own) - 1
    if left < 2:
        return np.full_like(own, np.nan)
    ratio = np.divide(own.sum(axis=0) - own, others, out=np.full_like(own, np.nan), where=others > 0)
    value: Floats = left / (left - 1) * (1 - ratio)
    return value


def _spread(sums: WholeSums) -> tuple[Floats, Floats, Floats]:
    """Of each item its variance, that of the sum of the others, and their covariance."""
    others, products = sums.answers.sum(axis=0) - sums.answers, sums.products - sums.squares
    squares = sums.total_squares - 2 * sums.products + sums.squares
    shared = sums.n * products - sums.answers * others
    pairs = np.where(sums.n > 1, sums.n * (sums.n - 1), np.nan)
    return _variances(sums.n, sums.answers, sums.squares), _variances(sums.n, others, squares), shared / pairs


def _variances(n: Floats, totals: Floats, squares: Floats) -> Floats:
    return np.array([variance(n, *each) for each in zip(totals, squares, strict=True)])
