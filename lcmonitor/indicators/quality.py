"""How carefully a form was filled in: shares that warn. Nobody is left out for it.

* ``missing``, ``not_applicable``: of all answers that were asked for, those that are not there, and those
  that say "don't know" or "not applicable".
* ``straight``: of the respondents with eight or more answers on one scale, a reversed item among them, those
  who gave the same answer to all. Who means it cannot.
* ``fast``: of the respondents whose time is known, those who took less than a third of the median of their
  community and wave.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial, reduce
from operator import add, or_

import numpy as np

from lcmonitor.indicators.estimate import STATES, bare
from lcmonitor.indicators.form import Form
from lcmonitor.indicators.grid import Grid, place
from lcmonitor.indicators.moments import Ask, Column, FormTable, Query, Table, count_if, reduced, usable
from lcmonitor.indicators.rows import Block, Risk, partner_risk
from lcmonitor.indicators.sums import Floats, Sums
from lcmonitor.indicators.values import Subject
from lcmonitor.intake.responses import Missing

_MANY = 8  # answers that are all the same by chance in hardly anybody
_FAST = 3  # times faster than the median


@dataclass(frozen=True)
class Scaled:
    """An item on a scale."""

    code: str
    scale: str
    turned: bool


@dataclass(frozen=True, eq=False)
class _Flags(Sums):
    """Answers that were asked for, and those that are not there; respondents, and those with a flag."""

    people: Floats
    asked: Floats
    missing: Floats
    not_applicable: Floats
    long: Floats
    straight: Floats
    timed: Floats
    fast: Floats


def of_quality(subject: Subject) -> Iterator[Block]:
    """A part for each flag; ``n``: the respondents behind it."""
    form = subject.form
    items = scaled(form.grid, form.name)
    groups, (fine,) = form.engine.reduced(partial(query, items))
    placed = place(groups, form.grid)
    sums = fine.at(placed.cells)
    parts = {
        "missing:answers": (fine.people, sums.missing, sums.asked),
        "not_applicable:answers": (fine.people, sums.not_applicable, sums.asked),
        "straight:people": (fine.long, sums.straight, sums.long),
        "fast:people": (fine.timed, sums.fast, sums.timed),
    }
    for part, (people, flagged, of) in parts.items():
        share = np.divide(flagged, of, out=np.full(len(of), np.nan), where=of > 0)
        behind = partner_risk(placed.cells, people, placed.known_partner, form.asks_partner)
        none, all_ = np.zeros(len(of)), flagged if of is not sums.asked else np.zeros(len(of))
        risk = Risk(*behind, none, all_, none > 0, none + len(items), none > 0)
        yield subject.block(placed.cells.add(people), bare(share, "plain"), risk, _states(form, of), part)


def _states(form: Form, of: Floats) -> np.ndarray:
    absent = np.where(form.responses > 0, STATES["not_applicable"], STATES["not_answered"])
    return np.where(of > 0, STATES["computed"], absent)


def scaled(grid: Grid, form: str) -> tuple[Scaled, ...]:
    """The form's items on a scale, whenever and wherever they are asked."""
    found = {
        code: Scaled(code, book.items[code].scale or "", book.items[code].reversed)
        for book in grid.codebooks
        if form in book.forms
        for code in book.forms[form].asked
        if book.items[code].type == "scale"
    }
    return tuple(found.values())


@cache
def query(items: tuple[Scaled, ...], form: FormTable) -> Query:
    """What ``of_quality`` asks; ``items`` as ``scaled`` gives them."""
    rows = _beside_median(usable(form, [*(item.code for item in items), "seconds"]))
    return reduced(rows, [_flags(rows, items)])


def _beside_median(rows: Table) -> Table:
    rows = rows.mutate(seconds=rows.seconds.cast("float64"))
    return rows.group_by("community", "wave").mutate(middle=rows.seconds.median())


def _flags(rows: Table, items: tuple[Scaled, ...]) -> Ask:
    long, straight = _straight(rows, items)
    columns = [rows[item.code] for item in items]
    return Ask(
        _Flags,
        {
            "people": rows.count(),
            "asked": _number(columns, [Missing.NOT_ASKED], among=False),
            "missing": _number(columns, [Missing.NOT_ANSWERED, Missing.INVALID]),
            "not_applicable": _number(columns, [Missing.NOT_APPLICABLE]),
            "long": count_if(long),
            "straight": count_if(straight),
            "timed": rows.seconds.count(),
            "fast": count_if(rows.seconds * _FAST < rows.middle),
        },
    )


def _number(columns: Sequence[Column], reasons: Sequence[Missing], among: bool = True) -> Column:
    """Cells that hold one of the reasons, or something else; null is not asked, and neither."""
    codes = [int(reason) for reason in reasons]
    return reduce(add, (count_if(c.isin(codes) if among else c.notin(codes)) for c in columns))


def _straight(rows: Table, items: tuple[Scaled, ...]) -> tuple[Column, Column]:
    """Who answered enough on one scale to be judged, and who gave one answer to all of it."""
    by_scale: dict[str, list[Scaled]] = defaultdict(list)
    for item in items:
        by_scale[item.scale].append(item)
    judged = [
        _of_scale([(rows[item.code], item.turned) for item in those])
        for those in by_scale.values()
        if len(those) >= _MANY and any(item.turned for item in those)
    ]
    never = rows.community.isnull()
    return reduce(or_, (long for long, _ in judged), never), reduce(or_, (same for _, same in judged), never)


def _of_scale(columns: Sequence[tuple[Column, bool]]) -> tuple[Column, Column]:
    given = [
        (column.cast("int64"), (column > int(max(Missing))).fill_null(False), turned)
        for column, turned in columns
    ]
    n = reduce(add, (there.ifelse(1, 0) for _, there, _ in given))
    total = reduce(add, (there.ifelse(code, 0) for code, there, _ in given))
    squares = reduce(add, (there.ifelse(code * code, 0) for code, there, _ in given))
    turned = reduce(or_, (there for _, there, turned in given if turned))
    long = (n >= _MANY) & turned
    return long, long & (n * squares == total * total)
