"""Responses and figures drawn as small tables of text, and the books that go with them."""

import io
from datetime import datetime

import numpy as np
import pandas as pd
import pyarrow as pa

from lcmonitor.intake.receipt import Balance, Receipt, Verdict
from lcmonitor.intake.responses import RESPONSE_FIELDS, Missing, Responses
from lcmonitor.intake.structure import Structure
from lcmonitor.store.deliveries import Entry
from lcmonitor.store.store import Store

_MISSING = {
    "asked?": Missing.NOT_ASKED,
    "-": Missing.NOT_ANSWERED,
    "n/a": Missing.NOT_APPLICABLE,
    "!": Missing.INVALID,
}


def table(picture: str) -> pd.DataFrame:
    """Columns are divided by spaces, the first line names them."""
    return pd.read_csv(io.StringIO(picture.strip()), sep=r"\s+", dtype=str, keep_default_na=False)


def responses(picture: str, community: str = "rye", form: str = "participant") -> Responses:
    """``id`` is the response; ``Q…`` are scale items (a code, or a sign for a missing one), ``N…`` numbers.

    Wave is "1", everybody completed it on Thursday 6 March 2025 at 09:30, unless a column says otherwise.
    """
    text = table(picture)
    columns: dict[str, list[object]] = {name: [None] * len(text) for name in RESPONSE_FIELDS.names}
    columns["wave"] = ["1"] * len(text)
    columns["row"] = list(range(2, len(text) + 2))
    columns["submitted"] = [datetime(2025, 3, 6, 9, 30)] * len(text)  # noqa: DTZ001
    columns["completeness"] = ["complete"] * len(text)
    for name in text.columns.intersection([*RESPONSE_FIELDS.names]):
        columns[name] = [int(cell) if name == "row" else cell for cell in text[name]]
    columns["response_id"] = list(text["id"])
    fields = pa.table(columns, schema=RESPONSE_FIELDS)
    for name in (name for name in text.columns if name[0] in "QN"):
        fields = fields.append_column(name, _answers(name, text[name]))
    return Responses(community, form, fields)


def _answers(name: str, cells: "pd.Series[str]") -> pa.Array:
    if name.startswith("N"):
        return pa.array([None if cell == "-" else float(cell) for cell in cells], pa.float64())
    return pa.array([_MISSING[cell] if cell in _MISSING else int(cell) for cell in cells], pa.int8())


def entry(
    sha256: str = "a1", verdict: Verdict = "accepted", community: str = "rye", replaces: bool = False
) -> Entry:
    """A delivery in the books; its receipt is only as large as the store looks at."""
    receipt = Receipt(
        f"{sha256}.csv",
        sha256,
        "generic",
        community,
        "participant",
        ("1",),
        verdict,
        Balance(),
    )
    document = {"file": f"{sha256}.csv", "verdict": verdict, "title": "één"}
    nothing = Structure("generic", "csv", "", {}, {})
    return Entry(receipt, "definitions 1", document, "1", nothing, replaces)


def stored(store: Store, *columns: str, form: str = "participant") -> list[str]:
    """The columns of every response, as lines of text in order."""
    chosen = ", ".join(f'"{column}"' for column in columns)
    rows = store.connection.execute(f'SELECT {chosen} FROM "responses_{form}" ORDER BY ALL').fetchall()
    return [" ".join("none" if value is None else str(value) for value in row) for row in rows]


def released(picture: str) -> pd.DataFrame:
    """Figures as disclosure gives them: ``?`` is NaN, ``-`` is "", and some texts are categorical."""
    text = table(picture).replace({"-": ""})
    rows = pd.DataFrame(
        {
            "community": "rye", "wave": "1", "form": "participant", "indicator": "trust-mean",
            "measure": "value", "part": "", "versus": "", "group_by": "", "group_value": "",
            "n": 12.0, "population": 20.0, "estimate": 3.5, "se": 0.1, "low": 3.3, "high": 3.7,
            "reference": np.nan, "method": "t", "effect": np.nan, "p": np.nan, "word": "",
            "status": "released", "reason": "",
        },
        index=range(len(text)),
    )  # fmt: skip
    for name in text.columns:
        number = rows[name].dtype == float
        rows[name] = text[name].replace("?", "nan").astype(float) if number else text[name]
    return rows.astype(dict.fromkeys(["method", "word", "status", "reason"], "category"))
