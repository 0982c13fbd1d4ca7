"""What analysts get, and what they never get."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest

from lcmonitor.programme.load import load_workspace
from lcmonitor.store.snapshot import is_current, snapshot
from lcmonitor.store.store import Store, reading
from tests.store.drawn import entry, released, responses

WORKSPACE = Path(__file__).parents[1] / "fixtures" / "good_workspace"
SECRET = b"known to the workspace"
KEY = "0123456789abcdef"  # stands for a panel key
ANSWERS = f"""
wave   id     partner panel_key completeness T1     W1 Q9
2025-1 lime-1 mill    {KEY}     complete     1      60 -
2025-1 lime-2 school  {KEY}     complete     n/a    -  4
2025-2 lime-1 nobody  {KEY}     break_off    asked? 25 !
"""


def delivered() -> Any:
    """T1 and the others under the names of the codebook; drawn as Q… and N… items."""
    drawn = responses(ANSWERS.replace("T1", "QT").replace("W1", "NW"))
    names = {"QT": "T1", "NW": "W1"}
    renamed = drawn.rows.rename_columns([names.get(name, name) for name in drawn.rows.column_names])
    return type(drawn)(drawn.community, drawn.form, renamed)


@pytest.fixture(name="store")
def filled(store: Store) -> Store:
    store.describe(load_workspace(WORKSPACE))
    store.merge(entry("feed", "remarks"), delivered())
    return store


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "published" / "analysis.duckdb"


@contextmanager
def opened(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """As an analyst opens it."""
    connection = duckdb.connect(str(path), read_only=True)
    yield connection
    connection.close()


def ask(path: Path, query: str) -> list[tuple[Any, ...]]:
    with opened(path) as connection:
        return connection.execute(query).fetchall()


def everything(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables and views, in the order in which they lie."""
    names = "SELECT schema_name || '.\"' || {0}_name || '\"' FROM duckdb_{0}s() WHERE NOT internal"
    with opened(path) as connection:
        found = [
            name
            for kind in ("table", "view")
            for (name,) in connection.execute(names.format(kind)).fetchall()
        ]
        return {name: connection.execute(f"FROM {name}").fetchall() for name in sorted(found)}


def test_answers_are_long_with_the_reason_of_every_gap(store: Store, target: Path) -> None:
    snapshot(store, target, SECRET)
    assert ask(target, "SELECT wave, item, value, status FROM answers ORDER BY ALL NULLS LAST") == [
        ("2025-1", "Q9", 4.0, "answered"),
        ("2025-1", "Q9", None, "not_answered"),
        ("2025-1", "T1", 1.0, "answered"),
        ("2025-1", "T1", None, "not_applicable"),
        ("2025-1", "W1", 60.0, "answered"),
        ("2025-1", "W1", None, "not_answered"),
        ("2025-2", "Q9", None, "invalid"),
        ("2025-2", "T1", None, "not_asked"),
        ("2025-2", "W1", 25.0, "answered"),
    ]


def test_responses_are_wide_with_null_for_no_answer(store: Store, target: Path) -> None:
    snapshot(store, target, SECRET)
    query = "SELECT wave, completeness, partner_type, T1, W1, Q9 FROM responses_participant ORDER BY ALL"
    assert ask(target, query) == [
        ("2025-1", "complete", "company_sme", 1, 60.0, None),
        ("2025-1", "complete", "vocational_school", None, None, 4),
        ("2025-2", "break_off", None, None, 25.0, None),
    ]


def test_a_day_of_sending_becomes_its_week(store: Store, target: Path) -> None:
    snapshot(store, target, SECRET)
    (week,) = ask(
        target, "SELECT DISTINCT strftime(submitted_week, '%a %Y-%m-%d') FROM responses_participant"
    )
    assert week == ("Mon 2025-03-03",)  # it was sent on Thursday 6 March


def test_nothing_that_leads_to_a_person_is_anywhere_in_the_file(store: Store, target: Path) -> None:
    store.write_indicators(_computed())
    snapshot(store, target, SECRET)
    content = repr(everything(target))
    for hidden in (KEY, "lime-1", "feed", "2025-03-06", "never released"):
        assert hidden not in content
        assert hidden.encode() not in target.read_bytes()
    columns = {name for (name,) in ask(target, "SELECT column_name FROM duckdb_columns() WHERE NOT internal")}
    assert columns.isdisjoint({"panel_key", "response_id", "row", "delivery", "submitted", "top_share"})
    tables = {name for (name,) in ask(target, "SELECT table_name FROM duckdb_tables()")}
    assert tables.isdisjoint({"indicator", "delivery", "audit"})


