"""Figures across communities: the community is the unit.

Mean of the communities' figures; of its variance two parts (Cochran 1977, eq. 10.15): between communities,
as far as not all of them have a figure, and within them, as far as not everyone answered.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

import numpy as np
from scipy.special import stdtr

from lcmonitor.indicators.estimate import METHODS, STATES, Codes, Estimate, Mask
from lcmonitor.indicators.means import quantile
from lcmonitor.indicators.rows import ACROSS, NONE, Block, Risk, Where, nothing, taken
from lcmonitor.indicators.sums import Floats, Integers, Level

_KINDS = 1 << 20  # more than there are


def across(
    block: Block,
    expected: Floats,
    visible: Mask,
    made: Callable[[Level], Estimate] | None = None,
    kind: Integers | None = None,
) -> Block:
    """One row a wave of the block, made of its ``visible`` rows; or a row a wave and ``kind`` of its rows.

    ``expected``: communities of the programme, waves × kinds, of all kinds last. ``made``: what the rows make
    together; None: the mean of their figures.
    """
    kind = np.full(len(block.n), NONE) if kind is None else kind
    spots, places = np.unique(_spot(block.where.wave, kind), return_inverse=True)
    waves, kinds = np.divmod(spots, _KINDS) + np.array([[0], [NONE]])
    found = (block.state == STATES["computed"]) & visible
    if (block.where.versus != NONE).any():
        found &= block.where.versus == _latest(block.where.versus, found, places, len(waves))[places]
    level = Level(np.where(found, places, -1), len(waves))
    communities = level.add(np.ones(len(places)))
    made = made or partial(_of_communities, block.estimate, communities, expected[waves, kinds])
    estimate = made(level)
    versus = _latest(block.where.versus, found, places, len(waves))
    return Block(
        label=block.label,
        where=Where(np.full(len(waves), ACROSS), waves, versus, kinds),
        n=level.add(block.n),
        population=_sum_of_all(level, block.population),
        estimate=estimate,
        reference=nothing(len(waves)),
        effect=nothing(len(waves)),
        p=_p(block, estimate, communities),
        state=_states(block.state, places, len(waves)),
        risk=_risk(block, level, estimate),
        communities=communities,
    )


def _spot(wave: Integers, kind: Integers) -> Integers:
    """One number for a wave and kind."""
    return wave * _KINDS + (kind - NONE)


def _latest(versus: Integers, found: Mask, places: Integers, waves: int) -> Integers:
    latest, found = np.full(waves, NONE), found & (versus != NONE)
    np.maximum.at(latest, places[found], versus[found])
    return latest


def _sum_of_all(level: Level, values: Floats) -> Floats:
    """NaN where one of them is not known."""
    unknown = level.add(np.isnan(values).astype(np.float64)) > 0
    nobody = level.add(np.ones(len(values))) == 0
    return np.where(unknown | nobody, np.nan, level.add(np.nan_to_num(values)))


def _of_communities(estimate: Estimate, communities: Floats, expected: Floats, level: Level) -> Estimate:
    values = np.nan_to_num(estimate.value)
    number = np.where(communities > 0, communities, np.nan)
    value = level.add(values) / number
    within = _sum_of_all(level, estimate.se**2) / number
    reached = np.where(np.isnan(within), 0.0, communities / np.maximum(expected, communities))
    centred = values - value[np.maximum(level.bins, 0)]
    between = level.add(np.nan_to_num(centred) ** 2) / np.where(communities > 1, communities - 1, np.nan)
    se = np.sqrt(((1 - reached) * between + reached * np.nan_to_num(within)) / number)
    everyone = (communities > 0) & (reached == 1) & (within == 0)
    half = np.where((se > 0) & ~everyone, quantile(communities - 1) * se, np.nan)
    method = np.select([communities == 0, everyone], [METHODS[""], METHODS["census"]], METHODS["communities"])
    return Estimate(value, np.where(everyone, 0.0, se), value - half, value + half, method.astype(np.int8))


def _p(block: Block, estimate: Estimate, communities: Floats) -> Floats:
    if block.label.measure != "change":
        return nothing(len(communities))
    told = (estimate.se > 0) & (communities > 1)
    t = np.divide(estimate.value, estimate.se, out=nothing(len(communities)), where=told)
    return np.where(told, 2 * stdtr(np.maximum(communities - 1, 1), -np.abs(t)), np.nan)


def _states(states: Codes, places: Integers, waves: int) -> Codes:
    """Computed where any community's is, visible or not; else the reason that all share, or no answers."""
    # Of the type of the states: of another, every one of them is cast by itself.
    first, last = np.full(waves, 127, states.dtype), np.full(waves, -1, states.dtype)
    np.minimum.at(first, places, states)
    np.maximum.at(last, places, states)
    computed = Level(places, waves).add((states == STATES["computed"]).astype(np.float64)) > 0
    reason = np.where(first == last, first, STATES["not_answered"])
    return np.where(computed, STATES["computed"], reason).astype(np.int8)


def _risk(block: Block, level: Level, estimate: Estimate) -> Risk:
    risk, value = block.risk, block.estimate.value
    partners = level.add(np.nan_to_num(risk.partners))
    asked = level.add((~np.isnan(risk.partners)).astype(np.float64)) > 0
    apart = ~risk.same | (value != estimate.value[np.maximum(level.bins, 0)])
    return Risk(
        partners=np.where(asked, partners, np.nan),
        known=level.add(risk.known),
        largest=level.largest(risk.largest),
        low=level.add(risk.low),
        high=level.add(risk.high),
        same=level.add(apart.astype(np.float64)) == 0,
        items=level.largest(risk.items),
        sole=np.zeros(level.size, dtype=bool),
    )


def without_gaps(blocks: Sequence[Block]) -> Iterator[Block]:
    """Blocks of one measure, without rows that say "nothing" of a wave in which another part has a figure."""
    spots = [_spot(block.where.wave, block.where.kind) for block in blocks]
    figures = [block.state == STATES["computed"] for block in blocks]
    told = np.unique(np.concatenate([spot[found] for spot, found in zip(spots, figures, strict=True)]))
    for block, spot, found in zip(blocks, spots, figures, strict=True):
        yield taken(block, found | ~np.isin(spot, told))
