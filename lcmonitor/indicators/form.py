"""What came in on one form: its moments, placed on the grid of communities and waves."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from lcmonitor.indicators.engine import Engine, Moments, Pairs
from lcmonitor.indicators.estimate import STATES, Codes, Mask
from lcmonitor.indicators.grid import Grid, Placed, place
from lcmonitor.indicators.moments import Wanted
from lcmonitor.indicators.plans import Answer, Mix, Plan, Quantity, Score, items_of
from lcmonitor.indicators.sums import CodeSums, Floats, GapSums, Integers, Level, ScoreSums
from lcmonitor.indicators.ties import Ties, place_ties
from lcmonitor.indicators.weighting import Weighting, weigh
from lcmonitor.instruments.model import Codebook, Indicator


@dataclass(frozen=True)
class Asked:
    """An indicator, and the sector whose own it is; None: everyone's."""

    id: str
    indicator: Indicator
    sector: str | None


@dataclass(frozen=True)
class View:
    """The groups of one kind of figure: a bin for each cell, or for each cell × partner type."""

    group_by: str
    level: Level  # of the engine's groups
    cell: Integers  # of each bin
    kind: Integers  # partner type of each bin; −1: all
    population: Floats
    shown: Mask  # bins that get a row, whether answers came in or not

    def only(self, cells: Mask) -> "View":
        """The same, of some cells."""
        mine, bins = cells[self.cell], self.level.bins
        if mine.all():
            return self
        level = Level(np.where((bins >= 0) & mine[bins], bins, -1), self.level.size)
        return replace(self, level=level, shown=self.shown & mine)


@dataclass(frozen=True)
class Form:
    """One form's responses in numbers."""

    name: str
    grid: Grid
    engine: Engine
    placed: Placed
    moments: Moments
    pairing: Future[Pairs]
    asks_partner: bool
    _single: dict[Score, ScoreSums] = field(default_factory=dict, repr=False)

    @property
    def pairs(self) -> Pairs:
        """Persons in two waves; waits for them."""
        return self.pairing.result()

    @cached_property
    def placed_pairs(self) -> Placed:
        """Their groups."""
        return place(self.pairs.groups, self.grid)

    @cached_property
    def ties(self) -> Ties:
        """What organisations said of each other, of a form that asks about each of them."""
        return place_ties(self.engine.ties(), self.grid)

    @cached_property
    def weighting(self) -> Weighting | None:
        """How much respondents weigh; None: the form does not weigh."""
        sums = self.moments.responses
        rows = sums.complete + sums.partial
        return weigh(self.name, self.grid, self.placed.cells, self.moments.groups, rows)

    @cached_property
    def gaps(self) -> Mapping[str, GapSums]:
        """Of the items that somewhere have no answers, by cell."""
        lacking = {
            item: None
            for items, n in self._answers_by_cell()
            if ((self.responses > 0) & (n == 0)).any()
            for item in items
        }
        gaps = self.engine.gaps(tuple(lacking))
        level = place(gaps.groups, self.grid).cells
        return {item: sums.at(level) for item, sums in gaps.items.items()}

    def _answers_by_cell(self) -> Iterator[tuple[Sequence[str], Floats]]:
        for answer, sums in self.moments.codes.items():
            yield [answer.item], self.placed.cells.add(sums.counts.sum(axis=0))
        for score, found in self.moments.scores.items():
            yield items_of(score), self.placed.cells.add(found.n)

    @cached_property
    def responses(self) -> Floats:
        """Usable responses of each cell."""
        sums = self.moments.responses
        return self.placed.cells.add(sums.complete + sums.partial)

    @cached_property
    def versus(self) -> Integers:
        """The cell of the community's last earlier wave with responses; −1: none."""
        return earlier_cells(self.responses, len(self.grid.waves))

    def why_not(self, plan: Plan) -> Codes:
        """For each cell without a figure: what the reason is."""
        items = items_of(plan)
        if not any(item in self.engine.columns for item in items):
            return np.where(self.responses > 0, STATES["not_asked"], STATES["not_answered"])
        if not isinstance(plan, Score):
            return STATES.all("not_answered", self.grid.size)
        gaps = [self.gaps[item] for item in items if item in self.gaps]
        if not gaps:
            return STATES.all("not_answered", self.grid.size)
        asked = np.sum([gap.asked for gap in gaps], axis=0)
        not_applicable = np.sum([gap.not_applicable for gap in gaps], axis=0)
        reasons = [self.responses == 0, asked == 0, asked == not_applicable]
        states = [STATES[name] for name in ("not_answered", "not_asked", "not_applicable")]
        return np.select(reasons, states, STATES["not_answered"])

    def score_sums(self, score: Score) -> ScoreSums:
        """Of one item: from the counts of its codes."""
        if len(score.answers) > 1:
            return self.moments.scores[score]
        if score not in self._single:
            self._single[score] = from_counts(score, self.moments.codes[plain(score.answers[0])])
        return self._single[score]


