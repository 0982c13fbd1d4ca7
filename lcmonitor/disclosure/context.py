"""A community among the others: what its mean is with these in mind, and how far chance alone may carry one.

Made of released figures and of nothing else, exactly as they are released: so it tells nothing that they do
not, whoever computes it. A community whose mean is hidden has none of it, with the reason of its mean.

* Shrunken (empirical Bayes): ``w·m + (1 − w)·m_all``, ``w = tau²/(tau² + s²/n)``.
* Funnel limits: ``m_all ± z·sqrt(s²/n + tau²)``, z 1.96 and 3.09. With tau² in them, as communities do
  differ: outside them are those that differ more than communities do among each other.

``m_all`` is the released mean across communities; s² that within them, from the standard errors that are
released, without their correction for a finite population: as with change, it is how people answer on
another day that a community is held against. tau² is that of Paule and Mandel. From five communities on;
their order is that of their names.
"""

import numpy as np
import pandas as pd

from lcmonitor.disclosure.cells import Flags, Numbers, holds
from lcmonitor.indicators import pooling
from lcmonitor.indicators.table import stacked

SHRUNKEN, FUNNEL = "shrunken", "funnel"  # measures; the parts of a funnel are its percents
COMMUNITIES = 5
LIMITS = {"95": 1.96, "99.8": 3.09}
_FAMILY = ["wave", "form", "indicator"]


def with_context(rows: pd.DataFrame, means: Flags) -> pd.DataFrame:
    """``rows`` of a ReleasedTable and below them the context of its ``means``."""
    whole = means & holds(rows["measure"], "value") & holds(rows["group_by"], "")
    known = rows[whole & holds(rows["status"], "released", "suppressed")]
    shown, across = holds(known["status"], "released"), holds(known["community"], "")
    common = known.loc[shown & across, [*_FAMILY, "estimate"]].rename(columns={"estimate": "common"})
    mine = known[~across].assign(shown=shown[~across]).merge(common, "left", on=_FAMILY)
    told = mine.groupby(_FAMILY, observed=True)["shown"].transform("sum")
    mine = mine[(told >= COMMUNITIES) & mine["common"].notna()]
    return rows if mine.empty else stacked(rows, pd.concat(_of(mine.reset_index(drop=True))))


def _of(mine: pd.DataFrame) -> list[pd.DataFrame]:
    by = mine.groupby(_FAMILY, observed=True)
    family, place, size = by.ngroup().to_numpy(), by.cumcount().to_numpy(), by.ngroups
    n = mine["n"].to_numpy(np.float64)
    within = _within(mine, family, size)[family]
    common, estimate = mine["common"].to_numpy(np.float64), mine["estimate"].to_numpy(np.float64)
    sets = np.full((2, size, place.max() + 1), np.nan)
    sets[:, family, place] = estimate, within / n
    sets[0] = np.where(np.isnan(sets[1]), np.nan, sets[0])
    tau2 = pooling.paule_mandel(*sets)[family]
    blank = mine.drop(columns=["shown", "common"]).assign(
        se=np.nan, low=np.nan, high=np.nan, effect=np.nan, p=np.nan, reference=np.nan, method="", word=""
    )
    shown = mine["shown"] & np.isfinite(within)
    shrunk = pooling.shrunken(estimate, within / n, common, tau2)
    tables = [_told(blank, shown, SHRUNKEN, "", shrunk).assign(reference=np.where(shown, common, np.nan))]
    for percent, z in LIMITS.items():
        half = np.where(shown, z * np.sqrt(within / n + tau2), np.nan)
        limits = _told(blank, shown, FUNNEL, percent, common)
        tables.append(limits.assign(low=common - half, high=common + half))
    return [table[shown | ~mine["shown"]] for table in tables]


def _told(blank: pd.DataFrame, shown: pd.Series, measure: str, part: str, estimate: Numbers) -> pd.DataFrame:
    method = np.where(shown, measure, "")
    return blank.assign(measure=measure, part=part, estimate=np.where(shown, estimate, np.nan), method=method)


def _within(mine: pd.DataFrame, family: np.ndarray, size: int) -> Numbers:
    """s² of each family: of the communities with a standard error that is not that of a census."""
    n, population, se = (mine[name].to_numpy(np.float64) for name in ("n", "population", "se"))
    left = np.where(holds(mine["method"], "t"), 1 - n / population, 1.0)
    known = (se > 0) & (left > 0) & (n > 1)
    spread = np.where(known, (n - 1) * se**2 * n / np.where(known, left, 1), 0.0)
    df, total = (np.bincount(family, each, size) for each in (np.where(known, n - 1, 0.0), spread))
    within: Numbers = np.divide(total, df, out=np.full(size, np.nan), where=df > 0)
    return within
