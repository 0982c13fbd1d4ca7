"""A form that weighs: the engine beside a slow reference, and what is said where there are no weights."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from lcmonitor.indicators.compute import compute
from lcmonitor.instruments.model import Codebook
from lcmonitor.programme.load import Setup
from lcmonitor.programme.model import Community
from tests.indicators import naive_weighted as slow
from tests.indicators import tiny
from tests.indicators.naive import Measured, item, trust
from tests.indicators.tiny import Reply, community, connection_with, figures, indicator, one, setup_of

PARTNERS = {
    "acme": ("company_sme", "small"), "bolt": ("company_sme", "micro"), "cog": ("company_large", "large"),
    "college": ("vocational_school", "large"), "desk": ("vocational_school", "small"),
}  # fmt: skip
KINDS = {
    variable: {partner: each[place] for partner, each in PARTNERS.items()}
    for place, variable in enumerate(("partner_type", "size"))
}


def garden(eligible: Mapping[str, Any], name: str = "elm") -> Community:
    partners = [{"id": p, "name": p, "type": kind, "size": size} for p, (kind, size) in PARTNERS.items()]
    return community(name, eligible, partners=partners)


def weighing(setup: Setup, *variables: str) -> Setup:
    def with_weights(codebook: Codebook) -> Codebook:
        forms = {
            name: form.model_copy(update={"weights": variables}) for name, form in codebook.forms.items()
        }
        return codebook.model_copy(update={"forms": forms})

    dated = {
        sector: [replace(each, codebook=with_weights(each.codebook)) for each in versions]
        for sector, versions in setup.instrument.dated.items()
    }
    return replace(setup, instrument=replace(setup.instrument, dated=dated))


def weighed(communities: Sequence[Community], replies: Sequence[Reply], *variables: str) -> pd.DataFrame:
    with connection_with(replies) as connection:
        return compute(connection, weighing(setup_of(communities), *variables)).rows


def reply(partner: str | None, trust: int = 3, wave: str = "early", **more: Any) -> Reply:
    answers = {"t1": trust, "t2": 6 - trust, "t3": trust, "pride1": trust}
    return Reply("elm", wave, answers | more, partner)


SIXTY = {"acme": 12, "bolt": 12, "cog": 12, "college": 12, "desk": 12}


def people(**answers: Sequence[int]) -> list[Reply]:
    return [reply(partner, trust) for partner, given in answers.items() for trust in given]


UNEVEN = people(
    acme=[5, 5, 4, 5, 4, 5], bolt=[5, 4, 5, 5, 4], cog=[2, 1, 2, 3, 2], college=[3] * 3, desk=[1, 2, 3]
)


def test_the_mean_is_that_of_the_mix_of_those_who_could_answer() -> None:
    """Types of 24, 12 and 24 people: 51/11, 10/5 and 15/6, in 22nds."""
    found = one(
        weighed([garden({"early": SIXTY})], UNEVEN, "partner_type"), community="elm", indicator="pride-mean"
    )
    exact = (24 * 51 / 11 + 12 * 2 + 24 * 2.5) / 60
    assert found["estimate"] == pytest.approx(round(22 * exact) / 22)
    assert found["method"] == "weighted"
    plain = one(figures([garden({"early": SIXTY})], UNEVEN), community="elm", indicator="pride-mean")
    assert plain["estimate"] == pytest.approx((51 + 10 + 15) / 22)


def test_what_weights_cost_is_a_part_of_the_response() -> None:
    rows = weighed([garden({"early": SIXTY})], UNEVEN, "partner_type")
    weights = [24 / 11] * 11 + [12 / 5] * 5 + [24 / 6] * 6
    effect = 22 * sum(w**2 for w in weights) / 60**2
    cost = [
        one(rows, community="elm", indicator="response", part=part)
        for part in ("design_effect", "effective_n")
    ]
    assert [row["estimate"] for row in cost] == [round(effect, 1), round(22 / round(effect, 1))]
    assert not rows[(rows["community"] == "") & rows["part"].isin(["design_effect", "effective_n"])].size


@pytest.mark.parametrize(
    "eligible",
    [
        SIXTY | {"cog": 4},  # more answered than there are
        {"early": 60},
    ],
)
def test_without_enough_of_every_kind_or_their_numbers_figures_say_that_they_are_not_weighted(
    eligible: dict[str, int],
) -> None:
    wave: dict[str, Any] = eligible if "early" in eligible else {"early": eligible}
    rows, plain = weighed([garden(wave)], UNEVEN, "partner_type"), figures([garden(wave)], UNEVEN)
    for name in ("trust-mean", "trust-share", "pride-mean"):
        found, without = (one(each, community="elm", indicator=name) for each in (rows, plain))
        assert found["method"] == "unweighted"
        assert found[["n", "estimate", "se", "low", "high"]].equals(
            without[["n", "estimate", "se", "low", "high"]]
        )
    cost = one(rows, community="elm", indicator="response", part="design_effect")
    assert cost["state"] == "too_few"


def method(rows: pd.DataFrame) -> str:
    return str(one(rows, community="elm", indicator="trust-mean")["method"])


@pytest.mark.parametrize("variable", ["partner_type", "size"])
def test_four_of_a_type_are_too_few_whatever_the_weights_are_by(variable: str) -> None:
    few = [each for each in UNEVEN if each.partner != "cog"] + people(cog=[2, 1, 2, 3])
    assert method(weighed([garden({"early": SIXTY})], UNEVEN, variable)) == "weighted"
    assert method(weighed([garden({"early": SIXTY})], few, variable)) == "unweighted"


def test_who_would_be_most_of_what_is_said_does_not_weigh() -> None:
    """Five of a type may weigh as much as the others together, and no more."""
    for cog, expected in ((29, "weighted"), (35, "unweighted")):
        eligible = dict.fromkeys(PARTNERS, 8) | {"cog": cog}
        assert method(weighed([garden({"early": eligible})], UNEVEN, "partner_type")) == expected


def test_of_one_type_there_is_nothing_to_weigh() -> None:
    replies = people(acme=[5, 5, 4, 5], bolt=[5, 4, 5], cog=[2, 1, 2])
    kinds = {p: ("company_sme", size) for p, (_, size) in PARTNERS.items()}
    partners = [{"id": p, "name": p, "type": kind, "size": size} for p, (kind, size) in kinds.items()]
    same = [community("elm", {"early": SIXTY}, partners=partners)]
    assert method(weighed(same, replies, "partner_type")) == method(figures(same, replies))
    cost = one(weighed(same, replies, "partner_type"), indicator="response", part="design_effect")
    assert cost["state"] == "not_applicable"


def test_partner_types_and_the_unweighted_instrument_stay_as_they_are() -> None:
    rows, plain = (
        weighed([garden({"early": SIXTY})], UNEVEN, "partner_type"),
        figures([garden({"early": SIXTY})], UNEVEN),
    )
    types = [
        each[each["group_by"] == "partner_type"].reset_index(drop=True).astype(object)
        for each in (rows, plain)
    ]
    pd.testing.assert_frame_equal(types[0], types[1])


def test_what_partners_intend_is_the_same_with_and_without_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each counts once: of five acme, bolt and desk say yes; bolt once no, and cog, college and desk more."""
    asked = {"intention": indicator("intention", "t1"), "share": indicator("share", "t1")}
    monkeypatch.setattr(tiny, "INDICATORS", asked)
    replies = people(
        acme=[4, 5] * 3, bolt=[5, 4, 5, 5, 2], cog=[2] * 5, college=[3] * 5, desk=[4, 4, 4, 2, 2]
    )
    rows, plain = (
        weighed([garden({"early": SIXTY})], replies, "partner_type"),
        figures([garden({"early": SIXTY})], replies),
    )
    assert one(rows, community="elm", indicator="share")["method"] == "weighted"
    found, without = (one(each, community="elm", indicator="intention") for each in (rows, plain))
    assert (found["n"], found["population"], found["estimate"], found["method"]) == (5, 5, 0.6, "plain")
    assert found.equals(without)


