"""The population is what the workspace says, and its true values are those of the latent model."""

from dataclasses import replace
from itertools import pairwise
from math import isnan, sqrt
from statistics import NormalDist

import numpy as np
import pytest

from lcmonitor.demo.census import Census, censuses, in_steps
from lcmonitor.demo.plan import Plan
from lcmonitor.demo.replies import replies
from lcmonitor.demo.truth import true_values
from lcmonitor.programme.load import Setup


def participants(everyone: list[Census]) -> list[Census]:
    return [census for census in everyone if census.form == "participant"]


def test_everyone_who_is_eligible_is_in_the_population(everyone: list[Census]) -> None:
    for census in everyone:
        population = census.codebook.forms[census.form].population
        number = census.community.eligible_in(census.wave, population)
        assert number is None or len(census.people) == number
        assert len({person.token for person in census.people}) == len(census.people)


def test_the_programme_is_as_large_as_it_was_asked_to_be(setup: Setup, everyone: list[Census]) -> None:
    sizes = [len(census.people) for census in participants(everyone)]
    partners = [len(community.partners) for community in setup.communities.values()]
    scales = {profile.scale for community in setup.communities.values() for profile in community.profile}
    assert (len(setup.communities), len(setup.programme.waves)) == (7, 4)
    assert (min(sizes), max(sizes)) == (6, 60)
    assert (min(partners), max(partners)) == (4, 12)
    assert scales == {"micro", "meso", "macro"}
    assert {community.sector for community in setup.communities.values()} == set(setup.instrument.sectors)


def test_people_stay_leave_and_join_over_the_waves(everyone: list[Census]) -> None:
    panels = [
        {person.token for person in census.people}
        for census in participants(everyone)
        if census.community.id == "zorg-noord"
    ]
    for earlier, later in pairwise(panels):
        assert 0.7 < len(earlier & later) / len(earlier) < 1
        assert later - earlier


def test_no_one_is_in_two_communities(everyone: list[Census]) -> None:
    homes: dict[str, set[str]] = {}
    for census in everyone:
        for person in census.people:
            homes.setdefault(person.token, set()).add(census.community.id)
    assert {len(home) for home in homes.values()} == {1}


def test_respondents_are_a_fixed_number_of_the_eligible(everyone: list[Census], plan: Plan) -> None:
    for census in everyone:
        full = [r for r in replies(census, plan, keeps_unfinished=False) if len(r.values) > 1 and not r.test]
        rate = plan.communities[census.community.id].responds[census.form][census.number]
        assert len(full) == round(rate * len(census.people))
        assert {reply.token for reply in full} <= {person.token for person in census.people}


@pytest.fixture(scope="module")
def crowd(setup: Setup, plan: Plan) -> Census:
    """One community of thousands, with nothing of its own in the model."""
    one = setup.communities["stadslogistiek"]
    eligible = {wave.id: {one.partners[0].id: 4000} for wave in setup.programme.waves}
    many = one.model_copy(update={"eligible": eligible})
    plain = plan.communities[one.id].model_copy(update={"constructs": {}, "level": 0})
    stripped = plan.model_copy(update={"communities": {one.id: plain}})
    return next(censuses(replace(setup, communities={one.id: many}), stripped))


def expected_code(mean: float, plan: Plan) -> float:
    """Of a normal position, rounded to 1 … 5."""
    spread = sqrt(plan.person.spread**2 + plan.person.view**2 + plan.person.moment**2)
    position = NormalDist(mean, spread)
    return 1 + sum(1 - position.cdf(limit) for limit in (1.5, 2.5, 3.5, 4.5))


def test_true_values_of_a_large_population_are_those_of_the_latent_model(crowd: Census, plan: Plan) -> None:
    values = {value.of: value for value in true_values([crowd])}
    constructs = [name for name in crowd.codebook.constructs if name in values]
    assert len(constructs) > 15
    for name in constructs:
        first = crowd.codebook.constructs[name].items[0]
        source = next(n for n, c in crowd.codebook.constructs.items() if first in c.items)
        trend = plan.constructs.get(source, plan.constructs["other"])
        # The mean of 4000 people: a standard error of 0.014 at most.
        assert values[name].mean == pytest.approx(expected_code(trend.start, plan), abs=0.05)


def test_a_reversed_item_is_answered_the_other_way_round(crowd: Census, plan: Plan) -> None:
    straight, reversed_ = crowd.answers["P1_1"], crowd.answers["P1_3"]
    assert crowd.codebook.items["P1_3"].reversed
    assert reversed_.mean() == pytest.approx(6 - expected_code(3.5, plan), abs=0.05)
    assert np.corrcoef(straight, reversed_)[0, 1] < -0.2
    values = {value.of: value.mean for value in true_values([crowd])}
    assert values["P1_3"] == pytest.approx(6 - reversed_.mean())


def test_the_true_share_counts_those_whose_score_agrees(crowd: Census) -> None:
    values = {value.of: value for value in true_values([crowd])}
    scores = np.mean([crowd.answers[item] for item in ("C1_1", "C1_2", "C1_3")], axis=0)
    assert values["trust"].share == pytest.approx(np.count_nonzero(scores >= 4) / 4000)


def test_points_add_up_to_the_whole_and_keep_the_mix(crowd: Census, plan: Plan) -> None:
    points = np.array([crowd.answers[item] for item in ("P3_w", "P3_l", "P3_i")])
    assert set(points.sum(axis=0)) == {100}
    shares = {value.part: value.mean for value in true_values([crowd]) if value.of == "balance"}
    assert shares == pytest.approx(plan.communities["stadslogistiek"].mix["balance"][0], abs=0.02)


def test_rounding_to_steps_keeps_the_sum() -> None:
    assert in_steps(np.array([[33.3, 33.3, 33.4], [50.0, 30.0, 20.0]]), step=5).tolist() == [
        [35, 30, 35],
        [50, 30, 20],
    ]


def test_modules_for_schools_are_shown_to_schools_only(everyone: list[Census]) -> None:
    census = next(c for c in everyone if c.community.id == "zorg-noord" and c.form == "organisation")
    shown = {
        person.partner
        for person, answer in zip(census.people, census.answers["O5_1"], strict=True)
        if not isnan(answer)
    }
    assert shown == {"university-north", "mbo-friesveld", "hogeschool-noordzee"}


def test_the_order_of_files_and_of_keys_changes_no_answer(
    setup: Setup, plan: Plan, everyone: list[Census]
) -> None:
    backwards = replace(
        setup, communities={name: setup.communities[name] for name in reversed(list(setup.communities))}
    )
    turned = plan.model_copy(update={"communities": dict(reversed(plan.communities.items()))})
    again = {(c.community.id, c.wave.id, c.form): c for c in censuses(backwards, turned)}
    for census in everyone:
        twin = again[census.community.id, census.wave.id, census.form]
        assert twin.people == census.people
        assert all(np.array_equal(twin.answers[i], a, equal_nan=True) for i, a in census.answers.items())


def test_another_seed_gives_other_answers(setup: Setup, plan: Plan, everyone: list[Census]) -> None:
    other = next(censuses(setup, plan.model_copy(update={"seed": plan.seed + 1})))
    assert other.people != everyone[0].people
    assert any(not np.array_equal(other.answers[item], everyone[0].answers[item]) for item in other.answers)
