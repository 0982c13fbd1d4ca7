"""Over all communities: counts that add up, and ratios of what they count. No sample, so no interval."""

from collections.abc import Callable, Mapping
from functools import partial

import numpy as np

from lcmonitor.indicators.estimate import Estimate, bare
from lcmonitor.indicators.rows import Block
from lcmonitor.indicators.sums import Floats, Level


def _sum(block: Block, level: Level) -> Estimate:
    return bare(level.add(np.nan_to_num(block.estimate.value)), "count")


def _counted(block: Block, level: Level) -> Estimate:
    """People and partners themselves add up, exactly."""
    population = level.add(np.nan_to_num(block.population))
    rate = np.divide(level.add(block.n), population, out=np.full(level.size, np.nan), where=population > 0)
    return bare(rate, "count")


def _pooled(block: Block, level: Level) -> Estimate:
    return _ratio(block, level, block.n)


def _of_population(block: Block, level: Level) -> Estimate:
    return _ratio(block, level, block.population)


def _mean(block: Block, level: Level) -> Estimate:
    return _ratio(block, level, np.ones(len(block.n)))


def _ratio(block: Block, level: Level, of: Floats) -> Estimate:
    """Of what people answered no count, so that a later edition is set against an earlier one."""
    base, value = level.add(np.nan_to_num(of)), level.add(np.nan_to_num(block.estimate.value * of))
    answered = block.label.statistic in ("intention", "quality")
    ratio = np.divide(value, base, out=np.full(level.size, np.nan), where=base > 0)
    return bare(ratio, "plain" if answered else "count")


_MADE: Mapping[str, Callable[[Block, Level], Estimate]] = {
    "response": _counted,
    "coverage": _counted,
    "attendance": _counted,
    "retention": _counted,
    "reach": _sum,
    "records": _sum,
    "record_share": _pooled,
    "intention": _of_population,
    "milestones": _pooled,
    "sme_share": _pooled,
    "cofunding": _mean,
    "private_share": _mean,
    "representativeness": _mean,
    "quality": _mean,
}


def made_together(block: Block) -> Callable[[Level], Estimate] | None:
    """How the block's rows make one figure; None: as a mean of communities, with its interval."""
    made = _MADE.get(block.label.statistic)
    return partial(made, block) if made else None
