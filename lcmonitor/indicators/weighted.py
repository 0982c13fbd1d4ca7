"""Means and shares of weighted respondents, in whole communities.

The value is that of ``survey::svymean``, and so is its variance: of the residuals from which the effects of
the categories are taken (post-stratification with one variable, raking with two), with n/(n − 1), and 1 − n/N
of the people who answered this. Everyone of a partner weighs the same, so all of it is made of the sums of
partners.

A mean's interval is ``means.spread_out``, of as many answers as these are worth (Kish). A share's is that of
Korn and Graubard (1998), as ``survey::svyciprop(method = "beta")``, but never of more answers than there are:
where those of a category agree, their residuals would leave no doubt at all.

Weights are no whole numbers, so that a weighted sum can be taken apart into the sums of the partners, as a
number can into its digits. Therefore a weighted figure is given in whole answers: as exactly as n answers
that weigh the same could be, its interval outwards. All that is made of it is made of that.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import betaincinv

from lcmonitor.indicators import means
from lcmonitor.indicators.estimate import METHODS, TAIL, Estimate, Mask, chosen
from lcmonitor.indicators.plans import Score
from lcmonitor.indicators.rows import Risk
from lcmonitor.indicators.sums import Floats, ScoreSums
from lcmonitor.indicators.weighting import Weighting

_ROUNDS = 10  # of taking out the categories of several variables, as survey does
_NEARLY = 1e-9  # an end that was whole but for the last bits of a float stays there


@dataclass(frozen=True)
class Answers:
    """By the engine's groups: how many answered, the sum of their answers and of its squares, in points."""

    n: Floats
    total: Floats
    squares: Floats


@dataclass(frozen=True)
class Weighted:
    """Of each cell; NaN where it is not weighted. ``worth``: as many answers of equal weight."""

    n: Floats
    value: Floats
    variance: Floats  # of the value, as if the population were endless
    worth: Floats


def in_whole(value: Floats, n: Floats) -> Floats:
    """To the nearest of what the mean of ``n`` whole numbers can be."""
    number = np.where(n > 0, n, np.nan)
    result: Floats = np.round(value * number) / number
    return result


def in_whole_together(parts: Sequence[Floats], n: Floats) -> Floats:
    """The same of ``parts`` that add up to 1, and still do: each part lies between two rounded sums."""
    sums = in_whole(np.cumsum(parts, axis=0), n)
    return np.diff(sums, axis=0, prepend=0.0)


def of_score(sums: ScoreSums, plan: Score, statistic: str) -> Answers:
    """Scores, or for a share whether they agree."""
    if statistic == "share":
        return Answers(sums.n, sums.agree, sums.agree)
    return Answers(sums.n, sums.total / plan.units, sums.squares / plan.units**2)


def of_answers(weighting: Weighting, answers: Answers) -> Weighted:
    """The value and its linearised variance."""
    add, each = weighting.level.add, weighting.each
    n = np.where(weighting.made, add(answers.n), np.nan)
    whole = np.where(n > 0, add(each * answers.n), np.nan)
    value = add(each * answers.total) / whole
    here = np.maximum(weighting.level.bins, 0)
    middle, base = np.nan_to_num(value[here]), np.where(whole[here] > 0, whole[here], np.inf)
    residual = (answers.total - middle * answers.n) * each / base
    squares = (answers.squares - 2 * middle * answers.total + middle**2 * answers.n) * (each / base) ** 2
    taken = weighting.fitted * _effects(weighting, residual)
    rows = np.where(n > 0, add(weighting.rows), np.nan)
    sums = add(residual - weighting.rows * taken)
    spread = add(squares - 2 * residual * taken + weighting.rows * taken**2) - sums**2 / rows
    variance = np.maximum(spread, 0) * rows / np.where(rows > 1, rows - 1, np.nan)
    return Weighted(n, value, variance, whole**2 / add(each**2 * answers.n))


