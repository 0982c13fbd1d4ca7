"""A run that is killed between any two steps leaves a workspace that the next run completes."""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest

from lcmonitor.store.store import reading
from tests.gallery.garden import EXPORTS, deliver, garden, tree

SPRING, AUTUMN = "2025-04-05", "2025-10-05"  # after the first and after the second wave


class Runs:
    """Runs of the pipeline that can be killed; see crash_victim.py."""

    def __init__(self, warm_up: Path) -> None:
        command = [sys.executable, "-m", "tests.crash_victim", str(warm_up), SPRING]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[1]
        )

    def __call__(self, root: Path, today: str, steps: str, kill: int = 0) -> list[str]:
        """The changes that the run made to the workspace, up to the one before which it was killed."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{root} {today} {steps} {kill}\n")
        self.process.stdin.flush()
        changes: list[str] = json.loads(self.process.stdout.readline())
        return changes


@dataclass(frozen=True)
class Prepared:
    """A workspace with the first edition, before and after a new wave and another community were taken in."""

    runs: Runs
    delivered: Path
    taken_in: Path


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Prepared]:
    folder = tmp_path_factory.mktemp("crash")
    warm_up, delivered, taken_in = (folder / name for name in ("warm_up", "delivered", "taken_in"))
    deliver(garden(warm_up), EXPORTS / "good.csv")
    runs = Runs(warm_up)
    deliver(garden(delivered), EXPORTS / "good.csv")
    with (delivered / "programme.yml").open("a") as programme:  # few pages and charts: those take long
        programme.write("languages: [nl]\nprivacy: {respondents: 50}\n")
    runs(delivered, SPRING, "ingest,report")
    answers = (EXPORTS / "good.csv").read_text()
    (delivered / "inbox" / "delta" / "autumn.csv").write_text(answers.replace("2025-03", "2025-09"))
    (delivered / "inbox" / "linde").mkdir(exist_ok=True)  # an ingest makes a place for every community
    (delivered / "inbox" / "linde" / "spring.csv").write_text(answers.replace("smit", "park"))
    shutil.copytree(delivered, taken_in)
    runs(taken_in, AUTUMN, "ingest")
    yield Prepared(runs, delivered, taken_in)
    runs.process.communicate()


def content(root: Path) -> Mapping[str, object]:
    """Everything that a run leaves: tables by their rows, files by their bytes."""
    published = dict(tree(root / "published")) | {f"drafts/{k}": v for k, v in tree(root / "drafts").items()}
    published.pop("analysis.duckdb")
    with reading(root / "data" / "store.duckdb") as store:
        stored = rows(store.connection, "store")
    with duckdb.connect(str(root / "published" / "analysis.duckdb"), read_only=True) as analyst:
        snapshot = rows(analyst, "analysis")
    archive = {
        name: (root / "data" / "archive" / name).stat().st_mode for name in tree(root / "data" / "archive")
    }
    # A log that a kill left is read by whoever reads, and taken into the file by the next who writes.
    # A key that was not yet the key when the run was killed stays as a draft: private, and never used.
    left = (".secret-", "store.duckdb.wal")
    data = {path.name for path in (root / "data").iterdir() if not path.name.startswith(left)}
    office = dict(tree(root / "data" / "office"))
    kept = {"archive": archive, "data": data, "office": office}
    return {"published": published, "stored": stored, "snapshot": snapshot, **kept}


def rows(connection: duckdb.DuckDBPyConnection, database: str) -> Mapping[str, list[str]]:
    """Every table but the hour at which something was written into the audit."""
    tables = connection.execute(
        "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = ?", [database]
    ).fetchall()
    return {
        f"{schema}.{table}": [
            str(row) for row in connection.execute(query(database, schema, table)).fetchall()
        ]
        for schema, table in tables
    }


def query(database: str, schema: str, table: str) -> str:
    columns = "* EXCLUDE happened" if table == "audit" else "*"
    return f'SELECT {columns} FROM "{database}"."{schema}"."{table}" ORDER BY ALL'


def assert_every_kill_is_mended(runs: Runs, before: Path, steps: str, folder: Path) -> list[str]:
    """Kill a run before each change that an undisturbed one makes; gives those changes."""
    undisturbed = Path(shutil.copytree(before, folder / "undisturbed"))
    changes = runs(undisturbed, AUTUMN, steps)
    expected = content(undisturbed)
    assert expected != content(before)
    for kill, change in enumerate(changes, start=1):
        if is_one_of_many(change):
            continue
        victim = Path(shutil.copytree(before, folder / "victim"))
        assert len(runs(victim, AUTUMN, steps, kill)) == kill - 1
        runs(victim, AUTUMN, steps)
        assert content(victim) == expected, f"killed before {change}"
        shutil.rmtree(victim)
    return changes


def is_one_of_many(change: str) -> bool:
    """Drafts that nobody sees: a page of an edition beside the others, a receipt, an empty folder."""
    page = ".making-" in change and not change.endswith("edition.json")
    receipt = "receipts" in change and not change.startswith("os.rename")
    alike = page or "/.pages/" in change or "/drafts/.draft-" in change
    return (alike and not change.startswith("os.rename")) or receipt or change.startswith("os.mkdir")


def test_killed_while_taking_in(prepared: Prepared, tmp_path: Path) -> None:
    changes = assert_every_kill_is_mended(prepared.runs, prepared.delivered, "ingest", tmp_path)
    assert changes.count("log") == changes.count("make_private") == 2  # two deliveries, each a transaction
    # Archived; receipts as JSON and as a page; the office's page.
    assert sum("rename" in change for change in changes) == 2 + 4 + 1


def test_killed_while_reporting(prepared: Prepared, tmp_path: Path) -> None:
    changes = assert_every_kill_is_mended(prepared.runs, prepared.taken_in, "report", tmp_path)
    assert "os.rename /published/.analysis.duckdb.new" in changes
    assert any(change.startswith("os.rename /drafts/.draft-") for change in changes)


def test_killed_again_and_again_from_the_first_day_on(prepared: Prepared, tmp_path: Path) -> None:
    """There is no key, no store and no folder yet; each run gets somewhat further than the one before."""
    root = garden(tmp_path / "garden")
    deliver(root, EXPORTS / "good.csv")
    kill = 1
    while len(prepared.runs(root, SPRING, "ingest,report", kill)) == kill - 1:
        kill += 1 + kill // 2
    assert kill > 20
    undisturbed = garden(tmp_path / "undisturbed")
    deliver(undisturbed, EXPORTS / "good.csv")
    (undisturbed / "data").mkdir()
    shutil.copy(root / "data" / "secret.key", undisturbed / "data")
    prepared.runs(undisturbed, SPRING, "ingest,report")
    assert content(root) == content(undisturbed)
