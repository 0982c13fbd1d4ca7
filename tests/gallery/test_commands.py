"""Wrong use, a wrong folder, a busy store and a fault of ours: a sentence and an exit code for each."""

from pathlib import Path

import pytest

from lcmonitor.exports import sandbox
from lcmonitor.exports.limits import Limits
from lcmonitor.store.store import writing
from tests.gallery.garden import EXPORTS, MARKER, Shell, assert_well_told, garden, tree

GOOD = EXPORTS / "good.csv"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return garden(tmp_path / "garden")


@pytest.mark.parametrize(
    "words",
    [
        ("status", "--nonsense"),
        ("nonsense",),
        ("check",),
        ("check", EXPORTS / "not_there.csv"),
        ("check", EXPORTS),  # a folder
        ("recognise", EXPORTS / "not_there.csv"),
        ("run", "--replace", EXPORTS / "not_there.csv"),
        ("--language", "de", "status"),
        ("init",),
    ],
    ids=lambda words: " ".join(str(word).rpartition("/")[2] for word in words),
)
def test_wrong_use_is_told_with_exit_code_2(words: tuple[object, ...], lcmonitor: Shell) -> None:
    done = lcmonitor(*words)
    assert done.exit_code == 2
    assert "Usage: " in done.err
    assert "Error: " in done.err
    assert done.out == ""


@pytest.mark.parametrize(
    ("words", "code", "known"),
    [
        ((), "LCM-424", "delta, linde"),
        (("--community", "nowhere"), "LCM-421", "delta, linde"),
        (("--community", "delta", "--wave", "2031-1"), "LCM-422", "2025-1, 2025-2"),
        (("--community", "delta", "--form", "nobody"), "LCM-425", "participant"),
    ],
)
def test_check_of_something_unknown_is_wrong_use(
    words: tuple[str, ...], code: str, known: str, root: Path, lcmonitor: Shell
) -> None:
    done = lcmonitor("check", GOOD, *words, "--workspace", root, "--json")
    (error,) = done.json
    assert (done.exit_code, error["code"]) == (2, code)
    assert_well_told(code, error["message"], error["place"])
    assert known in error["message"]["en"]


@pytest.mark.parametrize("command", ["lint", "status", "check", "run", "serve"])
def test_a_folder_that_is_no_workspace_is_told_and_left_alone(
    command: str, tmp_path: Path, lcmonitor: Shell
) -> None:
    file = (GOOD,) if command == "check" else ()
    done = lcmonitor("--language", "nl", command, *file, "--workspace", tmp_path)
    assert done.exit_code == 4
    assert done.err.startswith(f"LCM-340  {tmp_path}: Deze map is geen werkmap")
    assert list(tmp_path.iterdir()) == []


def test_all_that_is_wrong_in_a_workspace_is_told_with_file_and_line(root: Path, lcmonitor: Shell) -> None:
    programme, community = root / "programme.yml", root / "communities" / "delta.yml"
    programme.write_text(programme.read_text() + "colour: green\n")
    community.write_text(community.read_text().replace("scale: micro", "scale: tiny"))
    done = lcmonitor("lint", "--workspace", root, "--json")
    assert done.exit_code == 4
    told = {(error["code"], error["place"]) for error in done.json}
    assert told == {("LCM-303", "programme.yml, line 7"), ("LCM-307", "communities/delta.yml, line 4")}
    for error in done.json:
        assert_well_told(error["code"], error["message"], error["place"])


@pytest.mark.parametrize(
    "words", [("status",), ("check", GOOD, "--community", "delta")], ids=["status", "check"]
)
def test_a_store_that_is_being_written_is_told_with_exit_code_5(
    words: tuple[object, ...], root: Path, lcmonitor: Shell
) -> None:
    with writing(root / "data" / "store.duckdb") as store:
        store.receipts()
        before = tree(root)
        done = lcmonitor(*words, "--workspace", root, "--json")
        assert tree(root) == before
    (error,) = done.json
    assert (done.exit_code, error["code"]) == (5, "LCM-401")
    assert_well_told("LCM-401", error["message"], "store.duckdb")
    assert lcmonitor(*words, "--workspace", root).exit_code == 0


@pytest.mark.parametrize("form", [(), ("--json",)], ids=["sentence", "json"])
def test_a_fault_of_ours_is_told_without_a_traceback_and_without_a_cell(
    form: tuple[str, ...], root: Path, lcmonitor: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: Path, __: Limits) -> None:
        raise KeyError(MARKER)

    # A reader with a mistake in it that quotes the cell: none of ours does so knowingly.
    monkeypatch.setattr(sandbox, "read", fails)
    monkeypatch.delenv("LCMONITOR_TRACEBACK", raising=False)
    before = tree(root)
    done = lcmonitor("check", GOOD, "--community", "delta", "--workspace", root, *form)
    assert done.exit_code == 1
    assert "LCM-901" in done.said
    assert "(KeyError in pipeline.py:" in done.said
    assert "Traceback" not in done.said
    assert MARKER not in done.said.casefold()
    assert tree(root) == before


def test_who_asks_for_the_traceback_of_a_fault_gets_it(
    root: Path, lcmonitor: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: Path, __: Limits) -> None:
        raise KeyError("here")

    monkeypatch.setattr(sandbox, "read", fails)  # see above
    monkeypatch.setenv("LCMONITOR_TRACEBACK", "1")
    with pytest.raises(KeyError, match="here"):
        lcmonitor("check", GOOD, "--community", "delta", "--workspace", root)
