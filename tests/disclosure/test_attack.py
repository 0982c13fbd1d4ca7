"""An attacker who has every released figure, unrounded, knows the rules, and can do algebra.

The figures are made here from people, one by one; what can be inferred is found by linear programming and
by the rank of the equations. Nothing of the room's own reasoning is used but ``release``.
"""

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from lcmonitor.disclosure.released import release
from lcmonitor.indicators.table import IndicatorTable
from lcmonitor.programme.privacy import Privacy
from tests.disclosure.drawn import drawn

RULES = Privacy()
TYPES = ("company", "government", "school", "university", "citizens")


@dataclass(frozen=True)
class Person:
    community: str
    type: str  # "": the organisation is unknown
    organisation: str
    answer: int


@st.composite
def communities(draw: st.DrawFn, name: str = "elm", fewest: int = 2) -> list[Person]:
    """Up to five partner types of up to five organisations of up to nine people, and some of none."""
    kinds = st.lists(st.integers(1, 9), min_size=1, max_size=5)
    sizes = draw(st.lists(kinds, min_size=fewest, max_size=5))
    seats = [
        (TYPES[kind], f"{TYPES[kind]}{number}")
        for kind, organisations in enumerate(sizes)
        for number, people in enumerate(organisations)
        for _ in range(people)
    ]
    seats += [("", "")] * draw(st.sampled_from([0, 0, 1, 3, 6]))
    random = np.random.default_rng(draw(st.integers(0, 10_000)))
    answers = random.choice([1, 2, 3, 4, 5], len(seats), p=random.dirichlet([1, 1, 1, 1, 1]))
    return [Person(name, kind, org, int(a)) for (kind, org), a in zip(seats, answers, strict=True)]


@st.composite
def programmes(draw: st.DrawFn) -> list[Person]:
    names = [f"c{number}" for number in range(draw(st.integers(3, 7)))]
    return [person for name in names for person in draw(communities(name))]


def risks(people: list[Person]) -> dict[str, float]:
    organisations = Counter(person.organisation for person in people if person.organisation)
    answers = Counter(person.answer for person in people)
    alike = 1.0 if len(answers) == 1 else max(answers[1], answers[5]) / len(people)
    return {
        "n": len(people),
        "estimate": sum(person.answer for person in people) / len(people),
        "partners": len(organisations),
        "top_share": max(organisations.values(), default=0) / len(people),
        "uniform": alike,
        "population": 1.5 * len(people),
    }


def keeps_the_rules(people: list[Person]) -> bool:
    found = risks(people)
    return found["n"] >= 5 and found["partners"] >= 3 and found["top_share"] <= 0.5 and found["uniform"] < 0.9


def figures(people: list[Person]) -> list[dict[str, object]]:
    """One community, and each of its partner types."""
    named = sorted((person for person in people if person.type), key=lambda person: person.type)
    types = [(kind, list(those)) for kind, those in groupby(named, lambda person: person.type)]
    return [
        {"community": people[0].community, "group_value": kind, "communities": 1.0, **risks(those)}
        for kind, those in [("", people), *types]
    ]


def across(rows: list[dict[str, object]], people: list[Person]) -> list[dict[str, object]]:
    """The mean of the communities' means, of all and of each type."""
    frame = pd.DataFrame(rows)
    return [
        {
            **risks([p for p in people if kind in ("", p.type)]),
            "community": "",
            "group_value": kind,
            "communities": float(len(those)),
            "n": those["n"].sum(),
            "estimate": those["estimate"].mean(),
        }
        for kind, those in frame.groupby("group_value")
    ]


def table(rows: list[dict[str, object]]) -> IndicatorTable:
    safe = drawn("n\n12").rows.drop(columns=list(rows[0]))
    frame = pd.DataFrame(rows).astype({"n": float, "partners": float})
    frame["group_by"] = np.where(frame["group_value"] == "", "", "partner_type")
    return IndicatorTable(
        frame.join(pd.concat([safe.drop(columns="group_by")] * len(rows), ignore_index=True))
    )


def reach(parts: list[tuple[float, float]], total: float, coefficients: list[float]) -> tuple[float, float]:
    """Least and most of a sum with coefficients, when the parts add up to ``total`` within their bounds."""
    ends = [
        linprog(sign * np.array(coefficients), A_eq=[[1.0] * len(parts)], b_eq=[total], bounds=parts)
        for sign in (1, -1)
    ]
    least, most = (end.fun for end in ends)
    assert least is not None
    assert most is not None
    return least, -most


def only(place: int, count: int) -> list[float]:
    return [float(place == other) for other in range(count)]


def number_bounds(reason: str) -> tuple[float, float]:
    return (1, 4) if reason == "n_low" else (5, np.inf)


