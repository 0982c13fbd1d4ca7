"""How evenly a whole is divided, and how far the division is from the intended one."""

import numpy as np
from scipy.special import xlogy

from lcmonitor.indicators.sums import Floats


def evenness(shares: Floats) -> Floats:
    """``−Σ p ln p / ln k`` over the first axis: 0 all in one part, 1 evenly divided (Shannon; Pielou 1966)."""
    return -xlogy(shares, shares).sum(axis=0) / np.log(len(shares)) + 0.0  # no −0


def distance(shares: Floats, intended: Floats) -> Floats:
    """``½ Σ |p − q|`` over the first axis: which part of the whole would have to move."""
    return np.abs(shares - intended).sum(axis=0) / 2
