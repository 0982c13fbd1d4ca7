"""A hidden figure cannot be had by subtraction."""

from lcmonitor.programme.privacy import Privacy
from tests.disclosure.drawn import fate


def test_the_next_smallest_types_are_hidden_with_a_small_one() -> None:
    picture = """
        type       n  population partners
        -          43 51         13
        company    20 22         4
        school     12 14         4
        university 8  9          4
        government 3  6          1
    """
    # With the university they are 11, of which it may be 9; with the school 23, of which that may be 14.
    assert fate(picture) == ["shown", "shown", "complementary", "complementary", "n_low"]


def test_a_type_that_is_hidden_for_another_is_at_most_two_thirds_of_the_hidden_together() -> None:
    picture = """
        type       n  population partners
        -          56 70         16
        company    26 30         4
        school     12 20         4
        university 9  10         4
        care       9  10         4
    """
    small = picture.replace("56", "50").replace("care       9", "care       3")
    # 24 with the school, of which it may be 16.
    assert fate(small.replace("20  ", "16  "))[1:3] == ["shown", "complementary"]
    # It may be 17: too much, if it may be more; and that it is 12 is not told.
    assert fate(small.replace("20  ", "17  ")) == ["shown", *["together"] * 4]
    assert fate(picture) == ["shown"] * 5


def test_a_count_that_is_shown_tells_how_much_of_the_hidden_a_type_can_be() -> None:
    picture = """
        statistic indicator type       n  population partners
        response  rate      -          38 60         13
        response  rate      company    20 30         5
        response  rate      school     12 20         5
        response  rate      university 6  10         3
        mean      trust     -          38 60         13
        mean      trust     company    20 30         5
        mean      trust     school     12 20         5
        mean      trust     university 6  10         2
    """
    # 12 of 18: the count of the school is shown, and says so.
    assert fate(picture) == [*["shown"] * 6, "complementary", "partners_low"]
    more = picture.replace("38", "39").replace("school     12", "school     13")
    assert fate(more) == [*["shown"] * 5, *["together"] * 3]


def test_a_type_is_not_said_to_be_less_of_the_hidden_than_it_may_be() -> None:
    """10 of 14, or 11: by its number, that it is hidden with four only would tell that they are four."""
    picture = """
        statistic indicator type       n  population partners
        response  rate      -          39 70         13
        response  rate      company    25 40         5
        response  rate      school     {}  18         5
        response  rate      university {}  8          2
        mean      trust     -          39 70         13
        mean      trust     company    25 40         5
        mean      trust     school     {}  18         5
        mean      trust     university {}  8          2
    """
    for school, university in ((10, 4), (11, 3), (12, 2)):
        told = fate(picture.format(school, university, school, university))
        assert told == ["shown", "shown", "complementary", "n_low", "shown", *["together"] * 3]


def test_the_reasons_do_not_tell_how_many_the_hidden_are() -> None:
    picture = """
        statistic type       n
        response  -          38
        response  company    20
        response  school     12
        response  university 5
        response  government 1
    """
    # Six in all, one of the two types not under five: one and five, if the school were shown.
    assert fate(picture) == ["shown", "shown", "complementary", "complementary", "n_low"]
    nearly = picture.replace("38", "41").replace("university 5", "university 8")
    # Nine in all: one to four, and five to eight.
    assert fate(nearly)[2] == "complementary"
    assert fate(nearly.replace("41", "42").replace("university 8", "university 9"))[2] == "shown"


def test_few_and_few_are_not_as_many_as_few_can_be() -> None:
    picture = """
        statistic type       n
        response  -          32
        response  company    12
        response  school     12
        response  university 4
        response  government 4
    """
    # Eight, if the company were shown, of two types under five: four and four.
    assert fate(picture) == ["shown", "complementary", "shown", "n_low", "n_low"]


def test_which_type_is_hidden_with_another_is_known_before_anyone_answers() -> None:
    picture = """
        statistic type       n  population
        response  -          43 100
        response  company    20 24
        response  school     12 30
        response  university 8  12
        response  government 3  6
    """
    assert fate(picture) == ["shown", "shown", "shown", "complementary", "n_low"]
    swapped = picture.replace("8  12", "8  40")
    assert fate(swapped) == ["shown", "complementary", "shown", "shown", "n_low"]


