"""The small budget of ``make attack``."""

from collections import Counter
from dataclasses import replace
from pathlib import Path
from statistics import fmean

import numpy as np
import pytest

from lcmonitor.disclosure import released, within
from lcmonitor.indicators import followed, sole
from tests.attack.attacker import Attacker
from tests.attack.histories import history
from tests.attack.pairs import MOVES
from tests.attack.reader import Told, in_data, rows
from tests.attack.run import fewest_moved, respondents
from tests.attack.sums import Cell, Known
from tests.attack.verdict import attack
from tests.attack.world import Person, Place, published, weighing, world

TELLING = 0  # a programme in which two communities of five to nine stand beside larger ones
HISTORY = 1  # of two waves and three editions; in each community one to four people joined or left
ALONE = 5  # in whose second wave one joined a community that three had left
LENT = 0  # a programme of two partner types that are hidden together, one of them for the other's sake
WEIGHING = 1  # one of whose communities some are weighted, beside hidden types, and some are not


def test_nothing_that_is_hidden_is_recovered_from_pages_and_files(tmp_path: Path) -> None:
    made, tally = world(TELLING), Counter[str]()
    editions = published(tmp_path / "programme", made)
    assert len(set(editions)) == 2
    assert list(attack(TELLING, made, editions, None, tally)) == []
    assert list(attack(TELLING, made, editions, next(respondents(made)), tally, every=2)) == []
    assert tally["hidden"] > 60


def test_nothing_is_recovered_where_answers_weigh(tmp_path: Path) -> None:
    made, tally = weighing(WEIGHING), Counter[str]()
    editions = published(tmp_path / "programme", made)
    methods = {row["method"] for row in rows(editions[-1]) if not row["group_by"]}
    assert {"weighted", "unweighted"} <= methods
    assert list(attack(WEIGHING, made, editions, None, tally, every=2)) == []
    assert tally["hidden"] > 20


def test_nothing_is_recovered_where_a_type_was_most_of_what_is_hidden_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """12 of 18 are hidden for the sake of 6: by the distribution, their mean was known to half a point."""
    made = replace(weighing(LENT), weights=())
    assert list(attack(LENT, made, published(tmp_path / "programme", made))) == []
    monkeypatch.setattr(within, "_LENT", 1.0)
    found = next(attack(LENT, made, published(tmp_path / "without the rule", made)))
    assert (found.hidden.group, found.hidden.reason) == ("company_sme", "complementary")


def test_nothing_is_recovered_of_those_who_came_and_went(tmp_path: Path) -> None:
    made, tally = history(HISTORY), Counter[str]()
    editions = published(tmp_path / "programme", made)
    assert len(set(editions)) == 3
    assert list(attack(HISTORY, made, editions, None, tally, every=2)) == []
    assert tally["hidden"] > 30


