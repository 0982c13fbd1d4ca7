"""Who belongs to a community, comes to its meetings and stays: from its file, and from who answers again."""

from collections.abc import Iterator
from typing import get_args

import numpy as np

from lcmonitor.indicators.estimate import STATES, Codes, bare
from lcmonitor.indicators.grid import cells_of
from lcmonitor.indicators.response import rate_states
from lcmonitor.indicators.rows import Block, nothing
from lcmonitor.indicators.sums import Floats, Level
from lcmonitor.indicators.values import Subject
from lcmonitor.programme.partners import PartnerType

NORMALISED = "normalised"  # the part that is divided by the highest that K types allow
TYPES = len(get_args(PartnerType))  # K: those of the catalogue, whether a programme has them or not


def of_diversity(subject: Subject) -> Iterator[Block]:
    """Blau's 1 − Σ p² over the types of the active partners, also over 1 − 1/K. ``n`` counts partners."""
    grid = subject.form.grid
    counts = grid.active_partners(typed=True).reshape(grid.size, -1)
    n = grid.active_partners(typed=False)
    blau = np.where(n > 0, 1 - ((counts / np.maximum(n, 1)[:, None]) ** 2).sum(axis=1), np.nan)
    states = np.where(n > 0, STATES["computed"], STATES["no_population"]).astype(np.int8)
    for part, value in (("", blau), (NORMALISED, blau / (1 - 1 / TYPES))):
        yield _counted(subject, n, n, value, states, part)


def of_attendance(subject: Subject) -> Iterator[Block]:
    """Participants who came to at least half of what they were invited to / participants."""
    grid, people = subject.form.grid, subject.view.population
    came = grid.numbers(lambda cell: cell.community.attended.get(cell.wave.id))
    n = np.nan_to_num(came)
    states = np.where(np.isnan(came), STATES["not_asked"], rate_states(n, people)).astype(np.int8)
    yield _counted(subject, n, people, _rate(n, people), states)


def of_retention(subject: Subject) -> Iterator[Block]:
    """Persons who answered again / who answered in the wave before, of those that can be followed."""
    form = subject.form
    groups, sums = form.engine.returning(form.grid.waves)
    found = sums.at(Level(cells_of(groups, form.grid), form.grid.size))
    reasons = [form.responses == 0, form.versus < 0, found.before == 0]
    names = ("not_answered", "no_earlier_wave", "not_applicable")
    states = np.select(reasons, [STATES[name] for name in names], STATES["computed"]).astype(np.int8)
    yield _counted(subject, found.again, found.before, _rate(found.again, found.before), states)


def _rate(n: Floats, whole: Floats) -> Floats:
    return np.divide(n, whole, out=nothing(len(n)), where=whole >= np.maximum(n, 1))


def _counted(
    subject: Subject, n: Floats, population: Floats, value: Floats, states: Codes, part: str = ""
) -> Block:
    zero = np.zeros(len(n))
    nobody = np.zeros(len(subject.form.moments.groups))
    risk = subject.risk(nobody, zero, zero, zero > 0, 0)
    return subject.block(n, bare(value, "count"), risk, states, part, population)
