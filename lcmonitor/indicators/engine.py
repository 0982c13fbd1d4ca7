"""Responses of one form in a store, and what the engine makes of them."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyarrow as pa

from lcmonitor.indicators import moments, panel, sums
from lcmonitor.indicators.moments import GROUP, FormTable, Query, Shape, Wanted
from lcmonitor.indicators.plans import Answer, Mix, Quantity, Score
from lcmonitor.indicators.sums import PairSums
from lcmonitor.intake.responses import TIES

_TYPES = {
    "VARCHAR": "string",
    "TINYINT": "int8",
    "DOUBLE": "float64",
    "TIMESTAMP": "timestamp",
}  # no other column is computed with
OWN = {  # of every form
    **dict.fromkeys(("community", "delivery", "wave", "response_id", "completeness"), "string"),
    **dict.fromkeys(("panel_key", "partner"), "string"),
    "submitted": "timestamp",
    "seconds": "float64",
}
# … but ties, which stand in a column of their own.
_OF_TIES = ((TIES, "array<struct<partner: string, item: string, code: int8>>"),)

_TEXTS = ("community", "wave", "rater", "rated", "item")
_TIES = pa.schema([*((name, pa.string()) for name in _TEXTS), ("code", pa.int8())])


@dataclass(frozen=True)
class Moments:
    """Groups (community, wave, partner or null) that have usable responses; sums in the same order."""

    groups: pa.Table
    responses: sums.ResponseSums
    scores: Mapping[Score, sums.ScoreSums]
    codes: Mapping[Answer, sums.CodeSums]
    quantities: Mapping[Quantity, sums.QuantitySums]
    mixes: Mapping[Mix, sums.MixSums]
    wholes: Mapping[Score, sums.WholeSums]


@dataclass(frozen=True)
class Pairs:
    """Groups of the later wave; sums over the persons who answered in both."""

    groups: pa.Table
    persons: sums.PersonSums
    sums: Mapping[Score | Quantity, PairSums]


@dataclass(frozen=True)
class Moved:
    """Groups of the later wave; persons whose score moved."""

    groups: pa.Table
    sums: Mapping[Score, sums.MovedSums]


@dataclass(frozen=True)
class Gaps:
    """Groups, and of each item how many were asked it and how many said that it does not apply."""

    groups: pa.Table
    items: Mapping[str, sums.GapSums]


def form_table(form: str, columns: Mapping[str, str]) -> FormTable:
    """The same one, and the same SQL, whichever export came in first."""
    return FormTable(f"responses_{form}", tuple(sorted(columns.items())))


class Engine:
    """The usable responses of one form; ``connection`` is DuckDB's."""

    def __init__(self, connection: Any, form: str) -> None:
        self._connection = connection
        found = connection.execute(
            "SELECT column_name, data_type FROM information_schema.columns WHERE table_name = ?",
            [f"responses_{form}"],
        ).fetchall()
        ((self._database,),) = connection.execute("SELECT current_database()").fetchall()
        self._form = form_table(form, {name: _TYPES[kind] for name, kind in found if kind in _TYPES})
        self._has_ties = TIES in (name for name, _ in found)

    @property
    def columns(self) -> frozenset[str]:
        """What the table holds; empty: nothing ever came in."""
        return frozenset(name for name, _ in self._form.columns)

    def query(self, wanted: Wanted) -> Query:
        """What ``moments`` runs."""
        return moments.moments(self._form, wanted)

    def moments(self, wanted: Wanted, query: Query) -> Moments:
        """One pass over the responses; ``query`` is that of ``wanted``."""
        groups, values = self._run(query)
        responses = next(values)
        return Moments(
            groups,
            responses,
            {score: next(values) for score in wanted.scores},
            {answer: next(values) for answer in wanted.codes},
            {quantity: next(values) for quantity in wanted.quantities},
            {mix: next(values) for mix in wanted.mixes},
            {score: next(values) for score in wanted.wholes},
        )

    def pairs(self, plans: tuple[Score | Quantity, ...], waves: tuple[str, ...]) -> Pairs:
        """Persons in a wave and in the last one before it; ``waves`` in their order."""
        if not plans or "panel_key" not in self.columns:
            return Pairs(_no_groups(), sums.PersonSums(np.zeros(0)), {})
        groups, values = self._run(panel.pairs(self._form, plans, waves))
        return Pairs(groups, next(values), dict(zip(plans, values, strict=True)))

    def moved(self, by: Mapping[Score, tuple[float, ...]], waves: tuple[str, ...]) -> Moved:
        """Whose score changed by more than ``by``, in units: for each earlier wave."""
        if not by or "panel_key" not in self.columns:
            return Moved(_no_groups(), {})
        groups, values = self._run(panel.moved(self._form, tuple(by), waves, tuple(by.values())))
        return Moved(groups, dict(zip(by, values, strict=True)))

    def scores(self, wanted: tuple[Score, ...]) -> pa.Table:
        """Community, wave and scores of every response, for what an engine sums slowly (see ``products``)."""
        return self._table(moments.scores(self._form, wanted))

    def gaps(self, items: tuple[str, ...]) -> Gaps:
        """Why there are no answers, of items that lack them somewhere."""
        if not items:
            return Gaps(_no_groups(), {})
        groups, values = self._run(moments.gaps(self._form, items))
        return Gaps(groups, dict(zip(items, values, strict=True)))

    def reduced(self, query: Callable[[FormTable], Query]) -> tuple[pa.Table, list[Any]]:
        """Groups, and what another query makes of them."""
        groups, values = self._run(query(self._form))
        return groups, list(values)

    def listed(self, columns: tuple[str, ...]) -> pa.Table:
        """The usable responses one by one: for a form of which there are few."""
        return self._table(moments.listed(self._form, columns))

    def returning(self, waves: tuple[str, ...]) -> tuple[pa.Table, sums.ReturnSums]:
        """Persons who are there again, by the later wave and without a partner; ``waves`` in their order."""
        groups, values = self._run(panel.returning(self._form, waves))
        return groups, next(values)

    def ties(self) -> pa.Table:
        """What each partner said of each other one: community, wave, rater, rated, item, code."""
        if not self._has_ties:
            return _TIES.empty_table()
        return self._table(moments.ties(replace(self._form, columns=(*self._form.columns, *_OF_TIES))))

    def _run(self, query: Query) -> tuple[pa.Table, Iterator[Any]]:
        result = self._reduced(query.sql)
        values = (_value(shape, at, result) for at, shape in enumerate(query.shapes))
        return result.select(list(GROUP)), values

    def _reduced(self, sql: str) -> pa.Table:
        # A relation reads its text again and binds it twice: of a long query as much work as running it.
        with self._cursor() as own:
            own.execute(f"CREATE TEMP TABLE reduced AS {sql}")
            return own.table("reduced").to_arrow_table()

    def _table(self, sql: str) -> pa.Table:
        with self._cursor() as own:
            return own.sql(sql).to_arrow_table()

    @contextmanager
    def _cursor(self) -> Iterator[Any]:
        """A connection runs one query at a time; a duplicate of it starts in another database."""
        with self._connection.cursor() as own:
            own.execute(f'USE "{self._database}"')
            yield own


def _no_groups() -> pa.Table:
    return pa.table({name: pa.array([], pa.string()) for name in GROUP})


def _value(shape: Shape, at: int, result: pa.Table) -> sums.Sums:
    return shape.kind(**{name: _field(f"{at}_{name}", rows, result) for name, rows in shape.fields})


def _field(name: str, rows: int | None, result: pa.Table) -> sums.Floats:
    if rows is None:
        return _array(result[name])
    return np.stack([_array(result[f"{name}_{row}"]) for row in range(rows)])


def _array(column: pa.ChunkedArray) -> sums.Floats:
    """A sum over nobody is null, and nothing."""
    numbers: sums.Floats = column.cast(pa.float64()).fill_null(0.0).to_numpy()
    return numbers
