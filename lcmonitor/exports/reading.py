"""Read an export, by its content."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from lcmonitor.errors import Message
from lcmonitor.exports import container
from lcmonitor.exports.assembling import assemble
from lcmonitor.exports.grid import Grid
from lcmonitor.exports.headless import is_headless
from lcmonitor.exports.layout import Layout
from lcmonitor.exports.limits import LIMITS, Limits
from lcmonitor.exports.registry import JOINS, READERS
from lcmonitor.exports.table import RawTable


def parse(name: str, data: bytes, limits: Limits = LIMITS) -> RawTable:
    """Read an export in this process; ``name`` is only what errors call it. Raises ExportError."""
    grids = container.grids(name, data, limits)
    for join in JOINS:
        grids = join(grids)
    grid, layout = _chosen(grids)
    return assemble(grid, layout, hashlib.sha256(data).hexdigest())


def _chosen(grids: list[Grid]) -> tuple[Grid, Layout]:
    """The one table that a tool's reader knows, or the only one that there is.

    Raises ExportError: LCM-123 several, and no tool's mark; LCM-131 no headings; LCM-141 several with
    responses.
    """
    found = [_laid_out(grid) for grid in grids]
    known = [pair for pair in found if pair[1].tool != "generic"]
    if len(known) > 1:
        raise grids[0].refused("LCM-141", tables=_names(grid for grid, _ in known))
    if not known and len(grids) > 1:
        raise grids[0].refused("LCM-123", sheets=_names(grids))
    chosen = (known or found)[0]
    if not known and is_headless(chosen[0]):
        raise chosen[0].refused("LCM-131")
    unread = [grid for grid, pair in zip(grids, found, strict=True) if pair is not chosen]
    return _with_unread(chosen[0], unread), chosen[1]


def _with_unread(grid: Grid, others: list[Grid]) -> Grid:
    if not others:
        return grid
    unread = Message("LCM-144", grid.name, {"table": grid.sheet, "tables": _names(others)})
    return replace(grid, remarks=(*grid.remarks, unread))


def _names(grids: Iterable[Grid]) -> str:
    return ", ".join(grid.sheet for grid in grids)


def _laid_out(grid: Grid) -> tuple[Grid, Layout]:
    """A table that no tool's reader knows may have a title above it."""
    layout = _layout(grid)
    inner = grid.below_title() if layout.tool == "generic" else None
    return (inner, _layout(inner)) if inner else (grid, layout)


def _layout(grid: Grid) -> Layout:
    return next(layout for reader in READERS.values() if (layout := reader(grid)))
