"""An attacker with everything of one edition: counts, means, shares and distributions of all groups at once.

What is hidden is found, as far as it can be, by integer programming: how many of each partner type gave each
answer, so that every figure is as it was published, rounded as it was, and no reason is broken.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from lcmonitor.disclosure.released import release
from lcmonitor.indicators.table import IndicatorTable
from lcmonitor.programme.privacy import Privacy
from tests.disclosure.drawn import drawn

TYPES = ("company", "government", "school", "university")
UNKNOWN = ""
QUESTIONS = ("trust", "safety")
SCALE = range(1, 6)
WIDE = 3  # from 1 to 4, say: not known to within one
RULES = Privacy()
AGREES = 4


@dataclass(frozen=True)
class Person:
    type: str
    organisation: str
    complete: bool
    answers: Mapping[str, int]  # without those who did not answer a question


@dataclass(frozen=True)
class Group:
    """A community, or one of its partner types, and how many people it has."""

    type: str | None  # None: all of the community
    people: list[Person]
    population: int


@st.composite
def communities(draw: st.DrawFn) -> list[Group]:
    random = np.random.default_rng(draw(st.integers(0, 100_000)))
    likely = draw(st.sampled_from([0.6, 0.9, 1.0]))
    groups = []
    for kind in (*TYPES[: draw(st.integers(2, 4))], UNKNOWN):
        seats = (
            draw(st.lists(st.integers(1, 8), min_size=1, max_size=5))
            if kind
            else [draw(st.sampled_from([0, 0, 0, 2]))]
        )
        people = [
            _person(random, kind, f"{kind}{place}") for place, size in enumerate(seats) for _ in range(size)
        ]
        answered = [person for person in people if random.random() < likely]
        groups.append(Group(kind, answered, len(people)))
    everyone = [person for group in groups for person in group.people]
    return [Group(None, everyone, sum(group.population for group in groups)), *groups]


def _person(random: np.random.Generator, kind: str, organisation: str) -> Person:
    answers = {question: int(random.integers(1, 6)) for question in QUESTIONS if random.random() < 0.95}
    return Person(kind, organisation if kind else "", bool(random.random() < 0.9), answers)


def figures(groups: Sequence[Group]) -> IndicatorTable:
    """Every figure of every group: ``statistic`` says which, ``indicator`` of which question."""
    rows = [row for group in groups if group.type != UNKNOWN for row in _of_group(group)]
    frame = pd.DataFrame(rows)
    safe = drawn("n\n12").rows.drop(columns=list(frame.columns))
    return IndicatorTable(frame.join(pd.concat([safe] * len(frame), ignore_index=True)))


def _of_group(group: Group) -> Iterator[dict[str, object]]:
    kind = group.type or ""
    place = {"group_by": "partner_type" if kind else "", "group_value": kind, "items": 1.0}
    place["population"] = float(group.population)
    complete = [person for person in group.people if person.complete]
    for part, those in (("", complete), ("with_partial", group.people)):
        count = {"part": part, "n": float(len(those)), "estimate": len(those) / max(group.population, 1)}
        yield (
            place
            | {"indicator": "rate", "statistic": "response", "state": "computed"}
            | count
            | _risk([], "")
        )
    for question in QUESTIONS:
        those = [person for person in group.people if question in person.answers]
        given_ = [person.answers[question] for person in those]
        state = "computed" if those else "not_answered"
        about = place | {"n": float(len(those)), "state": state} | _risk(those, question)
        found = {"mean": {"": np.mean(given_) if those else np.nan}}
        found["share"] = {"": np.mean([answer >= AGREES for answer in given_]) if those else np.nan}
        found["distribution"] = {str(a): given_.count(a) / max(len(those), 1) for a in SCALE}
        for statistic, parts in found.items():
            for part, estimate in parts.items():
                yield about | {
                    "indicator": f"{question}-{statistic}", "statistic": statistic, "part": part,
                    "estimate": float(estimate),
                }  # fmt: skip


def _risk(those: Sequence[Person], question: str) -> dict[str, object]:
    organisations = Counter(person.organisation for person in those if person.organisation)
    answers = Counter(person.answers.get(question, 0) for person in those)
    total, n = sum(answer * count for answer, count in answers.items()), max(len(those), 1)
    return {
        "partners": float(len(organisations)),
        "top_share": max(organisations.values(), default=0) / n,
        "uniform": 1.0 if len(answers) == 1 else max(answers[SCALE[0]], answers[SCALE[-1]]) / n,
        "sole": bool({total - SCALE[0] * n, SCALE[-1] * n - total} & {0, 1}),
    }


@dataclass
class Attack:
    """The unknowns: of each type how many answered, answered in full, and gave each answer to a question."""

    groups: Sequence[Group]
    rows: pd.DataFrame
    knows_population: bool = True
    _terms: list[np.ndarray] = field(default_factory=list)
    _between: list[tuple[float, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.types = [group for group in self.groups if group.type is not None]
        self.size = 2 + len(QUESTIONS) * len(SCALE)
        for group in self.types:
            everyone = self.number("rate", "with_partial", group)
            most = group.population if self.knows_population and group.type else np.inf
            self._know(everyone, 0, most)
            for indicator in ("rate", *QUESTIONS):
                self._know(everyone - self.number(indicator, "", group), 0, np.inf)
        for row in self.rows.to_dict("records"):
            self._read({str(name): value for name, value in row.items()})

    def number(self, indicator: str, part: str, group: Group) -> np.ndarray:
        """The unknowns that add up to the respondents of a figure."""
        places = [int(part == "with_partial")]
        if indicator in QUESTIONS:
            places = [self._answer(indicator, answer) for answer in SCALE]
        return self._of(group, dict.fromkeys(places, 1.0))

    def total(self, question: str, group: Group) -> np.ndarray:
        """The unknowns that add up to the sum of its answers."""
        return self._of(group, {self._answer(question, answer): float(answer) for answer in SCALE})

    def range_of(self, wanted: np.ndarray, known: Sequence[tuple[np.ndarray, float]] = ()) -> float:
        """The most less the least that a sum of the unknowns can be; ``known``: sums known from elsewhere."""
        terms = np.array([*self._terms, *(term for term, _ in known)])
        low, high = np.array([*self._between, *((value, value) for _, value in known)]).T
        whole, limits = np.ones(len(wanted), dtype=int), LinearConstraint(terms, low, high)
        ends = [
            milp(sign * wanted, integrality=whole, bounds=Bounds(0, 200), constraints=limits)
            for sign in (1, -1)
        ]
        assert all(end.success for end in ends), "what is published contradicts itself"
        return float(-sum(end.fun or 0.0 for end in ends))

    def _answer(self, question: str, answer: int) -> int:
        return 2 + QUESTIONS.index(question) * len(SCALE) + SCALE.index(answer)

    def _of(self, group: Group, places: Mapping[int, float]) -> np.ndarray:
        terms = np.zeros((len(self.types), self.size))
        for place, coefficient in places.items():
            terms[[group.type in (None, each.type) for each in self.types], place] = coefficient
        return terms.ravel()

    def _know(self, terms: np.ndarray, low: float, high: float) -> None:
        self._terms.append(terms)
        self._between.append((low, high))

    def _read(self, row: Mapping[str, object]) -> None:
        question, _, statistic = str(row["indicator"]).partition("-")
        group = next(
            each for each in self.groups if (each.type or "") == row["group_value"] and each.type != UNKNOWN
        )
        part = str(row["part"])
        if row["status"] == "suppressed":
            self._know(self.number(question, part, group), *_told(str(row["reason"]), statistic))
        elif row["status"] == "released":
            n, estimate = float(str(row["n"])), float(str(row["estimate"]))
            self._know(self.number(question, part, group), n, n)
            if statistic == "mean":
                within = (0.05 if n < 10 else 1e-6) * n + 1e-6
                self._know(self.total(question, group), n * estimate - within, n * estimate + within)
            elif statistic:
                answers = [int(part)] if part else range(AGREES, SCALE[-1] + 1)
                those = self._of(group, {self._answer(question, answer): 1.0 for answer in answers})
                self._know(those, round(n * estimate), round(n * estimate))


def _told(reason: str, statistic: str) -> tuple[float, float]:
    """How many respondents a figure may have that is hidden for this reason."""
    shares = statistic in ("share", "distribution")
    bounds = {"n_low": (0, 4), "shares_low": (5, 9), "together": (0, np.inf)}
    safe = 10 if shares and reason in ("complementary", "uniform") else 5
    return bounds.get(reason, (safe, np.inf))


@settings(max_examples=25, deadline=None)
@given(communities())
def test_no_number_of_few_is_known_to_within_one(groups: list[Group]) -> None:
    """As far as the community's own count leaves it open, of which nearly all or hardly any may be."""
    rows = release(figures(groups), RULES).rows
    attack, everyone = Attack(groups, rows), groups[0]
    hidden = rows[(rows["part"] == "with_partial") & (rows["status"] == "suppressed")]
    answered = len(everyone.people)
    for group in groups[1:-1]:
        if group.type in set(hidden["group_value"]) and len(group.people) < 5:
            fewest = max(0, group.population - (everyone.population - answered))
            open_ = min(WIDE, min(4, group.population, answered) - fewest)
            assert attack.range_of(attack.number("rate", "with_partial", group)) >= open_ - 1e-6, group.type


