"""What a methodologist wrote down in reports/methods/cases, held against the engine and the slow reference.

A case: ``name``, ``answers`` (a table, one line a person; several waves by their name), ``eligible`` (how
many could answer; left out: unknown), ``expected`` (figures by their words, as precise as they are written)
and ``because`` (how it is reckoned by hand). In a table ``-`` is no answer, ``n/a`` does not apply, ``times``
repeats a line, ``who`` is the same person in another wave (with ``times`` as many people), and ``org`` where
somebody is from (left out: acme). Beside it ``left`` (when an organisation did) and ``ambition``. The methods
page prints them all.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from tests.indicators import naive, naive_people, naive_together
from tests.indicators.naive import Figure, Measured, Naive
from tests.indicators.spec import FOLDER, cases, unlike
from tests.indicators.test_states import filling
from tests.indicators.tiny import PARTNERS, WAVES, Reply, community, figures, one

# Those of organisations are in test_network and test_membership, those that weigh in test_spec_weights.
OTHERS = {"network", "participation", "weights"}
FILES = sorted({path.stem for path in FOLDER.glob("*.yml")} - OTHERS)
ITEMS = {"working": "w", "learning": "l", "innovating": "i"}
NOT_GIVEN = {"-": -102, "n/a": -103}
MOVED = {"went up": "up", "may be the same": "none", "went down": "down"}
Slow = Callable[[Naive, tuple[str, str]], Figure]


def _answer(code: int) -> tuple[Mapping[str, str], Slow]:
    """As a share of those who answered the one statement."""
    said = Measured(("t1",), lambda answers: _is(answers["t1"], code))
    row = {"indicator": "trust-distribution", "part": f"t1:{code}"}
    return row, lambda slow, cell: slow.value("share", said, 1, cell, (0, 1))


def _is(given: Any, code: int) -> Fraction | None:
    return Fraction(int(given == code)) if naive.valid(given) else None


def _moved(part: str) -> tuple[Mapping[str, str], Slow]:
    row = {"indicator": "trust-mean", "measure": "reliable", "part": f"reliable:{part}"}
    return row, lambda slow, cell: naive_people.moved(slow, naive.trust, cell)[part]


def _aim(slow: Naive, cell: tuple[str, str]) -> Figure:
    blocks, opens = slow.communities[cell[0]].blocks, WAVES[cell[1]][0]
    own = [each.ambition for each in blocks if (each.ambition_set_on or date.max) < opens]
    return naive_people.ambition(slow.value("mean", naive.trust, 4, cell, (1, 5)), next(iter(own), None))


# The words of a figure: its row in the engine's table, and the slow reference for it.
FIGURES: Mapping[str, tuple[Mapping[str, str], Slow]] = {
    "mean of trust": (
        {"indicator": "trust-mean"},
        lambda slow, cell: slow.value("mean", naive.trust, 4, cell, (1, 5)),
    ),
    "share of trust": (
        {"indicator": "trust-share"},
        lambda slow, cell: slow.value("share", naive.trust, 4, cell, (1, 5)),
    ),
    "change of trust": (
        {"indicator": "trust-mean", "measure": "change"},
        lambda slow, cell: slow.change("mean", naive.trust, 4, (1, 5), cell),
    ),
    "consensus on trust": (
        {"indicator": "trust-consensus"},
        lambda slow, cell: naive_together.consensus(slow.of(*cell), ["t1", "t2", "t3"])[0],
    ),
    "reliability of trust": (
        {"indicator": "trust-reliability", "community": "", "part": ""},
        lambda slow, cell: naive_together.alpha(slow.of(*cell)),
    ),
    "balance": ({"indicator": "balance"}, lambda slow, cell: naive_together.balance(slow.of(*cell))),
    "distance to the intended mix": (
        {"indicator": "mix-distance"},
        lambda slow, cell: naive_together.mix_distance(slow.of(*cell), (0.5, 0.3, 0.2)),
    ),
    "response": ({"indicator": "response"}, lambda slow, cell: slow.response(("complete",), *cell)),
    "response with partial": (
        {"indicator": "response", "part": "with_partial"},
        lambda slow, cell: slow.response(("complete", "partial"), *cell),
    ),
    "partners that took part": ({"indicator": "coverage"}, naive_people.coverage),
    "answered again": ({"indicator": "response", "measure": "followed"}, naive_people.followed),
    "distance to the ambition": ({"indicator": "trust-mean", "measure": "ambition"}, _aim),
    **{f"answer {code}": _answer(code) for code in range(1, 6)},
    **{f"scores that {word}": _moved(part) for word, part in MOVED.items()},
}
SINCE = ("change", "followed", "reliable")  # measures of a wave beside the one before


def replies(answers: Any) -> Iterator[Reply]:
    waves = answers if isinstance(answers, dict) else {"early": answers}
    for wave, drawn in waves.items():
        head, *lines = (line.split() for line in drawn.strip().splitlines())
        for line in lines:
            row = dict(zip(head, line, strict=True))
            for number in range(int(row.get("times", 1))):
                yield reply(wave, row, f"{number}" if "times" in row else "")


def reply(wave: str, row: Mapping[str, str], number: str, of: str = "alpha") -> Reply:
    """``number``: which of the people of the line."""
    points = {item: row.get(word, "-") for word, item in ITEMS.items()}
    codes = {item: row[item] for item in ("t1", "t2", "t3", "pride1") if item in row}
    given: dict[str, Any] = {item: None if text == "-" else float(text) for item, text in points.items()}
    given |= dict.fromkeys(("t1", "t2", "t3"), NOT_GIVEN["-"])
    given |= {item: NOT_GIVEN[text] if text in NOT_GIVEN else int(text) for item, text in codes.items()}
    who, org = row.get("who", "-"), row.get("org", "acme")
    person = None if who == "-" else who + number
    return Reply(of, wave, given, None if org == "-" else org, person, row.get("questionnaire", "complete"))


def profile_of(case: Mapping[str, Any]) -> dict[str, Any]:
    """What the community's file says beside who could answer."""
    left = case.get("left", {})
    partners = [{"id": key, "name": key, "type": kind, "left": left.get(key)} for key, kind in PARTNERS]
    day = date.fromisoformat(case.get("ambition of", "2024-12-01"))
    own = [filling(float(case["ambition"]), ambition_set_on=day)] if "ambition" in case else []
    return {"partners": partners, "blocks": own}


@pytest.mark.parametrize("case", list(cases(*FILES)))
def test_both_give_what_is_written_down(case: Mapping[str, Any]) -> None:
    given = list(replies(case["answers"]))
    waves = list(dict.fromkeys(each.wave for each in given))
    eligible = {wave: int(case["eligible"]) for wave in waves} if "eligible" in case else {}
    communities = [community("alpha", eligible, **profile_of(case))]
    table, slow = figures(communities, given), Naive(communities, given)
    for words, expected in case["expected"].items():
        key, reckoned = FIGURES[words]
        where = {"community": "alpha", "wave": waves[-1], **key}
        chosen = table[(table.wave == waves[-1]) & (table.measure == where.get("measure", "value"))]
        since = where.get("measure") in SINCE and len(waves) > 1
        found = one(chosen, **where, **({"versus": waves[0]} if since else {}))
        assert not unlike(expected, [found, reckoned(slow, ("alpha", waves[-1]))]), (case["name"], words)
