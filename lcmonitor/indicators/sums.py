"""Sufficient statistics: what the engine hands over, and how finer groups add up to coarser ones."""

from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Level:
    """Groups of groups: ``bins`` gives for each finer group the coarser one it belongs to, −1: none."""

    bins: Integers
    size: int
    done: dict[Any, Any] = field(default_factory=dict, repr=False)  # Sums -> the same at this level

    @cached_property
    def _places(self) -> Integers:
        """A place before all others is for those that belong to none: cheaper than leaving them out."""
        return self.bins + 1

    def add(self, values: Floats) -> Floats:
        """Sums within the coarser groups; the last axis is the groups."""
        if values.ndim == 1:
            added = np.bincount(self._places, weights=values, minlength=self.size + 1)[1:]
            return added.astype(np.float64, copy=False)
        return np.stack([self.add(row) for row in values]) if len(values) else np.zeros((0, self.size))

    def largest(self, values: Floats) -> Floats:
        """The largest value within each coarser group, 0 if it has none."""
        result = np.zeros(self.size)
        kept = self.bins >= 0
        np.maximum.at(result, self.bins[kept], values[kept])
        return result


@dataclass(frozen=True, eq=False)
class Sums:
    """Arrays that add up; their last axis is the groups."""

    def at(self, level: Level) -> Self:
        """The same sums of coarser groups, added up once: many figures are made of them."""
        if self not in level.done:
            level.done[self] = type(self)(**{f.name: level.add(getattr(self, f.name)) for f in fields(self)})
        added: Self = level.done[self]
        return added

    def where(self, mask: NDArray[np.bool_], other: Self) -> Self:
        """These sums where ``mask`` holds, else the other's."""
        pairs = {f.name: (getattr(self, f.name), getattr(other, f.name)) for f in fields(self)}
        return type(self)(**{name: np.where(mask, mine, theirs) for name, (mine, theirs) in pairs.items()})


@dataclass(frozen=True, eq=False)
class ResponseSums(Sums):
    """Usable responses by completeness."""

    complete: Floats
    partial: Floats


@dataclass(frozen=True, eq=False)
class ReturnSums(Sums):
    """Persons that can be followed: in the wave before, and those of them who are there again."""

    before: Floats
    again: Floats


@dataclass(frozen=True, eq=False)
class ScoreSums(Sums):
    """Of a score, in its own units. ``low``, ``high``, ``agree``: respondents at an end, and who agree."""

    n: Floats
    total: Floats
    squares: Floats
    low: Floats
    high: Floats
    agree: Floats


@dataclass(frozen=True, eq=False)
class PairSums(Sums):
    """Of the same persons in an earlier and a later wave; ``agree``: of agreeing instead of the score."""

    n: Floats
    earlier: Floats
    earlier_squares: Floats
    later: Floats
    later_squares: Floats
    products: Floats
    agree_earlier: Floats
    agree_later: Floats
    agree_both: Floats


@dataclass(frozen=True, eq=False)
class PersonSums(Sums):
    """Persons who answered in both waves, whatever they answered."""

    n: Floats


@dataclass(frozen=True, eq=False)
class MovedSums(Sums):
    """Of the same persons in two waves: how many scores went up, or down, by more than a threshold."""

    up: Floats
    down: Floats


@dataclass(frozen=True, eq=False)
class CodeSums(Sums):
    """Of an item: how often each code was given (codes × groups)."""

    counts: Floats


@dataclass(frozen=True, eq=False)
class QuantitySums(Sums):
    """Of a number."""

    n: Floats
    total: Floats
    squares: Floats


@dataclass(frozen=True, eq=False)
class MixSums(Sums):
    """Of a division: who shared out the whole, and the sums of their shares (parts × groups)."""

    n: Floats
    totals: Floats
    squares: Floats


@dataclass(frozen=True, eq=False)
class WholeSums(Sums):
    """Of respondents who answered every item: sums per item (items × groups), and of their total.

    ``products``: of each item with the total.
    """

    n: Floats
    answers: Floats
    squares: Floats
    products: Floats
    total_squares: Floats


@dataclass(frozen=True, eq=False)
class GapSums(Sums):
    """Of an item: respondents who were asked it, and who said that it does not apply to them."""

    asked: Floats
    not_applicable: Floats


@dataclass(frozen=True, eq=False)
class ProductSums(Sums):
    """Of two scores, each in its own units, over who has both (pairs of scores × groups)."""

    n: Floats
    one: Floats
    one_squares: Floats
    two: Floats
    two_squares: Floats
    products: Floats

    def of(self, pair: int) -> Self:
        """Those of one pair."""
        return type(self)(**{field.name: getattr(self, field.name)[pair] for field in fields(self)})
