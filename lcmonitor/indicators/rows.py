"""Figures on their way to the table: numbers instead of texts, so that a million of them stays cheap."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import reduce
from typing import Any, TypeVar

import numpy as np

from lcmonitor.indicators.estimate import METHODS, Codes, Estimate, Mask
from lcmonitor.indicators.sums import Floats, Integers, Level

ACROSS = -1  # the place of the community "": all of them
NONE = -1  # no earlier wave, no partner type


@dataclass(frozen=True)
class Label:
    """What the rows of a block have in common."""

    indicator: str
    form: str
    statistic: str
    sensitive: bool
    measure: str = "value"
    part: str = ""
    group_by: str = ""


@dataclass(frozen=True)
class Where:
    """The place of each row: community, wave, earlier wave, partner type."""

    community: Integers
    wave: Integers
    versus: Integers
    kind: Integers


@dataclass(frozen=True)
class Risk:
    """Who is behind a figure. ``known``: respondents of a known organisation; ``largest``: of the largest."""

    partners: Floats  # NaN: the form does not ask
    known: Floats
    largest: Floats
    low: Floats  # respondents at the low end
    high: Floats
    same: Mask  # all answered alike
    items: Floats  # questions that were asked; 0: none
    sole: Mask  # n and the sum of the scores leave one set of scores only; of attrition: it tells of few

    @property
    def top_share(self) -> Floats:
        """Of the respondents whose organisation is known; 1 if it is known of none."""
        share = np.divide(self.largest, self.known, out=np.ones(len(self.known)), where=self.known > 0)
        return np.where(np.isnan(self.partners), np.nan, share)

    def uniform(self, n: Floats) -> Floats:
        """The larger of the shares at the two ends; 1 if all answered the same."""
        ends = np.maximum(self.low, self.high)
        share = np.divide(ends, n, out=nothing(len(n)), where=n > 0)
        return np.where((n > 0) & self.same, 1.0, share)


@dataclass(frozen=True)
class Block:
    """Rows of one label. ``state`` of STATES."""

    label: Label
    where: Where
    n: Floats
    population: Floats
    estimate: Estimate
    reference: Floats
    effect: Floats
    p: Floats
    state: Codes
    risk: Risk
    communities: Floats


Part = TypeVar("Part", Where, Risk, Estimate, "Block")


def taken(part: Part, chosen: Integers | Mask | int) -> Part:
    """Some of the rows."""
    picked: dict[str, Any] = {}
    for field in fields(part):
        value = getattr(part, field.name)
        if isinstance(value, np.ndarray):
            picked[field.name] = value[chosen]
        elif isinstance(value, Where | Risk | Estimate):
            # The variable stands for one kind at a time, and here it is any of three.
            picked[field.name] = taken(value, chosen)  # type: ignore[type-var]
    return replace(part, **picked)


def nothing(size: int) -> Floats:
    """NaN everywhere."""
    return np.full(size, np.nan)


def empty(label: Label, where: Where, population: Floats, state: np.int8) -> Block:
    """Rows that say why there is no figure."""
    size = len(population)
    zero, none = np.zeros(size), nothing(size)
    return Block(
        label=label,
        where=where,
        n=zero,
        population=population,
        estimate=Estimate(none, none, none, none, METHODS.all("", size)),
        reference=none,
        effect=none,
        p=none,
        state=np.full(size, state, dtype=np.int8),
        risk=Risk(none, zero, zero, zero, zero, zero > 0, zero, zero > 0),
        communities=np.ones(size),
    )


def partner_risk(level: Level, n: Floats, known: Mask, asked: bool) -> tuple[Floats, Floats, Floats]:
    """Partners, respondents of known ones, and of the largest; ``n`` by the engine's groups."""
    counted = np.where(known, n, 0.0)
    partners = level.add((counted > 0).astype(np.float64)) if asked else nothing(level.size)
    return partners, level.add(counted), level.largest(counted)


def worse_partners(one: Risk, other: Risk) -> Risk:
    """``one``, with the fewer partners of the two, and the largest partner where that is dominant most."""
    worse = other.top_share > one.top_share
    return replace(
        one,
        partners=np.minimum(one.partners, other.partners),
        known=np.where(worse, other.known, one.known),
        largest=np.where(worse, other.largest, one.largest),
    )


def worst(risks: Sequence[Risk], n: Sequence[Floats]) -> Risk:
    """Of figures that are shown as one: of each rule what it likes least. ``n``: behind each of them."""
    uniform = np.max([risk.uniform(behind) for risk, behind in zip(risks, n, strict=True)], axis=0)
    return replace(
        reduce(worse_partners, risks),
        low=np.nan_to_num(uniform) * np.min(n, axis=0),
        high=np.zeros(len(uniform)),
        same=np.any([risk.same for risk in risks], axis=0),
        items=np.sum([risk.items for risk in risks], axis=0),
    )


def joined(blocks: Sequence[Block]) -> Block:
    """Blocks of one label as one."""
    return _joined(blocks) if len(blocks) > 1 else blocks[0]


def _joined(parts: Sequence[Part]) -> Part:
    whole: dict[str, Any] = {}
    for field in fields(parts[0]):
        values = [getattr(part, field.name) for part in parts]
        if isinstance(values[0], np.ndarray):
            whole[field.name] = np.concatenate(values)
        elif isinstance(values[0], Where | Risk | Estimate):
            whole[field.name] = _joined(values)
    return replace(parts[0], **whole)


def of_nobody(size: int, items: float = 0) -> Risk:
    """Of figures that are about no people."""
    none, zero = nothing(size), np.zeros(size)
    return Risk(none, zero, zero, zero, zero, zero > 0, zero + items, zero > 0)
