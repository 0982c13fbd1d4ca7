"""Each rule at its edge."""

import pytest
from pydantic import ValidationError

from lcmonitor.programme.model import Privacy
from tests.disclosure.drawn import drawn, fate, outcome


@pytest.mark.parametrize(
    ("column", "kept", "broken", "reason"),
    [
        ("n", "5", "4", "n_low"),
        ("n", "5", "?", "n_low"),
        ("partners", "3", "2", "partners_low"),
        ("top_share", "0.5", "0.51", "dominance"),
        ("uniform", "0.89", "0.9", "uniform"),
    ],
)
def test_a_community_figure_is_hidden_from_the_edge_on(
    column: str, kept: str, broken: str, reason: str
) -> None:
    assert fate(f"community {column}\nelm {kept}\noak {broken}") == ["shown", reason]


@pytest.mark.parametrize("statistic", ["share", "distribution"])
def test_shares_need_ten_respondents(statistic: str) -> None:
    assert fate(f"community statistic n\nelm {statistic} 10\noak {statistic} 9\nash mean 9") == [
        "shown",
        "shares_low",
        "shown",
    ]


def test_a_sensitive_figure_needs_twenty_respondents() -> None:
    assert fate("community sensitive n\nelm yes 20\noak yes 19\nash no 19") == ["shown", "sensitive", "shown"]


def test_a_programme_figure_needs_ten_respondents_of_three_communities() -> None:
    picture = """
        indicator community n  communities
        a         *         10 3
        b         *         9  3
        c         *         10 2
        d         *         10 ?
    """
    assert fate(picture) == ["shown", "n_low", "communities", "communities"]


def test_the_partner_rules_do_not_apply_where_the_organisation_is_not_asked() -> None:
    assert fate("partners top_share\n? ?") == ["shown"]


def test_uniformity_is_no_rule_where_there_is_no_scale() -> None:
    assert fate("statistic uniform\nbalance ?") == ["shown"]


def test_the_first_broken_rule_is_the_reason() -> None:
    picture = """
        community n  sensitive partners top_share statistic uniform
        a         4  yes       1        1.0       share     1.0
        b         9  yes       1        1.0       share     1.0
        c         20 yes       1        1.0       share     1.0
        d         20 yes       3        1.0       share     1.0
        e         9  no        3        0.4       share     1.0
        f         20 yes       3        0.4       share     1.0
    """
    assert fate(picture) == ["n_low", "sensitive", "partners_low", "dominance", "shares_low", "uniform"]
    across = "community indicator n communities sensitive\n* a 12 2 yes\n* b 9 2 yes"
    assert fate(across) == ["communities", "n_low"]


def test_a_raised_threshold_is_respected() -> None:
    raised = Privacy(respondents=8, shares=15, partners=5, dominance=0.25, uniform=0.7)
    picture = """
        community n  statistic partners top_share uniform
        a         7  mean      5        0.2       0.6
        b         14 share     5        0.2       0.6
        c         15 mean      4        0.2       0.6
        d         15 mean      5        0.3       0.6
        e         15 mean      5        0.2       0.7
        f         15 share     5        0.25      0.6
    """
    assert fate(picture) == ["shown"] * 6
    assert fate(picture, raised) == ["n_low", "shares_low", "partners_low", "dominance", "uniform", "shown"]


@pytest.mark.parametrize(
    ("threshold", "too_low"),
    [
        ("respondents", 4),
        ("across_respondents", 9),
        ("across_communities", 2),
        ("sensitive", 19),
        ("shares", 9),
        ("partners", 2),
        ("dominance", 0.51),
        ("uniform", 0.91),
    ],
)
def test_a_floor_cannot_be_lowered(threshold: str, too_low: float) -> None:
    with pytest.raises(ValidationError):
        Privacy.model_validate({threshold: too_low})


def test_how_many_took_part_in_a_community_is_always_shown() -> None:
    picture = """
        indicator statistic n partners top_share
        rate      response  2 1        1.0
        partners  coverage  2 1        1.0
        trust     mean      2 1        1.0
    """
    assert fate(picture) == ["shown", "shown", "n_low"]


def test_a_count_of_few_people_of_a_partner_type_is_hidden_and_a_count_of_nobody_is_not() -> None:
    picture = """
        statistic type       n
        response  -          24
        response  company    14
        response  government 4
        response  school     6
        response  university 0
    """
    assert fate(picture) == ["shown", "shown", "n_low", "complementary", "shown"]


def test_complete_and_partial_answers_of_a_partner_type_are_counts_apart() -> None:
    picture = """
        statistic part type    n
        response  -    -       30
        response  -    company 26
        response  -    care    4
        response  more -       33
        response  more company 26
        response  more care    7
    """
    assert fate(picture) == ["shown", "complementary", "n_low", "shown", "shown", "shown"]


def test_what_was_not_computed_keeps_its_own_status() -> None:
    picture = """
        community state           n
        a         not_asked       0
        b         not_answered    0
        c         not_applicable  0
        d         no_earlier_wave ?
        e         series_break    ?
    """
    assert fate(picture) == ["not_asked", "not_answered", "not_applicable", "not_available", "not_available"]


def test_zero_stays_zero() -> None:
    table = drawn("statistic n estimate\nshare 12 0.0")
    assert outcome(table) == ["shown"]
