"""How two scores of the same people go together, in every group: sums of their squares and products.

A hundred pairs of scores are six hundred sums. An engine that groups by rows keeps all of them for every
group at once, and took four times as long as handing over the scores. They are whole numbers, so every sum
is exact, and no order shows in it.
"""

from collections.abc import Sequence

import numpy as np

from lcmonitor.indicators.sums import Floats, Integers, ProductSums

Pair = tuple[int, int]  # places of two scores


def product_sums(scores: Floats, group: Integers, size: int, pairs: Sequence[Pair]) -> ProductSums:
    """``scores``: people × scores, NaN for none; ``group`` of each of them, −1: none."""
    ones, one = np.unique([first for first, _ in pairs], return_inverse=True)
    twos, two = np.unique([second for _, second in pairs], return_inverse=True)
    order = np.argsort(group, kind="stable")
    ends = np.searchsorted(group[order], np.arange(size + 1))
    found = np.zeros((size, 3 * len(ones), 3 * len(twos)))
    for at in np.flatnonzero(np.diff(ends)):
        people = scores[order[ends[at] : ends[at + 1]]]
        found[at] = _powers(people[:, ones]).T @ _powers(people[:, twos])
    wanted = {"n": (0, 0), "one": (1, 0), "one_squares": (2, 0), "two": (0, 1), "two_squares": (0, 2)}
    wanted["products"] = (1, 1)
    return ProductSums(
        **{
            name: found[:, left * len(ones) + one, right * len(twos) + two].T
            for name, (left, right) in wanted.items()
        }
    )


def _powers(scores: Floats) -> Floats:
    """Of each score whether it is there, itself, and its square; nothing where it is not there."""
    told = np.isfinite(scores)
    given = np.where(told, scores, 0.0)
    return np.hstack([told, given, given * given])


def correlation(sums: ProductSums) -> Floats:
    """Pearson's r; NaN where a score does not vary."""
    n = sums.n
    one = n * sums.one_squares - sums.one**2
    two = n * sums.two_squares - sums.two**2
    both = n * sums.products - sums.one * sums.two
    varied = (one > 0) & (two > 0)
    whole = np.sqrt(np.where(varied, one, 1)) * np.sqrt(np.where(varied, two, 1))
    r: Floats = np.where(varied, np.clip(both / whole, -1, 1), np.nan)
    return r
