"""An attacker who lists every set of answers, and keeps those that agree with what is published."""

from math import inf

import pandas as pd
import pytest

from lcmonitor.disclosure.released import release
from lcmonitor.indicators.table import IndicatorTable
from lcmonitor.programme.privacy import Privacy
from tests.disclosure.answers import Answers, Mean, explained_by, mean_of, sets_of
from tests.indicators.tiny import Reply, community, figures

PARTNERS = ("acme", "bolt", "college")
EVERY = [answers for n in range(5, 10) for answers in sets_of(n)]


def test_the_attacker_succeeds_where_a_mean_and_its_interval_are_exact() -> None:
    assert explained_by(mean_of((2, 3, 3, 4, 4), 6), 5, 6, population=6) == [(2, 3, 3, 4, 4)]
    for decimals, known in ((6, 60), (2, 60), (1, 55)):
        alone = [len(explained_by(mean_of(answers, inf), 5, decimals)) == 1 for answers in sets_of(5)]
        assert sum(alone) >= known, "one decimal less hardly helps"


def replies(name: str, wave: str, answers: Answers) -> list[Reply]:
    return [
        Reply(name, wave, {"t2": answer, "pride1": answer}, PARTNERS[person % 3], f"{name}{person}")
        for person, answer in enumerate(answers)
    ]


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    """Every set of five to nine answers is a community; of every other one N is known."""
    names = [f"c{number:04}" for number in range(len(EVERY))]
    places = [
        community(name, {"early": len(answers) + 1} if at % 2 else {})
        for at, (name, answers) in enumerate(zip(names, EVERY, strict=True))
    ]
    given = [
        reply for name, answers in zip(names, EVERY, strict=True) for reply in replies(name, "early", answers)
    ]
    found = release(IndicatorTable(figures(places, given)), Privacy()).rows
    return found[(found["community"] != "") & (found["measure"] == "value") & (found["group_by"] == "")]


@pytest.mark.parametrize("indicator", ["t2-mean", "pride-mean"])
def test_no_released_mean_of_few_answers_to_one_question_leaves_one_set(
    rows: pd.DataFrame, indicator: str
) -> None:
    mine = rows[(rows["indicator"] == indicator) & (rows["wave"] == "early")]
    assert len(mine) == len(EVERY)
    shown = mine[mine["status"] == "released"]
    assert len(shown) > 0.9 * len(EVERY)
    assert set(mine.loc[mine["status"] != "released", "reason"]) == {"uniform"}
    for row in shown.to_dict("records"):
        mean = Mean(row["estimate"], row["se"], row["low"], row["high"])
        population = inf if pd.isna(row["population"]) else row["population"]
        assert len(explained_by(mean, int(row["n"]), 1, population)) > 1, row


def test_the_shares_and_the_distribution_of_few_answers_stay_hidden(rows: pd.DataFrame) -> None:
    telling = rows[(rows["indicator"] == "t2-distribution") & (rows["wave"] == "early")]
    assert len(telling) == 5 * len(EVERY)
    assert (telling["status"] == "suppressed").all()


def change_of(then: Answers, now: Answers) -> pd.Series:
    """By the person's place; 0: did not answer."""
    given = [
        reply
        for wave, answers in (("early", then), ("middle", now))
        for reply, answer in zip(replies("elm", wave, answers), answers, strict=True)
        if answer
    ]
    found = release(IndicatorTable(figures([community("elm", {})], given)), Privacy()).rows
    mine = (found["community"] == "elm") & (found["indicator"] == "t2-mean") & (found["measure"] == "change")
    return found[mine & (found["wave"] == "middle")].iloc[0]


def test_a_change_that_pins_down_who_joined_and_who_left_is_hidden() -> None:
    # The sums and the change of six give: the one who joined less the one who left is 4, so 5 and 1.
    assert change_of((2, 3, 4, 3, 2, 4, 1, 0), (3, 3, 4, 3, 2, 5, 0, 5))["reason"] == "uniform"
    # Of 4 and 3 whoever joined knows the 3. Two beside two leave enough open, whoever asks.
    assert change_of((2, 3, 4, 3, 2, 4, 3, 0), (3, 3, 4, 3, 2, 5, 0, 4))["reason"] == "uniform"
    kept = change_of((2, 3, 4, 3, 2, 4, 3, 2, 0, 0), (3, 3, 4, 3, 2, 5, 0, 0, 4, 1))
    assert kept["status"] == "released"
    assert kept[["se", "low", "high", "p", "effect"]].isna().all()
    assert (kept["estimate"], kept["word"]) == (0.3, "too_few")
