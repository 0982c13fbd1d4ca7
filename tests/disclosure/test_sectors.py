"""A programme and its sectors: what is hidden of one cannot be worked out from the others."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from lcmonitor.disclosure.released import release
from lcmonitor.indicators.table import IndicatorTable
from lcmonitor.programme.privacy import Privacy
from tests.disclosure.drawn import drawn, fate

RULES = Privacy()
HEAD = "community group_by group_value sector communities n partners population"


def family(*lines: str) -> list[str]:
    """Of the programme and its sectors, of which no organisation is large, and of communities."""
    return fate("\n".join((f"{HEAD} top_share", *(f"{line} 0.1" for line in lines))))


def test_sectors_are_shown_that_keep_the_rules_of_a_programme() -> None:
    assert (
        family("* - - - 6 90 20 180", "* sector a - 3 40 9 80", "* sector b - 3 50 11 100") == ["shown"] * 3
    )


def test_one_hidden_sector_takes_the_smallest_other_with_it() -> None:
    found = family(
        "* - - - 10 150 40 300", "* sector a - 2 30 9 60", "* sector b - 4 70 17 140",
        "* sector c - 4 50 14 100",
    )  # fmt: skip
    assert found == ["shown", "communities", "shown", "complementary"]


def test_communities_without_a_sector_may_be_what_a_hidden_one_is_mixed_with() -> None:
    sectors = ["* sector a - 2 30 9 60", "* sector b - 4 70 17 140"]
    assert family("* - - - 9 160 40 320", *sectors) == ["shown", "communities", "shown"]
    assert family("* - - - 6 100 26 200", *sectors) == ["shown", "communities", "complementary"]


def test_one_community_without_a_sector_is_not_left_alone() -> None:
    sectors = ["* sector a - 3 40 9 80", "* sector b - 4 70 17 140"]
    assert family("* - - - 8 118 29 240", *sectors) == ["shown", "complementary", "shown"]
    assert family("* - - - 10 150 40 300", *sectors) == ["shown"] * 3


def test_a_sector_that_is_nearly_all_of_what_is_hidden_is_as_good_as_known() -> None:
    found = family(
        "* - - - 15 300 60 600",
        "* sector a - 9 9 9 18",
        "* sector b - 1 30 9 60",
        "* sector c - 5 261 42 522",
    )
    assert found == ["shown", "n_low", "communities", "complementary"]


def test_the_sectors_of_a_hidden_programme_are_hidden() -> None:
    found = family("* - - - 6 90 2 180", "* sector a - 3 40 9 80", "* sector b - 3 50 9 100")
    assert found == ["partners_low", "complementary", "complementary"]


def intending(**sectors: list[int]) -> list[str]:
    """Of a programme and its sectors (``none``: without one), where so many partners of communities told."""
    head = f"statistic {HEAD} uniform top_share"
    line = "intention {} {} {} {} {} {} {} 60 0.6 {}"
    wholes = [("-", "-", [n for told in sectors.values() for n in told])]
    wholes += [("sector", name, told) for name, told in sectors.items() if name != "none"]
    lines = [
        line.format("*", by, name, "-", len(told), sum(told), sum(told), 0.05) for by, name, told in wholes
    ]
    lines += [
        line.format(f"{name}{at}", "-", "-", "-" if name == "none" else name, 1, n, n, 1 / n)
        for name, told in sectors.items() for at, n in enumerate(told)
    ]  # fmt: skip
    return fate("\n".join([head, *lines]))[: len(wholes)]


def test_communities_that_are_not_shown_are_not_told_apart_by_sectors() -> None:
    """Below ten they are hidden; all of them together, and those of a sector, keep the rules."""
    assert intending(a=[7, 7, 7, 12], b=[12] * 5) == ["shown"] * 3
    assert intending(a=[7, 7, 7, 12], b=[7, 7, 7, 12]) == ["shown"] * 3
    # Programme less sector a, less those that are shown: the one of b, or the one without a sector.
    three = intending(a=[12] * 5, b=[12, 12, 12, 12, 7], c=[7, 7, 7, 40, 40])
    assert three == ["shown", *["complementary"] * 3]
    assert intending(a=[7, 7, 7, 12], none=[7, 12, 12, 12]) == ["shown", "complementary"]


def test_no_community_is_most_of_what_those_that_are_not_shown_intend() -> None:
    """Of eight partners beside one and one it would be known to within one how many say yes."""
    assert intending(a=[8, 1, 1, 12], b=[12] * 5) == ["complementary"] * 3
    assert intending(a=[7, 4, 3, 12], b=[12] * 5) == ["shown"] * 3


def test_who_took_part_is_told_of_every_sector() -> None:
    picture = f"statistic {HEAD}\nresponse * - - - 3 40 9 80\nresponse * sector a - 2 4 2 80"
    assert fate(picture) == ["shown", "shown"]


def test_a_sector_is_hidden_that_would_give_away_its_one_hidden_community() -> None:
    """Its figure holds one that is not shown; the programme's own would be enough to hide that."""
    communities = [
        f"c{number} - - {'ab'[number > 3]} 1 {4 if number == 0 else 20} 6 40" for number in range(12)
    ]
    programme = ["* - - - 12 224 72 480", "* sector a - 4 64 24 160", "* sector b - 8 160 48 320"]
    found = family(*programme, *communities)
    assert found[:3] == ["complementary"] * 3
    whole = ["* - - - 11 220 66 440", "* sector a - 3 60 18 120", "* sector b - 8 160 48 320"]
    assert family(*whole, *communities)[:3] == ["shown"] * 3


