"""An estimate with its uncertainty, for many groups at once."""

from dataclasses import dataclass, fields
from typing import Self

import numpy as np
from numpy.typing import NDArray

from lcmonitor.indicators.sums import Floats

Mask = NDArray[np.bool_]
Codes = NDArray[np.int8]

CONFIDENCE = 0.95
TAIL = (1 - CONFIDENCE) / 2


class Vocabulary:
    """Words of a column of the indicator table, as small numbers while they are computed with."""

    def __init__(self, *words: str) -> None:
        self.words = words
        self._codes = {word: np.int8(code) for code, word in enumerate(words)}

    def __getitem__(self, word: str) -> np.int8:
        return self._codes[word]

    def all(self, word: str, size: int) -> Codes:
        """The same word everywhere."""
        return np.full(size, self[word], dtype=np.int8)


METHODS = Vocabulary(
    "",  # nothing was computed
    "count",  # of what is known of everyone: no sampling
    "plain",  # a figure that is given without an interval
    "census",  # everyone answered: no interval
    "small",  # too few answers to few questions for an interval
    "t",  # mean, finite population
    "t_unknown_population",
    "t_population_too_small",  # more answers than people: N is wrong, and was left out
    "hypergeometric",  # share, finite population
    "wilson",  # share, population unknown
    "wilson_population_too_small",
    "matched",  # change of the same persons
    "overlapping",  # change of groups that some are in both of
    "welch",  # change of groups that are not matched
    "communities",  # across communities, each of them one observation
    "feldt",  # reliability
    "within_communities",  # difference of people of the same community
    "random_effects",  # association, pooled over communities
    "weighted",  # mean, share or change, of answers that weigh as much as the people they stand for
    "unweighted",  # as without weights, as they could not be made
    "roster",  # everyone on a list was asked; who did not answer is no chance, so there is no interval
)
STATES = Vocabulary(
    "computed", "not_asked", "not_answered", "not_applicable",
    "no_earlier_wave", "series_break", "no_population",
    "population_too_small",  # more answers than people who could answer
    "too_few",  # too few respondents for this statistic
)  # fmt: skip
WORDS = Vocabulary(
    "", "higher", "lower", "no_clear_difference", "too_few",  # of a change
    "shared", "divided",  # of a consensus
    "together", "opposite", "no_clear_association", "differs",  # of an association
)  # fmt: skip


@dataclass(frozen=True)
class Estimate:
    """One number a group; NaN where there is none. ``method``: codes of METHODS."""

    value: Floats
    se: Floats
    low: Floats
    high: Floats
    method: Codes

    def only(self, told: Mask) -> Self:
        """Nothing where ``told`` does not hold."""
        value, se, low, high = (
            np.where(told, one, np.nan) for one in (self.value, self.se, self.low, self.high)
        )
        return type(self)(value, se, low, high, np.where(told, self.method, METHODS[""]))

    def shifted(self, by: Floats) -> Self:
        """The same, measured from another origin."""
        return type(self)(self.value - by, self.se, self.low - by, self.high - by, self.method)


def chosen(mask: Mask, one: Estimate, other: Estimate) -> Estimate:
    """``one`` where the mask holds, else the other."""
    pairs = {field.name: (getattr(one, field.name), getattr(other, field.name)) for field in fields(Estimate)}
    return Estimate(**{name: np.where(mask, mine, theirs) for name, (mine, theirs) in pairs.items()})


def bare(value: Floats, method: str) -> Estimate:
    """A value without uncertainty."""
    none = np.full(value.shape, np.nan)
    return Estimate(value, none, none, none, np.where(np.isnan(value), METHODS[""], METHODS[method]))


def usable_population(n: Floats, population: Floats) -> Floats:
    """N where it is known and can be true, else NaN."""
    return np.where(population >= n, population, np.nan)


@dataclass(frozen=True)
class Methods:
    """The names of one kind of interval, by what is known of the population."""

    known: str
    unknown: str
    too_small: str

    def of(self, n: Floats, population: Floats) -> Codes:
        """How the interval of n out of ``population`` came about."""
        return np.select(
            [n == 0, population < n, np.isnan(population), n == population],
            [METHODS[""], METHODS[self.too_small], METHODS[self.unknown], METHODS["census"]],
            METHODS[self.known],
        ).astype(np.int8)
