"""What weighted figures tell an attacker: sums of unknowns with weights that everyone can compute."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import inf

import numpy as np
from scipy.stats import t as student

from lcmonitor.indicators.weights import Margin, raked, trimmed
from tests.attack.reader import Told
from tests.attack.world import AGREES, CODES

_ENDS = (1, 5)
_NEARLY = 1e-6
Terms = Mapping[int, float]
Bounded = tuple[Terms, float, float]


@dataclass(frozen=True)
class Weighed:
    """``people`` and respondents ``n`` of each type; ``at``: the unknown of a type, an item and an answer."""

    people: Mapping[str, float]
    n: Mapping[str, float]
    at: Callable[[str, str, int], int]

    @property
    def each(self) -> Mapping[str, float]:
        n, people = (np.array([of[kind] for kind in self.people]) for of in (self.n, self.people))
        found = raked(n, [Margin(np.arange(len(n)), people)])
        assert found is not None
        return dict(zip(self.people, trimmed(found, n).tolist(), strict=True))

    def told(self, one: Told) -> Iterator[Bounded]:
        """The weighted sum less the ends of what is shown, times the weights: above nothing and below it."""
        if one.what in ("mean", "share") or one.what.isdigit():
            low, high = one.low - one.whole, one.high + one.whole
            yield self._sum(one.item, lambda answer: _counted(one.what, answer) - low), -_NEARLY, inf
            yield self._sum(one.item, lambda answer: _counted(one.what, answer) - high), -inf, _NEARLY

    def of_interval(self, one: Told, mean: Told) -> Iterator[Bounded]:
        """The weighted squares, where nobody skipped the item: then what the answers are worth is known."""
        total = sum(self.n.values())
        if one.n == total:
            least, most = self._spread(one, (mean.low + mean.high) / 2)
            weight = sum(self.each[kind] * n for kind, n in self.n.items())
            ends = [(mean.low - mean.whole) ** 2 + least, (mean.high + mean.whole) ** 2 + most]
            yield self._sum(one.item, lambda answer: answer**2), weight * ends[0], weight * ends[1]

    def _spread(self, one: Told, value: float) -> tuple[float, float]:
        """How far the answers are from their mean, squared: what half an interval takes at either end."""
        n, left = one.n, 1 - one.n / sum(self.people.values())
        each, (low, high) = self.each, _ENDS
        weights = [(each[kind], count) for kind, count in self.n.items()]
        worth = sum(w * c for w, c in weights) ** 2 / sum(w**2 * c for w, c in weights)
        middle = (low + high) / 2
        centre = value + left * (middle - value) / (worth + 1)
        own = ((high - low) / 2) ** 2 + worth / (worth + 1) * (value - middle) ** 2
        quantile = float(student.ppf(0.975, worth - 1))
        least, most = 0.0, inf
        for end, furthest in (
            (centre - one.low, centre - value + left * (value - low)),
            (one.high - centre, value - centre + left * (high - value)),
        ):
            halves = (max(end - 1 / n, 0.0), end if end < furthest - _NEARLY else inf)
            of_end = [
                (half**2 / quantile**2 * worth * (worth + 1) / left - own) / (worth - 1) * (n - 1) / n
                for half in halves
            ]
            least, most = max(least, of_end[0]), min(most, of_end[1])
        return least - _NEARLY, most + _NEARLY

    def _sum(self, item: str, value: Callable[[int], float]) -> Terms:
        each = self.each
        return {self.at(kind, item, code): each[kind] * value(code) for kind in self.people for code in CODES}


def _counted(what: str, answer: int) -> float:
    """What an answer counts as in a mean, a share, or among those that gave one of the codes."""
    if what == "mean":
        return float(answer)
    return float(answer >= AGREES if what == "share" else answer == int(what))
