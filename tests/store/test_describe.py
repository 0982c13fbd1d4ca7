"""The workspace as tables."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from lcmonitor.programme.load import Setup, load_workspace
from lcmonitor.store.store import Store, writing

WORKSPACE = Path(__file__).parents[1] / "fixtures" / "good_workspace"


@pytest.fixture(scope="module")
def setup() -> Setup:
    return load_workspace(WORKSPACE)


@pytest.fixture(name="store")
def described(store: Store, setup: Setup) -> Store:
    store.describe(setup)
    return store


def ask(store: Store, query: str) -> list[tuple[Any, ...]]:
    return store.connection.execute(query).fetchall()


def test_a_community_has_a_row_for_each_period_of_its_profile(store: Store) -> None:
    assert ask(
        store,
        "SELECT community, name, sector, scale, phase, valid_from, valid_to FROM community ORDER BY ALL",
    ) == [
        ("rye", "Rogge", "bread", "meso", "development", date(2025, 7, 1), None),
        ("rye", "Rogge", "bread", "micro", "start", date(2025, 1, 1), date(2025, 6, 30)),
    ]


def test_partners_and_who_could_answer(store: Store) -> None:
    assert ask(store, "SELECT partner, type, role, joined, left_on FROM partner ORDER BY ALL") == [
        ("mill", "company_sme", "lead", None, None),
        ("school", "vocational_school", "partner", date(2025, 7, 1), None),
    ]
    assert ask(store, "SELECT wave, partner, participants FROM eligible ORDER BY ALL") == [
        ("2025-1", "", 9),
        ("2025-2", "mill", 6),
        ("2025-2", "school", 5),
    ]


def test_intentions_and_ambitions_have_their_period(store: Store) -> None:
    assert ask(store, "SELECT division, part, share, valid_to FROM intended_mix ORDER BY ALL") == [
        ("week", "baking", 0.7, date(2025, 6, 30)),
        ("week", "learning", 0.3, date(2025, 6, 30)),
    ]
    assert ask(store, "SELECT status, ambition, ambition_set_on FROM block_filling ORDER BY valid_from") == [
        ("developing", 1.5, None),
        ("filled", 2.0, date(2025, 6, 15)),
    ]


def test_the_codebook_as_it_was_asked_in_each_wave_and_sector(store: Store) -> None:
    items = "SELECT item, position, type, scale, text_nl, text_en FROM item"
    first = ask(
        store,
        f"{items} WHERE wave = '2025-1' AND form = 'participant' ORDER BY position",
    )
    assert first == [
        ("T1", 1, "scale", "agree", "Ik vertrouw de bakker.", "I trust the baker."),
        ("W1", 2, "number", "", "Bakken", "Baking"),
        ("W2", 3, "number", "", "Leren", "Learning"),
    ]
    assert ask(store, "SELECT DISTINCT wave FROM item ORDER BY 1") == [("2025-1",), ("2025-2",)]
    assert ask(store, "SELECT code, text_en, missing FROM scale_code WHERE wave = '2025-1' ORDER BY 1") == [
        (1, "disagree", False),
        (2, "agree", False),
    ]
    assert ask(store, "SELECT DISTINCT construct, item, pillar, block FROM construct_item") == [
        ("trust", "T1", "culture", "trust")
    ]
    assert ask(store, "SELECT DISTINCT division, part, item, total FROM division_part ORDER BY ALL") == [
        ("week", "baking", "W1", 100.0),
        ("week", "learning", "W2", 100.0),
    ]


def test_what_is_computed(store: Store) -> None:
    query = "SELECT indicator, statistic, of, level, unit_en FROM indicator_definition WHERE sector = ''"
    assert ("trust-mean", "mean", "trust", "", "points 1-2") in ask(store, query)
    assert ask(store, "SELECT programme, simulated FROM programme") == [("bakery", False)]
    assert ask(store, "SELECT block, code, pillar, evidence FROM block") == [("trust", "C1", "culture", "I")]


def test_describing_again_changes_no_byte(tmp_path: Path, setup: Setup) -> None:
    contents = []
    for _ in range(2):
        with writing(tmp_path / "store.duckdb") as store:
            store.describe(setup)
        contents.append((tmp_path / "store.duckdb").read_bytes())
    assert contents[0] == contents[1]


def test_what_is_no_longer_written_down_goes(store: Store, setup: Setup) -> None:
    rye = setup.communities["rye"]
    alone = rye.model_copy(update={"partners": rye.partners[:1], "blocks": ()})
    store.describe(Setup(setup.workspace, setup.programme, {"rye": alone}, setup.instrument))
    assert ask(store, "SELECT partner FROM partner") == [("mill",)]
    assert ask(store, "SELECT count(*) FROM block_filling") == [(0,)]
    assert ask(store, "SELECT count(*) FROM community") == [(2,)]


def test_every_table_and_column_says_what_it_is(store: Store) -> None:
    tables = "SELECT table_name FROM duckdb_tables() WHERE database_name = 'store' AND comment IS NULL"
    columns = "SELECT column_name FROM duckdb_columns() WHERE database_name = 'store' AND comment IS NULL"
    assert ask(store, tables) == ask(store, columns) == []
