"""Each rule at its edge."""

import pytest
from pydantic import ValidationError

from lcmonitor.programme.privacy import Privacy
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


@pytest.mark.parametrize("statistic", ["share", "distribution", "consensus"])
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


def test_a_count_of_few_people_of_a_partner_type_is_hidden_and_so_is_a_count_of_nobody() -> None:
    picture = """
        statistic type       n
        response  -          27
        response  company    14
        response  government 4
        response  school     9
        response  university 0
    """
    assert fate(picture) == ["shown", "shown", "n_low", "complementary", "n_low"]


def test_nobody_out_of_one_is_not_told_by_the_other_counts() -> None:
    picture = """
        statistic type       n population
        response  -          30 35
        response  company    15 16
        response  government 10 13
        response  school     5  5
        response  citizens   0  1
    """
    # 5 with the school: it is not under five, so the citizens would be none.
    assert fate(picture) == ["shown", "shown", "complementary", "complementary", "n_low"]


def test_no_type_is_counted_where_the_community_has_few_respondents() -> None:
    picture = """
        statistic type       n population
        response  -          3 14
        response  company    0 2
        response  government 1 4
        response  school     1 4
        response  citizens   1 4
    """
    assert fate(picture) == ["shown"] + ["together"] * 4


def test_five_of_six_may_be_known() -> None:
    assert (
        fate("statistic type n population\nresponse - 11 12\nresponse a 5 6\nresponse b 6 6") == ["shown"] * 3
    )


def test_of_a_type_without_people_zero_is_shown() -> None:
    picture = """
        statistic type    n population state
        response  -       8 9          computed
        response  company 8 9          computed
        response  school  0 0          no_population
    """
    assert fate(picture) == ["shown", "shown", "not_available"]


def test_a_type_of_which_nobody_answered_is_a_hidden_type_in_every_figure() -> None:
    picture = """
        community type       n  population state        partners
        elm       -          36 48         computed     15
        elm       company    14 20         computed     5
        elm       university 12 14         computed     5
        elm       school     10 12         computed     5
        elm       citizens   0  2          not_answered 0
        oak       -          0  2          not_answered 0
        oak       citizens   0  2          not_answered 0
    """
    # With the school they are 10 of whom it may be 9; of 22, the university may be 14.
    assert fate(picture)[:5] == ["shown", "shown", "complementary", "complementary", "n_low"]
    assert fate(picture)[5:] == ["not_answered", "not_answered"]


def test_a_sum_that_leaves_one_set_of_answers_is_hidden_as_uniform() -> None:
    picture = """
        community measure n  sole
        elm       value   9  yes
        oak       value   10 yes
        ash       value   9  no
    """
    assert fate(picture) == ["uniform", "shown", "shown"]


def test_a_change_that_pins_down_who_joined_is_hidden_however_many_they_are() -> None:
    picture = """
        measure wave  versus n  method  sole
        value   2025a -      12 t       no
        value   2025b -      12 t       no
        change  2025b 2025a  11 matched yes
    """
    assert fate(picture) == ["shown", "shown", "uniform"]


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
    assert fate(picture) == ["shown", "together", "together", "shown", "shown", "shown"]


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
