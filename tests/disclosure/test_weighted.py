"""An attacker of weighted figures: knows the rules, the weights and how many of each type answered.

Every sum of answers that the types may have is tried; those that give the figure as it is published are left.
"""

from collections.abc import Sequence
from itertools import chain

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lcmonitor.disclosure.released import release
from lcmonitor.indicators.compute import compute
from lcmonitor.programme.privacy import Privacy
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


@settings(max_examples=30, deadline=None)
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
    if whole["status"] == "released" and whole["method"] == "weighted":
        assert np.isnan(whole["se"])
        assert set(types["status"]) == {"suppressed"}, "of a weighted community all types are shown, or none"
        assume(1.75 <= whole["estimate"] <= 4.25 and (all_ <= 0.8 * all_.sum()).all())
        left = sums_left(whole["estimate"], n, weights, (1, 5), whole=True) / n
        assert (left.max(axis=0) - left.min(axis=0) >= 1).all(), "a mean is known to within half a point"


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
def test_what_weights_cost_is_shown_only_beside_the_count_of_every_type(part: str) -> None:
    eligible = dict.fromkeys(PARTNERS, 6)
    replies = [reply(partner, 2 + at % 3) for at, partner in enumerate([*PARTNERS] * 3)]
    for unknown, status in ((0, "released"), (1, "suppressed")):
        rows = released(eligible, [*replies, *(reply(None) for _ in range(unknown))])
        chosen = rows[(rows["part"] == part) & (rows["community"] == "elm")]
        assert chosen["status"].tolist() == [status]
