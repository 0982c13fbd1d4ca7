"""An attacker of a network: which organisation named which, by integer programming over what is released.

Known from elsewhere: who is on the roster, who answered, the type of each, and of an attacker from within its
own answers. A tie is an unknown of 0 or 1, so that density, E-I index and reciprocity are sums of unknowns,
and so is centralisation, as the organisation that is named most is one of them.

Not read: ratings, which are one mean over all organisations of means over three raters or more, so one sum
over all scores; and records, of which everything is shown and nothing is hidden.
"""

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, permutations
from math import inf

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

_DIGITS = 5e-6  # a number in the data has six digits
Tie = tuple[str, str]
Row = tuple[Mapping[Hashable, float], float, float]  # a sum of unknowns, and its ends


@dataclass
class Network:
    """``kinds``: type of each organisation; ``said``: who answered; ``shown``: figures that are released."""

    kinds: Mapping[str, str]
    said: Collection[str]
    shown: Mapping[str, float]
    places: dict[Hashable, int] = field(default_factory=dict)

    @property
    def ties(self) -> list[Tie]:
        return [pair for pair in permutations(sorted(self.kinds), 2) if pair[0] in self.said]

    def told(self, true: Collection[Tie], own: str = "") -> set[Tie]:
        """Ties, there or not, that all networks have in common that give these figures; not those of ``own``.

        Looks for the network that differs most from the true one in what no other did, until there is none.
        """
        mine = [tie for tie in self.ties if tie[0] == own]
        rows = [*self._known(), *((_one(tie), tie in true, tie in true) for tie in mine)]
        left = {tie for tie in self.ties if tie[0] != own}
        while left:
            found = self._other(rows, {tie: -1.0 if tie in true else 1.0 for tie in left})
            other = {tie for tie in left if (found[self.places[tie]] > 0.5) != (tie in true)}
            if not other:
                break
            left -= other
        return left

    def _other(self, rows: Sequence[Row], wanted: Mapping[Tie, float]) -> np.ndarray:
        for terms, _, _ in rows:
            for key in terms:
                self.places.setdefault(key, len(self.places))
        entries = [(at, self.places[key], one) for at, row in enumerate(rows) for key, one in row[0].items()]
        lines, columns, values = zip(*entries, strict=True)
        matrix = csr_array((values, (lines, columns)), shape=(len(rows), len(self.places)))
        goal = np.zeros(len(self.places))
        goal[[self.places[tie] for tie in wanted]] = [-value for value in wanted.values()]
        most = [inf if key == "most" else 1.0 for key in self.places]
        limits = LinearConstraint(matrix, [low for _, low, _ in rows], [high for _, _, high in rows])
        found = milp(
            goal, integrality=np.ones(len(goal), dtype=int), bounds=Bounds(0, most), constraints=limits
        )
        assert found.status == 0, "what is published contradicts itself"
        return np.asarray(found.x)

    def _known(self) -> Iterator[Row]:
        for tie in self.ties:
            yield _one(tie), 0, 1
        if "density" in self.shown:
            many = float(round(self.shown["density"] * len(self.ties)))
            yield dict.fromkeys(self.ties, 1.0), many, many
            if "ei_index" in self.shown:
                more = many * self.shown["ei_index"]
                yield self._across(), more - 0.01, more + 0.01
            if "centralisation" in self.shown:
                yield from self._named(many)
        if "reciprocity" in self.shown:
            yield from self._mutual()

    def _across(self) -> Mapping[Hashable, float]:
        return {(a, b): 1.0 if self.kinds[a] != self.kinds[b] else -1.0 for a, b in self.ties}

    def _named(self, many: float) -> Iterator[Row]:
        """One is named most: n times that are all ties, and what the others lack to it."""
        n = len(self.kinds)
        most = float(round((self.shown["centralisation"] * (n - 1) ** 2 + many) / n))
        yield {("most", one): 1.0 for one in self.kinds}, 1, inf
        for one in self.kinds:
            named: dict[Hashable, float] = {tie: 1.0 for tie in self.ties if tie[1] == one}
            yield named, 0, most
            yield {**named, ("most", one): -most}, 0, inf

    def _mutual(self) -> Iterator[Row]:
        """Of all pairs with a tie, which are the ties of those who both answered less the mutual pairs."""
        pairs, share = list(combinations(sorted(self.said), 2)), self.shown["reciprocity"]
        terms: dict[Hashable, float] = {}
        for a, b in pairs:
            both, there, back = frozenset((a, b)), (a, b), (b, a)
            yield {both: 1.0, there: -1.0}, -inf, 0
            yield {both: 1.0, back: -1.0}, -inf, 0
            yield {both: 1.0, there: -1.0, back: -1.0}, -1, inf
            terms |= {both: 1 + share, there: -share, back: -share}
        within = _DIGITS * len(self.ties)
        yield terms, -within, within


def _one(tie: Tie) -> Mapping[Hashable, float]:
    return {tie: 1.0}
