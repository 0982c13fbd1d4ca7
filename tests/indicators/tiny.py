"""A programme small enough to reckon by hand: three communities, three waves, one form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from lcmonitor.indicators.compute import compute
from lcmonitor.instruments.dated import DatedCodebook
from lcmonitor.instruments.load import Instrument
from lcmonitor.instruments.model import Block, Codebook, Indicator, SectorPack
from lcmonitor.programme.load import Setup
from lcmonitor.programme.model import Community, Programme
from lcmonitor.programme.workspace import Workspace

WAVES = {"early": (date(2025, 1, 1), date(2025, 1, 31)), "middle": (date(2025, 7, 1), date(2025, 7, 31)),
         "late": (date(2026, 1, 1), date(2026, 1, 31))}  # fmt: skip
_CODES = ("t1", "t2", "t3", "pride1", "credit1", "crumb")
_TYPE = dict.fromkeys(_CODES, pa.int8()) | dict.fromkeys("wli", pa.float64())
_NOT_GIVEN = {item: -102 if kind == pa.int8() else None for item, kind in _TYPE.items()}

PARTS = ("work", "learn", "renew")


def both(text: str) -> dict[str, str]:
    return {"nl": text, "en": text}


def scale(high: int) -> dict[str, Any]:
    return {"codes": {code: both(str(code)) for code in range(1, high + 1)}, "agrees_from": high - 1}


def codebook(pride: str = "five", bread: bool = False) -> Codebook:
    """``pride``: the scale of its one item, which goes from five to ten points in the last wave."""
    scales = {"t1": "five", "t2": "five", "t3": "five", "pride1": pride, "credit1": "five"}
    items: dict[str, Any] = {name: {"text": both(name), "scale": scale} for name, scale in scales.items()}
    items["t2"]["reversed"] = True
    items["credit1"] |= {"kind": "attribution", "sensitive": True}
    items |= {part: {"text": both(part), "type": "number"} for part in "wli"}
    items["org"] = {"text": both("org"), "type": "partner"}
    constructs: dict[str, Any] = {
        "trust": {"title": both("trust"), "items": ["t1", "t2", "t3"], "block": "culture"},
        "pride": {"title": both("pride"), "items": ["pride1"]},
        "credit": {"title": both("credit"), "items": ["credit1"], "kind": "attribution"},
        "parts": {"title": both("parts"), "items": ["t1", "t3"], "formative": True},
    }
    if bread:
        items["crumb"] = {"text": both("crumb"), "scale": "five"}
        constructs["bread"] = {"title": both("bread"), "items": ["crumb"]}
    return Codebook.model_validate(
        {
            "id": "tiny",
            "title": both("tiny"),
            "scales": {"five": scale(5), "ten": scale(10)},
            "items": items,
            "constructs": constructs,
            "divisions": {"week": {"title": both("week"), "parts": dict(zip(PARTS, "wli", strict=True))}},
            "forms": {
                "participant": {
                    "title": both("form"), "items": list(items), "population": "participants", "key": "token",
                }
            },
        }
    )  # fmt: skip


def indicator(statistic: str, of: str | None, **more: Any) -> Indicator:
    texts = {name: both("x") for name in ("title", "unit", "reading")}
    return Indicator.model_validate(
        {"statistic": statistic, "of": of, "form": "participant", **texts, **more}
    )


INDICATORS = {
    "trust-mean": indicator("mean", "trust", by=["partner_type"]),
    "trust-share": indicator("share", "trust"),
    "trust-distribution": indicator("distribution", "trust"),
    "trust-reliability": indicator("reliability", "trust"),
    "trust-consensus": indicator("consensus", "trust"),
    "pride-mean": indicator("mean", "pride"),
    "t2-mean": indicator("mean", "t2"),
    "t2-distribution": indicator("distribution", "t2"),
    "credit-share": indicator("share", "credit"),
    "credit-mean": indicator("mean", "credit"),
    "parts-mean": indicator("mean", "parts"),
    "parts-consensus": indicator("consensus", "parts"),
    "t1-consensus": indicator("consensus", "t1"),
    "parts-reliability": indicator("reliability", "parts"),
    "work-mean": indicator("mean", "w"),
    "balance": indicator("balance", "week"),
    "mix-distance": indicator("mix_distance", "week"),
    "response": indicator("response", None, by=["partner_type"]),
    "coverage": indicator("coverage", None),
    "together": indicator("association", None, among=["trust"], beside=["pride", "credit", "parts"]),
}
SECTORS = (None, "bread", "milk")
BREAD = {"bread-mean": indicator("mean", "bread")}


def instrument() -> Instrument:
    first = {sector: codebook(bread=sector == "bread") for sector in SECTORS}
    last = {sector: codebook("ten", bread=sector == "bread") for sector in SECTORS}
    return Instrument(
        id="tiny",
        codebook=codebook(),
        indicators=INDICATORS,
        blocks={
            "culture": Block(code="culture", pillar="culture", title=both("c"), evidence="I", source="us")
        },
        sectors={name: SectorPack(title=both(name), cycle_weeks=(1, 2)) for name in SECTORS if name},
        mappings={},
        sector_indicators={"bread": BREAD},
        dated={
            sector: [DatedCodebook(None, first[sector]), DatedCodebook(date(2025, 12, 1), last[sector])]
            for sector in SECTORS
        },
    )


PARTNERS = [("acme", "company_sme"), ("bolt", "company_sme"), ("college", "vocational_school")]


def profile(**more: Any) -> dict[str, Any]:
    mix = {"week": {"work": 0.5, "learn": 0.3, "renew": 0.2}}
    known = {"valid_from": date(2024, 1, 1), "scale": "micro", "phase": "start", "purpose": both("p")}
    return {**known, "intended": mix, **more}


def community(name: str, eligible: Mapping[str, Any], **more: Any) -> Community:
    return Community.model_validate(
        {
            "id": name,
            "name": name,
            "started": date(2024, 1, 1),
            "partners": [{"id": key, "name": key, "type": kind} for key, kind in PARTNERS],
            "profile": [profile()],
            "eligible": eligible,
            **more,
        }
    )  # fmt: skip


def setup_of(communities: Sequence[Community]) -> Setup:
    waves = [
        {"id": name, "title": both(name), "opens": opens, "closes": closes}
        for name, (opens, closes) in WAVES.items()
    ]
    programme = Programme.model_validate(
        {"id": "tiny", "title": both("tiny"), "instrument": "tiny", "waves": waves}
    )
    return Setup(Workspace(Path()), programme, {each.id: each for each in communities}, instrument())


@dataclass(frozen=True)
class Reply:
    """One response; ``answers``: code, a negative Missing, or for the division a number or None."""

    community: str
    wave: str
    answers: Mapping[str, Any]
    partner: str | None = "acme"
    person: str | None = None
    completeness: str = "complete"


def connection_with(
    replies: Sequence[Reply], without: Sequence[str] = (), database: str = ":memory:"
) -> duckdb.DuckDBPyConnection:
    """``without``: items that the store never saw."""
    texts = {
        "community": [reply.community for reply in replies],
        "wave": [reply.wave for reply in replies],
        "completeness": [reply.completeness for reply in replies],
        "panel_key": [reply.person for reply in replies],
        "partner": [reply.partner for reply in replies],
    }
    columns = {name: pa.array(values, pa.string()) for name, values in texts.items()}
    columns |= {
        item: pa.array([reply.answers.get(item, _NOT_GIVEN[item]) for reply in replies], _TYPE[item])
        for item in _TYPE
        if item not in without
    }
    connection = duckdb.connect(database)
    connection.register("given", pa.table(columns))
    connection.execute("CREATE TABLE responses_participant AS FROM given")
    return connection


def figures(
    communities: Sequence[Community],
    replies: Sequence[Reply],
    without: Sequence[str] = (),
    database: str = ":memory:",
) -> pd.DataFrame:
    with connection_with(replies, without, database) as connection:
        return compute(connection, setup_of(communities)).rows


def one(rows: pd.DataFrame, **key: str) -> Any:
    """The only row with these key values; keys that are not named are "" (measure: value)."""
    wanted = {"measure": "value", "part": "", "versus": "", "group_by": "", "group_value": "", **key}
    mask = pd.Series(True, index=rows.index)
    for column, text in wanted.items():
        mask &= rows[column] == text
    assert mask.sum() == 1, f"{mask.sum()} rows for {wanted}"
    return rows[mask].iloc[0]
