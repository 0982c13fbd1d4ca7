"""Figures drawn as small tables of text, and what became of them."""

import io

import numpy as np
import pandas as pd

from lcmonitor.disclosure.released import release
from lcmonitor.indicators.table import FIGURE, KEY, RISK, IndicatorTable
from lcmonitor.programme.privacy import Privacy

_NUMBERS = ("n", "population", "estimate", "se", "low", "high", "reference", "effect", "p")
_RISKS = ("partners", "top_share", "uniform", "communities", "items")
# A figure that breaks no rule; a drawing names what differs.
_SAFE: dict[str, object] = {
    "community": "elm", "wave": "2025a", "form": "participant", "indicator": "trust", "measure": "value",
    "part": "", "versus": "", "group_by": "", "group_value": "",
    "n": 12.0, "population": 30.0, "estimate": 3.5, "se": 0.2, "low": 3.1, "high": 3.9, "reference": np.nan,
    "method": "t", "effect": np.nan, "p": np.nan, "word": "", "state": "computed",
    "statistic": "mean", "partners": 4.0, "top_share": 0.3, "uniform": 0.4, "communities": 1.0,
    "sensitive": False, "items": 3.0, "sole": False, "sector": "",
}  # fmt: skip


def drawn(picture: str) -> IndicatorTable:
    """Columns are divided by spaces, the first line names them; ``-`` is "", ``?`` is NaN.

    ``type`` is short for a partner type as group, of which half the people answered if their number is not
    drawn; community ``*`` is the programme, and of a ``sector`` the row without ``community`` its figure.
    """
    text = pd.read_csv(io.StringIO(picture.strip()), sep=r"\s+", dtype=str, keep_default_na=False)
    rows = pd.DataFrame([_SAFE] * len(text))
    for column in text.columns.difference(["type"]):
        rows[column] = _read(text[column], column)
    if "type" in text:
        rows["group_value"] = text["type"].replace("-", "")
        rows["group_by"] = np.where(rows["group_value"] == "", "", "partner_type")
        if "population" not in text:
            rows["population"] = 2 * rows["n"] + 2
    return IndicatorTable(rows[KEY + FIGURE + RISK])


def _read(column: pd.Series, name: str) -> pd.Series:
    if name in (*_NUMBERS, *_RISKS):
        return column.replace("?", "nan").astype(float)
    if name in ("sensitive", "sole"):
        return column == "yes"
    return column.replace({"-": "", "*": ""})


def outcome(table: IndicatorTable, rules: Privacy | None = None) -> list[str]:
    """For each row ``shown``, the reason why not, or the status of what was not computed."""
    rows = release(table, rules or Privacy()).rows
    status, reason = rows["status"].astype(str), rows["reason"].astype(str)
    return list(np.select([status == "released", status == "suppressed"], ["shown", reason], status))


def fate(picture: str, rules: Privacy | None = None) -> list[str]:
    """``outcome`` of a drawing."""
    return outcome(drawn(picture), rules)
