"""What is released of a network tells of no tie whether it is there, beyond what one figure tells alone."""

from collections.abc import Iterator

import numpy as np
import pytest

from lcmonitor.disclosure.released import release
from lcmonitor.indicators.table import IndicatorTable
from lcmonitor.programme.privacy import Privacy
from tests.attack.ties import Network, Tie
from tests.indicators.tiny_network import LINE, STATISTICS, Said, community, figures

TYPES = ("company_sme", "vocational_school", "government")


def drawn(seed: int) -> tuple[dict[str, str], list[str], set[Tie]]:
    """Organisations and their type, who answered, and who named whom."""
    random = np.random.default_rng(seed)
    names = [f"o{number}" for number in range(int(random.integers(5, 10)))]
    kinds = {name: str(random.choice(TYPES[: random.integers(2, 4)])) for name in names}
    said = [name for name in names if random.random() < random.choice([0.8, 1.0])]
    likely, popular = random.choice([0.15, 0.4, 0.8]), str(random.choice(names))
    ties = {
        (a, b) for a in said for b in names
        if a != b and random.random() < (0.95 if b == popular else likely)
    }  # fmt: skip
    return kinds, said, ties


def shown(kinds: dict[str, str], said: list[str], ties: set[Tie]) -> dict[str, float]:
    """Released figures by their name."""
    told = [
        Said("elm", "early", a, {"contact": {b: LINE if (a, b) in ties else 0 for b in kinds if b != a}})
        for a in said
    ]
    rows = release(IndicatorTable(figures([community("elm", kinds)], told)), Privacy()).rows
    mine = rows[(rows["status"] == "released") & rows["indicator"].isin(STATISTICS)]
    return dict(zip(mine["indicator"].astype(str), mine["estimate"].round(6), strict=True))


@pytest.mark.parametrize("seed", [0, 3, 7])
def test_no_tie_is_told_by_all_figures_together(seed: int) -> None:
    kinds, said, ties = drawn(seed)
    everything = shown(kinds, said, ties)
    for own in ("", *said):
        told = Network(kinds, said, everything).told(ties, own)
        if told:
            told -= {tie for one in alone(everything) for tie in Network(kinds, said, one).told(ties, own)}
        assert not told, (own, everything)


def alone(everything: dict[str, float]) -> Iterator[dict[str, float]]:
    """Each figure, beside the density without which there is none."""
    for name in everything:
        yield {each: everything[each] for each in ("density", name)}


def test_the_attacker_succeeds_where_all_is_told() -> None:
    """A star, and all answers but one's own: who names whom is the only network of these figures."""
    kinds = dict(zip("abcde", (*TYPES, *TYPES), strict=False))
    star = {(name, "a") for name in "bcde"}
    network = Network(kinds, "abcde", {"density": 0.2, "centralisation": 1.0, "reciprocity": 0.0})
    assert network.told(star, "b") == {tie for tie in network.ties if tie[0] != "b"}
    assert not network.told(star)
