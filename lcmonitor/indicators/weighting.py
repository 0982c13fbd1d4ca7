"""Which respondents of a form weigh how much: the communities and waves in which weights can be made.

A form names variables of its partners. Everyone eligible counts by the partner's type and size at the close
of the wave, so all respondents of a partner weigh the same. Who does not say where they are from, or is of a
partner that has left, weighs as the average.

There are no weights where a category that has people has fewer respondents than a figure needs. One that
nobody answered cannot be raked; one or two who speak for many would tell of themselves. And that a community
is weighted would otherwise tell that a hidden number is not zero.
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


@dataclass(frozen=True, eq=False)
class Weighting:
    """Weights of the engine's groups. ``asked``, ``made``: cells that should be weighted, and that are."""

    level: Level  # groups -> weighted cells
    each: Floats  # of one respondent; 0 where there are none
    fitted: Floats  # before trimming
    rows: Floats  # respondents, whatever they answered
    margins: tuple[Level, ...]  # groups -> categories of one variable, of all cells
    asked: Mask
    made: Mask


def weigh(form: str, grid: Grid, cells: Level, groups: pa.Table, rows: Floats) -> Weighting | None:
    """None: no codebook has weights for the form. ``rows``: usable responses of each group."""
    variables = [_variables(cell, form) for cell in grid.cells]
    asked = np.array([bool(each) for each in variables], dtype=bool)
    if not asked.any():
        return None
    partners = groups["partner"].to_pylist()
    each, fitted, made = np.zeros(len(rows)), np.zeros(len(rows)), np.zeros(grid.size, dtype=bool)
    margins = [np.full(len(rows), -1) for _ in range(max(map(len, variables)))]
    sizes = [0] * len(margins)
    for at, mine in _by_cell(cells, asked).items():
        strata = _strata(grid, at, form, [partners[group] for group in mine], rows[mine])
        found = weights.raked(rows[mine], strata) if strata else None
        if found is None:
            continue
        made[at] = True
        fitted[mine], each[mine] = found, weights.trimmed(found, rows[mine])
        for place, margin in enumerate(strata):
            margins[place][mine] = margin.category + sizes[place]
            sizes[place] += len(margin.people)
    level = Level(np.where(made[cells.bins] & (cells.bins >= 0), cells.bins, -1), grid.size)
    categories = tuple(Level(bins, size) for bins, size in zip(margins, sizes, strict=True))
    return Weighting(level, each, fitted, rows, categories, asked, made)


def _variables(cell: Cell, form: str) -> tuple[str, ...]:
    return cell.codebook.forms[form].weights if form in cell.codebook.forms else ()


def _by_cell(cells: Level, asked: Mask) -> Mapping[int, Integers]:
    chosen = np.flatnonzero((cells.bins >= 0) & asked[cells.bins])
    order = chosen[np.argsort(cells.bins[chosen], kind="stable")]
    found, starts = np.unique(cells.bins[order], return_index=True)
    return dict(zip(found.tolist(), np.split(order, starts[1:]), strict=True))


def _strata(grid: Grid, at: int, form: str, partners: Sequence[str | None], rows: Floats) -> list[Margin]:
    """The margins of one cell; none: it has too few respondents of some category, or N is not known."""
    cell = grid.cells[at]
    active = grid.active[cell.community.id, cell.wave.id]
    people = [(partner, grid.eligible(cell, partner, form)) for partner in active]
    if not people or not rows.sum() or np.isnan([number for _, number in people]).any():
        return []
    found = [_margin(each, people, partners, rows, grid.fewest) for each in _variables(cell, form)]
    margins = [margin for margin in found if margin]
    return margins if len(margins) == len(found) else []


def _margin(
    variable: str,
    people: Sequence[tuple[Partner, float]],
    partners: Sequence[str | None],
    rows: Floats,
    fewest: int,
) -> Margin | None:
    """The last category is of those whose partner is not known; None: too few answered, or too many."""
    kinds = sorted({_kind(variable, partner) for partner, _ in people})
    places = {partner.id: kinds.index(_kind(variable, partner)) for partner, _ in people}
    category = np.array([places.get(name or "", len(kinds)) for name in partners], dtype=np.intp)
    eligible = np.bincount(list(places.values()), [number for _, number in people], len(kinds))
    answered = np.bincount(category, rows, len(kinds) + 1)
    least = np.where(eligible > 0, fewest, 0)
    if not eligible.sum() or np.any((answered[:-1] < least) | (answered[:-1] > eligible)):
        return None
    unknown = answered[-1] / answered.sum()
    return Margin(category, np.append(eligible * (1 - unknown), eligible.sum() * unknown))


def _kind(variable: str, partner: Partner) -> str:
    return partner.type if variable == "partner_type" else partner.size or ""
