"""People who can be followed: how many, whether those who cannot differ, and whose score really moved.

* Followed: who answered in both waves, of those who answered in the earlier one; of organisations that still
  take part, as those of others could not. Who came without a key counts: they could have been followed.
* Attrition: the earlier score of those who did not answer again less that of those who did, of people of the
  same community (a regression on that and on the community). Over all communities together only: beside the
  matched change it would tell, of one, the later score of those who joined.
* Reliable change (Jacobson and Truax 1991): who moved by more than ``1.96 · s1 · sqrt(2(1 − alpha))``, what
  two measurements of the same may differ by. s1 and alpha are those of all communities in the earlier wave.
"""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pandas as pd

from lcmonitor.indicators import means, reliability, shares
from lcmonitor.indicators.engine import Moved
from lcmonitor.indicators.estimate import METHODS, STATES, Estimate, Mask, bare
from lcmonitor.indicators.form import Form
from lcmonitor.indicators.grid import place, still_active
from lcmonitor.indicators.means import quantile
from lcmonitor.indicators.plans import Score
from lcmonitor.indicators.rows import ACROSS, NONE, Block, Label, Risk, Where, nothing, partner_risk, taken
from lcmonitor.indicators.sums import Floats, Integers, Level, PairSums, ScoreSums
from lcmonitor.indicators.values import Subject

FEWEST = 20  # pairs for a share that moved
RELIABLE = 1.96
_NEVER = 1e12  # in units of a score
FOLLOWED, ATTRITION, MOVED = "followed", "attrition", "reliable"
PARTS = ("up", "none", "down")


def of_followed(subject: Subject) -> Block:
    """Of each wave with an earlier one, in whole communities."""
    form, versus = subject.form, subject.form.versus
    known = versus >= 0
    placed = form.placed_pairs
    still = placed.active_partner | ~placed.known_partner
    persons = placed.cells.add(np.where(still, form.pairs.persons.n, 0.0))
    could = np.where(known, _could(form), np.nan)
    rate = np.divide(persons, could, out=nothing(len(persons)), where=could >= np.maximum(persons, 1))
    state = np.where(known & ~np.isnan(rate), STATES["computed"], STATES["no_earlier_wave"])
    zero = np.zeros(len(persons))
    risk = Risk(nothing(len(zero)), zero, zero, zero, zero, zero > 0, zero, zero > 0)
    block = subject.block(persons, bare(rate, "count"), risk, state, population=could)
    return _since(taken(block, block.state == STATES["computed"]), FOLLOWED, form, versus)


def _could(form: Form) -> Floats:
    """By later cell: who answered in the earlier one, and whose organisation still takes part."""
    later = np.full(form.grid.size, NONE)
    known = form.versus >= 0
    later[form.versus[known]] = np.flatnonzero(known)
    bins = form.placed.cells.bins
    now = _of(later, bins)
    counted = np.where(still_active(form.moments.groups, form.grid, now), now, NONE)
    sums = form.moments.responses
    return Level(counted, form.grid.size).add(sums.complete + sums.partial)


def _since(block: Block, measure: str, form: Form, versus: Integers) -> Block:
    cell = block.where.community * len(form.grid.waves) + block.where.wave
    where = replace(block.where, versus=form.grid.wave[versus[cell]])
    return replace(block, label=replace(block.label, measure=measure), where=where)


def moved_of(form: Form) -> Moved:
    """Of every score whose reliability is known and that enough people of one community have twice."""
    level = form.placed_pairs.cells
    plans = [
        plan
        for plan in form.moments.wholes
        if plan in form.pairs.sums and (form.pairs.sums[plan].at(level).n >= FEWEST).any()
    ]
    least = {plan: tuple(np.nan_to_num(_least(form, plan), nan=_NEVER).tolist()) for plan in plans}
    return form.engine.moved(least, form.grid.waves)


