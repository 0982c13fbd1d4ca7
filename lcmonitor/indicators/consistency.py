"""A score over all communities together, one figure a wave: its reliability, and how communities differ."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import numpy as np

from lcmonitor.indicators import consensus, items, reliability
from lcmonitor.indicators.across import across
from lcmonitor.indicators.estimate import STATES, Estimate, Mask, bare
from lcmonitor.indicators.form import Form
from lcmonitor.indicators.plans import Plan, Score
from lcmonitor.indicators.rows import ACROSS, NONE, Block, Label, Risk, Where, nothing, partner_risk, taken
from lcmonitor.indicators.sums import Floats, Integers, Level, WholeSums


def of_reliability(form: Form, label: Label, plan: Score, cells: Mask) -> Iterator[Block]:
    """Alpha, and each item beside the others. ``cells``: those that measured in this way.

    Only waves that have one get a row.
    """
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
    asked = np.unique(grid.wave[cells])
    yield taken(block, asked)
    if not single:
        yield from (taken(each, asked) for each in _of_items(block, plan, sums))


def _of_items(block: Block, plan: Score, sums: WholeSums) -> Iterator[Block]:
    """Under ``item:rest`` its correlation with the others, under ``item:without`` alpha of the others."""
    told = block.state == STATES["computed"]
    values = {"rest": items.rest(sums)} | ({"without": items.without(sums)} if len(plan.answers) > 2 else {})
    for at, answer in enumerate(plan.answers):
        for name, value in values.items():
            varies = told & ~np.isnan(value[at])
            yield replace(
                block,
                label=replace(block.label, part=f"{answer.item}:{name}"),
                estimate=bare(value[at], "plain").only(varies),
                state=np.where(told & ~varies, STATES["too_few"], block.state).astype(np.int8),
            )


def of_clustering(
    form: Form, block: Block, measured: tuple[tuple[Plan, ...], Integers], expected: Floats, visible: Mask
) -> Iterator[Block]:
    """ICC(1) and ICC(2) of the scores of the communities whose consensus (``block``) is ``visible``.

    ``measured``: as ``Grid.plans`` gives it; ``expected``: communities of the programme in each wave.
    """
    groups = _groups(form, measured, block)
    for at, part in enumerate(("icc1", "icc2")):
        labelled = replace(block, label=replace(block.label, part=part))
        whole = across(labelled, expected, visible, partial(_intraclass, groups, at))
        untold = (whole.state == STATES["computed"]) & np.isnan(whole.estimate.value)
        yield replace(whole, state=np.where(untold, STATES["too_few"], whole.state))


def _intraclass(groups: consensus.Groups, at: int, level: Level) -> Estimate:
    return bare(consensus.intraclass(groups, level)[at], "plain")


def _groups(form: Form, measured: tuple[tuple[Plan, ...], Integers], block: Block) -> consensus.Groups:
    """The scores behind each row of the block."""
    plans, places = measured
    n, mean, within = np.zeros((3, form.grid.size))
    for at, plan in enumerate(plans):
        if isinstance(plan, Score):
            sums = form.score_sums(plan).at(form.placed.cells)
            here = (places == at) & (sums.n > 0)
            n[here] = sums.n[here]
            mean[here] = sums.total[here] / (sums.n[here] * plan.units)
            squares = sums.squares[here] - sums.total[here] ** 2 / sums.n[here]
            within[here] = squares / plan.units**2
    cell = block.where.community * len(form.grid.waves) + block.where.wave
    return consensus.Groups(n[cell], mean[cell], within[cell])
