"""Every figure of a large programme, with interval and disclosure control, beside DuckDB's bare sums."""

import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from lcmonitor.disclosure.released import may_be_shown, release
from lcmonitor.indicators import moments, panel
from lcmonitor.indicators.compute import compute
from lcmonitor.intake.responses import Missing
from lcmonitor.programme.load import Setup
from lcmonitor.store.file import Connection
from lcmonitor.store.store import reading
from tests.bench import simulated
from tests.bench.measurement import Measurement, best_of

_GROUPS = "community, wave, partner"
_USABLE = "FROM responses_participant WHERE completeness <> 'break_off'"


def measure() -> Iterator[Measurement]:
    """Seconds of compute and release, with the making of their SQL, over seconds of the bare aggregation.

    The floor holds what the figures are made of, written by hand: per community, wave and partner the
    complete and partial responses; of every construct's score n, sum, sum of squares, both ends and who
    agrees; of every item each code's count; of every construct the n, sums, squares, products and agreement
    of those who answered in a wave and in the one before it. It reads the same file by the same connection
    and threads, and gives what the statistics would start from: Arrow columns.
    """
    with tempfile.TemporaryDirectory() as folder:
        setup, store = simulated.setup(Path(folder)), Path(folder) / "store.duckdb"
        simulated.fill(store)
        with reading(store) as opened:
            connection = opened.connection
            floor, seconds = _by_turns(lambda: _floor(connection), lambda: _figures(connection, setup))
            both = simulated.setup(Path(folder), together=True)
            whole = best_of(2, lambda: _figures(connection, both))
    what = f"indicators of {simulated.ROWS:,} x {len(simulated.ITEMS)}, released"
    yield Measurement(what, seconds, 3, floor)
    yield Measurement("  and what goes together, 8 x 6 constructs", whole, 10)


def _by_turns(*actions: Callable[[], None]) -> list[float]:
    """The shortest of several runs of each, in seconds; by turns, so that a busy minute falls on all."""
    rounds = [[best_of(1, action) for action in actions] for _ in range(5)]
    return [min(taken) for taken in zip(*rounds, strict=True)]


def _figures(connection: Connection, setup: Setup) -> None:
    """As pipeline.compute and pipeline.release do it in a new process."""
    for query in (moments.moments, panel.pairs, moments.gaps):
        query.cache_clear()
    privacy = setup.programme.privacy
    table = compute(connection, setup, lambda rows: may_be_shown(rows, privacy))
    release(table, privacy)


def _floor(connection: Connection) -> None:
    for query in (_sums(), _pairs()):
        connection.sql(query).to_arrow_table()


def _sums() -> str:
    columns = [f"count_if(completeness = '{kind}')" for kind in ("complete", "partial")]
    columns += [
        f"count({name}), sum({name}::DOUBLE), sum({name}::DOUBLE * {name}), count_if({name} = 6),"
        f" count_if({name} = 30), count_if({name} >= {6 * simulated.AGREES_FROM})"
        for name in simulated.CONSTRUCTS
    ]
    columns += [f"count_if({item} = {code})" for item in simulated.ITEMS for code in simulated.CODES]
    return f"SELECT {_GROUPS}, {', '.join(columns)} FROM (SELECT *, {_scores()} {_USABLE}) GROUP BY ALL"


def _pairs() -> str:
    both = ", ".join(
        f"later.{name}::DOUBLE + earlier.{name} * 0 AS now_{name},"
        f" earlier.{name}::DOUBLE + later.{name} * 0 AS then_{name}"
        for name in simulated.CONSTRUCTS
    )
    line = 6 * simulated.AGREES_FROM
    columns = ", ".join(
        f"count(now_{name}), sum(now_{name}), sum(now_{name} * now_{name}), sum(then_{name}),"
        f" sum(then_{name} * then_{name}), sum(now_{name} * then_{name}), count_if(now_{name} >= {line}),"
        f" count_if(then_{name} >= {line}), count_if(now_{name} >= {line} AND then_{name} >= {line})"
        for name in simulated.CONSTRUCTS
    )
    return f"""WITH scored AS MATERIALIZED (
        SELECT {_GROUPS}, panel_key, right(wave, 1)::INTEGER AS turn, {_scores()}
        {_USABLE} AND panel_key IS NOT NULL)
    SELECT {_GROUPS}, {columns} FROM (
        SELECT later.community, later.wave, later.partner, {both} FROM scored later JOIN scored earlier
        ON later.community = earlier.community AND later.turn = earlier.turn + 1
        AND later.panel_key = earlier.panel_key
    ) GROUP BY ALL"""


def _scores() -> str:
    return ", ".join(f"{_score(items)} AS {name}" for name, items in simulated.CONSTRUCTS.items())


def _score(items: Sequence[str]) -> str:
    """The mean in sixths of a point: of one, two or three answers a whole number. Half must be answered."""
    given = [f"{item} > {max(Missing):d}" for item in items]
    answered = " + ".join(f"({one})::TINYINT" for one in given)
    values = zip(given, map(_turned, items), strict=True)
    total = " + ".join(f"CASE WHEN {one} THEN {value} ELSE 0 END" for one, value in values)
    enough = range((len(items) + 1) // 2, len(items) + 1)
    cases = " ".join(f"WHEN {n} THEN ({total}) * {6 // n}::SMALLINT" for n in enough)
    return f"CASE {answered} {cases} END"


def _turned(item: str) -> str:
    return f"6 - {item}" if item in simulated.REVERSED else item