def of_moved(subject: Subject, plan: Score, moved: Moved, matched: Mask) -> Iterator[Block]:
    """The shares of pairs whose score went up, stayed or went down; of cells whose change is ``matched``."""
    form = subject.form
    pairs = form.pairs.sums[plan].at(form.placed_pairs.cells)
    least = _least(form, plan)
    shown = matched & (pairs.n >= FEWEST) & np.isfinite(least[form.grid.wave[form.versus]])
    if not shown.any():
        return
    sums = moved.sums[plan].at(place(moved.groups, form.grid).cells)
    counts = dict(zip(PARTS, (sums.up, pairs.n - sums.up - sums.down, sums.down), strict=True))
    most = np.max(list(counts.values()), axis=0)
    placed = form.placed_pairs
    partners = partner_risk(placed.cells, form.pairs.sums[plan].n, placed.known_partner, form.asks_partner)
    items = np.full(len(most), float(len(plan.answers)))
    risk = Risk(*partners, sums.down, sums.up, most == pairs.n, items, items < 0)
    state = np.where(shown, STATES["computed"], STATES["too_few"])
    for part, count in counts.items():
        estimate = shares.share(count, pairs.n, nothing(len(count)))
        block = subject.block(pairs.n, estimate, risk, state, f"{MOVED}:{part}")
        yield _since(taken(block, block.state == STATES["computed"]), MOVED, form, form.versus)


def _least(form: Form, plan: Score) -> Floats:
    """By wave: the least difference that is more than error, in units; NaN without a reliability."""
    waves = Level(form.grid.wave, len(form.grid.waves))
    whole = form.moments.wholes[plan].at(form.placed.cells).at(waves)
    alpha = reliability.alpha(whole).value
    sums = form.score_sums(plan).at(form.placed.cells).at(waves)
    spread = np.sqrt(means.variance(sums.n, sums.total, sums.squares))
    least: Floats = RELIABLE * spread * np.sqrt(2 * (1 - np.minimum(alpha, 1)))
    return least


def of_attrition(form: Form, label: Label, plan: Score, visible: Mask, changed: Mask) -> Block:
    """Over the communities of which the earlier mean is ``visible`` (by cell); one row a later wave.

    It tells the sum of the earlier scores of who stayed. ``changed``: later cells of which the change of the
    same people is shown; where nobody joined either, that sum is told of the community itself. So it is for
    the others to keep the rules, if there are any: ``communities`` and the risk are theirs, and ``sole`` says
    that too few of their people left or joined.
    """
    now = np.flatnonzero(form.versus >= 0)
    then = form.versus[now]
    fine, pairs = form.score_sums(plan), form.pairs.sums[plan]
    stayed = pairs.at(form.placed_pairs.cells)
    both, gone = _split(fine.at(form.placed.cells), stayed, then, now)
    counted = visible[then] & (both[0] > 0) & (gone[0] > 0)
    level = _waves(form, now, counted)
    estimate = _within(both, gone, level, plan.units)
    joined = fine.at(form.placed.cells).n[now] - both[0]
    kept_back = counted & ((joined > 0) | ~changed[now])
    told_of, alone = _told_of(form, now, counted, kept_back, (gone[0], joined))
    risk = _leavers_risk(form, fine.n, pairs, then[told_of], now[told_of], level.size, len(plan.answers))
    communities = _waves(form, now, told_of).add(np.ones(len(now)))
    told = (communities > 0) & ~np.isnan(estimate.se)
    waves = np.arange(level.size)
    versus = np.full(level.size, NONE)
    np.maximum.at(versus, form.grid.wave[now[counted]], form.grid.wave[then[counted]])
    block = Block(
        label=replace(label, measure=ATTRITION),
        where=Where(waves * 0 + ACROSS, waves, versus, waves * 0 + NONE),
        n=np.minimum(level.add(both[0]), level.add(gone[0])),
        population=nothing(level.size),
        estimate=estimate.only(told),
        reference=nothing(level.size),
        effect=nothing(level.size),
        p=nothing(level.size),
        state=np.where(told, STATES["computed"], STATES["too_few"]).astype(np.int8),
        risk=replace(risk, sole=alone),
        communities=communities,
    )
    return taken(block, told)


