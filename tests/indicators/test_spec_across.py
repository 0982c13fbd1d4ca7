"""What a methodologist wrote down in reports/methods/cases/across: several communities, held against both.

Beside what ``test_spec`` says: ``community`` names those that a line is of, with commas between them.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.indicators import naive
from tests.indicators.naive import Figure, Naive
from tests.indicators.naive_people import attrition
from tests.indicators.naive_pooling import association
from tests.indicators.spec import cases, unlike
from tests.indicators.test_spec import reply
from tests.indicators.tiny import Reply, community, figures, one

FIGURES = {
    "association of trust and pride": {"indicator": "together", "part": "trust+pride:r"},
    "association in a next community": {"indicator": "together", "part": "trust+pride:next"},
    "difference between communities": {"indicator": "together", "part": "trust+pride:i2"},
    "difference of those who did not come back": {
        "indicator": "trust-mean", "measure": "attrition", "versus": "early",
    },
}  # fmt: skip


def replies(answers: Any) -> Iterator[Reply]:
    for wave, drawn in (answers if isinstance(answers, dict) else {"early": answers}).items():
        head, *lines = (line.split() for line in drawn.strip().splitlines())
        for row in (dict(zip(head, line, strict=True)) for line in lines):
            for name in row["community"].split(","):
                yield from (reply(wave, row, f"{number}", name) for number in range(int(row["times"])))


def slowly(key: Mapping[str, str], slow: Naive, wave: str) -> Figure:
    if "measure" in key:
        return attrition(slow, naive.trust, wave)
    return association(slow, naive.trust, naive.item("pride1"), wave)[key["part"].partition(":")[2]]


@pytest.mark.parametrize("case", list(cases("across/association", "across/attrition")))
def test_both_give_what_is_written_down(case: Mapping[str, Any]) -> None:
    given = list(replies(case["answers"]))
    waves = list(dict.fromkeys(each.wave for each in given))
    communities = [community(name, {}) for name in sorted({each.community for each in given})]
    table, slow = figures(communities, given), Naive(communities, given)
    for words, expected in case["expected"].items():
        key = FIGURES[words]
        found, reckoned = one(table, wave=waves[-1], **key), slowly(key, slow, waves[-1])
        assert not unlike(expected, [found]), (case["name"], words)
        numbers = {name: text for name, text in expected.items() if name != "word"}  # a word is of all pairs
        assert not unlike(numbers, [reckoned]), (case["name"], words)
