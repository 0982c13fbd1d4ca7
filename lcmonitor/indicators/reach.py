"""Whom a community reached: each person and each organisation once, in the wave and since the beginning.

Persons are told apart by their panel key; who cannot be followed is not counted. Waves are never added up:
who answered in two of them would count twice.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
import pyarrow as pa

from lcmonitor.indicators import panel
from lcmonitor.indicators.estimate import STATES, bare
from lcmonitor.indicators.form import Form
from lcmonitor.indicators.grid import place
from lcmonitor.indicators.moments import Ask, FormTable, Query, reduced, usable
from lcmonitor.indicators.rows import Block, nothing, of_nobody
from lcmonitor.indicators.sums import Floats, Sums
from lcmonitor.indicators.values import Subject


@dataclass(frozen=True, eq=False)
class _People(Sums):
    n: Floats


def of_reach(subject: Subject) -> Iterator[Block]:
    """Persons in the wave and ever, then organisations; ``n`` is their number."""
    form = subject.form
    for kind, now, ever in (("persons", *_persons(form)), ("organisations", *_organisations(form))):
        yield _block(subject, now, ever, kind)
        yield _block(subject, ever, ever, f"{kind}_ever")


def _block(subject: Subject, n: Floats, ever: Floats, part: str) -> Block:
    came_in = np.where(subject.form.responses > 0, STATES["not_applicable"], STATES["not_answered"])
    states = np.where(ever > 0, STATES["computed"], came_in)
    unknown = nothing(len(n))  # how many there were to reach
    return subject.block(n, bare(n, "count"), of_nobody(len(n)), states, part, unknown)


def _persons(form: Form) -> tuple[Floats, Floats]:
    """Those with a key: in each cell, and in it or any before it."""
    if "panel_key" not in form.engine.columns:
        return np.zeros(form.grid.size), np.zeros(form.grid.size)
    now = _by_cell(form, *form.engine.reduced(_present))
    first = _by_cell(form, *form.engine.reduced(lambda table: _first(table, form.grid.waves)))
    return now, _so_far(form, first)


@cache
def _present(form: FormTable) -> Query:
    rows = usable(form, ("panel_key",))
    return reduced(rows, [Ask(_People, {"n": rows.panel_key.count()})])


def _first(form: FormTable, waves: tuple[str, ...]) -> Query:
    return panel.newcomers(form, waves, _People)


def _by_cell(form: Form, groups: pa.Table, values: list[_People]) -> Floats:
    return place(groups, form.grid).cells.add(values[0].n)


def _so_far(form: Form, first: Floats) -> Floats:
    added: Floats = np.cumsum(first.reshape(-1, len(form.grid.waves)), axis=1).reshape(-1)
    return added


def _organisations(form: Form) -> tuple[Floats, Floats]:
    """Organisations with a respondent; the engine's groups have each of them once a wave."""
    cells, waves = form.placed.cells, len(form.grid.waves)
    sums = form.moments.responses
    there = form.placed.known_partner & (sums.complete + sums.partial > 0) & (cells.bins >= 0)
    found = form.moments.groups["partner"].to_pylist()
    first = np.zeros(form.grid.size)
    seen: set[tuple[int, str]] = set()
    for at in sorted(np.flatnonzero(there).tolist(), key=lambda at: int(cells.bins[at])):
        who = (int(cells.bins[at]) // waves, found[at])
        first[cells.bins[at]] += who not in seen
        seen.add(who)
    return cells.add(there.astype(np.float64)), _so_far(form, first)
