"""Means and shares of weighted respondents, in whole communities.

The value is that of ``survey::svymean``, the spread of the answers that of ``survey::svyvar``, and the
uncertainty that of as many answers of equal weight as these are worth (Kish). Everyone of a partner weighs
the same, so all of it is made of the sums of partners. A mean's interval is ``means.spread_out``; a share's
is Korn and Graubard's (1998), with Kish's number instead of the linearised variance.

Weights are no whole numbers, so that a weighted sum can be taken apart into the sums of the partners, as a
number can into its digits. Therefore a weighted figure is given in whole answers: as exactly as n answers
that weigh the same could be, its interval outwards. All that is made of it is made of that.

The variance of a calibrated design would be smaller, as it leaves out what the categories differ. But so it
tells whether those of a category agree: an interval with it left the share of each of two types of twelve
known to within one in a quarter of all cases, the value alone in a tenth. The interval
of a share is made of the value as it is shown, and tells nothing more of the answers.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import betaincinv

from lcmonitor.indicators import means
from lcmonitor.indicators.estimate import METHODS, TAIL, Estimate, chosen
from lcmonitor.indicators.plans import Score
from lcmonitor.indicators.rows import Risk
from lcmonitor.indicators.sums import Floats, ScoreSums
from lcmonitor.indicators.weighting import Weighting

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
    """The value, and its variance as of as many answers of equal weight as these are worth."""
    add, each = weighting.level.add, weighting.each
    n = np.where(weighting.made, add(answers.n), np.nan)
    whole = np.where(n > 0, add(each * answers.n), np.nan)
    value, worth = add(each * answers.total) / whole, whole**2 / add(each**2 * answers.n)
    spread = add(each * answers.squares) / whole - value**2
    variance = np.maximum(spread, 0) * n / np.where(n > 1, n - 1, np.nan) / worth
    return Weighted(n, value, variance, worth)


def mean(found: Weighted, population: Floats, ends: tuple[float, float] | None, n: Floats) -> Estimate:
    """In ``n`` whole answers. ``ends`` of the scale; None: a number without them."""
    left, value = means.left_out(found.n, population), in_whole(found.value, n)
    se = np.sqrt(left * found.variance)
    half = np.where(se > 0, means.quantile(found.worth - 1) * se, np.nan)
    estimate = _estimate(value, se, value - half, value + half)
    return _outwards(means.spread_out(estimate, found.worth, left, ends) if ends else estimate, n)


def share(found: Weighted, population: Floats) -> Estimate:
    """Of answers that are 0 or 1, in whole answers."""
    return around(in_whole(found.value, found.n), found, population)


def around(value: Floats, found: Weighted, population: Floats) -> Estimate:
    """A share as it is shown, with its interval."""
    left = means.left_out(found.n, population)
    low, high = korn_graubard(value, found.worth / np.where(left > 0, left, np.nan))
    return _outwards(_estimate(value, np.sqrt(left * found.variance), low, high), found.n)


def korn_graubard(p: Floats, worth: Floats) -> tuple[Floats, Floats]:
    """Clopper and Pearson's interval of a share, with as many answers as it is ``worth``: no whole number."""
    agree, not_ = worth * p, worth * (1 - p)
    low = betaincinv(np.where(agree > 0, agree, np.nan), not_ + 1, TAIL)
    high = betaincinv(agree + 1, np.where(not_ > 0, not_, np.nan), 1 - TAIL)
    return np.where(agree == 0, 0.0, low), np.where(not_ == 0, 1.0, high)


def _estimate(value: Floats, se: Floats, low: Floats, high: Floats) -> Estimate:
    there = np.isfinite(value)
    return Estimate(value, se, low, high, np.where(there, METHODS["weighted"], METHODS[""]))


def _outwards(estimate: Estimate, n: Floats) -> Estimate:
    """The ends of the interval in whole answers."""
    number = np.where(n > 0, n, np.nan)
    return replace(
        estimate,
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


def risk(weighting: Weighting, plain: Risk, n: Floats, ends: tuple[Floats, Floats]) -> Risk:
    """Dominance and uniformity by what is counted and by what it weighs: the worse of both.

    By the engine's groups: ``n`` answered, ``ends`` of them at the ends of the scale.
    """
    level, weight = weighting.level, weighting.each * n
    whole = level.add(weight)

    def part(values: Floats) -> Floats:
        return np.divide(values, whole, out=np.zeros(level.size), where=whole > 0)

    low, high = (level.add(n) * part(level.add(weighting.each * end)) for end in ends)
    return replace(
        plain,
        largest=np.maximum(plain.largest, plain.known * part(level.largest(weight))),
        low=np.maximum(plain.low, low),
        high=np.maximum(plain.high, high),
    )