def hidden_types(rows: pd.DataFrame) -> pd.DataFrame:
    types = rows[rows["group_value"] != ""]
    return types[types["status"] == "suppressed"]


def residual(people: list[Person], rows: pd.DataFrame) -> list[Person]:
    """Those whose figure is the whole less what is shown."""
    shown = set(rows.loc[rows["status"] == "released", "group_value"])
    return [person for person in people if person.type not in shown - {""}]


@settings(max_examples=25, deadline=None)
@given(communities())
def test_what_is_left_of_a_community_keeps_the_rules(people: list[Person]) -> None:
    rows = release(table(figures(people)), RULES).rows
    assume(rows.loc[0, "status"] == "released")
    left = residual(people, rows)
    assert not left or keeps_the_rules(left)


@settings(max_examples=15, deadline=None)
@given(communities(fewest=5))
def test_a_hidden_type_cannot_be_pinned_down(people: list[Person]) -> None:
    rows = release(table(figures(people)), RULES).rows
    hidden = hidden_types(rows)
    left = residual(people, rows)
    assume(rows.loc[0, "status"] == "released" and 0 < len(left) < len(people))
    numbers = [*(number_bounds(reason) for reason in hidden["reason"]), (0, np.inf)]
    known = [*(sum(p.type == kind for p in left) for kind in hidden["group_value"])]
    known.append(len(left) - sum(known))
    total = sum(person.answer for person in left)
    for place, n in enumerate(known[: len(hidden)]):
        low, high = reach(numbers, len(left), only(place, len(numbers)))
        assert high - low >= 3, "the number is known to within one"
        # Even one who knows all numbers: unless the hidden people as a whole are near an end of the scale.
        if 2 <= total / len(left) <= 4:
            low, high = reach([(m, 5 * m) for m in known], total, only(place, len(known)))
            assert (high - low) / n >= 1 - 1e-9, "the mean is known to within half a point"


def test_the_attacker_succeeds_where_nothing_is_closed() -> None:
    """One hidden type of 3 beside a shown one of 12: its number and mean are exact."""
    assert reach([(1, 4)], 15 - 12, [1.0]) == (3, 3)
    assert reach([(3, 15)], 48 - 36, [1.0]) == (12, 12)
    assert determined(np.array([[1.0, 1.0], [0.0, 1.0]]), np.array([1.0, 0.0]))
    assert not determined(np.array([[1.0, 1.0]]), np.array([1.0, 0.0]))


def determined(equations: np.ndarray, wanted: np.ndarray) -> bool:
    """Whether a sum of the unknowns follows from the equations."""
    rank = np.linalg.matrix_rank(equations)
    return bool(np.linalg.matrix_rank(np.vstack([equations, wanted])) == rank)


@dataclass
class Unknowns:
    """The hidden sums of answers: each community's hidden types and those of unknown organisation."""

    people: list[Person]
    rows: pd.DataFrame

    def __post_init__(self) -> None:
        cells = sorted({(person.community, person.type) for person in self.people})
        self.shown = {
            (community, kind)
            for community, kind, status in self.rows[["community", "group_value", "status"]].itertuples(
                index=False
            )
            if status == "released"
        }
        self.cells = [cell for cell in cells if cell not in self.shown or not cell[1]]
        self.n = Counter((person.community, person.type) for person in self.people)
        self.total = Counter(person.community for person in self.people)

    def sum_of(self, community: str, kind: str) -> np.ndarray:
        """Coefficients of the unknowns in the sum of a figure's answers, shown ones being known."""
        return np.array(
            [float(cell[0] == community and kind in ("", cell[1])) for cell in self.cells], dtype=float
        )

    def mean_of(self, community: str, kind: str) -> np.ndarray:
        n = self.n[community, kind] if kind else self.total[community]
        known = (community, kind) in self.shown
        return np.zeros(len(self.cells)) if known else self.sum_of(community, kind) / n

    def equations(self) -> np.ndarray:
        names = sorted(self.total)
        within = [self.sum_of(name, "") for name in names if (name, "") in self.shown]
        above = [
            np.sum([self.mean_of(name, kind) for name in names if not kind or self.n[name, kind]], axis=0)
            for kind in ("", *TYPES)
            if ("", kind) in self.shown
        ]
        return np.array([np.zeros(len(self.cells)), *within, *above])


@settings(max_examples=25, deadline=None)
@given(programmes())
def test_programme_and_communities_together_determine_no_hidden_figure(people: list[Person]) -> None:
    each = [
        row for _, those in groupby(people, lambda person: person.community) for row in figures(list(those))
    ]
    rows = release(table([*each, *across(each, people)]), RULES).rows
    unknowns = Unknowns(people, rows)
    equations = unknowns.equations()
    hidden = rows[(rows["status"] == "suppressed") & (rows["community"] != "")]
    for community, kind in hidden[["community", "group_value"]].itertuples(index=False):
        assert not determined(equations, unknowns.sum_of(community, kind)), (community, kind)


