"""Which part of the active partners says yes, as their representatives told."""

from collections.abc import Iterator

import numpy as np

from lcmonitor.indicators.estimate import STATES, bare
from lcmonitor.indicators.form import plain
from lcmonitor.indicators.plans import Score
from lcmonitor.indicators.rows import Block
from lcmonitor.indicators.values import Subject


def of_intention(subject: Subject, plan: Score) -> Iterator[Block]:
    """Active partners of whom more than half of the answers say yes / active partners.

    ``n``: partners that answered. A partner that did not answer counts as one that did not say yes.
    Weights change nothing: each partner counts once, and everyone of a partner weighs the same in its answer.
    """
    form, view, answer = subject.form, subject.view, plain(plan.answers[0])
    counts = form.moments.codes[answer].counts
    given = counts.sum(axis=0) * form.placed.active_partner
    agreeing = np.array(answer.codes) >= (plan.agrees_from or 0)
    yes = (2 * counts[agreeing].sum(axis=0) > given) & (given > 0)
    partners, intending = (
        view.level.add((given > 0).astype(np.float64)),
        view.level.add(yes.astype(np.float64)),
    )
    active = form.grid.active_partners(typed=False)
    share = np.divide(intending, active, out=np.full(len(active), np.nan), where=active > 0)
    states = np.where(active > 0, subject.states(partners, plan), STATES["no_population"])
    risk = subject.risk(given, partners - intending, intending, partners < 0, 1)
    yield subject.block(partners, bare(share, "plain"), risk, states, population=active)
