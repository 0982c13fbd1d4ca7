"""Shares of a sample out of a finite population, with intervals that hold what they promise.

Population known: the numbers K of people who would agree that an exact test does not reject, each tail at
2.5 % (Konijn 1973; R's ``samplingbook::Sprop`` and ``survey`` have no exact one). Unknown: Wilson (1927).
"""

import numpy as np
import pandas as pd
from scipy.special import gammaln, ndtri

from lcmonitor.indicators.estimate import TAIL, Estimate, Methods, usable_population
from lcmonitor.indicators.means import left_out
from lcmonitor.indicators.sums import Floats, Integers

_METHODS = Methods("hypergeometric", "wilson", "wilson_population_too_small")
_Z = float(ndtri(1 - TAIL))
_TIE = TAIL * (1 - 1e-10)  # a tail of exactly 2.5 % is not rejected, whatever rounding makes of it


def share(k: Floats, n: Floats, population: Floats) -> Estimate:
    """K of n, out of ``population`` (NaN: unknown), which may be the same for several rows of k and n."""
    population = np.broadcast_to(population, n.shape)
    asked = np.where(n > 0, n, np.nan)
    value = k / asked
    trusted = usable_population(n, population)
    se = np.sqrt(left_out(n, trusted) * value * (1 - value) / np.where(n > 1, n - 1, np.nan))
    method = _METHODS.of(n, population)
    none = np.full(n.shape, np.nan)
    census = n == trusted
    exact = (n > 0) & (n < trusted)
    low, high = none.copy(), none.copy()
    low[exact], high[exact] = exact_interval(k[exact], n[exact], trusted[exact])
    wilson_low, wilson_high = wilson(k, asked)
    unknown = np.isnan(trusted) & (n > 0)
    return Estimate(
        value,
        np.where(census, 0.0, se),
        np.where(unknown, wilson_low, low),
        np.where(unknown, wilson_high, high),
        method,
    )


def wilson(k: Floats, n: Floats) -> tuple[Floats, Floats]:
    """Wilson's score interval; its ends at no and at all are exactly 0 and 1."""
    p, weight = k / n, _Z**2 / n
    centre = (p + weight / 2) / (1 + weight)
    half = _Z * np.sqrt(p * (1 - p) / n + weight / (4 * n)) / (1 + weight)
    return np.where(k == 0, 0.0, centre - half), np.where(k == n, 1.0, centre + half)


def exact_interval(k: Floats, n: Floats, population: Floats) -> tuple[Floats, Floats]:
    """Low and high share of a population of N > n; each different (k, n, N) is worked out once.

    An interval of one number K would pretend a census, so it takes in the neighbouring numbers.
    """
    low = fewest(k, n, population)
    high = population - fewest(n - k, n, population)
    single = low == high
    low = np.where(single, np.maximum(low - 1, k), low)
    high = np.where(single, np.minimum(high + 1, population - n + k), high)
    return low / population, high / population


def fewest(k: Floats, n: Floats, population: Floats) -> Floats:
    """The smallest K in N for which k or more of n are not surprising: P(X >= k) >= 2.5 %."""
    result = np.zeros(len(k))
    some = np.flatnonzero(k > 0)  # none or more is never surprising
    if some.size:
        (k, n, population), place = _distinct(k[some], n[some], population[some])
        result[some] = _fewest(k, n, population)[place]
    return result


def _distinct(k: Floats, n: Floats, population: Floats) -> tuple[tuple[Floats, Floats, Floats], Integers]:
    base = int(population.max()) + 1
    keys = (population.astype(np.int64) * base + n.astype(np.int64)) * base + k.astype(np.int64)
    place, found = pd.factorize(keys)  # hashing takes a tenth of the time of sorting
    rest, k_found = np.divmod(found, base)
    found_population, found_n = np.divmod(rest, base)
    return (k_found.astype(float), found_n.astype(float), found_population.astype(float)), place


def _fewest(k: Floats, n: Floats, population: Floats) -> Floats:
    """From a good guess to the exact number, one K at a time: each step adds or takes one term."""
    agreeing = _guess(k, n, population)
    at_k = np.exp(_log_probability(k, n, population, agreeing))
    tail = _upper_tail(k, n, population, agreeing, at_k)
    # P(X = k − 1), of which a part passes into the tail if one person more agrees
    below = at_k * k * (population - agreeing - n + k) / ((agreeing - k + 1) * (n - k + 1))
    down = np.flatnonzero((tail >= _TIE) & (agreeing > k))
    while (up := np.flatnonzero(tail < _TIE)).size:
        tail[up] += _passing(below[up], k[up], n[up], population[up], agreeing[up])
        below[up] *= _growth(k[up] - 1, n[up], population[up], agreeing[up])
        agreeing[up] += 1
    while down.size:
        fewer = agreeing[down] - 1
        before = below[down] / _growth(k[down] - 1, n[down], population[down], fewer)
        less = tail[down] - _passing(before, k[down], n[down], population[down], fewer)
        going = less >= _TIE
        down = down[going]
        agreeing[down], below[down], tail[down] = fewer[going], before[going], less[going]
        down = down[agreeing[down] > k[down]]
    return agreeing


def _passing(below: Floats, k: Floats, n: Floats, population: Floats, agreeing: Floats) -> Floats:
    """What P(X >= k) gains when one person more agrees: X was k − 1 and this person is in the sample."""
    return below * (n - k + 1) / (population - agreeing)


def _growth(x: Floats, n: Floats, population: Floats, agreeing: Floats) -> Floats:
    """P(X = x) with one more who agrees, as a multiple of what it is with ``agreeing``."""
    left = population - agreeing
    return (agreeing + 1) * (left - n + x) / ((agreeing + 1 - x) * left)


def _guess(k: Floats, n: Floats, population: Floats) -> Floats:
    """Wilson's lower end, for half an answer less and for the information of a finite population."""
    effective = n * (population - 1) / (population - n)
    low, _ = wilson((k - 0.5) / n * effective, effective)
    below_the_mean = np.ceil(k * population / n) - 1
    return np.clip(np.ceil(low * population), k, np.minimum(below_the_mean, population - n + k - 1))


def _upper_tail(k: Floats, n: Floats, population: Floats, agreeing: Floats, at_k: Floats) -> Floats:
    """P(X >= k) for k above the mean, where the terms only get smaller."""
    total = at_k.copy()
    at, x, term, tail = np.arange(len(k)), k, at_k, at_k.copy()
    while at.size:
        for _ in range(8):  # looking who is done costs as much as a step
            term = term * (agreeing - x) * (n - x) / ((x + 1) * (population - agreeing - n + x + 1))
            tail += term
            x = x + 1
        total[at] = tail
        on = term > tail * 1e-17
        at, x, term, tail = at[on], x[on], term[on], tail[on]
        n, population, agreeing = n[on], population[on], agreeing[on]
    return total


def _log_probability(x: Floats, n: Floats, population: Floats, agreeing: Floats) -> Floats:
    """Log P(X = x), X of n drawn without putting back."""
    logs = gammaln(np.arange(1.0, population.max() + 2))

    def ways(of: Floats, chosen: Floats) -> Floats:
        return logs[of.astype(np.intp)] - logs[chosen.astype(np.intp)] - logs[(of - chosen).astype(np.intp)]

    return ways(agreeing, x) + ways(population - agreeing, n - x) - ways(population, n)
