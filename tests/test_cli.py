"""What the commands promise: help, fields of JSON, exit codes."""

import json
import subprocess
import sys
from pathlib import Path

import click
import pytest

from lcmonitor import pipeline
from lcmonitor.cli import cli
from tests.gallery.conftest import lcmonitor  # noqa: F401 -- the same shell
from tests.gallery.garden import EXPORTS, Shell, deliver, garden

COMMANDS = sorted(cli.commands)
README = Path(__file__).parents[1] / "README.md"
SCRIPT = Path(sys.executable).with_name("lcmonitor")
RECOGNITION = [
    "file", "sha256", "tool", "variant", "certainty", "encoding", "delimiter", "header_rows", "rows",
    "columns", "complete", "incomplete", "personal_data", "refused",
]  # fmt: skip
RECEIPT = [
    "file", "sha256", "tool", "community", "form", "waves", "verdict", "balance", "set_aside", "findings",
    "columns",
]  # fmt: skip
FINDING = ["code", "severity", "column", "item", "rows", "count", "message"]
HEAVY = {
    "prefect",
    "great_expectations",
    "duckdb",
    "ibis",
    "pandas",
    "pyarrow",
    "pydantic",
    "scipy",
    "jinja2",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return garden(tmp_path / "garden")


def shell(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(word) for word in words], check=False, capture_output=True, text=True)


def test_these_are_the_commands() -> None:
    assert COMMANDS == [
        "approve", "check", "codebook", "demo", "explain", "init", "lint", "map", "pdf", "recognise", "run",
        "send", "serve", "status",
    ]  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_help_says_what_a_command_does_and_what_each_option_is_for(
    command: str,
    lcmonitor: Shell,  # noqa: F811
) -> None:
    done = lcmonitor(command, "--help")
    assert done.exit_code == 0
    said = " ".join(done.out.split())
    for parameter in cli.commands[command].params:
        if isinstance(parameter, click.Option):
            assert parameter.help
            assert parameter.opts[0] in said
            assert " ".join(parameter.help.split()) in said
        else:  # an argument is explained in the sentence about the command
            assert str(parameter.human_readable_name) in (cli.commands[command].help or "")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_that_works_in_a_workspace_takes_one(command: str) -> None:
    options = {option for parameter in cli.commands[command].params for option in parameter.opts}
    assert ("--workspace" in options) == (command not in ("init", "demo", "recognise", "codebook"))


def test_help_lists_every_command(lcmonitor: Shell) -> None:  # noqa: F811
    for done in (lcmonitor("--help"), lcmonitor("-h")):
        assert done.exit_code == 0
        assert all(f"\n  {command} " in done.out for command in COMMANDS)


def test_help_imports_nothing_heavy() -> None:
    script = f"import sys, lcmonitor.cli; print(sorted({HEAVY!r} & set(sys.modules)))"
    assert shell(sys.executable, "-c", script).stdout == "[]\n"


def test_the_readme_shows_every_command() -> None:
    text = README.read_text(encoding="utf-8")
    assert [command for command in COMMANDS if f"lcmonitor {command}" not in text] == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_new_workspace_has_no_mistakes(language: str, tmp_path: Path, lcmonitor: Shell) -> None:  # noqa: F811
    folder = tmp_path / "new"
    made = lcmonitor("--language", language, "init", folder)
    assert (made.exit_code, made.err) == (0, "")
    assert str(folder) in made.out
    linted = lcmonitor("--language", language, "lint", "--workspace", folder)
    assert (linted.exit_code, linted.err) == (0, "")
    assert lcmonitor("lint", "--workspace", folder, "--json").json == []
    assert lcmonitor("status", "--workspace", folder, "--json").json == []
    again = lcmonitor("init", folder)
    assert again.exit_code == 2
    assert again.err.startswith("LCM-363  ")


