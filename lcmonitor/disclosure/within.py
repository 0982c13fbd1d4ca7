"""A community beside its partner types: relations 1 and 7 of ``complementary``."""

import numpy as np
import pandas as pd

from lcmonitor.disclosure.cells import FIGURE_OF, MANY, Cells, Flags, Numbers, place_of
from lcmonitor.disclosure.primary import NEARLY, Told, nobody_there
from lcmonitor.programme.privacy import Privacy

# Of the residual. By the mean alone a hidden figure is known to within an eighth of its scale when it is more
# than 0.8; but the distribution of all tells which answers the others in it can have given. What is lent,
# hidden for another's sake, may be more of it than what a rule of its own hides: it keeps every rule.
_PINNED, _LENT = 0.5, 2 / 3
_OPEN = 4  # between the least and the most respondents that a hidden type may have: not known to within one


def within_communities(
    cells: Cells, hidden: Flags, known: Told, among: Flags, fewest: Numbers, rules: Privacy
) -> Flags:
    siblings = _siblings(cells, hidden, known, among, fewest)
    more = np.zeros(len(hidden), np.bool_)
    more[siblings["cell"][_to_hide(siblings, rules)]] = True
    return more


def all_hidden(cells: Cells, hidden: Flags) -> Flags:
    """Partner types of a community's figure of which none is shown.

    They get one reason: how many respondents each has is told by the reasons and the figure of all together.
    """
    parts = cells.computed & cells.by_type & (cells.code["community"] != 0) & ~nobody_there(cells)
    family, families = pd.factorize(cells.key("community", *FIGURE_OF, "group_by"))
    shown = np.bincount(family[parts & ~hidden], minlength=len(families)) > 0
    none: Flags = parts & ~shown[family]
    return none


def _siblings(cells: Cells, hidden: Flags, known: Told, among: Flags, fewest: Numbers) -> pd.DataFrame:
    """Partner types beside the others of their whole, those that go first on top.

    Which goes first is told by what was known before anyone answered, so that it tells nothing.
    """
    whole_key = cells.key("community", *FIGURE_OF)
    part = np.flatnonzero(among & cells.by_type & ~nobody_there(cells))
    whole = place_of(among & (cells.code["group_by"] == 0), whole_key, whole_key[part])
    part, whole = part[whole >= 0], whole[whole >= 0]
    family, _ = pd.factorize(cells.key("community", *FIGURE_OF, "group_by")[part])
    asked = ~cells.participation[part]
    partners = np.where(cells.n[part] == 0, 0.0, cells.partners[part])
    invited = np.nan_to_num(cells.population[part], nan=MANY)
    invited[invited < cells.n[part]] = MANY  # a list that is too short bounds nothing
    siblings = pd.DataFrame(
        {
            "cell": part,
            "family": family,
            "hidden": hidden[part],
            "whole_hidden": hidden[whole],
            "weighted": cells.weighted[whole],
            "n": cells.n[part],
            "told": np.minimum(invited, known.most[part]),
            "broken": known.broken[part],
            "least": known.least[part],
            "secret": (known.secret & known.broken)[part],
            "people": np.where(asked, MANY, invited),
            "partners": np.where(asked, np.nan_to_num(partners, nan=MANY), MANY),
            "largest": np.where(asked, np.nan_to_num(cells.top_share[part] * cells.n[part]), 0.0),
            "alike": np.where(asked, np.nan_to_num(cells.uniform[part] * cells.n[part]), 0.0),
            "asked": asked,
            "fewest": fewest[part],
        }
    )
    siblings["unknown"] = np.maximum(cells.n[whole] - siblings.groupby("family")["n"].transform("sum"), 0.0)
    order = np.lexsort((cells.code["group_value"][part], cells.people[part], ~hidden[part], family))
    return siblings.iloc[order]


def _to_hide(siblings: pd.DataFrame, rules: Privacy) -> Flags:
    by = siblings.groupby("family", sort=False)
    place = by.cumcount()
    forced = by["hidden"].transform("sum")
    some = _residual_keeps(siblings, rules) & ~siblings["weighted"]  # of a weighted whole all types, or none
    keeps = some | (place == by["n"].transform("size") - 1)
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
        & _numbers_stay_open(siblings)
        & _no_type_is_most(siblings, n)
        & (by["people"].cumsum() >= siblings["fewest"])
        & (by["partners"].cumsum() >= rules.partners)
        & (largest <= (rules.dominance + NEARLY) * n)
        & ((unknown + by["alike"].cumsum() < (rules.uniform - NEARLY) * n) | ~siblings["asked"])
    )


def _no_type_is_most(siblings: pd.DataFrame, n: pd.Series) -> pd.Series:
    """Whether no hidden type can be so much of the ``n`` up to and including each row that it is known.

    What counts is the most respondents that it may have by all that is told: the people it has, the count
    that is shown of it, its reason, and what the others leave of ``n``. By their own number, what is hidden
    with it would tell that number to who has the program.
    """
    spare = n - siblings.groupby("family", sort=False)["least"].cumsum()
    exposed = _most(siblings, siblings["broken"], spare)
    lent = _most(siblings, siblings["asked"] & ~siblings["broken"], spare)
    most = (exposed > _PINNED * n) | (lent > (_LENT + NEARLY) * n)
    return ~most & (siblings["unknown"] <= _PINNED * n)


def _most(siblings: pd.DataFrame, those: pd.Series, spare: pd.Series) -> pd.Series:
    """How many may be of one of ``those``, the others having their least; ``spare``: all less all least."""
    told, least = (
        siblings[column].where(those, 0.0).groupby(siblings["family"], sort=False).cummax()
        for column in ("told", "least")
    )
    return told.clip(upper=spare + least)


def _numbers_stay_open(siblings: pd.DataFrame) -> pd.Series:
    """Whether nobody can pin down a number of respondents that is hidden up to and including each row.

    Of parts with bounds that add up to a total each can be anything from the total less the most of the
    others to the total less their least: so the total must lie well above all least and well below all
    most. Where a rule hides one of the parts, it must do so too for one who knows how many are unknown.
    """
    by = siblings.groupby("family", sort=False)
    n, least = by["n"].cumsum(), by["least"].cumsum()
    wide = (n - least >= _OPEN) & (by["told"].cumsum() - n >= _OPEN)
    return (siblings["unknown"] + n - least >= _OPEN) & (wide | ~by["secret"].cummax())
