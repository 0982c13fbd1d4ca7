"""What organisations say of each other: kept with their response, and never in the copy for analysts."""

from pathlib import Path

import duckdb
import pyarrow as pa

from lcmonitor.intake.responses import TIE_FIELDS, TIES, Responses
from lcmonitor.programme.load import load_workspace
from lcmonitor.store.responses import Comparison
from lcmonitor.store.snapshot import snapshot
from lcmonitor.store.store import Store
from tests.store.drawn import entry, responses, stored

WORKSPACE = Path(__file__).parents[1] / "fixtures" / "good_workspace"


def network(**contact: int) -> Responses:
    """Response 1 of the mill, and 2 of the school, about each other."""
    drawn = responses("id partner\n1 mill\n2 school", form="network")
    about = {"mill": "school", "school": "mill"}
    rows = [[{"partner": about[me], "item": "contact", "code": contact[me]}] for me in ("mill", "school")]
    return Responses("rye", "network", drawn.rows.append_column(TIES, pa.array(rows, pa.list_(TIE_FIELDS))))


def test_a_tie_that_changed_updates_its_response_and_no_other(store: Store) -> None:
    assert store.merge(entry("a1"), network(mill=4, school=0)) == Comparison(new=2)
    assert store.compare(network(mill=4, school=0)) == Comparison(unchanged=2)
    assert store.merge(entry("b2"), network(mill=4, school=1)) == Comparison(updated=1, unchanged=1)
    assert stored(store, "response_id", "delivery", form="network") == ["1 a1", "2 b2"]
    told = (
        "SELECT partner, t.partner, t.item, t.code FROM (SELECT partner, unnest(ties) t FROM {}) ORDER BY ALL"
    )
    assert store.connection.execute(told.format("responses_network")).fetchall() == [
        ("mill", "school", "contact", 4), ("school", "mill", "contact", 1),
    ]  # fmt: skip


def test_an_analyst_gets_neither_ties_nor_who_answered_about_them(store: Store, tmp_path: Path) -> None:
    store.describe(load_workspace(WORKSPACE))
    store.merge(entry("a1"), network(mill=4, school=0))
    store.merge(entry("b2"), responses("id partner Q1\n1 mill 4"))
    target = tmp_path / "analysis.duckdb"
    snapshot(store, target, b"secret")
    with duckdb.connect(str(target), read_only=True) as copy:
        names = {
            name for (name,) in copy.execute("SELECT table_name FROM information_schema.tables").fetchall()
        }
        columns = "SELECT column_name FROM information_schema.columns WHERE column_name = 'ties'"
        assert copy.execute(columns).fetchall() == []
        assert copy.execute("SELECT DISTINCT form FROM answers").fetchall() == [("participant",)]
    assert {"responses_participant", "indicator"} <= names
    assert "responses_network" not in names