def turnout(random: np.random.Generator) -> pd.DataFrame:
    """Of each partner type how many there are and how many answered: also one, and also none."""
    people = random.choice([1, 2, 5, 6, 9, 14, 20, 25], random.integers(3, 6))
    answered = [0 if random.random() < 0.2 else int(random.integers(0, each + 1)) for each in people]
    return pd.DataFrame(
        {
            "community": "elm",
            "group_value": ["", *TYPES[: len(people)]],
            "n": [sum(answered), *answered],
            "population": np.array([sum(people), *people], dtype=float),
            "statistic": "response",
            "estimate": 0.5,
            "partners": 4.0,
        }
    )


def test_how_many_of_a_small_type_answered_follows_from_no_counts() -> None:
    """The attacker knows how many people each type has."""
    random, tried = np.random.default_rng(1), 0
    for _ in range(150):
        counts = turnout(random)
        records = [{str(name): value for name, value in row.items()} for row in counts.to_dict("records")]
        rows = release(table(records), RULES).rows
        assert rows.loc[0, "status"] == "released"
        assert (rows.loc[rows["status"] == "released", "n"].iloc[1:] >= 5).all()
        hidden = counts[(rows["status"] == "suppressed").to_numpy()]
        if 0 < len(hidden) < len(counts) - 1:
            tried += 1
            _assert_open(hidden, [reason == "n_low" for reason in rows.loc[hidden.index, "reason"]])
    assert tried > 10


def _assert_open(hidden: pd.DataFrame, few: list[bool]) -> None:
    assert hidden["n"].sum() >= 5
    people = hidden["population"].tolist()
    bounds = [(0.0, min(4.0, all_)) if low else (5.0, all_) for low, all_ in zip(few, people, strict=True)]
    for place in map(int, np.flatnonzero(few)):
        least, most = reach(bounds, hidden["n"].sum(), only(place, len(hidden)))
        assert most - least >= min(3, people[place]) - 1e-9, hidden


@pytest.mark.parametrize("small", [1, 2])
def test_one_or_two_hidden_communities_hide_the_programme(small: int) -> None:
    names = ["elm", "oak", "ash", "fir", "yew"]
    people = [
        Person(name, "company", f"{name}{number % 5}", number % 5 + 1)
        for place, name in enumerate(names)
        for number in range(4 if place < small else 15)
    ]
    each = [row for name in names for row in figures([p for p in people if p.community == name])[:1]]
    rows = release(table([*each, across(each, people)[0]]), RULES).rows
    assert rows.iloc[-1]["reason"] == "complementary"
    whole, those = each[small:], [person for person in people if person.community in names[small:]]
    rows = release(table([*each, across(whole, those)[0]]), RULES).rows
    assert rows.iloc[-1]["status"] == "released"


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_nothing_below_a_threshold_is_released(seed: int) -> None:
    random = np.random.default_rng(seed)
    size = 300
    rows = pd.concat([drawn("n\n12").rows] * size, ignore_index=True)
    rows["indicator"] = [f"i{number}" for number in range(size)]
    rows["community"] = random.choice(["", "elm"], size)
    rows["statistic"] = random.choice(["mean", "share", "distribution", "consensus"], size)
    rows["n"] = random.integers(0, 25, size).astype(float)
    rows["partners"] = random.choice([np.nan, 1, 2, 3, 4], size)
    rows["top_share"] = random.choice([np.nan, 0.3, 0.5, 0.6], size)
    rows["uniform"] = random.choice([np.nan, 0.5, 0.89, 0.9, 1.0], size)
    rows["communities"] = random.choice([1.0, 2.0, 3.0], size)
    rows["sensitive"] = random.choice([True, False], size)
    shown = (release(IndicatorTable(rows), RULES).rows["status"] == "released").to_numpy()
    allowed = [_allowed(row) for row in rows.to_dict("records")]
    assert shown.tolist() == allowed


def _allowed(row: dict[Hashable, Any]) -> bool:
    """The rules of a figure with no relations, written out once more."""
    n, partners, top, alike = (row[name] for name in ("n", "partners", "top_share", "uniform"))
    if row["community"] == "" and (n < 10 or row["communities"] < 3):
        return False
    if n < (20 if row["sensitive"] else 5) or (row["statistic"] != "mean" and n < 10):
        return False
    return not (partners < 3 or top > 0.5 or alike >= 0.9)