def _computed() -> pd.DataFrame:
    texts = dict.fromkeys(
        ["community", "wave", "form", "measure", "part", "versus", "group_by", "group_value"], "x"
    )
    more = dict.fromkeys(["method", "word", "state", "statistic"], "never released")
    return pd.DataFrame([{**texts, **more, "indicator": "trust-mean", "estimate": 1.5, "sensitive": False}])


def test_items_about_who_somebody_is_stay_behind(store: Store, target: Path) -> None:
    store.connection.execute("UPDATE item SET type = 'consent' WHERE item = 'T1'")
    store.connection.execute("ALTER TABLE responses_participant ADD COLUMN remark VARCHAR DEFAULT 'I am Ann'")
    snapshot(store, target, SECRET)
    assert {item for (item,) in ask(target, "SELECT DISTINCT item FROM answers")} == {"W1", "Q9"}
    assert b"I am Ann" not in target.read_bytes()


def test_a_response_keeps_its_number_in_every_snapshot(store: Store, target: Path) -> None:
    numbers = "SELECT response FROM responses_participant WHERE wave = '2025-1' ORDER BY 1"
    snapshot(store, target, SECRET)
    before = ask(target, numbers)
    store.merge(entry("b2"), responses("wave id\n2025-3 lime-1"))
    snapshot(store, target, SECRET)
    assert ask(target, numbers) == before
    snapshot(store, target, b"another secret")
    assert not set(ask(target, numbers)) & set(before)
    assert ask(target, "SELECT count(DISTINCT response) FROM answers") == [(4,)]


def test_the_same_store_gives_the_same_content(store: Store, target: Path) -> None:
    snapshot(store, target, SECRET)
    before = everything(target)
    snapshot(store, target, SECRET)
    assert everything(target) == before


def test_it_is_current_until_something_is_done(store: Store, target: Path) -> None:
    assert not is_current(store, target)
    snapshot(store, target, SECRET)
    assert is_current(store, target)
    store.merge(entry("b2"), responses("wave id\n2025-3 lime-9"))
    assert not is_current(store, target)
    snapshot(store, target, SECRET)
    store.record_edition("first", "2025-1", released("wave estimate\n2025-1 3.1"))
    assert not is_current(store, target)


@pytest.mark.parametrize("of", ["", "CREATE TABLE something (of INTEGER)"])
def test_a_file_that_is_no_snapshot_is_not_current(of: str, store: Store, target: Path) -> None:
    target.parent.mkdir()
    if of:
        with duckdb.connect(str(target)) as connection:
            connection.execute(of)
    else:
        target.write_text("no database, but longer than a header " * 500)
    assert not is_current(store, target)
    snapshot(store, target, SECRET)
    assert is_current(store, target)


def test_it_does_not_matter_in_what_order_deliveries_came(store: Store, tmp_path: Path) -> None:
    one, other = responses("wave id QX\n3 a 1\n3 b 2"), responses("wave id QX\n3 c 3")
    contents = []
    for order in ((one, other), (other, one)):
        store.connection.execute("DELETE FROM responses_participant WHERE wave = '3'")
        for number, delivery in enumerate(order):
            store.merge(entry(str(number)), delivery)
        snapshot(store, tmp_path / "analysis.duckdb", SECRET)
        contents.append(everything(tmp_path / "analysis.duckdb"))
        contents[-1].pop('main."made_from"')  # that does tell what was done in which order
    assert contents[0] == contents[1]


def test_figures_are_those_of_the_latest_edition_that_has_the_wave(store: Store, target: Path) -> None:
    store.record_edition("first", "2025-1", released("wave estimate\n2025-1 3.1"))
    store.record_edition("second", "2025-2", released("wave estimate\n2025-1 3.2\n2025-2 3.9"))
    store.record_edition("third", "2025-2", released("wave estimate\n2025-2 4.0"))
    snapshot(store, target, SECRET)
    assert ask(target, "SELECT wave, estimate, edition FROM indicator ORDER BY wave") == [
        ("2025-1", 3.2, "second"),
        ("2025-2", 4.0, "third"),
    ]
    assert ask(target, "SELECT count(*) FROM released_cell") == [(4,)]


