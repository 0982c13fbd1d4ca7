"""What may be called a difference: never where intervals touch, and never where it cannot be known."""

from typing import Any

import pytest

from lcmonitor.reporting import clear
from lcmonitor.reporting.figures import Figure

_BLANK: dict[str, Any] = {
    "community": "c", "wave": "w", "form": "f", "indicator": "i", "measure": "value", "part": "",
    "versus": "", "group_by": "", "group_value": "", "n": 20, "population": 40, "estimate": 3.0, "se": None,
    "low": None, "high": None, "reference": None, "method": "t", "effect": None, "p": None, "word": "",
    "status": "released", "reason": "",
}  # fmt: skip


def figure(low: float | None = None, high: float | None = None, **other: object) -> Figure:
    middle = (low + high) / 2 if low is not None and high is not None else 3.0
    return Figure(**(_BLANK | {"estimate": middle, "low": low, "high": high} | other))


HIDDEN = figure(estimate=None, status="suppressed", reason="n_low", n=None)
FIVE = figure(n=5)  # too few for an interval


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        (figure(1.0, 1.9), figure(2.0, 3.0), True),
        (figure(1.0, 2.0), figure(2.0, 3.0), False),  # they touch
        (figure(2.0, 3.0), figure(2.0, 3.0), False),  # a tie
        (figure(2.0, 3.0), figure(1.0, 1.9), False),  # the other way round
        (FIVE, figure(4.0, 5.0), None),
        (HIDDEN, figure(4.0, 5.0), None),
        (None, figure(4.0, 5.0), None),
        (figure(n=5, population=5, estimate=3.0), figure(3.1, 5.0), True),  # everyone answered
        (figure(n=5, population=5, estimate=3.0), figure(3.0, 5.0), False),
    ],
)
def test_one_is_below_another_only_where_the_intervals_do_not_touch(
    one: Figure | None, other: Figure | None, told: bool | None
) -> None:
    assert clear.below(one, other) is told


def test_groups_differ_where_any_two_do() -> None:
    low, middle, high = figure(1.0, 2.0), figure(1.5, 3.5), figure(3.0, 4.0)
    assert clear.differ([low, middle, high]) is True
    assert clear.differ([low, middle]) is False
    assert clear.differ([low, figure(2.0, 4.0)]) is False  # they touch
    assert clear.differ([low, HIDDEN, FIVE, None]) is None
    assert clear.differ([]) is None


def test_the_largest_is_named_only_where_all_others_are_below_it() -> None:
    low, touching, high = figure(0.1, 0.2), figure(0.3, 0.4), figure(0.4, 0.6)
    assert clear.largest([low, figure(0.25, 0.35), high]) == 2
    assert clear.largest([low, touching, high]) is None
    assert clear.largest([high, high, high]) is None
    assert clear.largest([low, HIDDEN, high]) is None
    assert clear.largest([high]) is None


@pytest.mark.parametrize(
    ("one", "told"),
    [
        (figure(3.1, 4.0), "above"),
        (figure(3.0, 4.0), "near"),  # it touches
        (figure(2.0, 2.9), "below"),
        (figure(2.0, 4.0), "near"),
        (FIVE, "none"),
        (HIDDEN, "none"),
        (None, "none"),
        (figure(n=5, population=5, estimate=3.2), "above"),  # everyone answered
        (figure(n=5, population=5, estimate=3.02), "near"),  # written as 3.0
    ],
)
def test_a_side_is_told_only_where_the_interval_lies_on_it(one: Figure | None, told: str) -> None:
    assert clear.side(one, 3.0) == told
