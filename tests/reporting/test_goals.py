"""A programme's goals beside what may be shown, and who works on which mission."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from lcmonitor.disclosure.released import ReleasedTable
from lcmonitor.programme.account import Challenge, Mission
from lcmonitor.programme.goals import Goal
from lcmonitor.programme.load import Setup
from lcmonitor.programme.model import Wave
from lcmonitor.reporting.figures import ACROSS, Figures, figures
from lcmonitor.reporting.goals import Course, Point, goals
from lcmonitor.reporting.missions import missions
from lcmonitor.reporting.parts import Goals, Table
from lcmonitor.reporting.subject import Subject
from lcmonitor.reporting.words import words
from tests.reporting.figures import released

_BEGIN, _BY = date(2024, 1, 1), date(2024, 1, 1).replace(year=2026)


def _wave(closes: date) -> Wave:
    return Wave(id="w", title={"nl": "w", "en": "w"}, opens=date(2023, 1, 1), closes=closes)


def _course(
    low: float, value: float | None, high: float, target: float = 4.0, closes: date | None = None
) -> Course:
    """From 3.0 on to ``target``; half of the time has passed, so that the line is halfway."""
    point = Point(_wave(closes or date(2024, 12, 31)), value, low, high)
    goal = Goal(measure="trust-mean", target=target, by=_BY)
    return Course(goal, "mean", "", "", (point,), (_BEGIN, 3.0))


def test_the_line_is_straight_and_level_outside_its_days() -> None:
    course = _course(3, 3, 3)
    halfway = course.line(date(2024, 12, 31))
    assert halfway == pytest.approx(3.5, abs=0.001)
    assert course.line(date(2020, 1, 1)) == 3.0
    assert course.line(date(2030, 1, 1)) == 4.0


@pytest.mark.parametrize(
    ("low", "value", "high", "target", "word"),
    [
        (3.6, 3.8, 4.0, 4.0, "on_track"),
        (3.4, 3.8, 4.2, 4.0, "unsure"),  # the mean lies beyond the line, but so might chance
        (3.1, 3.2, 3.3, 4.0, "behind"),
        (3.3, 3.4, 3.6, 4.0, "unsure"),
        (3.6, 3.6, 3.6, 4.0, "on_track"),  # a count
        (3.4, 3.4, 3.4, 4.0, "behind"),
        (2.2, 2.3, 2.4, 2.0, "on_track"),  # something that shall become less: the line is at 2.5
        (2.6, 2.7, 2.8, 2.0, "behind"),
        (2.4, 2.5, 2.6, 2.0, "unsure"),
    ],
)
def test_a_word_is_given_only_where_the_whole_interval_lies_on_one_side(
    low: float, value: float, high: float, target: float, word: str
) -> None:
    assert _course(low, value, high, target).word == word


def test_nobody_can_say_without_a_figure_a_beginning_or_time() -> None:
    assert _course(0, None, 0).word == "hidden"
    assert replace(_course(3, 3, 3), begin=None).word == "broken"
    assert _course(3, 3, 3, closes=_BEGIN).word == "first"


def test_after_its_last_day_a_goal_is_the_line() -> None:
    assert _course(3.7, 3.8, 3.9, closes=date(2027, 1, 1)).word == "behind"
    assert _course(4.0, 4.1, 4.2, closes=date(2027, 1, 1)).word == "on_track"


def _goals(setup: Setup, table: ReleasedTable, *wanted: Goal) -> Goals:
    aims = replace(setup, programme=setup.programme.model_copy(update={"goals": wanted}))
    known = figures(table).get(ACROSS, Figures())
    subject = Subject(aims, setup.programme.waves[-1], words("nl"), known)
    made = goals(subject, list(setup.communities.values()))
    assert made
    return made


def _texts(table: Table) -> list[list[str]]:
    return [[cell.text for cell in row] for row in table.rows]


def _trust(setup: Setup, **told: Any) -> ReleasedTable:
    return released(setup, trust_mean={"communities": 6.0, "estimate": 3.4, "low": 3.3, "high": 3.5} | told)


def test_a_goal_is_set_beside_the_released_figure(setup: Setup) -> None:
    """From 3.0 on 30 November 2024 to 4.0 two years later: on 31 May 2025, after 182 of 730 days, 3.25."""
    goal = Goal(measure="trust-mean", target=4, by=date(2026, 11, 30), baseline=3, since=date(2024, 11, 30))
    made = _goals(setup, _trust(setup), goal)
    ((title, begin, now, interval, line, target, word),) = _texts(made.table)
    assert (now, interval, line, word) == ("3,4", "3,3–3,5", "3,2", "Op koers")
    assert (begin, target) == ("3,0 op 30 november 2024", "4,0 op 30 november 2026")
    assert title.startswith("Onderling vertrouwen")
    assert [row[1] for row in _texts(made.plots[0].table)] == ["3,4", "3,4"]


def test_a_hidden_figure_stays_hidden_beside_a_goal(setup: Setup) -> None:
    goal = Goal(measure="trust-mean", target=4, by=date(2026, 11, 30), baseline=3, since=date(2024, 11, 30))
    made = _goals(setup, _trust(setup, communities=2.0), goal)
    ((_, _, now, interval, _, _, word),) = _texts(made.table)
    assert (now, interval) == ("[c] niet getoond", "–")
    assert word == "Niet te zeggen: er is geen cijfer dat getoond mag worden"
    assert made.plots == ()


def test_without_a_baseline_the_first_released_figure_is_the_beginning(setup: Setup) -> None:
    goal = Goal(measure="trust-mean", target=4, by=date(2026, 11, 30))
    ((_, begin, *_, word),) = _texts(_goals(setup, _trust(setup), goal).table)
    assert begin == "3,4 op 30 november 2024"
    assert word == "Loopt achter"  # the line is at 3.55, the interval ends at 3.5


def test_counts_are_of_the_files_of_the_communities(setup: Setup, table: ReleasedTable) -> None:
    made = _goals(
        setup,
        table,
        *(Goal(measure=name, target=50, by=date(2030, 1, 1)) for name in ("communities", "partners")),
    )
    closes = setup.programme.waves[-1].closes
    running = [one for one in setup.communities.values() if one.started <= closes]
    partners = sum(len([p for p in one.partners if p.left is None]) for one in running)
    assert [row[2] for row in _texts(made.table)] == [str(len(running)), str(partners)]


def test_a_programme_without_goals_has_no_such_section(setup: Setup, table: ReleasedTable) -> None:
    known = figures(table).get(ACROSS, Figures())
    assert goals(Subject(setup, setup.programme.waves[-1], words("nl"), known), []) is None


def _working_on(setup: Setup, **missions_of: list[str]) -> Setup:
    changed = {
        name: setup.communities[name].model_copy(update={"challenge": _challenge(codes)})
        for name, codes in missions_of.items()
    }
    return replace(setup, communities={**setup.communities, **changed})


def _challenge(codes: list[str]) -> Challenge:
    named = tuple(Mission(scheme="KIC2024", code=code) for code in codes)
    return Challenge(text={"nl": "Vraag", "en": "Question"}, missions=named)


def _subjects(setup: Setup, table: ReleasedTable) -> tuple[Subject, list[Subject]]:
    known, wave = figures(table), setup.programme.waves[-1]
    whole = Subject(setup, wave, words("nl"), known.get(ACROSS, Figures()))
    return whole, [
        Subject(setup, wave, words("nl"), known[name], one) for name, one in setup.communities.items()
    ]


def test_who_works_on_a_mission_is_named_only_where_that_was_agreed(setup: Setup) -> None:
    working = _working_on(setup, delta=["veiligheid"], oever=["veiligheid", "iets-nieuws"])
    made = missions(*_subjects(working, released(working)))
    assert made
    rows = {row[0]: row for row in _texts(made.tables[0])}
    assert rows["Veiligheid (KIC2024)"][1] == "2"
    assert rows["Veiligheid (KIC2024)"][3] == "Delta, 1 andere"
    assert rows["iets-nieuws (KIC2024)"][3] == "1 andere"
    assert made.note == "2 learning communities noemen geen missie."


def test_evidence_of_a_mission_is_the_sum_of_what_may_be_shown(setup: Setup) -> None:
    working = _working_on(setup, delta=["veiligheid"], linde=["veiligheid"])
    whole, subjects = _subjects(working, released(working))
    # Records over communities are not among the figures that were made by hand.
    made = missions(replace(whole, figures=subjects[0].figures), subjects)
    assert made
    (row,) = _texts(made.tables[1])
    theirs = [one for one in subjects if one.community and one.community.id in ("delta", "linde")]
    alone = [one.value("evidence-by-grade", part="ever") for one in theirs]
    assert row[-2] == str(round(sum(one.estimate or 0 for one in alone if one)))
    assert row[-1] == "2 van 2"


def test_no_mission_no_section(setup: Setup, table: ReleasedTable) -> None:
    assert missions(*_subjects(setup, table)) is None
