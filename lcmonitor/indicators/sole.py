"""Whether the number of respondents and the sum of their scores leave one set of scores only.

They do where the sum is within one step of either end of the scale: all at the end, but for one who is a
step away. On a scale of two answers they always do. Of the few who joined or left between two waves it is
enough that their mean is known to an eighth of the scale on either side.
"""

from dataclasses import dataclass
from itertools import pairwise

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
    that of the pairs. Each sum has the ends of its number of people, so as much is left open of the one as of
    the other: of one who joined beside four who left the four are known as well as the one.
    """
    if not isinstance(plan, Score):
        return np.zeros(len(now.n), dtype=bool)
    low, high = _ends(plan)
    step, range_ = _step(plan), high - low
    pairs, between = sums.n, sums.later - sums.earlier
    joined, left = now.n - pairs, then.n - pairs
    turnover = now.total - then.total - between
    least, most = low * joined - high * left, high * joined - low * left
    moved = (joined > 0) | (left > 0)
    changed = _at_an_end(between, -range_ * pairs, range_ * pairs, step)
    width = np.minimum(high * joined, turnover + high * left) - np.maximum(
        low * joined, turnover + low * left
    )
    few = [(n > 0) & (n < fewest) & (width <= _KNOWN * range_ * n + _NEARLY) for n in (joined, left)]
    return (pairs > 0) & (changed | few[0] | few[1] | (moved & _at_an_end(turnover, least, most, step)))


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
