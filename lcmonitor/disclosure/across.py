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
        key = cells.key(*FIGURE_OF, *GROUP)
        part, part_key = _parts(cells, among & ~across, key)
        found = pd.Index(key[whole]).get_indexer(pd.Index(part_key))
        part, found = part[found >= 0], found[found >= 0]
        left = _left_out(cells, hidden, part, found, whole)
        more[whole[~_left_out_keep(left, total[whole], fewest[whole], rules)]] = True
    return more


def holding(cells: Cells, some: Flags) -> Flags:
    """Figures across communities that hold one of ``some``."""
    community = cells.code["community"] != 0
    some = some & community & cells.computed & ~cells.participation & (cells.code["group_by"] == 0)
    found, whole = np.zeros(len(some), np.bool_), np.flatnonzero(~community)
    if whole.size and some.any():
        key = cells.key(*FIGURE_OF, *GROUP)
        _, parts = _parts(cells, some, key)
        place = pd.Index(key[whole]).get_indexer(pd.Index(parts))
        found[whole[place[place >= 0]]] = True
    return found


def _parts(cells: Cells, among: Flags, key: Codes) -> tuple[Codes, Codes]:
    """Figures of communities, and the keys of what they are a part of: the programme's, then a sector's."""
    part = np.flatnonzero(among)
    sector = part[(cells.code["group_by"][part] == 0) & (cells.sector[part] > 0)]
    if not sector.size:
        return part, key[part]
    grouped = np.full(len(key), cells.names["group_by"].index(SECTOR))
    theirs = cells.key(*FIGURE_OF, *GROUP, group_by=grouped, group_value=cells.sector)
    return np.concatenate([part, sector]), np.concatenate([key[part], theirs[sector]])


def _left_out(cells: Cells, hidden: Flags, part: Codes, found: Codes, whole: Codes) -> pd.DataFrame:
    """What of each programme figure is not in the communities' released figures."""
    shown = ~hidden[part]

    def total(numbers: Numbers, chosen: Flags) -> Numbers:
        return np.bincount(found[chosen], numbers[part][chosen], len(whole)).astype(np.float64)

    largest = np.zeros(len(whole))
    np.fmax.at(largest, found[~shown], (cells.top_share * cells.n)[part][~shown])
    return pd.DataFrame(
        {
            "related": np.bincount(found, minlength=len(whole)) > 0,
            "communities": cells.communities[whole] - np.bincount(found[shown], minlength=len(whole)),
            "n": cells.n[whole] - total(cells.n, shown),
            "partners": total(np.nan_to_num(cells.partners, nan=MANY), ~shown),
            "largest": largest,
            "alike": total(np.nan_to_num(cells.uniform * cells.n), ~shown),
        }
    )


def _left_out_keep(left: pd.DataFrame, total: Flags, fewest: Numbers, rules: Privacy) -> Flags:
    nothing = (left["communities"] == 0) & (left["n"].abs() < 0.5)
    enough = total & keeps(left.assign(fewest=fewest), rules)
    kept: Flags = (~left["related"] | nothing | enough).to_numpy(np.bool_)
    return kept


def keeps(left: pd.DataFrame, rules: Privacy) -> pd.Series:
    """Whether what can be computed of communities, as it is left of others, keeps the rules itself."""
    return (
        (left["communities"] >= rules.across_communities)
        & (left["n"] >= left["fewest"])
        & (left["partners"] >= rules.partners)
        & (left["largest"] <= (rules.dominance + NEARLY) * left["n"])
        & (left["alike"] < (rules.uniform - NEARLY) * left["n"])
    )
