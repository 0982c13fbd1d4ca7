"""The whole way, engine and all, against definitions worked out in loops."""

from dataclasses import dataclass
from random import Random
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lcmonitor.programme.model import Community
from tests.indicators import naive
from tests.indicators.naive import Figure, Naive
from tests.indicators.tiny import WAVES, Reply, community, figures

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
    return {(row.community, row.wave): row for row in chosen.itertuples() if row.community}


def same(row: Any, expected: Figure, columns: str) -> None:
    for column in columns.split():
        found, wanted = getattr(row, column), getattr(expected, column)
        if isinstance(wanted, str):
            assert found == wanted, (column, row, expected)
        else:
            assert found == pytest.approx(wanted, rel=1e-9, abs=1e-12, nan_ok=True), (column, row, expected)


VALUE = "n population estimate se low high method state partners top_share uniform"
CHANGE = "n population estimate se low high method state effect"


@settings(max_examples=20, deadline=None)
@given(worlds)
def test_means_shares_and_changes_are_those_of_the_definitions(made: World) -> None:
    table, slow = figures(made.communities, made.replies), Naive(made.communities, made.replies)
    measured = {
        "trust-mean": ("mean", naive.trust, (1, 5)),
        "trust-share": ("share", naive.trust, (1, 5)),
        "t2-mean": ("mean", naive.item("t2"), (1, 5)),
        "work-mean": ("mean", naive.number("w"), (None, None)),
        "credit-share": ("share", naive.item("credit1"), (1, 5)),
    }
    for indicator, (statistic, of, ends) in measured.items():
        found = rows_of(table, indicator=indicator, measure="value", group_by="")
        assert set(found) == set(slow.cells())
        for cell, row in found.items():
            same(row, slow.value(statistic, of, 4, cell, ends), VALUE)
        changes = rows_of(table, indicator=indicator, measure="change")
        assert set(changes) == (set() if indicator == "credit-share" else set(slow.cells()))
        for cell, row in changes.items():
            same(row, slow.change(statistic, of, 4, *cell), CHANGE)
