"""The slow definitions of what communities have in common: in associations, and in means that are shown."""

import math
import statistics
from collections.abc import Mapping, Sequence

from scipy import stats

from tests.indicators.naive import NAN, Figure, Measured, Naive


def between(values: Sequence[float], variances: Sequence[float]) -> float:
    """tau² of Paule and Mandel, by halving."""
    low, high = 0.0, 25.0
    for _ in range(200):
        middle = (low + high) / 2
        weights = [1 / (v + middle) for v in variances]
        mean = statistics.fmean(values, weights)
        over = sum(w * (y - mean) ** 2 for w, y in zip(weights, values, strict=True)) > len(values) - 1
        low, high = (middle, high) if over else (low, middle)
    return low


def association(slow: Naive, one: Measured, other: Measured, wave: str) -> dict[str, Figure]:
    """r of each community as Fisher's z, pooled; by part. Of fewer than five communities there is none."""
    told = {name: _both(slow, one, other, (name, wave)) for name in slow.communities}
    kept = [both for both in told.values() if len(both) >= 10]
    n = sum(len(both) for both in kept)
    if len(kept) < 5:
        return dict.fromkeys(("r", "next", "i2"), Figure(n, state="too_few"))
    z = [math.atanh(statistics.correlation(*zip(*both, strict=True))) for both in kept]
    return _pooled(z, [1 / (len(both) - 3) for both in kept], n)


def _both(slow: Naive, one: Measured, other: Measured, cell: tuple[str, str]) -> list[tuple[float, float]]:
    scores = [(one(reply.answers), other(reply.answers)) for reply in slow.of(*cell)]
    return [(float(a), float(b)) for a, b in scores if a is not None and b is not None]


def _pooled(z: Sequence[float], variances: Sequence[float], n: int) -> dict[str, Figure]:
    tau2, k = between(z, variances), len(z)
    weights = [1 / (v + tau2) for v in variances]
    mean = statistics.fmean(z, weights)
    factor = sum(w * (y - mean) ** 2 for w, y in zip(weights, z, strict=True)) / (k - 1)
    se = math.sqrt(max(factor, 1) / sum(weights))
    t = float(stats.t.ppf(0.975, k - 1))
    fixed = [1 / v for v in variances]
    typical = (k - 1) * sum(fixed) / (sum(fixed) ** 2 - sum(w**2 for w in fixed))
    told = {
        "r": (math.tanh(mean), t * se),
        "next": (math.tanh(mean), t * math.sqrt(se**2 + tau2)),
        "i2": (tau2 / (tau2 + typical), NAN),
    }
    return {
        part: Figure(n, NAN, value, low=math.tanh(mean - half), high=math.tanh(mean + half))
        for part, (value, half) in told.items()
    }


Shown = Mapping[str, tuple[float, float, float]]  # community -> n, mean and standard error


def among(shown: Shown, common: float) -> dict[tuple[str, str], Figure]:
    """By community and percent: its mean drawn towards ``common`` ("": no percent), and the usual spread."""
    df = sum(n - 1 for n, _, _ in shown.values())
    within = sum((n - 1) * se**2 * n for n, _, se in shown.values()) / df
    tau2 = between([mean for _, mean, _ in shown.values()], [within / n for n, _, _ in shown.values()])
    found = {}
    for name, (n, mean, _) in shown.items():
        w = tau2 / (tau2 + within / n)
        found[name, ""] = Figure(n, NAN, w * mean + (1 - w) * common)
        for percent, z in (("95", 1.96), ("99.8", 3.09)):
            half = z * math.sqrt(within / n + tau2)
            found[name, percent] = Figure(n, NAN, common, low=common - half, high=common + half)
    return found
