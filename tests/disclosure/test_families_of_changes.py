"""A change and a distance to an ambition are shown only where they give nothing hidden away."""

from tests.disclosure.drawn import fate


def test_a_change_is_shown_only_beside_both_values() -> None:
    picture = """
        community measure wave  versus n  method
        elm       value   2025a -      12 t
        elm       value   2025b -      12 t
        elm       change  2025b 2025a  12 matched
        oak       value   2025a -      4  t
        oak       value   2025b -      12 t
        oak       change  2025b 2025a  16 welch
        ash       value   2025b -      12 t
        ash       change  2025b 2025a  12 welch
    """
    assert fate(picture) == [
        "shown", "shown", "shown", "n_low", "shown", "complementary", "shown", "complementary",
    ]  # fmt: skip


def test_a_change_is_set_beside_the_values_of_its_own_part() -> None:
    picture = """
        measure part   wave  versus n  method
        value   calm:  2025a -      12 t
        value   steady: 2025a -     4  t
        value   calm:  2025b -      12 t
        value   steady: 2025b -     12 t
        change  calm:  2025b 2025a  12 welch
        change  steady: 2025b 2025a 16 welch
    """
    assert fate(picture)[-2:] == ["shown", "complementary"]


def test_a_matched_change_may_not_tell_the_answers_of_a_few_who_joined_or_left() -> None:
    picture = """
        community measure wave  versus n  method
        elm       value   2025a -      12 t
        elm       value   2025b -      14 t
        elm       change  2025b 2025a  12 matched
        oak       value   2025a -      17 t
        oak       value   2025b -      12 t
        oak       change  2025b 2025a  12 matched
        ash       value   2025a -      16 t
        ash       value   2025b -      12 t
        ash       change  2025b 2025a  12 matched
        fir       value   2025a -      12 t
        fir       value   2025b -      14 t
        fir       change  2025b 2025a  12 welch
    """
    assert fate(picture)[2::3] == ["complementary", "shown", "complementary", "shown"]


def test_a_matched_change_of_a_share_is_hidden_beside_a_few_who_joined_or_left() -> None:
    """Beside the change of the mean it is a second equation over their answers."""
    picture = """
        wave  versus measure n  statistic method
        2025a -      value   {} share     hypergeometric
        2025b -      value   {} share     hypergeometric
        2025b 2025a  change  20 share     {}
    """
    for then, now, method, told in (
        (24, 31, "matched", "complementary"), (31, 24, "matched", "complementary"),
        (31, 31, "matched", "shown"), (20, 20, "matched", "shown"), (24, 31, "overlapping", "shown"),
    ):  # fmt: skip
        assert fate(picture.format(then, now, method))[-1] == told, (then, now, method)


def test_a_programme_change_is_hidden_with_its_values() -> None:
    waves = "\n".join(
        f"value {wave} - {community} {n} 1 t"
        for wave in ("2025a", "2025b")
        for community, n in (("elm", 16), ("oak", 16), ("ash", 16))
    )
    changes = "\n".join(f"change 2025b 2025a {community} 16 1 welch" for community in ("elm", "oak", "ash"))
    head = "measure wave versus community n communities method"
    programme = "value 2025a - * 48 3 t\nvalue 2025b - * 48 3 t\nchange 2025b 2025a * 48 3 t"
    assert fate(f"{head}\n{programme}\n{waves}\n{changes}")[:3] == ["shown"] * 3
    small = waves.replace("2025a - ash 16", "2025a - ash 4")
    picture = f"{head}\n{programme.replace('2025a - * 48', '2025a - * 36')}\n{small}\n{changes}"
    assert fate(picture)[:3] == ["complementary", "shown", "complementary"]


def test_the_distance_to_an_ambition_is_shown_where_the_value_is() -> None:
    picture = """
        measure  type       n  population partners
        value    -          37 48         13
        value    school     12 16         4
        value    company    12 14         4
        value    university 10 12         3
        value    care       3  6          2
        ambition -          37 48         13
        ambition school     12 16         4
        ambition company    12 14         4
        ambition university 10 12         3
        ambition care       3  6          2
    """
    assert fate(picture) == ["shown", "shown", "complementary", "complementary", "n_low"] * 2


def test_an_ambition_without_its_value_is_not_shown() -> None:
    assert fate("measure\nambition") == ["complementary"]
