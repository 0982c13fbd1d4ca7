"""The programme and its sectors beside their communities: relation 2 of ``complementary``."""

import numpy as np
import pandas as pd

from lcmonitor.disclosure.cells import FIGURE_OF, GROUP, MANY, SECTOR, Cells, Codes, Flags, Numbers
from lcmonitor.disclosure.primary import NEARLY
from lcmonitor.programme.privacy import Privacy


def across_communities(cells: Cells, hidden: Flags, among: Flags, fewest: Numbers, rules: Privacy) -> Flags:
    across = cells.code["community"] == 0
    total = ~cells.by_type
    exempt = cells.participation & total & ~cells.again
    whole = np.flatnonzero(among & across & ~hidden & ~exempt)
    more = np.zeros(len(hidden), np.bool_)
    if whole.size:
        left = left_out(cells, hidden, among, whole)
        enough = total[whole] & left_out_keeps(left, fewest[whole], rules)
        more[whole[~nothing_left(left) & ~enough]] = True
    return more


def holding(cells: Cells, some: Flags) -> Flags:
    """Figures across communities that hold one of ``some``; attrition holds those of the wave before."""
    community = cells.code["community"] != 0
    some = some & community & cells.computed & ~cells.participation & (cells.code["group_by"] == 0)
    found, whole = np.zeros(len(some), np.bool_), np.flatnonzero(~community)
    if whole.size and some.any():
        _, parts = _parts(cells, some, cells.key(*FIGURE_OF, *GROUP))
        found[whole] = np.isin(_key_of_parts(cells)[whole], parts)
    return found


def _key_of_parts(cells: Cells) -> Codes:
    code, value = cells.code, cells.names["measure"].index("value")
    attrition = code["measure"] == cells.names["measure"].index("attrition")
    then = {"wave": code["versus"], "versus": np.zeros_like(code["versus"])}
    then["measure"] = np.full_like(code["measure"], value)
    instead = {name: np.where(attrition, codes, code[name]) for name, codes in then.items()}
    return cells.key(*FIGURE_OF, *GROUP, **instead)


def _parts(cells: Cells, among: Flags, key: Codes) -> tuple[Codes, Codes]:
    """Figures of communities, and the keys of what they are a part of: the programme's, then a sector's."""
    part = np.flatnonzero(among)
    sector = part[(cells.code["group_by"][part] == 0) & (cells.sector[part] > 0)]
    if not sector.size:
        return part, key[part]
    grouped = np.full(len(key), cells.names["group_by"].index(SECTOR))
    theirs = cells.key(*FIGURE_OF, *GROUP, group_by=grouped, group_value=cells.sector)
    return np.concatenate([part, sector]), np.concatenate([key[part], theirs[sector]])


def left_out(cells: Cells, hidden: Flags, among: Flags, whole: Codes) -> pd.DataFrame:
    """What of each ``whole``, which are different figures, is in no community's released figure.

    Nothing, where there is no community's figure at all.
    """
    key = cells.key(*FIGURE_OF, *GROUP)
    part, part_key = _parts(cells, among & (cells.code["community"] != 0), key)
    found = pd.Index(key[whole]).get_indexer(pd.Index(part_key))
    part, found = part[found >= 0], found[found >= 0]
    shown = ~hidden[part]

    def total(numbers: Numbers, chosen: Flags) -> Numbers:
        return np.bincount(found[chosen], numbers[part][chosen], len(whole)).astype(np.float64)

    def largest(numbers: Numbers) -> Numbers:
        most = np.zeros(len(whole))
        np.fmax.at(most, found[~shown], numbers[part][~shown])
        return most

    related = np.bincount(found, minlength=len(whole)) > 0
    communities = cells.communities[whole] - np.bincount(found[shown], minlength=len(whole))
    return pd.DataFrame(
        {
            "communities": np.where(related, communities, 0.0),
            "n": np.where(related, cells.n[whole] - total(cells.n, shown), 0.0),
            "partners": total(np.nan_to_num(cells.partners, nan=MANY), ~shown),
            "largest": largest(cells.top_share * cells.n),
            "community": largest(cells.n),
            "alike": total(np.nan_to_num(cells.uniform * cells.n), ~shown),
        }
    )


def nothing_left(left: pd.DataFrame) -> pd.Series:
    return (left["communities"] == 0) & (left["n"].abs() < 0.5)


def left_out_keeps(left: pd.DataFrame, fewest: Numbers | pd.Series, rules: Privacy) -> pd.Series:
    """Whether what is left is a figure that may be shown, and no ``community`` is most of it."""
    most = left["community"] > (rules.dominance + NEARLY) * left["n"]
    return keeps(left.assign(fewest=fewest), rules) & ~most


def keeps(left: pd.DataFrame, rules: Privacy) -> pd.Series:
    """Whether what can be computed of communities, as it is left of others, keeps the rules itself."""
    return (
        (left["communities"] >= rules.across_communities)
        & (left["n"] >= left["fewest"])
        & (left["partners"] >= rules.partners)
        & (left["largest"] <= (rules.dominance + NEARLY) * left["n"])
        & (left["alike"] < (rules.uniform - NEARLY) * left["n"])
    )
