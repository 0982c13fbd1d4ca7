"""Figures that are about no people, or about who took part: what is hidden of them, and beside them."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from lcmonitor.disclosure.released import release
from lcmonitor.indicators.table import IndicatorTable
from lcmonitor.programme.privacy import Privacy
from tests.disclosure.drawn import drawn, fate, outcome


def test_records_and_milestones_are_shown_however_few_there_are() -> None:
    picture = """
        statistic    n partners top_share items
        records      1 ?        ?         1
        record_share 1 ?        ?         1
        milestones   1 ?        ?         0
        sme_share    1 ?        ?         0
    """
    assert fate(picture) == ["shown"] * 4


def test_money_needs_three_partners_of_whom_none_gives_more_than_half() -> None:
    picture = """
        indicator statistic     n partners top_share
        a         cofunding     3 3        0.5
        b         cofunding     2 2        0.5
        c         cofunding     9 9        0.51
        d         private_share 9 2        0.4
        e         private_share 9 3        0.4
    """
    assert fate(picture) == ["shown", "partners_low", "dominance", "partners_low", "shown"]
    assert fate(picture, Privacy(partners=4))[0] == "partners_low"


def test_over_communities_files_and_records_need_three_of_them() -> None:
    picture = """
        statistic    community n  communities partners top_share
        records      *         40 2           ?        ?
        record_share *         40 3           ?        ?
        cofunding    *         40 2           20       0.2
        milestones   *         40 2           ?        ?
        representativeness * 40 2 9 0.1
        representativeness * 40 3 9 0.1
    """
    rows = drawn(picture).rows.assign(indicator=list("abcdef"))
    expected = ["communities", "shown", "communities", "communities", "communities", "shown"]
    assert outcome(IndicatorTable(rows)) == expected


def test_what_organisations_intend_and_how_carefully_people_answered_are_shares() -> None:
    picture = """
        indicator statistic n  partners uniform
        a         intention 9  9        0.6
        b         intention 10 10       0.6
        c         intention 10 10       0.9
        d         quality   9  5        0.0
        e         quality   12 5        0.0
        f         quality   12 2        0.0
    """
    expected = ["shares_low", "shown", "uniform", "shares_low", "shown", "partners_low"]
    assert fate(picture) == expected


def test_what_partners_of_small_communities_intend_together_may_be_shown() -> None:
    """None of them is shown by itself, and all that are not keep the rules of a programme figure."""
    small = "\n".join(f"intention {name} 7 1 7 0.6" for name in ("elm", "oak", "ash", "fir"))
    picture = f"statistic community n communities partners uniform\nintention * 28 4 28 0.6\n{small}"
    assert fate(picture) == ["shown", *["shares_low"] * 4]
    larger = "intention yew 12 1 12 0.6\nintention box 12 1 12 0.6\nintention bay 12 1 12 0.6"
    two = "\n".join(small.splitlines()[:2])
    picture = f"statistic community n communities partners uniform\nintention * 50 5 50 0.6\n{two}\n{larger}"
    assert fate(picture)[0] == "complementary"


MIX = """
    indicator statistic          type    n  population
    response  response           -       30 40
    response  response           company {company} 20
    response  response           school  {school} 20
    mix       representativeness -       30 40
"""


def test_the_mix_of_who_answered_is_shown_only_where_every_type_is() -> None:
    shown = fate(MIX.format(company=16, school=14))
    assert shown == ["shown"] * 4
    hidden = fate(MIX.format(company=27, school=3))
    assert hidden[1:] == ["together", "together", "complementary"]
    without = drawn(MIX.format(company=16, school=14)).rows.iloc[[0, 3]]
    assert outcome(IndicatorTable(without)) == ["shown", "complementary"]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 14), st.integers(0, 14)), min_size=2, max_size=5))
def test_the_mix_beside_the_counts_gives_no_number_that_is_hidden(turnout: list[tuple[int, int]]) -> None:
    """Where a count is hidden, one equation more would leave fewer numbers that it can be."""
    people = [max(answered, there) for answered, there in turnout]
    answered = [each for each, _ in turnout]
    lines = [
        f"response response t{at} {n} {all_}"
        for at, (n, all_) in enumerate(zip(answered, people, strict=True))
    ]
    whole = f"{sum(answered)} {sum(people)}"
    picture = [
        "indicator statistic type n population",
        f"response response - {whole}",
        *lines,
        f"mix representativeness - {whole}",
    ]
    rows = release(drawn("\n".join(picture)), Privacy()).rows
    types, mix = rows.iloc[1:-1], rows.iloc[-1]
    assert (mix["status"] == "released") == bool((types["status"] == "released").all())
    assert mix["status"] == "released" or np.isnan(mix["estimate"])
