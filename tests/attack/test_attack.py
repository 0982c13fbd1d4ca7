"""The small budget of ``make attack``."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lcmonitor.disclosure import released, within
from tests.attack.attacker import Attacker
from tests.attack.histories import history
from tests.attack.pairs import MOVES
from tests.attack.reader import Told, rows
from tests.attack.run import respondents
from tests.attack.sums import Cell
from tests.attack.verdict import attack
from tests.attack.world import Place, published, weighing, world

TELLING = 0  # a programme in which two communities of five to nine stand beside larger ones
HISTORY = 1  # of two waves and three editions; in each community one to four people joined or left
LENT = 0  # a programme of two partner types that are hidden together, one of them for the other's sake
WEIGHING = 1  # one of whose communities some are weighted, beside hidden types, and some are not


def test_nothing_that_is_hidden_is_recovered_from_pages_and_files(tmp_path: Path) -> None:
    made, tally = world(TELLING), Counter[str]()
    editions = published(tmp_path / "programme", made)
    assert len(set(editions)) == 2
    assert list(attack(TELLING, made, editions, None, tally)) == []
    assert list(attack(TELLING, made, editions, next(respondents(made)), tally)) == []
    assert tally["hidden"] > 80


def test_nothing_is_recovered_where_answers_weigh(tmp_path: Path) -> None:
    made, tally = weighing(WEIGHING), Counter[str]()
    editions = published(tmp_path / "programme", made)
    methods = {row["method"] for row in rows(editions[-1]) if not row["group_by"]}
    assert {"weighted", "unweighted"} <= methods
    assert list(attack(WEIGHING, made, editions, None, tally)) == []
    assert tally["hidden"] > 40


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
    assert list(attack(HISTORY, made, editions, None, tally)) == []
    assert tally["hidden"] > 60


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
