"""Figures that may not be shown for what they are themselves.

Who took part is not what they answered, and the number of respondents is shown beside every figure anyway:
response and coverage of a whole community are always shown. Per partner type the reader may know each of
the few people: a count under the threshold is hidden, and zero too, as "0 of 1" names a person. That is
also the rule for types with fewer people than the threshold, as no more can answer than there are; only of a
type with nobody in it zero is shown. What is left to answer is no rule: "5 of 6" says that one person of six
did not, and not who, and the count of the community says the same. That all took part is shown.

A mean gives the sum of the answers. Where that leaves one set of answers only (all at an end of the scale,
but for one who is a step away), it is hidden as if they were uniform. So is a change that leaves one
difference of all who answered twice, or that pins down those who joined and left between the waves.
"""

import numpy as np

from lcmonitor.disclosure.cells import Cells, Flags, Numbers
from lcmonitor.programme.privacy import Privacy

# The order in which a reason is named when several hold.
REASONS = ("n_low", "communities", "sensitive", "partners_low", "dominance", "shares_low", "uniform")

NEARLY = 1e-9  # a share on the threshold may have been computed in more than one way


def broken(cells: Cells, rules: Privacy) -> dict[str, Flags]:
    """For each of REASONS, in their order, the cells to which it applies.

    Of a form that does not ask for the organisation, ``partners`` and ``top_share`` are NaN: those rules
    do not apply. A NaN ``n`` or ``communities`` counts as too few.
    """
    answers = cells.computed & ~cells.participation
    across = cells.code["community"] == 0
    return {
        "n_low": _few(cells, rules),
        "communities": answers & across & ~(cells.communities >= rules.across_communities),
        "sensitive": answers & cells.sensitive & ~(cells.n >= rules.sensitive),
        "partners_low": answers & (cells.partners < rules.partners),
        "dominance": answers & (cells.top_share > rules.dominance + NEARLY),
        "shares_low": answers & cells.share & ~(cells.n >= rules.shares),
        "uniform": answers & ((cells.uniform >= rules.uniform - NEARLY) | _told_by_the_sum(cells, rules)),
    }


def floor(cells: Cells, rules: Privacy) -> Numbers:
    """The fewest respondents from which a figure is shown, shares and distributions seen as means."""
    fewest = np.where(cells.code["community"] == 0, rules.across_respondents, rules.respondents)
    return np.where(cells.sensitive, np.maximum(fewest, rules.sensitive), fewest).astype(np.float64)


def _few(cells: Cells, rules: Privacy) -> Flags:
    fewest = np.where(cells.code["community"] == 0, rules.across_respondents, rules.respondents)
    exempt = cells.participation & ((cells.code["group_by"] == 0) | nobody_there(cells))
    few: Flags = cells.computed & ~exempt & ~(cells.n >= fewest)
    return few


def nobody_there(cells: Cells) -> Flags:
    """Partner types with no people, none of whom answered."""
    empty: Flags = (cells.population == 0) & (cells.n == 0)
    return empty


def _told_by_the_sum(cells: Cells, rules: Privacy) -> Flags:
    """Of a value the sum is the distribution only where that is hidden; of a change it is so always."""
    told: Flags = cells.sole & (cells.measured("change") | ~(cells.n >= rules.shares))
    return told
