"""What an attacker recovers of figures that are hidden, beyond what one figure that may be shown tells."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.attack.attacker import ANSWERS, Attacker, Cell, Known, Terms, kinds
from tests.attack.reader import Hidden, in_data, in_pages
from tests.attack.world import AGREES, CODES, ITEMS, Person, World

WITHIN_PEOPLE = 2.0  # from the least to the most: plus or minus one
WITHIN_POINTS = 1.0  # plus or minus half a point
_NEARLY = 1e-6


@dataclass(frozen=True)
class Wanted:
    """A hidden figure: the sum it is made of, how near is too near, and what else is granted."""

    edition: int
    hidden: Hidden
    terms: Terms
    near: float
    granted: tuple[Known, ...] = ()


@dataclass(frozen=True)
class Recovered:
    seed: int
    edition: int
    hidden: Hidden
    width: float


def attack(
    seed: int, made: World, folders: Sequence[Path], own: Person | None = None,
    tally: Counter[str] | None = None,
) -> Iterator[Recovered]:  # fmt: skip
    """Every figure that is known too well, and that no single figure tells. ``tally``: is counted on."""
    tally = Counter() if tally is None else tally
    distinct = list(dict.fromkeys(folders))  # nothing changed: the same edition
    read = [[*in_data(folder), *in_pages(folder)] for folder in distinct]
    truth = [made.editions[folders.index(folder)] for folder in distinct]
    attacker = Attacker(made.places, read, truth, own)
    assert not attacker.mistakes(truth)
    for wanted in _wanted(attacker, truth):
        width = attacker.width(wanted.terms, wanted.granted)
        near = width <= wanted.near + _NEARLY
        tally.update(hidden=1, narrow=int(near))
        if near and not _told_by_one_edition(attacker, wanted):
            yield Recovered(seed, wanted.edition, wanted.hidden, width)


def _wanted(attacker: Attacker, truth: Sequence[Sequence[Person]]) -> Iterator[Wanted]:
    for edition, hidden in enumerate(attacker.hidden):
        fresh, before = attacker.fresh(edition), attacker.before(edition)
        for one in hidden:
            if not one.community or (one.community, one.group_by) not in fresh or one in before:
                continue
            cell = Cell(edition, one.community, one.group)
            mine = Counter(
                p.type for p in truth[edition] if p.community == one.community and one.item in p.answers
            )
            n = mine[one.group] if one.group else sum(mine.values())
            if one.what in ("response", "with_partial") and not one.item:
                yield from _of_few(attacker, edition, one, truth[edition])
            elif one.what == "mean" and n:
                numbers = tuple(_numbers(attacker, edition, one, mine))
                yield Wanted(edition, one, attacker.total(cell, one.item), WITHIN_POINTS * n, numbers)
            elif one.what == "share":
                yield Wanted(edition, one, attacker.count(cell, one.item, range(AGREES, 6)), WITHIN_PEOPLE)
            elif one.what.isdigit():
                yield Wanted(edition, one, attacker.count(cell, one.item, [int(one.what)]), WITHIN_PEOPLE)


def _of_few(attacker: Attacker, edition: int, one: Hidden, people: Sequence[Person]) -> Iterator[Wanted]:
    """How many of a type answered, where that is few of a type that is not small itself."""
    answered = sum(p.community == one.community and p.type == one.group for p in people)
    place = attacker.places[one.community]
    if one.what == "response" and answered < 5 <= place.people(one.group):
        cell = Cell(edition, one.community, one.group)
        yield Wanted(edition, one, attacker.count(cell, ITEMS[0], ANSWERS), WITHIN_PEOPLE)


def _numbers(attacker: Attacker, edition: int, one: Hidden, mine: Counter[str]) -> Iterator[Known]:
    """Granted to the attacker of a mean: how many of each type answered."""
    for kind in kinds(attacker.places[one.community]):
        count = attacker.count(Cell(edition, one.community, kind), one.item)
        yield Known(count, mine[kind], mine[kind])


def _told_by_one_edition(attacker: Attacker, wanted: Wanted) -> bool:
    """Whether the means of one edition, or what it tells of the whole community, say it too.

    Those keep every rule: that everyone answered high is theirs to tell, and then it is told of each.
    """
    return any(
        attacker.width(wanted.terms, wanted.granted, only) <= wanted.near + _NEARLY
        for edition in range(len(attacker.told))
        for only in (_means(wanted.hidden, edition), _whole(wanted, edition))
    )


def _means(one: Hidden, edition: int) -> Callable[[Known], bool]:
    """Numbers and means of the community, and of its types where a type is hidden: what is left of it."""
    return lambda known: _of(one, edition, known, ("n", "response", "mean"), types=bool(one.group))


def _whole(wanted: Wanted, edition: int) -> Callable[[Known], bool]:
    """All that is told of the community; where its own figure is hidden, all that another edition tells."""
    one, parts = wanted.hidden, (*map(str, CODES), "share", "se", "interval", "n", "response", "mean")
    other = bool(one.group) or edition != wanted.edition
    return lambda known: other and _of(one, edition, known, parts, types=False)


def _of(one: Hidden, edition: int, known: Known, whats: Sequence[str], types: bool) -> bool:
    """Whether it was told there; how many of a community took part is always told, and no answer."""
    about = known.about
    if about is not None and about.what == "response" and not about.group:
        return True
    return (
        about is not None
        and (known.edition, about.community) == (edition, one.community)
        and about.item in ("", one.item)
        and about.what in whats
        and (types or not about.group)
    )
