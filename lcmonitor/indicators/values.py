"""The figures of one indicator, by community and wave and by partner type."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from itertools import count

import numpy as np

from lcmonitor.indicators import balance, consensus, means, shares, sole, weighted
from lcmonitor.indicators.estimate import STATES, Codes, Estimate, Mask, bare
from lcmonitor.indicators.form import Form, View, plain
from lcmonitor.indicators.plans import Answer, Mix, Plan, Quantity, Score
from lcmonitor.indicators.rows import NONE, Block, Label, Risk, Where, nothing, partner_risk, taken, worst
from lcmonitor.indicators.sums import Floats, MixSums
from lcmonitor.indicators.weighted import Answers, Weighted
from lcmonitor.indicators.weighting import Weighting

DEVIATION = "ad"  # the part of a consensus that is the average deviation
_HUNDREDTHS = 100.0  # in which weighted parts of a whole are given


@dataclass(frozen=True)
class Subject:
    """An indicator's measurement in some cells: one way of measuring, one kind of groups."""

    form: Form
    view: View
    label: Label
    of: str
    reference: Floats  # of each cell

    @property
    def where(self) -> Where:
        """The place of every bin."""
        cell, grid = self.view.cell, self.form.grid
        return Where(grid.community[cell], grid.wave[cell], np.full(len(cell), NONE), self.view.kind)

    @property
    def weighting(self) -> Weighting | None:
        """Only figures of whole communities are weighted."""
        return None if self.view.group_by else self.form.weighting

    def block(
        self,
        n: Floats,
        estimate: Estimate,
        risk: Risk,
        state: Codes,
        part: str = "",
        population: Floats | None = None,
    ) -> Block:
        """The shown bins as rows; ``population`` where it is another than the form's."""
        size = len(n)
        block = Block(
            label=replace(self.label, part=part),
            where=self.where,
            n=n,
            population=self.view.population if population is None else population,
            estimate=estimate.only(state == STATES["computed"]),
            reference=self.reference[self.view.cell],
            effect=nothing(size),
            p=nothing(size),
            state=state,
            risk=risk,
            communities=np.ones(size),
        )
        return taken(block, np.flatnonzero(self.view.shown))

    def risk(
        self, n: Floats, low: Floats, high: Floats, same: Mask, items: int, sole: Mask | None = None
    ) -> Risk:
        """``n`` by the engine's groups, the rest by bin. ``sole``: as in Risk; None: nowhere."""
        partners = partner_risk(self.view.level, n, self.form.placed.known_partner, self.form.asks_partner)
        alone = np.zeros(len(low), dtype=bool) if sole is None else sole
        return Risk(*partners, low, high, same, np.full(len(low), float(items)), alone)

    def weighed_risk(
        self, weighting: Weighting, risk: Risk, n: Floats, ends: tuple[Floats, Floats] | None = None
    ) -> Risk:
        """``risk`` of a weighted figure; all but it by the engine's groups."""
        none = np.zeros(len(n))
        return weighted.risk(weighting, risk, n, ends or (none, none))

    def states(self, n: Floats, plan: Plan) -> Codes:
        """Computed, or why not."""
        return np.where(n > 0, STATES["computed"], self.form.why_not(plan)[self.view.cell])


def of_score(subject: Subject, plan: Score) -> Iterator[Block]:
    """Mean of a score, or the share that agrees."""
    fine = subject.form.score_sums(plan)
    sums = fine.at(subject.view.level)
    if subject.label.statistic == "share":
        estimate = shares.share(sums.agree, sums.n, subject.view.population)
    else:
        population = subject.view.population
        estimate = means.mean(sums.n, sums.total, sums.squares, population, plan.units)
        estimate = means.on_scale(estimate, sums.n, population, (plan.low, plan.high))
    same = means.all_the_same(sums.n, sums.total, sums.squares)
    alone = sole.of_value(plan, sole.Group(sums.n, sums.total))
    risk = subject.risk(fine.n, sums.low, sums.high, same, len(plan.answers), alone)
    if weighting := subject.weighting:
        found = weighted.of_answers(weighting, weighted.of_score(fine, plan, subject.label.statistic))
        estimate = weighted.instead(weighting, estimate, _weighed(subject, found, (plan.low, plan.high)))
        risk = subject.weighed_risk(weighting, risk, fine.n, (fine.low, fine.high))
    yield subject.block(sums.n, estimate, risk, subject.states(sums.n, plan))