@settings(max_examples=25, deadline=None)
@given(communities(), st.sampled_from(QUESTIONS))
def test_no_mean_of_few_is_known(groups: list[Group], question: str) -> None:
    """Even by one who knows how many of each type answered, unless all that is hidden was answered alike."""
    rows = release(figures(groups), RULES).rows
    mean = rows[rows["indicator"] == f"{question}-mean"].set_index("group_value")
    hidden = mean[mean["status"] == "suppressed"]
    assume("" not in hidden.index and len(hidden))
    attack = Attack(groups, rows)
    answers = {
        group.type: [p.answers[question] for p in group.people if question in p.answers] for group in groups
    }
    known = [(attack.number(question, "", group), float(len(answers[group.type]))) for group in groups[1:]]
    left = [answer for kind in (*hidden.index, UNKNOWN) for answer in answers[kind]]
    for group in groups[1:-1]:
        n = len(answers[group.type])
        if group.type in hidden.index and 0 < n < 5 and len(set(left)) > 1:
            assert attack.range_of(attack.total(question, group), known) > 0, group.type


def test_the_attacker_succeeds_where_nothing_is_closed() -> None:
    """One hidden type beside a shown one, in every family."""
    people = [
        Person(TYPES[place > 11], f"{place % 4}", True, dict.fromkeys(QUESTIONS, place % 5 + 1))
        for place in range(15)
    ]
    types = [Group(kind, [person for person in people if person.type == kind], 15) for kind in TYPES[:2]]
    groups = [Group(None, people, 30), *types, Group(UNKNOWN, [], 0)]
    rows = figures(groups).rows.assign(status="released", reason="")
    rows.loc[rows["group_value"] == TYPES[1], ["status", "reason"]] = ["suppressed", "n_low"]
    attack = Attack(groups, rows)
    known = [(attack.number("trust", "", groups[-1]), 0.0)]
    assert attack.range_of(attack.number("rate", "with_partial", types[1]), known) == 0
    assert attack.range_of(attack.total("trust", types[1]), known) == 0
