"""What partners intend, told in two editions: what came of communities that are not shown is left of them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from tests.attack.partners import Community, Moment, published

SIZES = {"elm": 1, "oak": 5, "ash": 5, "fir": 5, "yew": 5}


def some(size: int, sector: str = "-") -> Community:
    """Every other partner says yes."""
    return Community(sector, size, {at: at % 2 == 0 for at in range(size)})


def moment(sector: str = "-") -> dict[str, Community]:
    """Communities of which too few partners answered, together 21."""
    return {name: some(size, sector) for name, size in SIZES.items()}


def more(one: Community, count: int, says: Sequence[bool] = (True, False)) -> Community:
    """``count`` partners more answered."""
    new = {at: says[at % len(says)] for at in range(len(one.yes), len(one.yes) + count)}
    return replace(one, active=one.active + count, yes={**one.yes, **new}, came=frozenset(new))


def put_right(one: Community, *partners: int) -> Community:
    """These gave the other answer."""
    new = {at: not one.yes[at] for at in partners}
    return replace(one, yes={**one.yes, **new}, changed=frozenset(new))


def told(then: Moment, now: Moment) -> list[tuple[int, int]]:
    """Of the figures of all and of sectors in the later edition: how many say yes, of how many."""
    rows = published([then, now])[1]
    across = rows[rows["community"] == ""]
    yes = (across["estimate"] * across["population"]).round().astype(int)
    return list(zip(yes, across["n"].astype(int), strict=True))


def with_more(came: Mapping[str, int], says: Sequence[bool] = (True, False)) -> list[tuple[int, int]]:
    then = moment()
    return told(then, {**then, **{name: more(then[name], count, says) for name, count in came.items()}})


AS_IT_WAS = [(13, 21)]


def test_what_came_is_not_told_however_many_it_is_of() -> None:
    """What was delivered need not hold an answer to the question."""
    assert with_more({"oak": 4, "ash": 4, "fir": 4}) == AS_IT_WAS


@pytest.mark.parametrize(
    "came",
    [
        {"oak": 3, "ash": 3, "fir": 3},  # nine partners
        {"oak": 4, "ash": 4, "elm": 1},
        {"elm": 5, "ash": 4},  # two communities
        {"elm": 8, "oak": 2, "ash": 2},  # one of them is most of it
    ],
)
def test_it_waits_where_it_is_of_few(came: dict[str, int]) -> None:
    assert with_more(came) == AS_IT_WAS


@pytest.mark.parametrize("says", [True, False])
def test_it_waits_where_nearly_all_of_it_is_the_same(says: bool) -> None:
    assert with_more({"oak": 4, "ash": 4, "fir": 4}, [says]) == AS_IT_WAS


def test_a_correction_waits_although_no_number_is_another_one() -> None:
    """The figure of all would tell that one partner of a hidden community changed its mind."""
    then = {**moment(), "bay": some(20)}
    now = {**then, "oak": put_right(then["oak"], 1), "bay": put_right(then["bay"], *range(0, 14, 2))}
    assert told(then, now) == told(then, then) == [(23, 41)]


def test_corrections_of_many_partners_are_not_told() -> None:
    then = moment()
    now = {
        "oak": put_right(then["oak"], 0, 1, 2, 4),
        "ash": put_right(then["ash"], 0, 1, 2, 4),
        "fir": put_right(then["fir"], 0, 1, 2, 3),
    }
    assert told(then, {**then, **now}) == AS_IT_WAS


def test_nothing_waits_where_only_what_is_shown_changed() -> None:
    then = {**moment(), "bay": some(30)}
    now = {**then, "bay": put_right(then["bay"], *range(0, 16, 2), 1, 3, 5)}
    assert told(then, now)[:1] == [(23, 51)]


def test_what_a_community_said_before_it_was_shown_is_not_left() -> None:
    """It is twelve now, and shown; the figure of all less those before would tell what the four said."""
    then = {**moment(), "bay": some(4)}
    assert told(then, {**then, "bay": more(then["bay"], 8)}) == [(15, 25)]


def test_a_sector_stays_as_it_is() -> None:
    """Which of the communities are its own is told by no edition."""
    then = {**moment("a"), **{f"{name}s": one for name, one in moment().items()}}
    now = {**then, **{name: more(then[name], 4) for name in ("oak", "ash", "fir", "oaks", "ashs", "firs")}}
    assert told(then, now) == [(26, 42), (13, 21)]
