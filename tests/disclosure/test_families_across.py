"""A figure over communities gives no hidden one of them away by subtraction."""

from tests.disclosure.drawn import fate


def test_a_programme_figure_is_hidden_when_one_or_two_communities_could_be_told_apart() -> None:
    picture = """
        community n  communities
        *         48 4
        elm       16 1
        oak       16 1
        ash       12 1
        yew       4  1
    """
    assert fate(picture) == ["complementary", "shown", "shown", "shown", "n_low"]


def test_a_programme_figure_of_released_communities_only_is_shown() -> None:
    picture = """
        community n  communities
        *         44 3
        elm       16 1
        oak       16 1
        ash       12 1
        yew       4  1
    """
    assert fate(picture) == ["shown", "shown", "shown", "shown", "n_low"]


def test_three_hidden_communities_of_ten_people_hide_each_other() -> None:
    picture = """
        community n  communities partners
        *         44 5           20
        elm       16 1           5
        oak       16 1           5
        ash       4  1           2
        fir       4  1           2
        yew       4  1           2
    """
    assert fate(picture)[0] == "shown"
    assert fate(picture.replace("44 5", "42 5").replace("yew       4", "yew       2"))[0] == "shown"
    assert fate(picture.replace("44 5", "41 5").replace("yew       4", "yew       1"))[0] == "complementary"


def test_a_programme_figure_per_partner_type_leaves_no_community_out() -> None:
    picture = """
        community type   n   communities partners
        *         school 44  5           20
        elm       school 16  1           5
        oak       school 16  1           5
        ash       school 4   1           2
        fir       school 4   1           2
        yew       school 4   1           2
    """
    assert fate(picture)[0] == "complementary"
    assert fate(picture.replace("school", "-"))[0] == "shown"


def test_a_programme_distribution_is_hidden_when_the_mean_is() -> None:
    """It gives the mean of means; here more communities are hidden in it, which alone would be enough."""
    picture = """
        statistic    community n  communities partners
        distribution *         51 5           20
        distribution elm       16 1           5
        distribution oak       16 1           5
        distribution ash       9  1           3
        distribution fir       6  1           3
        distribution yew       4  1           2
    """
    assert fate(picture) == ["complementary", "shown", "shown", "shares_low", "shares_low", "n_low"]


def test_a_figure_pooled_over_the_programme_has_no_parts_to_subtract() -> None:
    picture = """
        community statistic   part       n   communities
        *         reliability -          300 5
        *         reliability t1:rest    300 5
        *         reliability t1:without 300 5
    """
    assert fate(picture) == ["shown"] * 3
    assert fate(picture.replace("300 5", "300 2")) == ["communities"] * 3
