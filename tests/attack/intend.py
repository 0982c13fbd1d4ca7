"""An attacker of what partners intend: how many of a community say yes, by integer programming.

An unknown is how many partners of a community say yes: up to all that answered, which is told of each by its
coverage. Known are the figures of communities that are shown, and those of the programme and its sectors,
which count every community. Editions follow each other, and he knows of how many partners of which community
an answer came, went or was put right since: where they are few he looks for what that changed, too.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp

from lcmonitor.disclosure.cells import Numbers
from lcmonitor.programme.privacy import Privacy
from tests.attack.partners import Moment, moments, published

WITHIN = 2.0  # from the least to the most: plus or minus one partner
EXACTLY = 0.5
FEW = Privacy().respondents
MOST = 3  # editions

At = tuple[int, str]  # which edition, which community
Figure = tuple[str, str]  # community and sector; of the programme neither
Sum = Mapping[At, float]  # how often each is in it
Known = tuple[Sum, float, float]  # it is from the one to the other


@dataclass(frozen=True)
class Goal:
    """What is looked for, and how near is too near."""

    sum: Sum
    within: float

    @property
    def names(self) -> set[str]:
        return {name for _, name in self.sum}


@dataclass(frozen=True)
class Partners:
    """``shown``: the rows of one indicator that each edition releases."""

    made: Sequence[Moment]
    shown: Sequence[pd.DataFrame]

    @cached_property
    def told(self) -> list[dict[Figure, float]]:
        """How many say yes, edition by edition: not where a figure is as it was, for it may wait.

        Where the programme's is another one, no community waits.
        """
        figures = [_figures(rows) for rows in self.shown]
        return [_told(then, now) for then, now in pairwise([{}, *figures])]

    @property
    def sought(self) -> int:
        return sum(1 for _ in self.goals())

    def goals(self) -> Iterator[Goal]:
        """What is not shown; and what changed, where few answers did."""
        for at, name in self._places:
            if (name, "") not in self.told[at]:
                yield Goal({(at, name): 1.0}, WITHIN)
        for then, now in pairwise(self.telling):
            moved = {name: self._moved(then, now, name) for name in self._left(then, now)}
            names = [name for name, count in moved.items() if count]
            for some in dict.fromkeys([*((name,) for name in names), tuple(names)]):
                if 0 < sum(moved[name] for name in some) < FEW:
                    changed = {(now, name): 1.0 for name in some} | {(then, name): -1.0 for name in some}
                    yield Goal(changed, EXACTLY)

    def narrow(self) -> list[Goal]:
        """What is known too well, and not by what is shown of the communities themselves."""
        return [
            goal for goal in self.goals() if self._width(goal, True) <= goal.within < self._width(goal, False)
        ]

    def recovered(self) -> list[Goal]:
        """Of these not where so few say yes, or no, in one of the sums that it holds of everyone in it.

        That sum keeps the rules, and tells no more of the one than of the other.
        """
        return [goal for goal in self.narrow() if not goal.names & self._extreme]

    @cached_property
    def _places(self) -> list[At]:
        return [(at, name) for at, now in enumerate(self.made) for name in now]

    @property
    def telling(self) -> list[int]:
        """Editions whose figure of all tells something new."""
        return [at for at, told in enumerate(self.told) if ("", "") in told]

    def _left(self, then: int, now: int) -> list[str]:
        """Communities that one of two editions does not show."""
        return [
            name
            for name in self.made[then]
            if (name, "") not in self.told[then] or (name, "") not in self.told[now]
        ]

    def _moved(self, then: int, now: int, name: str) -> int:
        return sum(self.made[at][name].moved for at in range(then + 1, now + 1))

    @cached_property
    def _extreme(self) -> set[str]:
        return {
            name
            for names, yes, of in self._sums_of_others()
            if min(yes, of - yes) <= WITHIN
            for name in names
        }

    def _sums_of_others(self) -> Iterator[tuple[list[str], float, int]]:
        """Of which communities that are not shown, how many of them say yes, of how many."""
        for at, told in enumerate(self.told):
            for sector in (sector for community, sector in told if not community):
                names = [name for _, name in self._of(at, sector)]
                left = [name for name in names if (name, "") not in told]
                yes = told["", sector] - sum(told.get((name, ""), 0.0) for name in names)
                yield left, yes, sum(len(self.made[at][name].yes) for name in left)

    def _of(self, at: int, sector: str) -> list[At]:
        return [(at, name) for name, one in self.made[at].items() if sector in ("", one.sector)]

    def _width(self, goal: Goal, across: bool) -> float:
        """From the least to the most that it may be; without what is told ``across`` communities, or with."""
        ends = [
            milp(
                sign * self._row(goal.sum),
                integrality=np.ones(len(self._places), dtype=int),
                bounds=Bounds(0, [len(self.made[at][name].yes) for at, name in self._places]),
                constraints=self._limits[across],
            )
            for sign in (1, -1)
        ]
        assert all(end.status == 0 for end in ends), "what is published contradicts itself"
        return -sum(float(end.fun or 0.0) for end in ends)

    @cached_property
    def _limits(self) -> list[LinearConstraint]:
        """What is known of communities, and what is told across them beside that."""
        own: list[Known] = [({}, 0.0, 0.0), *self._shown(), *self._moves()]
        return [self._limits_of(known) for known in (own, [*own, *self._across()])]

    def _limits_of(self, known: Sequence[Known]) -> LinearConstraint:
        sums, least, most = zip(*known, strict=True)
        return LinearConstraint(np.array([self._row(each) for each in sums]), least, most)

    def _row(self, sum_: Sum) -> Numbers:
        return np.array([sum_.get(place, 0.0) for place in self._places])

    def _shown(self) -> Iterator[Known]:
        for at, told in enumerate(self.told):
            for (community, _), yes in told.items():
                if community:
                    yield {(at, community): 1.0}, yes, yes

    def _across(self) -> Iterator[Known]:
        for at, told in enumerate(self.told):
            for (community, sector), yes in told.items():
                if not community:
                    yield dict.fromkeys(self._of(at, sector), 1.0), yes, yes

    def _moves(self) -> Iterator[Known]:
        """No more is other than moved."""
        for at, name in self._places:
            if at and name in self.made[at - 1]:
                one = self.made[at][name]
                changed = len(one.changed)
                yield {(at, name): 1.0, (at - 1, name): -1.0}, -changed - one.gone, changed + len(one.came)


def _figures(rows: pd.DataFrame) -> dict[Figure, tuple[float, float]]:
    """How many say yes, and how many answered."""
    yes = (rows["estimate"] * rows["population"]).round()
    keys = zip(rows["community"], rows["group_value"], strict=True)
    return dict(zip(keys, zip(yes, rows["n"], strict=True), strict=True))


def _told(
    then: Mapping[Figure, tuple[float, float]], now: Mapping[Figure, tuple[float, float]]
) -> dict[Figure, float]:
    new = {figure for figure, found in now.items() if then.get(figure) != found}
    certain = {figure for figure in now if figure[0]} if ("", "") in new else set()
    return {figure: yes for figure, (yes, _) in now.items() if figure in new | certain}


def attacker(seed: int, editions: int = 1) -> Partners:
    """Of a drawn programme."""
    made = moments(seed, editions)
    return Partners(made, published(made))
