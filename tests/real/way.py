"""A workspace of this folder with real exports in its inbox, taken the whole way."""

import html
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from lcmonitor import pipeline
from lcmonitor.disclosure.released import ReleasedTable
from lcmonitor.indicators.table import IndicatorTable
from lcmonitor.intake.receipt import Receipt
from lcmonitor.reporting.edition import Edition
from lcmonitor.store.store import reading
from tests.unpacked import unpacked

_WORKSPACES = Path(__file__).parents[1] / "workspaces"


@dataclass(frozen=True)
class Export:
    """A real file. ``folder``: its wave, for one without dates."""

    path: Path
    folder: str = ""


@dataclass(frozen=True)
class Way:
    """What came of it."""

    root: Path
    receipts: dict[str, Receipt]  # by file name
    table: IndicatorTable
    released: ReleasedTable
    edition: Edition

    def figure(self, indicator: str, wave: str, measure: str = "value", part: str = "") -> Any:
        """The only row of the community with these keys."""
        rows = self.table.rows
        wanted = {"indicator": indicator, "wave": wave, "measure": measure, "part": part, "group_by": ""}
        for key, value in wanted.items():
            rows = rows[rows[key] == value]
        (row,) = rows[rows["community"] != ""].itertuples()
        return row

    def published(self) -> str:
        """Every page, receipt and data file, as a reader sees its words; packed files opened."""
        shown = (path for name in ("published", "drafts") for path in (self.root / name).rglob("*"))
        found = sorted(path for path in shown if path.suffix != ".duckdb")
        contents = (unpacked(path.read_bytes()) for path in found if path.is_file())
        return "\n".join(html.unescape(content.decode("utf-8", "replace")) for content in contents)


def workspace(name: str, root: Path, community: str, exports: Iterable[Export]) -> Path:
    """A copy of the workspace, with copies of the exports in its inbox."""
    shutil.copytree(_WORKSPACES / name, root)
    for export in exports:
        folder = root / "inbox" / community / export.folder
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(export.path, folder)
    return root


def travelled(root: Path, today: date) -> Way:
    """The five steps, as the flow takes them."""
    receipts = pipeline.ingest(root)
    table = pipeline.compute(root)
    released = pipeline.release(root, table, today)
    edition = pipeline.publish(root, table, released)
    assert edition is not None
    return Way(root, {receipt.file: receipt for receipt in receipts}, table, released, edition)


def stored(root: Path, form: str) -> pd.DataFrame:
    """Every response, without which delivery it came with."""
    with reading(root / "data" / "store.duckdb") as store:
        rows = store.connection.execute(f"SELECT * FROM responses_{form} ORDER BY wave, response_id")
        return rows.df().drop(columns="delivery")
