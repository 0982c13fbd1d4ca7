"""An attacker who has every page and file of every edition, and integer programming.

The unknowns are how many people of each partner type of each community gave each answer to each question in
each wave, by each edition; and of two waves how many gave which two answers (``pairs``). Known from
elsewhere: how many people each type has, which partners left, which formula makes a standard error, and that
later editions hold the answers of earlier ones.

Not read, as it is no sum of unknowns: the effect size of a change and the interval of one that is partly of
the same people (each a root of two spreads), and what goes together. Of an association nothing but the pooled
r of five communities of ten people or more is told, with two decimals: one equation over as many unknown sums
of products as there are communities, none of which is told anywhere. Who guesses all but one of them has the
last no better than its guesses: r of ten answers moves by 0.1 or more with one of them, the pooled one of
five by a fifth of that.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from math import inf
from statistics import variance

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array
from scipy.stats import t as student

from tests.attack.gone import Gone
from tests.attack.pairs import Pairs
from tests.attack.reader import Hidden, Told
from tests.attack.sums import ANSWERS, SKIPPED, Cell, Known, Terms, cell_of, merged, minus, place_of
from tests.attack.weighed import Bounded, Weighed
from tests.attack.world import AGREES, CODES, ITEMS, Person, Place, type_of

_PATIENCE = 20.0  # seconds for one question
_WEIGHTED_ERROR = 16.0  # squared, of one answer: half are at either end, and weigh as a third of them would
_NEARLY = 1e-6


class Attacker:
    """``editions``: what was read of each. ``own``: a respondent who attacks.

    ``granted``: who had answered by each edition; only how many of each type a weighted figure is of, which
    is shown beside most of them, and how many answered again (``gone``) are taken from it.
    """

    def __init__(
        self, places: Sequence[Place], editions: Sequence[Iterable[Told | Hidden]],
        granted: Sequence[Sequence[Person]], own: Person | None = None,
    ) -> None:  # fmt: skip
        self.places = {place.name: place for place in places}
        self._numbers = [Counter((p.wave, p.community, self.kind(p)) for p in people) for people in granted]
        self.told = [[one for one in found if isinstance(one, Told)] for found in editions]
        self.hidden = [[one for one in found if isinstance(one, Hidden)] for found in editions]
        self.waves = [sorted({one.wave for one in told}) for told in self.told]
        self._index: dict[Hashable, int] = {}
        for cell, item, answer in product(self._cells(), ITEMS, ANSWERS):
            self._index[cell, item, answer] = len(self._index)
        self.pairs = Pairs(self)
        self._gone = Gone(self, granted)
        self.own = own
        self._own = [] if own is None else [*self._mine(own), *self.pairs.mine(own, granted)]
        self.known = [*self._always(), *self._read(), *self.pairs.known(), *self._own]

    def _cells(self) -> Iterator[Cell]:
        for edition, waves in enumerate(self.waves):
            for wave, place in product(waves, self.places.values()):
                yield from (Cell(edition, wave, place.name, kind) for kind in place.kinds)

    def kind(self, person: Person) -> str:
        return self.places[person.community].kind(person.partner)

    def unknown(self, key: Hashable) -> int:
        """The place of a number; a new one, if there is none of it yet."""
        return self._index.setdefault(key, len(self._index))

    # ---- sums of unknowns

    def count(self, cell: Cell, item: str, answers: Iterable[int] = CODES) -> Terms:
        """How many gave one of the answers."""
        return {self.at(each, item, answer): 1.0 for each in self._parts(cell) for answer in answers}

    def total(self, cell: Cell, item: str, power: int = 1) -> Terms:
        """The sum of the answers, or of their squares."""
        return {
            self.at(each, item, answer): float(answer**power)
            for each in self._parts(cell) for answer in CODES
        }  # fmt: skip

    def _parts(self, cell: Cell) -> list[Cell]:
        """Its kinds, as the unknowns know them."""
        kinds = self.places[cell.community].kinds
        return [replace(cell, kind=kind) for kind in kinds if cell.kind in ("", kind, type_of(kind))]

    def at(self, cell: Cell, item: str, answer: int) -> int:
        return self._index[cell, item, answer]

    # ---- what is known

    def _always(self) -> Iterator[Known]:
        """Whoever answered did so once to each question, or skipped it; and nobody leaves."""
        for cell in self._cells():
            people = self.places[cell.community].people(cell.kind, cell.wave)
            yield Known(self.count(cell, ITEMS[0], ANSWERS), 0, people)
            for item in ITEMS[1:]:
                same = minus(self.count(cell, ITEMS[0], ANSWERS), self.count(cell, item, ANSWERS))
                yield Known(same, 0, 0)
            before = replace(cell, edition=cell.edition - 1)
            if cell.edition and cell.wave in self.waves[before.edition]:
                for item, answer in product(ITEMS, ANSWERS):
                    more = minus(self.count(cell, item, [answer]), self.count(before, item, [answer]))
                    yield Known(more, 0, inf)

    def _read(self) -> Iterator[Known]:
        for edition, found in enumerate(self.told):
            fresh = self.fresh(edition)
            before = self.before(edition)
            own = [
                one for one in found
                if one.community and place_of(one) in fresh and one not in before
            ]  # fmt: skip
            for one in own:
                yield from self.pairs.told(edition, one) if one.since else self._of_community(edition, one)
            yield from self._of_squares(edition, [one for one in own if not one.since])
            across = [one for one in found if place_of(one) in fresh and not one.community]
            yield from self._across(edition, across)
            for one in across:
                if one.since and not one.group and one not in before:
                    yield from self._gone.told(edition, one)
            for hidden in self.hidden[edition]:
                if place_of(hidden) in fresh and hidden not in before and not hidden.since:
                    yield from self._of_reason(edition, hidden)

    def fresh(self, edition: int) -> set[tuple[str, str, str]]:
        """Waves, communities and kinds of groups of which this edition says else than the one before."""
        now, then = (self._by_place(each) for each in (edition, max(edition - 1, 0)))
        return {place for place in now if not edition or now[place] != then.get(place)}

    def before(self, edition: int) -> set[Told | Hidden]:
        """What stood there already: what waits stands as it stood."""
        return {*self.told[edition - 1], *self.hidden[edition - 1]} if edition else set()

    def _by_place(self, edition: int) -> Mapping[tuple[str, str, str], set[Told | Hidden]]:
        found: dict[tuple[str, str, str], set[Told | Hidden]] = defaultdict(set)
        every: list[Told | Hidden] = [*self.told[edition], *self.hidden[edition]]
        for one in every:
            found[place_of(one)].add(one)
        return found

    def _of_community(self, edition: int, one: Told) -> Iterator[Known]:
        cell = cell_of(edition, one)
        if one.what == "response" or (one.what == "n" and not one.item):
            yield Known(self.count(cell, ITEMS[0], ANSWERS), one.low, one.high, edition, one)
        elif one.what == "retention":
            before = self.pairs.cells.get(cell, "")
            yield from self.pairs.told(edition, replace(one, what="again", since=before))
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
        mine = [each for each in told if (each.wave, each.community) == (cell.wave, cell.community)]
        numbers = self._numbers[cell.edition]
        n = {kind: float(numbers[cell.wave, cell.community, kind]) for kind in place.kinds}
        people = {kind: float(place.people(kind, cell.wave)) for kind in place.kinds}
        weighed = Weighed(
            people, n, lambda kind, item, answer: self.at(replace(cell, kind=kind), item, answer)
        )
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
                cell = cell_of(edition, one)
                ends = (one.low**2 / per_variance + shift, one.high**2 / per_variance + shift)
                yield Known(self.total(cell, one.item, 2), *ends, edition, one)

    def _squares(self, edition: int, one: Told) -> tuple[float, float] | None:
        """se² = factor · (sum of squares − shift); None: the sum is not known exactly, or all took part."""
        n, total = one.n, self.sum(edition, one)
        people = self.people(cell_of(edition, one))
        if total is None or n < 2 or n >= people:
            return None
        return (1 - n / people) / (n * (n - 1)), total**2 / n

    def people(self, cell: Cell) -> int:
        place = self.places[cell.community]
        return sum(place.people(each.kind, cell.wave) for each in self._parts(cell))

    def sum(self, edition: int, about: Told) -> int | None:
        n, key = about.n, (*place_of(about), about.group, about.item, "mean", about.n)
        means = [
            one for one in self.told[edition]
            if (*place_of(one), one.group, one.item, one.what, one.n) == key and not one.since
        ]  # fmt: skip
        if not means:
            return None
        low, high = max(one.low for one in means) * n, min(one.high for one in means) * n
        whole = range(int(np.ceil(low - 1e-6)), int(np.floor(high + 1e-6)) + 1)
        return whole[0] if len(whole) == 1 else None

    def _across(self, edition: int, found: Sequence[Told]) -> Iterator[Known]:
        for one in found:
            if one.since or one.what not in ("mean", "se", "interval"):
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
        about = (one.wave, one.item, "mean", "")
        means = [
            each for each in self.told[edition]
            if each.community and not each.group and (each.wave, each.item, each.what, each.since) == about
            and (not one.group or self.places[each.community].sector == one.group)
        ]  # fmt: skip
        exact = sorted(means, key=lambda mean: mean.low - mean.high)
        return list({each.community: each for each in exact}.values())

    def _scaled_mean(self, edition: int, one: Told) -> Terms:
        cell = cell_of(edition, one).whole
        return {at: value / one.n for at, value in self.total(cell, one.item).items()}

    def _of_se(self, edition: int, one: Told, mine: Sequence[Told]) -> Iterator[Known]:
        """The sum of the communities' own squared errors, as far as they are not known to be nothing."""
        k, totals = len(mine), [self.sum(edition, each) for each in mine]
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
                total = self.total(cell_of(edition, each).whole, each.item, 2)
                terms |= {at: factor * value for at, value in total.items()}
        return terms, shift

    def _of_reason(self, edition: int, one: Hidden) -> Iterator[Known]:
        if not one.community:
            return
        cell, item = cell_of(edition, one), one.item or ITEMS[0]
        bounds = {"n_low": (0, 4), "shares_low": (5, 9), "together": (0, inf), "earlier": (0, inf)}
        low, high = bounds.get(one.reason, (5, inf))
        yield Known(self.count(cell, item, CODES if one.item else ANSWERS), low, high)

    def _mine(self, own: Person) -> Iterator[Known]:
        first = next(edition for edition, waves in enumerate(self.waves) if own.wave in waves)
        cell = Cell(first, own.wave, own.community, self.kind(own))
        for item in ITEMS:
            yield Known(self.count(cell, item, [own.answers.get(item, SKIPPED)]), 1, inf)

    def mistakes(self, truth: Sequence[Sequence[Person]]) -> list[Known]:
        """What the attacker believes and is not so; ``truth``: who had answered by each edition."""
        found: dict[int, float] = defaultdict(float)
        for edition, people in enumerate(truth):
            for person, item in product(people, ITEMS):
                cell = Cell(edition, person.wave, person.community, self.kind(person))
                found[self.at(cell, item, person.answers.get(item, SKIPPED))] += 1
            for at, number in self.pairs.true(edition, people):
                found[at] += number
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
