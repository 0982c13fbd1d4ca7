"""Records, reach, money and care of filling in: the engine against definitions worked out in loops."""

import math
from datetime import date, timedelta
from random import Random
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lcmonitor.programme.model import Community
from tests.indicators.ledger import CREDITED, STATEMENTS, Row, figures
from tests.indicators.naive_ledger import Ledger
from tests.indicators.tiny import PARTNERS, WAVES, community, one

NAMES = ("alpha", "beta", "gamma")
MISSING = (-101, -102, -103, -104)


def world(seed: int, people: int, silence: float) -> tuple[list[Community], list[Row]]:
    chance = Random(seed)
    communities = [_community(chance, name, people) for name in NAMES]
    rows = [
        row
        for name in NAMES
        for wave in WAVES
        if chance.random() > silence / 2
        for row in (
            *_people(chance, name, wave, people, silence),
            *_partners(chance, name, wave),
            *_records(chance, name, wave),
        )
    ]
    return communities, rows


def _community(chance: Random, name: str, people: int) -> Community:
    eligible: dict[str, Any] = {}
    for wave in WAVES:
        split = {key: chance.choice([1, people, 2 * people]) for key, _ in PARTNERS}
        eligible[wave] = chance.choice([split, split, people])
    partners = [
        {"id": key, "name": key, "type": kind, "contribution": _money(chance)} for key, kind in PARTNERS
    ]
    return community(name, eligible, partners=partners, milestones=[_milestone(chance) for _ in range(4)])


def _money(chance: Random) -> list[dict[str, Any]]:
    kinds = ("cash_committed", "cash_realised", "in_kind_committed", "in_kind_realised")
    return [
        {kind: chance.choice([0, 100, 250]) for kind in kinds if chance.random() < 0.6}
        | ({"as_of": day} if day else {})
        for day in (None, date(2025, 3, 1), date(2025, 12, 1))
    ]


def _milestone(chance: Random) -> dict[str, Any]:
    def day(after: date = date(2024, 12, 1)) -> date:
        return after + timedelta(days=chance.randrange(450))

    due = day()
    likely = {"done": day(), "moved_to": day(due), "moved_on": day(), "dropped": day()}
    return {"due": due} | {name: when for name, when in likely.items() if chance.random() < 0.4}


def _people(chance: Random, name: str, wave: str, people: int, silence: float) -> list[Row]:
    return [_person(chance, name, wave, number) for number in range(people) if chance.random() > silence]


def _person(chance: Random, name: str, wave: str, number: int) -> Row:
    same = chance.choice([None, None, 2, 4])
    answers: dict[str, Any] = {
        item: chance.choice(MISSING) if chance.random() < 0.15 else same or chance.randint(1, 5)
        for item in (*STATEMENTS, *CREDITED)
    }
    answers["seconds"] = chance.choice([None, 20.0, 300.0, 400.0, 500.0])
    partner = chance.choice(["acme", "bolt", "college", "college", None])
    key = chance.choice([f"key{number}", f"key{number}", None])
    return Row(
        "people", name, wave, answers, partner, key, chance.choice(["complete", "partial", "break_off"])
    )


def _partners(chance: Random, name: str, wave: str) -> list[Row]:
    chosen = [chance.choice(["acme", "bolt", "college", None]) for _ in range(chance.randrange(5))]
    return [
        Row("partners", name, wave, {"stay": chance.choice([0, 1, 1, -103])}, partner) for partner in chosen
    ]


def _records(chance: Random, name: str, wave: str) -> list[Row]:
    return [
        Row(
            "records", name, wave,
            {"kind": chance.choice([1, 2, 3, -102]), "grade": chance.choice([0, 1, 2, 3, -103])},
            key=chance.choice([None, "B1", "B2", "B3", "B4"]),
        )
        for _ in range(chance.randrange(5))
    ]  # fmt: skip


worlds = st.builds(
    world, seed=st.integers(0, 2**32), people=st.integers(1, 14), silence=st.sampled_from([0.1, 0.5])
)


