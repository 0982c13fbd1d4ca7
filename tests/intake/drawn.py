"""Exports drawn as text, and a small programme to read them in."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import yaml

from lcmonitor.exports.table import ROW_FACTS, Column, RawTable, Source
from lcmonitor.instruments.dated import DatedCodebook
from lcmonitor.instruments.load import Instrument
from lcmonitor.instruments.model import Codebook, ExportMapping
from lcmonitor.intake.context import Questionnaires
from lcmonitor.intake.delivery import Delivery, Examined
from lcmonitor.intake.draft import Draft, make_draft
from lcmonitor.intake.examine import examine
from lcmonitor.intake.receipt import Finding
from lcmonitor.programme.load import Setup
from lcmonitor.programme.model import Community, Programme
from lcmonitor.programme.workspace import Workspace

SECRET = b"0" * 32

CODEBOOK = """
id: small
title: {nl: Klein, en: Small}
scales:
  agree:
    codes:
      1: {nl: helemaal oneens, en: strongly disagree}
      2: {nl: oneens, en: disagree}
      3: {nl: neutraal, en: neutral}
      4: {nl: eens, en: agree}
      5: {nl: helemaal eens, en: strongly agree}
    missing: {9: {nl: weet ik niet / n.v.t., en: don't know / n.a.}}
    also: {4: [mee eens]}
    agrees_from: 4
  consent:
    codes: {0: {nl: nee, en: "no"}, 1: {nl: ja, en: "yes"}}
    agrees_from: 1
items:
  OK: {text: {nl: Ik doe mee., en: I take part.}, type: consent, scale: consent}
  ORG: {text: {nl: "Waar werkt u?", en: "Where do you work?"}, type: partner}
  T1: {text: {nl: Partners komen afspraken na., en: Partners keep agreements.}, scale: agree, core: true}
  T2: {text: {nl: Ik zwijg liever., en: I prefer to keep quiet.}, scale: agree, core: true, reversed: true,
       also: [Liever zwijg ik.]}
  W: {text: {nl: Werken, en: Working}, type: number, core: true}
  L: {text: {nl: Leren, en: Learning}, type: number, core: true}
  M1: {text: {nl: Module een, en: Module one}, scale: agree}
  M2: {text: {nl: Module twee, en: Module two}, scale: agree}
  E1: {text: {nl: Alleen voor scholen, en: Schools only}, scale: agree, core: true}
divisions:
  mix: {title: {nl: Verdeling, en: Division}, parts: {work: W, learn: L}}
forms:
  person:
    title: {nl: Persoon, en: Person}
    key: token
    items: [OK, ORG, T1, T2, W, L]
    modules: {extra: [M1, M2]}
  school:
    title: {nl: School, en: School}
    items: [OK, E1]
"""

PROGRAMME = """
id: programme
title: {nl: Programma, en: Programme}
instrument: small
waves:
  - {id: spring, title: {nl: Lente, en: Spring}, opens: 2025-03-01, closes: 2025-03-31}
  - {id: autumn, title: {nl: Herfst, en: Autumn}, opens: 2025-09-01, closes: 2025-09-30}
"""

COMMUNITY = """
id: delta
name: Delta
started: 2025-01-01
profile: [{valid_from: 2025-01-01, scale: micro, phase: start, purpose: {nl: Doel, en: Purpose}}]
partners:
  - {id: tno, name: Bakkerij Smit, type: company_sme, also: [Smit]}
  - {id: roc, name: ROC Noord, type: vocational_school}
"""

GOOD = """
#id | #when      | OK | ORG           | T1 | T2 | W  | L
1   | 2025-03-02 | ja | Bakkerij Smit | 4  | 2  | 60 | 40
2   | 2025-03-03 | ja | roc           | 5  | 1  | 50 | 50
"""


def codebook(text: str = CODEBOOK) -> Codebook:
    return Codebook.model_validate(yaml.safe_load(text))


def community(text: str = COMMUNITY, **changes: Any) -> Community:
    return Community.model_validate(yaml.safe_load(text) | changes)


def setup(
    book: Codebook | None = None,
    mappings: Mapping[str, Mapping[str, Any]] | None = None,
    later: tuple[date, Codebook] | None = None,
    sectors: Mapping[str, Codebook] | None = None,
) -> Setup:
    """The small programme; ``later``: the codebook from a day on."""
    base = book or codebook()
    own = sectors or {}
    dated: dict[str | None, list[DatedCodebook]] = {name: [DatedCodebook(None, own[name])] for name in own}
    dated[None] = [DatedCodebook(None, base)] + ([DatedCodebook(*later)] if later else [])
    instrument = Instrument(
        "small",
        base,
        {},
        {},
        {},
        {name: ExportMapping.model_validate(text) for name, text in (mappings or {}).items()},
        dated=dated,
    )
    programme = Programme.model_validate(yaml.safe_load(PROGRAMME))
    return Setup(Workspace(Path("nowhere")), programme, {"delta": community()}, instrument)


def table(text: str, columns: Mapping[str, Mapping[str, Any]] | None = None, **source: Any) -> RawTable:
    """A drawn export. ``#id #when #status #token #event #row`` are facts; ``~`` is a cell that was not shown.

    ``columns``: what is known of a column beside its heading, by heading.
    """
    lines = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    headings, rows = lines[0], lines[1:]
    facts = {heading: [row[n] for row in rows] for n, heading in enumerate(headings) if heading[0] == "#"}
    asked = [(n, heading) for n, heading in enumerate(headings) if heading[0] != "#"]
    made = tuple(
        replace(Column(p, h, "", ""), **(columns or {}).get(h, {})) for p, (_, h) in enumerate(asked)
    )
    cells = {
        str(p): pa.array([None if row[n] == "~" else row[n] for row in rows], pa.string())
        for p, (n, _) in enumerate(asked)
        if made[p].role != "personal"
    }
    origin = Source("export.csv", "f" * 64, "generic", "csv", "sure", "utf-8", ",", 1)
    return RawTable(replace(origin, **source), made, pa.table(cells), _facts(facts, len(rows)))


def _facts(drawn: Mapping[str, list[str]], rows: int) -> pa.Table:
    def drawn_or_none(name: str) -> list[str | None]:
        return [value or None for value in drawn.get(name, [""] * rows)]

    return pa.table(
        {
            "row": [int(n) for n in drawn.get("#row", range(2, rows + 2))],
            "response_id": drawn_or_none("#id"),
            "submitted": [day and datetime.fromisoformat(day) for day in drawn_or_none("#when")],
            "status": [status or "complete" for status in drawn_or_none("#status")],
            "token": drawn_or_none("#token"),
            "event": drawn_or_none("#event"),
        },
        schema=ROW_FACTS,
    )


def drafted(
    text: str, here: Setup | None = None, form: str | None = None, wave: str | None = None, **given: Any
) -> Draft:
    """What intake makes of one drawn export before its values are judged."""
    return make_draft(_delivery(text, form, wave, given), Questionnaires(here or setup()), SECRET)


def examined(
    text: str, here: Setup | None = None, form: str | None = None, wave: str | None = None, **given: Any
) -> Examined:
    """What intake makes of one drawn export of the small programme."""
    return examine([_delivery(text, form, wave, given)], here or setup(), SECRET)[0]


def _delivery(text: str, form: str | None, wave: str | None, given: dict[str, Any]) -> Delivery:
    sender = given.pop("sender", None) or community()
    return Delivery(table(text, **given), sender, form, wave)


def findings_of(result: Draft | Examined) -> list[Finding]:
    """But for the note on modules that were not asked: the drawn exports leave most of them out."""
    found = result.findings if isinstance(result, Draft) else result.receipt.findings
    return [each for each in found if each.message.code != "LCM-223"]


def codes_of(result: Draft | Examined, *severities: str) -> list[str]:
    """The codes of the findings, of some severities only if they are named."""
    return [
        each.message.code for each in findings_of(result) if not severities or each.severity in severities
    ]


def answers_of(draft: Draft, item: str) -> list[float]:
    """The answers as they were read."""
    assert draft.kept is not None, codes_of(draft)
    return list(draft.kept.answers[item].tolist())


def rows_of(result: Examined) -> dict[str, list[Any]]:
    """The stored columns as lists."""
    assert result.responses is not None, codes_of(result)
    stored: dict[str, list[Any]] = result.responses.rows.to_pydict()
    return stored


def many(rows: int, **cells: str) -> str:
    """A good export of ``rows`` rows; the first has these cells instead."""
    plain = {"OK": "ja", "ORG": "tno", "T1": "4", "T2": "2", "W": "60", "L": "40"}
    lines = [
        " | ".join([str(n), "2025-03-02", *((plain | cells) if n == 1 else plain).values()])
        for n in range(1, rows + 1)
    ]
    return "\n".join(["#id | #when | " + " | ".join(plain), *lines])
