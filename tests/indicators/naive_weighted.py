"""Weights once more, slowly: one respondent after the other. It shares nothing with the code under test."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from scipy import stats

FEWEST = 5
Kinds = Mapping[str, Mapping[str, str]]  # of each variable what a partner is
_TYPE = "partner_type"


def weigh(
    partners: Sequence[str | None], eligible: Mapping[str, int], kinds: Kinds, variables: Sequence[str]
) -> list[float] | None:
    """Of the respondents in their order; None: weights cannot be made. Not all partners are of one kind."""
    if any(partner not in eligible for partner in partners):
        return None
    categories, targets = [], []
    for variable in {*variables, _TYPE}:
        kind = kinds[variable]
        mine = [kind[partner or ""] for partner in partners]
        people = {each: sum(n for p, n in eligible.items() if kind[p] == each) for each in kind.values()}
        for category, many in people.items():
            if (many and mine.count(category) < FEWEST) or mine.count(category) > many:
                return None
        categories.append(mine)
        if variable in variables:
            targets.append((mine, people))
    fitted = _raked([mine for mine, _ in targets], [target for _, target in targets])
    weights = _trimmed(fitted) if fitted else []
    return weights if weights and all(_leaves_open(mine, weights) for mine in categories) else None


def _leaves_open(categories: Sequence[str], weights: Sequence[float]) -> bool:
    for each in set(categories):
        mine = [w for w, category in zip(weights, categories, strict=True) if category == each]
        others = sum(weights) - sum(mine)
        if others < max(FEWEST * max(mine), sum(mine) / 4) - 1e-9 * sum(weights):
            return False
    return True


def _raked(categories: Sequence[Sequence[str]], targets: Sequence[Mapping[str, float]]) -> list[float]:
    weights = [1.0] * len(categories[0])
    for _ in range(2000):
        before = weights
        for mine, target in zip(categories, targets, strict=True):
            sums = {
                each: sum(w for w, c in zip(weights, mine, strict=True) if c == each) for each in set(mine)
            }
            weights = [w * target[c] / sums[c] for w, c in zip(weights, mine, strict=True)]
        if max(abs(w - b) for w, b in zip(weights, before, strict=True)) < 1e-13 * max(weights):
            break
    for mine, target in zip(categories, targets, strict=True):
        for each in set(mine):
            made = sum(w for w, c in zip(weights, mine, strict=True) if c == each)
            if not math.isclose(made, target[each], rel_tol=1e-6):
                return []
    return weights


def _trimmed(weights: Sequence[float]) -> list[float]:
    mean = sum(weights) / len(weights)
    now = list(weights)
    for _ in range(1000):
        cut = [min(max(w, 0.3 * mean), 3 * mean) for w in now]
        left = sum(now) - sum(cut)
        inside = [0.3 * mean < w < 3 * mean for w in cut]
        if abs(left) < 1e-12 * sum(now) or not any(inside):
            return cut
        now = [w + left / sum(inside) if free else w for w, free in zip(cut, inside, strict=True)]
    return cut


def design_effect(weights: Sequence[float]) -> float:
    return len(weights) * sum(w**2 for w in weights) / sum(weights) ** 2


@dataclass
class Figure:
    estimate: float
    se: float
    low: float
    high: float


def figure(
    weights: Sequence[float],
    answers: Sequence[float | None],
    population: int,
    interval: Callable[["Summary"], tuple[float, float]],
) -> Figure:
    told = [(w, a) for w, a in zip(weights, answers, strict=True) if a is not None]
    whole, n = sum(w for w, _ in told), len(told)
    mean = sum(w * a for w, a in told) / whole
    spread = sum(w * (a - mean) ** 2 for w, a in told) / whole * n / (n - 1)
    worth = whole**2 / sum(w**2 for w, _ in told)
    left, shown = 1 - n / population, round(mean * n) / n
    low, high = interval(Summary(shown, spread / worth, worth, left))
    se = math.sqrt(left * spread / worth)
    return Figure(shown, se, math.floor(low * n + 1e-9) / n, math.ceil(high * n - 1e-9) / n)


@dataclass
class Summary:
    mean: float
    variance: float
    worth: float
    left: float


def of_share(summary: Summary) -> tuple[float, float]:
    """Korn and Graubard."""
    p, told = summary.mean, summary.worth / summary.left
    low = float(stats.beta.ppf(0.025, told * p, told * (1 - p) + 1)) if p > 0 else 0.0
    high = float(stats.beta.ppf(0.975, told * p + 1, told * (1 - p))) if p < 1 else 1.0
    return low, high


def on_scale(ends: tuple[int, int]) -> Callable[[Summary], tuple[float, float]]:
    """One answer more, half at each end, of as many answers as these are worth."""

    def interval(summary: Summary) -> tuple[float, float]:
        low, high = ends
        worth, mean, left = summary.worth, summary.mean, summary.left
        middle = (low + high) / 2
        squares = (worth - 1) * worth * summary.variance
        squares += ((high - low) / 2) ** 2 + worth / (worth + 1) * (mean - middle) ** 2
        centre = mean + left * (middle - mean) / (worth + 1)
        half = float(stats.t.ppf(0.975, worth - 1)) * math.sqrt(left * squares / worth / (worth + 1))
        return max(centre - half, mean - left * (mean - low)), min(centre + half, mean + left * (high - mean))

    return interval
