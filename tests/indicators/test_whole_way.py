"""The whole way, engine and all, against definitions worked out in loops."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import partial
from random import Random
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from scipy.optimize import brentq

from lcmonitor.programme.model import Community
from tests.indicators import naive, naive_together
from tests.indicators.naive import Figure, Naive
from tests.indicators.tiny import WAVES, Reply, community, figures, one

CODES = [1, 2, 3, 4, 5]
POINTS = [(50, 30, 20), (100, None, None), (60, 40, None), (33.25, 33.5, 33.25), (10, 10, 10)]
ORGANISATIONS = ["acme", "acme", "bolt", "college", "stranger", None]


@dataclass(frozen=True)
class World:
    """A programme that chance made."""

    communities: list[Community]
    replies: list[Reply]


def world(seed: int, people: int, silence: float, uniform: bool) -> World:
    """``silence``: how often an answer or a person is missing; ``uniform``: nearly all answer alike."""
    chance = Random(seed)
    names = ("alpha", "beta", "gamma")
    return World(
        [community(name, {w: n for w in WAVES if (n := eligible(chance, people))}) for name in names],
        [
            reply(chance, name, wave, person, silence, uniform)
            for name in names
            for wave in WAVES
            if chance.random() > silence / 2
            for person in range(people)
            if chance.random() > silence
        ],
    )


def eligible(chance: Random, people: int) -> Any:
    return chance.choice([None, people, people + 3, max(1, people // 2), {"acme": people, "college": 2}])


def reply(chance: Random, name: str, wave: str, person: int, silence: float, uniform: bool) -> Reply:
    def code() -> int:
        if chance.random() < silence:
            return chance.choice([-102, -103])
        return 4 if uniform and chance.random() < 0.9 else chance.choice(CODES)

    answers: dict[str, Any] = {item: code() for item in ("t1", "t2", "t3", "pride1", "credit1")}
    answers |= dict(zip("wli", chance.choice(POINTS), strict=True))
    complete = chance.choice(["complete"] * 4 + ["partial", "break_off"])
    key = f"key{person}" if chance.random() > silence / 2 else None
    return Reply(name, wave, answers, chance.choice(ORGANISATIONS), key, complete)


worlds = st.builds(
    world,
    seed=st.integers(0, 2**32),
    people=st.integers(1, 24),
    silence=st.sampled_from([0.05, 0.3, 0.7]),
    uniform=st.booleans(),
)


def rows_of(table: pd.DataFrame, **key: str) -> dict[tuple[str, str], Any]:
    chosen = table
    for column, text in key.items():
        chosen = chosen[chosen[column] == text]
    return {(str(row.community), str(row.wave)): row for row in chosen.itertuples() if row.community}


def same(row: Any, expected: Figure, columns: str) -> None:
    for column in columns.split():
        found, wanted = getattr(row, column), getattr(expected, column)
        if isinstance(wanted, str):
            assert found == wanted, (column, row, expected)
        else:
            assert found == pytest.approx(wanted, rel=1e-9, abs=1e-12, nan_ok=True), (column, row, expected)


VALUE = "n population estimate se low high method state partners top_share uniform"
CHANGE = "n population estimate se low high method state effect"
ACROSS = "n population estimate se low high method partners"

MEASURED = {
    "trust-mean": ("mean", naive.trust, (1, 5)),
    "trust-share": ("share", naive.trust, (1, 5)),
    "t2-mean": ("mean", naive.item("t2"), (1, 5)),
    "work-mean": ("mean", naive.number("w"), (None, None)),
    "credit-share": ("share", naive.item("credit1"), (1, 5)),
}
FOLLOWED = [name for name in MEASURED if name != "credit-share"]


@settings(max_examples=10, deadline=None)
@given(worlds)
def test_figures_are_those_of_the_definitions(made: World) -> None:
    table, slow = figures(made.communities, made.replies), Naive(made.communities, made.replies)
    for indicator, (statistic, of, ends) in MEASURED.items():
        check_values(table, slow, indicator, (statistic, of, ends))
        changes = rows_of(table, indicator=indicator, measure="change")
        assert set(changes) == (set(slow.cells()) if indicator in FOLLOWED else set())
        for cell, row in changes.items():
            same(row, slow.change(statistic, of, 4, ends, cell), CHANGE)
    check_partner_types(table, slow)
    check_distribution(table, slow)
    check_consensus(table, slow)
    check_words(table)


def check_values(
    table: pd.DataFrame, slow: Naive, indicator: str, measured: tuple[str, naive.Measured, Any]
) -> None:
    statistic, of, ends = measured
    found = rows_of(table, indicator=indicator, measure="value", group_by="")
    assert set(found) == set(slow.cells())
    expected = {cell: slow.value(statistic, of, 4, cell, ends) for cell in found}
    for cell, row in found.items():
        same(row, expected[cell], VALUE)
    for wave in {wave for _, wave in found}:
        row = one(table, indicator=indicator, wave=wave, community="")
        across = slow.across([figure for cell, figure in expected.items() if cell[1] == wave])
        if across.method:
            same(row, across, ACROSS)
            assert row.communities == sum(f.state == "computed" for c, f in expected.items() if c[1] == wave)
        else:
            assert row.state != "computed"


def check_partner_types(table: pd.DataFrame, slow: Naive) -> None:
    statistic, of, ends = MEASURED["trust-mean"]
    for kind in ("company_sme", "vocational_school"):
        found = rows_of(table, indicator="trust-mean", group_by="partner_type", group_value=kind)
        assert set(found) == set(slow.cells())
        for cell, row in found.items():
            expected = slow.value(statistic, of, 4, (*cell, kind), ends)
            same(row, expected, VALUE if expected.n else "n population estimate method")


def check_distribution(table: pd.DataFrame, slow: Naive) -> None:
    for indicator, item, prefix in (("t2-distribution", "t2", ""), ("trust-distribution", "t3", "t3:")):
        for code in CODES:
            given_code = naive.Measured((item,), partial(_is, item, code))
            for cell, row in rows_of(table, indicator=indicator, part=f"{prefix}{code}").items():
                expected = slow.value("share", given_code, 1, cell, (None, None))
                same(row, expected, "n population estimate se low high method state partners top_share")


def check_consensus(table: pd.DataFrame, slow: Naive) -> None:
    parts = [rows_of(table, indicator="trust-consensus", part=part) for part in ("", "ad")]
    for cell in slow.cells():
        for part, expected in zip(
            parts, naive_together.consensus(slow.of(*cell), ["t1", "t2", "t3"]), strict=True
        ):
            told = "n estimate method state word" if expected.n > 1 else "n estimate method"
            same(part[cell], expected, told)
    for wave in {wave for _, wave in slow.cells()}:
        names = [cell[0] for cell, row in parts[0].items() if cell[1] == wave and row.state == "computed"]
        groups = [[s for r in slow.of(c, wave) if (s := naive.trust(r.answers)) is not None] for c in names]
        together = naive_together.intraclass([group for group in groups if group])
        for name, value in zip(("icc1", "icc2"), together, strict=True):
            row = one(table, indicator="trust-consensus", wave=wave, community="", part=name)
            assert row.estimate == pytest.approx(value, rel=1e-9, abs=1e-12, nan_ok=True)


def _is(item: str, code: int, answers: Mapping[str, Any]) -> Fraction | None:
    value = naive.item(item)(answers)
    return None if value is None else Fraction(int(value == code))


def check_words(table: pd.DataFrame) -> None:
    """p is held against all changes of the report of that community and wave."""
    for _, report in table[table.measure == "change"].groupby(["community", "wave"], observed=True):
        rows: list[Any] = list(report.itertuples())
        raw = [two_sided(row) for row in rows]
        for row, p in zip(rows, naive.adjusted(raw), strict=True):
            assert row.p == pytest.approx(p, rel=1e-6, abs=1e-9, nan_ok=True)
            assert row.word == word(row.estimate, p)


def two_sided(row: Any) -> float:
    """From estimate and interval back to p: the interval is estimate ± t(df) · se, and df follows from it."""
    if row.se == 0 and row.estimate == 0 and row.n >= 5 and row.method != "census":
        return 1.0 if row.community else math.nan
    if math.isnan(row.high):
        return math.nan
    quantile = (row.high - row.estimate) / row.se
    df = brentq(lambda df: stats.t.ppf(0.975, df) - quantile, 0.9, 1e7)
    return float(2 * stats.t.sf(abs(row.estimate / row.se), df))


def word(estimate: float, p: float) -> str:
    if math.isnan(estimate):
        return ""
    if math.isnan(p):
        return "too_few"
    if p > 0.05:
        return "no_clear_difference"
    return "higher" if estimate > 0 else "lower"
