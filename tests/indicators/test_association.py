"""What goes together: against a slow reckoning of each community, and what is never told of few of them."""

import math
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lcmonitor.indicators import assembly, pooling
from lcmonitor.indicators.association import Associations, Pair, Standing
from lcmonitor.indicators.compute import compute
from lcmonitor.indicators.grid import Grid, grid
from lcmonitor.indicators.products import correlation, product_sums
from lcmonitor.indicators.rows import Label
from lcmonitor.indicators.table import IndicatorTable
from tests.indicators.naive import trust, valid
from tests.indicators.tiny import Reply, community, connection_with, figures, one, profile, setup_of

PAIR = "trust+pride"
SCALES, PHASES = ("micro", "meso", "macro"), ("start", "development", "validation", "sustaining", "scaling")


def replies(communities: int, people: int, seed: int) -> list[Reply]:
    """People lean high or low on everything, more in one community than in another; some skip one."""
    random, given_ = np.random.default_rng(seed), []
    for place in range(communities):
        for _ in range(people + place % 3):
            lean = random.normal(0, 0.3 + 0.1 * place)
            told = np.clip(np.rint(3 + lean + random.normal(0, 0.8, 5)), 1, 5).astype(int).tolist()
            answers: dict[str, Any] = dict(zip(("t1", "t2", "t3", "pride1", "credit1"), told, strict=True))
            answers["t2"] = 6 - answers["t2"]
            if random.random() < 0.1:
                answers["pride1"] = -102
            given_.append(Reply(f"c{place}", "early", answers, f"p{random.integers(5)}"))
    return given_


def slow_r(mine: Sequence[Reply]) -> tuple[int, float]:
    told = [(float(t), r.answers["pride1"]) for r in mine if (t := trust(r.answers)) is not None]
    both = [(t, p) for t, p in told if valid(p)]
    first, second = zip(*both, strict=True)
    return len(both), float(np.corrcoef(first, second)[0, 1])


def test_each_community_is_its_own_comparison_and_counts_by_its_people() -> None:
    given_ = replies(7, 14, seed=3)
    names = sorted({reply.community for reply in given_})
    found = figures([community(name, {"early": 40}) for name in names], given_)
    slow = [slow_r([reply for reply in given_ if reply.community == name]) for name in names]
    z = np.array([math.atanh(r) for _, r in slow])
    expected = pooling.pooled(z[None], np.array([1 / (n - 3) for n, _ in slow])[None])
    row = one(found, indicator="together", wave="early", part=f"{PAIR}:r")
    assert (row.n, row.communities) == (sum(n for n, _ in slow), 7)
    for name, told in (("estimate", "value"), ("low", "low"), ("high", "high")):
        assert getattr(row, name) == pytest.approx(math.tanh(getattr(expected, told)[0]), rel=1e-12)
    ahead = one(found, indicator="together", wave="early", part=f"{PAIR}:next")
    assert ahead.low == pytest.approx(math.tanh(expected.predicted_low[0]), rel=1e-12)
    assert one(found, indicator="together", wave="early", part=f"{PAIR}:i2").estimate == pytest.approx(
        expected.i2[0]
    )
    assert row.word == "together"
    assert str(row.method) == "random_effects"


def test_a_construct_is_not_set_beside_its_own_questions() -> None:
    """`parts` is formative and shares questions with trust."""
    given_ = replies(6, 14, seed=1)
    found = figures([community(f"c{n}", {}) for n in range(6)], given_)
    assert not found["part"].astype(str).str.startswith("trust+parts").any()


@pytest.mark.parametrize(("communities", "people"), [(4, 14), (8, 6)])
def test_few_communities_or_few_people_in_each_tell_nothing(communities: int, people: int) -> None:
    found = figures([community(f"c{n}", {}) for n in range(communities)], replies(communities, people, 2))
    assert one(found, indicator="together", wave="early", part=f"{PAIR}:r").state == "too_few"


def test_only_communities_whose_means_may_be_shown_are_in_it() -> None:
    given_ = replies(7, 14, seed=4)
    setup = setup_of([community(f"c{n}", {}) for n in range(7)])

    def without_one(table: IndicatorTable) -> np.ndarray:
        rows = table.rows
        hidden = (rows["community"] == "c3") & (rows["indicator"] == "pride-mean")
        return ~hidden.to_numpy(bool)

    with connection_with(given_) as connection:
        rows = compute(connection, setup, without_one).rows
    left = [reply for reply in given_ if reply.community != "c3"]
    row = one(rows, indicator="together", wave="early", part=f"{PAIR}:r")
    assert row.communities == 6
    assert row.n == sum(slow_r([r for r in left if r.community == f"c{n}"])[0] for n in (0, 1, 2, 4, 5, 6))


