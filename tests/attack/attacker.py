"""An attacker who has every page and file of every edition, and integer programming.

The unknowns are how many people of each partner type of each community gave each answer to each question, by
each edition. Known from elsewhere: how many people each type has, which formula makes a standard error, and
that later editions hold the answers of earlier ones.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import inf
from statistics import variance

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array
from scipy.stats import t as student

from tests.attack.reader import Hidden, Told
from tests.attack.weighed import Bounded, Weighed
from tests.attack.world import AGREES, CODES, ITEMS, Person, Place

SKIPPED = 0
ANSWERS = (SKIPPED, *CODES)
_PATIENCE = 20.0  # seconds for one question
_WEIGHTED_ERROR = 16.0  # squared, of one answer: half are at either end, and weigh as a third of them would
_NEARLY = 1e-6
Terms = Mapping[int, float]


@dataclass(frozen=True)
class Known:
    """A sum of unknowns lies between two ends. Where it was read: edition, community, group, item, what."""

    terms: Terms
    low: float
    high: float
    edition: int = -1
    about: Told | None = None


@dataclass(frozen=True)
class Cell:
    """Whose figure it is: of an edition, a community, and a type; ``kind`` "": of all."""

    edition: int
    community: str
    kind: str


class Attacker:
    """``editions``: what was read of each. ``own``: a respondent who attacks.

    ``granted``: who had answered by each edition; only how many of each type a weighted figure is of is taken
    from it, which is shown beside most of them.
    """

    def __init__(
        self, places: Sequence[Place], editions: Sequence[Iterable[Told | Hidden]],
        granted: Sequence[Sequence[Person]], own: Person | None = None,
    ) -> None:  # fmt: skip
        self.places = {place.name: place for place in places}
        self._numbers = [Counter((one.community, one.type) for one in people) for people in granted]
        self.told = [[one for one in found if isinstance(one, Told)] for found in editions]
        self.hidden = [[one for one in found if isinstance(one, Hidden)] for found in editions]
        cells = product(range(len(editions)), places, ITEMS, ANSWERS)
        self._index: dict[tuple[int, str, str, str, int], int] = {}
        for edition, place, item, answer in cells:
            for kind in kinds(place):
                self._index[edition, place.name, kind, item, answer] = len(self._index)
        self._own = [] if own is None else list(self._mine(own))
        self.known = [*self._always(), *self._read(), *self._own]

    # ---- sums of unknowns

    def count(self, cell: Cell, item: str, answers: Iterable[int] = CODES) -> Terms:
        """How many gave one of the answers."""
        return {self._at(cell, kind, item, answer): 1.0 for kind in self._kinds(cell) for answer in answers}

    def total(self, cell: Cell, item: str, power: int = 1) -> Terms:
        """The sum of the answers, or of their squares."""
        return {
            self._at(cell, kind, item, answer): float(answer**power)
            for kind in self._kinds(cell) for answer in CODES
        }  # fmt: skip

    def _kinds(self, cell: Cell) -> Sequence[str]:
        return [cell.kind] if cell.kind else kinds(self.places[cell.community])

    def _at(self, cell: Cell, kind: str, item: str, answer: int) -> int:
        return self._index[cell.edition, cell.community, kind, item, answer]

    # ---- what is known

    def _always(self) -> Iterator[Known]:
        """Whoever answered did so once to each question, or skipped it; and nobody leaves."""
        for edition, (name, place) in product(range(len(self.told)), self.places.items()):
            for kind in kinds(place):
                cell = Cell(edition, name, kind)
                yield Known(self.count(cell, ITEMS[0], ANSWERS), 0, place.people(kind))
                for item in ITEMS[1:]:
                    same = minus(self.count(cell, ITEMS[0], ANSWERS), self.count(cell, item, ANSWERS))
                    yield Known(same, 0, 0)
                if edition:
                    before = Cell(edition - 1, name, kind)
                    for item, answer in product(ITEMS, ANSWERS):
                        more = minus(self.count(cell, item, [answer]), self.count(before, item, [answer]))
                        yield Known(more, 0, inf)

    def _read(self) -> Iterator[Known]:
        for edition, found in enumerate(self.told):
            fresh = self.fresh(edition)
            before = self.before(edition)
            own = [
                one for one in found
                if one.community and (one.community, one.group_by) in fresh and one not in before
            ]  # fmt: skip
            for one in own:
                yield from self._of_community(edition, one)
            yield from self._of_squares(edition, own)
            if ("", "") in fresh:
                yield from self._across(edition, found)
            for hidden in self.hidden[edition]:
                if (hidden.community, hidden.group_by) in fresh and hidden not in before:
                    yield from self._of_reason(edition, hidden)

    def fresh(self, edition: int) -> set[tuple[str, str]]:
        """Communities and kinds of groups of which this edition says anything else than the one before."""
        now, then = (self._by_place(each) for each in (edition, max(edition - 1, 0)))
        return {place for place in now if not edition or now[place] != then.get(place)}

    def before(self, edition: int) -> set[Told | Hidden]:
        """What stood there already: what waits stands as it stood."""
        return {*self.told[edition - 1], *self.hidden[edition - 1]} if edition else set()

    def _by_place(self, edition: int) -> Mapping[tuple[str, str], set[Told | Hidden]]:
        found: dict[tuple[str, str], set[Told | Hidden]] = defaultdict(set)
        every: list[Told | Hidden] = [*self.told[edition], *self.hidden[edition]]
        for one in every:
            found[one.community, one.group_by].add(one)
        return found

    def _of_community(self, edition: int, one: Told) -> Iterator[Known]:
        cell = Cell(edition, one.community, one.group)
        if one.what == "response" or (one.what == "n" and not one.item):
            yield Known(self.count(cell, ITEMS[0], ANSWERS), one.low, one.high, edition, one)
        elif one.what == "n":
            yield Known(self.count(cell, one.item), one.low, one.high, edition, one)
        elif one.whole:
            yield from (Known(*bounded, edition, one) for bounded in self._of_weighted(cell, one))
        elif one.n:
            terms, low, high = self._as_sum(cell, one, one.n)
            if terms:
                yield Known(terms, low, high, edition, one)

    def _of_weighted(self, cell: Cell, one: Told) -> Iterator[Bounded]:
        told, place = self.told[cell.edition], self.places[cell.community]
        mine = [each for each in told if each.community == cell.community]
        n = {kind: float(self._numbers[cell.edition][cell.community, kind]) for kind in kinds(place)}
        people = {kind: float(place.people(kind)) for kind in kinds(place)}
        weighed = Weighed(people, n, lambda kind, item, answer: self._at(cell, kind, item, answer))
        yield from weighed.told(one)
        if one.what == "interval":
            about = ("", one.item, "mean")
            means = [each for each in mine if (each.group, each.item, each.what) == about]
            yield from weighed.of_interval(one, min(means, key=lambda mean: mean.high - mean.low))

    def _as_sum(self, cell: Cell, one: Told, n: float) -> tuple[Terms, float, float]:
        if one.what == "mean":
            return self.total(cell, one.item), one.low * n - _NEARLY, one.high * n + _NEARLY
        if one.what == "share":
            return self.count(cell, one.item, range(AGREES, 6)), one.low * n - _NEARLY, one.high * n + _NEARLY
        if one.what.isdigit():
            return self.count(cell, one.item, [int(one.what)]), one.low * n - _NEARLY, one.high * n + _NEARLY
        return {}, 0, 0

    def _of_squares(self, edition: int, found: Sequence[Told]) -> Iterator[Known]:
        for one in found:
            squares = self._squares(edition, one) if one.what == "se" else None
            if squares:
                per_variance, shift = squares
                cell = Cell(edition, one.community, one.group)
                ends = (one.low**2 / per_variance + shift, one.high**2 / per_variance + shift)
                yield Known(self.total(cell, one.item, 2), *ends, edition, one)

    def _squares(self, edition: int, one: Told) -> tuple[float, float] | None:
        """se² = factor · (sum of squares − shift); None: the sum is not known exactly, or all took part."""
        n, total = one.n, self._sum(edition, one)
        people = self.places[one.community].people(one.group)
        if total is None or n < 2 or n >= people:
            return None
        return (1 - n / people) / (n * (n - 1)), total**2 / n

    def _sum(self, edition: int, about: Told) -> int | None:
        n, key = about.n, (about.community, about.group_by, about.group, about.item, "mean", about.n)
        means = [
            one for one in self.told[edition]
            if (one.community, one.group_by, one.group, one.item, one.what, one.n) == key
        ]  # fmt: skip
        if not means:
            return None
        low, high = max(one.low for one in means) * n, min(one.high for one in means) * n
        whole = range(int(np.ceil(low - 1e-6)), int(np.floor(high + 1e-6)) + 1)
        return whole[0] if len(whole) == 1 else None

    def _across(self, edition: int, found: Sequence[Told]) -> Iterator[Known]:
        for one in found:
            if one.community or one.what not in ("mean", "se", "interval"):
                continue
            mine = self._behind(edition, one)
            if one.what == "mean" and mine:
                # A weighted mean goes in as it is shown: of it nothing more is told.
                terms = merged(self._scaled_mean(edition, each) for each in mine if not each.whole)
                shown = [each for each in mine if each.whole]
                low = len(mine) * one.low - sum(each.high for each in shown) - _NEARLY
                high = len(mine) * one.high - sum(each.low for each in shown) + _NEARLY
                if terms:
                    yield Known(terms, low, high, edition, one)
            elif one.what in ("se", "interval"):
                yield from self._of_se(edition, one, mine)

    def _behind(self, edition: int, one: Told) -> list[Told]:
        """The communities' means that an across figure is made of, each as exact as it is told."""
        means = [
            each for each in self.told[edition]
            if each.community and not each.group and each.item == one.item and each.what == "mean"
            and (not one.group or self.places[each.community].sector == one.group)
        ]  # fmt: skip
        exact = sorted(means, key=lambda mean: mean.low - mean.high)
        return list({each.community: each for each in exact}.values())

    def _scaled_mean(self, edition: int, one: Told) -> Terms:
        cell = Cell(edition, one.community, "")
        return {at: value / one.n for at, value in self.total(cell, one.item).items()}

    def _of_se(self, edition: int, one: Told, mine: Sequence[Told]) -> Iterator[Known]:
        """The sum of the communities' own squared errors, as far as they are not known to be nothing."""
        k, totals = len(mine), [self._sum(edition, each) for each in mine]
        if k < 2 or None in totals:
            return
        taking_part = [place for place in self.places.values() if one.group in ("", place.sector)]
        reached = k / len(taking_part)
        means = [(total or 0) / each.n for total, each in zip(totals, mine, strict=True)]
        low, high = one.low, one.high
        if one.what == "interval":
            half = float(student.ppf(0.975, k - 1))
            low, high = (high - low - 0.02) / 2 / half, (high - low + _NEARLY) / 2 / half  # outwards
        apart = (1 - reached) * variance(means)
        ends = [(max(se, 0) ** 2 * k - apart) * k / reached for se in (low, high)]
        terms, shift = self._of_errors(edition, [each for each in mine if not each.whole])
        weighted = sum(_WEIGHTED_ERROR / each.n for each in mine if each.whole)
        yield Known(terms, ends[0] - shift - weighted - _NEARLY, ends[1] - shift + _NEARLY, edition, one)

    def _of_errors(self, edition: int, mine: Sequence[Told]) -> tuple[Terms, float]:
        terms: dict[int, float] = {}
        shift = 0.0
        for each in mine:
            squares = self._squares(edition, each)
            if squares:
                factor, own = squares
                shift -= factor * own
                total = self.total(Cell(edition, each.community, ""), each.item, 2)
                terms |= {at: factor * value for at, value in total.items()}
        return terms, shift

    def _of_reason(self, edition: int, one: Hidden) -> Iterator[Known]:
        if not one.community:
            return
        cell, item = Cell(edition, one.community, one.group), one.item or ITEMS[0]
        bounds = {"n_low": (0, 4), "shares_low": (5, 9), "together": (0, inf), "earlier": (0, inf)}
        low, high = bounds.get(one.reason, (5, inf))
        yield Known(self.count(cell, item, CODES if one.item else ANSWERS), low, high)

    def _mine(self, own: Person) -> Iterator[Known]:
        cell = Cell(0, own.community, own.type)
        for item in ITEMS:
            yield Known(self.count(cell, item, [own.answers.get(item, SKIPPED)]), 1, inf)

    def mistakes(self, truth: Sequence[Sequence[Person]]) -> list[Known]:
        """What the attacker believes and is not so; ``truth``: who had answered by each edition."""
        found: dict[int, float] = defaultdict(float)
        for edition, people in enumerate(truth):
            for person, item in product(people, ITEMS):
                cell = Cell(edition, person.community, person.type)
                found[self._at(cell, person.type, item, person.answers.get(item, SKIPPED))] += 1
        sums = [sum(value * found[at] for at, value in one.terms.items()) for one in self.known]
        return [
            one for one, total in zip(self.known, sums, strict=True)
            if not one.low - 1e-6 <= total <= one.high + 1e-6
        ]  # fmt: skip

    # ---- what follows

    def width(
        self, wanted: Terms, more: Iterable[Known] = (), only: Callable[[Known], bool] = lambda _: True
    ) -> float:
        """The most less the least that a sum of unknowns can be. ``only``: of what was read."""
        known = [one for one in self.known if one.about is None or only(one)]
        known += more
        size = len(self._index)
        shape = (len(known), size)
        entries = [(row, at, value) for row, one in enumerate(known) for at, value in one.terms.items()]
        places, columns, values = zip(*entries, strict=True)
        matrix = csr_array((values, (places, columns)), shape=shape)
        limits = LinearConstraint(matrix, [one.low for one in known], [one.high for one in known])
        goal = np.zeros(size)
        goal[list(wanted)] = list(wanted.values())
        ends = [self._least(sign * goal, limits) for sign in (1, -1)]
        return inf if None in ends else -sum(end or 0.0 for end in ends)

    def _least(self, goal: np.ndarray, limits: LinearConstraint) -> float | None:
        """None: not found in time, so taken for open."""
        most = max(place.people("") for place in self.places.values())
        found = milp(
            goal, integrality=np.ones(len(goal), dtype=int), bounds=Bounds(0, most), constraints=limits,
            options={"time_limit": _PATIENCE},
        )  # fmt: skip
        assert found.status != 2, "what is published contradicts itself"
        return float(found.fun) if found.status == 0 else None


def kinds(place: Place) -> list[str]:
    return sorted({kind for kind, _ in place.partners.values()})


def minus(one: Terms, other: Terms) -> Terms:
    return {at: one.get(at, 0.0) - other.get(at, 0.0) for at in {*one, *other}}


def merged(each: Iterable[Terms]) -> Terms:
    return {at: value for terms in each for at, value in terms.items()}
