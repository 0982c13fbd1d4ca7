"""A mapping file with questions in it stops the exports that it is for, and nothing else."""

from pathlib import Path

import pytest

from lcmonitor import pipeline
from tests.gallery.garden import EXPORTS, Shell, deliver, garden

FILE = "surveys/garden/exports/begun.yml"
DRAFT = """\
form: participant
columns:
  T1: T1
  HEADING: ???
ignore:
  - "??? HEADING 2"
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return garden(tmp_path / "garden")


def begin(root: Path, heading: str) -> None:
    file = root / FILE
    file.parent.mkdir(parents=True)
    file.write_text(DRAFT.replace("HEADING", heading), encoding="utf-8")


def test_the_export_that_it_is_for_is_refused_in_one_line(root: Path, lcmonitor: Shell) -> None:
    begin(root, "L1")
    done = lcmonitor("check", EXPORTS / "good.csv", "--community", "delta", "--workspace", root, "--json")
    assert done.exit_code == 3
    assert [finding["code"] for finding in done.json["findings"]] == ["LCM-442"]
    assert FILE in done.json["findings"][0]["message"]["nl"]


def test_every_other_export_is_checked_with_one_line_of_warning(root: Path, lcmonitor: Shell) -> None:
    begin(root, "a heading of another export")
    done = lcmonitor("check", EXPORTS / "good.csv", "--community", "delta", "--workspace", root)
    assert done.exit_code == 0
    assert [line for line in done.err.splitlines() if FILE in line] == done.err.splitlines()
    assert len(done.err.splitlines()) == 1
    assert "2" in done.err


def test_lint_names_every_question_at_its_line(root: Path, lcmonitor: Shell) -> None:
    begin(root, "L1")
    done = lcmonitor("lint", "--workspace", root)
    assert done.exit_code == 4
    assert [line.split(": ")[0] for line in done.err.splitlines()] == [
        f"LCM-441  {FILE}, line 4",
        f"LCM-441  {FILE}, line 6",
    ]


def test_what_was_refused_for_it_is_read_once_it_is_gone(root: Path) -> None:
    begin(root, "L1")
    deliver(root, EXPORTS / "good.csv")
    (refused,) = pipeline.ingest(root)
    assert refused.verdict == "refused"
    assert pipeline.ingest(root) == []
    (root / FILE).unlink()
    (accepted,) = pipeline.ingest(root)
    assert accepted.verdict == "accepted"


def test_what_else_is_wrong_in_it_still_stops_the_workspace(root: Path, lcmonitor: Shell) -> None:
    begin(root, "L1")
    with (root / FILE).open("a", encoding="utf-8") as file:
        file.write("colums: {}\n")
    done = lcmonitor("check", EXPORTS / "good.csv", "--community", "delta", "--workspace", root)
    assert done.exit_code == 4
    assert "LCM-303" in done.err


def test_map_takes_the_form_that_the_columns_tell_and_else_names_them(
    root: Path, tmp_path: Path, lcmonitor: Shell
) -> None:
    where = ("--community", "delta", "--workspace", root, "--out", tmp_path / "draft.yml")
    assert lcmonitor("map", EXPORTS / "good.csv", *where).exit_code == 0
    assert "form: participant" in (tmp_path / "draft.yml").read_text("utf-8")
    more = tmp_path / "more"
    assert lcmonitor("init", more).exit_code == 0
    coded = tmp_path / "coded.csv"
    coded.write_text("id;CONSENT;C1_1;O1_2\n1;1;4;4\n", "utf-8")
    assert lcmonitor("map", coded, "--workspace", more).exit_code == 0
    assert "form: participant" in next(more.glob("surveys/*/exports/coded.yml")).read_text("utf-8")
    worded = tmp_path / "worded.csv"
    worded.write_text("id;Do you agree?;Vertrouwen\n1;yes;4\n", "utf-8")
    done = lcmonitor("map", worded, "--workspace", more)
    assert done.exit_code == 2
    assert "LCM-443" in done.err
    assert "Forms: coordinator, evidence, network, organisation, participant." in done.err
