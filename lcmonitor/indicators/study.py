"""The figures of an indicator: in every community and wave, by partner type, and across communities."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np

from lcmonitor.indicators import (
    ambition,
    intention,
    membership,
    network,
    quality,
    reach,
    records,
    representativeness,
    response,
    values,
)
from lcmonitor.indicators.account import of_account
from lcmonitor.indicators.across import across, without_gaps
from lcmonitor.indicators.association import is_whole, standing
from lcmonitor.indicators.changes import of_change
from lcmonitor.indicators.combined import made_together
from lcmonitor.indicators.consistency import of_clustering, of_reliability
from lcmonitor.indicators.engine import Moved
from lcmonitor.indicators.estimate import METHODS, STATES, Mask
from lcmonitor.indicators.followed import moved_of, of_attrition, of_followed, of_moved
from lcmonitor.indicators.form import Asked, Form, View, has_change
from lcmonitor.indicators.grid import Grid
from lcmonitor.indicators.plans import Mix, Plan, Quantity, Score
from lcmonitor.indicators.rows import NONE, Block, Label, Where, empty, joined, taken
from lcmonitor.indicators.sums import Floats, Level
from lcmonitor.indicators.table import OF_WEIGHTS
from lcmonitor.instruments.model import OF_PROFILE

_PARTICIPATION: Mapping[str, Callable[[values.Subject], Iterator[Block]]] = {
    "response": response.of_response,
    "coverage": response.of_coverage,
    "reach": reach.of_reach,
    "representativeness": representativeness.of_representativeness,
    "quality": quality.of_quality,
    "diversity": membership.of_diversity,
    "attendance": membership.of_attendance,
    "retention": membership.of_retention,
}
_MEASURED: Mapping[tuple[str, type], Callable[[values.Subject, Any], Iterator[Block]]] = {
    ("mean", Score): values.of_score,
    ("share", Score): values.of_score,
    ("mean", Quantity): values.of_quantity,
    ("distribution", Score): values.of_distribution,
    ("consensus", Score): values.of_consensus,
    ("intention", Score): intention.of_intention,
    ("records", Score): records.of_records,
    ("record_share", Score): records.of_share,
    ("balance", Mix): values.of_balance,
    ("mix_distance", Mix): values.of_mix_distance,
    ("density", Score): network.of_density,
    ("reciprocity", Score): network.of_reciprocity,
    ("ei_index", Score): network.of_ei_index,
    ("centralisation", Score): network.of_centralisation,
    ("rating", Score): network.of_rating,
}
# Of one community only: made over all of them, or of something that grows or shrinks with its size.
_NOT_ACROSS = ("reliability", "diversity", *network.NEEDED)


class Study:
    """``forms``: what came in, by name; None: nothing ever did."""

    def __init__(self, grid: Grid, forms: Mapping[str, Form | None]) -> None:
        self._grid, self._forms = grid, forms
        self._views: dict[tuple[str, str], View] = {}
        self._followed: dict[str, Moved] = {}

    @cached_property
    def _shown(self) -> Mask:
        """Cells that get a row: there are answers, or the community took part in a wave that has answers."""
        answered = np.zeros(self._grid.size, dtype=bool)
        for form in self._forms.values():
            answered |= form.responses > 0 if form else False
        live = np.bincount(self._grid.wave, weights=answered, minlength=len(self._grid.waves)) > 0
        return answered | (self._grid.expected & live[self._grid.wave])

    def within(self, asked: Asked) -> list[Block]:
        """In communities and waves: one block a label. Reliability is pooled over communities right away."""
        return _by_label(self._within(asked))

    def changes(self, asked: Asked) -> list[Block]:
        """Since the wave before, in communities and waves: one block a label."""
        return _by_label(self._changes(asked))

    def across(self, asked: Asked, blocks: Sequence[Block], visible: Sequence[Mask]) -> Iterator[Block]:
        """Across the communities whose rows are ``visible``; ``blocks`` as ``within`` gave them.

        Of all of them, then of those of each sector.
        """
        if asked.indicator.statistic in _NOT_ACROSS:
            return
        taking_part = self._taking_part(asked)
        whole = [
            one
            for block, seen in zip(blocks, visible, strict=True)
            if not block.label.group_by and block.label.part not in OF_WEIGHTS and len(block.n)
            for one in self._together(asked, block, taking_part, seen)
        ]
        yield from self._attrition(asked, blocks, visible)
        for label in dict.fromkeys((block.label.measure, block.label.group_by) for block in whole):
            alike = [block for block in whole if (block.label.measure, block.label.group_by) == label]
            yield from without_gaps(alike)

    def _taking_part(self, asked: Asked) -> Floats:
        """Communities that an indicator is asked of: waves × sectors, of all of them last."""
        grid, cells = self._grid, (self._shown & self._cells(asked)).astype(np.float64)
        shape = (len(grid.waves), len(grid.group_values))
        sector = grid.sectors[grid.community]
        flat = np.where(sector < 0, -1, grid.wave * shape[1] + sector)
        sectors = Level(flat, shape[0] * shape[1]).add(cells).reshape(shape)
        return np.column_stack([sectors, Level(grid.wave, shape[0]).add(cells)])

    def _attrition(self, asked: Asked, blocks: Sequence[Block], visible: Sequence[Mask]) -> Iterator[Block]:
        """Whether those who did not answer again differ, in what is measured in one way only."""
        indicator, form = asked.indicator, self._forms[asked.indicator.form]
        if form is None or indicator.statistic != "mean" or not has_change(indicator, self._grid):
            return
        plans, _ = self._grid.plans(indicator.of or "")
        shown = [(b, seen) for b, seen in zip(blocks, visible, strict=True) if is_whole(b)]
        if len(plans) == 1 and isinstance(plans[0], Score) and plans[0] in form.pairs.sums:
            seen = standing({"": shown}, self._grid)[""].visible
            changed = np.zeros(self._grid.size, dtype=bool)
            for block, mask in zip(blocks, visible, strict=True):
                if block.label.measure == "change":
                    changed |= _matched(taken(block, mask), self._grid)
            yield of_attrition(form, self._label(asked, ""), plans[0], seen, changed)

    def _together(self, asked: Asked, block: Block, taking_part: Floats, seen: Mask) -> Iterator[Block]:
        form = self._forms[asked.indicator.form]
        if form is None or asked.indicator.statistic != "consensus":
            if asked.indicator.statistic == "intention":  # partners add up; disclosure sees who is left out
                seen = np.ones(len(seen), dtype=bool)
            yield across(block, taking_part, seen, made_together(block))
            yield from self._by_sector(asked, block, taking_part, seen)
        elif not block.label.part:
            measured = self._grid.plans(asked.indicator.of or "")
            yield from of_clustering(form, block, measured, taking_part, seen)

    def _by_sector(self, asked: Asked, block: Block, taking_part: Floats, seen: Mask) -> Iterator[Block]:
        """Rows with a figure. What one sector alone is asked is its figure across communities already."""
        sector = self._grid.sectors[block.where.community]
        mine = sector >= 0
        if asked.sector is None and mine.any():
            labelled = replace(taken(block, mine), label=replace(block.label, group_by="sector"))
            whole = across(labelled, taking_part, seen[mine], made_together(labelled), sector[mine])
            yield taken(whole, whole.state == STATES["computed"])

    def _cells(self, asked: Asked) -> Mask:
        if asked.sector is None:
            return np.ones(self._grid.size, dtype=bool)
        return np.array([cell.community.sector == asked.sector for cell in self._grid.cells])

    def _within(self, asked: Asked) -> Iterator[Block]:
        form, cells = self._forms[asked.indicator.form], self._cells(asked)
        for group_by in ("", *asked.indicator.by):
            view = self._view(asked.indicator.form, group_by)
            yield from self._in_view(asked, form, view.only(cells))

    def _view(self, form: str, group_by: str) -> View:
        if (form, group_by) not in self._views:
            make = _by_type if group_by else _by_cell
            self._views[form, group_by] = make(self._grid, self._forms[form], form, self._shown)
        return self._views[form, group_by]

    def _changes(self, asked: Asked) -> Iterator[Block]:
        indicator, form = asked.indicator, self._forms[asked.indicator.form]
        if form is None or not indicator.of or not has_change(indicator, self._grid):
            return
        view, label = self._view(indicator.form, "").only(self._cells(asked)), self._label(asked, "")
        plans, places = self._grid.plans(indicator.of)
        for at, plan in enumerate(plans):
            if isinstance(plan, Score | Quantity) and _applies(indicator.statistic, plan):
                subject = _subject(form, view.only(places == at), label, indicator.of)
                block = of_change(subject, plan, places)
                yield block
                if indicator.statistic == "mean" and isinstance(plan, Score):
                    moved = self._moved(form)
                    if plan in moved.sums:
                        yield from of_moved(subject, plan, moved, _matched(block, self._grid))

    def _moved(self, form: Form) -> Moved:
        if form.name not in self._followed:
            self._followed[form.name] = moved_of(form)
        return self._followed[form.name]

    def _label(self, asked: Asked, group_by: str) -> Label:
        indicator = asked.indicator
        sensitive = self._grid.sensitive(indicator.of or "")
        return Label(asked.id, indicator.form, indicator.statistic, sensitive, group_by=group_by)

    def _in_view(self, asked: Asked, form: Form | None, view: View) -> Iterator[Block]:
        indicator, grid = asked.indicator, self._grid
        of, label = indicator.of or "", self._label(asked, view.group_by)
        if indicator.statistic in OF_PROFILE:
            yield from of_account(indicator.statistic, grid, view, label)
        elif form is None:
            yield _without_figures(grid, view, label, grid.silence(indicator.form))
        elif not of:
            subject = _subject(form, view, label, of)
            yield from _PARTICIPATION[indicator.statistic](subject)
            if indicator.statistic == "response" and not view.group_by and form.pairs.sums:
                yield of_followed(subject)
        else:
            plans, places = grid.plans(of)
            yield _without_figures(grid, view.only(places < 0), label, "not_asked")
            for at, plan in enumerate(plans):
                subject = _subject(form, view.only(places == at), label, of)
                yield from _of_plan(subject, plan)


def _matched(block: Block, grid: Grid) -> Mask:
    """Cells with a change of the same people."""
    found = np.zeros(grid.size, dtype=bool)
    cell = block.where.community * len(grid.waves) + block.where.wave
    found[cell] = (block.state == STATES["computed"]) & (block.estimate.method == METHODS["matched"])
    return found


def _by_label(blocks: Iterable[Block]) -> list[Block]:
    found: dict[Label, list[Block]] = {}
    for block in blocks:
        found.setdefault(block.label, []).append(block)
    return [joined(same) for same in found.values()]


def _of_plan(subject: values.Subject, plan: Plan) -> Iterator[Block]:
    statistic, view = subject.label.statistic, subject.view
    if statistic == "reliability":
        if isinstance(plan, Score) and not view.group_by:
            mine = np.zeros(subject.form.grid.size, dtype=bool)
            mine[view.cell[view.shown]] = True
            yield from of_reliability(subject.form, subject.label, plan, mine)
        return
    applies = _applies(statistic, plan)
    if not applies:
        yield _without_figures(subject.form.grid, view, subject.label, "not_applicable")
        return
    for block in _MEASURED[statistic, type(plan)](subject, plan):
        yield block
        if statistic == "mean" and not view.group_by and subject.form.grid.strives(subject.of):
            yield ambition.distance(block)


def _applies(statistic: str, plan: Plan) -> bool:
    """Formative parts are never averaged; without a line between agreeing and not there is no share."""
    if (statistic, type(plan)) not in _MEASURED:
        return False
    if not isinstance(plan, Score) or statistic == "distribution":
        return True
    without_line = statistic in ("mean", "consensus", "records", "rating")
    return not plan.formative and (without_line or plan.agrees_from is not None)


def _subject(form: Form, view: View, label: Label, of: str) -> values.Subject:
    """Only a mean lies on the scale on which an ambition is set."""
    grid = form.grid
    reference = grid.ambition(of) if label.statistic == "mean" else np.full(grid.size, np.nan)
    return values.Subject(form, view, label, of, reference)


def _without_figures(grid: Grid, view: View, label: Label, state: str) -> Block:
    bins = np.flatnonzero(view.shown)
    cell = view.cell[bins]
    where = Where(grid.community[cell], grid.wave[cell], np.full(len(bins), NONE), view.kind[bins])
    return empty(label, where, view.population[bins], STATES[state])


def _by_cell(grid: Grid, form: Form | None, name: str, shown: Mask) -> View:
    cell = np.arange(grid.size)
    level = form.placed.cells if form else Level(cell[:0], grid.size)
    return View("", level, cell, np.full(grid.size, NONE), grid.population(name), shown)


def _by_type(grid: Grid, form: Form | None, name: str, shown: Mask) -> View:
    """Types that have an active partner or a respondent."""
    types = len(grid.partner_types)
    cell = np.repeat(np.arange(grid.size), types)
    level = form.placed.types if form else Level(cell[:0], len(cell))
    present = grid.present_types | (np.bincount(level.bins[level.bins >= 0], minlength=len(cell)) > 0)
    kinds = np.tile(np.arange(types), grid.size)
    return View("partner_type", level, cell, kinds, grid.typed_population(name), shown[cell] & present)
