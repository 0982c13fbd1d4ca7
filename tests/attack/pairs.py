"""Two waves: how many people of a community gave which two answers, of whom some were there once only.

They are told of by the changes of the same people and by how many answered again. Changes of other people are
the difference of two means that are shown: they tell nothing more.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, product
from math import ceil, floor, inf
from typing import TYPE_CHECKING

from tests.attack.reader import Told
from tests.attack.sums import ANSWERS, SKIPPED, Cell, Known, Terms, cell_of, merged, minus
from tests.attack.world import AGREES, CODES, GONE, ITEMS, Person

if TYPE_CHECKING:
    from tests.attack.attacker import Attacker

ABSENT = -1
_THERE = (ABSENT, *ANSWERS)
_BOTH = [each for each in product(_THERE, _THERE) if each != (ABSENT, ABSENT)]
_NEARLY = 1e-6
Pair = Callable[[int, int], float]
_WORTH: Mapping[str, Callable[[int], int]] = {"mean": lambda a: a, "share": lambda a: int(a >= AGREES)}
# Whom nothing is published of, if they are few: those who joined, left, and answered twice.
Move = Callable[[int, int], bool]
MOVES: Mapping[str, Move] = {
    "joined": lambda then, now: then not in CODES and now in CODES,
    "left": lambda then, now: then in CODES and now not in CODES,
    "stayed": lambda then, now: then in CODES and now in CODES,
}


class Pairs:
    """``cell``: of the later wave, in a whole community."""

    def __init__(self, attacker: "Attacker") -> None:
        self._attacker = attacker
        self.cells = {
            Cell(edition, now, place, ""): then
            for edition, waves in enumerate(attacker.waves)
            for (then, now), place in product(pairwise(waves), attacker.places)
        }
        for cell, item, (then, now) in product(self.cells, ITEMS, _BOTH):
            self._at(cell, item, then, now)

    def _at(self, cell: Cell, item: str, then: int, now: int) -> int:
        return self._attacker.unknown((cell, item, then, now))

    def sum(self, cell: Cell, item: str, worth: Pair) -> Terms:
        found = {self._at(cell, item, *both): float(worth(*both)) for both in _BOTH}
        return {at: value for at, value in found.items() if value}

    def known(self) -> Iterator[Known]:
        """Those of one wave, whatever they did in the other, gave its answers; nobody leaves an edition."""
        for cell, then in self.cells.items():
            yield from self._gone(cell, then)
            again = [self.sum(cell, item, _again) for item in ITEMS]
            yield from (Known(minus(again[0], each), 0, 0) for each in again[1:])
            for item, answer in product(ITEMS, ANSWERS):
                for place, wave in enumerate((then, cell.wave)):
                    counted = self._attacker.count(replace(cell, wave=wave), item, [answer])
                    yield Known(minus(self.sum(cell, item, _gave(place, answer)), counted), 0, 0)
            yield from self._kept(cell)

    def _kept(self, cell: Cell) -> Iterator[Known]:
        earlier = replace(cell, edition=cell.edition - 1)
        if earlier in self.cells:
            for item, then, now in product(ITEMS, ANSWERS, ANSWERS):
                more = {self._at(cell, item, then, now): 1.0, self._at(earlier, item, then, now): -1.0}
                yield Known(more, 0, inf)

    def _gone(self, cell: Cell, then: str) -> Iterator[Known]:
        """Whoever is of a partner that left did not answer again."""
        for kind in (kind for kind in self._attacker.places[cell.community].kinds if kind.endswith(GONE)):
            before = replace(cell, wave=then, kind=kind)
            for item, answer in product(ITEMS, ANSWERS):
                silent = {self._at(cell, item, answer, ABSENT): 1.0}
                yield Known(minus(silent, self._attacker.count(before, item, [answer])), 0, inf)

    def told(self, edition: int, one: Told) -> Iterator[Known]:
        cell, n = cell_of(edition, one), one.n
        if self.cells.get(cell) != one.since:
            return
        if one.what == "again":
            yield Known(self.sum(cell, ITEMS[0], _again), one.low, one.high, edition, one)
        elif one.what == "could":
            yield Known(self._could(cell, one.since), one.low, one.high, edition, one)
        elif one.what == "pairs":
            yield Known(self.sum(cell, one.item, MOVES["stayed"]), one.low, one.high, edition, one)
        elif one.what in ("mean of pairs", "share of pairs"):
            moved = self._moved(cell, one.item, one.what.split()[0], 1)
            yield Known(moved, one.low * n - _NEARLY, one.high * n + _NEARLY, edition, one)
        elif one.what.startswith("se of"):
            yield from self._squares(edition, one, one.what.split()[-1])

    def _could(self, cell: Cell, then: str) -> Terms:
        kinds = [k for k in self._attacker.places[cell.community].kinds if not k.endswith(GONE)]
        cells = [replace(cell, wave=then, kind=kind) for kind in kinds]
        return merged(self._attacker.count(each, ITEMS[0], ANSWERS) for each in cells)

    def _moved(self, cell: Cell, item: str, statistic: str, power: int) -> Terms:
        worth, stayed = _WORTH[statistic], MOVES["stayed"]
        return self.sum(cell, item, lambda a, b: stayed(a, b) * (worth(b) - worth(a)) ** power)

    def _squares(self, edition: int, one: Told, statistic: str) -> Iterator[Known]:
        """Where the sum of the differences is known exactly, the standard error tells their squares."""
        about = (one.wave, one.community, one.item, f"{statistic} of pairs", one.n)
        sums = {
            each for told in self._attacker.told[edition]
            if (told.wave, told.community, told.item, told.what, told.n) == about
            for each in range(ceil(told.low * told.n - _NEARLY), floor(told.high * told.n + _NEARLY) + 1)
        }  # fmt: skip
        if len(sums) == 1:
            n, total = one.n, sums.pop()
            low, high = (max(se, 0.0) ** 2 * n * (n - 1) + total**2 / n for se in (one.low, one.high))
            squares = self._moved(cell_of(edition, one), one.item, statistic, 2)
            yield Known(squares, low - _NEARLY, high + _NEARLY, edition, one)

    def mine(self, own: Person, granted: Sequence[Sequence[Person]]) -> Iterator[Known]:
        """What a respondent knows: their own answers in both waves, or that they were not there."""
        for (cell, then), item in product(self.cells.items(), ITEMS):
            if cell.community == own.community and own.wave in (then, cell.wave):
                both = self.both(cell, item, own, granted[cell.edition])
                yield Known({self._at(cell, item, *both): 1.0}, 1, inf)

    def both(self, cell: Cell, item: str, who: Person, people: Sequence[Person]) -> tuple[int, int]:
        """What somebody answered in the waves of a cell."""
        same = {p.wave: p.answers for p in people if (p.community, p.who) == (who.community, who.who)}
        then, now = (
            same[wave].get(item, SKIPPED) if wave in same else ABSENT
            for wave in (self.cells[cell], cell.wave)
        )  # fmt: skip
        return then, now

    def true(self, edition: int, people: Sequence[Person]) -> Iterator[tuple[int, int]]:
        """How many there are of each, where all is known."""
        answers: dict[tuple[str, str], dict[str, Mapping[str, int]]] = defaultdict(dict)
        for person in people:
            answers[person.community, person.who][person.wave] = person.answers
        for (cell, then), item in product(self.cells.items(), ITEMS):
            for (community, _), mine in answers.items():
                both = [
                    mine[wave].get(item, SKIPPED) if wave in mine else ABSENT for wave in (then, cell.wave)
                ]
                if (cell.edition, cell.community) == (edition, community) and both != [ABSENT, ABSENT]:
                    yield self._at(cell, item, *both), 1


def _gave(place: int, answer: int) -> Pair:
    return lambda *both: both[place] == answer


def _again(then: int, now: int) -> bool:
    return ABSENT not in (then, now)