def programme(contexts: Sequence[tuple[int, int]], counts: Sequence[bool], seed: int) -> pd.DataFrame:
    """Communities with a scale and a phase, of each whether it has enough people; their associations."""
    communities = [
        community(f"c{place:02d}", {}, profile=[profile(scale=SCALES[scale], phase=PHASES[phase])])
        for place, (scale, phase) in enumerate(contexts)
    ]
    cells = grid(setup_of(communities))
    r = np.full(cells.size, np.nan)
    first = cells.wave == 0
    r[first] = np.tanh(np.random.default_rng(seed).normal(0.3, 0.4, len(contexts)))
    n = np.where(first, 20.0, 0.0) * np.repeat(counts, len(cells.waves))
    shown = Standing(first, np.full(cells.size, 4.0), n, n / 4)
    pair = Pair(("trust", "pride"), (shown, shown), False, 4, n, np.where(n > 0, r, np.nan))
    label = Label("together", "participant", "association", sensitive=False)
    return assembly.table(Associations(label, cells, [pair]).blocks, cells).rows


def published(rows: pd.DataFrame) -> dict[str, int]:
    """Communities of each group that is told, by its name."""
    told = rows[(rows["state"] == "computed") & rows["part"].astype(str).str.endswith(":r")]
    return dict(zip(told["group_value"].astype(str), told["communities"].astype(int), strict=True))


def test_contexts_are_told_apart_from_five_communities_each() -> None:
    rows = programme([(0, 0)] * 6 + [(1, 0)] * 5, [True] * 11, seed=1)
    assert published(rows) == {"": 11, "micro": 6, "meso": 5, "start": 11}
    by = one(rows, indicator="together", wave="early", part=f"{PAIR}:by-scale")
    assert by.estimate == 2
    assert str(by.word) in ("differs", "no_clear_difference")


def test_a_group_that_would_leave_few_is_not_told() -> None:
    assert published(programme([(0, 0)] * 6 + [(1, 0)] * 3, [True] * 9, seed=1)) == {"": 9, "start": 9}
    assert published(programme([(0, 0)] * 6 + [(1, 0)] * 5 + [(2, 0)], [True] * 12, 1)) == {
        "": 12, "micro": 6, "start": 12,
    }  # fmt: skip


places = st.tuples(st.integers(0, 2), st.integers(0, 4))


@settings(max_examples=60, deadline=None)
@given(st.lists(places, min_size=5, max_size=30), st.integers(0, 1000))
def test_no_published_sets_leave_fewer_than_five_communities(
    contexts: list[tuple[int, int]], seed: int
) -> None:
    counts = (np.random.default_rng(seed).random(len(contexts)) < 0.9).tolist()
    told = published(programme(contexts, counts, seed))
    members = {"": {place for place, counted in enumerate(counts) if counted}}
    for name in told:
        kinds, at = (SCALES, 0) if name in SCALES else (PHASES, 1)
        if name:
            members[name] = {p for p in members[""] if kinds[contexts[p][at]] == name}
            assert len(members[name]) == told[name]
    for one_, other in combinations(told, 2):
        for small, large in ((members[one_], members[other]), (members[other], members[one_])):
            assert not small < large or len(large - small) >= 5
    for kinds in (SCALES, PHASES):
        left = members[""] - {p for name in told if name in kinds for p in members[name]}
        assert not left or len(left) >= 5 or not any(name in kinds for name in told)
    _assert_no_community_is_alone(told, members, len(contexts))


def _assert_no_community_is_alone(
    told: Mapping[str, int], members: Mapping[str, set[int]], size: int
) -> None:
    """Of who adds and subtracts what is told of sets: no one community is what is left."""
    if not told:
        return
    sets = np.array([[place in members[name] for place in range(size)] for name in told], float)
    rank = np.linalg.matrix_rank(sets)
    for place in range(size):
        alone = np.zeros(size)
        alone[place] = 1
        assert np.linalg.matrix_rank(np.vstack([sets, alone])) > rank


@given(
    st.lists(
        st.tuples(st.integers(0, 2), *[st.one_of(st.none(), st.integers(1, 5))] * 3), min_size=1, max_size=40
    )
)
def test_products_are_those_of_a_loop(rows: list[tuple[int, int | None, int | None, int | None]]) -> None:
    scores = np.array([[np.nan if each is None else each for each in row[1:]] for row in rows], float)
    found = product_sums(scores, np.array([row[0] - 1 for row in rows]), 2, [(0, 1), (0, 2), (2, 1)])
    for at, (first, second) in enumerate([(0, 1), (0, 2), (2, 1)]):
        for group in range(2):
            both = [
                (row[1 + first], row[1 + second])
                for row in rows
                if row[0] - 1 == group and row[1 + first] is not None and row[1 + second] is not None
            ]
            assert found.n[at, group] == len(both)
            assert found.products[at, group] == sum((a or 0) * (b or 0) for a, b in both)
            assert found.one_squares[at, group] == sum((a or 0) ** 2 for a, _ in both)
            r = correlation(found)[at, group]
            if len(both) > 1 and all(np.std(side) > 0 for side in zip(*both, strict=True)):
                assert r == pytest.approx(np.corrcoef(np.array(both, float).T)[0, 1], abs=1e-9)
            else:
                assert math.isnan(r)


def test_the_grid_knows_the_contexts() -> None:
    cells: Grid = grid(setup_of([community("a", {}, sector="bread"), community("b", {})]))
    assert cells.contexts["sector"][0] == "bread"
    assert {"micro", "start", "bread", "company_sme"} <= set(cells.group_values)
