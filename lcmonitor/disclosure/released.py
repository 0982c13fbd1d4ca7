"""Figures that may be shown, and those that may not with the reason."""

from dataclasses import dataclass
from typing import Literal

import pandas as pd

Status = Literal["released", "suppressed", "not_asked", "not_answered", "not_applicable", "not_available"]

COLUMNS = [
    "community", "wave", "form", "indicator", "measure", "part", "versus", "group_by", "group_value",
    "n", "population", "estimate", "se", "low", "high", "reference", "method", "word",
    "status",  # one of Status; n and the numbers are NaN unless released
    # "" | n_low | shares_low | sensitive | partners_low | dominance | uniform | communities | complementary
    "reason",
]  # fmt: skip


@dataclass(frozen=True)
class ReleasedTable:
    """Made by ``disclosure.release`` only; ``rows`` has COLUMNS, one row a figure."""

    rows: pd.DataFrame
