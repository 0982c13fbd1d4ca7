"""What says who somebody is, or what one person wrote, goes nowhere but into the archive of the export."""

import csv
import importlib.util
import io
import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from lcmonitor import pipeline, resources
from lcmonitor.errors import LcmonitorError
from lcmonitor.store.store import reading
from tests.gallery.conftest import lcmonitor  # noqa: F401 -- the same shell
from tests.gallery.garden import Shell, garden, tree
from tests.unpacked import unpacked

MARKS = {
    "token": "zzToken", "email": "zzPost@example.org", "first": "zzVoornaam", "last": "zzAchternaam",
    "ip": "203.0.113.77", "place": "52.987123", "open": "zzOpenAntwoord", "organisation": "zzOnbekendBedrijf",
    "code": "zzEigenAntwoord",
}  # fmt: skip
OPEN_QUESTION = "Wat wilt u nog kwijt?"
TODAY = date(2025, 4, 5)
QUALTRICS = {
    "StartDate": "when", "EndDate": "when", "Status": "status", "IPAddress": "ip", "Progress": "progress",
    "Finished": "finished", "RecordedDate": "when", "ResponseId": "id", "RecipientLastName": "last",
    "RecipientFirstName": "first", "RecipientEmail": "email", "ExternalReference": "token",
    "LocationLatitude": "place", "OK": "ok", "ORG": "organisation", "T1": "t1", "T2": "t2", "L1": "l1",
    OPEN_QUESTION: "open",
}  # fmt: skip
LIMESURVEY = {
    "id": "number", "submitdate": "when", "lastpage": "page", "startlanguage": "language", "seed": "number",
    "token": "token", "firstname": "first", "lastname": "last", "email": "email", "ipaddr": "ip", "OK": "ok",
    "ORG": "organisation", "T1": "t1", "T2": "t2", "L1": "l1", OPEN_QUESTION: "open",
}  # fmt: skip


def export(headings: Mapping[str, str], partners: list[str], miscoded: bool = False) -> bytes:
    """Twenty-four people; one names another organisation, one writes an answer of their own.

    One less in Qualtrics: a figure over both communities is then none of theirs.
    """
    text = io.StringIO()
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(headings)
    if "ResponseId" in headings:
        writer.writerow([heading if heading != "T1" else "Wij komen afspraken na." for heading in headings])
        writer.writerow([json.dumps({"ImportId": heading}) for heading in headings])
    for number in range(24 - ("ResponseId" in headings)):
        person = respondent(number, partners, low=0 if miscoded else 1)
        writer.writerow([person[field] for field in headings.values()])
    return text.getvalue().encode()


def respondent(number: int, partners: list[str], low: int) -> dict[str, Any]:
    answers = {name: low + (number * step) % 5 for step, name in enumerate(("t1", "t2", "l1"), start=1)}
    person = answers | {
        "when": f"2025-03-{number + 1:02d} 10:00:00", "status": "IP Address", "progress": 100,
        "finished": "True", "id": f"R_{number:08d}", "number": number + 1, "page": 3, "language": "nl",
        "ok": 1, "organisation": partners[number % 3],
    }  # fmt: skip
    who = {name: f"{MARKS[name]}{number}" for name in ("token", "first", "last", "open")}
    person |= who | {"email": f"n{number}{MARKS['email']}", "ip": MARKS["ip"], "place": MARKS["place"]}
    if number == 7:
        person["organisation"] = MARKS["organisation"]
    if number == 8:
        person["t1"] = MARKS["code"]
    return person


