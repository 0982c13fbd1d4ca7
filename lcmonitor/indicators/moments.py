"""The engine's part: responses of one form reduced to counts and sums per community × wave × partner.

Every sum is one of whole numbers or decimals, so the order in which an engine adds does not show in it.
The expressions are Ibis, so any engine that Ibis knows can run them; making SQL of many takes longer than
running it on a small store, so each is made once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, reduce
from operator import add, and_
from typing import Any

import ibis

from lcmonitor.indicators import sums
from lcmonitor.indicators.plans import Answer, Mix, Plan, Quantity, Score, items_of
from lcmonitor.intake.responses import TIES, Missing

Table = Any  # Ibis has no types that --strict can follow
Column = Any

GROUP = ("community", "wave", "partner")
# Selects stay apart: fused, an expression that is used often is written as often, and DuckDB runs each.
ibis.options.sql.fuse_selects = False
_ANSWERED = int(max(Missing))  # every answer code lies above it
DECIMAL = "decimal(38, 12)"


# Ibis is untyped, and the body is DuckDB's own function.
@ibis.udf.agg.builtin  # type: ignore[untyped-decorator]
def count_if(condition: bool) -> int:  # type: ignore[empty-body]
    """How many rows meet the condition; DuckDB takes seven times as long for COUNT(*) FILTER."""


NEVER = count_if(ibis.literal(False))


@dataclass(frozen=True)
class Wanted:
    """What the indicators of one form need."""

    scores: tuple[Score, ...] = ()
    codes: tuple[Answer, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    mixes: tuple[Mix, ...] = ()
    wholes: tuple[Score, ...] = ()


@dataclass(frozen=True)
class FormTable:
    """``responses_<form>``: its columns with their Ibis types."""

    name: str
    columns: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Shape:
    """What a query gives for one thing: ``fields`` with the number of rows; None: a single one."""

    kind: type[sums.Sums]
    fields: tuple[tuple[str, int | None], ...]


@dataclass(frozen=True)
class Query:
    """SQL that gives GROUP, then ``<place>_<field>`` or ``<place>_<field>_<row>`` for each shape."""

    sql: str
    shapes: tuple[Shape, ...]


@dataclass(frozen=True)
class Ask:
    """Aggregates that together make one value; a list of them makes a row each."""

    kind: type[sums.Sums]
    columns: Mapping[str, Column | list[Column]]

    @property
    def shape(self) -> Shape:
        rows = ((name, len(one) if isinstance(one, list) else None) for name, one in self.columns.items())
        return Shape(self.kind, tuple(rows))


@cache
def moments(form: FormTable, wanted: Wanted) -> Query:
    """One pass over the responses: how many, then what is wanted in its order."""
    plans: list[Plan] = [*wanted.scores, *wanted.quantities, *wanted.mixes, *wanted.wholes]
    rows = usable(form, {answer.item for answer in wanted.codes}.union(*(items_of(plan) for plan in plans)))
    rows = rows.mutate(**{f"score_{at}": score_of(rows, score) for at, score in enumerate(wanted.scores)})
    asks = [
        _completeness(rows),
        *(_score_sums(rows[f"score_{at}"], score) for at, score in enumerate(wanted.scores)),
        *(_code_sums(rows, answer) for answer in wanted.codes),
        *(_quantity_sums(rows[one.item]) for one in wanted.quantities),
        *(_mix_sums(rows, mix) for mix in wanted.mixes),
        *(_whole_sums(rows, score) for score in wanted.wholes),
    ]
    return reduced(rows, asks)


@cache
def gaps(form: FormTable, items: tuple[str, ...]) -> Query:
    """Why there are no answers: how many were asked, how many said that it does not apply."""
    rows = usable(form, items)
    return reduced(rows, [_gap_sums(rows[item]) for item in items])


@cache
def scores(form: FormTable, wanted: tuple[Score, ...]) -> str:
    """SQL: of every response its community, its wave, and its scores by their place; null for none."""
    rows = usable(form, {item for score in wanted for item in items_of(score)})
    numbers = {str(at): score_of(rows, score).cast("int32") for at, score in enumerate(wanted)}
    return _sql(rows.select("community", "wave", **numbers))


@cache
def listed(form: FormTable, columns: tuple[str, ...]) -> str:
    """SQL: the usable responses one by one, oldest first in each wave."""
    rows = usable(form, columns)
    order = [name for name in ("submitted", "response_id") if name in rows.columns]
    chosen = rows.order_by("community", "wave", *order).select(*columns)
    return _sql(chosen)


@cache
def ties(form: FormTable) -> str:
    """SQL: what each partner said of each other one; of several responses for one the last complete one."""
    rows = usable(form, ()).filter(lambda t: t.partner.notnull())
    last = (rows.completeness == "complete", rows.submitted, rows.response_id)
    newest = ibis.window(group_by=[rows[name] for name in GROUP], order_by=[*map(ibis.desc, last)])
    chosen = rows.mutate(nth=ibis.row_number().over(newest)).filter(lambda t: t.nth == 0)
    told = chosen.select("community", "wave", rater="partner", tie=chosen[TIES].unnest())
    tie = {"rated": told.tie["partner"], "item": told.tie["item"], "code": told.tie["code"]}
    return _sql(told.select("community", "wave", "rater", **tie))


def usable(form: FormTable, items: Iterable[str]) -> Table:
    """An item that no export ever had is null: it was never asked."""
    rows = ibis.table(dict(form.columns), name=form.name)
    never = sorted(set(items).difference(rows.columns))
    return rows.filter(rows.completeness != "break_off").mutate(**dict.fromkeys(never, ibis.null("int8")))


def reduced(rows: Table, asks: Sequence[Ask]) -> Query:
    columns = {f"{at}_{name}": one for at, ask in enumerate(asks) for name, one in _flat(ask)}
    groups = rows.group_by(*GROUP).aggregate(**columns).order_by(*GROUP)
    return Query(_sql(groups), tuple(ask.shape for ask in asks))


def _sql(table: Table) -> str:
    return str(ibis.to_sql(table, dialect="duckdb", pretty=False))


def _flat(ask: Ask) -> Iterable[tuple[str, Column]]:
    for name, columns in ask.columns.items():
        if isinstance(columns, list):
            yield from ((f"{name}_{row}", column) for row, column in enumerate(columns))
        else:
            yield name, columns


def _answered(column: Column) -> Column:
    return column > _ANSWERED  # null for a null, which no condition counts as true


def _value(column: Column, answer: Answer) -> Column:
    return answer.low + answer.high - column if answer.reversed else column


def _total(rows: Table, answers: Iterable[Answer]) -> Column:
    values = ((rows[a.item], _value(rows[a.item].cast("int16"), a)) for a in answers)
    return reduce(add, (_answered(column).ifelse(value, 0) for column, value in values))


def score_of(rows: Table, score: Score) -> Column:
    """In units; cases, because a multiplication by a constant is cheaper than a division of rows."""
    answered = reduce(add, (_answered(rows[a.item]).ifelse(1, 0).cast("int8") for a in score.answers))
    total = _total(rows, score.answers).cast("int64")
    counts = range(score.needed, len(score.answers) + 1)
    return ibis.cases(*((answered == n, _in_units(total, n, score.units)) for n in counts))


def _in_units(total: Column, n: int, units: int) -> Column:
    return total * (units // n) if units % n == 0 else (total * units / n).round().cast("int64")


def _completeness(rows: Table) -> Ask:
    counts = {name: count_if(rows.completeness == name) for name in ("complete", "partial")}
    return Ask(sums.ResponseSums, counts)


def _score_sums(score: Column, plan: Score) -> Ask:
    exact = score.cast("float64")
    agree = NEVER if plan.agrees_from is None else count_if(score >= plan.agrees_from * plan.units)
    return Ask(
        sums.ScoreSums,
        {
            "n": score.count(),
            "total": exact.sum(),
            "squares": (exact * exact).sum(),
            "low": count_if(score == plan.low * plan.units),
            "high": count_if(score == plan.high * plan.units),
            "agree": agree,
        },
    )


def _code_sums(rows: Table, answer: Answer) -> Ask:
    return Ask(sums.CodeSums, {"counts": [count_if(rows[answer.item] == code) for code in answer.codes]})


def _quantity_sums(column: Column) -> Ask:
    total, squares = (value.cast(DECIMAL).sum() for value in (column, column * column))
    return Ask(sums.QuantitySums, {"n": column.count(), "total": total, "squares": squares})


def _mix_sums(rows: Table, mix: Mix) -> Ask:
    points = [rows[item].cast("float64").coalesce(0.0) for item in mix.items]
    whole = reduce(add, points)
    made_up = reduce(and_, (point >= 0 for point in points)) & whole.between(
        mix.total - mix.tolerance, mix.total + mix.tolerance
    )
    shares = [made_up.ifelse(point / whole, 0.0) for point in points]
    return Ask(
        sums.MixSums,
        {
            "n": count_if(made_up),
            "totals": [share.cast(DECIMAL).sum() for share in shares],
            "squares": [(share * share).cast(DECIMAL).sum() for share in shares],
        },
    )


def _whole_sums(rows: Table, score: Score) -> Ask:
    columns = [rows[answer.item] for answer in score.answers]
    all_answered = reduce(and_, map(_answered, columns)).ifelse(1.0, ibis.null())
    values = [
        _value(column.cast("float64"), a) * all_answered
        for column, a in zip(columns, score.answers, strict=True)
    ]
    total = reduce(add, values)
    return Ask(
        sums.WholeSums,
        {
            "n": total.count(),
            "answers": [value.sum() for value in values],
            "squares": [(value * value).sum() for value in values],
            "products": [(value * total).sum() for value in values],
            "total_squares": (total * total).sum(),
        },
    )


def _gap_sums(column: Column) -> Ask:
    columns = {
        "asked": count_if(column.notnull() & (column != int(Missing.NOT_ASKED))),
        "not_applicable": count_if(column == int(Missing.NOT_APPLICABLE)),
    }
    return Ask(sums.GapSums, columns)
