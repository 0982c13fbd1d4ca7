"""What an attacker recovers of figures that are hidden, beyond what one figure that may be shown tells."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product
from pathlib import Path

from tests.attack.attacker import Attacker
from tests.attack.pairs import MOVES, Move
from tests.attack.reader import Hidden, in_data, in_pages
from tests.attack.sums import ANSWERS, Cell, Known, Terms, cell_of, place_of
from tests.attack.world import AGREES, CODES, ITEMS, Person, World, type_of

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
    tally: Counter[str] | None = None, every: int = 1,
) -> Iterator[Recovered]:  # fmt: skip
    """Every figure that is known too well, and that no single figure tells.

    ``tally``: is counted on; ``every``: so many hidden figures on is the next that is attacked.
    """
    tally = Counter() if tally is None else tally
    distinct = list(dict.fromkeys(folders))  # nothing changed: the same edition
    read = [[*in_data(folder), *in_pages(folder)] for folder in distinct]
    truth = [made.editions[folders.index(folder)] for folder in distinct]
    attacker = Attacker(made.places, read, truth, own)
    assert not attacker.mistakes(truth)
    for wanted in islice(_wanted(attacker, truth), 0, None, every):
        width = attacker.width(wanted.terms, wanted.granted)
        near = width <= wanted.near + _NEARLY
        tally.update(hidden=1, narrow=int(near))
        if near and not _told_by_one_edition(attacker, wanted):
            yield Recovered(seed, wanted.edition, wanted.hidden, width)


def _wanted(attacker: Attacker, truth: Sequence[Sequence[Person]]) -> Iterator[Wanted]:
    for edition, hidden in enumerate(attacker.hidden):
        fresh, before = attacker.fresh(edition), attacker.before(edition)
        for one in hidden:
            if one.community and not one.since and place_of(one) in fresh and one not in before:
                yield from _of_a_wave(attacker, edition, one, truth[edition])
        yield from _of_moves(attacker, edition, truth[edition], fresh)


def _of_a_wave(attacker: Attacker, edition: int, one: Hidden, people: Sequence[Person]) -> Iterator[Wanted]:
    cell = cell_of(edition, one)
    mine = Counter(
        attacker.kind(p) for p in people
        if (p.wave, p.community) == (one.wave, one.community) and one.item in p.answers
    )  # fmt: skip
    n = sum(count for kind, count in mine.items() if one.group in ("", type_of(kind)))
    if one.what in ("response", "with_partial") and not one.item:
        yield from _of_few(attacker, cell, one, people)
    elif one.what == "mean" and n:
        numbers = tuple(_numbers(attacker, cell, one.item, mine))
        yield Wanted(edition, one, attacker.total(cell, one.item), WITHIN_POINTS * n, numbers)
    elif one.what == "share":
        yield Wanted(edition, one, attacker.count(cell, one.item, range(AGREES, 6)), WITHIN_PEOPLE)
    elif one.what.isdigit():
        yield Wanted(edition, one, attacker.count(cell, one.item, [int(one.what)]), WITHIN_PEOPLE)


def _of_few(attacker: Attacker, cell: Cell, one: Hidden, people: Sequence[Person]) -> Iterator[Wanted]:
    """How many of a type answered, where that is few of a type that is not small itself."""
    about = (one.wave, one.community, one.group)
    answered = sum((p.wave, p.community, p.type) == about for p in people)
    if one.what == "response" and answered < 5 <= attacker.people(cell):
        yield Wanted(cell.edition, one, attacker.count(cell, ITEMS[0], ANSWERS), WITHIN_PEOPLE)


def _numbers(attacker: Attacker, cell: Cell, item: str, mine: Counter[str]) -> Iterator[Known]:
    """Granted to the attacker of a mean: how many of each type answered."""
    for kind in attacker.places[cell.community].kinds:
        yield Known(attacker.count(replace(cell, kind=kind), item), mine[kind], mine[kind])


def _of_moves(
    attacker: Attacker, edition: int, people: Sequence[Person], fresh: set[tuple[str, str, str]]
) -> Iterator[Wanted]:
    """The answers of the few who joined, left or stayed; how many of each there are is granted.

    Who attacks and is one of them looks for the answers of the others.
    """
    true = Counter(at for at, _ in attacker.pairs.true(edition, people))
    for (cell, then), item in product(attacker.pairs.cells.items(), ITEMS):
        if cell.edition != edition or (cell.wave, cell.community, "") not in fresh:
            continue
        sums = {name: attacker.pairs.sum(cell, item, worth) for name, worth in MOVES.items()}
        counts = {name: sum(true[at] for at in terms) for name, terms in sums.items()}
        granted = tuple(Known(sums[name], count, count) for name, count in counts.items())
        for name, count in counts.items():
            others = count - _is_one(attacker, MOVES[name], cell, item, people)
            if count < 5 and others > 0:
                worth, place = MOVES[name], 0 if name == "left" else 1
                answers = attacker.pairs.sum(cell, item, lambda *both, w=worth, p=place: w(*both) * both[p])
                hidden = Hidden(
                    cell.community, "", name, item, "moved", "", then if name == "left" else cell.wave
                )
                yield Wanted(edition, hidden, answers, WITHIN_POINTS * others, granted)


def _is_one(attacker: Attacker, moved: Move, cell: Cell, item: str, people: Sequence[Person]) -> bool:
    own = attacker.own
    if own is None or own.community != cell.community:
        return False
    return moved(*attacker.pairs.both(cell, item, own, people))


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
        and (known.edition, about.wave, about.community) == (edition, one.wave, one.community)
        and not about.since
        and about.item in ("", one.item)
        and about.what in whats
        and (types or not about.group)
    )
