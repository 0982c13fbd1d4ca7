"""What a change of the same people, beside both means, tells of the few who joined or left."""

from collections.abc import Iterator
from functools import cache
from itertools import combinations_with_replacement, product

import numpy as np
import pytest

from lcmonitor.indicators import sole
from lcmonitor.indicators.plans import Answer, Score
from lcmonitor.indicators.sums import PairSums

CODES, FEWEST, STAYED = (1, 2, 3, 4, 5), 5, 8
MIDDLE, HIGH = (24, 26), (36, 38)  # the sums over those who stayed, in both waves
PLAN = Score((Answer("t1", CODES),), 4)


def flagged(joined: tuple[int, ...], left: tuple[int, ...], stayed: tuple[int, int]) -> bool:
    pairs = PairSums(
        *(np.array([float(each)]) for each in (STAYED, stayed[0], 80, stayed[1], 90, 83, 3, 4, 2))
    )
    then = sole.Group(pairs.n + len(left), pairs.earlier + sum(left))
    now = sole.Group(pairs.n + len(joined), pairs.later + sum(joined))
    return bool(sole.of_pairs(PLAN, then, now, pairs, FEWEST)[0])


@cache
def sums(people: int) -> set[int]:
    return {sum(answers) for answers in combinations_with_replacement(CODES, people)}


@pytest.mark.parametrize("stayed", [MIDDLE, HIGH])
@pytest.mark.parametrize(("joined", "left"), list(product(range(6), range(6))))
def test_a_change_is_known_to_tell_when_somebody_knows_the_few_to_half_a_point(
    joined: int, left: int, stayed: tuple[int, int]
) -> None:
    """Beside every difference of both sums, counted out for a reader and for each who may have answered."""
    for turnover, (a, b) in {a - b: (a, b) for a in sums(joined) for b in sums(left)}.items():
        ends = (joined - 5 * left, 5 * joined - left)
        near = bool(joined or left) and min(turnover - ends[0], ends[1] - turnover) <= 1
        hidden = near or _somebody_knows(joined, left, turnover, (stayed[0] + b, stayed[1] + a))
        assert flagged(_split(a, joined), _split(b, left), stayed) == hidden, (turnover, a, b)


def _somebody_knows(joined: int, left: int, turnover: int, waves: tuple[int, int]) -> bool:
    """The sum of the others within one a head. An answer that nobody can have given counts as known."""
    for moved, there in _who(joined, left):
        others = joined - len(moved[0]), left - len(moved[1])
        open_ = [
            a for a, b in product(sums(others[0]), sums(others[1]))
            if a + sum(moved[0]) - b - sum(moved[1]) == turnover
            and _stayed(waves[0] - b - sum(moved[1]), there[:1])
            and _stayed(waves[1] - a - sum(moved[0]), there[1:])
        ]  # fmt: skip
        width = max(open_, default=0) - min(open_, default=0)
        few = zip((joined, left), others, strict=True)
        if any(n < FEWEST and rest > 0 and width <= rest for n, rest in few):
            return True
    return False


def _who(joined: int, left: int) -> Iterator[tuple[tuple[tuple[int, ...], tuple[int, ...]], tuple[int, ...]]]:
    """Nobody; one who joined, or left, with an answer; or one who stayed, with two."""
    yield ((), ()), ()
    for answer in CODES:
        if joined:
            yield ((answer,), ()), ()
        if left:
            yield ((), (answer,)), ()
    for both in product(CODES, CODES):
        yield ((), ()), both


def _stayed(total: int, known: tuple[int, ...]) -> bool:
    return total - sum(known) in sums(STAYED - len(known))


def _split(total: int, people: int) -> tuple[int, ...]:
    """Answers that add up to it."""
    return next(each for each in combinations_with_replacement(CODES, people) if sum(each) == total)
