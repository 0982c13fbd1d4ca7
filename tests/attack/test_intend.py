"""What partners of a community intend is not told by the figures of all communities and of sectors."""

import pandas as pd
import pytest

from lcmonitor.disclosure import across, sectors
from lcmonitor.disclosure.across import keeps
from tests.attack.intend import attacker

SEEDS = range(80, 120)


def test_nothing_of_a_community_that_is_not_shown_is_left() -> None:
    made = [attacker(seed) for seed in SEEDS]
    assert [seed for seed, one in zip(SEEDS, made, strict=True) if one.recovered()] == []
    assert sum(len(one.hidden) for one in made if list(one.left())) > 130


def test_the_attacker_succeeds_where_sectors_do_not_look_at_what_is_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sectors, "_left_keeps", lambda left, **_: pd.Series(True, left.index))
    assert any(attacker(seed).recovered() for seed in SEEDS)


@pytest.mark.parametrize("seed", [85, 112])
def test_the_attacker_succeeds_where_a_community_is_most_of_what_is_left(
    monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    for room in (across, sectors):
        monkeypatch.setattr(
            room, "left_out_keeps", lambda left, fewest, rules: keeps(left.assign(fewest=fewest), rules)
        )
    assert attacker(seed).recovered()
