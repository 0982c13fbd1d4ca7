"""Intervals of shares: exact where the population is known, Wilson's where not."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from lcmonitor.indicators.estimate import METHODS
from lcmonitor.indicators.shares import exact_interval, share, wilson
from tests.indicators import naive


def array(*values: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array(values, dtype=np.float64)


@pytest.mark.parametrize("population", [2, 7, 14, 23, 40])
def test_of_every_truth_at_least_95_percent_of_all_samples_give_an_interval_that_holds_it(
    population: int,
) -> None:
    for n in range(1, population):
        k = np.arange(n + 1, dtype=np.float64)
        low, high = exact_interval(k, np.full(n + 1, n, float), np.full(n + 1, population, float))
        for agreeing in range(population + 1):
            covered = sum(
                math.comb(agreeing, x) * math.comb(population - agreeing, n - x)
                for x in range(n + 1)
                if low[x] - 1e-9 <= agreeing / population <= high[x] + 1e-9
            )
            assert Fraction(covered, math.comb(population, n)) >= Fraction(95, 100), (n, agreeing)


@given(st.data())
def test_the_exact_interval_is_that_of_counting_samples(data: st.DataObject) -> None:
    population = data.draw(st.integers(2, 60))
    n = data.draw(st.integers(1, population - 1))
    k = data.draw(st.integers(0, n))
    low, high = exact_interval(array(k), array(n), array(population))
    assert (low[0], high[0]) == pytest.approx(naive.exact(k, n, population), abs=1e-12)


@given(st.data())
def test_in_a_large_population_neither_end_is_rejected_and_the_next_number_is(data: st.DataObject) -> None:
    population = data.draw(st.integers(100, 20_000))
    n = data.draw(st.integers(50, population - 2))
    k = data.draw(st.integers(0, n))
    shares = exact_interval(array(k), array(n), array(population))
    low, high = (round(float(share[0]) * population) for share in shares)
    upper = np.asarray(stats.hypergeom.sf(k - 1, population, [low, low - 1], n))
    lower = np.asarray(stats.hypergeom.cdf(k, population, [high, high + 1], n))
    for tails, possible in ((upper, low > k), (lower, high < population - n + k)):
        if high - low > 1:  # narrower ones were widened
            assert tails[0] >= 0.025 * (1 - 1e-6)
            assert not possible or tails[1] <= 0.025 * (1 + 1e-6)


def test_an_interval_of_one_number_is_widened() -> None:
    low, high = exact_interval(array(0, 99), array(99, 99), array(100, 100))
    assert low.tolist() == [0.0, 0.99]
    assert high.tolist() == [0.01, 1.0]


def test_wilson_gives_the_published_values() -> None:
    # Newcombe (1998), Statistics in Medicine 17, table I, method 3
    low, high = wilson(array(81, 15, 0, 1), array(263, 148, 20, 29))
    assert low == pytest.approx([0.2553, 0.0624, 0.0000, 0.0061], abs=5e-5)
    assert high == pytest.approx([0.3662, 0.1605, 0.1611, 0.1718], abs=5e-5)


def test_the_method_says_what_is_known_of_the_population() -> None:
    found = share(array(3, 3, 3, 3, 0), array(6, 6, 6, 6, 0), array(6, 9, math.nan, 5, 9))
    assert [METHODS.words[code] for code in found.method] == [
        "census",
        "hypergeometric",
        "wilson",
        "wilson_population_too_small",
        "",
    ]
    assert np.isnan(found.low).tolist() == [True, False, False, False, True]
    assert found.low[2] == found.low[3]
