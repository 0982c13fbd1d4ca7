"""Shares of a sample out of a finite population, with intervals that hold what they promise.

Population known: the numbers K of people who would agree that an exact test does not reject, each tail at
2.5 % (Konijn 1973; R's ``samplingbook::Sprop`` and ``survey`` have no exact one). Unknown: Wilson (1927).
"""

import numpy as np
from scipy.special import gammaln, ndtri

from lcmonitor.indicators.estimate import TAIL, Estimate, Mask, Methods, usable_population
from lcmonitor.indicators.means import left_out
from lcmonitor.indicators.sums import Floats, Integers

_METHODS = Methods("hypergeometric", "wilson", "wilson_population_too_small")
_Z = float(ndtri(1 - TAIL))
_TIE = TAIL * (1 - 1e-10)  # a tail of exactly 2.5 % is not rejected, whatever rounding makes of it


def share(k: Floats, n: Floats, population: Floats) -> Estimate:
    """K of n, out of ``population`` (NaN: unknown)."""
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
    """The smallest K in N for which k or more of n are not surprising: P(X >= k) > 2.5 %."""
    if not len(k):
        return k
    cases, place = _distinct(k, n, population)
    return _fewest(*cases)[place].astype(np.float64)


def _distinct(k: Floats, n: Floats, population: Floats) -> tuple[tuple[Integers, ...], Integers]:
    whole = [values.astype(np.int64) for values in (k, n, population)]
    sizes = [int(values.max()) + 1 for values in whole]
    key = (whole[2] * sizes[1] + whole[1]) * sizes[0] + whole[0]
    _, first, place = np.unique(key, return_index=True, return_inverse=True)
    return tuple(values[first] for values in whole), place


def _fewest(k: Integers, n: Integers, population: Integers) -> Integers:
    """Halving between k (no fewer can have been seen) and N − n + k (no more are possible)."""
    low, high = k.copy(), population - n + k
    facts = gammaln(np.arange(int(population.max()) + 2) + 1.0)
    while (open_ := np.flatnonzero(low < high)).size:
        middle = (low[open_] + high[open_]) // 2
        likely = _unsurprising(k[open_], n[open_], population[open_], middle, facts)
        high[open_] = np.where(likely, middle, high[open_])
        low[open_] = np.where(likely, low[open_], middle + 1)
    return low


def _unsurprising(k: Integers, n: Integers, population: Integers, agreeing: Integers, facts: Floats) -> Mask:
    """Whether P(X >= k) > 2.5 %. The median lies beside the mean, so up to the mean it is half at least."""
    result = k * population <= n * agreeing
    at = np.flatnonzero(~result)
    term = np.exp(_log_probability(k[at], n[at], population[at], agreeing[at], facts))
    tail, x = term.copy(), k[at].copy()
    while at.size:
        result[at] = tail > _TIE
        going = ~result[at] & (term > tail * 1e-17)
        at, x, term, tail = at[going], x[going], term[going], tail[going]
        term = term * _ratio(x, n[at], population[at], agreeing[at])
        tail = tail + term
        x = x + 1
    return result


def _ratio(x: Integers, n: Integers, population: Integers, agreeing: Integers) -> Floats:
    """P(X = x + 1) / P(X = x)."""
    return (agreeing - x) * (n - x) / ((x + 1.0) * (population - agreeing - n + x + 1))


def _log_probability(
    x: Integers, n: Integers, population: Integers, agreeing: Integers, facts: Floats
) -> Floats:
    def ways(of: Integers, chosen: Integers) -> Floats:
        return facts[of] - facts[chosen] - facts[of - chosen]

    return ways(agreeing, x) + ways(population - agreeing, n - x) - ways(population, n)
