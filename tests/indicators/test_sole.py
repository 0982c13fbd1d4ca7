"""What a change of the same people, beside both means, tells of the few who joined or left."""

from itertools import combinations_with_replacement, product

import numpy as np
import pytest

from lcmonitor.indicators import sole
from lcmonitor.indicators.plans import Answer, Score
from lcmonitor.indicators.sums import PairSums

CODES, FEWEST = (1, 2, 3, 4, 5), 5
PLAN = Score((Answer("t1", CODES),), 4)
PAIRS = PairSums(*(np.array([value]) for value in (8.0, 24, 80, 26, 90, 83, 3, 4, 2)))


def flagged(joined: tuple[int, ...], left: tuple[int, ...]) -> bool:
    then = sole.Group(PAIRS.n + len(left), PAIRS.earlier + sum(left))
    now = sole.Group(PAIRS.n + len(joined), PAIRS.later + sum(joined))
    return bool(sole.of_pairs(PLAN, then, now, PAIRS, FEWEST)[0])


def sums(people: int) -> set[int]:
    return {sum(answers) for answers in combinations_with_replacement(CODES, people)}


@pytest.mark.parametrize(("joined", "left"), list(product(range(7), range(7))))
def test_a_change_is_known_to_tell_when_their_sums_lie_within_half_a_point(joined: int, left: int) -> None:
    """Beside every sum of those who joined and every sum of those who left, counted out."""
    differences = {(a, b) for a in sums(joined) for b in sums(left)}
    for turnover in {a - b for a, b in differences}:
        of = [(a, b) for a, b in differences if a - b == turnover]
        joiners, leavers = ({pair[place] for pair in of} for place in (0, 1))
        few = [
            0 < n < FEWEST and max(each) - min(each) <= n
            for n, each in ((joined, joiners), (left, leavers))
        ]  # fmt: skip
        a, b = of[0]
        ends = (joined - 5 * left, 5 * joined - left)
        near = bool(joined or left) and min(turnover - ends[0], ends[1] - turnover) <= 1
        assert flagged(_split(a, joined), _split(b, left)) == (any(few) or near), (turnover, of)


def _split(total: int, people: int) -> tuple[int, ...]:
    """Answers that add up to it."""
    return next(each for each in combinations_with_replacement(CODES, people) if sum(each) == total)
