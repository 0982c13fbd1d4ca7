"""Figures on those who answered twice, beside the figures that they could open."""

from itertools import combinations_with_replacement

import numpy as np
import pytest

from lcmonitor.disclosure.released import release
from lcmonitor.programme.privacy import Privacy
from tests.disclosure.drawn import drawn, fate

TWICE = """
community wave  versus measure  part          n  statistic method
elm       2025b -      value    -             24 mean      t
elm       2025a -      value    -             {} mean      t
elm       2025b 2025a  change   -             20 mean      matched
elm       2025b 2025a  reliable reliable:up   20 mean      wilson
elm       2025b 2025a  reliable reliable:none 20 mean      wilson
elm       2025b 2025a  reliable reliable:down 20 mean      wilson
"""


def test_shares_that_moved_are_shown_beside_the_change_only() -> None:
    assert fate(TWICE.format(25)) == ["shown"] * 6
    # Nobody left and four joined: the change would give their sum, so the shares of the change go too.
    assert fate(TWICE.format(20))[2:] == ["complementary"] * 4


def test_shares_that_moved_have_the_threshold_of_shares() -> None:
    assert fate(TWICE.format(25), Privacy(shares=21))[3:] == ["complementary"] * 3


@pytest.mark.parametrize(("n", "told"), [(5, "shown"), (4, "n_low"), (0, "n_low")])
def test_few_who_answered_twice_are_not_counted_out(n: int, told: str) -> None:
    picture = f"""
    community wave  versus measure  n   population statistic method
    elm       2025b -      value    20  30         response  count
    elm       2025b 2025a  followed {n} 18         response  count
    """
    assert fate(picture) == ["shown", told]


def test_across_communities_no_number_of_a_few_is_left() -> None:
    """Of all together less those that are shown: an attacker who subtracts finds nothing below five."""
    for counts in combinations_with_replacement((0, 2, 4, 6, 12), 4):
        if not sum(counts):
            continue
        lines = [f"c{at} 2025b 2025a followed {n} 30 response count 1" for at, n in enumerate(counts)]
        whole = f"* 2025b 2025a followed {sum(counts)} 120 response count 4"
        head = "community wave versus measure n population statistic method communities"
        rows = release(drawn("\n".join([head, *lines, whole])), Privacy()).rows
        shown = (rows["status"] == "released").to_numpy()
        assert shown[:-1].tolist() == [n >= 5 for n in counts]
        left = [n for n, seen in zip(counts, shown, strict=False) if not seen]
        assert not shown[-1] or not left or (len(left) >= 3 and sum(left) >= 10)
        assert np.isnan(rows.loc[~shown, "n"]).all()


def test_those_who_did_not_answer_again_keep_the_rules_across() -> None:
    picture = """
    community wave  versus measure   n  statistic method             communities partners
    *         2025b 2025a  attrition 12 mean      within_communities 4           9
    *         2025b 2025a  attrition 9  mean      within_communities 4           9
    *         2025b 2025a  attrition 12 mean      within_communities 2           9
    *         2025b 2025a  attrition 12 mean      within_communities 4           2
    """
    lines = picture.strip().splitlines()
    told = [fate("\n".join([lines[0], line]))[0] for line in lines[1:]]
    assert told == ["shown", "n_low", "communities", "partners_low"]


def test_those_who_did_not_answer_again_are_hidden_where_too_few_of_them_are_told_of() -> None:
    """Of three communities two without anyone who joined are told by their changes; the third is left."""
    picture = """
    community wave  versus measure   n  statistic method             communities sole
    *         2025b 2025a  attrition 12 mean      within_communities 3           no
    *         2025b 2025a  attrition 12 mean      within_communities 3           yes
    *         2025b 2025a  attrition 12 mean      within_communities 1           no
    """
    lines = picture.strip().splitlines()
    told = [fate("\n".join([lines[0], line]))[0] for line in lines[1:]]
    assert told == ["shown", "complementary", "communities"]


def test_what_a_small_community_keeps_back_is_kept_back_of_who_did_not_answer_again() -> None:
    """Its squares: the standard error across communities is made of those of the wave before."""
    picture = """
    community wave  versus measure   n   statistic method             communities se
    elm       2025a -      value     {}  mean      t                  1           0.2
    oak       2025a -      value     40  mean      t                  1           0.2
    *         2025b 2025a  attrition 12  mean      within_communities 3           0.2
    *         2025b -      value     60  mean      communities        3           0.2
    """
    for n, told in ((9, False), (10, True)):
        rows = release(drawn(picture.format(n)), Privacy()).rows
        assert (rows["status"] == "released").all()
        assert np.isfinite(rows["se"]).tolist() == [told, True, told, True]
