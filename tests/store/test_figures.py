"""Computed figures and editions."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lcmonitor.disclosure.released import COLUMNS
from lcmonitor.store.store import Store, writing
from tests.store.drawn import released

COMPUTED = pd.DataFrame(
    {
        "community": ["rye", ""], "wave": "1", "form": "participant", "indicator": "trust-mean",
        "measure": "value", "part": "", "versus": "", "group_by": "", "group_value": "",
        "n": [12.0, 30.0], "population": [20.0, np.nan], "estimate": [3.25, np.nan], "se": 0.125, "low": 3.0,
        "high": 3.5, "reference": np.nan, "method": pd.Categorical(["t", "welch"]), "word": "",
        "state": "computed", "statistic": "mean", "partners": np.nan, "top_share": np.nan, "uniform": 0.4,
        "communities": 1.0, "sensitive": [False, True],
    }
)  # fmt: skip


def test_computed_figures_are_kept_as_they_are(store: Store) -> None:
    store.write_indicators(COMPUTED)
    kept = store.connection.execute("SELECT * FROM indicator").df()
    pd.testing.assert_frame_equal(kept, COMPUTED.astype({"method": "str"}))


def test_computed_figures_are_replaced(store: Store) -> None:
    store.write_indicators(COMPUTED)
    store.write_indicators(COMPUTED[:1].assign(estimate=4.0, more=1))
    query = "SELECT community, estimate, more FROM indicator"
    assert store.connection.execute(query).fetchall() == [("rye", 4.0, 1)]


def test_writing_the_same_figures_again_changes_no_byte(tmp_path: Path) -> None:
    path = tmp_path / "store.duckdb"
    contents = []
    for rows in (COMPUTED, COMPUTED[::-1]):
        with writing(path) as store:
            store.write_indicators(rows)
        contents.append(path.read_bytes())
    assert contents[0] == contents[1]


def test_an_edition_comes_back_as_it_was_published(store: Store) -> None:
    cells = released("n estimate status reason\n12 3.25 released -\n? ? suppressed n_low")
    cells.loc[1, ["population", "se", "low", "high"]] = np.nan
    store.record_edition("2025-1-ab12", "1", cells)
    history = store.history()
    assert [*history.columns] == [*COLUMNS, "edition"]
    pd.testing.assert_frame_equal(
        history,
        cells.astype(dict.fromkeys(("method", "word", "status", "reason"), "str")).assign(
            edition="2025-1-ab12"
        ),
    )


def test_an_edition_is_recorded_once(store: Store) -> None:
    store.record_edition("first", "1", released("estimate\n3.5"))
    store.record_edition("first", "1", released("estimate\n3.5"))
    assert len(store.history()) == 1


def test_history_is_in_the_order_of_publishing(store: Store) -> None:
    store.record_edition("zeta", "1", released("estimate\n3.5\n3.1"))
    store.record_edition("alpha", "1", released("estimate\n3.6"))
    assert store.history()["estimate"].tolist() == [3.5, 3.1, 3.6]


@pytest.mark.parametrize("column", ["n", "estimate", "se", "low", "high", "effect", "p"])
def test_a_suppressed_figure_with_a_number_is_never_kept(store: Store, column: str) -> None:
    cells = released("n estimate se low high status reason\n? ? ? ? ? suppressed n_low")
    with pytest.raises(Exception, match="CHECK"):
        store.record_edition("first", "1", cells.assign(**{column: 4.0}))
    assert store.history().empty
    store.record_edition("first", "1", cells)


def test_a_figure_that_is_not_available_may_tell_its_n(store: Store) -> None:
    """A response of unknown population: how many answered is known, of how many is not."""
    cells = released("n estimate se low high population status\n7 ? ? ? ? ? not_available")
    store.record_edition("first", "1", cells)
    assert store.history()["n"].tolist() == [7.0]
