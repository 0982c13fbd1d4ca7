"""What there is no figure for, and why; and the figures of participation, balance, ambition, reliability."""

import math
import statistics
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from lcmonitor.indicators.compute import compute
from lcmonitor.indicators.table import FIGURE, KEY, RISK
from lcmonitor.programme.model import Community
from tests.indicators.tiny import WAVES, Reply, community, connection_with, figures, one, setup_of

NAMES = ["acme", "acme", "bolt", "bolt", "college", None]


def answers(trust: int = 4, **more: Any) -> dict[str, Any]:
    return {
        "t1": trust,
        "t2": 6 - trust,
        "t3": trust,
        "pride1": 4,
        "credit1": 5,
        "w": 50,
        "l": 30,
        "i": 20,
        **more,
    }


def wave(name: str, of: str = "alpha", people: int = 6, **more: Any) -> list[Reply]:
    """Everyone's trust differs: 2, 3, 4, 2, 3, 4 …"""
    return [
        Reply(of, name, answers(2 + person % 3, **more), NAMES[person % 6], f"key{person}")
        for person in range(people)
    ]


def alone(**more: Any) -> list[Community]:
    return [community("alpha", {"early": 10, "middle": 10, "late": 10}, **more)]


def test_the_table_has_the_columns_of_its_contract() -> None:
    assert list(figures(alone(), wave("early")).columns) == KEY + FIGURE + RISK


def test_a_second_run_gives_the_same_bytes() -> None:
    with connection_with(wave("early") + wave("middle", people=5)) as connection:
        setup = setup_of(alone())
        first, second = (compute(connection, setup).rows for _ in range(2))
    assert first.to_csv() == second.to_csv()


def test_a_store_without_responses_has_no_figures() -> None:
    assert figures(alone(), []).empty


def test_break_offs_enter_no_figure() -> None:
    broken = [Reply("alpha", "early", answers(1), "acme", "key9", "break_off")]
    row = one(
        figures(alone(), wave("early") + broken), community="alpha", wave="early", indicator="trust-mean"
    )
    assert (row.n, row.estimate) == (6, 3.0)


def test_the_first_wave_has_no_earlier_one_and_a_wave_without_answers_is_passed_over() -> None:
    both = [*alone(), community("beta", {"early": 9, "middle": 9, "late": 9})]
    rows = figures(both, wave("early") + wave("middle", of="beta") + wave("late"))
    trust = {"indicator": "trust-mean", "measure": "change", "community": "alpha"}
    assert one(rows, **trust, wave="early").state == "no_earlier_wave"
    assert one(rows, **trust, wave="middle", versus="early").state == "not_answered"
    late = one(rows, **trust, wave="late", versus="early")
    assert (late.state, late.method, late.n, late.estimate) == ("computed", "matched", 6, 0)


def test_a_missing_baseline_is_no_zero() -> None:
    both = [*alone(), community("beta", {"early": 9, "middle": 9})]
    rows = figures(both, wave("early", of="beta") + wave("middle"))
    row = one(rows, community="alpha", wave="early", indicator="response")
    assert row.state == "not_answered"
    assert math.isnan(row.estimate)


def test_a_changed_scale_breaks_the_series_and_leaves_the_others() -> None:
    rows = figures(alone(), wave("early") + wave("middle") + wave("late", pride1=9))
    change = {"measure": "change", "community": "alpha"}
    assert one(rows, **change, indicator="pride-mean", wave="middle", versus="early").state == "computed"
    late = one(rows, **change, indicator="pride-mean", wave="late", versus="middle")
    assert (late.state, late.method, late.word) == ("series_break", "", "")
    assert math.isnan(late.estimate)
    assert one(rows, community="alpha", wave="late", indicator="pride-mean").estimate == 9
    assert one(rows, **change, indicator="trust-mean", wave="late", versus="middle").state == "computed"


def test_what_people_credit_to_the_community_has_no_change() -> None:
    rows = figures(alone(), wave("early") + wave("middle"))
    credit = rows[rows.indicator == "credit-share"]
    assert set(credit.measure) == {"value"}
    assert credit.sensitive.all()


def test_a_module_that_no_export_had_was_not_asked() -> None:
    asked = figures(alone(), wave("early", t1=-101, t2=-101, t3=-101))
    never = figures(alone(), wave("early"), without=["t1", "t2", "t3"])
    for rows in (asked, never):
        assert one(rows, community="alpha", wave="early", indicator="trust-mean").state == "not_asked"
        assert one(rows, community="", wave="early", indicator="trust-mean").state == "not_asked"


def test_an_item_that_applies_to_nobody_is_not_applicable() -> None:
    rows = figures(alone(), wave("early", pride1=-103))
    assert one(rows, community="alpha", wave="early", indicator="pride-mean").state == "not_applicable"


def test_a_formative_set_is_never_averaged() -> None:
    rows = figures(alone(), wave("early", people=40))
    assert one(rows, community="alpha", wave="early", indicator="parts-mean").state == "not_applicable"
    assert one(rows, community="", wave="early", indicator="parts-reliability").state == "not_applicable"


def test_an_indicator_of_a_sector_is_only_of_its_communities() -> None:
    both = [*alone(), community("bakers", {"early": 9}, sector="bread")]
    rows = figures(both, wave("early") + wave("early", of="bakers", crumb=3))
    bread = rows[rows.indicator == "bread-mean"]
    assert set(bread.community) == {"bakers", ""}
    assert one(rows, community="bakers", wave="early", indicator="bread-mean").estimate == 3


def filling(ambition: float, **more: Any) -> dict[str, Any]:
    return {
        "block": "culture",
        "status": "filled",
        "ambition": ambition,
        "valid_from": date(2024, 6, 1),
        **more,
    }


