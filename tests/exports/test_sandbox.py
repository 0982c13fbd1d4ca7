"""The limited process gives the same table, and whatever happens in it ends as a refusal."""

import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lcmonitor.errors import ExportError, Message
from lcmonitor.exports import sandbox
from lcmonitor.exports.limits import Limits
from lcmonitor.exports.reading import parse
from tests.exports import captive
from tests.exports.trusted import read
from tests.fuzz.watch import ALLOWANCE, peak

CSV = '"id","submitdate","lastpage","startlanguage","T1","email"\n"1","2026-03-02","4","nl",,"x@a.test"\n'
SHORT = Limits(seconds=2)
PATIENT = 60  # seconds: a busy machine may need them, and a limit that does not hold takes longer still

linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux fences files and calls")


@pytest.fixture(scope="module", autouse=True)
def _warm(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What follows is timed: the process that readers come from has then started."""
    path = tmp_path_factory.mktemp("warm") / "export.csv"
    path.write_text(CSV, encoding="utf-8")
    sandbox.read(path)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "export.csv"
    path.write_text(CSV, encoding="utf-8")
    return path


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "data" / "secret.key"
    path.parent.mkdir()
    path.write_bytes(bytes(32))
    return path


@pytest.fixture
def frugal() -> Iterator[None]:
    """Holds that the test takes no more memory than the parent may."""
    before = peak(anew=True)
    yield
    assert peak() - before <= ALLOWANCE


def refusal(read: Callable[[], object]) -> Message:
    with pytest.raises(ExportError) as refused:
        read()
    (message,) = refused.value.messages
    assert message.text("nl")
    return message


def test_the_same_table_comes_back(file: Path) -> None:
    table = sandbox.read(file)
    assert table == read(file)
    assert table.cells["4"].to_pylist() == [None]


def test_a_refusal_comes_back_as_itself(file: Path) -> None:
    file.write_text("T1\n", encoding="utf-8")
    message = refusal(lambda: sandbox.read(file))
    assert (message.code, message.place) == ("LCM-102", "export.csv")


def test_a_file_that_needs_more_memory_than_there_is(file: Path) -> None:
    file.write_bytes(b"T1\n" + b"4\n" * 150_000_000)
    limits = Limits(memory=512 << 20)
    assert refusal(lambda: sandbox.read(file, limits)) == Message("LCM-191", "export.csv", {"megabytes": 512})


def test_a_file_that_is_larger_than_all_memory_is_not_opened(file: Path) -> None:
    with file.open("r+b") as stream:
        stream.truncate(2 << 30)
    message = refusal(lambda: sandbox.read(file, Limits(memory=1 << 30)))
    assert message == Message("LCM-190", "export.csv", {"found": 2048, "megabytes": 1024})


def test_a_child_that_takes_too_long_is_stopped(file: Path) -> None:
    # A row that does not fit: all are read record by record.
    file.write_bytes(b"T1\n" + b'"4"\n' * 3_000_000 + b"4,5\n")
    assert refusal(lambda: sandbox.read(file, Limits(seconds=1))).code == "LCM-119"


REFUSED_EVERYWHERE = [
    ("connect", "PermissionError"),
    ("run", "PermissionError"),
    ("shell", "PermissionError"),
    ("fork", "PermissionError"),
    ("write the export", "OSError"),
    ("a higher limit", "ValueError"),
    ("what is open", "AssertionError"),  # what stands there is what was found
    ("deep recursion", "RecursionError"),
]
REFUSED_BY_LINUX = [
    ("connect natively", "OSError"),
    ("shell natively", "OSError"),
    ("fork bomb natively", "OSError"),
    ("read what is named", "PermissionError"),
    ("read what is named natively", "PermissionError"),
    ("write where it is named", "PermissionError"),
    ("write where it is named natively", "PermissionError"),
    ("open to everybody", "OSError"),
    ("remove", "OSError"),
    ("kill the parent", "OSError"),
    ("kill the parent natively", "OSError"),
    ("signals of a pipe to the parent", "OSError"),
    ("look into the parent", "OSError"),
    ("limit the parent", "OSError"),
]


def reason(file: Path, attempt: str) -> str:
    message = refusal(lambda: sandbox._read(file, SHORT, partial(captive.attempt, attempt)))
    assert message.code == "LCM-120"
    return str(message.params["reason"]).split(",")[0]


@pytest.mark.parametrize(("attempt", "kind"), REFUSED_EVERYWHERE)
def test_a_reader_can_only_compute(file: Path, attempt: str, kind: str) -> None:
    assert reason(file, attempt) == kind


@linux
@pytest.mark.parametrize(("attempt", "kind"), REFUSED_BY_LINUX)
def test_the_kernel_refuses_what_python_does_not_see(
    file: Path, secret: Path, attempt: str, kind: str
) -> None:
    file.write_text(str(secret))  # whatever takes a name gets that of the workspace's secret
    assert reason(file, attempt) == kind
    assert secret.read_bytes() == bytes(32)


@linux
@pytest.mark.parametrize("named", ["/etc/passwd", "/proc/self/environ", "/root", "."])
def test_nothing_outside_is_read(file: Path, named: str) -> None:
    file.write_text(named)
    attempt = "list what is named" if Path(named).is_dir() else "read what is named"
    assert reason(file, attempt) == "PermissionError"


@linux
def test_nothing_is_written(file: Path, tmp_path: Path) -> None:
    file.write_text(str(tmp_path / "new"))
    assert reason(file, "write where it is named") == "PermissionError"
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(
    ("attempt", "code", "seconds"),
    [
        ("memory", "LCM-191", PATIENT),
        ("memory bit by bit", "LCM-191", PATIENT),
        ("sleep", "LCM-119", 2),
        ("spin", "LCM-119", 2),
        ("deaf to signals", "LCM-119", 2),
        ("crash", "LCM-120", PATIENT),
        ("leave", "LCM-120", PATIENT),
    ],
)
def test_a_reader_that_gets_out_of_hand(
    file: Path, frugal: None, attempt: str, code: str, seconds: int
) -> None:
    limits = Limits(memory=256 << 20, seconds=seconds)
    start = time.monotonic()
    assert refusal(lambda: sandbox._read(file, limits, partial(captive.attempt, attempt))).code == code
    assert time.monotonic() - start < seconds + PATIENT


def test_no_file_is_read_where_another_was_read(file: Path) -> None:
    kinds = [reason(file, "memory of an earlier file") for _ in range(3)]
    assert kinds == ["AssertionError"] * 3  # each is the first


TOO_LATE = {"silence", "byte by byte", "a child that holds the line"}
BELIEVED = {"a table", "a table and more"}


@pytest.mark.parametrize("speech", sorted(captive.SPEECHES.keys() - BELIEVED))
def test_an_answer_that_makes_no_sense_is_not_believed(file: Path, frugal: None, speech: str) -> None:
    start = time.monotonic()
    message = refusal(lambda: sandbox._read(file, SHORT, partial(captive.say, speech)))
    assert message.code == ("LCM-119" if speech in TOO_LATE else "LCM-120")
    assert time.monotonic() - start < SHORT.seconds + PATIENT


@pytest.mark.parametrize("speech", sorted(BELIEVED))
def test_what_identifies_the_file_is_not_asked_of_the_reader(file: Path, speech: str) -> None:
    table = sandbox._read(file, SHORT, partial(captive.say, speech))
    assert (table.source.file, table.source.sha256) == ("export.csv", read(file).source.sha256)


@given(st.data())
def test_an_answer_with_a_few_other_bytes_is_a_table_or_none(data: st.DataObject) -> None:
    parts = captive.parts_of(parse("export.csv", CSV.encode()))
    at = data.draw(st.integers(0, len(parts) - 1))
    part = bytearray(parts[at] or b"\0")
    for _ in range(data.draw(st.integers(1, 3))):
        part[data.draw(st.integers(0, len(part) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(part)))
    parts[at] = bytes(part[:cut] if data.draw(st.booleans()) else part)
    try:
        table = captive.heard(parts)
    except (ValueError, ExportError):
        return
    table.cells.validate(full=True)
    assert table.cells.num_rows == table.facts.num_rows
    assert [column.position for column in table.columns] == list(range(len(table.columns)))


def test_nothing_of_the_file_is_printed(file: Path, capfd: pytest.CaptureFixture[str]) -> None:
    sandbox.read(file)
    assert capfd.readouterr() == ("", "")
