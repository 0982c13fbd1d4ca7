"""Weights once more, slowly: one respondent after the other. It shares nothing with the code under test."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from scipy import stats

FEWEST = 5
Kinds = Mapping[str, tuple[str, ...]]  # of a partner what each variable says


@dataclass
class Weighed:
    """``weights`` of the respondents in their order; None: they cannot be made."""

    fitted: list[float]
    weights: list[float]
    categories: list[list[str]]  # of each variable, of each respondent


def weigh(partners: Sequence[str | None], eligible: Mapping[str, int], kinds: Kinds) -> Weighed | None:
    variables = len(next(iter(kinds.values())))
    unknown = sum(partner not in eligible for partner in partners) / len(partners)
    categories, targets = [], []
    for place in range(variables):
        mine = [kinds[p][place] if p is not None and p in eligible else "?" for p in partners]
        people: dict[str, float] = {}
        for partner, number in eligible.items():
            people[kinds[partner][place]] = people.get(kinds[partner][place], 0) + number
        for category, many in people.items():
            if (many and mine.count(category) < FEWEST) or mine.count(category) > many:
                return None
        everyone = sum(people.values())
        target = {category: many * (1 - unknown) for category, many in people.items()}
        categories.append(mine)
        targets.append(target | {"?": everyone * unknown})
    fitted = _raked(categories, targets)
    return Weighed(fitted, _trimmed(fitted), categories) if fitted else None


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


@dataclass
class Figure:
    estimate: float
    se: float
    low: float
    high: float


def figure(
    found: Weighed,
    answers: Sequence[float | None],
    population: int,
    interval: Callable[["Summary"], tuple[float, float]],
) -> Figure:
    weights = found.weights
    told = [(w, a) for w, a in zip(weights, answers, strict=True) if a is not None]
    whole = sum(w for w, _ in told)
    mean = sum(w * a for w, a in told) / whole
    z = [0.0 if a is None else w * (a - mean) / whole for w, a in zip(weights, answers, strict=True)]
    for _ in range(10):
        for mine in found.categories:
            for each in set(mine):
                places = [i for i, category in enumerate(mine) if category == each]
                common = sum(z[i] / found.fitted[i] for i in places) / len(places)
                for i in places:
                    z[i] -= found.fitted[i] * common
    n, rows = len(told), len(z)
    left = 1 - n / population
    middle = sum(z) / rows
    variance = left * rows / (rows - 1) * sum((one - middle) ** 2 for one in z)
    worth = whole**2 / sum(w**2 for w, _ in told)
    low, high = interval(Summary(mean, variance, n, worth, left))
    shown = round(mean * n) / n
    return Figure(shown, math.sqrt(variance), math.floor(low * n + 1e-9) / n, math.ceil(high * n - 1e-9) / n)


@dataclass
class Summary:
    mean: float
    variance: float
    n: int
    worth: float
    left: float


def of_share(summary: Summary) -> tuple[float, float]:
    """Korn and Graubard, of no more answers than there are."""
    p, most = summary.mean, summary.n / summary.left
    told = summary.worth / summary.left
    if summary.variance > 1e-15:
        told = min(p * (1 - p) / summary.variance, most)
    low = float(stats.beta.ppf(0.025, told * p, told * (1 - p) + 1)) if p > 1e-12 else 0.0
    high = float(stats.beta.ppf(0.975, told * p + 1, told * (1 - p))) if p < 1 - 1e-12 else 1.0
    return low, high


def on_scale(ends: tuple[int, int]) -> Callable[[Summary], tuple[float, float]]:
    """One answer more, half at each end, of as many answers as these are worth."""

    def interval(summary: Summary) -> tuple[float, float]:
        low, high = ends
        worth, mean, left = summary.worth, summary.mean, summary.left
        middle = (low + high) / 2
        squares = (worth - 1) * worth * summary.variance / left
        squares += ((high - low) / 2) ** 2 + worth / (worth + 1) * (mean - middle) ** 2
        centre = mean + left * (middle - mean) / (worth + 1)
        half = float(stats.t.ppf(0.975, worth - 1)) * math.sqrt(left * squares / worth / (worth + 1))
        return max(centre - half, mean - left * (mean - low)), min(centre + half, mean + left * (high - mean))

    return interval
