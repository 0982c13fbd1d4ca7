"""Whether the number of respondents and the sum of their scores leave one set of scores only.

They do where the sum is within one step of either end of the scale: all at the end, but for one who is a
step away. On a scale of two answers they always do. Of the few who joined or left between two waves it is
enough that their mean is known to an eighth of the scale on either side, by anyone who answered: whoever
joined alone knows, beside what is told, the sum over those who left.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, product

import numpy as np

from lcmonitor.indicators.estimate import Mask
from lcmonitor.indicators.plans import Plan, Score
from lcmonitor.indicators.sums import Floats, PairSums

_NEARLY = 1e-9
_KNOWN = 0.25  # of the scale: half a point on either side of a mean from 1 to 5


@dataclass(frozen=True)
class Group:
    """Respondents, and the sum of their scores in units of the plan."""

    n: Floats
    total: Floats

    def room(self, low: float, high: float) -> "_Room":
        """To both ends of a scale."""
        return _Room(self.total - low * self.n, high * self.n - self.total)


@dataclass(frozen=True)
class _Room:
    """By how much a sum could be less, and by how much more."""

    below: Floats
    above: Floats

    def beside(self, answer: float, range_: float) -> "_Room":
        """Without one of the respondents, whose ``answer`` lies so far above the lower end."""
        return _Room(self.below - answer, self.above - (range_ - answer))


def of_value(plan: Plan, group: Group) -> Mask:
    """A number item has no ends, and so no such sums."""
    if not isinstance(plan, Score):
        return np.zeros(len(group.n), dtype=bool)
    low, high = _ends(plan)
    if _two_answers(plan):
        return np.asarray(group.n > 0)
    return _at_an_end(group.total, low * group.n, high * group.n, _step(plan)) & (group.n > 0)


def of_pairs(plan: Plan, then: Group, now: Group, sums: PairSums, fewest: float) -> Mask:
    """Of the pairs' differences, or of those who joined beside those who left.

    The sum over those who joined minus the sum over those who left is the difference of the two waves less
    that of the pairs.
    """
    if not isinstance(plan, Score):
        return np.zeros(len(now.n), dtype=bool)
    low, high = _ends(plan)
    step, range_ = _step(plan), high - low
    stayed = Group(sums.n, sums.earlier), Group(sums.n, sums.later)
    pairs, between = sums.n, sums.later - sums.earlier
    joined = Group(now.n - pairs, now.total - sums.later)
    left = Group(then.n - pairs, then.total - sums.earlier)
    turnover = joined.total - left.total
    least, most = low * joined.n - high * left.n, high * joined.n - low * left.n
    moved = (joined.n > 0) | (left.n > 0)
    changed = _at_an_end(between, -range_ * pairs, range_ * pairs, step)
    rooms = [each.room(low, high) for each in (joined, left, *stayed)]
    few = _few_known((joined.n, left.n), rooms, range_, fewest)
    return (pairs > 0) & (changed | few | (moved & _at_an_end(turnover, least, most, step)))


def _few_known(moved: Sequence[Floats], rooms: Sequence[_Room], range_: float, fewest: float) -> Mask:
    """Whether somebody knows the mean of those who joined or left, if they are few, or that of the others.

    ``rooms``: of the sums over those who joined and left, and of both over those who stayed. With one of them
    the others move: as much is left open of each as of the one with the least room. That is least for who
    answered with either end of the scale; if nobody can have done so, it counts as nothing.
    """
    known = np.zeros(len(moved[0]), dtype=bool)
    for who in _who_asks(range_):
        joiners, leavers, then, now = (
            room if answer is None else room.beside(answer, range_)
            for room, answer in zip(rooms, who, strict=True)
        )
        less = np.minimum.reduce([joiners.below, leavers.below, then.above, now.above])
        more = np.minimum.reduce([joiners.above, leavers.above, then.below, now.below])
        for n, answer in zip(moved, who, strict=False):
            others = n - (answer is not None)
            few = (n < fewest) & (others > 0)
            known |= few & (less + more <= _KNOWN * range_ * others + _NEARLY)
    return known


def _who_asks(range_: float) -> Iterator[Sequence[float | None]]:
    """A reader; and who joined, left or stayed, with an answer at either end of the scale."""
    ends = (0.0, range_)
    yield None, None, None, None
    for answer in ends:
        yield answer, None, None, None
        yield None, answer, None, None
    for then, now in product(ends, ends):
        yield None, None, then, now


def _at_an_end(total: Floats, least: Floats, most: Floats, step: float) -> Mask:
    return np.minimum(total - least, most - total) <= step + _NEARLY


def _ends(plan: Score) -> tuple[int, int]:
    return plan.low * plan.units, plan.high * plan.units


def _step(plan: Score) -> float:
    """What one respondent who answered everything moves the sum by, with the next answer on one item."""
    gaps = (after - before for answer in plan.answers for before, after in pairwise(answer.codes))
    return max(gaps, default=1) * plan.units / len(plan.answers)


def _two_answers(plan: Score) -> bool:
    return len(plan.answers) == 1 and len(plan.answers[0].codes) <= len(("yes", "no"))
