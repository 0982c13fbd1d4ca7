"""Sufficient statistics: what the engine hands over, and how finer groups add up to coarser ones."""

from dataclasses import dataclass, fields
from typing import Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.intp]


@dataclass(frozen=True)
class Level:
    """Groups of groups: ``bins`` gives for each finer group the coarser one it belongs to, −1: none."""

    bins: Integers
    size: int

    def add(self, values: Floats) -> Floats:
        """Sums within the coarser groups; the last axis is the groups."""
        if values.ndim == 1:
            kept = self.bins >= 0
            added = np.bincount(self.bins[kept], weights=values[kept], minlength=self.size)
            return added.astype(np.float64, copy=False)
        return np.stack([self.add(row) for row in values]) if len(values) else np.zeros((0, self.size))

    def largest(self, values: Floats) -> Floats:
        """The largest value within each coarser group, 0 if it has none."""
        result = np.zeros(self.size)
        kept = self.bins >= 0
        np.maximum.at(result, self.bins[kept], values[kept])
        return result


@dataclass(frozen=True)
class Sums:
    """Arrays that add up; their last axis is the groups."""

    def at(self, level: Level) -> Self:
        """The same sums of coarser groups."""
        return type(self)(**{field.name: level.add(getattr(self, field.name)) for field in fields(self)})

    def where(self, mask: NDArray[np.bool_], other: Self) -> Self:
        """These sums where ``mask`` holds, else the other's."""
        pairs = {f.name: (getattr(self, f.name), getattr(other, f.name)) for f in fields(self)}
        return type(self)(**{name: np.where(mask, mine, theirs) for name, (mine, theirs) in pairs.items()})


@dataclass(frozen=True)
class ResponseSums(Sums):
    """Usable responses by completeness."""

    complete: Floats
    partial: Floats


@dataclass(frozen=True)
class ReturnSums(Sums):
    """Persons that can be followed: in the wave before, and those of them who are there again."""

    before: Floats
    again: Floats


@dataclass(frozen=True)
class ScoreSums(Sums):
    """Of a score, in its own units. ``low``, ``high``, ``agree``: respondents at an end, and who agree."""

    n: Floats
    total: Floats
    squares: Floats
    low: Floats
    high: Floats
    agree: Floats


@dataclass(frozen=True)
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


@dataclass(frozen=True)
class CodeSums(Sums):
    """Of an item: how often each code was given (codes × groups)."""

    counts: Floats


@dataclass(frozen=True)
class QuantitySums(Sums):
    """Of a number."""

    n: Floats
    total: Floats
    squares: Floats


@dataclass(frozen=True)
class MixSums(Sums):
    """Of a division: who shared out the whole, and the sums of their shares (parts × groups)."""

    n: Floats
    totals: Floats
    squares: Floats


@dataclass(frozen=True)
class WholeSums(Sums):
    """Of respondents who answered every item: sums per item (items × groups), sums of squares."""

    n: Floats
    answers: Floats
    squares: Floats
    total_squares: Floats


@dataclass(frozen=True)
class GapSums(Sums):
    """Of an item: respondents who were asked it, and who said that it does not apply to them."""

    asked: Floats
    not_applicable: Floats
