"""What a methodologist wrote down in reports/methods/cases, held against the engine and the slow reference.

A case: ``name``, ``answers`` (a table, one line a person; several waves by their name), ``eligible`` (how
many could answer; left out: unknown), ``expected`` (figures by their words, as precise as they are written)
and ``because`` (how it is reckoned by hand). In a table ``-`` is no answer, ``n/a`` does not apply, ``times``
repeats a line, and ``who`` is the same person in another wave. The methods page prints them all.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest

from tests.indicators import naive, naive_together
from tests.indicators.naive import Figure, Naive
from tests.indicators.spec import FOLDER, cases, unlike
from tests.indicators.tiny import Reply, community, figures, one

OTHERS = {"network", "participation"}  # their cases are of organisations: test_network, test_membership
FILES = sorted({path.stem for path in FOLDER.glob("*.yml")} - OTHERS)
ITEMS = {"working": "w", "learning": "l", "innovating": "i"}
NOT_GIVEN = {"-": -102, "n/a": -103}
# The words of a figure: its row in the engine's table, and the slow reference for it.
FIGURES: Mapping[str, tuple[Mapping[str, str], Callable[[Naive, tuple[str, str]], Figure]]] = {
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
        {"indicator": "trust-reliability", "community": ""},
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
}


def replies(answers: Any) -> Iterator[Reply]:
    waves = answers if isinstance(answers, dict) else {"early": answers}
    for wave, drawn in waves.items():
        head, *lines = (line.split() for line in drawn.strip().splitlines())
        for line in lines:
            row = dict(zip(head, line, strict=True))
            yield from [reply(wave, row)] * int(row.get("times", 1))


def reply(wave: str, row: Mapping[str, str]) -> Reply:
    points = {item: row.get(word, "-") for word, item in ITEMS.items()}
    codes = {item: row.get(item, "-") for item in ("t1", "t2", "t3")}
    given: dict[str, Any] = {item: None if text == "-" else float(text) for item, text in points.items()}
    given |= {item: NOT_GIVEN[text] if text in NOT_GIVEN else int(text) for item, text in codes.items()}
    return Reply("alpha", wave, given, "acme", row.get("who"), row.get("questionnaire", "complete"))


@pytest.mark.parametrize("case", list(cases(*FILES)))
def test_both_give_what_is_written_down(case: Mapping[str, Any]) -> None:
    given = list(replies(case["answers"]))
    waves = list(dict.fromkeys(each.wave for each in given))
    eligible = {wave: int(case["eligible"]) for wave in waves} if "eligible" in case else {}
    communities = [community("alpha", eligible)]
    table, slow = figures(communities, given), Naive(communities, given)
    for words, expected in case["expected"].items():
        key, reckoned = FIGURES[words]
        where = {"community": "alpha", "wave": waves[-1], **key}
        chosen = table[(table.wave == waves[-1]) & (table.measure == where.get("measure", "value"))]
        versus = {"versus": waves[0]} if words.startswith("change") and len(waves) > 1 else {}
        sources = one(chosen, **where, **versus), reckoned(slow, ("alpha", waves[-1]))
        assert not unlike(expected, sources), (case["name"], words)