def _weighed(subject: Subject, found: Weighted, ends: tuple[float, float] | None) -> Estimate:
    if subject.label.statistic == "share":
        return weighted.share(found, subject.view.population)
    return weighted.mean(found, subject.view.population, ends, found.n)


def of_quantity(subject: Subject, plan: Quantity) -> Iterator[Block]:
    """Mean of a number."""
    fine = subject.form.moments.quantities[plan]
    sums = fine.at(subject.view.level)
    estimate = means.mean(sums.n, sums.total, sums.squares, subject.view.population)
    zero = np.zeros(len(sums.n))
    same = means.all_the_same(sums.n, sums.total, sums.squares)
    risk = subject.risk(fine.n, zero, zero, same, 1)
    if weighting := subject.weighting:
        found = weighted.of_answers(weighting, Answers(fine.n, fine.total, fine.squares))
        estimate = weighted.instead(weighting, estimate, _weighed(subject, found, None))
        risk = subject.weighed_risk(weighting, risk, fine.n)
    yield subject.block(sums.n, estimate, risk, subject.states(sums.n, plan))


def of_distribution(subject: Subject, plan: Score) -> Iterator[Block]:
    """The share of every code of every item; all intervals at once, as most are of the same few numbers."""
    answers = [plain(answer) for answer in plan.answers]
    counts, risks = zip(*(_counted(subject, answer) for answer in answers), strict=True)
    behind = [each.sum(axis=0) for each in counts]
    found = shares.share(
        np.concatenate(counts),
        np.concatenate(
            [np.tile(n, (len(answer.codes), 1)) for answer, n in zip(answers, behind, strict=True)]
        ),
        subject.view.population,
    )
    if subject.weighting:
        found = _weighed_shares(subject, subject.weighting, answers, found)
    single = len(answers) == 1 and answers[0].item == subject.of
    row = count()
    for answer, n, risk in zip(answers, behind, risks, strict=True):
        states, prefix = subject.states(n, Score((answer,), None)), "" if single else f"{answer.item}:"
        for code in answer.codes:
            yield subject.block(n, taken(found, next(row)), risk, states, f"{prefix}{code}")


def _weighed_shares(
    subject: Subject, weighting: Weighting, answers: Sequence[Answer], plain: Estimate
) -> Estimate:
    """Of every code of every item, in their order."""
    population, rows = subject.view.population, []
    for answer in answers:
        found = _weighed_codes(subject, weighting, answer)
        shown = weighted.in_whole_together([one.value for one in found], found[0].n)
        rows += [weighted.around(value, one, population) for one, value in zip(found, shown, strict=True)]
    each = (np.stack([getattr(row, field.name) for row in rows]) for field in fields(Estimate))
    return weighted.instead(weighting, plain, Estimate(*each))


def _weighed_codes(subject: Subject, weighting: Weighting, answer: Answer) -> list[Weighted]:
    counts = subject.form.moments.codes[answer].counts
    n = counts.sum(axis=0)
    return [weighted.of_answers(weighting, Answers(n, given, given)) for given in counts]


def _counted(subject: Subject, answer: Answer) -> tuple[Floats, Risk]:
    """How often each code of an item was given (codes × bins), and who is behind it."""
    fine = subject.form.moments.codes[answer]
    counts = fine.at(subject.view.level).counts
    n = counts.sum(axis=0)
    same = (n > 1) & (counts.max(axis=0) == n)
    behind = fine.counts.sum(axis=0)
    risk = subject.risk(behind, counts[0], counts[-1], same, 1)
    if weighting := subject.weighting:
        risk = subject.weighed_risk(weighting, risk, behind, (fine.counts[0], fine.counts[-1]))
    return counts, risk


