"""Intervals hold the true value as often as they promise: ``make coverage``, with a small budget."""

from collections.abc import Sequence

import pytest

from tests.coverage import measure
from tests.coverage.measure import ENOUGH, SELDOM, Cell

SAMPLES = 2_000
NOISE = 0.02  # four standard errors of a share of 95 % of so many samples
PEOPLE = (6, 11, 20, 60)


def covered(cells: Sequence[Cell]) -> list[float]:
    return [cell.covered for cell in cells if cell.shown >= SELDOM]


def test_shares_hold_what_they_promise_whatever_the_truth_is() -> None:
    assert min(share.covered for share in measure.shares(range(6, 61, 6))) >= 0.95


@pytest.mark.parametrize("items", [1, 3])
def test_means_on_a_scale_cover_where_the_textbook_does_not(items: int) -> None:
    cells = measure.means_on_scale(PEOPLE, SAMPLES, items, seed=11)
    assert min(covered(cells)) >= ENOUGH - NOISE
    assert min(cell.textbook for cell in cells if cell.shown >= SELDOM) < ENOUGH - NOISE


def test_parts_of_a_whole_cover() -> None:
    assert min(covered(measure.parts_of_a_whole(PEOPLE, SAMPLES, seed=12))) >= ENOUGH - NOISE


def test_changes_cover_but_in_few_and_extreme_cases() -> None:
    """Where t covers too seldom most often, there is no interval; 89 % is the least that is left."""
    cells = measure.matched_changes((5, 10, 20), SAMPLES, 1, seed=13)
    cells += measure.unmatched_changes(((10, 10), (10, 30)), SAMPLES, 1, seed=14)
    found = covered(cells)
    assert min(found) >= 0.89 - NOISE
    assert sum(share < ENOUGH for share in found) <= 0.05 * len(found)
    assert min(cell.textbook for cell in cells if cell.shown >= SELDOM) < 0.85


def test_changes_of_which_some_are_in_both_waves_cover_and_are_narrower_than_welch() -> None:
    cells = measure.overlapping_changes(((5, 6, 6), (10, 11, 25)), SAMPLES, 1, seed=15)
    found = covered(cells)
    assert min(found) >= 0.89 - NOISE
    assert sum(share < ENOUGH for share in found) <= 0.05 * len(found)
    alike = [cell for cell in cells if "likeness 0.6" in cell.size and cell.shown >= SELDOM]
    assert sum(cell.width for cell in alike) < 0.97 * sum(cell.textbook_width for cell in alike)
