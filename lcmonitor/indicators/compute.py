"""All figures of a programme: responses in a store -> IndicatorTable."""

from typing import Any

from lcmonitor.indicators import assembly
from lcmonitor.indicators.form import Asked, read_form
from lcmonitor.indicators.grid import grid
from lcmonitor.indicators.study import Study
from lcmonitor.indicators.table import IndicatorTable
from lcmonitor.programme.load import Setup


def compute(connection: Any, setup: Setup) -> IndicatorTable:
    """Every indicator of the instrument: per community × wave, by partner type where asked, and across.

    ``connection``: of DuckDB, with the tables ``responses_<form>``; nothing is written to it. Waves in which
    nothing came in have no rows.
    """
    cells, asked = grid(setup), _asked(setup)
    forms = {
        name: read_form(connection, name, [each for each in asked if each.indicator.form == name], cells)
        for name in sorted({each.indicator.form for each in asked})
    }
    study = Study(cells, forms)
    return assembly.table([block for each in asked for block in study.blocks(each)], cells)


def _asked(setup: Setup) -> list[Asked]:
    instrument = setup.instrument
    common = [Asked(name, indicator, None) for name, indicator in instrument.indicators.items()]
    return common + [
        Asked(name, indicator, sector)
        for sector, indicators in instrument.sector_indicators.items()
        for name, indicator in indicators.items()
    ]
