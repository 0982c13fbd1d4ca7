"""Ratios of money against ``survey::svyratio``, of lists that are complete."""

import math
from collections import defaultdict
from typing import Any

import pytest

from tests.indicators.ledger import Row, figures
from tests.indicators.test_reference import DIGITS, REFERENCE, rows
from tests.indicators.tiny import community, one

_AMOUNTS = ("cash_committed", "cash_realised", "in_kind_committed", "in_kind_realised")


def test_a_ratio_is_that_of_the_totals_and_has_no_error() -> None:
    partners: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows(REFERENCE / "money.csv"):
        money = {name: float(row[name]) for name in _AMOUNTS if row[name]}
        about = {"id": row["partner"], "name": row["partner"], "type": row["type"]}
        partners[row["community"]].append(about | {"contribution": [money]})
    communities = [community(name, {"early": 9}, partners=mine) for name, mine in partners.items()]
    table = figures(communities, [Row("people", name, "early", {}) for name in partners])
    recorded = rows(REFERENCE / "recorded/formulas/money.csv")
    assert {row["indicator"] for row in recorded} == {"cofunding", "private_share"}
    for row in recorded:
        key = {name: row[name] for name in ("indicator", "community")}
        found = one(table, **key, wave="early")
        expected = float(row["n"]), float(row["estimate"])
        assert (found.n, found.estimate) == pytest.approx(expected, rel=0.5 * 10**-DIGITS), row
        assert float(row["se"]) == 0
        assert math.isnan(found.se)
