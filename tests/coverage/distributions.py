"""Made-up populations: how often each answer is given, even, skewed and near-unanimous."""

from collections.abc import Mapping

import numpy as np

from lcmonitor.indicators.sums import Floats


def _of(*weights: float) -> Floats:
    shares = np.array(weights, dtype=np.float64)
    normed: Floats = shares / shares.sum()
    return normed


FIVE_POINT: Mapping[str, Floats] = {
    "even": _of(0.2, 0.2, 0.2, 0.2, 0.2),
    "middle": _of(0.05, 0.2, 0.5, 0.2, 0.05),
    "two camps": _of(0.4, 0.1, 0, 0.1, 0.4),
    "skewed": _of(0.02, 0.05, 0.13, 0.35, 0.45),
    "strongly skewed": _of(0.01, 0.02, 0.05, 0.12, 0.8),
    "near-unanimous at the end": _of(0, 0, 0.02, 0.03, 0.95),
    "near-unanimous at four": _of(0.01, 0.01, 0.03, 0.92, 0.03),
    "one in twenty opposed": _of(0.05, 0, 0, 0, 0.95),
}
# Of a part of a whole: 0, 0.1, … 1.
PART: Mapping[str, Floats] = {
    "even": _of(1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0),
    "skewed": _of(0.05, 0.15, 0.3, 0.2, 0.1, 0.05, 0.05, 0.04, 0.03, 0.02, 0.01),
    "nearly all a third": _of(0.01, 0, 0.01, 0.94, 0.01, 0.01, 0, 0, 0, 0, 0.02),
    "nearly all nothing": _of(0.85, 0.05, 0.03, 0.02, 0.02, 0.01, 0.01, 0.01, 0, 0, 0),
    "all or nothing": _of(0.3, 0, 0, 0, 0, 0.4, 0, 0, 0, 0, 0.3),
}
_ALIKE = 0.4  # how often someone gives every statement the same answer


def of_sum(answers: Floats, items: int) -> Floats:
    """Of the sum of ``items`` answers, from the lowest sum on."""
    apart = answers
    for _ in range(items - 1):
        apart = np.convolve(apart, answers)
    together = np.zeros(len(apart))
    together[::items] = answers
    whole: Floats = _ALIKE * together + (1 - _ALIKE) * apart
    return whole


def of_pairs(earlier: Floats, later: Floats, likeness: float) -> Floats:
    """Earlier × later: ``likeness`` of the people keep their rank, the others answer anew."""
    edges = np.unique(np.concatenate([[0.0], earlier.cumsum(), later.cumsum()]).round(12))
    middles, kept = (edges[1:] + edges[:-1]) / 2, np.zeros((len(earlier), len(later)))
    places = [np.searchsorted(each.cumsum().round(12), middles) for each in (earlier, later)]
    inside = (places[0] < len(earlier)) & (places[1] < len(later))
    np.add.at(kept, (places[0][inside], places[1][inside]), np.diff(edges)[inside])
    both = likeness * kept + (1 - likeness) * np.outer(earlier, later)
    normed: Floats = both / both.sum()
    return normed
