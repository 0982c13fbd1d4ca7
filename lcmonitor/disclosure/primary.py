"""Figures that may not be shown for what they are themselves.

Who took part is not what they answered, and the number of respondents is shown beside every figure anyway:
response and coverage of a whole community are always shown. Per partner type the reader may know each of
the few people: a count under the threshold is hidden, and zero too, as "0 of 1" names a person. That is
also the rule for types with fewer people than the threshold, as no more can answer than there are; only of a
type with nobody in it zero is shown. How many answered in two waves is a count of other people than those who
answered: it keeps the threshold, in a community and across. What is left to answer is no rule: "5 of 6" says
that one person of six did not, and not who, and the count of the community says the same. That all took part
is shown.

A mean gives the sum of the answers. Where that leaves one set of answers only (all at an end of the scale,
but for one who is a step away), it is hidden as if they were uniform. So is a change that leaves one
difference of all who answered twice, or that pins down those who joined and left between the waves.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from lcmonitor.disclosure.cells import MANY, Cells, Codes, Flags, Numbers
from lcmonitor.programme.privacy import Privacy

# Reason -> the threshold that it rests on, in the order in which one is named when several hold.
THRESHOLDS = {
    "n_low": "respondents", "communities": "across_communities", "response_low": "response",
    "sensitive": "sensitive", "partners_low": "partners", "dominance": "dominance", "shares_low": "shares",
    "uniform": "uniform",
}  # fmt: skip
REASONS = tuple(THRESHOLDS)

NEARLY = 1e-9  # a share on the threshold may have been computed in more than one way


@dataclass(frozen=True)
class Told:
    """What the reason that is given for a hidden figure tells of its respondents."""

    least: Numbers  # of few: that one at least answered is known to that one
    most: Numbers
    broken: Flags  # a rule of its own hides it
    secret: Flags  # their number is

    def only(self, chosen: Flags) -> "Told":
        return Told(self.least[chosen], self.most[chosen], self.broken[chosen], self.secret[chosen])

    def with_counts(self, cells: Cells, shown: Flags, counts: Codes) -> "Told":
        """Where a count is ``shown``, of ``counts``: no figure has more respondents."""
        return replace(
            self,
            most=np.where(shown, np.minimum(self.most, cells.n[counts]), self.most),
            secret=self.secret & (cells.participation | ~shown),
        )


def broken(cells: Cells, rules: Privacy) -> dict[str, Flags]:
    """For each of REASONS, in their order, the cells to which it applies.

    Of a form that does not ask for the organisation, ``partners`` and ``top_share`` are NaN: those rules
    do not apply. A NaN ``n`` or ``communities`` counts as too few.
    """
    answers = cells.computed & ~cells.participation
    across = cells.code["community"] == 0
    return {
        "n_low": _few(cells, rules),
        "communities": (answers | cells.mix) & across & ~(cells.communities >= rules.across_communities),
        "response_low": answers & _response_low(cells, rules),
        "sensitive": answers & cells.sensitive & ~(cells.n >= rules.sensitive),
        "partners_low": answers & (cells.partners < rules.partners),
        "dominance": answers & (cells.top_share > rules.dominance + NEARLY),
        "shares_low": answers & (cells.share | cells.alone) & ~(cells.n >= rules.shares),
        "uniform": answers & ((cells.uniform >= rules.uniform - NEARLY) | _told_by_the_sum(cells, rules)),
    }


def threshold(reason: str, across: bool) -> str | None:
    """The setting of Privacy behind a reason; None: other figures are the reason."""
    return "across_respondents" if across and reason == "n_low" else THRESHOLDS.get(reason)


def told(cells: Cells, flags: Mapping[str, Flags], rules: Privacy) -> Told:
    """Bounds of ``n`` by the first of ``flags`` that is set; a figure without any keeps all rules."""
    fewest, means = _fewest(cells, rules), floor(cells, rules)
    figures = np.where(cells.share | cells.alone, np.maximum(means, rules.shares), means)
    least = {"n_low": np.ones(len(means)), "communities": fewest, "sensitive": fewest, "uniform": figures}
    most = {"n_low": fewest - 1, "sensitive": rules.sensitive - 1.0, "shares_low": rules.shares - 1.0}
    conditions = list(flags.values())
    return Told(
        least=np.select(conditions, [least.get(reason, means) for reason in flags], figures),
        most=np.select(conditions, [np.asarray(most.get(reason, MANY)) for reason in flags], MANY),
        broken=np.any(conditions, axis=0),
        secret=np.ones(len(means), np.bool_),
    )


def floor(cells: Cells, rules: Privacy) -> Numbers:
    """The fewest respondents from which a figure is shown, shares and distributions seen as means."""
    fewest = _fewest(cells, rules)
    return np.where(cells.sensitive, np.maximum(fewest, rules.sensitive), fewest)


def _fewest(cells: Cells, rules: Privacy) -> Numbers:
    across = cells.code["community"] == 0
    return np.where(across, rules.across_respondents, rules.respondents).astype(np.float64)


def _few(cells: Cells, rules: Privacy) -> Flags:
    fewest = _fewest(cells, rules)
    exempt = cells.participation & (~cells.by_type | nobody_there(cells))
    exempt = cells.facts | (exempt & ~cells.again)
    few: Flags = cells.computed & ~exempt & ~(cells.n >= fewest)
    return few


def _response_low(cells: Cells, rules: Privacy) -> Flags:
    """Of a community: types and programmes have no rate of their own. An unknown population is too large."""
    community = (cells.code["community"] != 0) & ~cells.by_type
    asked = community & ~cells.facts & (rules.response > 0)
    few: Flags = asked & ~(cells.n >= rules.response * cells.population)
    return few


def nobody_there(cells: Cells) -> Flags:
    """Partner types with no people, none of whom answered."""
    empty: Flags = (cells.population == 0) & (cells.n == 0)
    return empty


def _told_by_the_sum(cells: Cells, rules: Privacy) -> Flags:
    """Of a value the sum is the distribution only where that is hidden; of a change it is so always."""
    told: Flags = cells.sole & (cells.measured("change") | ~(cells.n >= rules.shares))
    return told