@settings(max_examples=8, deadline=None)
@given(worlds)
def test_figures_are_those_of_the_definitions(made: tuple[list[Community], list[Row]]) -> None:
    communities, rows = made
    table = figures(communities, rows)
    table = table[(table["measure"] == "value") & (table["group_by"] == "")]
    for each in communities:
        slow = Ledger(each, rows)
        for wave in sorted({row.wave for row in rows if row.completeness != "break_off"}):
            mine = table[(table["community"] == each.id) & (table["wave"] == wave)]
            check(mine, slow, wave)
    check_across(table, communities, rows)


def check(table: pd.DataFrame, slow: Ledger, wave: str) -> None:
    key = {"community": slow.community.id, "wave": wave}
    if slow.until("records", wave):
        for part, (n, count) in slow.records(wave).items():
            same(one(table, indicator="kinds", part=part, **key), count, n)
        for part, (n, value) in slow.graded(wave).items():
            same(one(table, indicator="graded", part=part, **key), value, n)
    for part, value in slow.reach(wave).items():
        row = one(table, indicator="reach", part=part, **key)
        assert row.n == value
    same(one(table, indicator="mix", **key), slow.mix(wave))
    for part, (n, value) in slow.quality(wave).items():
        same(one(table, indicator="quality", part=part, **key), value, n)
    same(one(table, indicator="applied", **key), *reversed(slow.applied(wave)))
    same(one(table, indicator="stay", **key), *reversed(slow.stay(wave)))
    same(one(table, indicator="cofunding", **key), slow.cofunding(wave))
    same(one(table, indicator="private_share", **key), slow.private_share(wave))
    for part, value in slow.milestones(wave).items():
        same(one(table, indicator="milestones", part=part, **key), value)


def same(row: Any, value: float | None, n: float | None = None) -> None:
    assert row.estimate == pytest.approx(math.nan if value is None else value, nan_ok=True), row
    assert (row.state == "computed") == (value is not None), row
    assert n is None or row.n == n, row


def check_across(table: pd.DataFrame, communities: list[Community], rows: list[Row]) -> None:
    """Counts add up; records are put on one heap, and so are partners; money is a mean of communities."""
    for wave in sorted({row.wave for row in rows if row.completeness != "break_off"}):
        every = [Ledger(each, rows) for each in communities]
        known = [slow for slow in every if slow.until("records", wave)]
        if known:
            row = one(table, indicator="kinds", community="", wave=wave, part="ever:2")
            assert row.estimate == sum(slow.records(wave)["ever:2"][1] for slow in known)
        graded = [slow.graded(wave)["ever"] for slow in known]
        n = sum(each[0] for each in graded)
        if n:
            row = one(table, indicator="graded", community="", wave=wave, part="ever")
            assert row.estimate == pytest.approx(sum(each[0] * (each[1] or 0) for each in graded) / n)
        told = [stay for slow in every if (stay := slow.stay(wave)[1]) is not None]
        if told:
            row = one(table, indicator="stay", community="", wave=wave)
            assert row.estimate == pytest.approx(sum(told) / len(told))  # all have three partners
        money = [value for slow in every if (value := slow.cofunding(wave)) is not None]
        if money:
            row = one(table, indicator="cofunding", community="", wave=wave)
            assert row.estimate == pytest.approx(sum(money) / len(money))


def test_counts_and_ratios_have_no_interval_and_a_share_of_people_an_exact_one() -> None:
    communities, rows = world(7, 12, 0.1)
    table = figures(communities, rows)
    told = table[(table["state"] == "computed") & (table["measure"] == "value")]
    without = told[~told["indicator"].isin(["applied"])]
    assert without[["low", "high"]].isna().all(axis=None)
    within = told[(told["indicator"] == "applied") & (told["community"] != "")]
    assert set(within["method"]) <= {"hypergeometric", "census", "wilson", "wilson_population_too_small"}
    assert within["low"].notna().any()
    assert not (told["measure"] == "change").any()