def test_a_type_with_a_hidden_count_has_no_figure() -> None:
    picture = """
        statistic indicator type       n  population partners
        response  rate      -          45 92         13
        response  rate      company    20 40         4
        response  rate      school     12 30         4
        response  rate      university 10 16         4
        response  rate      government 3  6          1
        mean      trust     -          45 92         13
        mean      trust     company    20 40         4
        mean      trust     school     12 30         2
        mean      trust     university 10 16         4
        mean      trust     government 3  6          1
    """
    # Also the school's mean is hidden. They are 25: 12 of the school, and the university may be 16.
    assert fate(picture)[:5] == ["shown", "shown", "shown", "complementary", "n_low"]
    assert fate(picture)[5:] == ["shown", "shown", "partners_low", "complementary", "n_low"]


def test_no_more_answered_in_full_than_answered() -> None:
    picture = """
        statistic part type    n
        response  -    -       42
        response  -    company 26
        response  -    school  12
        response  -    care    4
        response  more -       44
        response  more company 26
        response  more school  12
        response  more care    6
    """
    # Sixteen, if the company were shown: twelve at most are of the school, four at most of care.
    assert fate(picture) == ["shown", *["together"] * 3, *["shown"] * 4]
    fewer = picture.replace("42", "38").replace("school  12", "school  8", 1)
    assert fate(fewer) == ["shown", "shown", "complementary", "n_low", *["shown"] * 4]


def test_types_that_are_all_hidden_have_one_reason() -> None:
    for company, school in (("5", "0"), ("4", "1"), ("12", "3")):
        picture = f"statistic type n population\nresponse - {int(company) + int(school)} 30"
        parts = f"response company {company} 15\nresponse school {school} 15"
        assert fate(f"{picture}\n{parts}") == ["shown", "together", "together"]


def test_nothing_more_is_hidden_when_the_hidden_ones_are_enough_together() -> None:
    picture = """
        type       n  population partners
        -          32 49         11
        company    12 13         4
        school     12 14         4
        university 3  8          1
        government 3  8          1
        citizens   2  6          1
    """
    assert fate(picture)[1:3] == ["shown", "shown"]
    assert fate(picture, Privacy(partners=4))[1:3] == ["complementary", "shown"]  # of 3 organisations


def test_of_equals_the_first_by_name_is_hidden() -> None:
    picture = """
        statistic type       n
        response  -          27
        response  school     12
        response  company    12
        response  government 3
    """
    assert fate(picture) == ["shown", "shown", "complementary", "n_low"]


def test_respondents_of_unknown_organisation_are_a_hidden_type() -> None:
    picture = """
        type    n  population partners
        -       46 58         14
        company 12 14         5
        school  12 16         5
        care    20 28         4
    """
    # Two are unknown, of 14 with the company; of 26 with both of them, the school may be 16.
    assert fate(picture) == ["shown", "complementary", "complementary", "shown"]


def test_all_types_are_shown_when_none_is_hidden_and_none_is_missing() -> None:
    assert fate("type n partners\n- 24 10\ncompany 12 5\nschool 12 5") == ["shown"] * 3


def test_the_hidden_together_are_as_many_as_a_sensitive_figure_needs() -> None:
    picture = """
        statistic indicator type       sensitive n  partners
        response  rate      -          no        70 16
        response  rate      company    no        30 5
        response  rate      school     no        22 5
        response  rate      government no        10 3
        response  rate      university no        8  3
        mean      trust     -          yes       70 16
        mean      trust     company    yes       30 5
        mean      trust     school     yes       22 5
        mean      trust     government yes       10 3
        mean      trust     university yes       8  3
    """
    assert fate(picture)[5:] == ["shown", "shown", "complementary", "sensitive", "sensitive"]
    enough = picture.replace("70", "72").replace("8  3", "10 3")
    assert fate(enough)[5:] == ["shown", "shown", "shown", "sensitive", "sensitive"]


def test_the_hidden_together_may_not_be_of_one_organisation_mostly() -> None:
    picture = """
        type       n  population partners top_share
        -          60 120        16       0.25
        company    25 50         5        0.5
        school     20 43         5        0.5
        government 9  20         3        0.4
        university 6  7          3        0.9
    """
    # 5.4 of 6 are of one university: with 9 others they are fewer than half.
    assert fate(picture) == ["shown", "shown", "shown", "complementary", "dominance"]


