"""A community beside its partner types: relation 1 of ``complementary``."""

import numpy as np
import pandas as pd

from lcmonitor.disclosure.cells import FIGURE_OF, MANY, Cells, Codes, Flags, Numbers, place_of
from lcmonitor.disclosure.primary import NEARLY, nobody_there
from lcmonitor.programme.privacy import Privacy

_PINNED = 0.8  # of the residual; a hidden figure that is more of it is known to within an eighth of its scale
_SPREAD = 3  # between the least and the most respondents that a hidden figure may have


def within_communities(cells: Cells, hidden: Flags, among: Flags, fewest: Numbers, rules: Privacy) -> Flags:
    siblings = _siblings(cells, hidden, among, fewest)
    more = np.zeros(len(hidden), np.bool_)
    more[siblings["cell"][_to_hide(siblings, rules)]] = True
    return more


def _siblings(cells: Cells, hidden: Flags, among: Flags, fewest: Numbers) -> pd.DataFrame:
    """Partner types beside the others of their whole, those that go first on top."""
    whole_key = cells.key("community", *FIGURE_OF)
    grouped = cells.code["group_by"] != 0
    part = np.flatnonzero(among & grouped & ~nobody_there(cells))
    whole = place_of(among & ~grouped, whole_key, whole_key[part])
    part, whole = part[whole >= 0], whole[whole >= 0]
    family, _ = pd.factorize(cells.key("community", *FIGURE_OF, "group_by")[part])
    asked = ~cells.participation[part]
    partners = np.where(cells.n[part] == 0, 0.0, cells.partners[part])
    siblings = pd.DataFrame(
        {
            "cell": part,
            "family": family,
            "hidden": hidden[part],
            "whole_hidden": hidden[whole],
            "n": cells.n[part],
            "exposed": np.where(hidden[part], cells.n[part], 0.0),
            "least": np.where(cells.n[part] < fewest[part], 0.0, fewest[part]),
            "partners": np.where(asked, np.nan_to_num(partners, nan=MANY), MANY),
            "most": np.where(asked, MANY, _most(cells, part, fewest)),
            "people": np.where(asked, MANY, np.nan_to_num(cells.population[part], nan=MANY)),
            "largest": np.where(asked, np.nan_to_num(cells.top_share[part] * cells.n[part]), 0.0),
            "alike": np.where(asked, np.nan_to_num(cells.uniform[part] * cells.n[part]), 0.0),
            "asked": asked,
            "fewest": fewest[part],
        }
    )
    siblings["unknown"] = np.maximum(cells.n[whole] - siblings.groupby("family")["n"].transform("sum"), 0.0)
    order = np.lexsort((cells.code["group_value"][part], cells.size[part], ~hidden[part], family))
    return siblings.iloc[order]


def _most(cells: Cells, part: Codes, fewest: Numbers) -> Numbers:
    """How many respondents a type may have, for one who knows its people and the reason that is given."""
    people = np.nan_to_num(cells.population[part], nan=MANY)
    few = cells.n[part] < fewest[part]
    return np.where(few, np.minimum(people, fewest[part] - 1), people)


def _to_hide(siblings: pd.DataFrame, rules: Privacy) -> Flags:
    by = siblings.groupby("family", sort=False)
    place = by.cumcount()
    forced = by["hidden"].transform("sum")
    keeps = _residual_keeps(siblings, rules) | (place == by["n"].transform("size") - 1)
    enough = place.where(keeps & (place >= forced - 1))
    cut = enough.groupby(siblings["family"], sort=False).transform("min")
    computable = (forced > 0) | (siblings["unknown"] > 0)
    return (siblings["whole_hidden"] | (computable & (place <= cut))).to_numpy(np.bool_)


def _residual_keeps(siblings: pd.DataFrame, rules: Privacy) -> pd.Series:
    """Whether the sum up to and including each row, with the unknown ones, could itself be shown."""
    by = siblings.groupby("family", sort=False)
    unknown = siblings["unknown"].where(siblings["asked"], 0.0)
    n = siblings["unknown"] + by["n"].cumsum()
    largest = np.maximum(by["largest"].cummax(), unknown)
    return (
        (n >= siblings["fewest"])
        & (n - by["least"].cumsum() >= _SPREAD)
        & (np.maximum(by["exposed"].cummax(), siblings["unknown"]) <= _PINNED * n)
        & (by["most"].cumsum() - n >= 1)
        & (by["people"].cumsum() >= siblings["fewest"])
        & (by["partners"].cumsum() >= rules.partners)
        & (largest <= (rules.dominance + NEARLY) * n)
        & ((unknown + by["alike"].cumsum() < (rules.uniform - NEARLY) * n) | ~siblings["asked"])
    )
