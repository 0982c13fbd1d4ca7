"""All figures of a programme: responses in a store -> IndicatorTable."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, islice
from typing import Any

import numpy as np

from lcmonitor.indicators import assembly
from lcmonitor.indicators.estimate import Mask
from lcmonitor.indicators.form import Asked, read_form
from lcmonitor.indicators.grid import grid
from lcmonitor.indicators.network import NEEDED
from lcmonitor.indicators.rows import Block
from lcmonitor.indicators.study import Study
from lcmonitor.indicators.table import IndicatorTable
from lcmonitor.programme.load import Setup


def everything(table: IndicatorTable) -> Mask:
    """No row is left out of the figures across communities."""
    return np.ones(len(table.rows), dtype=bool)


def compute(
    connection: Any, setup: Setup, visible: Callable[[IndicatorTable], Mask] = everything
) -> IndicatorTable:
    """Every indicator of the instrument: per community × wave, by partner type where asked, then across.

    ``connection``: of DuckDB, with the tables ``responses_<form>``; nothing is written to it. Waves in which
    nothing came in have no rows. ``visible``: of the communities' rows, those that go into figures across
    them; a figure that holds a community which may not be shown would give it away.
    """
    cells, asked = grid(setup), _asked(setup)
    with ThreadPoolExecutor() as beside:
        forms = {
            name: read_form(connection, name, _of_responses(asked, name), cells, beside)
            for name in sorted({each.indicator.form for each in asked})
        }
        study = Study(cells, forms)
        values = [study.within(each) for each in asked]
        within = [[*its, *study.changes(each)] for each, its in zip(asked, values, strict=True)]
    blocks = list(chain.from_iterable(within))
    seen = iter(_split(visible(assembly.table(blocks, cells)), blocks))
    for each, its in zip(asked, within, strict=True):
        blocks += study.across(each, its, list(islice(seen, len(its))))
    return assembly.table(blocks, cells)


def _of_responses(asked: Sequence[Asked], form: str) -> list[Asked]:
    """The indicators of a form that are made of each response by itself; ties have a query of their own."""
    mine = (each for each in asked if each.indicator.form == form)
    return [each for each in mine if each.indicator.statistic not in NEEDED]


def _split(rows: Mask, blocks: Sequence[Block]) -> list[Mask]:
    ends = np.cumsum([len(block.n) for block in blocks])
    return np.split(rows, ends[:-1])


def _asked(setup: Setup) -> list[Asked]:
    instrument = setup.instrument
    common = [Asked(name, indicator, None) for name, indicator in instrument.indicators.items()]
    return common + [
        Asked(name, indicator, sector)
        for sector, indicators in instrument.sector_indicators.items()
        for name, indicator in indicators.items()
    ]
