"""Figures of what the communities' files say: money, kinds of partners, milestones.

Money is given as a ratio, never as an amount: from an amount a partner could subtract its own. Behind a ratio
are the partners, the largest of them by its part of the money.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from lcmonitor.indicators.estimate import STATES, bare
from lcmonitor.indicators.form import View
from lcmonitor.indicators.grid import Cell, Grid
from lcmonitor.indicators.rows import NONE, Block, Label, Risk, Where, nothing, of_nobody
from lcmonitor.indicators.sums import Floats, Integers
from lcmonitor.programme.account import Milestone
from lcmonitor.programme.partners import COMPANIES, SMALL_COMPANIES

NAN = float("nan")


@dataclass(frozen=True)
class _Figure:
    """Of one community in one wave; ``state`` of STATES. ``partners`` NaN: it is about none of them."""

    n: float = 0
    population: float = NAN
    value: float = NAN
    state: str = "not_answered"
    partners: float = NAN
    top_share: float = NAN


def of_account(statistic: str, grid: Grid, view: View, label: Label) -> Iterator[Block]:
    """The figures of the cells that are shown, a block for each part."""
    cells = view.cell[view.shown]
    for part, figure in _FIGURES[statistic].items():
        found = [figure(grid.cells[cell]) for cell in cells]
        yield _block(found, grid, cells, replace(label, part=part))


def _block(found: Sequence[_Figure], grid: Grid, cell: Integers, label: Label) -> Block:
    size, none = len(found), np.full(len(found), NONE)
    return Block(
        label=label,
        where=Where(grid.community[cell], grid.wave[cell], none, none),
        n=_column(found, "n"),
        population=_column(found, "population"),
        estimate=bare(_column(found, "value"), "count"),
        reference=nothing(size),
        effect=nothing(size),
        p=nothing(size),
        state=np.array([STATES[one.state] for one in found], dtype=np.int8),
        risk=_risk(found),
        communities=np.ones(size),
    )


def _column(found: Sequence[_Figure], name: str) -> Floats:
    return np.array([getattr(one, name) for one in found], dtype=np.float64)


def _risk(found: Sequence[_Figure]) -> Risk:
    one = np.ones(len(found))  # of which the largest partner's part is a share
    partners, largest = _column(found, "partners"), np.nan_to_num(_column(found, "top_share"))
    return replace(of_nobody(len(found)), partners=partners, known=one, largest=largest)


def _cofunding(cell: Cell) -> _Figure:
    """Realised / committed, in cash and in kind, of the partners of whom both are known."""
    given = [
        (each.committed, each.realised)
        for partner in cell.community.partners
        if partner.joined_by(cell.wave.closes)
        and (each := partner.contribution_on(cell.wave.closes)).committed is not None
    ]
    both = [(committed, realised) for committed, realised in given if committed and realised is not None]
    if not both:
        return _Figure(population=len(given))
    committed, realised = ([pair[at] for pair in both] for at in (0, 1))
    top = max(_largest(committed), _largest(realised))
    value = sum(realised) / sum(committed)
    return _Figure(len(both), len(given), value, "computed", len(both), top)


def _private_share(cell: Cell) -> _Figure:
    """Of what was realised: the part of companies. They and the others must each keep the rules."""
    given: Mapping[bool, list[float]] = {True: [], False: []}
    for partner in cell.community.partners:
        realised = partner.contribution_on(cell.wave.closes).realised
        if realised and partner.joined_by(cell.wave.closes):
            given[partner.type in COMPANIES].append(realised)
    sides = [side for side in given.values() if side]
    if not sides:
        return _Figure()
    n, whole = sum(map(len, sides)), sum(map(sum, sides))
    fewest, top = min(map(len, sides)), max(map(_largest, sides))
    return _Figure(n, n, sum(given[True]) / whole, "computed", fewest, top)


def _largest(amounts: Sequence[float]) -> float:
    return max(amounts) / sum(amounts) if sum(amounts) else 0.0


def _sme_share(cell: Cell) -> _Figure:
    """Small and medium-sized companies, the self-employed among them / companies."""
    kinds = [partner.type for partner in cell.community.partners_on(cell.wave.closes)]
    companies = sum(kind in COMPANIES for kind in kinds)
    small = sum(kind in SMALL_COMPANIES for kind in kinds)
    if not companies:
        return _Figure(population=len(kinds), state="not_applicable")
    return _Figure(companies, len(kinds), small / companies, "computed")


def _done(cell: Cell) -> _Figure:
    return _of_due(cell, sum(each.done_in_time(cell.wave.closes) for each in _due(cell)))


def _moved(cell: Cell) -> _Figure:
    day = cell.wave.closes
    late = [each for each in _due(cell) if not each.done_in_time(day) and not each.dropped_by(day)]
    return _of_due(cell, sum(each.moved_by(day) for each in late))


def _dropped(cell: Cell) -> _Figure:
    day = cell.wave.closes
    return _of_due(cell, sum(each.dropped_by(day) and not each.done_in_time(day) for each in _due(cell)))


def _due(cell: Cell) -> list[Milestone]:
    return [each for each in cell.community.milestones if each.due <= cell.wave.closes]


def _of_due(cell: Cell, count: int) -> _Figure:
    """``n``: milestones that were due, as first planned; ``population``: all."""
    due, all_ = len(_due(cell)), len(cell.community.milestones)
    if not due:
        return _Figure(population=all_, state="not_applicable" if all_ else "not_answered")
    return _Figure(due, all_, count / due, "computed")


_FIGURES: Mapping[str, Mapping[str, Callable[[Cell], _Figure]]] = {
    "cofunding": {"": _cofunding},
    "private_share": {"": _private_share},
    "sme_share": {"": _sme_share},
    "milestones": {"": _done, "moved": _moved, "dropped": _dropped},
}
