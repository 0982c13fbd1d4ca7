"""All figures of a programme: responses in a store -> IndicatorTable."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain, islice
from typing import Any

import numpy as np

from lcmonitor.indicators import assembly, association, moments, panel, quality, together
from lcmonitor.indicators.engine import OWN, Engine, form_table
from lcmonitor.indicators.estimate import Mask
from lcmonitor.indicators.form import Asked, followed, read_form, wanted
from lcmonitor.indicators.grid import Grid, grid
from lcmonitor.indicators.network import NEEDED
from lcmonitor.indicators.rows import Block
from lcmonitor.indicators.study import Study
from lcmonitor.indicators.table import IndicatorTable
from lcmonitor.programme.load import Setup

_TOGETHER = "association"  # made of the means of others, and of a reading of its own
_TYPES = {"scale": "int8", "number": "float64"}


def everything(table: IndicatorTable) -> Mask:
    """No row is left out of the figures across communities."""
    return np.ones(len(table.rows), dtype=bool)


def foresee(setup: Setup) -> None:
    """Make the long queries before there are responses; making one takes longer than running it.

    They are those of tables in which every question was answered; others are made when they are needed.
    """
    cells, all_asked = grid(setup), _asked(setup)
    for name in sorted({form for book in cells.codebooks for form in book.forms}):
        table = form_table(name, OWN | _items(name, cells))
        asked = [each for each in all_asked if each.indicator.form == name]
        paired = [each for each in asked if each.indicator.statistic == _TOGETHER]
        single = _of_responses([each for each in asked if each not in paired], name)
        moments.moments(table, wanted(single, cells))
        panel.pairs(table, followed(single, cells), cells.waves)
        if scores := together.scores_of(paired, cells):
            moments.scores(table, scores)
        if any(each.indicator.statistic == "quality" for each in asked):
            quality.query(quality.scaled(cells, name), table)


def _items(form: str, cells: Grid) -> dict[str, str]:
    """Questions of a form that are computed with, and the types of their columns."""
    books = (book for book in cells.codebooks if form in book.forms and not book.forms[form].roster)
    kinds = {code: book.items[code].type for book in books for code in book.forms[form].asked}
    return {code: _TYPES[kind] for code, kind in kinds.items() if kind in _TYPES}


def compute(
    connection: Any, setup: Setup, visible: Callable[[IndicatorTable], Mask] = everything
) -> IndicatorTable:
    """Every indicator of the instrument: per community × wave, by partner type where asked, then across.

    ``connection``: of DuckDB, with the tables ``responses_<form>``; nothing is written to it. Waves in which
    nothing came in have no rows. ``visible``: of the communities' rows, those that go into figures across
    them; a figure that holds a community which may not be shown would give it away.
    """
    cells, all_asked = grid(setup), _asked(setup)
    asked = [each for each in all_asked if each.indicator.statistic != _TOGETHER]
    paired = [each for each in all_asked if each.indicator.statistic == _TOGETHER]
    with ThreadPoolExecutor() as beside:
        sums = {
            name: beside.submit(
                together.read,
                Engine(connection, name),
                [e for e in paired if e.indicator.form == name],
                cells,
            )
            for name in sorted({each.indicator.form for each in paired})
        }
        forms = {
            name: read_form(connection, name, _of_responses(asked, name), cells, beside)
            for name in sorted({each.indicator.form for each in asked})
        }
        study = Study(cells, forms)
        values = [study.within(each) for each in asked]
        within = [[*its, *study.changes(each)] for each, its in zip(asked, values, strict=True)]
    blocks = list(chain.from_iterable(within))
    table = assembly.table(blocks, cells)
    seen = iter(_split(visible(table), blocks))
    masks = [list(islice(seen, len(its))) for its in within]
    across = [
        block
        for each, its, shown in zip(asked, within, masks, strict=True)
        for block in study.across(each, its, shown)
    ]
    for each in paired:
        means = association.standing(_means(each.indicator.form, asked, within, masks), cells)
        across += together.associations(each, cells, sums[each.indicator.form].result(), means)
    return assembly.extended(table, assembly.table(across, cells))


def _means(
    form: str, asked: Sequence[Asked], within: Sequence[Sequence[Block]], masks: Sequence[Sequence[Mask]]
) -> Mapping[str, list[tuple[Block, Mask]]]:
    """The means of whole communities on a form, by what they are of, and which of their rows are visible."""
    found: dict[str, list[tuple[Block, Mask]]] = {}
    for each, its, shown in zip(asked, within, masks, strict=True):
        if each.indicator.statistic == "mean" and each.indicator.form == form and each.indicator.of:
            found.setdefault(each.indicator.of, []).extend(
                pair for pair in zip(its, shown, strict=True) if association.is_whole(pair[0])
            )
    return found


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