@dataclass(frozen=True)
class Published:
    """A workspace that was filled, reported on and then offered wrong files; and all that was logged."""

    root: Path
    said: str


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Published:
    root = garden(tmp_path_factory.mktemp("privacy") / "garden")
    mappings = root / "surveys" / "garden" / "exports"
    mappings.mkdir()
    (mappings / "open.yml").write_text(f"form: participant\nignore: ['{OPEN_QUESTION}']\n")
    here = {"delta": (LIMESURVEY, ["smit", "bos", "roc"]), "linde": (QUALTRICS, ["park", "zaad", "hof"])}
    said = io.StringIO()
    handler = logging.StreamHandler(said)
    logging.getLogger().addHandler(handler)
    level = logging.getLogger().level
    logging.getLogger().setLevel(logging.DEBUG)
    try:
        for community, (headings, partners) in here.items():
            deliver(root, community, "good.csv", export(headings, partners))
        assert [receipt.verdict for receipt in pipeline.ingest(root)] == ["remarks", "remarks"]
        table = pipeline.compute(root)
        assert pipeline.publish(root, table, pipeline.release(root, table, TODAY))
        for community, (headings, partners) in here.items():
            deliver(root, community, "miscoded.csv", export(headings, partners, miscoded=True))
            broken = export(headings, partners) + f'"{MARKS["open"]}","{MARKS["token"]}"\n'.encode()
            deliver(root, community, "broken.csv", broken)
        assert [receipt.verdict for receipt in pipeline.ingest(root)] == ["refused"] * 4
    finally:
        logging.getLogger().removeHandler(handler)
        logging.getLogger().setLevel(level)
    return Published(root, said.getvalue())


def deliver(root: Path, community: str, name: str, content: bytes) -> None:
    file = root / "inbox" / community / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def seen(root: Path) -> dict[str, bytes]:
    """What others see: all that is published, and the drafts."""
    return {**tree(root / "published"), **tree(root / "drafts")}


def marks_in(content: bytes | str) -> set[str]:
    text = content if isinstance(content, str) else content.decode("utf-8", "replace")
    return {name for name, mark in MARKS.items() if mark.casefold() in text.casefold()}


def everything(connection: duckdb.DuckDBPyConnection, database: str) -> Iterator[str]:
    """Every cell of every table and view as text; in the file itself strings may be packed."""
    found = connection.execute(
        "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = $name UNION ALL"
        " SELECT schema_name, view_name FROM duckdb_views() WHERE database_name = $name AND NOT internal",
        {"name": database},
    ).fetchall()
    for schema, name in found:
        yield str(connection.execute(f'FROM "{database}"."{schema}"."{name}"').fetchall())


def test_the_marks_are_found_where_they_were_planted(published: Published) -> None:
    """Without this the tests below could not fail."""
    for community in ("delta", "linde"):
        planted = marks_in((published.root / "inbox" / community / "good.csv").read_bytes())
        assert planted == set(MARKS) - ({"place"} if community == "delta" else set())


def test_nothing_that_is_published_holds_a_mark(published: Published) -> None:
    files = {name: unpacked(content) for name, content in seen(published.root).items()}
    kinds = {Path(name).suffix for name in files}
    assert {".html", ".json", ".csv", ".xlsx", ".parquet", ".duckdb"} <= kinds
    assert {name: marks_in(content) for name, content in files.items() if marks_in(content)} == {}
    assert [name for name in files if marks_in(name)] == []


def test_the_snapshot_for_analysts_holds_no_mark(published: Published) -> None:
    path = str(published.root / "published" / "analysis.duckdb")
    with duckdb.connect(path, read_only=True) as analyst:
        told = list(everything(analyst, "analysis"))
    assert any("delta" in text for text in told)
    assert marks_in("".join(told)) == set()


def test_the_store_holds_no_mark(published: Published) -> None:
    path = published.root / "data" / "store.duckdb"
    with reading(path) as store:
        told = list(everything(store.connection, "store"))
    assert any("LCM-214" in text or "LCM-230" in text for text in told)
    assert marks_in("".join(told)) == set()
    assert marks_in(path.read_bytes()) == set()


def test_nothing_else_in_the_private_folder_holds_a_mark(published: Published) -> None:
    files = tree(published.root / "data")
    held = {name for name, content in files.items() if marks_in(content)}
    assert {Path(name).parts[0] for name in held} == {"archive"}
    assert [name for name in files if marks_in(name)] == []


def test_the_archive_is_for_its_owner_only(published: Published) -> None:
    archive = published.root / "data" / "archive"
    kept = {path.read_bytes() for path in archive.iterdir()}
    assert kept == {path.read_bytes() for path in published.root.glob("inbox/*/good.csv")}
    assert {path.stat().st_mode & 0o777 for path in archive.iterdir()} == {0o600}
    assert archive.stat().st_mode & 0o777 == archive.parent.stat().st_mode & 0o777 == 0o700


