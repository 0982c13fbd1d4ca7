"""Change figures of an indicator: every wave against the community's last wave before it."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from lcmonitor.indicators import change, means, sole, weighted
from lcmonitor.indicators.change import Change, Sample
from lcmonitor.indicators.estimate import METHODS, STATES, Codes, Mask, chosen
from lcmonitor.indicators.plans import Quantity, Score, items_of
from lcmonitor.indicators.rows import NONE, Block, Risk, nothing, partner_risk, taken, worse_partners
from lcmonitor.indicators.sums import Floats, Integers, PairSums, QuantitySums, ScoreSums
from lcmonitor.indicators.values import Subject
from lcmonitor.indicators.weighted import Answers


@dataclass(frozen=True)
class Before:
    """For each cell the cell that it is compared with; meaningless where not ``known``."""

    cell: Integers
    known: Mask
    broken: Mask  # the two did not measure the same


@dataclass(frozen=True)
class _Found:
    """A change in every cell, and what it is a change from."""

    change: Change
    same_persons: Mask
    before: Before


def of_change(subject: Subject, plan: Score | Quantity, places: Integers) -> Block:
    """In whole communities. ``places``: how each cell was measured; a change needs the same in both waves."""
    sums = _fine(subject, plan)
    before = _before(subject, places)
    now = _weighed(subject, sums, plan, _sample(sums.at(subject.view.level), plan, subject.label.statistic))
    then = Sample(
        np.where(before.known, now.n[before.cell], 0), now.mean[before.cell], now.variance[before.cell]
    )
    found = _Found(*_found(subject, plan, then, now), before)
    states = _states(subject.states(now.n, plan), before, then.n)
    block = _block(subject, found, states, _risk(subject, plan, sums, found))
    return taken(block, np.flatnonzero(subject.view.shown))


def _fine(subject: Subject, plan: Score | Quantity) -> ScoreSums | QuantitySums:
    if isinstance(plan, Quantity):
        return subject.form.moments.quantities[plan]
    return subject.form.score_sums(plan)


def _before(subject: Subject, places: Integers) -> Before:
    grid, versus = subject.form.grid, subject.form.versus
    known = versus >= 0
    cell = np.where(known, versus, 0)
    other = (places[cell] != places) & (places[cell] >= 0)
    return Before(cell, known, known & (other | grid.breaks(subject.of)[grid.wave[cell], grid.wave]))


def _sample(sums: ScoreSums | QuantitySums, plan: Score | Quantity, statistic: str) -> Sample:
    units = _units(plan)
    total, squares = sums.total, sums.squares
    if statistic == "share" and isinstance(sums, ScoreSums):
        units, total, squares = 1, sums.agree, sums.agree
    mean = np.divide(total, sums.n * units, out=nothing(len(sums.n)), where=sums.n > 0)
    return Sample(sums.n, mean, means.variance(sums.n, total, squares) / units**2)


def _weighed(
    subject: Subject, sums: ScoreSums | QuantitySums, plan: Score | Quantity, plain: Sample
) -> Sample:
    """The weighted mean as it is shown, and the s² that its variance is worth."""
    if subject.weighting is None:
        return plain
    statistic = subject.label.statistic
    answers = (
        weighted.of_score(sums, plan, statistic)
        if isinstance(sums, ScoreSums) and isinstance(plan, Score)
        else Answers(sums.n, sums.total, sums.squares)
    )
    found = weighted.of_answers(subject.weighting, answers)
    there = np.isfinite(found.value)
    mean = np.where(there, weighted.in_whole(found.value, found.n), plain.mean)
    return Sample(plain.n, mean, np.where(there, found.variance * found.n, plain.variance))


def _units(plan: Score | Quantity) -> int:
    return plan.units if isinstance(plan, Score) else 1


def _found(subject: Subject, plan: Score | Quantity, then: Sample, now: Sample) -> tuple[Change, Mask]:
    found, same_persons = _of_waves(subject, plan, then, now)
    if weighting := subject.weighting:
        found, same_persons = _of_shown(found, same_persons, change.welch(then, now), weighting.made, subject)
    if isinstance(plan, Quantity):
        return found, same_persons
    ends = (0, 1) if subject.label.statistic == "share" else (plan.low, plan.high)
    return change.untold(found, change.at_an_end(then, ends) | change.at_an_end(now, ends)), same_persons


def _of_waves(subject: Subject, plan: Score | Quantity, then: Sample, now: Sample) -> tuple[Change, Mask]:
    apart = change.welch(then, now)
    if plan not in subject.form.pairs.sums:
        return apart, np.zeros(len(now.n), dtype=bool)
    sums, units = subject.form.pairs.sums[plan].at(subject.form.placed_pairs.cells), _units(plan)
    if subject.label.statistic == "share":
        sums, units = _agreeing(sums), 1
    same_persons = change.is_matched(sums.n, then.n, now.n)
    some = _chosen(sums.n >= change.FEWEST, change.overlapping(then, now, sums), apart)
    return _chosen(same_persons, change.matched(sums, units), some), same_persons


def _of_shown(
    found: Change, same_persons: Mask, apart: Change, made: Mask, subject: Subject
) -> tuple[Change, Mask]:
    """Where a wave is weighted, the difference of what is shown of both: of pairs it would tell more."""
    versus = subject.form.versus
    either = made | (made[versus] & (versus >= 0))
    method = np.where(np.isnan(apart.estimate.value), METHODS[""], METHODS["weighted"])
    weighed = replace(apart, estimate=replace(apart.estimate, method=method))
    return _chosen(either, weighed, found), same_persons & ~either


def _agreeing(sums: PairSums) -> PairSums:
    """Agreeing as 1, not agreeing as 0."""
    return replace(
        sums,
        earlier=sums.agree_earlier,
        earlier_squares=sums.agree_earlier,
        later=sums.agree_later,
        later_squares=sums.agree_later,
        products=sums.agree_both,
    )


def _chosen(mask: Mask, one: Change, other: Change) -> Change:
    estimate = chosen(mask, one.estimate, other.estimate)
    numbers = (np.where(mask, mine, theirs) for mine, theirs in ((one.n, other.n), (one.p, other.p)))
    n, p = numbers
    return Change(n, estimate, p, np.where(mask, one.effect, other.effect))


def _states(now: Codes, before: Before, earlier: Floats) -> Codes:
    reasons = [now != STATES["computed"], ~before.known, before.broken, earlier == 0]
    states: list[Any] = [now, STATES["no_earlier_wave"], STATES["series_break"], STATES["no_earlier_wave"]]
    found: Codes = np.select(reasons, states, STATES["computed"]).astype(np.int8)
    return found


def _block(subject: Subject, found: _Found, states: Codes, risk: Risk) -> Block:
    told, before, grid = states == STATES["computed"], found.before, subject.form.grid
    return Block(
        label=replace(subject.label, measure="change"),
        where=replace(subject.where, versus=np.where(before.known, grid.wave[before.cell], NONE)),
        n=np.where(told, found.change.n, 0),
        population=subject.view.population,
        estimate=found.change.estimate.only(told),
        reference=nothing(len(states)),
        effect=np.where(told, found.change.effect, np.nan),
        p=np.where(told, found.change.p, np.nan),
        state=states,
        risk=risk,
        communities=np.ones(len(states)),
    )


def _risk(subject: Subject, plan: Score | Quantity, sums: ScoreSums | QuantitySums, found: _Found) -> Risk:
    """Of the pairs; or of the two waves, each time the worse of them. All who changed alike are the same."""
    now, before = _risk_of_wave(subject, plan, sums), found.before
    then = taken(now, before.cell)
    worse = worse_partners(now, then)
    partners, known, largest = worse.partners, worse.known, worse.largest
    if plan in subject.form.pairs.sums:
        form = subject.form
        n = form.pairs.sums[plan].n
        placed = form.placed_pairs
        pairs = partner_risk(placed.cells, n, placed.known_partner, form.asks_partner)
        partners, known, largest = (
            np.where(found.same_persons, one, other)
            for one, other in zip(pairs, (partners, known, largest), strict=True)
        )
    at_level = sums.at(subject.view.level).n
    uniform = np.fmax(now.uniform(at_level), then.uniform(at_level[before.cell]))
    alike = found.same_persons & (found.change.estimate.se == 0)
    alone = found.same_persons & _sole(subject, plan, sums, before)
    ends = uniform * found.change.n, np.zeros(len(uniform))
    return Risk(partners, known, largest, *ends, alike, now.items, alone)


def _sole(subject: Subject, plan: Score | Quantity, sums: ScoreSums | QuantitySums, before: Before) -> Mask:
    if plan not in subject.form.pairs.sums:
        return np.zeros(len(before.cell), dtype=bool)
    here = sums.at(subject.view.level)
    then = sole.Group(here.n[before.cell], here.total[before.cell])
    pairs = subject.form.pairs.sums[plan].at(subject.form.placed_pairs.cells)
    now = sole.Group(here.n, here.total)
    return sole.of_pairs(plan, then, now, pairs, subject.form.grid.fewest)


def _risk_of_wave(subject: Subject, plan: Score | Quantity, sums: ScoreSums | QuantitySums) -> Risk:
    here, form = sums.at(subject.view.level), subject.form
    partners = partner_risk(subject.view.level, sums.n, form.placed.known_partner, form.asks_partner)
    ends = (here.low, here.high) if isinstance(here, ScoreSums) else (np.zeros(len(here.n)),) * 2
    same = means.all_the_same(here.n, here.total, here.squares)
    items = np.full(len(here.n), float(len(items_of(plan))))
    return Risk(*partners, *ends, same, items, sole.of_value(plan, sole.Group(here.n, here.total)))
