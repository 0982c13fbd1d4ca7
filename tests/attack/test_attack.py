"""The small budget of ``make attack``."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from lcmonitor.disclosure import released
from tests.attack.reader import rows
from tests.attack.run import respondents
from tests.attack.verdict import attack
from tests.attack.world import published, weighing, world

TELLING = 0  # a programme in which two communities of five to nine stand beside larger ones
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


def test_the_attacker_succeeds_where_the_programme_keeps_nothing_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the standard error across communities, the answers of the small ones come out."""
    monkeypatch.setattr(released, "holding", lambda cells, _: np.zeros(len(cells.n), np.bool_))
    made = world(TELLING)
    found = next(attack(TELLING, made, published(tmp_path / "programme", made)))
    assert found.hidden.reason == "shares_low"
    assert found.width == pytest.approx(0, abs=1e-6)
