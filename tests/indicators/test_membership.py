"""Diversity of partners, attendance and retention: by hand, and beside the slow reference."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, get_args

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lcmonitor.indicators.compute import compute
from lcmonitor.programme.model import Community
from lcmonitor.programme.partners import PartnerType
from tests.indicators import tiny
from tests.indicators.naive import Figure
from tests.indicators.naive_network import of_types
from tests.indicators.spec import cases, unlike
from tests.indicators.tiny import WAVES, Reply, indicator, one

CATALOGUE = 12  # kinds of partner that a profile can have
INDICATORS = {name: indicator(name, None) for name in ("diversity", "attendance", "retention")}
ORDER = list(WAVES)
FIGURES = {"diversity": ("diversity", ""), "diversity over its highest": ("diversity", "normalised"),
           "attendance": ("attendance", ""), "retention": ("retention", "")}  # fmt: skip


@pytest.fixture(autouse=True, scope="module")
def three_indicators() -> Any:
    """Of the small programme these three instead of its own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tiny, "INDICATORS", INDICATORS)
        yield


def community(kinds: Sequence[str], eligible: Mapping[str, int], attended: Mapping[str, int]) -> Community:
    partners = [{"id": f"p{at}", "name": f"P{at}", "type": kind} for at, kind in enumerate(kinds)]
    return tiny.community("alpha", eligible, partners=partners, attended=attended)


def figures(alpha: Community, replies: Sequence[Reply]) -> pd.DataFrame:
    with tiny.connection_with(replies) as connection:
        return compute(connection, tiny.setup_of([alpha])).rows


def value(rows: pd.DataFrame, name: str, wave: str, part: str = "") -> Any:
    return one(rows, community="alpha", wave=wave, indicator=name, part=part)


def answering(people: Mapping[str, Sequence[str | None]]) -> list[Reply]:
    return [Reply("alpha", wave, {"t1": 4}, "p0", person) for wave, who in people.items() for person in who]


def slowly(name: str, alpha: Community, people: Mapping[str, Sequence[str | None]], wave: str) -> Figure:
    if name.startswith("diversity"):
        return of_partners(name, alpha, wave)
    return came(alpha, wave) if name == "attendance" else stayed(people, wave)


def of_partners(name: str, alpha: Community, wave: str) -> Figure:
    kinds = [partner.type for partner in alpha.partners if partner.active_on(WAVES[wave][1])]
    if not kinds:
        return Figure(0, 0, state="no_population")
    blau, over = of_types(kinds, CATALOGUE)
    return Figure(len(kinds), len(kinds), blau if name == "diversity" else over, method="count")


def came(alpha: Community, wave: str) -> Figure:
    n, whole = alpha.attended.get(wave), alpha.eligible.get(wave)
    if n is None:
        return Figure(0, state="not_asked")
    if not isinstance(whole, int) or whole == 0:
        return Figure(n, state="no_population")
    if n > whole:
        return Figure(n, whole, state="population_too_small")
    return Figure(n, whole, n / whole, method="count")


def stayed(people: Mapping[str, Sequence[str | None]], wave: str) -> Figure:
    before = [earlier for earlier in ORDER[: ORDER.index(wave)] if people.get(earlier)]
    if not before:
        return Figure(0, state="no_earlier_wave")
    then = {person for person in people[before[-1]] if person}
    if not then:
        return Figure(0, 0, state="not_applicable")
    again = then.intersection(person for person in people[wave] if person)
    return Figure(len(again), len(then), len(again) / len(then), method="count")


@pytest.mark.parametrize("case", list(cases("participation")))
def test_both_give_what_is_written_down(case: Any) -> None:
    kinds = [kind for kind, number in case["partners"].items() for _ in range(int(number))]
    drawn = case.get("people", {"early": "a"})
    people = {wave: [None if who == "-" else who for who in text.split()] for wave, text in drawn.items()}
    wave = list(people)[-1]
    eligible, attended = (
        {wave: int(case[name])} if name in case else {} for name in ("eligible", "attended")
    )
    alpha = community(kinds, eligible, attended)
    rows = figures(alpha, answering(people))
    for words, expected in case["expected"].items():
        sources = value(rows, FIGURES[words][0], wave, FIGURES[words][1]), slowly(words, alpha, people, wave)
        assert not unlike(expected, sources), (case["name"], words)


NAMES = st.lists(st.sampled_from(["a", "b", "c", "d", None]), max_size=6, unique=True)
NUMBERS = st.dictionaries(st.sampled_from(ORDER), st.integers(0, 9))


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(get_args(PartnerType)), max_size=8), NUMBERS, NUMBERS,
       st.fixed_dictionaries(dict.fromkeys(ORDER, NAMES)))  # fmt: skip
def test_the_engine_agrees_with_the_slow_reference(
    kinds: list[str], eligible: dict[str, int], attended: dict[str, int], people: dict[str, list[str | None]]
) -> None:
    alpha = community(kinds, eligible, attended)
    rows = figures(alpha, answering(people))
    for wave in (wave for wave in ORDER if people[wave]):
        for words, (name, part) in FIGURES.items():
            found, slow = value(rows, name, wave, part), slowly(words, alpha, people, wave)
            assert (found.n, found.state) == (slow.n, slow.state), (words, wave)
            assert found.estimate == pytest.approx(slow.estimate, rel=1e-12, nan_ok=True)


def test_a_partner_that_left_is_not_counted() -> None:
    alpha = tiny.community("alpha", {}, partners=[
        {"id": "one", "name": "One", "type": "citizens"},
        {"id": "two", "name": "Two", "type": "university", "left": date(2025, 3, 1)},
    ])  # fmt: skip
    rows = figures(alpha, answering({"early": ["a"], "middle": ["a"]}))
    assert [value(rows, "diversity", wave).estimate for wave in ("early", "middle")] == [0.5, 0.0]


def test_people_of_all_communities_are_added_up_and_kinds_of_partners_are_not() -> None:
    alpha = community(["citizens"], {"early": 10}, {"early": 5})
    beta = tiny.community("beta", {"early": 30}, attended={"early": 25})
    with tiny.connection_with(answering({"early": ["a"]})) as connection:
        rows = compute(connection, tiny.setup_of([alpha, beta])).rows
    across = rows[rows.community == ""]
    assert Counter(across.indicator)["diversity"] == 0
    row = one(rows, community="", wave="early", indicator="attendance")
    assert (row.n, row.population, row.estimate) == (30, 40, 0.75)
