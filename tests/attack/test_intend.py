"""What partners of a community intend is not told by the figures of all communities and of sectors."""

import numpy as np
import pandas as pd
import pytest

from lcmonitor.disclosure import across, sectors
from lcmonitor.disclosure.across import keeps
from lcmonitor.disclosure.released import release
from lcmonitor.programme.privacy import Privacy
from tests.attack.intend import Partners
from tests.disclosure.drawn import drawn

SEEDS = range(80, 120)
HEAD = (
    "statistic community group_by group_value sector communities n population estimate uniform partners"
    " top_share"
)


def attacker(seed: int) -> Partners:
    """Communities of one to fourteen partners that answered; each partner is one answer."""
    random = np.random.default_rng(seed)
    count, largest = int(random.integers(4, 16)), int(random.choice([9, 14, 30]))
    mine = pd.DataFrame(
        {
            "name": [f"c{at}" for at in range(count)],
            "sector": random.choice([*"aabbc", "-"], count),
            "n": random.integers(1, largest, count, endpoint=True),
        }
    )
    mine["active"] = mine["n"] + random.integers(0, 4, count)
    mine["yes"] = random.binomial(mine["n"], 0.5)
    names, places = mine["name"].tolist(), mine["sector"].tolist()
    lines = [_line("*", "-", "-", "-", mine)]
    lines += [
        _line("*", "sector", name, "-", mine[mine["sector"] == name]) for name in sorted({*places} - {"-"})
    ]
    lines += [
        _line(name, "-", "-", place, mine[at : at + 1])
        for at, (name, place) in enumerate(zip(names, places, strict=True))
    ]
    released = release(drawn("\n".join([HEAD, *lines])), Privacy()).rows
    shown = released[released["status"] == "released"].astype({"community": str, "group_value": str})
    answered = dict(zip(names, mine["n"].tolist(), strict=True))
    return Partners(shown, answered, dict(zip(names, places, strict=True)))


def _line(community: str, by: str, group: str, sector: str, part: pd.DataFrame) -> str:
    n, yes, active = (int(part[name].sum()) for name in ("n", "yes", "active"))
    uniform = max(yes, n - yes) / n
    told = (len(part), n, active, yes / active, uniform, n, 1 / n)
    return " ".join(map(str, ("intention", community, by, group, sector, *told)))


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
