"""The limited process gives the same table, and whatever happens in it ends as a refusal."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from lcmonitor.errors import ExportError
from lcmonitor.exports import sandbox, wire
from lcmonitor.exports.sandbox import Limits
from tests.exports.trusted import read

CSV = '"id","submitdate","lastpage","startlanguage","T1","email"\n"1","2026-03-02","4","nl",,"x@a.test"\n'


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "export.csv"
    path.write_text(CSV, encoding="utf-8")
    return path


def code_of(read: Callable[[], object]) -> str:
    with pytest.raises(ExportError) as refused:
        read()
    return refused.value.messages[0].code


def test_the_same_table_comes_back(file: Path) -> None:
    table = sandbox.read(file)
    assert table == read(file)
    assert table.cells["4"].to_pylist() == [None]


def test_a_refusal_comes_back_as_itself(file: Path) -> None:
    file.write_text("T1\n", encoding="utf-8")
    with pytest.raises(ExportError) as refused:
        sandbox.read(file)
    assert [(message.code, message.place) for message in refused.value.messages] == [
        ("LCM-102", "export.csv")
    ]


def test_a_child_without_memory_is_a_refusal(file: Path) -> None:
    file.write_bytes(CSV.encode() + b'"1","","4","nl","' + b"x" * 50_000_000 + b'","a"\n')
    assert code_of(lambda: sandbox.read(file, Limits(memory=1 << 20))) == "LCM-120"


def test_a_child_that_takes_too_long_is_stopped(file: Path) -> None:
    file.write_bytes(
        b"T1\n" + b'"4"\n' * 3_000_000 + b"4,5\n"
    )  # a row that does not fit: read record by record
    assert code_of(lambda: sandbox.read(file, Limits(seconds=1))) == "LCM-119"


@pytest.mark.parametrize(
    "parts", [[b""], [b"{}"], [b"[]"], [b'{"refused": [{"code": "LCM-000"}]}'], [b"\xff"]]
)
def test_an_answer_that_makes_no_sense_is_not_believed(parts: list[bytes]) -> None:
    with pytest.raises((ValueError, KeyError, TypeError)):
        wire.unpacked(parts)


def confined(attempt: str) -> str:
    """What happens to ``attempt`` in a process that confined itself, by the kind of its error."""
    program = (
        "import os, socket, subprocess, sys\n"
        "from lcmonitor.exports import sandbox\n"
        "out = os.dup(1)\n"
        "sandbox._confine(sandbox.LIMITS)\n"
        f"try:\n    {attempt}\n    word = 'done'\nexcept OSError as error:\n    word = type(error).__name__\n"
        "os.write(out, word.encode())\n"
    )
    return subprocess.run([sys.executable, "-c", program], capture_output=True, check=True, text=True).stdout


@pytest.mark.parametrize(
    ("attempt", "word"),
    [
        ("socket.create_connection(('127.0.0.1', 9))", "PermissionError"),
        ("subprocess.run(['true'])", "PermissionError"),
        ("os.system('true')", "PermissionError"),
        ("[os.open('/dev/null', 0) for _ in range(99)]", "OSError"),
        ("len('all is well')", "done"),
    ],
)
def test_a_confined_process_can_only_compute(attempt: str, word: str) -> None:
    assert confined(attempt) == word


def test_nothing_of_the_file_is_printed(file: Path, capfd: pytest.CaptureFixture[str]) -> None:
    sandbox.read(file)
    assert capfd.readouterr() == ("", "")
