"""A programme beside its sectors: relation 2 of ``complementary``, one level up."""

import numpy as np
import pandas as pd

from lcmonitor.disclosure.across import keeps
from lcmonitor.disclosure.cells import FIGURE_OF, MANY, Cells, Codes, Flags, Numbers, place_of
from lcmonitor.programme.privacy import Privacy

_PINNED = 0.8  # of the residual's communities; a hidden sector that is more of it is as good as known
_COUNTS = ("communities", "n", "partners", "alike")


def within_programme(cells: Cells, hidden: Flags, among: Flags, fewest: Numbers, rules: Privacy) -> Flags:
    """Sectors that are hidden so that the hidden ones cannot be told apart; all, where the programme is."""
    more = np.zeros(len(hidden), np.bool_)
    if (among & cells.by_sector).any():
        siblings = _siblings(cells, hidden, among & ~cells.participation, fewest)
        more[siblings["cell"][_to_hide(siblings, rules)]] = True
    return more


def _siblings(cells: Cells, hidden: Flags, among: Flags, fewest: Numbers) -> pd.DataFrame:
    """Sectors beside the others of their programme, those that go first on top: of the fewest people."""
    key = cells.key("community", *FIGURE_OF)
    part = np.flatnonzero(among & cells.by_sector)
    whole = place_of(among & (cells.code["group_by"] == 0), key, key[part])
    part, whole = part[whole >= 0], whole[whole >= 0]
    family, _ = pd.factorize(key[part])
    siblings = pd.DataFrame(
        {"cell": part, "family": family, "hidden": hidden[part], "whole_hidden": hidden[whole]}
    ).assign(fewest=fewest[part], **_behind(cells, part))
    for name, everyone in _behind(cells, whole).items():
        mine = siblings.groupby("family")[name].transform("sum")
        siblings[f"other_{name}"] = np.maximum(everyone - mine, 0.0)  # of communities without a sector
    siblings["other_largest"] = np.minimum((cells.top_share * cells.n)[whole], siblings["other_n"])
    siblings["exposed"] = np.where(siblings["hidden"], siblings["communities"], 0.0)
    order = np.lexsort((cells.code["group_value"][part], cells.people[part], ~hidden[part], family))
    return siblings.iloc[order]


def _behind(cells: Cells, chosen: Codes) -> dict[str, Numbers]:
    """What adds up over sectors, and the largest organisation."""
    n = cells.n[chosen]
    return {
        "communities": cells.communities[chosen],
        "n": n,
        "partners": np.nan_to_num(cells.partners[chosen], nan=MANY),
        "alike": np.nan_to_num(cells.uniform[chosen] * n),
        "largest": np.nan_to_num(cells.top_share[chosen] * n),
    }


def _to_hide(siblings: pd.DataFrame, rules: Privacy) -> Flags:
    by = siblings.groupby("family", sort=False)
    place, forced = by.cumcount(), by["hidden"].transform("sum")
    last = place == by["n"].transform("size") - 1  # all of them: what is left is the programme
    keeps = (_residual_keeps(siblings, rules) | last) & (place >= forced - 1)
    cut = place.where(keeps).groupby(siblings["family"], sort=False).transform("min")
    nothing = (forced == 0) & (siblings["other_communities"] == 0)
    alone = (forced == 0) & _others_keep(siblings, rules)
    return (siblings["whole_hidden"] | (~nothing & ~alone & (place <= cut))).to_numpy(np.bool_)


def _others_keep(siblings: pd.DataFrame, rules: Privacy) -> pd.Series:
    """Whether communities without a sector, which are left when every sector is shown, keep the rules."""
    left = siblings[["fewest"]].assign(**{name: siblings[f"other_{name}"] for name in (*_COUNTS, "largest")})
    return keeps(left, rules)


def _residual_keeps(siblings: pd.DataFrame, rules: Privacy) -> pd.Series:
    """Whether the sectors up to and including each row, with the communities that have none, do."""
    by = siblings.groupby("family", sort=False)
    left = siblings[["fewest"]].assign(
        largest=np.maximum(by["largest"].cummax(), siblings["other_largest"]),
        **{name: by[name].cumsum() + siblings[f"other_{name}"] for name in _COUNTS},
    )
    return keeps(left, rules) & (by["exposed"].cummax() <= _PINNED * left["communities"])
