"""An attacker of weighted figures: knows the rules, the weights and how many of each type answered.

All answers that the types may have given are tried; those that give the figure as it is published are left.
"""

from collections.abc import Sequence
from itertools import chain, product
from typing import get_args

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from lcmonitor.disclosure.released import release
from lcmonitor.indicators import weighted
from lcmonitor.indicators.compute import compute
from lcmonitor.indicators.sums import Level
from lcmonitor.indicators.weighted import Answers
from lcmonitor.indicators.weighting import Weighting, weights_of
from lcmonitor.programme.partners import Partner, PartnerType
from lcmonitor.programme.privacy import Privacy
from tests.disclosure.test_rerun import WIDE, every, published, table
from tests.indicators.test_weighting import reply, weighing
from tests.indicators.tiny import Reply, community, connection_with, setup_of

TYPES = {"company_sme": 3, "government": 3, "university": 2}  # partners of each: two are too few for a figure
PARTNERS = {f"{kind}{number}": kind for kind, many in TYPES.items() for number in range(many)}


def released(eligible: dict[str, int], replies: Sequence[Reply]) -> pd.DataFrame:
    partners = [{"id": partner, "name": partner, "type": kind} for partner, kind in PARTNERS.items()]
    setup = weighing(setup_of([community("elm", {"early": eligible}, partners=partners)]), "partner_type")
    with connection_with(replies) as connection:
        return release(compute(connection, setup), Privacy()).rows


@st.composite
def programmes(draw: st.DrawFn) -> tuple[dict[str, int], list[Reply]]:
    """Five to nine people of each type answer, out of very different numbers."""
    eligible, replies = {}, []
    for kind, many in TYPES.items():
        answered = [draw(st.integers(2, 3)) for _ in range(many)]
        answered[0] += max(0, 5 - sum(answered))
        left = draw(st.integers(0, 15))
        tendency = draw(st.lists(st.integers(1, 5), min_size=1, max_size=3))
        for number, n in enumerate(answered):
            eligible[f"{kind}{number}"] = n + left
            replies += [reply(f"{kind}{number}", draw(st.sampled_from(tendency))) for _ in range(n)]
    return eligible, replies


def counts(replies: Sequence[Reply]) -> np.ndarray:
    return np.array([sum(PARTNERS[r.partner or ""] == kind for r in replies) for kind in TYPES])


def people(eligible: dict[str, int]) -> np.ndarray:
    return np.array(
        [sum(n for partner, n in eligible.items() if PARTNERS[partner] == kind) for kind in TYPES]
    )


def trimmed(weights: np.ndarray, n: np.ndarray) -> bool:
    mean = (weights * n).sum() / n.sum()
    return bool(((weights < 0.3 * mean) | (weights > 3 * mean)).any())


def sums_left(
    shown: float, n: np.ndarray, weights: np.ndarray, ends: tuple[int, int], whole: bool
) -> np.ndarray:
    """The sums of the types that give ``shown``, a row each."""
    grids = np.meshgrid(*(np.arange(ends[0] * one, ends[1] * one + 1) for one in n), indexing="ij")
    tried = np.stack([grid.ravel() for grid in grids], axis=1)
    value = tried @ weights / (weights @ n)
    room = 0.5 / n.sum() if whole else 0.0
    left: np.ndarray = tried[np.abs(value - shown) <= room + 1e-9]
    return left


@settings(max_examples=15, deadline=None)
@given(programmes())
def test_nothing_of_a_hidden_type_is_recovered(drawn: tuple[dict[str, int], list[Reply]]) -> None:
    eligible, replies = drawn
    rows, n, all_ = released(eligible, replies), counts(replies), people(eligible)
    weights = all_ / n
    assume(not trimmed(weights, n) and (all_ < n.sum() * 100).all())
    trust = rows[
        (rows["indicator"] == "trust-mean") & (rows["community"] == "elm") & (rows["measure"] == "value")
    ]
    whole, types = trust[trust["group_by"] == ""].iloc[0], trust[trust["group_by"] != ""]
    event(str(whole["method"]))
    if whole["status"] == "released" and whole["method"] == "weighted":
        assert np.isnan(whole["se"])
        assert set(types["status"]) == {"suppressed"}, "of a weighted community all types are shown, or none"
        assume(1.75 <= whole["estimate"] <= 4.25 and (all_ <= 0.8 * all_.sum()).all())
        left = sums_left(whole["estimate"], n, weights, (1, 5), whole=True) / n
        assert (left.max(axis=0) - left.min(axis=0) >= 1).all(), "a mean is known to within half a point"


def width(answers: np.ndarray, told: np.ndarray) -> np.ndarray:
    """Of each type, from the least to the most that goes with what is told."""
    possible = pd.DataFrame(answers).groupby(np.unique(told, axis=0, return_inverse=True)[1].ravel())
    return (possible.transform("max") - possible.transform("min")).to_numpy()


