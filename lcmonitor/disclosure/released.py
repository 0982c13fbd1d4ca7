"""Figures that may be shown, and those that may not with the reason."""

from dataclasses import InitVar, dataclass
from typing import Literal, get_args

import numpy as np
import pandas as pd

from lcmonitor.disclosure.across import holding
from lcmonitor.disclosure.cells import (
    ALONE,
    SHARES,
    Cells,
    Codes,
    Flags,
    arranged,
    candidates,
    holds,
    numbered,
)
from lcmonitor.disclosure.coarse import coarsened
from lcmonitor.disclosure.complementary import closed
from lcmonitor.disclosure.context import with_context
from lcmonitor.disclosure.earlier import History, beside_earlier, pairs, were_few
from lcmonitor.disclosure.primary import REASONS, broken
from lcmonitor.disclosure.within import all_hidden
from lcmonitor.indicators.table import KEY, IndicatorTable
from lcmonitor.programme.privacy import Privacy

Status = Literal["released", "suppressed", "not_asked", "not_answered", "not_applicable", "not_available"]

COLUMNS = [
    "community", "wave", "form", "indicator", "measure", "part", "versus", "group_by", "group_value",
    # of a figure that is not released the numbers are NaN and method and word are "": a census tells n
    "n", "population", "estimate", "se", "low", "high", "reference", "method",
    "effect", "p", "word",
    "status",  # one of Status
    # of a suppressed figure one of primary.REASONS, complementary, together or earlier;
    # of one that is not available one of _UNAVAILABLE; else ""
    "reason",
]  # fmt: skip

_NUMBERS = ["n", "population", "estimate", "se", "low", "high", "reference", "effect", "p"]
_UNAVAILABLE = ("no_earlier_wave", "series_break", "no_population", "population_too_small", "too_few")
_GIVEN = ["", *REASONS, "complementary", "together", "earlier", *_UNAVAILABLE]
_SEAL = object()


@dataclass(frozen=True, eq=False)
class ReleasedTable:
    """Made by ``release`` only; ``rows`` has COLUMNS, one row a figure, in the order of the IndicatorTable.

    Below them stands what is made of them (see ``context``).

    ``method``, ``word``, ``status`` and ``reason`` are categorical.
    """

    rows: pd.DataFrame
    seal: InitVar[object]

    def __post_init__(self, seal: object) -> None:
        if seal is not _SEAL:
            raise TypeError("only lcmonitor.disclosure.released.release makes a ReleasedTable")


def release(table: IndicatorTable, rules: Privacy, history: History | None = None) -> ReleasedTable:
    """Decide for every figure whether it may be shown; the same figures give the same answer in any order.

    ``table`` holds all figures that are or were published together: all waves, and the communities beside
    the figures across them, as what may be shown of one depends on the others.
    Beside what its ``history`` has published some figures stay as they were (see ``earlier``).
    A response out of an unknown or wrong population is not available, but keeps its ``n``.
    """
    rows = _released(table, rules, history)
    return ReleasedTable(with_context(rows, holds(table.rows["statistic"], "mean")), _SEAL)


def _released(table: IndicatorTable, rules: Privacy, history: History | None) -> pd.DataFrame:
    rows = _alone(table, rules, history)
    if not history:
        return rows
    return beside_earlier(rows, holds(table.rows["statistic"], *SHARES, *ALONE), rules, history)


def waiting(table: IndicatorTable, rules: Privacy, history: History) -> pd.DataFrame:
    """What figures wait for beside earlier editions: ``earlier.pairs``."""
    return pairs(
        _alone(table, rules, history), holds(table.rows["statistic"], *SHARES, *ALONE), rules, history
    )


def _alone(table: IndicatorTable, rules: Privacy, history: History | None) -> pd.DataFrame:
    """What may be shown for what it is itself; as exact as what was before allows."""
    cells, place = arranged(table.rows)
    few = (table.rows["n"] < rules.shares).to_numpy(np.bool_)
    if history:
        few = few | were_few(table.rows, rules, history)
    few_cells = np.zeros(len(cells.n), np.bool_)
    few_cells[place[few & (table.rows["n"] >= rules.respondents).to_numpy(np.bool_)]] = True
    exposed, weighted = (holding(cells, each)[place] for each in (few_cells, cells.weighted))
    coarse = coarsened(table.rows, few, exposed, weighted)
    return _shown(coarse, _reasons(cells, rules)[place])


def may_be_shown(table: IndicatorTable, rules: Privacy, history: History | None = None) -> Flags:
    """Of each row whether ``release`` would release it."""
    if history:
        return holds(_released(table, rules, history)["status"], "released")
    cells, place = arranged(table.rows)
    shown: Flags = holds(table.rows["state"], "computed") & (_reasons(cells, rules)[place] == 0)
    return shown


def _reasons(cells: Cells, rules: Privacy) -> Codes:
    """Of each cell the place in _GIVEN of the reason why it is hidden; 0: it is not."""
    flags = broken(cells, rules)
    # Of a figure that is no share and not given alone, shares_low is never set: every flag hides.
    hidden = closed(cells, flags, rules)
    conditions = [all_hidden(cells, hidden), *flags.values(), hidden]
    reasons = ["together", *flags, "complementary"]
    return np.select(conditions, [_GIVEN.index(reason) for reason in reasons], 0).astype(np.int64)


def _shown(rows: pd.DataFrame, reason: Codes) -> pd.DataFrame:
    states, names = numbered(rows["state"])
    candidate = candidates(rows)
    computed = states == (names.index("computed") if "computed" in names else -1)
    released = computed & (reason == 0)
    suppressed = candidate & (reason > 0)
    why = np.where(suppressed, reason, np.array([_unavailable(name) for name in names])[states])
    shown = rows[KEY].assign(**{name: rows[name].where(released) for name in _NUMBERS})
    complete = shown.assign(
        n=rows["n"].where(candidate & (reason == 0)),
        method=_kept(rows["method"], released),
        word=_kept(rows["word"], released),
        status=pd.Categorical.from_codes(_status(states, names, suppressed), pd.Index(get_args(Status))),
        reason=pd.Categorical.from_codes(why, pd.Index(_GIVEN)),
    )
    return complete[COLUMNS]


def _status(states: Codes, names: list[str], suppressed: Flags) -> Codes:
    statuses = get_args(Status)
    of_state = [statuses.index(_status_of(name)) for name in names]
    return np.where(suppressed, statuses.index("suppressed"), np.array(of_state)[states])


def _status_of(state: str) -> str:
    if state == "computed":
        return "released"
    return state if state in get_args(Status) else "not_available"


def _unavailable(state: str) -> int:
    return _GIVEN.index(state) if state in _UNAVAILABLE else 0


def _kept(column: pd.Series, released: Flags) -> "pd.Categorical[str]":
    code, names = numbered(column)
    return pd.Categorical.from_codes(np.where(released, code, 0), pd.Index(names))
