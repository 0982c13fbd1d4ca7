"""Mean and standard error of many groups, beside a peer that is published: linear in the groups.

The shape is that of a question to ``srvyr`` (26 × 26 × 10 groups of 50,000 rows: 84.76 s published). ``svy``
is measured in the same run where it is installed; on fewer groups, as its time grows with their square.
"""

import importlib
import importlib.util
from collections.abc import Iterator
from functools import partial
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from lcmonitor.indicators import means
from lcmonitor.indicators.engine import Engine
from lcmonitor.indicators.moments import Wanted
from lcmonitor.indicators.plans import Answer, Score
from tests.bench.measurement import Measurement, best_of

ROWS = 50_000
SIZES = {338: (26, 13, 1), 676: (26, 26, 1), 6_755: (26, 26, 10)}  # the last with groups that nobody is in
SCORE = Score((Answer("one", (1, 2, 3, 4, 5)), Answer("two", (1, 2, 3, 4, 5))), None)


def measure() -> Iterator[Measurement]:
    """Seconds; of all groups also as a ratio to those of a tenth of them, on the same rows."""
    table = _table()
    taken = {}
    for groups, sizes in SIZES.items():
        with duckdb.connect() as connection:
            connection.register("given", _grouped(table, sizes))
            connection.execute("CREATE TABLE responses_participant AS FROM given")
            taken[groups] = best_of(3, partial(_ours, connection))
        peer = _peer(_grouped(table, sizes)) if groups < 1000 else None
        note = f"svy {peer:.2f} s" if peer else ""
        yield Measurement(
            f"mean and error of {groups:,} groups of {ROWS:,} rows", taken[groups], 2, note=note
        )
    most, fewer = taken[6_755], taken[676]
    yield Measurement("  ten times the groups, of the same rows", most, 20, fewer)


def _ours(connection: Any) -> None:
    engine = Engine(connection, "participant")
    wanted = Wanted(scores=(SCORE,))
    sums = engine.moments(wanted, engine.query(wanted)).scores[SCORE]
    found = means.mean(sums.n, sums.total, sums.squares, np.full(len(sums.n), np.nan), SCORE.units)
    assert np.isfinite(found.value[sums.n > 0]).all()


def _table() -> dict[str, Any]:
    random = np.random.default_rng(1)
    columns = {name: random.integers(0, 1 << 30, ROWS) for name in ("community", "wave", "partner")}
    return columns | {name: random.integers(1, 6, ROWS).astype(np.int8) for name in ("one", "two")}


def _grouped(table: dict[str, Any], sizes: tuple[int, int, int]) -> pa.Table:
    names = {
        name: pa.array([f"{name[0]}{each:02d}" for each in table[name] % size])
        for name, size in zip(("community", "wave", "partner"), sizes, strict=True)
    }
    answers = {name: pa.array(table[name]) for name in ("one", "two")}
    return pa.table({**names, **answers, "completeness": pa.array(["complete"] * ROWS)})


def _peer(table: pa.Table) -> float | None:
    """Seconds of svy for the same means; None where it is not installed."""
    if importlib.util.find_spec("svy") is None or importlib.util.find_spec("polars") is None:
        return None
    svy, polars = importlib.import_module("svy"), importlib.import_module("polars")
    frame = polars.from_arrow(table).with_columns(
        score=(polars.col("one") + polars.col("two")) / 2,
        group=polars.concat_str("community", "wave", "partner"),
        weight=polars.lit(1.0),
    )
    sample = svy.Sample(frame, svy.Design(wgt="weight"))
    return best_of(1, lambda: sample.estimation.mean("score", by="group"))
