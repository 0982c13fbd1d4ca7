"""What a methodologist wrote down in reports/methods/cases/counted, held against the engine.

Beside what ``test_spec`` says: tables are called by their form and wave, ``eligible`` names partners,
``money`` and ``milestones`` stand in the community's file. ``test_ledger`` has the slow definitions.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import yaml

from tests.indicators.ledger import FORMS, Row, figures
from tests.indicators.spec import FOLDER, unlike
from tests.indicators.test_spec import NOT_GIVEN
from tests.indicators.tiny import PARTNERS, community, one

FILES = sorted((FOLDER / "counted").glob("*.yml"))
FIGURES: Mapping[str, tuple[str, str]] = {  # indicator, part
    "new records": ("kinds", ""),
    "records": ("kinds", "ever"),
    **{f"new records of kind {kind}": ("kinds", f"{kind}") for kind in (1, 2, 3)},
    **{f"records of kind {kind}": ("kinds", f"ever:{kind}") for kind in (1, 2, 3)},
    "new records with strong proof": ("graded", ""),
    "records with strong proof": ("graded", "ever"),
    "persons": ("reach", "persons"),
    "persons ever": ("reach", "persons_ever"),
    "organisations": ("reach", "organisations"),
    "organisations ever": ("reach", "organisations_ever"),
    "distance from those invited": ("mix", ""),
    "answers that are missing": ("quality", "missing:answers"),
    "answers that do not apply": ("quality", "not_applicable:answers"),
    "straight-liners": ("quality", "straight:people"),
    "who was very fast": ("quality", "fast:people"),
    "share that agrees on the applied value": ("applied", ""),
    "partners that continue": ("stay", ""),
    "co-funding realised": ("cofunding", ""),
    "private share": ("private_share", ""),
    "share of smaller companies": ("sme_share", ""),
    "milestones in time": ("milestones", ""),
    "milestones moved": ("milestones", "moved"),
    "milestones dropped": ("milestones", "dropped"),
}


def cases() -> Iterator[Any]:
    for path in FILES:
        for case in yaml.safe_load(path.read_text(encoding="utf-8"))["cases"]:
            yield pytest.param(case, id=f"{path.stem}: {case['name']['en']}")


def rows(answers: Mapping[str, str]) -> Iterator[Row]:
    for name, drawn in answers.items():
        form, wave = name.split()
        head, *lines = (line.split() for line in drawn.strip().splitlines())
        for line in lines:
            told = dict(zip(head, line, strict=True))
            yield from [row(form, wave, told)] * int(told.get("times", 1))


def row(form: str, wave: str, told: Mapping[str, str]) -> Row:
    items = {item: told[item] for item in FORMS[form] if item in told}
    given = {item: NOT_GIVEN[text] if text in NOT_GIVEN else float(text) for item, text in items.items()}
    key = told.get("who", told.get("name", "-"))
    return Row(form, "alpha", wave, given, told.get("org"), None if key == "-" else key)


@pytest.mark.parametrize("case", list(cases()))
def test_the_engine_gives_what_is_written_down(case: Mapping[str, Any]) -> None:
    given = list(rows(case["answers"]))
    money = case.get("money", {})
    partners = [
        {"id": key, "name": key, "type": kind, "contribution": money.get(key, {})} for key, kind in PARTNERS
    ]
    waves = list(dict.fromkeys(each.wave for each in given))
    eligible = dict.fromkeys(waves, case["eligible"]) if "eligible" in case else {}
    made = community("alpha", eligible, partners=partners, milestones=case.get("milestones", []))
    table = figures([made], given)
    for words, expected in case["expected"].items():
        indicator, part = FIGURES[words]
        found = one(table, community="alpha", wave=waves[-1], indicator=indicator, part=part)
        written = {name: str(text) for name, text in expected.items()}
        assert not unlike(written, [found]), words
