"""What partners intend, told in two editions: what came of communities that are not shown is left of them."""

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


def more(one: Community, count: int) -> Community:
    """``count`` partners more answered."""
    new = {at: at % 2 == 0 for at in range(len(one.yes), len(one.yes) + count)}
    return replace(one, active=one.active + count, yes={**one.yes, **new}, came=frozenset(new))


def put_right(one: Community, *partners: int) -> Community:
    """These gave the other answer."""
    new = {at: not one.yes[at] for at in partners}
    return replace(one, yes={**one.yes, **new}, changed=frozenset(new))


def corrected(one: Community) -> Community:
    """A community of thirty, which is shown, with enough answers put right: five say yes less."""
    return put_right(one, *range(0, 16, 2), 1, 3, 5)


def told(*editions: Moment) -> list[tuple[int, int]]:
    """Of the figures of all and of sectors in the last edition: how many say yes, of how many."""
    rows = published(editions)[-1]
    across = rows[rows["community"] == ""]
    yes = (across["estimate"] * across["population"]).round().astype(int)
    return list(zip(yes, across["n"].astype(int), strict=True))


AS_IT_WAS = [(13, 21)]


def test_what_came_is_not_told_however_much_it_is() -> None:
    """How many answers to this question are new is not known of what was delivered."""
    then = moment()
    now = {name: more(then[name], 4) for name in ("oak", "ash", "fir")}
    assert told(then, {**then, **now}) == AS_IT_WAS


def test_a_correction_waits_although_no_number_is_another_one() -> None:
    """The figure of all would tell that one partner of a hidden community changed its mind."""
    then = {**moment(), "bay": some(20)}
    now = {**then, "oak": put_right(then["oak"], 1), "bay": put_right(then["bay"], *range(0, 14, 2))}
    assert told(then, now) == told(then, then) == [(23, 41)]


def test_corrections_that_cancel_out_are_not_told() -> None:
    """That they do would be told by the new figure of the community that is shown."""
    then = {**moment(), "bay": some(30)}
    now = {"oak": put_right(then["oak"], 0), "ash": put_right(then["ash"], 1), "bay": corrected(then["bay"])}
    assert told(then, {**then, **now})[0] == (28, 51)


@pytest.mark.parametrize(("gone", "entered"), [(1, None), (1, True), (0, False)])
def test_what_moved_without_a_delivery_is_not_told(gone: int, entered: bool | None) -> None:
    """A partner is gone from the list of one community, and another entered that of another."""
    then = {**moment(), "bay": some(30)}
    oak = replace(then["oak"], yes={at: says for at, says in then["oak"].yes.items() if at != gone})
    ash = then["ash"].yes if entered is None else {**then["ash"].yes, 9: entered}
    now = {"oak": oak, "ash": replace(then["ash"], yes=ash, active=6), "bay": more(then["bay"], 12)}
    assert told(then, {**then, **now}) == [(28, 51)]


@pytest.mark.parametrize("delivered", ["bay", "box"])
def test_communities_that_change_places_tell_nothing(delivered: str) -> None:
    """As many are left as before, and as many of them say yes: of others."""
    then = {**moment(), "bay": some(4), "box": some(12), "yew": some(30)}
    places = {"bay": replace(some(12), came=frozenset(range(4, 12))), "box": replace(some(4), gone=8)}
    places["box"] = replace(places["box"], changed=frozenset([0]))
    still = {name: replace(one, came=frozenset(), changed=frozenset()) for name, one in places.items()}
    now = {**still, delivered: places[delivered], "yew": corrected(then["yew"])}
    assert told(then, {**then, **now}) == told(then, then)


def test_what_is_told_where_only_a_community_that_is_shown_changed() -> None:
    then = {**moment(), "bay": some(30)}
    assert told(then, {**then, "bay": corrected(then["bay"])}) == [(23, 51)]


def test_who_stays_hidden_holds_nothing_up_where_none_of_them_moved() -> None:
    """Its share of eight was hidden, so that of twelve is, too: in both editions that are compared."""
    first = {"box": some(8), "bay": some(30)}
    then = {**moment(), **first, "box": more(first["box"], 4)}
    now = {**then, "box": some(12), "bay": corrected(first["bay"])}
    assert told(first, then) == [(34, 63)]
    assert told(first, then, now) == [(29, 63)]


def test_a_sector_stays_as_it_is() -> None:
    """Which of the communities are its own is told by no edition."""
    then = {**moment("a"), **{f"{name}s": one for name, one in moment().items()}, "bay": some(30, "a")}
    assert told(then, {**then, "bay": corrected(then["bay"])}) == [(36, 72), (28, 51)]
