"""What a methodologist wrote down in reports/methods/cases/weights.yml, held against both.

Beside what ``test_spec`` says: ``weigh by`` names what of the partners the form weighs by, and ``eligible``
how many could answer of each of them.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from tests.indicators import naive, naive_weighted
from tests.indicators.naive import Figure, Naive
from tests.indicators.spec import cases, unlike
from tests.indicators.test_spec import replies
from tests.indicators.test_weighting import scores, weighed
from tests.indicators.tiny import PARTNERS, Reply, community, one

CELL = "alpha", "early"
TYPES = dict(PARTNERS)
FIGURES = {
    "weighted mean of trust": {"indicator": "trust-mean"},
    "weighted share of trust": {"indicator": "trust-share"},
    "design effect": {"indicator": "response", "part": "design_effect"},
    "effective answers": {"indicator": "response", "part": "effective_n"},
}


def slowly(words: str, given: list[Reply], people: Mapping[str, int], variable: str) -> Figure:
    weights = naive_weighted.weigh([r.partner for r in given], people, {variable: TYPES}, [variable])
    if words in ("design effect", "effective answers"):
        effect = round(naive_weighted.design_effect(weights), 1) if weights else naive.NAN
        value = effect if words == "design effect" else round(len(given) / effect)
        return Figure(len(given), estimate=value, state="computed" if weights else "too_few")
    statistic = words.split()[1]
    plain = Naive([community("alpha", {"early": people})], given).value(
        statistic, naive.trust, 4, CELL, (1, 5)
    )
    if not weights:
        return replace(plain, method="unweighted")
    line, interval = (
        (4, naive_weighted.of_share) if statistic == "share" else (None, naive_weighted.on_scale((1, 5)))
    )
    found = naive_weighted.figure(weights, scores(given, naive.trust, line), sum(people.values()), interval)
    return replace(plain, estimate=found.estimate, low=found.low, high=found.high, method="weighted")


@pytest.mark.parametrize("case", list(cases("weights")))
def test_both_weigh_as_is_written_down(case: Mapping[str, Any]) -> None:
    given, variable = list(replies(case["answers"])), case["weigh by"].replace(" ", "_")
    people = dict.fromkeys(TYPES, 0) | {partner: int(n) for partner, n in case["eligible"].items()}
    table = weighed([community("alpha", {"early": people})], given, variable)
    for words, expected in case["expected"].items():
        found = one(table, community="alpha", wave="early", **FIGURES[words])
        assert not unlike(expected, [found, slowly(words, given, people, variable)]), (case["name"], words)
