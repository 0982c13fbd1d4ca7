"""What partners of a community intend is not told by the figures of all communities and of sectors."""

from collections.abc import Iterable

import numpy as np
import pandas as pd
import pytest

from lcmonitor.disclosure import across, earlier, sectors
from lcmonitor.disclosure.across import keeps
from tests.attack.intend import Partners, attacker

SEEDS = range(80, 110)
LATER = [130, 239, 269, 282]  # a second edition tells what came, or was put right


def recovered(seeds: Iterable[int], editions: int) -> list[Partners]:
    """Who recovers something."""
    return [one for one in (attacker(seed, editions) for seed in seeds) if one.recovered()]


def test_nothing_of_a_community_that_is_not_shown_is_left() -> None:
    made = [attacker(seed) for seed in SEEDS]
    assert [seed for seed, one in zip(SEEDS, made, strict=True) if one.recovered()] == []
    assert sum(one.sought for one in made if one.telling) > 100


@pytest.mark.parametrize("editions", [2, 3])
def test_nothing_is_left_between_editions(editions: int) -> None:
    assert recovered([*LATER, *range(4)], editions) == []


def test_the_attacker_succeeds_where_sectors_do_not_look_at_what_is_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sectors, "_left_keeps", lambda left, **_: pd.Series(True, left.index))
    assert recovered([84], 1)


def test_the_attacker_succeeds_where_a_community_is_most_of_what_is_left(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for room in (across, sectors):
        monkeypatch.setattr(
            room, "left_out_keeps", lambda left, fewest, rules: keeps(left.assign(fewest=fewest), rules)
        )
    assert recovered([93], 1)


def test_the_attacker_succeeds_where_what_came_does_not_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(earlier, "_as_they_were", lambda found: np.ones(len(found), np.bool_))
    assert len(recovered(LATER, 2)) == len(LATER)
