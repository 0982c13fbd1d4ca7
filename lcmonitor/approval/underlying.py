"""The data behind what is shown: a table and a CSV for every drawing, and the data files as described."""

from collections.abc import Iterator
from typing import Any

from lcmonitor.approval.finished import FIGURES, Finished, Report
from lcmonitor.approval.formats import saying_otherwise
from lcmonitor.approval.manifest import sha256
from lcmonitor.errors import Message
from lcmonitor.reporting.dataset import DESCRIPTION, FORMATS

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
    """Every row of a report's CSV is one of all figures, and every format holds what the CSV does."""
    whole = finished.tables.get(FIGURES)
    if whole is None:
        yield Message("LCM-456", DESCRIPTION, {"lacks": FIGURES})
        return
    known = set(finished.content(FIGURES).splitlines())
    for path in finished.tables:
        if not known.issuperset(finished.content(path).splitlines()):
            yield Message("LCM-457", path, {"other": FIGURES})
    yield from saying_otherwise(finished, whole)