def test_the_hidden_together_may_not_all_have_answered_alike() -> None:
    picture = """
        type       n  population partners uniform
        -          74 97         16       0.5
        company    30 40         5        0.3
        school     20 29         5        0.5
        government 14 16         3        0.85
        university 10 12         3        1.0
    """
    # 10 + 11.9 of 24 alike are more than nine in ten, and 10 + 11.2 are fewer.
    assert fate(picture) == ["shown", "shown", "complementary", "complementary", "uniform"]
    assert fate(picture.replace("0.85", "0.8"))[1:3] == ["shown", "shown"]


def test_a_large_hidden_type_is_not_all_but_alone_in_what_is_hidden() -> None:
    picture = """
        type       n  population partners
        -          83 101        16
        company    40 50         5
        school     20 24         5
        government 20 21         2
        university 3  6          3
    """
    # 20 of 23: the mean of the three others hardly moves that of the 20. Of 43 it may be 21.
    assert fate(picture) == ["shown", "shown", "complementary", "partners_low", "n_low"]


def test_a_partner_type_is_hidden_with_its_community() -> None:
    picture = """
        type    n  partners top_share
        -       20 5        0.6
        school  8  4        0.3
        company 12 1        1.0
    """
    assert fate(picture) == ["dominance", "together", "together"]
    joined = """
        measure wave  versus type    n  method
        value   2025a -      -       36 t
        value   2025a -      school  12 t
        value   2025a -      company 12 t
        value   2025a -      care    12 t
        value   2025b -      -       38 t
        value   2025b -      school  12 t
        value   2025b -      company 14 t
        value   2025b -      care    12 t
        change  2025b 2025a  -       36 matched
        change  2025b 2025a  school  12 matched
        change  2025b 2025a  company 12 matched
        change  2025b 2025a  care    12 matched
    """
    assert fate(joined) == ["shown"] * 8 + ["complementary"] + ["together"] * 3


def test_the_same_types_are_hidden_for_every_figure() -> None:
    picture = """
        indicator type       n  population partners
        trust     -          48 66         16
        trust     company    20 25         5
        trust     school     9  14         4
        trust     college    8  12         3
        trust     university 8  10         3
        trust     government 3  5          1
        safety    -          46 66         16
        safety    company    20 25         5
        safety    school     7  14         4
        safety    college    8  12         3
        safety    university 8  10         3
        safety    government 3  5          1
    """
    # Of the school 7 answer on safety, fewer than of the college: the college is still the smaller.
    assert fate(picture) == ["shown", "shown", "shown", "complementary", "complementary", "n_low"] * 2


def test_a_distribution_is_shown_whole_or_not_at_all() -> None:
    picture = """
        community statistic    part n  estimate uniform
        elm       distribution 1    12 0.0      0.5
        elm       distribution 2    12 0.5      0.5
        elm       distribution 3    12 0.5      0.5
        oak       distribution 1    12 0.0      ?
        oak       distribution 2    12 0.05     ?
        oak       distribution 3    12 0.95     0.95
    """
    assert fate(picture) == ["shown"] * 3 + ["uniform"] * 3


def test_the_distributions_of_several_items_are_each_shown_or_not() -> None:
    picture = """
        statistic    part     n
        distribution calm:1   12
        distribution calm:2   12
        distribution steady:1 9
        distribution steady:2 9
    """
    assert fate(picture) == ["shown", "shown", "shares_low", "shares_low"]


def test_a_share_is_hidden_wherever_the_mean_is() -> None:
    picture = """
        indicator statistic type       n  population partners
        trust     mean      -          52 65         16
        trust     mean      company    20 25         5
        trust     mean      school     17 20         5
        trust     mean      university 11 14         4
        trust     mean      government 4  6          2
        agree     share     -          52 65         16
        agree     share     company    20 25         5
        agree     share     school     17 20         5
        agree     share     university 11 14         4
        agree     share     government 4  6          2
    """
    assert fate(picture) == ["shown", "shown", "complementary", "complementary", "n_low"] * 2


def test_a_share_hidden_for_its_own_threshold_does_not_hide_the_mean() -> None:
    picture = """
        indicator statistic type       n  population partners
        trust     mean      -          49 60         16
        trust     mean      company    20 25         5
        trust     mean      school     12 14         5
        trust     mean      university 10 12         3
        trust     mean      care       7  9          3
        agree     share     -          49 60         16
        agree     share     company    20 25         5
        agree     share     school     12 14         5
        agree     share     university 10 12         3
        agree     share     care       7  9          3
    """
    # Care may be 9, of 17 with the university; with the school they are 29.
    assert fate(picture)[:5] == ["shown"] * 5
    assert fate(picture)[5:] == ["shown", "shown", "complementary", "complementary", "shares_low"]
