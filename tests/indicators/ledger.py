"""A made-up programme of three forms, small enough to reckon by hand: people, organisations, records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from lcmonitor.indicators.compute import compute
from lcmonitor.instruments.dated import DatedCodebook
from lcmonitor.instruments.load import Instrument
from lcmonitor.instruments.model import Codebook, Indicator
from lcmonitor.programme.model import Community
from tests.indicators.tiny import both, setup_of

STATEMENTS = tuple(f"s{number}" for number in range(1, 10))  # s3 is put the other way round
CREDITED = ("a1", "a2", "a3")
FORMS: Mapping[str, Mapping[str, pa.DataType]] = {
    "people": dict.fromkeys((*STATEMENTS, *CREDITED), pa.int8()) | {"seconds": pa.float64()},
    "partners": {"stay": pa.int8()},
    "records": {"kind": pa.int8(), "grade": pa.int8()},
}
ASKED = {
    "people": (*STATEMENTS, *CREDITED, "org"),
    "partners": ("stay", "org"),
    "records": ("name", "kind", "grade"),
}
_NOT_GIVEN = {pa.int8(): -102, pa.float64(): None}


@dataclass(frozen=True)
class Row:
    """A response to one of the forms; ``key``: of a person, or the name of a record."""

    form: str
    community: str
    wave: str
    answers: Mapping[str, Any]
    partner: str | None = None
    key: str | None = None
    completeness: str = "complete"


def codebook() -> Codebook:
    five = {"codes": {code: both(str(code)) for code in range(1, 6)}, "agrees_from": 4}
    scales = {
        "five": five,
        "yes": {"codes": {0: both("no"), 1: both("yes")}, "agrees_from": 1},
        "kind": {"codes": {code: both(f"kind {code}") for code in (1, 2, 3)}},
        "grade": {"codes": {code: both(f"grade {code}") for code in range(4)}, "agrees_from": 2},
    }
    of = dict.fromkeys((*STATEMENTS, *CREDITED), "five") | {"stay": "yes", "kind": "kind", "grade": "grade"}
    items: dict[str, Any] = {name: {"text": both(name), "scale": scale} for name, scale in of.items()}
    items["s3"]["reversed"] = True
    for name in CREDITED:
        items[name] |= {"kind": "attribution", "cycle": "applied"}
    items |= {"org": {"text": both("org"), "type": "partner"}, "name": {"text": both("name"), "type": "key"}}
    populations = {"people": "participants", "partners": "partners", "records": "unknown"}
    forms = {
        name: {"title": both(name), "items": list(asked), "population": populations[name]}
        for name, asked in ASKED.items()
    }
    applied = {
        "title": both("applied"),
        "items": list(CREDITED),
        "kind": "attribution",
        "cycle": "applied",
        "needed": 1,
    }
    return Codebook.model_validate(
        {
            "id": "ledger",
            "title": both("ledger"),
            "scales": scales,
            "items": items,
            "constructs": {"applied": applied},
            "forms": {**forms, "records": forms["records"] | {"counts": "records"}},
        }
    )


def _indicator(statistic: str, **more: Any) -> Indicator:
    texts = {name: both("x") for name in ("title", "unit", "reading")}
    return Indicator.model_validate({"statistic": statistic, **texts, **more})


INDICATORS = {
    "response": _indicator("response", form="people", by=["partner_type"]),
    "reach": _indicator("reach", form="people"),
    "mix": _indicator("representativeness", form="people"),
    "quality": _indicator("quality", form="people"),
    "applied": _indicator("share", of="applied", form="people"),
    "stay": _indicator("intention", of="stay", form="partners"),
    "kinds": _indicator("records", of="kind", form="records"),
    "graded": _indicator("record_share", of="grade", form="records"),
    **{name: _indicator(name) for name in ("cofunding", "private_share", "sme_share", "milestones")},
}


@cache
def instrument() -> Instrument:
    book = codebook()
    return Instrument(
        id="ledger",
        codebook=book,
        indicators=INDICATORS,
        blocks={},
        sectors={},
        mappings={},
        dated={None: [DatedCodebook(None, book)]},
    )


def figures(communities: Sequence[Community], rows: Sequence[Row]) -> pd.DataFrame:
    setup = replace(setup_of(communities), instrument=instrument())
    with duckdb.connect(":memory:") as connection:
        for form in FORMS:
            connection.register("given", _table(form, [row for row in rows if row.form == form]))
            connection.execute(f"CREATE TABLE responses_{form} AS FROM given")
        return compute(connection, setup).rows


def _table(form: str, rows: Sequence[Row]) -> pa.Table:
    texts = {
        "community": [row.community for row in rows],
        "wave": [row.wave for row in rows],
        "response_id": [f"{number:06}" for number, _ in enumerate(rows)],
        "completeness": [row.completeness for row in rows],
        "panel_key": [row.key for row in rows],
        "partner": [row.partner for row in rows],
    }
    columns = {name: pa.array(values, pa.string()) for name, values in texts.items()}
    return pa.table(
        columns
        | {
            item: pa.array([row.answers.get(item, _NOT_GIVEN[kind]) for row in rows], kind)
            for item, kind in FORMS[form].items()
        }
    )
