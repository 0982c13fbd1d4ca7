"""What a community experiences, set against its own ambition of before the wave."""

from dataclasses import replace

import numpy as np

from lcmonitor.indicators.estimate import STATES
from lcmonitor.indicators.rows import Block


def distance(means: Block) -> Block:
    """Mean − ambition (``reference``); the ambition is a fixed number, so the interval only moves."""
    without = np.isnan(means.reference) & (means.state == STATES["computed"])
    return replace(
        means,
        label=replace(means.label, measure="ambition"),
        estimate=means.estimate.shifted(means.reference),
        state=np.where(without, STATES["not_applicable"], means.state),
    )
