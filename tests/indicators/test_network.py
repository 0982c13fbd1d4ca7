"""Density, reciprocity, E-I index, centralisation and ratings: by hand, and beside the slow reference."""

import math
from datetime import date
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lcmonitor.disclosure.released import release
from lcmonitor.indicators.table import IndicatorTable
from lcmonitor.programme.privacy import Privacy
from tests.indicators.naive_network import NaiveNetwork
from tests.indicators.spec import cases, unlike
from tests.indicators.tiny import one
from tests.indicators.tiny_network import STATISTICS, TRUST, Said, community, figures

KINDS = {"1": "company_sme", "2": "company_sme", "3": "vocational_school", "4": "vocational_school",
         "5": "government", "6": "government"}  # fmt: skip
# The worked example of the formulas: six organisations, of which the sixth did not answer.
TIES = {("1", "2"), ("2", "1"), ("1", "3"), ("3", "4"), ("4", "3"), ("5", "1"), ("2", "5")}


def example(answering: str = "12345") -> list[Said]:
    return [said(me, {you: 4 if (me, you) in TIES else 0 for you in KINDS if you != me}) for me in answering]


def said(me: str, contact: dict[str, int], **more: Any) -> Said:
    return Said("alpha", "early", me, {"contact": contact}, **more)


def value(rows: pd.DataFrame, indicator: str, wave: str = "early") -> Any:
    return one(rows, community="alpha", wave=wave, indicator=indicator)


@pytest.mark.parametrize(
    ("indicator", "expected"),
    [("density", 0.28), ("reciprocity", 0.40), ("ei_index", -0.1429), ("centralisation", 0.20)],
)
def test_the_worked_example(indicator: str, expected: float) -> None:
    row = value(figures([community("alpha", KINDS)], example()), indicator)
    assert row.estimate == pytest.approx(expected, abs=5e-5)
    assert (row.n, row.population, row.state, row.method) == (5, 6, "computed", "roster")
    assert math.isnan(row.low)


def test_a_tie_begins_where_the_scale_says() -> None:
    monthly = [said(me, {you: 3 if (me, you) in TIES else 2 for you in KINDS}) for me in "12345"]
    assert value(figures([community("alpha", KINDS)], monthly), "density").estimate == pytest.approx(0.28)


def test_where_everyone_answered_it_is_a_census() -> None:
    row = value(figures([community("alpha", KINDS)], example("123456")), "density")
    assert (row.method, row.n, row.estimate) == ("census", 6, 7 / 30)


def test_shape_needs_more_answers_than_density() -> None:
    """Five of seven are 71 %: enough for how many ties there are, not for how they run."""
    kinds = KINDS | {"7": "citizens"}
    rows = figures([community("alpha", kinds)], example())
    assert value(rows, "density").estimate == 7 / 30
    assert {value(rows, name).state for name in ("reciprocity", "centralisation")} == {"too_few"}
    fewer = figures([community("alpha", KINDS)], example("1234"))
    assert {value(fewer, name).state for name in STATISTICS} == {"too_few"}


def test_only_who_was_there_the_whole_wave_is_on_the_roster() -> None:
    halfway = {"6": {"joined": date(2025, 1, 15)}}
    row = value(figures([community("alpha", KINDS, **halfway)], example("12345")), "density")
    assert (row.n, row.population, row.estimate) == (5, 5, 7 / 20)


def test_of_two_responses_for_one_organisation_the_last_complete_one_counts() -> None:
    none = dict.fromkeys("23456", 0)
    earlier, partial = said("1", none, day=1), said("1", none, completeness="partial", day=3)
    broken = said("6", dict.fromkeys("12345", 4), completeness="break_off")
    row = value(figures([community("alpha", KINDS)], [earlier, *example(), partial, broken]), "density")
    assert (row.n, row.estimate) == (5, 0.28)


def test_nobody_is_tied_to_oneself_or_to_a_stranger() -> None:
    """The first one says nothing of the others, and so has not answered."""
    row = value(figures([community("alpha", KINDS)], [said(me, {"1": 4, "x": 4}) for me in KINDS]), "density")
    assert (row.n, row.estimate) == (5, 5 / 25)


def test_without_any_tie_there_is_no_reciprocity() -> None:
    silent = [said(me, dict.fromkeys(KINDS, 0)) for me in KINDS]
    rows = figures([community("alpha", KINDS)], silent)
    assert (value(rows, "density").estimate, value(rows, "centralisation").estimate) == (0, 0)
    assert {value(rows, name).state for name in ("reciprocity", "ei_index")} == {"not_applicable"}


def test_where_each_type_has_one_organisation_all_ties_run_across_types() -> None:
    kinds = dict(zip("12345", ("company_sme", "government", "university", "citizens", "other"), strict=True))
    rows = figures([community("alpha", kinds)], example())
    assert value(rows, "ei_index").state == "not_applicable"


def test_an_organisation_is_rated_by_three_others_or_not_at_all() -> None:
    """1 is rated by three, 2 by two; hides is turned round, and two of three answers are enough."""
    good = {"keeps": 4, "hides": 1, "shares": 4}
    fair = {"keeps": 2, "hides": 3, "shares": -103}
    rated = {
        "3": {"1": good, "2": fair},
        "4": {"1": good, "2": fair},
        "5": {"1": fair},
        "6": {"1": {"keeps": 1}},
    }
    replies = [
        Said("alpha", "early", me, {i: {you: c[i] for you, c in about.items() if i in c} for i in TRUST})
        for me, about in rated.items()
    ]
    row = value(figures([community("alpha", KINDS)], replies), "rating")
    assert (row.n, row.state) == (3, "computed")
    assert row.estimate == pytest.approx((4 + 4 + 2) / 3)


