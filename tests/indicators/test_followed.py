"""Whose score moved by more than error, and who is behind a figure on those who did not answer again."""

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from lcmonitor.indicators import followed, shares
from tests.indicators.naive import trust
from tests.indicators.naive_together import alpha
from tests.indicators.tiny import Reply, community, figures, one

PARTNERS = [{"id": f"p{n}", "name": f"P{n}", "type": "company_sme"} for n in range(5)]


def replies(seed: int, people: int = 26) -> list[Reply]:
    """Everyone answers twice; three statements that hang together."""
    random, given = np.random.default_rng(seed), []
    for place in range(people + 6):
        lean = random.normal(0, 1)
        for wave, shift in (("early", 0.0), ("middle", random.normal(0.3, 0.9))):
            told = np.clip(np.rint(3 + lean + shift + random.normal(0, 0.3, 3)), 1, 5).astype(int).tolist()
            answers: dict[str, Any] = {"t1": told[0], "t2": 6 - told[1], "t3": told[2]}
            if place < people or wave == "early":
                given.append(Reply("alpha", wave, answers, f"p{place % 5}", f"a{place:02d}"))
    return given


def test_the_threshold_is_that_of_the_domain() -> None:
    assert followed.RELIABLE * 0.70 * math.sqrt(2 * (1 - 0.82)) == pytest.approx(0.8232, abs=5e-5)


def test_whose_score_moved_is_counted_one_by_one() -> None:
    given = replies(seed=5)
    found = figures([community("alpha", {"early": 40, "middle": 40})], given)
    early = [reply for reply in given if reply.wave == "early"]
    scores = [float(score) for reply in early if (score := trust(reply.answers)) is not None]
    told = alpha(early)
    least = 1.96 * float(np.std(scores, ddof=1)) * math.sqrt(2 * (1 - told.estimate))
    later = {reply.person: trust(reply.answers) for reply in given if reply.wave == "middle"}
    moved = [
        float(now - then)
        for reply in early
        if (now := later.get(reply.person)) is not None and (then := trust(reply.answers)) is not None
    ]
    counts = {"up": sum(d > least for d in moved), "down": sum(d < -least for d in moved)}
    counts["none"] = len(moved) - counts["up"] - counts["down"]
    assert len(moved) >= followed.FEWEST
    assert 0 < counts["up"] < len(moved)
    for part, count in counts.items():
        key = {"community": "alpha", "wave": "middle", "versus": "early", "indicator": "trust-mean"}
        row = one(found, **key, measure="reliable", part=f"reliable:{part}")
        assert (row.n, row.estimate) == (len(moved), count / len(moved))
        low, high = shares.wilson(np.array([float(count)]), np.array([float(len(moved))]))
        assert (row.low, row.high) == (low[0], high[0])


def test_of_few_pairs_no_share_that_moved_is_told() -> None:
    found = figures([community("alpha", {})], replies(seed=5, people=19))
    assert not (found["measure"] == "reliable").any()


def test_without_anyone_who_went_there_is_nothing_to_compare() -> None:
    given = [reply for reply in replies(seed=5) if int((reply.person or "a0")[1:]) < 26]
    found = figures([community("alpha", {}, partners=PARTNERS)], given)
    assert not (found["measure"] == "attrition").any()
    followed_ = one(
        found, community="alpha", wave="middle", versus="early", indicator="response", measure="followed"
    )
    assert (followed_.n, followed_.population, followed_.estimate) == (26, 26, 1.0)


@pytest.mark.parametrize(("joined", "told_of", "few"), [(0, 3, False), (2, 1, True), (10, 1, True)])
def test_who_is_told_of_are_those_of_whom_the_changes_do_not_tell(
    joined: int, told_of: float, few: bool
) -> None:
    """Six left each of three communities; people joined one of them only, and then six who left are few."""
    names = ("alpha", "beta", "gamma")
    given = [replace(reply, community=name) for name in names for reply in replies(seed=5)]
    new = [replace(each, person=f"n{at}") for at, each in enumerate(replies(seed=6)[:joined])]
    given += [replace(each, community="gamma", wave="middle") for each in new]
    found = figures([community(name, {}, partners=PARTNERS) for name in names], given)
    key = {"wave": "middle", "versus": "early", "indicator": "trust-mean", "measure": "attrition"}
    row = one(found, community="", **key)
    assert (row.n, row.communities, row.sole) == (18, told_of, few)


def test_those_whose_organisation_left_could_not_answer_again() -> None:
    partners = [{**PARTNERS[0], "left": "2025-03-01"}, *PARTNERS[1:]]
    given = replies(seed=5)
    found = figures([community("alpha", {}, partners=partners)], given)
    key = {"community": "alpha", "wave": "middle", "versus": "early", "indicator": "response"}
    row = one(found, **key, measure="followed")
    early = [reply for reply in given if reply.wave == "early"]
    assert row.population == sum(reply.partner != "p0" for reply in early)
    assert row.n == sum(reply.partner != "p0" for reply in given if reply.wave == "middle")