def test_nothing_is_recovered_by_who_joined_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both means and the change of who stayed give who joined alone the sum of the three who left."""
    made = history(ALONE)
    made = replace(made, editions=made.editions[:2], waves=made.waves[:2])
    (alone,) = fewest_moved(made)
    assert list(attack(ALONE, made, published(tmp_path / "programme", made), alone, every=2)) == []
    monkeypatch.setattr(sole, "_who_asks", lambda _: [(None,) * 4])
    found = attack(ALONE, made, published(tmp_path / "for readers", made), alone)
    assert any(one.hidden.group == "left" and one.width < 1e-6 for one in found)


def test_the_attacker_reads_changes_as_the_difference_of_those_who_joined_and_left() -> None:
    """Of ten with a mean of 3 eight answer again, now 3.25, an eighth more: the two who left add up to 5."""
    first, second = (_of_wave("2025-1", 10, 3.0), _of_wave("2025-2", 8, 3.25))
    pairs = [
        Told("elm", "", "", "Q1", what, value, value, 8, wave="2025-2", since="2025-1")
        for what, value in (("pairs", 8), ("mean of pairs", 0.125))
    ]
    place = Place("elm", "a", {"acme": ("company_sme", 12)})
    for more, width in ((pairs, 0), (pairs[:1], 8)):
        attacker = Attacker([place], [[*first, *second, *more]], [[]])
        left = attacker.pairs.sum(
            Cell(0, "2025-2", "elm", ""), "Q1", lambda then, now: then * MOVES["left"](then, now)
        )
        assert attacker.width(left) == pytest.approx(width)


CAME_AND_WENT = {"joined": 4, "left": 3, "stayed": 6}  # of c0 in that history, as one counts them
WHO_WENT = {  # how many of whom gave which answer and which then; 0: they were not there
    "elm": {(3, 3): 15, (3, 0): 5},
    "oak": {(3, 3): 15, (3, 0): 5},
    "ash": {(3, 3): 8, (2, 2): 2, (3, 4): 1, (4, 3): 1, (4, 0): 1, (0, 4): 1},
}


def _people() -> list[Person]:
    return [
        Person(name, "acme", "company_sme", {"Q1": answer, "Q2": 3}, wave, f"{name}-{both}-{number}")
        for name, counts in WHO_WENT.items()
        for both, times in counts.items()
        for number in range(times)
        for wave, answer in zip(("2025-1", "2025-2"), both, strict=True)
        if answer
    ]


def _shown(people: list[Person]) -> list[Told]:
    """Numbers, means and changes of the same people of each community."""
    shown: list[Told] = []
    for name, counts in WHO_WENT.items():
        for wave in ("2025-1", "2025-2"):
            mine = [p.answers["Q1"] for p in people if (p.community, p.wave) == (name, wave)]
            shown += [replace(one, community=name) for one in _of_wave(wave, len(mine), fmean(mine))]
        pairs = [both for both, times in counts.items() for _ in range(times) if all(both)]
        change = fmean(now - then for then, now in pairs)
        shown += [
            Told(name, "", "", "Q1", what, value, value, len(pairs), wave="2025-2", since="2025-1")
            for what, value in (("pairs", len(pairs)), ("mean of pairs", change))
        ]
    return shown


def test_the_attacker_reads_what_those_who_went_had_answered_across_communities() -> None:
    """Nobody joined elm and oak, so what is left of all together is the one who left ash: 4."""
    people = _people()
    places = [Place(name, "a", {"acme": ("company_sme", 40)}) for name in WHO_WENT]
    # Of 15 and 5, 15 and 5, 12 and 1 people: apart by 0, 0 and 4 − 35/12, weighed with 15/4, 15/4 and 12/13.
    value = 12 / 13 * (4 - 35 / 12) / (15 / 2 + 12 / 13)
    told = Told("", "", "", "Q1", "attrition", value - 0.005, value + 0.005, 11)
    told = replace(told, wave="2025-2", since="2025-1")
    for more, width in (([told], 0), ([], 4)):
        attacker = Attacker(places, [[*_shown(people), *more]], [people])
        assert not attacker.mistakes([people])
        ash = Cell(0, "2025-2", "ash", "")
        left = attacker.pairs.sum(ash, "Q1", lambda then, now: then * MOVES["left"](then, now))
        assert attacker.width(left) == pytest.approx(width, abs=1e-6)


def test_those_who_joined_come_out_where_what_those_who_went_had_answered_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of the four who joined c0 the sum is then known within four, and within ten without it."""
    made = history(HISTORY)
    made = replace(made, editions=made.editions[:2])
    monkeypatch.setattr(followed, "_told_of", lambda form, now, counted, *_: (counted, np.zeros(2, np.bool_)))
    told = [list(in_data(folder)) for folder in published(tmp_path / "programme", made)]
    attacker, there = Attacker(made.places, told, made.editions), Cell(1, "2025-2", "c0", "")
    counts = [Known(attacker.pairs.sum(there, "Q1", MOVES[name]), n, n) for name, n in CAME_AND_WENT.items()]
    joined = attacker.pairs.sum(there, "Q1", lambda then, now: now * MOVES["joined"](then, now))
    assert attacker.width(joined, counts) == pytest.approx(4, abs=1e-6)
    assert attacker.width(joined, counts, _without_attrition) > 8


def _without_attrition(known: Known) -> bool:
    return known.about is None or known.about.what != "attrition"


def _of_wave(wave: str, n: float, mean: float) -> list[Told]:
    told = [("", "response", n, 0.0), ("Q1", "n", n, 0.0), ("Q1", "mean", mean, n)]
    return [Told("elm", "", "", item, what, one, one, of, wave=wave) for item, what, one, of in told]


def test_the_attacker_succeeds_where_the_programme_keeps_nothing_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the standard error across communities, the answers of the small ones come out."""
    monkeypatch.setattr(released, "holding", lambda cells, _: np.zeros(len(cells.n), np.bool_))
    made = world(TELLING)
    found = next(attack(TELLING, made, published(tmp_path / "programme", made)))
    assert found.hidden.reason == "shares_low"
    assert found.width == pytest.approx(0, abs=1e-6)
