"""The engine against R: the values that the scripts in tests/reference gave, to eight significant digits."""

import csv
import math
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from lcmonitor.programme.model import Community
from tests.indicators.tiny import Reply, community, figures

REFERENCE = Path(__file__).parents[1] / "reference"
RECORDED = sorted(REFERENCE.glob("recorded/*.csv"))
KEY = ["indicator", "measure", "community", "wave", "versus", "group_value", "part"]
NUMBERS = ["n", "estimate", "se", "low", "high", "effect", "p"]
DIGITS = 8


def rows(path: Path) -> list[dict[str, str]]:
    lines = path.read_text().splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def replies() -> Iterator[Reply]:
    for row in rows(REFERENCE / "answers.csv"):
        codes: dict[str, Any] = {item: int(row[item]) for item in ("t1", "t2", "t3", "pride1", "credit1")}
        points = {part: float(row[part]) if row[part] else None for part in "wli"}
        who = row["partner"] or None, row["person"] or None
        yield Reply(row["community"], row["wave"], codes | points, *who, row["completeness"])


def communities() -> list[Community]:
    people: dict[str, dict[str, Any]] = {reply.community: {} for reply in replies()}
    for row in rows(REFERENCE / "eligible.csv"):
        whole, eligible = people[row["community"]], int(row["people"])
        if row["partner"]:
            whole.setdefault(row["wave"], {})[row["partner"]] = eligible
        else:
            whole[row["wave"]] = eligible
    return [community(name, eligible) for name, eligible in people.items()]


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Mapping[tuple[str, ...], Any]:
    """Every figure of the engine by its key, out of a store on disk."""
    store = tmp_path_factory.mktemp("reference") / "store.duckdb"
    found = figures(communities(), list(replies()), database=str(store))
    return {tuple(str(getattr(row, name)) for name in KEY): row for row in _records(found)}


def _records(found: pd.DataFrame) -> Iterator[Any]:
    return found.itertuples(index=False)


@pytest.mark.parametrize("recorded", RECORDED, ids=lambda path: path.stem)
def test_every_figure_is_that_of_r(table: Mapping[tuple[str, ...], Any], recorded: Path) -> None:
    for row in rows(recorded):
        found = table[tuple(row[name] for name in KEY)]
        for name in NUMBERS:
            expected = float(row[name]) if row[name] else math.nan
            close = pytest.approx(expected, rel=0.5 * 10**-DIGITS, abs=1e-12, nan_ok=True)
            assert getattr(found, name) == close, (name, row, found)


def test_the_distribution_of_an_item_tells_the_mean_and_spread_that_r_gives(
    table: Mapping[tuple[str, ...], Any],
) -> None:
    for row in rows(REFERENCE / "recorded/formulas/items.csv"):
        key = ("trust-distribution", "value", row["community"], row["wave"], "", "")
        shares = {code: table[*key, f"{row['item']}:{code}"] for code in range(1, 6)}
        n, mean = float(row["n"]), sum(code * one.estimate for code, one in shares.items())
        spread = sum((code - mean) ** 2 * one.estimate for code, one in shares.items()) * n / (n - 1)
        expected = [float(row[name]) for name in ("n", "mean", "sd")]
        found = [shares[1].n, mean, math.sqrt(spread)]
        assert found == pytest.approx(expected, rel=0.5 * 10**-DIGITS), row


def test_the_made_up_answers_hold_every_case(table: Mapping[tuple[str, ...], Any]) -> None:
    told = [table[tuple(row[name] for name in KEY)] for path in RECORDED for row in rows(path)]
    expected = {
        "t", "t_unknown_population", "t_population_too_small", "census", "communities", "hypergeometric",
        "wilson", "wilson_population_too_small", "matched", "welch", "feldt", "count", "plain",
    }  # fmt: skip
    assert expected <= {str(row.method) for row in told}
    assert any(not math.isnan(row.effect) for row in told)
    assert any(reply.answers["t1"] == -102 for reply in replies())


@pytest.mark.parametrize("recorded", RECORDED, ids=lambda path: path.stem)
def test_a_recorded_file_names_the_versions_that_made_it(recorded: Path) -> None:
    assert recorded.read_text().startswith("# R version 4.")
    assert (REFERENCE / f"{recorded.stem}.R").is_file()