def _effects(weighting: Weighting, residual: Floats) -> Floats:
    """What each group's respondents have in common with those of its categories, weights left out."""
    fitted = np.where(weighting.fitted > 0, weighting.fitted, 1.0)
    plain, effects = residual / fitted, np.zeros(len(fitted))
    for _ in range(_ROUNDS if len(weighting.margins) > 1 else 1):
        for margin in weighting.margins:
            rows = margin.add(weighting.rows)
            left = margin.add(plain - weighting.rows * effects) / np.where(rows > 0, rows, 1.0)
            effects = effects + np.append(left, 0.0)[margin.bins]  # −1: of no category
    return effects


def mean(found: Weighted, population: Floats, ends: tuple[float, float] | None) -> Estimate:
    """``ends`` of the scale; None: a number without them."""
    left = means.left_out(found.n, population)
    se = np.sqrt(left * found.variance)
    half = np.where(se > 0, means.quantile(found.worth - 1) * se, np.nan)
    estimate = _estimate(found, se, found.value - half, found.value + half)
    return means.spread_out(estimate, found.worth, left, ends) if ends else estimate


def share(found: Weighted, population: Floats) -> Estimate:
    """Of answers that are 0 or 1."""
    p, left = found.value, means.left_out(found.n, population)
    variance = left * found.variance
    told = np.divide(p * (1 - p), variance, out=np.full(p.shape, np.inf), where=variance > 0)
    open_ = np.where(left > 0, left, np.nan)
    told = np.where(variance > 0, np.minimum(told, found.n / open_), found.worth / open_)
    low, high = korn_graubard(p, told)
    return _estimate(found, np.sqrt(variance), low, high)


def korn_graubard(p: Floats, worth: Floats) -> tuple[Floats, Floats]:
    """Clopper and Pearson's interval of a share, with as many answers as it is ``worth``: no whole number."""
    agree, not_ = worth * p, worth * (1 - p)
    low = betaincinv(np.where(agree > 0, agree, np.nan), not_ + 1, TAIL)
    high = betaincinv(agree + 1, np.where(not_ > 0, not_, np.nan), 1 - TAIL)
    return np.where(agree == 0, 0.0, low), np.where(not_ == 0, 1.0, high)


def _estimate(found: Weighted, se: Floats, low: Floats, high: Floats) -> Estimate:
    there = np.isfinite(found.value)
    return Estimate(found.value, se, low, high, np.where(there, METHODS["weighted"], METHODS[""]))


def given(estimate: Estimate, n: Floats) -> Estimate:
    """In whole answers: the value to the nearest, the ends of its interval outwards."""
    number = np.where(n > 0, n, np.nan)
    return replace(
        estimate,
        value=in_whole(estimate.value, n),
        low=np.floor(estimate.low * number + _NEARLY) / number,
        high=np.ceil(estimate.high * number - _NEARLY) / number,
    )


def instead(weighting: Weighting, plain: Estimate, weighted: Estimate) -> Estimate:
    """The weighted figures where there are weights, else the others, which are said to be without.

    Where everyone answered, or there is nothing, no weights could change it.
    """
    settled = (plain.method == METHODS["census"]) | (plain.method == METHODS[""])
    made = weighting.made & ~settled
    without = weighting.asked & ~settled & ~weighting.made
    said = np.where(without, METHODS["unweighted"], plain.method).astype(np.int8)
    return chosen(made, weighted, replace(plain, method=said))


def risk(weighting: Weighting, plain: Risk, n: Floats, known: Mask, ends: tuple[Floats, Floats]) -> Risk:
    """Dominance and uniformity by what is counted and by what it weighs: the worse of both.

    By the engine's groups: ``n`` answered, ``ends`` of them at the ends of the scale; whose partner is known.
    """
    level, weight = weighting.level, weighting.each * n
    whole, named = level.add(weight), level.add(weight * known)

    def part(values: Floats, base: Floats) -> Floats:
        return np.divide(values, base, out=np.zeros(level.size), where=base > 0)

    low, high = (level.add(n) * part(level.add(weighting.each * end), whole) for end in ends)
    return replace(
        plain,
        largest=np.maximum(plain.largest, plain.known * part(level.largest(weight * known), named)),
        low=np.maximum(plain.low, low),
        high=np.maximum(plain.high, high),
    )
