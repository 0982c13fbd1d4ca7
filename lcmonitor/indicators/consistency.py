"""Reliability of a score over all communities together: one figure a wave."""

import numpy as np

from lcmonitor.indicators import reliability
from lcmonitor.indicators.estimate import STATES, Mask
from lcmonitor.indicators.form import Form
from lcmonitor.indicators.plans import Score
from lcmonitor.indicators.rows import ACROSS, NONE, Block, Label, Risk, Where, nothing, partner_risk, taken
from lcmonitor.indicators.sums import Level


def of_reliability(form: Form, label: Label, plan: Score, cells: Mask) -> Block:
    """``cells``: those that measured in this way; only waves that have one get a row."""
    grid = form.grid
    waves = len(grid.waves)
    bins = form.placed.cells.bins
    mine = (bins >= 0) & cells[bins]
    level = Level(np.where(mine, grid.wave[bins], -1), waves)
    fine = form.moments.wholes[plan]
    sums = fine.at(level)
    estimate = reliability.alpha(sums)
    answered = Level(np.where(mine, bins, -1), grid.size).add(fine.n) > 0
    partners = partner_risk(level, fine.n, form.placed.known_partner, form.asks_partner)
    zero = np.zeros(waves)
    single = plan.formative or len(plan.answers) < 2
    state = np.select(
        [sums.n == 0, np.full(waves, single), np.isnan(estimate.value)],
        [STATES["not_answered"], STATES["not_applicable"], STATES["too_few"]],
        STATES["computed"],
    ).astype(np.int8)
    block = Block(
        label=label,
        where=Where(np.full(waves, ACROSS), np.arange(waves), np.full(waves, NONE), np.full(waves, NONE)),
        n=sums.n,
        population=nothing(waves),
        estimate=estimate.only(state == STATES["computed"]),
        reference=nothing(waves),
        effect=nothing(waves),
        p=nothing(waves),
        state=state,
        risk=Risk(*partners, zero, zero, zero > 0, zero + len(plan.answers), zero > 0),
        communities=Level(grid.wave, waves).add(answered.astype(np.float64)),
    )
    return taken(block, np.unique(grid.wave[cells]))
