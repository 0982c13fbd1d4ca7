"""The engine's part where people are followed: in two waves of their community, or ever.

As in ``moments``; a person is a panel key, so who cannot be followed is in none of it.
"""

from collections.abc import Iterable, Sequence
from functools import cache

import ibis

from lcmonitor.indicators import sums
from lcmonitor.indicators.moments import (
    DECIMAL,
    GROUP,
    NEVER,
    Ask,
    Column,
    FormTable,
    Query,
    Table,
    count_if,
    reduced,
    score_of,
    usable,
)
from lcmonitor.indicators.plans import Quantity, Score, items_of

Thresholds = tuple[tuple[float, ...], ...]


@cache
def pairs(form: FormTable, plans: tuple[Score | Quantity, ...], waves: tuple[str, ...]) -> Query:
    """Persons in a wave and in their community's last wave before it that has responses.

    ``waves`` in their order. Groups are those of the later wave.
    """
    told, names = _both(form, plans, waves)
    found = zip(names, plans, strict=True)
    asks = [_pair_sums(told[f"earlier_{name}"], told[name], plan) for name, plan in found]
    return reduced(told, [Ask(sums.PersonSums, {"n": told.count()}), *asks])


@cache
def moved(form: FormTable, plans: tuple[Score, ...], waves: tuple[str, ...], by: Thresholds) -> Query:
    """As ``pairs``: whose score moved by more than ``by``, in units: of each plan and earlier wave."""
    told, names = _both(form, plans, waves)
    return reduced(
        told,
        [
            _moved_sums(told[name] - told[f"earlier_{name}"], _by_wave(told.versus, each))
            for name, each in zip(names, by, strict=True)
        ],
    )


def _by_wave(turn: Column, values: Sequence[float]) -> Column:
    return ibis.cases(*((turn == at, value) for at, value in enumerate(values)))


def _moved_sums(difference: Column, least: Column) -> Ask:
    return Ask(sums.MovedSums, {"up": count_if(difference > least), "down": count_if(difference < -least)})


def _both(
    form: FormTable, plans: Sequence[Score | Quantity], waves: Iterable[str]
) -> tuple[Table, list[str]]:
    """Persons in both waves with what is measured of each plan, and the names of that."""
    rows = _in_turn(usable(form, {item for plan in plans for item in items_of(plan)}), waves)
    names = [f"value_{at}" for at in range(len(plans))]
    rows = rows.filter(rows.panel_key.notnull())
    measured = rows.select(
        *GROUP,
        "turn",
        "versus",
        "panel_key",
        **{n: _measured(rows, p) for n, p in zip(names, plans, strict=True)},
    )
    earlier = measured.select(*(measured[name].name(f"earlier_{name}") for name in measured.columns))
    keys = {"versus": "turn", "panel_key": "panel_key", "community": "community"}
    same = [measured[ours] == earlier[f"earlier_{theirs}"] for ours, theirs in keys.items()]
    both = measured.join(earlier, same)
    return both.select(*GROUP, "versus", **_where_both(both, names)), names


def _in_turn(rows: Table, waves: Iterable[str]) -> Table:
    """``turn``: the place of the wave; ``versus``: that of the community's last one with responses before it.

    Both sides of a later join have them, so that no engine joins persons before it knows which waves.
    """
    turns = rows.mutate(turn=ibis.cases(*((rows.wave == wave, turn) for turn, wave in enumerate(waves))))
    turns = turns.filter(turns.turn.notnull())
    present = turns.select("community", "turn").distinct()
    before = ibis.window(group_by=present.community, order_by=present.turn)
    return turns.join(present.mutate(versus=present.turn.lag().over(before)), ["community", "turn"])


def _where_both(rows: Table, names: Iterable[str]) -> dict[str, Column]:
    """Null unless answered in both waves: a null goes through arithmetic, which is cheaper than asking."""
    values = {name: (rows[name].cast("float64"), rows[f"earlier_{name}"].cast("float64")) for name in names}
    later = {name: now + then * 0.0 for name, (now, then) in values.items()}
    return later | {f"earlier_{name}": then + now * 0.0 for name, (now, then) in values.items()}


def _measured(rows: Table, plan: Score | Quantity) -> Column:
    return score_of(rows, plan) if isinstance(plan, Score) else rows[plan.item]


@cache
def newcomers(form: FormTable, waves: tuple[str, ...], kind: type[sums.Sums]) -> Query:
    """Persons who can be followed, in the group in which each of them answered first."""
    rows = usable(form, ("panel_key",))
    rows = rows.mutate(turn=ibis.cases(*((rows.wave == wave, turn) for turn, wave in enumerate(waves))))
    rows = rows.filter(rows.turn.notnull() & rows.panel_key.notnull())
    first = {name: rows[name].argmin(rows.turn) for name in ("wave", "partner")}
    people = rows.group_by("community", "panel_key").aggregate(**first)
    return reduced(people, [Ask(kind, {"n": people.count()})])


@cache
def returning(form: FormTable, waves: tuple[str, ...]) -> Query:
    """Persons in a community's last wave with responses before each; and who of them is there again."""
    rows = _in_turn(usable(form, ()), waves)
    seen = rows.filter(rows.panel_key.notnull()).select("community", "turn", "panel_key").distinct()
    then = seen.select(whose="community", versus="turn", earlier="panel_key")
    later = rows.select("community", "wave", "turn", "versus").distinct()
    before = later.join(then, [later.community == then.whose, later.versus == then.versus])
    before = before.select("community", "wave", "turn", "earlier")
    now = seen.select(where="community", when="turn", again="panel_key")
    same = [before.community == now["where"], before.turn == now.when, before.earlier == now.again]
    both = before.left_join(now, same).mutate(partner=ibis.null("string"))
    counts = {"before": both.earlier.count(), "again": both.again.count()}
    return reduced(both, [Ask(sums.ReturnSums, counts)])


def _pair_sums(earlier: Column, later: Column, plan: Score | Quantity) -> Ask:
    """Both columns are null in the same rows."""
    exact = "float64" if isinstance(plan, Score) else DECIMAL  # scores are whole numbers
    terms = {
        "earlier": earlier,
        "earlier_squares": earlier * earlier,
        "later": later,
        "later_squares": later * later,
        "products": earlier * later,
    }
    totals = {name: term.cast(exact).sum() for name, term in terms.items()}
    return Ask(sums.PairSums, {"n": later.count()} | totals | _agreeing(earlier, later, plan))


def _agreeing(earlier: Column, later: Column, plan: Score | Quantity) -> dict[str, Column]:
    if isinstance(plan, Quantity) or plan.agrees_from is None:
        return dict.fromkeys(("agree_earlier", "agree_later", "agree_both"), NEVER)
    line = float(plan.agrees_from * plan.units)
    return {
        "agree_earlier": count_if(earlier >= line),
        "agree_later": count_if(later >= line),
        "agree_both": count_if((earlier >= line) & (later >= line)),
    }
