"""Who answered, of those who could."""

from collections.abc import Iterator

import numpy as np

from lcmonitor.indicators.estimate import STATES, Codes, bare
from lcmonitor.indicators.rows import Block, of_nobody
from lcmonitor.indicators.sums import Floats
from lcmonitor.indicators.table import OF_WEIGHTS
from lcmonitor.indicators.values import Subject
from lcmonitor.indicators.weighting import Weighting
from lcmonitor.indicators.weights import design_effect

DESIGN_EFFECT, EFFECTIVE_N = OF_WEIGHTS
WITH_PARTIAL = "with_partial"  # the part that also counts half-answered questionnaires


def of_response(subject: Subject) -> Iterator[Block]:
    """Complete / N, and as a part of it (complete + partial) / N. N unknown: no rate, never n/n."""
    fine, view = subject.form.moments.responses, subject.view
    sums = fine.at(view.level)
    answered = sums.complete + sums.partial
    zero = np.zeros(len(answered))
    risk = subject.risk(fine.complete + fine.partial, zero, zero, zero > 0, 0)
    came_in = subject.form.responses[view.cell] > 0
    for part, n in (("", sums.complete), (WITH_PARTIAL, answered)):
        there = (view.population >= n) & (view.population > 0)
        rate = np.divide(n, view.population, out=np.full(len(n), np.nan), where=there)
        states = np.where(came_in, rate_states(answered, view.population), STATES["not_answered"])
        yield subject.block(n, bare(rate, "count"), risk, states, part)
    if weighting := subject.weighting:
        yield from _of_weights(subject, weighting)


def _of_weights(subject: Subject, weighting: Weighting) -> Iterator[Block]:
    """Kish's design effect, and what it leaves of n; with one decimal, as it is a sum over all types."""
    n = subject.form.responses
    effect = np.round(design_effect(weighting.level, weighting.each, weighting.rows), 1)
    reasons = [~weighting.asked, n == 0, ~weighting.made]
    states = [STATES[name] for name in ("not_applicable", "not_answered", "too_few")]
    found = np.select(reasons, states, STATES["computed"]).astype(np.int8)
    for part, value in ((DESIGN_EFFECT, effect), (EFFECTIVE_N, np.round(n / effect))):
        yield subject.block(n, bare(value, "count"), of_nobody(len(n)), found, part)


def of_coverage(subject: Subject) -> Iterator[Block]:
    """Active partners with a respondent / active partners. ``n`` and ``population`` count partners."""
    form, view = subject.form, subject.view
    fine = form.moments.responses
    answered = fine.complete + fine.partial
    covered = view.level.add((form.placed.active_partner & (answered > 0)).astype(np.float64))
    active = form.grid.active_partners(typed=bool(view.group_by))
    zero = np.zeros(len(covered))
    silent = STATES[form.grid.silence(form.name)]
    states = np.where(form.responses[view.cell] > 0, rate_states(covered, active), silent)
    if not form.asks_partner:
        states = np.where(states == silent, states, STATES["not_applicable"])
    rate = np.divide(covered, active, out=np.full(len(covered), np.nan), where=active > 0)
    yield subject.block(
        covered,
        bare(rate, "count"),
        subject.risk(answered, zero, zero, zero > 0, 0),
        states,
        population=active,
    )


def rate_states(n: Floats, population: Floats) -> Codes:
    """Whether n of the population is a rate."""
    reasons = [np.isnan(population) | (population == 0), n > population]
    return np.select(
        reasons, [STATES["no_population"], STATES["population_too_small"]], STATES["computed"]
    ).astype(np.int8)
