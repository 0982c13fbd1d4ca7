"""Figures of a sector: those of its communities, as those of the programme are of all of them."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from lcmonitor.indicators.compute import compute
from lcmonitor.programme.model import Community
from tests.indicators.tiny import Reply, community, connection_with, figures, setup_of

SECTORS = {"ash": "bread", "elm": "bread", "fir": "milk", "oak": "bread", "yew": None}
NUMBERS = ["n", "population", "estimate", "se", "low", "high", "p", "partners", "communities"]
TOLD = ["wave", "indicator", "measure", "part", "versus", "method", "word", "state", *NUMBERS]


def programme() -> tuple[list[Community], list[Reply]]:
    random = np.random.default_rng(4)
    people = {"early": {"acme": 9, "bolt": 9, "college": 9}, "middle": {"acme": 9, "bolt": 9, "college": 9}}
    communities = [community(name, people, sector=sector) for name, sector in SECTORS.items()]
    replies = [
        Reply(
            name, wave,
            {item: int(random.integers(1, 6)) for item in ("t1", "t2", "t3", "pride1", "credit1")},
            ("acme", "bolt", "college")[person % 3], f"{name}{person}",
        )
        for name in SECTORS for wave in people for person in range(8 + len(name) + (wave == "early"))
    ]  # fmt: skip
    return communities, replies


def told(rows: pd.DataFrame, chosen: pd.Series) -> pd.DataFrame:
    """What a report says, in an order of its own."""
    columns = rows.loc[chosen & ~rows["indicator"].str.endswith("consensus"), TOLD]
    return columns.astype(dict.fromkeys(TOLD[:8], str)).sort_values(TOLD[:5]).reset_index(drop=True)


def without_p(rows: pd.DataFrame) -> pd.DataFrame:
    """p is adjusted over a report, and theirs hold other figures."""
    return rows.drop(columns=["p", "word"])


@pytest.mark.parametrize("sector", ["bread", "milk"])
def test_a_sectors_figures_are_those_of_a_programme_of_its_communities(sector: str) -> None:
    communities, replies = programme()
    rows = figures(communities, replies)
    mine = [name for name, own in SECTORS.items() if own == sector]
    alone = figures(_only(communities, mine), [reply for reply in replies if reply.community in mine])
    found = told(rows, (rows["group_by"] == "sector") & (rows["group_value"] == sector))
    computed = (alone["community"] == "") & (alone["group_by"] == "") & (alone["state"] == "computed")
    expected = told(alone, computed)
    asked = expected["indicator"].isin(found["indicator"]) & (expected["measure"] != "attrition")
    expected = expected[asked].reset_index(drop=True)  # who left is told of the programme alone
    assert len(found) > 50
    assert set(expected["measure"]) == {"value", "change", "followed"}
    pd.testing.assert_frame_equal(without_p(found), without_p(expected), check_exact=False, rtol=1e-12)


def _only(communities: Sequence[Community], names: Sequence[str]) -> list[Community]:
    return [each for each in communities if each.id in names]


def test_the_programmes_own_figures_do_not_know_of_sectors() -> None:
    communities, replies = programme()
    rows = figures(communities, replies)
    without = figures([each.model_copy(update={"sector": None}) for each in communities], replies)
    chosen = [frame[(frame["community"] == "") & (frame["group_by"] == "")] for frame in (rows, without)]
    with_, never = (told(frame, frame["indicator"] != "bread-mean") for frame in chosen)
    pd.testing.assert_frame_equal(with_, never, rtol=1e-12)


def test_a_community_that_is_not_visible_is_in_no_sectors_figure() -> None:
    communities, replies = programme()
    with connection_with(replies) as connection:
        rows = compute(
            connection, setup_of(communities), lambda table: (table.rows["community"] != "elm").to_numpy()
        ).rows
    bread = rows[(rows["group_value"] == "bread") & (rows["indicator"] == "trust-mean")]
    assert bread["communities"].max() == 2


def test_every_figure_of_a_community_names_its_sector() -> None:
    communities, replies = programme()
    rows = figures(communities, replies)
    named = rows.groupby("community", observed=True)["sector"].unique()
    assert {name: list(sectors) for name, sectors in named.items()} == {
        "": [""], **{name: [sector or ""] for name, sector in SECTORS.items()},
    }  # fmt: skip