def earlier_cells(responses: Floats, waves: int) -> Integers:
    """For each cell the last cell before it, of the same community, that has responses; −1: none."""
    places = np.arange(len(responses)).reshape(-1, waves)
    filled = np.where(responses.reshape(-1, waves) > 0, places, -1)
    latest = np.maximum.accumulate(filled, axis=1)
    return np.hstack([np.full((len(places), 1), -1), latest[:, :-1]]).reshape(-1)


def plain(answer: Answer) -> Answer:
    """The item as its text reads."""
    return replace(answer, reversed=False)


def from_counts(score: Score, sums: CodeSums) -> ScoreSums:
    """The sums of a score that is one item."""
    answer = score.answers[0]
    codes = np.array(answer.codes, dtype=np.float64)
    values = (answer.low + answer.high - codes if answer.reversed else codes)[:, None]
    counts = sums.counts
    agree = values >= score.agrees_from if score.agrees_from is not None else np.zeros_like(values, bool)
    return ScoreSums(
        n=counts.sum(axis=0),
        total=(counts * values).sum(axis=0),
        squares=(counts * values**2).sum(axis=0),
        low=(counts * (values == score.low)).sum(axis=0),
        high=(counts * (values == score.high)).sum(axis=0),
        agree=(counts * agree).sum(axis=0),
    )


def read_form(
    connection: Any, name: str, asked: Sequence[Asked], grid: Grid, beside: Executor
) -> Form | None:
    """Everything that the indicators of a form need of its responses; None: the store has no such form.

    Persons are followed ``beside`` the rest: their query is made while the engine runs the first one, and
    runs while the values are inferred from that.
    """
    engine = Engine(connection, name)
    if not engine.columns:
        return None
    query = engine.query(wanted(asked, grid))
    pairing = beside.submit(engine.pairs, followed(asked, grid), grid.waves)
    moments = engine.moments(wanted(asked, grid), query)
    partner = any(_asks_partner(codebook, name) for codebook in grid.codebooks)
    return Form(name, grid, engine, place(moments.groups, grid), moments, pairing, partner)


_NEEDS: Mapping[str, set[str]] = {  # of a score; what is not named needs its sums
    "reliability": {"wholes"},
    "distribution": {"codes"},
    "consensus": {"codes", "scores"},
}


def wanted(asked: Iterable[Asked], grid: Grid) -> Wanted:
    """What the engine must reduce for these indicators."""
    scores: dict[Score, None] = {}
    codes: dict[Answer, None] = {}
    wholes: dict[Score, None] = {}
    others: dict[Plan, None] = {}
    for each in asked:
        for plan in plans_of(each.indicator, grid):
            if not isinstance(plan, Score):
                others[plan] = None
                continue
            needs = _NEEDS.get(each.indicator.statistic, {"scores"})
            single = len(plan.answers) == 1  # its score is made of the counts of its codes
            if "wholes" in needs:
                wholes[plan] = None
            if "codes" in needs or ("scores" in needs and single):
                codes |= {plain(answer): None for answer in plan.answers}
            if "scores" in needs and not single:
                scores[plan] = None
    return Wanted(
        scores=tuple(scores),
        codes=tuple(codes),
        quantities=tuple(plan for plan in others if isinstance(plan, Quantity)),
        mixes=tuple(plan for plan in others if isinstance(plan, Mix)),
        wholes=tuple(wholes),
    )


def plans_of(indicator: Indicator, grid: Grid) -> tuple[Plan, ...]:
    """The different ways in which an indicator is measured over waves and sectors."""
    return grid.plans(indicator.of)[0] if indicator.of else ()


def followed(asked: Iterable[Asked], grid: Grid) -> tuple[Score | Quantity, ...]:
    """What is followed from wave to wave."""
    plans: dict[Score | Quantity, None] = {}
    for each in asked:
        if has_change(each.indicator, grid):
            plans |= {p: None for p in plans_of(each.indicator, grid) if not isinstance(p, Mix)}
    return tuple(plan for plan in plans if not (isinstance(plan, Score) and plan.formative))


def has_change(indicator: Indicator, grid: Grid) -> bool:
    """States only: what people credit to the community has no before."""
    of = indicator.of
    if indicator.statistic not in ("mean", "share") or indicator.kind == "attribution" or of is None:
        return False
    return not any(_attributed(codebook, of) for codebook in grid.codebooks)


def _attributed(codebook: Codebook, of: str) -> bool:
    if of in codebook.constructs:
        construct = codebook.constructs[of]
        return construct.kind == "attribution" or any(_attributed(codebook, item) for item in construct.items)
    return of in codebook.items and codebook.items[of].kind == "attribution"


def _asks_partner(codebook: Codebook, form: str) -> bool:
    if form not in codebook.forms:
        return False
    asked = codebook.forms[form]
    names = [*asked.items, *(item for module in asked.modules.values() for item in module)]
    return any(name in codebook.items and codebook.items[name].type == "partner" for name in names)
