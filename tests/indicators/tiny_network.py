"""A programme of organisations that speak of each other: one form with a roster, two waves."""

from collections.abc import Iterable, Mapping, Sequence
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
from lcmonitor.instruments.model import Codebook, Indicator
from lcmonitor.intake.responses import TIE_FIELDS
from lcmonitor.programme.load import Setup
from lcmonitor.programme.model import Community, Programme
from lcmonitor.programme.workspace import Workspace
from tests.indicators.tiny import both

WAVES = {"early": (date(2025, 1, 1), date(2025, 1, 31)), "late": (date(2026, 1, 1), date(2026, 1, 31))}
LINE = 3  # a tie from this code on
TRUST = ("keeps", "hides", "shares")  # hides is reversed, from 1 to 4

CODEBOOK = Codebook.model_validate(
    {
        "id": "tiny",
        "title": both("tiny"),
        "scales": {
            "often": {"codes": {code: both(f"often {code}") for code in range(5)}, "agrees_from": LINE},
            "degree": {"codes": {code: both(f"degree {code}") for code in range(1, 5)}},
        },
        "items": {
            "org": {"text": both("org"), "type": "partner"},
            "contact": {"text": both("contact"), "scale": "often", "core": True},
            **{name: {"text": both(name), "scale": "degree", "reversed": name == "hides"} for name in TRUST},
        },
        "constructs": {"trust": {"title": both("trust"), "items": list(TRUST)}},
        "forms": {
            "network": {
                "title": both("form"),
                "items": ["org"],
                "roster": ["contact", *TRUST],
                "population": "partners",
            }
        },
    }
)
STATISTICS = ("density", "reciprocity", "ei_index", "centralisation")


def _indicator(statistic: str, of: str | None) -> Indicator:
    texts = {name: both("x") for name in ("title", "unit", "reading")}
    return Indicator.model_validate({"statistic": statistic, "of": of, "form": "network", **texts})


INDICATORS = {statistic: _indicator(statistic, "contact") for statistic in STATISTICS} | {
    "rating": _indicator("rating", "trust"),
    "coverage": _indicator("coverage", None),
}


@dataclass(frozen=True)
class Said:
    """One response: item -> organisation -> code."""

    community: str
    wave: str
    partner: str | None
    answers: Mapping[str, Mapping[str, int]]
    completeness: str = "complete"
    day: int = 2  # of January


def community(name: str, kinds: Mapping[str, str], **more: Mapping[str, Any]) -> Community:
    """``kinds``: organisation -> type; ``more``: organisation -> joined, left."""
    return Community.model_validate(
        {
            "id": name,
            "name": name,
            "started": date(2024, 1, 1),
            "partners": [
                {"id": key, "name": key, "type": kind, **more.get(key, {})} for key, kind in kinds.items()
            ],
            "profile": [
                {"valid_from": date(2024, 1, 1), "scale": "micro", "phase": "start", "purpose": both("p")}
            ],
        }
    )  # fmt: skip


def figures(communities: Sequence[Community], said: Iterable[Said]) -> pd.DataFrame:
    with connection_with(list(said)) as connection:
        return compute(connection, setup_of(communities)).rows


def setup_of(communities: Sequence[Community]) -> Setup:
    waves = [
        {"id": name, "title": both(name), "opens": opens, "closes": closes}
        for name, (opens, closes) in WAVES.items()
    ]
    programme = Programme.model_validate(
        {"id": "tiny", "title": both("tiny"), "instrument": "tiny", "waves": waves}
    )
    dated: dict[str | None, list[DatedCodebook]] = {None: [DatedCodebook(None, CODEBOOK)]}
    instrument = Instrument("tiny", CODEBOOK, INDICATORS, {}, {}, {}, dated=dated)
    return Setup(Workspace(Path()), programme, {each.id: each for each in communities}, instrument)


def connection_with(said: Sequence[Said]) -> duckdb.DuckDBPyConnection:
    texts = {
        name: [getattr(one, name) for one in said]
        for name in ("community", "wave", "partner", "completeness")
    }
    columns = {name: pa.array(values, pa.string()) for name, values in texts.items()}
    columns["response_id"] = pa.array([str(number) for number in range(len(said))], pa.string())
    columns["panel_key"] = pa.nulls(len(said), pa.string())
    columns["submitted"] = pa.array([date(2025, 1, one.day) for one in said]).cast(pa.timestamp("us"))
    ties = [
        [
            {"partner": partner, "item": item, "code": code}
            for item, about in one.answers.items()
            for partner, code in about.items()
        ]
        for one in said
    ]
    columns["ties"] = pa.array(ties, pa.list_(TIE_FIELDS))
    connection = duckdb.connect()
    connection.register("given", pa.table(columns))
    connection.execute("CREATE TABLE responses_network AS FROM given")
    return connection