def test_a_network_is_never_put_together_with_that_of_others() -> None:
    rows = figures([community("alpha", KINDS), community("beta", KINDS)], example())
    assert set(rows[rows.indicator.isin(STATISTICS)].community) == {"alpha", "beta"}
    assert {value(rows, name, "early").state for name in STATISTICS} == {"computed"}
    beta = rows[(rows.community == "beta") & rows.indicator.isin(STATISTICS)]
    assert set(beta.state) == {"not_asked"}


ORGANISATIONS = "abcdefg"
TYPES = st.sampled_from(["company_sme", "government", "citizens"])


@st.composite
def networks(draw: Any) -> tuple[dict[str, str], list[Said]]:
    names = ORGANISATIONS[: draw(st.integers(2, 7))]
    kinds = {name: draw(TYPES) for name in names}
    contact = st.sampled_from([-102, 0, 1, 2, 3, 4])
    degree = st.sampled_from([-103, -102, 1, 2, 3, 4])
    replies = [
        Said(
            "alpha",
            "early",
            name,
            {"contact": draw(st.dictionaries(st.sampled_from(ORGANISATIONS), contact, min_size=1))}
            | {item: draw(st.dictionaries(st.sampled_from(ORGANISATIONS), degree)) for item in TRUST},
            draw(st.sampled_from(["complete", "complete", "partial", "break_off"])),
            draw(st.integers(2, 4)),
        )
        for name in draw(st.lists(st.sampled_from(names), max_size=9))
    ]
    return kinds, replies


@settings(max_examples=30, deadline=None)
@given(networks())
def test_the_engine_agrees_with_the_slow_reference(drawn: tuple[dict[str, str], list[Said]]) -> None:
    kinds, replies = drawn
    rows = figures([community("alpha", kinds)], replies)
    for name in (*STATISTICS, "rating"):
        slow = NaiveNetwork.of(kinds, replies).figure(name)
        if rows.empty:
            continue
        row = value(rows, name)
        assert row.state == slow.state, (name, row, slow)
        if slow.state == "computed":
            close = pytest.approx(slow.estimate, rel=1e-12, abs=1e-12)
            assert (row.n, row.population, row.method) == (slow.n, slow.population, slow.method)
            assert row.estimate == close
            assert row.uniform == pytest.approx(slow.uniform)


def shown(replies: list[Said], kinds: dict[str, str] = KINDS) -> dict[str, str]:
    released = release(IndicatorTable(figures([community("alpha", kinds)], replies)), Privacy()).rows
    mine = released[(released.community == "alpha") & (released.wave == "early")]
    return {str(row.indicator): f"{row.status} {row.reason}".strip() for row in mine.itertuples()}


def test_the_example_may_be_shown_but_for_its_small_types() -> None:
    """Four of the five possible ties within a type are there: whoever knows the own one knows the others."""
    expected = dict.fromkeys(STATISTICS, "released") | {"ei_index": "suppressed uniform"}
    assert {name: found for name, found in shown(example()).items() if name in STATISTICS} == expected
    two_types = {name: "company_sme" if name in "123" else "government" for name in KINDS}
    assert shown(example(), two_types)["ei_index"] == "released"


def test_below_five_organisations_nothing_is_shown() -> None:
    kinds = {name: kind for name, kind in KINDS.items() if name in "1234"}
    found = shown(example("1234"), kinds)
    assert {found[name] for name in STATISTICS} == {"suppressed n_low"}


def test_what_gives_nearly_every_tie_is_hidden_and_so_is_what_would_give_it_back() -> None:
    full = [said(me, dict.fromkeys(KINDS, 4)) for me in KINDS]
    assert {shown(full)[name] for name in STATISTICS} == {"suppressed uniform"}


def test_an_organisation_that_knows_its_own_answers_learns_no_others() -> None:
    """All but one name everyone: that one, which names nobody, would know every tie from the density."""
    said = [
        Said("alpha", "early", me, {"contact": dict.fromkeys(KINDS, 0 if me == "1" else 4)}) for me in KINDS
    ]
    rows = figures([community("alpha", KINDS)], said)
    assert value(rows, "density").estimate == 25 / 30
    assert {shown(said)[name] for name in STATISTICS} == {"suppressed uniform"}


def test_ties_within_types_need_three_organisations_that_could_have_one() -> None:
    kinds = KINDS | {"3": "government", "4": "university", "5": "citizens", "6": "other"}
    found = shown(example("123456"), kinds)
    assert found["ei_index"] == "suppressed partners_low"
    assert found["density"] == "released"


CONTACT = {"density": "density", "reciprocity": "reciprocity", "E-I index": "ei_index",
           "centralisation": "centralisation", "trust": "rating"}  # fmt: skip


def drawn(case: Any, item: str) -> dict[str, dict[str, int]]:
    """A matrix: who answers, of whom, the code."""
    head, *lines = (line.split() for line in case.get(item, "-").strip().splitlines())
    rows = {me: zip(head[1:], cells, strict=True) for me, *cells in lines}
    return {me: {you: int(code) for you, code in row if code != "-"} for me, row in rows.items()}


@pytest.mark.parametrize("case", list(cases("network")))
def test_both_give_what_is_written_down(case: Any) -> None:
    contact, trust = drawn(case, "contact"), drawn(case, "trust")
    of = {"contact": contact, "keeps": trust, "shares": trust}
    replies = [
        Said("alpha", "early", me, {item: said_of.get(me, {}) for item, said_of in of.items()})
        for me in {**contact, **trust}
    ]
    rows = figures([community("alpha", case["types"])], replies)
    slow = NaiveNetwork.of(case["types"], replies)
    for words, expected in case["expected"].items():
        sources = value(rows, CONTACT[words]), slow.figure(CONTACT[words])
        assert not unlike(expected, sources), (case["name"], words)