def test_the_workspace_may_come_from_the_environment_or_be_the_current_folder(
    root: Path,
    lcmonitor: Shell,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(root)
    assert lcmonitor("lint").exit_code == 0
    monkeypatch.chdir(root.parent)
    assert lcmonitor("lint").exit_code == 4
    monkeypatch.setenv("LCMONITOR_WORKSPACE", str(root))
    assert lcmonitor("lint").exit_code == 0


def test_the_language_is_that_of_the_option_then_of_the_environment_then_of_the_system(
    root: Path,
    lcmonitor: Shell,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LANG", "nl_NL.UTF-8")
    assert lcmonitor("--language", "nl", "lint", "--workspace", root).out.startswith("In orde")
    assert lcmonitor("lint", "--workspace", root).out.startswith("In order")
    monkeypatch.delenv("LCMONITOR_LANGUAGE")
    assert lcmonitor("lint", "--workspace", root).out.startswith("In orde")


def test_recognise_says_what_the_design_promises(lcmonitor: Shell) -> None:  # noqa: F811
    done = lcmonitor("recognise", EXPORTS / "test_rows.csv", "--json")
    assert done.exit_code == 0
    assert list(done.json) == RECOGNITION
    told = {name: done.json[name] for name in RECOGNITION if name != "sha256"}
    assert told == {
        "file": "test_rows.csv", "tool": "qualtrics", "variant": "import ids", "certainty": "sure",
        "encoding": "utf-8", "delimiter": ",", "header_rows": 3, "rows": 12, "columns": 15, "complete": 10,
        "incomplete": 0, "personal_data": ["IPAddress", "RecipientEmail", "ExternalReference"],
        "refused": None,
    }  # fmt: skip


def test_recognise_says_why_a_file_is_refused(lcmonitor: Shell) -> None:  # noqa: F811
    done = lcmonitor("recognise", EXPORTS / "structure.csv", "--json")
    assert done.exit_code == 3
    assert list(done.json) == RECOGNITION
    assert done.json["tool"] == "limesurvey"
    assert set(done.json["refused"]) == {"code", "message"}
    assert done.json["refused"]["code"] == "LCM-109"
    assert set(done.json["refused"]["message"]) == {"nl", "en"}
    for language, words in (("nl", "Er staan geen antwoorden in."), ("en", "It holds no responses.")):
        person = lcmonitor("--language", language, "recognise", EXPORTS / "structure.csv")
        assert person.exit_code == 3
        assert words in person.said


def test_check_says_what_the_design_promises(root: Path, lcmonitor: Shell) -> None:  # noqa: F811
    done = lcmonitor(
        "check", EXPORTS / "test_rows.csv", "--community", "delta", "--workspace", root, "--json"
    )
    assert done.exit_code == 0
    assert list(done.json) == RECEIPT
    assert list(done.json["balance"]) == ["rows", "new", "updated", "unchanged", "set_aside"]
    assert list(done.json["columns"]) == ["mapped", "ignored", "personal_data"]
    assert done.json["set_aside"] == [{"row": 4, "code": "LCM-240"}, {"row": 5, "code": "LCM-240"}]
    (finding,) = done.json["findings"]
    assert list(finding) == FINDING
    assert done.json["waves"] == ["2025-1"]
    assert done.json["columns"]["mapped"] == {item: item for item in ("OK", "ORG", "T1", "T2", "L1")}


def test_status_says_what_was_received(root: Path, lcmonitor: Shell) -> None:  # noqa: F811
    deliver(root, EXPORTS / "same_person_twice.csv")
    pipeline.ingest(root)
    done = lcmonitor("status", "--workspace", root, "--json")
    assert done.exit_code == 0
    assert done.json == [
        {
            "community": "delta", "wave": "2025-1", "form": "participant", "received": 11, "complete": 11,
            "set_aside": 1, "eligible": 30, "edition": None, "approved": False,
            "response_rate": 11 / 30,
        }
    ]  # fmt: skip
    lines = lcmonitor("status", "--workspace", root).out.splitlines()
    assert [line.split() for line in lines[1:]] == [
        ["delta", "2025-1", "participant", "11", "1", "30", "37%", "–"]
    ]


def test_a_corrected_file_is_set_aside_once(root: Path, lcmonitor: Shell) -> None:  # noqa: F811
    export = deliver(root, EXPORTS / "same_person_twice.csv")
    pipeline.ingest(root)
    export.write_bytes(export.read_bytes() + b"\n")
    assert [receipt.balance.set_aside for receipt in pipeline.ingest(root)] == [1]
    (standing,) = lcmonitor("status", "--workspace", root, "--json").json
    assert standing["set_aside"] == 1


def test_a_shell_reads_the_exit_codes(root: Path) -> None:
    """The installed command itself; codes 1 and 5 are in gallery/test_commands.py."""
    commands = {
        0: ["lint", "--workspace", root],
        2: ["check", EXPORTS / "good.csv", "--workspace", root],
        3: ["check", EXPORTS / "empty.csv", "--community", "delta", "--workspace", root, "--json"],
        4: ["lint", "--workspace", root.parent],
    }
    for exit_code, words in commands.items():
        done = shell(SCRIPT, *words)
        assert done.returncode == exit_code
        assert "Traceback" not in done.stderr
        if exit_code == 3:
            assert json.loads(done.stdout)["verdict"] == "refused"


def test_a_command_that_went_well_says_nothing_beside_its_answer(root: Path) -> None:
    """What libraries have to say on their way out is not for who ran it."""
    deliver(root, EXPORTS / "good.csv")
    pipeline.ingest(root)
    done = shell(SCRIPT, "status", "--workspace", root)
    assert (done.returncode, done.stderr) == (0, "")
