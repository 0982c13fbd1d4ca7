"""How far the mix of those who answered is from that of those who could: ``½ Σ |p − q|`` over partner types.

0: the same mix. The respondents of unknown organisation are left out.
"""

from collections.abc import Iterator

import numpy as np

from lcmonitor.indicators import balance
from lcmonitor.indicators.estimate import STATES, bare
from lcmonitor.indicators.rows import Block, of_nobody
from lcmonitor.indicators.sums import Floats
from lcmonitor.indicators.values import Subject


def of_representativeness(subject: Subject) -> Iterator[Block]:
    """``n``: respondents of a known organisation."""
    form, grid = subject.form, subject.form.grid
    sums = form.moments.responses
    answered = form.placed.types.add(sums.complete + sums.partial).reshape(grid.size, -1).T
    people = grid.typed_population(form.name).reshape(grid.size, -1).T
    unknown = (np.isnan(people) & grid.present_types.reshape(grid.size, -1).T).any(axis=0)
    people = np.nan_to_num(people)
    gap = balance.distance(_shares(answered), _shares(people))
    n, known = answered.sum(axis=0), people.sum(axis=0)
    states = np.select(
        [form.responses == 0, unknown | (known == 0), np.any(answered > people, axis=0), n == 0],
        [
            STATES[name]
            for name in ("not_answered", "no_population", "population_too_small", "not_applicable")
        ],
        STATES["computed"],
    ).astype(np.int8)
    yield subject.block(n, bare(gap, "count"), of_nobody(grid.size), states, population=known)


def _shares(counts: Floats) -> Floats:
    whole = counts.sum(axis=0)
    shares: Floats = np.divide(counts, whole, out=np.full(counts.shape, np.nan), where=whole > 0)
    return shares
