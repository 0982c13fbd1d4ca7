"""A community among the others: reckoned once more from what is released, and from nothing else."""

import math
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd
import pytest

from lcmonitor.disclosure.context import LIMITS
from lcmonitor.disclosure.released import may_be_shown, release
from lcmonitor.indicators.table import IndicatorTable
from lcmonitor.programme.privacy import Privacy
from tests.disclosure.drawn import drawn
from tests.indicators.naive_pooling import among, between
from tests.indicators.spec import cases, unlike

HEAD = "community n  population estimate se   method    communities"
PICTURE = f"""
{HEAD}
elm       12 30         3.5      0.20 t         1
oak       30 ?          4.1      0.11 t_unknown_population 1
ash       20 20         3.1      0    census    1
fir       6  30         2.9      0.30 t         1
yew       15 60         3.9      0.18 t         1
bay       4  30         4.8      0.20 t         1
*         83 200        3.49     0.15 communities 5
"""


def context(table: IndicatorTable) -> pd.DataFrame:
    rows = release(table, Privacy()).rows
    assert len(may_be_shown(table, Privacy())) == len(table.rows)
    return rows[len(table.rows) :].astype({"measure": str, "community": str, "part": str, "status": str})


def records(rows: pd.DataFrame) -> Iterator[Any]:
    return rows.itertuples()


def row(rows: pd.DataFrame, community: str, measure: str, part: str = "") -> Any:
    keyed = (rows["community"] == community) & (rows["measure"] == measure) & (rows["part"] == part)
    return rows[keyed].iloc[0]


def test_it_is_what_the_formulas_say_of_released_cells() -> None:
    table = drawn(PICTURE)
    rows = context(table)
    released = release(table, Privacy()).rows.iloc[: len(table.rows)]
    means = released[(released["status"] == "released") & (released["community"] != "")]
    parts = []
    for mean in records(means):
        if mean.se > 0:  # of fewer than ten there is none
            left = 1 - mean.n / mean.population if str(mean.method) == "t" else 1.0
            parts.append((mean.n - 1, mean.se**2 * mean.n / left))
    within = sum(df * s2 for df, s2 in parts) / sum(df for df, _ in parts)
    tau2 = between(means["estimate"].tolist(), [within / n for n in means["n"]])
    for mean in records(means):
        weight = tau2 / (tau2 + within / mean.n)
        shrunk = row(rows, mean.community, "shrunken")
        assert shrunk["estimate"] == pytest.approx(weight * mean.estimate + (1 - weight) * 3.49)
        assert min(mean.estimate, 3.49) <= shrunk["estimate"] <= max(mean.estimate, 3.49)
        for percent, z in LIMITS.items():
            limits = row(rows, mean.community, "funnel", percent)
            assert limits["high"] - 3.49 == pytest.approx(z * math.sqrt(within / mean.n + tau2))
            assert limits["low"] + limits["high"] == pytest.approx(2 * 3.49)


FIGURES = {"others in mind": ("shrunken", ""), "usual": ("funnel", "95"), "wide": ("funnel", "99.8")}


@pytest.mark.parametrize("case", list(cases("released/among")))
def test_both_give_what_is_written_down(case: Mapping[str, Any]) -> None:
    """A case: means that are shown, of communities whose number of people is not known, and that of all."""
    told = [line.split() for line in case["means"].strip().splitlines()[1:]]
    shown = {name: (float(n), float(mean), float(se)) for name, n, mean, se in told}
    drawing = [f"{name} {n} ? {mean} {se} t_unknown_population 1" for name, n, mean, se in told]
    whole = f"* {sum(n for n, _, _ in shown.values())} ? {case['mean of all']} 0.15 communities {len(shown)}"
    rows = context(drawn("\n".join([HEAD, *drawing, whole])))
    slow = among(shown, float(case["mean of all"]))
    for words, expected in case["expected"].items():
        (name,) = shown.keys() & set(words.split())
        measure, part = next(told for kind, told in FIGURES.items() if kind in words)
        assert not unlike(expected, [row(rows, name, measure, part), slow[name, part]]), (case["name"], words)


def test_a_hidden_mean_has_a_hidden_context_and_changes_nothing_of_the_others() -> None:
    rows = context(drawn(PICTURE))
    assert row(rows, "bay", "shrunken")["status"] == "suppressed"
    assert row(rows, "bay", "funnel", "95")[["estimate", "low", "high", "n"]].isna().all()
    for other in ("1.0", "2.2"):
        again = context(drawn(PICTURE.replace("4.8", other)))
        pd.testing.assert_frame_equal(rows, again)


@pytest.mark.parametrize(
    "without", ["elm       12", "*         83"], ids=["four communities", "no mean of all that is shown"]
)
def test_no_context_of_few_or_without_a_mean_of_all(without: str) -> None:
    hidden = without.replace("12", " 3").replace("83", " 8")
    assert context(drawn(PICTURE.replace(without, hidden))).empty


def test_what_is_shown_of_one_community_is_not_ordered_by_any_figure() -> None:
    rows = context(drawn(PICTURE))
    names = rows.loc[rows["measure"] == "shrunken", "community"].tolist()
    assert names == ["elm", "oak", "ash", "fir", "yew", "bay"]  # as the table has them
    assert not np.isfinite(rows["p"]).any()
