"""Computed figures, not yet fit to be shown: disclosure decides that."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from pandas.api.types import union_categoricals

# One row a figure. Strings are never null: "" is "none" (community "" = across communities).
KEY = [
    "community",
    "wave",
    "form",
    "indicator",
    # value | change (since the wave `versus`) | ambition (distance to the own ambition) | reliable (shares
    # whose score moved by more than error) | followed (answered in both waves, of those who could) |
    # attrition (who did not answer again less those who did); once released shrunken | funnel as well
    "measure",
    "part",  # code of a distribution, part of a division, `one+two:r` of an association, else ""
    "versus",  # the earlier wave of a change, else ""
    "group_by",  # "" | partner_type | sector (across communities) | scale | phase (of an association)
    "group_value",
]
FIGURE = [
    "n",  # respondents behind the figure (pairs, for a matched change)
    "population",  # eligible; NaN: unknown
    "estimate",
    "se",
    "low",  # 95 % interval; NaN: none is shown
    "high",
    "reference",  # own ambition or intended share that the figure is set against; NaN: none
    # census | small | t | t_unknown_population | hypergeometric | wilson | matched | overlapping | welch |
    # weighted | unweighted (where it should be) | …
    "method",
    "effect",  # of a matched change: standardised, g_av; NaN: none
    "p",  # of a change, after Benjamini–Hochberg over the report (community × wave)
    # of a change: higher | lower | no_clear_difference | too_few; of a consensus: shared | divided; of an
    # association: together | opposite | no_clear_association | too_few, and whether contexts: differs | …
    "word",
    # computed | not_asked | not_answered | not_applicable | no_earlier_wave | series_break | no_population
    # | population_too_small (more answers than people: N is wrong) | too_few (for this statistic)
    "state",
]
RISK = [
    "statistic",  # of the indicator definition: what the rules look at
    "partners",  # organisations among the respondents; NaN: the form does not ask
    "top_share",  # largest share of one organisation among them
    "uniform",  # largest share of respondents at one end of the scale, or 1.0 if all answered the same
    "communities",  # communities behind a figure across them, else 1
    "sensitive",  # bool
    "items",  # questions behind the figure; 0: none, it counts who took part
    "sole",  # bool: n and the sum of the scores leave one set of scores only; of attrition: it tells of few
    "sector",  # of the community of a figure; "": it has none, or the figure is of several
]


OF_WEIGHTS = ("design_effect", "effective_n")  # parts of a response: what weights cost


@dataclass(frozen=True)
class IndicatorTable:
    """``rows`` has the columns KEY + FIGURE + RISK; text columns are categorical."""

    rows: pd.DataFrame


def stacked(rows: pd.DataFrame, more: pd.DataFrame) -> pd.DataFrame:
    """One below the other, with the columns of the first; categorical ones stay so."""
    return pd.DataFrame({name: _after(rows[name], more[name]) for name in rows}, copy=False)


def _after(one: pd.Series, other: pd.Series) -> Any:
    if isinstance(one.dtype, pd.CategoricalDtype):
        return union_categoricals([one, other.astype("category")])
    return np.concatenate([one.to_numpy(), other.to_numpy()])
