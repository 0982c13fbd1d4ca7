"""What came about beside what people say of it, and steps between shares."""

import pytest

from lcmonitor.programme.load import Setup
from lcmonitor.reporting.evidence import evidence, proof
from lcmonitor.reporting.figures import figures
from lcmonitor.reporting.levels import levels
from lcmonitor.reporting.results import results
from lcmonitor.reporting.subject import Subject
from lcmonitor.reporting.words import words
from tests.reporting.drawn import texts
from tests.reporting.figures import released


def subject(setup: Setup, **changed: dict[str, object]) -> Subject:
    community = next(iter(setup.communities.values()))
    found = figures(released(setup, **changed))[community.id]
    return Subject(setup, setup.programme.waves[-1], words("en"), found, community)


def test_the_grades_of_evidence_stand_with_the_society_outcomes_and_nowhere_else(setup: Setup) -> None:
    one = subject(setup)
    by_level = {level.id: level for level in levels(one)}
    assert [plot.table.caption for plot in by_level["society"].proof] == ["How strong is the evidence?"]
    assert [table.caption for table in by_level["society"].evidence] == ["Confirmed by somebody else"]
    others = (by_level["individual"], by_level["organisation"])
    assert not any(level.proof or level.evidence for level in others)
    captions = [table.caption for table in results(one).tables]
    assert "Products by type" in captions
    assert "How strong is the evidence?" not in captions


def test_without_evidence_the_society_outcomes_say_so(setup: Setup) -> None:
    none: dict[str, object] = {"state": "not_answered"}
    one = subject(setup, evidence_by_grade=none, evidence_confirmed=none)
    assert not list(evidence(one, "society"))
    assert not list(proof(one, "society"))
    (society,) = (level for level in levels(one) if level.id == "society")
    assert "No evidence from practice has been recorded" in society.notes[0]


def test_the_rows_of_a_table_of_records_add_up(setup: Setup) -> None:
    """With those that lack an answer as a row of their own."""
    (table,) = (each for each in results(subject(setup)).tables if each.caption == "Products by area")
    *rows, whole = [[int(cell.text.replace("−", "-")) for cell in row[1:]] for row in table.rows]
    assert [sum(column) for column in zip(*rows, strict=True)] == whole


@pytest.mark.parametrize("hidden", [True, False])
def test_a_step_is_taken_only_between_two_shares_that_are_shown(setup: Setup, hidden: bool) -> None:
    shares: dict[str, dict[str, object]] = {
        "value_applied_share": {"estimate": 0.6, "n": 7.0 if hidden else 20.0},
        "value_realised_share": {"estimate": 0.3, "n": 20.0},
    }
    one = subject(setup, **shares)
    steps = results(one).cascade
    assert steps
    assert [row[-1].text for row in steps.table.rows] == ["–", "–" if hidden else "50%"]
    assert any("50% of the step before" in text for text in texts(str(steps.svg))) is not hidden


def test_money_that_one_partner_gives_most_of_is_not_there(setup: Setup) -> None:
    one = subject(setup, co_funding={"partners": 9.0, "top_share": 0.7})
    (table,) = (each for each in results(one).tables if each.caption == "Use, means and progress")
    rows = {row[0].text: row[1] for row in table.rows}
    assert rows["Own contribution that was realised"].kind == "absent"
    assert rows["Milestones in time"].kind == "number"