def test_a_change_of_a_sector_is_hidden_with_its_value() -> None:
    head = "measure wave versus community group_by group_value communities n partners population\n"
    lines = [
        f"{measure} * {group} {count}"
        for measure in ("value 2025a -", "value 2025b -", "change 2025b 2025a")
        for group, count in (("- -", "9 160 40 320"), ("sector a", "2 30 9 60"), ("sector b", "7 130 31 260"))
    ]
    assert fate(head + "\n".join(lines)) == ["shown", "communities", "complementary"] * 3


@dataclass(frozen=True)
class Drawn:
    """A programme: of every community its sector ("": none), respondents and organisations."""

    sectors: list[str]
    n: list[int]
    partners: list[int]

    def lines(self) -> list[str]:
        every = [self._line("* - -", range(len(self.n)))]
        for sector in sorted({*self.sectors} - {""}):
            mine = [at for at, own in enumerate(self.sectors) if own == sector]
            every.append(self._line(f"* sector {sector}", mine))
        return every

    def _line(self, name: str, mine: "range | list[int]") -> str:
        n, partners = (sum(each[at] for at in mine) for each in (self.n, self.partners))
        return f"{name} {len(mine)} {n} {partners} {2 * n + len(mine)} 0.01"


def programme(random: np.random.Generator) -> Drawn:
    size = int(random.integers(3, 30))
    names = ["", *"abcdefg"[: random.integers(1, 8)]]
    sectors = [str(name) for name in random.choice(names, size)]
    return Drawn(sectors, random.integers(2, 12, size).tolist(), random.integers(1, 5, size).tolist())


def table(every: Sequence[Drawn]) -> IndicatorTable:
    """Each is an indicator, so that one release decides on all."""
    head = "indicator community group_by group_value communities n partners population top_share"
    return drawn("\n".join([head, *(f"{at} {line}" for at, one in enumerate(every) for line in one.lines())]))


def released(seed: int, count: int = 300) -> Iterator[tuple[Drawn, pd.DataFrame]]:
    """Programmes, and what became of their figures where the programme's own is shown."""
    random = np.random.default_rng(seed)
    every = [programme(random) for _ in range(count)]
    for at, rows in release(table(every), RULES).rows.groupby("indicator", observed=True):
        if rows["status"].iloc[0] == "released":
            yield every[int(str(at))], rows
        else:
            assert (rows["status"] != "released").all()


