"""A spring and an autumn export of the small programme: the first is stored, the second told of. Made up."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from lcmonitor.drift.compare import compare
from lcmonitor.drift.neighbours import drift, newest_wave
from lcmonitor.drift.pair import Pair, Seen
from lcmonitor.errors import LANGUAGES
from lcmonitor.intake.delivery import Examined
from lcmonitor.intake.draft import Draft
from lcmonitor.intake.receipt import Finding, receipt_json
from lcmonitor.programme.load import Setup
from lcmonitor.store.deliveries import Entry
from lcmonitor.store.store import writing
from tests.intake.drawn import CODEBOOK, codebook, community, drafted, setup

Columns = Mapping[str, Mapping[str, Any]]
SPRING, AUTUMN = "2025-03-02", "2025-09-02"


def export(day: str, rows: int = 2, heads: str = "OK | ORG | T1 | T2 | W | L", cells: str = "") -> str:
    """The same answers in every row."""
    filled = cells or "ja | roc | 4 | 2 | 60 | 40"
    return "\n".join([f"#id | #when | {heads}", *(f"{n} | {day} | {filled}" for n in range(1, rows + 1))])


def taken_in(path: Path, here: Setup, *files: Examined) -> list[list[Finding]]:
    """What is said of each file when it is stored after those before it."""
    told = []
    with writing(path) as store:
        for file in files:
            assert file.responses is not None, [each.message.text("en") for each in file.receipt.findings]
            assert file.structure is not None
            told.append(list(drift(here, store, file)))
            wave = newest_wave(here, file.responses).id
            entry = Entry(file.receipt, "definitions", receipt_json(file.receipt), wave, file.structure)
            store.merge(entry, file.responses)
    return told


def between(
    spring: str,
    autumn: str,
    here: Setup | None = None,
    then: Columns | None = None,
    now: Columns | None = None,
    **source: str,
) -> list[Finding]:
    """In what autumn differs from spring. ``then`` and ``now``: what is known of columns."""
    first, second = here or setup(), here or setup()
    return compared(
        drafted(spring, first, form="person", columns=then or {}),
        drafted(autumn, second, form="person", columns=now or {}, **source),
        second,
    )


def compared(spring: Draft, autumn: Draft, here: Setup) -> list[Finding]:
    """In what two exports differ, as the programme is now."""
    earlier, later = (_seen(here, *one) for one in zip((0, 1), (spring, autumn), strict=True))
    return list(compare(Pair("export.csv", here, community(), "person", earlier, later)))


def _seen(here: Setup, wave: int, draft: Draft) -> Seen:
    assert draft.structure is not None, [each.message.text("en") for each in draft.findings]
    assert draft.kept is not None
    answers = {item: pa.array(values) for item, values in draft.kept.answers.items()}
    return Seen(
        here.programme.waves[wave], draft.structure, pa.table(answers | {"partner": draft.kept.partner})
    )


def codes(findings: list[Finding]) -> list[str]:
    """Each with its severity."""
    return [f"{found.severity} {found.message.code}" for found in findings]


def texts(found: Finding) -> list[str]:
    """In both languages."""
    return [found.message.text(language) for language in LANGUAGES]


def changed(old: str, new: str) -> Setup:
    """The small programme with another codebook."""
    assert old in CODEBOOK
    return setup(codebook(CODEBOOK.replace(old, new)))
