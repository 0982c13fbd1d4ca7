"""How evenly a whole is divided, and how far the division is from the intended one."""

import numpy as np
from scipy.special import xlogy

from lcmonitor.indicators.sums import Floats


def evenness(shares: Floats) -> Floats:
    """``−Σ p ln p / ln k`` over the first axis: 0 all in one part, 1 evenly divided (Pielou 1966)."""
    entropy: Floats = -xlogy(shares, shares).sum(axis=0)
    evenly: Floats = entropy / np.log(len(shares)) + 0.0  # no −0
    return evenly


def distance(shares: Floats, intended: Floats) -> Floats:
    """``½ Σ |p − q|`` over the first axis: which part of the whole would have to move."""
    moved: Floats = np.abs(shares - intended).sum(axis=0)
    return moved / 2
