"""How often intervals hold the true value: of shares by counting, of the rest by drawing samples."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy import stats

from lcmonitor.indicators import change, means
from lcmonitor.indicators.change import Change, Sample
from lcmonitor.indicators.estimate import Estimate, Mask
from lcmonitor.indicators.shares import exact_interval
from lcmonitor.indicators.sums import Floats, PairSums
from tests.coverage.distributions import FIVE_POINT, PART, of_pairs, of_sum

RESPONSE = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
FEWEST = 5  # respondents; below them nothing is shown
SELDOM = 0.1  # a cell in which fewer samples have an interval than this is left out
ENOUGH = 0.93  # of 95 %: below it an interval promises too much
_NEARLY = 1e-9


@dataclass(frozen=True)
class Cell:
    """Of one population: how many samples have an interval, and how many of those hold the true value."""

    about: str
    size: str
    shown: float
    covered: float
    textbook: float
    width: float
    textbook_width: float


@dataclass(frozen=True)
class Share:
    """Of all K in all samples of n from N: the lowest coverage."""

    population: int
    n: int
    agreeing: int
    covered: float


def shares(populations: Iterable[int]) -> Iterator[Share]:
    """Every N, every n from 30 % on, the K that is covered least; by enumeration."""
    for population in populations:
        for n in range(max(1, int(np.ceil(0.3 * population))), population):
            k = np.arange(n + 1, dtype=np.float64)
            low, high = exact_interval(k, np.full(n + 1, float(n)), np.full(n + 1, float(population)))
            truth = np.arange(population + 1)[:, None]
            chance = stats.hypergeom.pmf(k, population, truth, n)
            held = (low <= truth / population + _NEARLY) & (truth / population <= high + _NEARLY)
            covered = np.where(held, chance, 0.0).sum(axis=1)
            least = int(covered.argmin())
            yield Share(population, n, least, float(covered[least]))


def means_on_scale(populations: Sequence[int], samples: int, items: int, seed: int) -> list[Cell]:
    """Means of one answer or of a score, of people out of N."""
    answers = {name: of_sum(each, items) for name, each in FIVE_POINT.items()}
    points = np.arange(items, 5 * items + 1) / items
    return list(_means(answers, points, (1, 5), populations, samples, seed))


def parts_of_a_whole(populations: Sequence[int], samples: int, seed: int) -> list[Cell]:
    """Mean shares of a division."""
    return list(_means(PART, np.arange(11) / 10, (0, 1), populations, samples, seed))


def _means(
    given: Mapping[str, Floats],
    points: Floats,
    ends: tuple[float, float],
    populations: Sequence[int],
    samples: int,
    seed: int,
) -> Iterator[Cell]:
    random = np.random.default_rng(seed)
    rounded = {(people, int(np.ceil(people * rate))) for people in populations for rate in RESPONSE}
    sizes = sorted((people, asked) for people, asked in rounded if FEWEST <= asked < people)
    for name, (people, asked) in product(given, sizes):
        drawn = random.multinomial(asked, given[name], samples).astype(np.float64)
        silent = random.multinomial(people - asked, given[name], samples).astype(np.float64)
        truth = (drawn + silent) @ points / people
        n, population = np.full(samples, float(asked)), np.full(samples, float(people))
        plain = means.mean(n, drawn @ points, drawn @ points**2, population)
        said = means.on_scale(plain, n, population, ends)
        varied = (drawn > 0).sum(axis=1) > 1  # rounding must not make an interval of equal answers
        yield _cell(name, f"n = {asked} of N = {people}", truth, (said, plain), varied)


def matched_changes(sizes: Sequence[int], samples: int, items: int, seed: int) -> list[Cell]:
    """Changes of the same people: all pairs of distributions, people who resemble themselves more or less."""
    random = np.random.default_rng(seed)
    answers = {name: of_sum(each, items) for name, each in FIVE_POINT.items()}
    points = np.arange(items, 5 * items + 1, dtype=np.float64)
    one, two = (each.ravel() for each in np.meshgrid(points, points, indexing="ij"))
    cells = []
    for before, after, likeness, n in product(answers, answers, (0.0, 0.3, 0.6), sizes):
        chances = of_pairs(answers[before], answers[after], likeness).ravel()
        drawn = random.multinomial(n, chances, samples).astype(np.float64)
        sums = [drawn @ term for term in (one, one**2, two, two**2, one * two)]
        none = np.zeros(samples)
        pairs = np.full(samples, float(n)), sums[0], sums[1], sums[2], sums[3], sums[4], none, none, none
        plain = change.matched(PairSums(*pairs), items)
        waves = (_sample(n, sums[0], sums[1], items), _sample(n, sums[2], sums[3], items))
        truth = np.full(samples, chances @ (two - one) / items)
        cells.append(_change(f"{before} → {after}", f"{n} pairs, likeness {likeness}", truth, plain, waves))
    return cells


def unmatched_changes(sizes: Sequence[tuple[int, int]], samples: int, items: int, seed: int) -> list[Cell]:
    """Changes between two groups of different people."""
    random = np.random.default_rng(seed)
    answers = {name: of_sum(each, items) for name, each in FIVE_POINT.items()}
    points = np.arange(items, 5 * items + 1, dtype=np.float64)
    cells = []
    for before, after, (earlier, later) in product(answers, answers, sizes):
        waves = []
        for name, n in ((before, earlier), (after, later)):
            drawn = random.multinomial(n, answers[name], samples).astype(np.float64)
            waves.append(_sample(n, drawn @ points, drawn @ points**2, items))
        truth = np.full(samples, (answers[after] - answers[before]) @ points / items)
        plain = change.welch(waves[0], waves[1])
        size = f"{earlier} and {later} people"
        cells.append(_change(f"{before} → {after}", size, truth, plain, (waves[0], waves[1])))
    return cells


def overlapping_changes(
    sizes: Sequence[tuple[int, int, int]], samples: int, items: int, seed: int
) -> list[Cell]:
    """Changes between two groups of which some are the same people; sizes: both, only before, only after.

    Textbook: Welch, which leaves out that they are the same.
    """
    random = np.random.default_rng(seed)
    answers = {name: of_sum(each, items) for name, each in FIVE_POINT.items()}
    points = np.arange(items, 5 * items + 1, dtype=np.float64)
    one, two = (each.ravel() for each in np.meshgrid(points, points, indexing="ij"))
    cells = []
    for before, after, likeness, size in product(answers, answers, (0.0, 0.3, 0.6), sizes):
        both, left, joined = size
        chances = of_pairs(answers[before], answers[after], likeness).ravel()
        drawn = random.multinomial(both, chances, samples).astype(np.float64)
        sums = [drawn @ term for term in (one, one**2, two, two**2, one * two)]
        gone = random.multinomial(left, answers[before], samples).astype(np.float64)
        new = random.multinomial(joined, answers[after], samples).astype(np.float64)
        waves = (
            _sample(both + left, sums[0] + gone @ points, sums[1] + gone @ points**2, items),
            _sample(both + joined, sums[2] + new @ points, sums[3] + new @ points**2, items),
        )
        none, people = np.zeros(samples), np.full(samples, float(both))
        pairs = PairSums(people, sums[0], sums[1], sums[2], sums[3], sums[4], none, none, none)
        found = change.overlapping(*waves, pairs)
        truth = np.full(samples, (answers[after] - answers[before]) @ points / items)
        about, people_ = (
            f"{before} → {after}",
            f"{both} of {both + left} and {both + joined}, likeness {likeness}",
        )
        cells.append(_change(about, people_, truth, found, waves, change.welch(*waves)))
    return cells


def _sample(n: int, total: Floats, squares: Floats, items: int) -> Sample:
    people = np.full(len(total), float(n))
    return Sample(people, total / n / items, means.variance(people, total, squares) / items**2)


def _change(
    about: str,
    size: str,
    truth: Floats,
    found: Change,
    waves: tuple[Sample, Sample],
    textbook: Change | None = None,
) -> Cell:
    near = change.at_an_end(waves[0], (1, 5)) | change.at_an_end(waves[1], (1, 5))
    told = change.untold(found, near).estimate
    return _cell(about, size, truth, (told, (textbook or found).estimate), found.estimate.se > 0)


def _cell(about: str, size: str, truth: Floats, found: tuple[Estimate, Estimate], varied: Mask) -> Cell:
    """``found``: as the engine gives it, and as the textbook does."""
    said, plain = found
    shown, known = varied & ~np.isnan(said.low), varied & ~np.isnan(plain.low)
    return Cell(
        about,
        size,
        float(shown.mean()),
        _held(said, truth, shown),
        _held(plain, truth, known),
        _width(said, shown & known),
        _width(plain, shown & known),
    )


def _held(found: Estimate, truth: Floats, among: Mask) -> float:
    held = (found.low <= truth + _NEARLY) & (truth <= found.high + _NEARLY)
    return float(held[among].mean()) if among.any() else np.nan


def _width(found: Estimate, among: Mask) -> float:
    return float((found.high - found.low)[among].mean()) if among.any() else np.nan