def test_what_is_left_when_the_shown_sectors_are_taken_from_the_programme_keeps_the_rules() -> None:
    """Whatever anyone can compute of programme and sectors is a figure that could be published."""
    hidden = Counter[str]()
    for one, rows in released(7):
        hidden.update(rows["reason"])
        shown = set(rows.loc[rows["status"] == "released", "group_value"]) - {""}
        left = [at for at, sector in enumerate(one.sectors) if sector not in shown]
        people = sum(one.n[at] for at in left)
        assert not left or (len(left) >= 3 and people >= 10), (one, shown)
    assert hidden["complementary"] > 20


def test_no_hidden_sector_is_a_sum_of_what_is_shown() -> None:
    """The unknowns are the sectors' sums; the equations are the figures that are shown."""
    tried = 0
    for one, rows in released(8):
        cells = [*sorted({*one.sectors} - {""}), ""]
        shown = set(rows.loc[rows["status"] == "released", "group_value"])
        equations = [[float(cell == name) for cell in cells] for name in shown - {""}]
        equations += [[1.0] * len(cells)] if "" in shown else []
        if "" not in one.sectors:
            equations.append([float(cell == "") for cell in cells])
        known = np.linalg.matrix_rank(np.array(equations)) if equations else 0
        for name in set(cells) - shown - {""}:
            wanted = [float(cell == name) for cell in cells]
            assert np.linalg.matrix_rank(np.array([*equations, wanted])) > known, (one, name)
            tried += 1
    assert tried > 100


def test_no_sector_is_hidden_without_need() -> None:
    """Showing any one more, in the order in which they go, leaves something that breaks a rule."""
    tried = 0
    for one, rows in released(9):
        more = list(rows.loc[rows["reason"] == "complementary", "group_value"])
        own = set(rows.loc[rows["reason"].isin(["n_low", "communities", "partners_low"]), "group_value"])
        if more:
            order = sorted(more, key=lambda name: (sum(_people(one, name)), name))
            assert not _enough(one, {*own, *order[:-1]}), (one, order)
            tried += 1
    assert tried > 10


def _people(one: Drawn, sector: str) -> list[int]:
    mine = [n for n, own in zip(one.n, one.sectors, strict=True) if own == sector]
    return [2 * sum(mine) + len(mine)]


def _enough(one: Drawn, hidden: set[str]) -> bool:
    left = [at for at, sector in enumerate(one.sectors) if sector in {*hidden, ""}]
    largest = max((one.sectors.count(name) for name in hidden), default=0)
    partners = sum(one.partners[at] for at in left)
    people = sum(one.n[at] for at in left)
    return len(left) >= 3 and people >= 10 and partners >= 3 and largest <= 0.8 * len(left)


@pytest.mark.parametrize("order", range(3))
def test_the_same_is_hidden_whatever_the_order_of_the_figures(order: int) -> None:
    random = np.random.default_rng(11)
    rows = table([programme(random) for _ in range(20)]).rows
    shuffled = rows.sample(frac=1, random_state=order)
    found = release(IndicatorTable(shuffled), RULES).rows.sort_index()
    expected = release(IndicatorTable(rows), RULES).rows
    pd.testing.assert_frame_equal(found.astype(str), expected.astype(str))


def test_pairs_of_sectors_are_told_apart_by_name_when_they_are_as_large() -> None:
    lines = [f"* sector {name} - 2 30 9 60" for name in "ab"] + ["* sector c - 4 60 18 120"] * 1
    found = {tuple(family("* - - - 8 120 36 240", *order)) for order in combinations(lines, 3)}
    assert found == {("shown", "communities", "communities", "shown")}
