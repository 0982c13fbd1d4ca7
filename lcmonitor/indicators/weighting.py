"""Which respondents of a form weigh how much: the communities and waves in which weights can be made.

A form names variables of its partners. Everyone eligible counts by the partner's type and size at the close
of the wave, so all respondents of a partner weigh the same. Where all partners are of one kind there is
nothing to weigh.

There are no weights where a category, or a partner type, that has people has fewer respondents than a figure
needs: one that nobody answered cannot be raked, and one or two who speak for many would tell of themselves.
Nor where somebody does not say where they are from, or is of a partner that has left. So a community is
weighted only where the number of every type may be shown. Otherwise that it is not would tell that a type is
small, where it may be those of unknown organisation that hide the numbers.
Nor are there any where one of them would be what the weighted figure says: the others must weigh as much as
five of its respondents, so that its sum is one of ten at least, seen from each of them; and a quarter as much
as all of them, as hidden types must beside each other (``disclosure.within``).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from lcmonitor.indicators import weights
from lcmonitor.indicators.estimate import Mask
from lcmonitor.indicators.grid import Cell, Grid
from lcmonitor.indicators.sums import Floats, Integers, Level
from lcmonitor.indicators.weights import Margin
from lcmonitor.programme.partners import Partner

_TYPE = "partner_type"
_NEARLY = 1e-9
_OTHERS = 0.25  # of the weight of a category: that of all others, at least
People = Sequence[tuple[Partner, float]]  # of each partner how many could answer; NaN: not known


@dataclass(frozen=True, eq=False)
class Weighting:
    """Weights of the engine's groups. ``asked``, ``made``: cells that should be weighted, and that are."""

    level: Level  # groups -> weighted cells
    each: Floats  # of one respondent; 0 where there are none
    rows: Floats  # respondents, whatever they answered
    asked: Mask
    made: Mask


def weigh(form: str, grid: Grid, cells: Level, groups: pa.Table, rows: Floats) -> Weighting | None:
    """None: no codebook has weights for the form. ``rows``: usable responses of each group."""
    variables = [_variables(cell, form) for cell in grid.cells]
    asked = np.array([bool(each) for each in variables], dtype=bool)
    if not asked.any():
        return None
    partners = groups["partner"].to_pylist()
    each, made = np.zeros(len(rows)), np.zeros(grid.size, dtype=bool)
    for at, mine in _by_cell(cells, asked).items():
        people = _people(grid, at, form)
        several = [variable for variable in variables[at] if _differ(variable, people)]
        asked[at] = bool(several) or not people
        found = weights_of(several, people, [partners[group] for group in mine], rows[mine], grid.fewest)
        if found is not None:
            made[at], each[mine] = True, found
    level = Level(np.where(made[cells.bins] & (cells.bins >= 0), cells.bins, -1), grid.size)
    return Weighting(level, each, rows, asked, made)


def _variables(cell: Cell, form: str) -> tuple[str, ...]:
    return cell.codebook.forms[form].weights if form in cell.codebook.forms else ()


def _by_cell(cells: Level, asked: Mask) -> Mapping[int, Integers]:
    chosen = np.flatnonzero((cells.bins >= 0) & asked[cells.bins])
    order = chosen[np.argsort(cells.bins[chosen], kind="stable")]
    found, starts = np.unique(cells.bins[order], return_index=True)
    return dict(zip(found.tolist(), np.split(order, starts[1:]), strict=True))


def _people(grid: Grid, at: int, form: str) -> People:
    cell = grid.cells[at]
    active = grid.active[cell.community.id, cell.wave.id]
    return [(partner, grid.eligible(cell, partner, form)) for partner in active]


def _differ(variable: str, people: People) -> bool:
    return len({_kind(variable, partner) for partner, number in people if number != 0}) > 1


def weights_of(
    variables: Sequence[str], people: People, partners: Sequence[str | None], rows: Floats, fewest: int
) -> Floats | None:
    """Of the respondents of each group of one cell."""
    if not variables or not rows.sum() or np.isnan([number for _, number in people]).any():
        return None
    beside = [_TYPE] if _TYPE not in variables and _differ(_TYPE, people) else []
    margins = [_margin(each, people, partners, rows, fewest) for each in (*variables, *beside)]
    strata = [margin for margin in margins if margin]
    found = weights.raked(rows, strata[: len(variables)]) if len(strata) == len(margins) else None
    each = None if found is None else weights.trimmed(found, rows)
    return each if each is not None and all(_leaves_open(m, each, rows, fewest) for m in strata) else None


def _leaves_open(margin: Margin, each: Floats, rows: Floats, fewest: int) -> bool:
    """Whether no category is most of what the weighted sum tells."""
    weight = np.bincount(margin.category, each * rows, len(margin.people))
    heaviest = np.zeros(len(weight))
    np.maximum.at(heaviest, margin.category, each)
    least = np.maximum(fewest * heaviest, _OTHERS * weight)
    return bool(np.all(weight.sum() - weight >= least - _NEARLY * weight.sum()))


def _margin(
    variable: str, people: People, partners: Sequence[str | None], rows: Floats, fewest: int
) -> Margin | None:
    """None: of a category too few answered, or too many, or somebody's is not known."""
    kinds = sorted({_kind(variable, partner) for partner, _ in people})
    places = {partner.id: kinds.index(_kind(variable, partner)) for partner, _ in people}
    category = np.array([places.get(name or "", -1) for name in partners], dtype=np.intp)
    eligible = np.bincount(list(places.values()), [number for _, number in people], len(kinds))
    answered = np.bincount(category + 1, rows, len(kinds) + 1)
    least = np.where(eligible > 0, fewest, 0)
    if answered[0] or np.any((answered[1:] < least) | (answered[1:] > eligible)):
        return None
    return Margin(np.maximum(category, 0), eligible.astype(np.float64))


def _kind(variable: str, partner: Partner) -> str:
    return partner.type if variable == _TYPE else partner.size or ""
