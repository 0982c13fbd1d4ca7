"""The data behind what is shown: a table and a CSV for every drawing, and the data files as described."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from lcmonitor.approval.finished import FIGURES, Finished, Report
from lcmonitor.approval.manifest import sha256
from lcmonitor.errors import Message
from lcmonitor.reporting.dataset import DESCRIPTION, FORMATS
from lcmonitor.reporting.tidy import COLUMNS

_OUT = ("https:", "http:", "mailto:", "data:")


def without_data(finished: Finished) -> Iterator[Message]:
    """Drawings without numbers, links that lead nowhere, and data files that do not say the same."""
    for report in finished.reports:
        yield from _drawings(finished, report)
    for path, page in finished.pages.items():
        for href in dict.fromkeys(page.links):
            if not href.startswith(("#", *_OUT)) and finished.beside(path, href) not in finished.files:
                yield Message("LCM-456", path, {"lacks": href})
    yield from _described(finished)
    yield from _the_same(finished)


def _drawings(finished: Finished, report: Report) -> Iterator[Message]:
    for figure in report.page.figures:
        links = [finished.beside(report.path, href) for href in figure.links]
        if figure.drawn and not any(table.rows for table in figure.tables):
            yield Message("LCM-456", f"{report.path}#{figure.id}", {"lacks": "<table>"})
        if figure.drawn and not any(link in finished.tables for link in links):
            yield Message("LCM-456", f"{report.path}#{figure.id}", {"lacks": "CSV"})


def _described(finished: Finished) -> Iterator[Message]:
    """Every format is there, and is what its description says."""
    told = finished.json(DESCRIPTION)
    downloads = told.get("distribution", []) if isinstance(told, dict) else []
    described: dict[str, Any] = {
        str(one.get("contentUrl")): one for one in downloads if isinstance(one, dict)
    }
    for one in FORMATS:
        if one.file not in finished.files or one.file not in described:
            yield Message("LCM-456", DESCRIPTION, {"lacks": one.file})
        elif described[one.file].get("sha256") != sha256(finished.content(one.file)):
            yield Message("LCM-457", one.file, {"other": DESCRIPTION})


def _the_same(finished: Finished) -> Iterator[Message]:
    """Every row of a report's CSV is one of all figures, and Parquet holds what the CSV does."""
    whole = finished.tables.get(FIGURES)
    if whole is None:
        yield Message("LCM-456", DESCRIPTION, {"lacks": FIGURES})
        return
    known = set(finished.content(FIGURES).splitlines())
    for path in finished.tables:
        if not known.issuperset(finished.content(path).splitlines()):
            yield Message("LCM-457", path, {"other": FIGURES})
    for path in finished.of_kind(".parquet"):
        if _rows(finished.content(path)) != sorted(zip(whole["indicator"], whole["status"], strict=True)):
            yield Message("LCM-457", path, {"other": FIGURES})


def _rows(content: bytes) -> list[tuple[str, str]] | None:
    """Indicator and status of each row of a Parquet file, in order; None: it has other columns."""
    try:
        table = pq.read_table(BytesIO(content))
    except (pa.ArrowException, OSError):
        return None
    if tuple(table.column_names) != COLUMNS:
        return None
    return sorted(zip(table["indicator"].to_pylist(), table["status"].to_pylist(), strict=True))