def test_experience_is_set_against_an_ambition_of_before_the_wave() -> None:
    early, late = WAVES["early"][0], WAVES["late"][0]
    made_in_the_middle = alone(blocks=[filling(4.5, ambition_set_on=date(2025, 8, 1))])
    rows = figures(made_in_the_middle, wave("early") + wave("late"))
    assert early < date(2025, 8, 1) < late
    key = {"community": "alpha", "indicator": "trust-mean", "measure": "ambition"}
    assert one(rows, **key, wave="early").state == "not_applicable"
    found, mean = (
        one(rows, **key, wave="late"),
        one(rows, community="alpha", wave="late", indicator="trust-mean"),
    )
    assert (found.estimate, found.reference, mean.reference) == (-1.5, 4.5, 4.5)
    assert found.high - found.low == pytest.approx(mean.high - mean.low)


def test_response_counts_complete_and_with_partial_and_never_n_of_n() -> None:
    replies = [*wave("early", people=4), Reply("alpha", "early", answers(), "bolt", None, "partial")]
    rows = figures([community("alpha", {"early": 8})], replies)
    key = {"community": "alpha", "wave": "early", "indicator": "response"}
    assert one(rows, **key).estimate == 4 / 8
    assert one(rows, **key, part="with_partial").estimate == 5 / 8
    unknown = figures([community("alpha", {})], replies)
    assert one(unknown, **key).state == "no_population"
    assert one(unknown, **key).n == 4
    small = figures([community("alpha", {"early": 4})], replies)
    assert one(small, **key).state == "population_too_small"
    assert math.isnan(one(small, **key).estimate)


def test_response_by_partner_type_needs_people_by_partner() -> None:
    counts = {"acme": 4, "bolt": 2, "college": 5}
    rows = figures([community("alpha", {"early": counts})], wave("early", people=6))
    key = {"community": "alpha", "wave": "early", "indicator": "response", "group_by": "partner_type"}
    assert one(rows, **key, group_value="company_sme").estimate == 4 / 6
    assert one(rows, **key, group_value="vocational_school").estimate == 1 / 5
    whole = figures(alone(), wave("early", people=6))
    assert one(whole, **key, group_value="company_sme").state == "no_population"


def test_coverage_counts_active_partners_with_a_respondent() -> None:
    replies = [Reply("alpha", "early", answers(), partner) for partner in ("acme", "acme", "stranger", None)]
    row = one(figures(alone(), replies), community="alpha", wave="early", indicator="coverage")
    assert (row.n, row.population, row.estimate, row.partners) == (1, 3, 1 / 3, 2)


def test_the_participants_of_all_communities_add_up() -> None:
    both = [*alone(), community("beta", {"early": 30})]
    rows = figures(both, wave("early") + wave("early", of="beta"))
    row = one(rows, community="", wave="early", indicator="response")
    assert (row.n, row.population, row.estimate, row.communities) == (12, 40, 0.3, 2)


def test_balance_with_its_parts_beside_the_intended_mix() -> None:
    uneven = [
        Reply("alpha", "early", answers(w=w, l=learn, i=i)) for w, learn, i in [(60, 40, None), (40, 20, 40)]
    ]
    wrong = [
        Reply("alpha", "early", answers(w=w, l=learn, i=i)) for w, learn, i in [(60, 60, 60), (None,) * 3]
    ]
    rows = figures(alone(), uneven + wrong)
    key = {"community": "alpha", "wave": "early", "indicator": "balance"}
    assert one(rows, **key).estimate == pytest.approx(0.9372, abs=5e-5)  # 50, 30, 20
    assert one(rows, **key).n == 2
    parts = [one(rows, **key, part=part) for part in ("work", "learn", "renew")]
    assert [part.estimate for part in parts] == pytest.approx([0.5, 0.3, 0.2])
    assert [part.reference for part in parts] == pytest.approx([0.5, 0.3, 0.2])
    assert parts[0].se == pytest.approx(math.sqrt((1 - 2 / 10) * statistics.variance([0.6, 0.4]) / 2))
    assert one(rows, community="alpha", wave="early", indicator="mix-distance").estimate == pytest.approx(0)


def test_reliability_is_pooled_over_communities_from_thirty_on() -> None:
    both = [*alone(), community("beta", {"early": 30})]
    chance = np.random.default_rng(5)
    rows = [
        Reply(name, "early", answers(t1=int(t1), t2=int(t2), t3=int(t3)))
        for name in ("alpha", "beta")
        for t1, t2, t3 in chance.integers(1, 6, size=(20, 3))
    ]
    key = {"community": "", "wave": "early", "indicator": "trust-reliability"}
    found = one(figures(both, rows), **key, part="")
    x = pd.DataFrame([{**r.answers, "t2": 6 - r.answers["t2"]} for r in rows])[["t1", "t2", "t3"]]
    alpha = 1.5 * (1 - x.var().sum() / x.sum(axis=1).var())
    assert (found.n, found.communities, found.method) == (40, 2, "feldt")
    assert found.estimate == pytest.approx(alpha)
    for part in ("", "t1:rest", "t1:without"):
        few = one(figures(both, rows[:29]), **key, part=part)
        assert (few.n, few.state) == (29, "too_few")


def test_scores_of_some_of_the_items_stay_exact() -> None:
    """Scores are thirds and halves of points: sums in sixths do not round."""
    thirds = [Reply("alpha", "early", answers(t1=t1, t2=-102, t3=5), None, None) for t1 in (4, 5, 5)]
    row = one(figures(alone(), thirds), community="alpha", wave="early", indicator="trust-mean")
    assert row.estimate == (4.5 + 5 + 5) / 3
    assert row.partners == 0
    assert row.top_share == 1
