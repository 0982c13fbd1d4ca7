"""What a programme wants to have grown to, as it is read from its file."""

import shutil
from pathlib import Path

import pytest

from lcmonitor.errors import WorkspaceError
from lcmonitor.programme.goals import Goal
from lcmonitor.programme.load import load_workspace

GOOD = Path(__file__).parents[1] / "fixtures" / "good_workspace"


def _read(folder: Path, *goals: str) -> tuple[Goal, ...]:
    root = Path(shutil.copytree(GOOD, folder / "w"))
    lines = "".join(f"\n  - {{{goal}}}" for goal in goals)
    with (root / "programme.yml").open("a", encoding="utf-8") as file:
        file.write(f"goals:{lines}\n")
    return load_workspace(root).programme.goals


def test_a_goal_is_of_a_figure_or_of_a_count(tmp_path: Path) -> None:
    read = _read(
        tmp_path,
        "measure: trust-mean, target: 1.8, by: 2027-12-31",
        "measure: partners, target: 20, by: 2027-12-31, baseline: 4, since: 2025-01-01",
    )
    assert [goal.measure for goal in read] == ["trust-mean", "partners"]


@pytest.mark.parametrize(
    ("goal", "code"),
    [
        ("measure: trust, target: 4, by: 2027-12-31", "LCM-307"),
        ("measure: trust-mean, target: 80, by: 2027-12-31", "LCM-308"),
        ("measure: trust-mean, target: 1.8, baseline: 0.5, by: 2027-12-31", "LCM-308"),
        ("measure: partners, target: -1, by: 2027-12-31", "LCM-308"),
        ("measure: partners, target: 9, by: 2025-01-01, since: 2025-06-30", "LCM-360"),
        ("measure: partners, target: 9, by: some day", "LCM-309"),
        ("measure: partners, target: 9", "LCM-304"),
    ],
)
def test_what_cannot_be_a_goal_is_told_with_its_line(goal: str, code: str, tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError) as error:
        _read(tmp_path, "measure: communities, target: 3, by: 2027-12-31", goal)
    lines = (GOOD / "programme.yml").read_text(encoding="utf-8").count("\n")
    told = [(message.code, message.place) for message in error.value.messages]
    assert told == [(code, f"programme.yml, line {lines + 3}")]