def test_suppressed_figures_are_there_with_their_reason_and_without_their_numbers(
    store: Store, target: Path
) -> None:
    cells = released(
        "n estimate se low high status reason\n? ? ? ? ? suppressed n_low\n12 3.5 0.1 3 4 released -"
    )
    store.record_edition("first", "1", cells)
    snapshot(store, target, SECRET)
    assert ask(
        target, "SELECT n, estimate, se, low, high, status, reason FROM indicator ORDER BY status"
    ) == [
        (12, 3.5, 0.1, 3.0, 4.0, "released", ""),
        (None, None, None, None, None, "suppressed", "n_low"),
    ]


def test_the_view_indicator_has_the_columns_that_were_promised(store: Store, target: Path) -> None:
    snapshot(store, target, SECRET)
    assert " ".join(name for name, *_ in ask(target, "DESCRIBE indicator")) == (
        "community wave form indicator level group_by group_value n population estimate se low high"
        " status reason edition measure part versus reference method effect p word"
    )


def test_what_an_analyst_would_type(store: Store, target: Path) -> None:
    snapshot(store, target, SECRET)
    query = """
        SELECT text_en, a.wave, count(value), count(*) FILTER (status = 'not_applicable')
        FROM answers a JOIN (SELECT DISTINCT community, sector FROM community) USING (community)
        JOIN item USING (wave, sector, form, item)
        JOIN construct_item c USING (wave, sector, item)
        WHERE construct = 'trust' GROUP BY ALL ORDER BY ALL"""
    assert ask(target, query) == [
        ("I trust the baker.", "2025-1", 1, 1),
        ("I trust the baker.", "2025-2", 0, 0),
    ]


def test_everything_that_an_analyst_sees_is_explained(store: Store, target: Path) -> None:
    snapshot(store, target, SECRET)
    silent = "SELECT table_name, column_name FROM duckdb_columns() WHERE NOT internal AND comment IS NULL"
    about = ask(target, f"{silent} AND schema_name = 'main' AND column_name <> 'Q9'")  # Q9 is in no codebook
    assert about == []
    assert ask(target, "SELECT view_name FROM duckdb_views() WHERE NOT internal AND comment IS NULL") == []
    question = "SELECT comment FROM duckdb_columns() WHERE schema_name = 'main' AND column_name = 'T1'"
    assert ask(target, question) == [("I trust the baker.",)]


def test_an_empty_store_has_a_snapshot_too(tmp_path: Path, target: Path) -> None:
    with reading(tmp_path / "none.duckdb") as store:
        snapshot(store, target, SECRET)
    assert ask(target, "SELECT * FROM answers") == ask(target, "SELECT * FROM indicator") == []


def test_a_reader_of_the_store_can_make_one_and_leaves_the_store_alone(store: Store, target: Path) -> None:
    snapshot(store, target, SECRET)
    before = everything(target)
    store.close()
    content = store.path.read_bytes()
    lock_is_free = store.path.with_name("copy.duckdb")
    lock_is_free.write_bytes(content)
    with reading(lock_is_free) as reader:
        snapshot(reader, target, SECRET)
    assert everything(target) == before
    assert lock_is_free.read_bytes() == content


def test_an_analyst_who_has_it_open_blocks_nobody_and_keeps_what_was_there(
    store: Store, target: Path
) -> None:
    snapshot(store, target, SECRET)
    with opened(target) as analyst:
        assert analyst.execute("SELECT count(*) FROM responses_participant").fetchall() == [(3,)]
        store.merge(entry("b2"), responses("wave id\n2025-3 lime-9"))
        snapshot(store, target, SECRET)
        assert analyst.execute("SELECT count(*) FROM responses_participant").fetchall() == [(3,)]
    assert ask(target, "SELECT count(*) FROM responses_participant") == [(4,)]


def test_nothing_else_is_left_in_the_folder(store: Store, target: Path) -> None:
    snapshot(store, target, SECRET)
    assert [(file.name, oct(file.stat().st_mode)[-3:]) for file in target.parent.iterdir()] == [
        ("analysis.duckdb", "640")
    ]


def test_after_a_failure_the_old_one_stands_and_the_next_one_works(store: Store, target: Path) -> None:
    snapshot(store, target, SECRET)
    before = everything(target)
    store.connection.execute("ALTER TABLE responses_participant RENAME COLUMN completeness TO lost")
    with pytest.raises(duckdb.Error):
        snapshot(store, target, SECRET)
    assert everything(target) == before
    store.connection.execute("ALTER TABLE responses_participant RENAME COLUMN lost TO completeness")
    snapshot(store, target, SECRET)
    assert everything(target) == before