def test_a_change_is_the_difference_of_what_is_shown_of_both_waves() -> None:
    later = [replace(each, wave="middle", answers={**each.answers, "pride1": 4}) for each in UNEVEN[2:]]
    eligible = {"early": SIXTY, "middle": SIXTY}
    rows = weighed([garden(eligible)], [*UNEVEN, *later], "partner_type")
    then, now = (
        one(rows, community="elm", indicator="pride-mean", wave=wave) for wave in ("early", "middle")
    )
    change = one(
        rows, community="elm", indicator="pride-mean", wave="middle", measure="change", versus="early"
    )
    assert change["estimate"] == pytest.approx(now["estimate"] - then["estimate"])
    assert change["method"] == "weighted"


CODES = st.sampled_from([1, 2, 3, 4, 5, 5, -102])


@st.composite
def respondents(draw: st.DrawFn) -> tuple[dict[str, int], list[Reply]]:
    replies, eligible = [], {}
    for partner in PARTNERS:
        n = draw(st.integers(3, 9))
        eligible[partner] = n + draw(st.integers(0, 12))
        for _ in range(n):
            codes = {name: draw(CODES) for name in ("t1", "t2", "t3", "pride1")}
            replies.append(Reply("elm", "early", codes, partner))
    unknown = draw(st.sampled_from([0] * 9 + [2]))
    return eligible, replies + [reply(None, draw(st.integers(1, 5))) for _ in range(unknown)]


def scores(replies: Sequence[Reply], measured: Measured, line: int | None) -> list[float | None]:
    given = [measured(r.answers) for r in replies]
    return [None if score is None else float(score if line is None else score >= line) for score in given]


@settings(max_examples=25, deadline=None)
@given(respondents(), st.sampled_from([("partner_type",), ("size",), ("partner_type", "size")]))
def test_the_engine_and_the_slow_reference_agree(
    drawn: tuple[dict[str, int], list[Reply]], variables: tuple[str, ...]
) -> None:
    eligible, replies = drawn
    rows = weighed([garden({"early": eligible})], replies, *variables)
    found = slow.weigh([r.partner for r in replies], eligible, KINDS, variables)
    event("weighted" if found else "not weighted")
    population = sum(eligible.values())
    for name, measured, line, interval in (
        ("trust-mean", trust, None, slow.on_scale((1, 5))),
        ("pride-mean", item("pride1"), None, slow.on_scale((1, 5))),
        ("trust-share", trust, 4, slow.of_share),
    ):
        made, answers = one(rows, community="elm", indicator=name), scores(replies, measured, line)
        n = sum(answer is not None for answer in answers)
        if found is None or n == population:
            assert made["method"] != "weighted"
        else:
            _same(made, slow.figure(found, answers, population, interval), n)


def _same(made: Any, expected: slow.Figure, n: int) -> None:
    """A value that lies between two whole answers may go to either."""
    assert made["method"] == "weighted"
    assert made["se"] == pytest.approx(expected.se, rel=1e-7, abs=1e-9)
    for name in ("estimate", "low", "high"):
        if math.isnan(made[name]):
            continue
        whole, told = made[name] * n, getattr(expected, name) * n
        assert whole == pytest.approx(round(whole), abs=1e-6)
        assert abs(whole - told) < 1e-6 or abs(whole - told) == pytest.approx(1, abs=1e-6)
        assert np.isfinite(told)
