"""Read an export, by its content."""

import hashlib

from lcmonitor.exports import container
from lcmonitor.exports.assembling import assemble
from lcmonitor.exports.grid import Grid
from lcmonitor.exports.layout import Layout
from lcmonitor.exports.limits import LIMITS, Limits
from lcmonitor.exports.registry import READERS
from lcmonitor.exports.table import RawTable


def parse(name: str, data: bytes, limits: Limits = LIMITS) -> RawTable:
    """Read an export in this process; ``name`` is only what errors call it. Raises ExportError."""
    grid, layout = _chosen(container.grids(name, data, limits))
    return assemble(grid, layout, hashlib.sha256(data).hexdigest())


def _chosen(grids: list[Grid]) -> tuple[Grid, Layout]:
    """The first sheet that a tool's reader knows. Raises ExportError LCM-123: several, and no tool's mark."""
    found = [_laid_out(grid) for grid in grids]
    known = [pair for pair in found if pair[1].tool != "generic"]
    if not known and len(grids) > 1:
        names = ", ".join(grid.sheet for grid in grids)
        raise grids[0].refused("LCM-123", sheets=names)
    return (known or found)[0]


def _laid_out(grid: Grid) -> tuple[Grid, Layout]:
    """A table that no tool's reader knows may have a title above it."""
    layout = _layout(grid)
    inner = grid.below_title() if layout.tool == "generic" else None
    return (inner, _layout(inner)) if inner else (grid, layout)


def _layout(grid: Grid) -> Layout:
    return next(layout for reader in READERS.values() if (layout := reader(grid)))