def shares(n: np.ndarray, all_: np.ndarray, each: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Of all numbers of each type that may agree: those numbers, and the share with its interval."""
    agree = np.array(list(product(*(range(int(one) + 1) for one in n))), dtype=float)
    count, types = agree.shape
    cells, every = np.repeat(np.arange(count), types), np.ones(count, dtype=bool)
    weighting = Weighting(
        Level(cells, count), np.tile(each, count), np.tile(n, count), asked=every, made=every
    )
    answers = Answers(np.tile(n, count), agree.ravel(), agree.ravel())
    made = weighted.share(weighted.of_answers(weighting, answers), np.full(count, all_.sum()))
    return agree, np.column_stack([made.value, made.low, made.high]).round(9)


@st.composite
def types(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    """Of each type how many answered, and how many there are."""
    n = np.array(draw(st.lists(st.integers(5, 9), min_size=2, max_size=3)), dtype=float)
    return n, n + [draw(st.integers(0, 40)) for _ in n]


@settings(max_examples=60, deadline=None)
@given(types())
def test_weights_bring_no_number_of_a_type_to_within_one(drawn: tuple[np.ndarray, np.ndarray]) -> None:
    """As far as the share is not near an end: three of ten without weights are not more of a type either."""
    n, all_ = drawn
    each = weighing_of(n, all_)
    assume(each is not None and n.sum() < all_.sum())
    agree, told = shares(n, all_, np.asarray(each))
    middle = (told[:, 0] >= 1 / 3) & (told[:, 0] <= 2 / 3)
    assert width(agree, told)[middle].min() >= WIDE
    assert (width(agree, told) >= width(agree, told[:, :1]) - 2).all(), "the interval adds next to nothing"


def test_the_attacker_succeeds_where_few_weigh_most() -> None:
    n, all_ = np.array([5.0, 15]), np.array([60.0, 16])
    assert weighing_of(n, all_) is None
    agree, told = shares(n, all_, all_ / n)
    assert width(agree, told)[:, 0].max() < WIDE
    assert width(agree, agree.sum(axis=1, keepdims=True))[:, 0].max() == 5


def weighing_of(n: np.ndarray, all_: np.ndarray, unknown: int = 0) -> np.ndarray | None:
    """Of types with one partner each; ``unknown``: respondents who do not say where they are from."""
    kinds = sorted(get_args(PartnerType))[: len(n)]
    people = [
        (Partner(id=kind, name=kind, type=kind), float(one)) for kind, one in zip(kinds, all_, strict=True)
    ]
    found = weights_of(["partner_type"], people, [*kinds, None], np.append(n, unknown), 5)
    return None if found is None else found[:-1]


@pytest.mark.parametrize("people", [(6, 8, 12), (8, 8, 8), (12, 10), (9, 4, 4)])
def test_that_a_community_is_weighted_tells_no_number_of_few(people: Sequence[int]) -> None:
    """To one who runs the program on every community there could be (see ``test_rerun``)."""
    communities = every(people, 0, range(4))
    rows = release(table(communities, people), Privacy()).rows
    made = [weighing_of(one[:-1], np.array(people), int(one[-1])) is not None for one in communities]
    counts = published(rows, len(people))
    numbers, both = communities[:, :-1], np.column_stack([counts, made])
    few = numbers < 5
    before, after = (width(numbers, told)[few] for told in (counts[:, None], both))
    assert (after >= np.minimum(before, WIDE)).all()


def test_the_attacker_succeeds_where_figures_are_exact() -> None:
    """An exact weighted mean can be taken apart: that is why it is given in whole answers."""
    n, weights = np.array([5, 6, 7]), np.array([50.01, 11.03, 23.02]) / np.array([5, 6, 7])
    sums = np.array([17, 15, 26])
    exact = float(sums @ weights / (weights @ n))
    assert sums_left(exact, n, weights, (1, 5), whole=False).tolist() == [sums.tolist()]
    shown = round(exact * 18) / 18
    assert len(sums_left(shown, n, weights, (1, 5), whole=True)) > 300


def test_every_type_is_shown_where_none_needs_to_be_hidden() -> None:
    kinds = [kind for kind, many in TYPES.items() if many == 3]
    eligible = {partner: 4 for partner in PARTNERS if PARTNERS[partner] in kinds}
    eligible |= {partner: 0 for partner in PARTNERS if PARTNERS[partner] not in kinds}
    given_ = chain.from_iterable((partner, partner) for partner, many in eligible.items() if many)
    rows = released(eligible, [reply(partner, 2 + at % 3) for at, partner in enumerate(given_)])
    trust = rows[
        (rows["indicator"] == "trust-mean") & (rows["community"] == "elm") & (rows["measure"] == "value")
    ]
    shown = trust[trust["status"] == "released"]
    assert shown["group_value"].tolist() == ["", *kinds]
    assert shown["method"].tolist()[0] == "weighted"


@pytest.mark.parametrize("part", ["design_effect", "effective_n"])
def test_what_weights_cost_is_shown_where_everyone_says_where_they_are_from(part: str) -> None:
    eligible = dict.fromkeys(PARTNERS, 6)
    replies = [reply(partner, 2 + at % 3) for at, partner in enumerate([*PARTNERS] * 3)]
    for unknown, status in ((0, "released"), (1, "not_available")):
        rows = released(eligible, [*replies, *(reply(None) for _ in range(unknown))])
        chosen = rows[(rows["part"] == part) & (rows["community"] == "elm")]
        assert chosen["status"].tolist() == [status]
