"""Estimates of several communities pooled by random effects: what they have in common, and how they differ.

tau², the variance between communities, is that of Paule and Mandel (1982), the root of a decreasing convex
function, which Newton's method from zero finds without ever passing it; or that of restricted maximum
likelihood. The interval is that of Knapp and Hartung (2003). All as R's ``metafor`` gives it.

Arrays are sets × communities; NaN where a community has no estimate in a set.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.special import chdtrc, stdtr

from lcmonitor.indicators.means import quantile
from lcmonitor.indicators.sums import Floats

_STEPS = 500
_SETTLED = 1e-15  # of tau² beside the variances of the estimates


@dataclass(frozen=True)
class Pooled:
    """Of each set; NaN where too few communities have an estimate."""

    k: Floats  # communities
    value: Floats
    se: Floats
    low: Floats
    high: Floats
    p: Floats  # that the pooled value is nothing
    tau2: Floats
    i2: Floats  # share of the variation that is between communities
    q: Floats  # Cochran's
    q_p: Floats  # that communities do not differ
    predicted_low: Floats  # where the true value of a next community may lie
    predicted_high: Floats


@dataclass(frozen=True)
class _Sets:
    values: Floats
    variances: Floats

    @property
    def k(self) -> Floats:
        told: Floats = np.isfinite(self.values).sum(axis=-1).astype(np.float64)
        return told

    def weights(self, tau2: Floats) -> Floats:
        told = np.isfinite(self.values)
        whole = np.where(told, self.variances, 1) + tau2[..., None]
        return np.where(told, 1 / whole, 0.0)

    def apart(self, weights: Floats) -> tuple[Floats, Floats]:
        """The weighted mean, and how far each is from it."""
        given, total = np.nan_to_num(self.values), weights.sum(axis=-1)
        mean = (weights * given).sum(axis=-1) / np.where(total > 0, total, np.nan)
        return mean, given - np.nan_to_num(mean)[..., None]


def paule_mandel(values: Floats, variances: Floats) -> Floats:
    """tau² with which the weighted squares add up to k − 1; zero where they are less without it.

    Zero for one community too: it is not apart from itself, but for rounding, which no tau² mends.
    """
    sets = _Sets(values, variances)
    several = sets.k > 1
    tau2 = np.zeros(values.shape[:-1])
    scale = _scale(sets)
    for _ in range(_STEPS):
        weights = sets.weights(tau2)
        apart = sets.apart(weights)[1] ** 2
        over = (weights * apart).sum(axis=-1) - (sets.k - 1)
        slope = (weights**2 * apart).sum(axis=-1)
        step = np.divide(over, slope, out=np.zeros_like(tau2), where=several & (slope > 0) & (over > 0))
        tau2 = tau2 + step
        if not (step > _SETTLED * (tau2 + scale)).any():
            break
    return tau2


def reml(values: Floats, variances: Floats) -> Floats:
    """tau² of restricted maximum likelihood, by Fisher scoring; a step that goes downhill is halved."""
    sets = _Sets(values, variances)
    tau2 = paule_mandel(values, variances)
    here, scale, pace = _likelihood(sets, tau2), _scale(sets), np.ones_like(tau2)
    for _ in range(_STEPS):
        there = np.maximum(tau2 + pace * _scoring(sets, tau2), 0)
        likelihood = _likelihood(sets, there)
        better = likelihood >= here - 1e-13 * np.abs(here)
        moved = np.abs(there - tau2) > _SETTLED * (tau2 + scale)
        tau2, here = np.where(better, there, tau2), np.where(better, likelihood, here)
        pace = np.where(better, 1.0, pace / 2)
        if not moved.any():
            break
    return tau2


def _scoring(sets: _Sets, tau2: Floats) -> Floats:
    weights = sets.weights(tau2)
    first, second, third = ((weights**power).sum(axis=-1) for power in (1, 2, 3))
    first = np.where(first > 0, first, np.nan)
    squares = (weights**2 * sets.apart(weights)[1] ** 2).sum(axis=-1)
    information = second - 2 * third / first + (second / first) ** 2
    score = squares - (first - second / first)
    step: Floats = np.divide(score, information, out=np.zeros_like(tau2), where=information > 0)
    return step


def _likelihood(sets: _Sets, tau2: Floats) -> Floats:
    weights = sets.weights(tau2)
    total = weights.sum(axis=-1)
    logs = np.log(np.where(weights > 0, weights, 1)).sum(axis=-1)
    squares = (weights * sets.apart(weights)[1] ** 2).sum(axis=-1)
    found: Floats = 0.5 * (logs - np.log(np.where(total > 0, total, 1)) - squares)
    return found


def _scale(sets: _Sets) -> Floats:
    told = np.isfinite(sets.values)
    mean: Floats = np.where(told, sets.variances, 0.0).sum(axis=-1) / np.maximum(sets.k, 1)
    return mean


def pooled(
    values: Floats,
    variances: Floats,
    between: Callable[[Floats, Floats], Floats] = paule_mandel,
    truncated: bool = True,
) -> Pooled:
    """``truncated``: the interval is never narrower than without Knapp and Hartung's factor.

    Where communities happen to differ less than chance alone would make them, that factor is below one.
    """
    sets = _Sets(values, variances)
    k, several = sets.k, sets.k > 1
    tau2 = np.where(several, between(values, variances), np.nan)
    weights = sets.weights(np.nan_to_num(tau2))
    value, apart = sets.apart(weights)
    df = np.where(several, k - 1, np.nan)
    factor = (weights * apart**2).sum(axis=-1) / df
    factor = np.maximum(factor, 1) if truncated else factor
    se = np.sqrt(factor / np.where(several, weights.sum(axis=-1), np.nan))
    half, wide = quantile(df) * se, quantile(df) * np.sqrt(se**2 + tau2)
    t = np.divide(value, se, out=np.full(k.shape, np.nan), where=se > 0)
    q, i2 = _differing(sets, tau2)
    return Pooled(
        k=k,
        value=value,
        se=se,
        low=value - half,
        high=value + half,
        p=np.where(np.isnan(t), np.nan, 2 * stdtr(np.where(several, df, 1), -np.abs(t))),
        tau2=tau2,
        i2=i2,
        q=q,
        q_p=np.where(several, chdtrc(np.where(several, df, 1), np.nan_to_num(q)), np.nan),
        predicted_low=value - wide,
        predicted_high=value + wide,
    )


def _differing(sets: _Sets, tau2: Floats) -> tuple[Floats, Floats]:
    """Cochran's Q, and I² with the typical variance of Higgins and Thompson (2002)."""
    weights = sets.weights(np.zeros_like(tau2))
    first, second = weights.sum(axis=-1), (weights**2).sum(axis=-1)
    several = sets.k > 1
    first = np.where(several, first, np.nan)
    q = (weights * sets.apart(weights)[1] ** 2).sum(axis=-1)
    typical = (sets.k - 1) / (first - second / first)
    return np.where(several, q, np.nan), tau2 / (tau2 + typical)


def between_groups(value: Floats, se: Floats) -> tuple[Floats, Floats]:
    """Whether groups (the last axis) of communities differ: Q and its p, of their pooled values."""
    groups = _Sets(np.where(se > 0, value, np.nan), se**2)
    weights, several = groups.weights(np.zeros(value.shape[:-1])), groups.k > 1
    q = np.where(several, (weights * groups.apart(weights)[1] ** 2).sum(axis=-1), np.nan)
    return q, np.where(several, chdtrc(np.maximum(groups.k - 1, 1), np.nan_to_num(q)), np.nan)


def shrunken(value: Floats, variance: Floats, common: Floats, tau2: Floats) -> Floats:
    """Empirical Bayes: ``w·value + (1 − w)·common``, ``w = tau²/(tau² + variance)``."""
    whole = tau2 + variance
    weight = np.divide(tau2, whole, out=np.zeros(np.shape(whole)), where=whole > 0)
    weight = np.where(np.isnan(whole), np.nan, weight)
    shrunk: Floats = weight * value + (1 - weight) * common
    return shrunk
