"""Disclosure control of a large programme: communities, the sectors they are in, and all together."""

from collections.abc import Iterator

import pandas as pd

from lcmonitor.disclosure.released import release
from lcmonitor.indicators.table import IndicatorTable
from lcmonitor.programme.privacy import Privacy
from tests.bench.measurement import Measurement, best_of
from tests.disclosure.drawn import drawn

COMMUNITIES, SECTORS, INDICATORS = 400, 12, 120


def measure() -> Iterator[Measurement]:
    """Seconds for every family of a wave; one sector has two communities, so it has to be closed."""
    table, rules = _programme(), Privacy()
    what = f"release of {COMMUNITIES} communities in {SECTORS} sectors, {INDICATORS} indicators"
    yield Measurement(what, best_of(3, lambda: release(table, rules)), 1)


def _programme() -> IndicatorTable:
    sectors = [f"s{number:02}" for number in range(SECTORS)]
    names = [f"c{number:03}" for number in range(COMMUNITIES)]
    one = pd.concat([drawn("n\n20").rows] * (1 + SECTORS + COMMUNITIES), ignore_index=True)
    nowhere = [""] * (1 + SECTORS)
    one["community"] = [*nowhere, *names]
    one["group_by"] = ["", *["sector"] * SECTORS, *[""] * COMMUNITIES]
    one["group_value"] = ["", *sectors, *[""] * COMMUNITIES]
    one["sector"] = [*nowhere, *(sectors[at % SECTORS] for at in range(COMMUNITIES))]
    one["communities"] = [400.0, *[33.0] * (SECTORS - 1), 2.0, *[1.0] * COMMUNITIES]
    one["n"] = [8000.0, *[660.0] * SECTORS, *[20.0] * COMMUNITIES]
    rows = pd.concat([one.assign(indicator=f"i{at:03}") for at in range(INDICATORS)], ignore_index=True)
    texts = {name: "category" for name in rows.columns if rows[name].dtype.kind in "OU"}
    return IndicatorTable(rows.astype(texts))