def test_no_mark_is_logged(published: Published) -> None:
    assert "releasing" in published.said
    assert marks_in(published.said) == set()


@pytest.mark.parametrize("file", ["good.csv", "miscoded.csv", "broken.csv"])
@pytest.mark.parametrize("command", ["check", "recognise"])
@pytest.mark.parametrize("form", [(), ("--json",)], ids=["sentences", "json"])
def test_no_command_says_a_mark(
    file: str,
    command: str,
    form: tuple[str, ...],
    published: Published,
    lcmonitor: Shell,  # noqa: F811
) -> None:
    for community in ("delta", "linde"):
        where = ("--community", community, "--workspace", published.root) if command == "check" else ()
        done = lcmonitor(command, published.root / "inbox" / community / file, *where, *form)
        assert file in done.out
        assert marks_in(done.said) == set()


EXPLAINED = [
    ("explain", f"{community}/2025-1/{indicator}", *form)
    for community, indicator in (("delta", "trust-mean"), ("programme", "learning-distribution"))
    for form in ((), ("--json",))
]


def test_no_command_about_what_is_stored_says_a_mark(published: Published, lcmonitor: Shell) -> None:  # noqa: F811
    for words in (("status",), ("status", "--json"), ("lint",), *EXPLAINED):
        done = lcmonitor(*words, "--workspace", published.root)
        assert done.out
        assert marks_in(done.said) == set(), words


@pytest.mark.parametrize("words", [
    ("explain", MARKS["token"]), ("explain", f"delta/2025-1/{MARKS['open']}"),
    ("map", "--form", MARKS["code"]),
])  # fmt: skip
def test_what_was_typed_is_the_only_mark_in_an_error(
    words: tuple[str, ...],
    published: Published,
    lcmonitor: Shell,  # noqa: F811
) -> None:
    """An error says back what a person typed, and finds nothing near it among answers."""
    export_ = published.root / "inbox" / "delta" / "good.csv"
    done = lcmonitor(*words, *([export_] if words[0] == "map" else []), "--workspace", published.root)
    assert done.exit_code == 2
    assert len(marks_in(done.said)) <= 1


def test_a_hidden_number_is_in_no_byte_of_what_is_published(published: Published) -> None:
    """Of every figure that is hidden, as many digits as the data give of a shown one."""
    table = pipeline.compute(published.root)
    rows = pipeline.release(published.root, table, TODAY).rows
    shown = {f"{value:.6g}" for value in rows["estimate"].dropna()}
    hidden = table.rows.loc[(rows["status"] == "suppressed").to_numpy(), "estimate"].dropna()
    rare = {text for text in (f"{value:.6g}" for value in hidden) if len(text) > 6} - shown
    assert rare
    files = {name: unpacked(content) for name, content in seen(published.root).items()}
    assert {name: text for name, content in files.items() for text in rare if text.encode() in content} == {}


def test_a_fault_of_ours_reaches_the_scheduler_without_its_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Prefect writes what an exception says into its log and its database."""

    def fails(*_: object) -> None:
        raise ValueError(MARKS["code"])  # as a library does that quotes the cell it cannot read

    monkeypatch.setenv("PREFECT_HOME", str(tmp_path))
    monkeypatch.delenv("LCMONITOR_TRACEBACK", raising=False)
    spec = importlib.util.spec_from_file_location("guarded_flows", resources.FLOWS / "monitor.py")
    assert spec
    assert spec.loader
    flows = importlib.util.module_from_spec(spec)
    # Every step is made to fail: a step that really meets such a cell is one that we do not know of yet.
    for step in ("ingest", "compute", "release", "publish"):
        monkeypatch.setattr(pipeline, step, fails)
    spec.loader.exec_module(flows)
    for task in (flows.ingest, flows.compute, flows.release, flows.publish):
        with pytest.raises(LcmonitorError) as raised:
            task.fn()
        assert [message.code for message in raised.value.messages] == ["LCM-901"]
        assert marks_in(str(raised.value)) == set()
        assert raised.value.__suppress_context__