def of_consensus(subject: Subject, plan: Score) -> Iterator[Block]:
    """How much people see the same: r_wg(J), then AD. ``n``: the fewest who answered one of the items.

    Made of nothing but the counts of each item's answers, as their distribution gives them, and hidden
    wherever one of those is: beside the distributions it tells nothing new.
    """
    answers = [plain(answer) for answer in plan.answers]
    counts, risks = zip(*(_counted(subject, answer) for answer in answers), strict=True)
    behind = [each.sum(axis=0) for each in counts]
    told = counts
    if weighting := subject.weighting:
        told = tuple(
            _in_whole(_weighed_codes(subject, weighting, a), each)
            for a, each in zip(answers, counts, strict=True)
        )
    spreads = [consensus.spread(a.codes, each) for a, each in zip(answers, told, strict=True)]
    expected = float(np.mean([consensus.evenly_spread(answer.codes) for answer in answers]))
    agreed = consensus.r_wg(np.array([spread.variance for spread in spreads]), expected)
    deviation = np.mean([spread.deviation for spread in spreads], axis=0)
    n, risk = np.min(behind, axis=0), worst(risks, behind)
    states = np.where(n == 1, STATES["too_few"], subject.states(n, plan))
    for part, value in (("", agreed), (DEVIATION, deviation)):
        yield subject.block(n, bare(value, "plain"), risk, states, part)


def _in_whole(found: Sequence[Weighted], counts: Floats) -> Floats:
    """Counts as the distribution gives them."""
    n = found[0].n
    told = weighted.in_whole_together([one.value for one in found], n) * n
    return np.where(np.isnan(told), counts, np.round(told))


def of_balance(subject: Subject, plan: Mix) -> Iterator[Block]:
    """How evenly the whole is divided, then the mean share of every part beside the intended one."""
    fine = subject.form.moments.mixes[plan]
    sums = fine.at(subject.view.level)
    mix = _mean_shares(subject, fine, sums)
    risk = _mix_risk(subject, fine, sums)
    states = subject.states(sums.n, plan)
    yield subject.block(sums.n, bare(balance.evenness(mix), "plain"), risk, states)
    intended = subject.form.grid.intended(subject.of, plan.parts)
    population = subject.view.population
    for at, part in enumerate(plan.parts):
        estimate = means.mean(sums.n, sums.totals[at], sums.squares[at], population)
        estimate = means.on_scale(estimate, sums.n, population, (0, 1))
        if weighting := subject.weighting:
            found = weighted.of_answers(weighting, Answers(fine.n, fine.totals[at], fine.squares[at]))
            made = weighted.mean(found, population, (0, 1), np.full(len(found.n), _HUNDREDTHS))
            estimate = weighted.instead(weighting, estimate, made)
        beside = replace(subject, reference=intended[at])
        one = replace(risk, items=np.ones(len(sums.n)))
        yield beside.block(sums.n, estimate, one, states, part)


def of_mix_distance(subject: Subject, plan: Mix) -> Iterator[Block]:
    """How far the mean shares are from the intended mix; not applicable without one."""
    fine = subject.form.moments.mixes[plan]
    sums = fine.at(subject.view.level)
    intended = subject.form.grid.intended(subject.of, plan.parts)[:, subject.view.cell]
    estimate = bare(balance.distance(_mean_shares(subject, fine, sums), intended), "plain")
    without = np.isnan(intended).any(axis=0) & (sums.n > 0)
    states = np.where(without, STATES["not_applicable"], subject.states(sums.n, plan))
    yield subject.block(sums.n, estimate, _mix_risk(subject, fine, sums), states)


def _mean_shares(subject: Subject, fine: MixSums, sums: MixSums) -> Floats:
    """Of every part; weighted ones as they are shown, made to add up."""
    plain: Floats = sums.totals / np.where(sums.n > 0, sums.n, np.nan)
    if subject.weighting is None:
        return plain
    found = [
        weighted.of_answers(subject.weighting, Answers(fine.n, *each))
        for each in zip(fine.totals, fine.squares, strict=True)
    ]
    told = weighted.in_whole(np.stack([one.value for one in found]), np.full(len(sums.n), _HUNDREDTHS))
    return np.where(np.isnan(told), plain, told / told.sum(axis=0))


def _mix_risk(subject: Subject, fine: MixSums, sums: MixSums) -> Risk:
    same = np.all(means.all_the_same(sums.n, sums.totals, sums.squares), axis=0)
    none = np.zeros(len(sums.n))
    risk = subject.risk(fine.n, none, none, np.asarray(same), len(sums.totals))
    return subject.weighed_risk(subject.weighting, risk, fine.n) if subject.weighting else risk
