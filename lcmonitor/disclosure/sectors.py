"""A programme beside its sectors: relation 2 of ``complementary``, one level up.

Figures may hold communities that are not shown themselves (what partners intend). Those of a sector are its
figure less the communities that are shown, so those of the hidden sectors can be computed as well: they must
keep the rules of what is left, too.
"""

import numpy as np
import pandas as pd

from lcmonitor.disclosure.across import keeps, left_out, left_out_keeps, nothing_left
from lcmonitor.disclosure.cells import FIGURE_OF, MANY, Cells, Codes, Flags, Numbers, place_of
from lcmonitor.programme.privacy import Privacy

_PINNED = 0.8  # of the residual's communities; a hidden sector that is more of it is as good as known
_COUNTS = ("communities", "n", "partners", "alike")
_LARGEST = ("largest", "community")


def within_programme(cells: Cells, hidden: Flags, among: Flags, fewest: Numbers, rules: Privacy) -> Flags:
    """Sectors that are hidden so that the hidden ones cannot be told apart; all, where the programme is."""
    more = np.zeros(len(hidden), np.bool_)
    if (among & cells.by_sector).any():
        siblings, left = _siblings(cells, hidden, among & ~cells.participation, fewest)
        more[siblings["cell"][_to_hide(siblings, left, rules)]] = True
    return more


def _siblings(
    cells: Cells, hidden: Flags, among: Flags, fewest: Numbers
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Sectors beside the others of their programme, those that go first on top: of the fewest people.

    And of each what its own figures of communities leave of it and of its programme.
    """
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
    left = _left(cells, hidden, among, part, whole).assign(family=family, fewest=fewest[part])
    return siblings.iloc[order], left.iloc[order]


def _left(cells: Cells, hidden: Flags, among: Flags, part: Codes, whole: Codes) -> pd.DataFrame:
    """Of each sector what is left out; ``all_``: of its programme."""
    wholes, place = np.unique(whole, return_inverse=True)
    found = left_out(cells, hidden, among, np.concatenate([part, wholes]))
    mine, all_ = found.iloc[: len(part)], found.iloc[len(part) + place].reset_index(drop=True)
    return mine.join(all_.add_prefix("all_"))


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


def _to_hide(siblings: pd.DataFrame, left: pd.DataFrame, rules: Privacy) -> Flags:
    by = siblings.groupby("family", sort=False)
    place, forced = by.cumcount(), by["hidden"].transform("sum")
    last = place == by["n"].transform("size") - 1  # all of them: what is left is the programme
    open_ = _residual_keeps(siblings, rules) & _left_keeps(left, by_row=True, rules=rules)
    keeps = (open_ | last) & (place >= forced - 1)
    cut = place.where(keeps).groupby(siblings["family"], sort=False).transform("min")
    nothing = (forced == 0) & (siblings["other_communities"] == 0)
    alone = (forced == 0) & _others_keep(siblings, rules) & _left_keeps(left, by_row=False, rules=rules)
    return (siblings["whole_hidden"] | (~nothing & ~alone & (place <= cut))).to_numpy(np.bool_)


def _left_keeps(left: pd.DataFrame, by_row: bool, rules: Privacy) -> pd.Series:
    """Whether the communities that are not shown and in no sector do, with those of each row and before."""
    by = left.groupby("family", sort=False)
    others = {name: np.maximum(left[f"all_{name}"] - by[name].transform("sum"), 0.0) for name in _COUNTS}
    largest = {name: np.minimum(left[f"all_{name}"], others["n"]) for name in _LARGEST}
    if by_row:
        others = {name: other + by[name].cumsum() for name, other in others.items()}
        largest = {name: np.maximum(by[name].cummax(), other) for name, other in largest.items()}
    residual = left[["fewest"]].assign(**others, **largest)
    return nothing_left(residual) | left_out_keeps(residual, residual["fewest"], rules)


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