def _told_of(
    form: Form, now: Integers, counted: Mask, kept_back: Mask, few: tuple[Floats, Floats]
) -> tuple[Mask, Mask]:
    """The communities of which a wave's figure tells: those ``kept_back``, or all where there are none.

    And the waves in which these have too ``few`` people of a kind.
    """
    level = _waves(form, now, kept_back)
    some = level.add(np.ones(len(now))) > 0
    least = np.minimum(*(level.add(each) for each in few))
    told_of = kept_back | (counted & ~some[form.grid.wave[now]])
    return told_of, some & (least < form.grid.fewest_across)


def _waves(form: Form, now: Integers, chosen: Mask) -> Level:
    return Level(np.where(chosen, form.grid.wave[now], NONE), len(form.grid.waves))


Group = tuple[Floats, Floats, Floats]  # n, sum and sum of squares


def _split(first: ScoreSums, pairs: PairSums, then: Integers, now: Integers) -> tuple[Group, Group]:
    """The earlier scores of who answered again, and of who did not."""
    both = pairs.n[now], pairs.earlier[now], pairs.earlier_squares[now]
    whole = first.n[then], first.total[then], first.squares[then]
    return both, (whole[0] - both[0], whole[1] - both[1], whole[2] - both[2])


def _within(both: Group, gone: Group, level: Level, units: float) -> Estimate:
    """As ``lm(score ~ community + gone)``."""
    counts = [np.where(n > 0, n, np.nan) for n in (both[0], gone[0])]
    apart = gone[1] / counts[1] - both[1] / counts[0]
    weight = 1 / (1 / counts[0] + 1 / counts[1])
    told = [np.nan_to_num(each) for each in (weight, weight * apart, weight * apart**2)]
    total, moved, squares = (level.add(each) for each in told)
    value = moved / np.where(total > 0, total, np.nan)
    inside = [np.nan_to_num(one[2] - one[1] ** 2 / n) for one, n in zip((both, gone), counts, strict=True)]
    left = level.add(inside[0] + inside[1]) + squares - total * value**2
    df = level.add(both[0] + gone[0] - 1) - 1
    se = np.sqrt(np.maximum(left, 0) / np.where((df > 0) & (total > 0), df * total, np.nan))
    half = quantile(df) * se
    method = np.where(np.isnan(se), METHODS[""], METHODS["within_communities"])
    return Estimate(value / units, se / units, (value - half) / units, (value + half) / units, method)


def _of(values: Integers, places: Integers) -> Integers:
    """The value at each place; −1 where there is no place."""
    return np.where(places >= 0, values[places], NONE)


def _leavers_risk(
    form: Form, first: Floats, pairs: PairSums, then: Integers, now: Integers, waves: int, items: int
) -> Risk:
    """Who did not answer again, by organisation: the earlier answers less the pairs of that organisation."""
    later = np.full(form.grid.size, NONE)
    later[then] = now
    kept = np.isin(form.placed_pairs.cells.bins, now)
    cells = _of(later, form.placed.cells.bins), np.where(kept, form.placed_pairs.cells.bins, NONE)
    names = [groups["partner"].to_pylist() for groups in (form.moments.groups, form.pairs.groups)]
    codes, partners_ = pd.factorize(np.array(names[0] + names[1], dtype=object))  # −1: not known
    keys = np.concatenate(cells) * (len(partners_) + 1) + codes + 1
    counted = np.concatenate(cells) >= 0
    kinds, place = np.unique(keys[counted], return_inverse=True)
    signed = np.concatenate([first, -pairs.n])[counted]
    n = np.maximum(np.bincount(place, signed, len(kinds)), 0.0)
    level = Level(form.grid.wave[kinds // (len(partners_) + 1)], waves)
    known = kinds % (len(partners_) + 1) > 0
    zero = np.zeros(waves)
    partners = partner_risk(level, n, known, form.asks_partner)
    return Risk(*partners, zero, zero, zero > 0, zero + items, zero > 0)
