"""The network's definitions once more, slowly: one organisation after the other, with sets and loops."""

import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, permutations

from tests.indicators.naive import NAN, Figure
from tests.indicators.tiny_network import LINE, TRUST, Said

Organisation = str


@dataclass(frozen=True)
class NaiveNetwork:
    """``kinds``: type of each organisation on the roster; ``said``: the response that counts of each."""

    kinds: Mapping[Organisation, str]
    said: Mapping[Organisation, Said]
    usable: bool  # whether there is any response

    @classmethod
    def of(cls, kinds: Mapping[Organisation, str], responses: Sequence[Said]) -> "NaiveNetwork":
        """Of several responses for one organisation the last complete one, or else the last."""
        order = sorted(enumerate(responses), key=lambda pair: (pair[1].day, str(pair[0])))
        order.sort(key=lambda pair: pair[1].completeness == "complete")
        usable = [each for _, each in order if each.completeness != "break_off"]
        known = [each for each in usable if each.partner in kinds and _about(each, kinds)]
        return cls(kinds, {each.partner or "": each for each in known}, bool(usable))

    @property
    def ties(self) -> set[tuple[Organisation, Organisation]]:
        return {
            (one, other)
            for one, other in permutations(self.kinds, 2)
            if one in self.said and self.said[one].answers.get("contact", {}).get(other, -102) >= LINE
        }

    def figure(self, statistic: str) -> Figure:
        n, r = len(self.kinds), len(self.said)
        needed = {"reciprocity": 0.8, "centralisation": 0.8, "rating": 0}.get(statistic, 0.7)
        found = Figure(r, n, method="census" if r == n else "roster")
        if not r:
            return Figure(0, n, state="not_answered" if self.usable else "not_asked")
        if not self.asked(TRUST if statistic == "rating" else ("contact",)):
            return Figure(r, n, state="not_asked")
        if n < 3 or r < needed * n:
            return Figure(r, n, state="too_few")
        value, risk = getattr(self, f"_{statistic}")()
        if statistic == "rating":
            return self._rated(found)
        if value is None:
            return Figure(r, n, state="not_applicable")
        found.estimate, found.uniform = float(value), float(max(self._told(self._possible()), risk))
        return found

    def _density(self) -> tuple[Fraction | None, Fraction | int]:
        return Fraction(len(self.ties), len(self.said) * (len(self.kinds) - 1)), 0

    def _reciprocity(self) -> tuple[Fraction | None, Fraction | int]:
        pairs = [({(a, b), (b, a)} & self.ties) for a, b in combinations(sorted(self.said), 2)]
        mutual, one_sided = sum(len(pair) == 2 for pair in pairs), sum(len(pair) == 1 for pair in pairs)
        if not mutual + one_sided:
            return None, 0
        value = Fraction(mutual, mutual + one_sided)
        return value, max(value, 1 - value)

    def _ei_index(self) -> tuple[Fraction | None, Fraction | int]:
        risk: list[Fraction | int] = []
        for alike in (True, False):
            possible = [pair for pair in self._possible() if self._one_kind(*pair) == alike]
            if not possible:
                return None, 0
            risk.append(self._told(possible))
        across = sum(not self._one_kind(*pair) for pair in self.ties)
        within = len(self.ties) - across
        return (Fraction(across - within, across + within) if self.ties else None), max(risk)

    def _centralisation(self) -> tuple[Fraction | None, Fraction | int]:
        named = [sum(rated == one for _, rated in self.ties) for one in self.kinds]
        apart = sum(max(named) - degree for degree in named)
        star = Fraction(max(named), len(self.said) - 1) if len(self.said) > 1 else 0
        return Fraction(apart, (len(named) - 1) ** 2), max(star, int(apart == 0))

    def _rating(self) -> tuple[None, int]:
        return None, 0

    def _rated(self, found: Figure) -> Figure:
        scores = {
            (rater, rated): score
            for rater, rated in permutations(self.kinds, 2)
            if rater in self.said and (score := _score(self.said[rater], rated)) is not None
        }
        by = {one: [score for (_, rated), score in scores.items() if rated == one] for one in self.kinds}
        kept = {one: given for one, given in by.items() if len(given) >= 3}
        raters = {rater for rater, rated in scores if rated in kept}
        if not kept:
            return Figure(0, len(self.kinds), state="too_few")
        found.n, found.estimate = len(raters), float(statistics.mean(map(statistics.mean, kept.values())))
        found.method = "census" if len(raters) == len(self.kinds) else "roster"
        every = [score for given in kept.values() for score in given]
        found.uniform = max(every.count(Fraction(1)), every.count(Fraction(4))) / len(every)
        return found

    def _possible(self) -> list[tuple[Organisation, Organisation]]:
        return [pair for pair in permutations(self.kinds, 2) if pair[0] in self.said]

    def _one_kind(self, one: Organisation, other: Organisation) -> bool:
        return self.kinds[one] == self.kinds[other]

    def asked(self, items: Sequence[str]) -> bool:
        """Whether somebody who counts was asked one of the items about somebody else on the roster."""
        return any(
            other in self.kinds and other != one
            for one, said in self.said.items()
            for item in items
            for other in said.answers.get(item, {})
        )

    def _told(self, pairs: Sequence[tuple[Organisation, Organisation]]) -> Fraction | int:
        """What the most favoured organisation knows of the others' ties among these, beside its own."""
        known: list[Fraction | int] = []
        for knowing in self.said:
            others = [pair for pair in pairs if pair[0] != knowing]
            part = Fraction(sum(pair in self.ties for pair in others), len(others)) if others else Fraction(1)
            known += [part, 1 - part]
        return max(known)


def of_types(kinds: Sequence[str], catalogue: int) -> tuple[float, float]:
    """Blau's index: the chance that two drawn with replacement are of two types; then over its highest."""
    if not kinds:
        return NAN, NAN
    alike = Fraction(sum(one == other for one in kinds for other in kinds), len(kinds) ** 2)
    return float(1 - alike), float((1 - alike) / (1 - Fraction(1, catalogue)))


def _about(said: Said, kinds: Mapping[Organisation, str]) -> bool:
    return any(other in kinds and other != said.partner for about in said.answers.values() for other in about)


def _score(said: Said, rated: Organisation) -> Fraction | None:
    given = [(item, said.answers.get(item, {}).get(rated, -102)) for item in TRUST]
    codes = [5 - code if item == "hides" else code for item, code in given if code > 0]
    return Fraction(sum(codes), len(codes)) if len(codes) >= 2 else None
