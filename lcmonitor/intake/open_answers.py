"""Answers to the open questions that an instrument keeps, masked; of all others nothing is kept."""

from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from lcmonitor.exports.table import RawTable
from lcmonitor.instruments.model import Item
from lcmonitor.intake.findings import Place, finding
from lcmonitor.intake.kept import Select
from lcmonitor.intake.masking import Masker
from lcmonitor.intake.match import Matching
from lcmonitor.intake.receipt import Finding


def kept_items(matching: Matching, items: Mapping[str, Item]) -> dict[str, str]:
    """The items whose answers are kept, each with the column that holds them."""
    return {
        question.item: str(question.columns[0].position)
        for question in matching.open
        if items[question.item].keep == "masked"
    }


def masker_of(names: Path) -> Masker | None:
    """By the list of participants, a name a line; None: there is none, so nobody's name could be masked."""
    if not names.is_file():
        return None
    return Masker(names.read_text(encoding="utf-8-sig").splitlines())


def masked(table: RawTable, columns: Mapping[str, str], mask: Masker, rows: Select) -> dict[str, pa.Array]:
    """Item -> the masked answers of these rows; null where nothing was written."""
    chosen = table.cells.take(pa.array(rows))
    return {
        item: pa.array([mask(text or "") or None for text in chosen[column].to_pylist()], pa.string())
        for item, column in columns.items()
    }


def told(file: str, columns: Mapping[str, str], mask: Masker | None) -> list[Finding]:
    """What became of the open answers: kept, or not kept for want of a list of names."""
    if not columns:
        return []
    code = "LCM-436" if mask else "LCM-437"
    return [finding(code, "note" if mask else "warning", Place(file), items=", ".join(columns))]
