"""A finished edition, read back from its folder, beside what the store knows that may be shown of it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any

import pandas as pd

from lcmonitor.approval.manifest import files
from lcmonitor.approval.page import Page, read_page
from lcmonitor.disclosure.cells import FACTS as NOBODY_ANSWERED
from lcmonitor.disclosure.cells import PARTICIPATION
from lcmonitor.programme.load import Setup
from lcmonitor.reporting.shelf import Kept
from lcmonitor.reporting.tidy import COLUMNS

_EXPLAINED = "methods"  # the page of worked examples, which holds no figure of the edition
FIGURES = "figures.csv"
COMMUNITIES = "communities"


@dataclass(frozen=True)
class Report:
    """A page of figures. ``community``: whose they are; None: several communities' or of all together."""

    path: str
    page: Page
    community: str | None


@dataclass(frozen=True)
class Finished:
    """``released``: what was recorded of the edition when it was made, as in ReleasedTable."""

    edition: Kept
    setup: Setup
    released: pd.DataFrame

    @property
    def folder(self) -> Path:
        """Where its files lie."""
        return self.edition.folder

    @cached_property
    def files(self) -> list[str]:
        """Every file, by its path in the folder."""
        return files(self.folder)

    def of_kind(self, suffix: str) -> list[str]:
        """Those whose names end so."""
        return [path for path in self.files if path.endswith(suffix)]

    def content(self, path: str) -> bytes:
        """The bytes of a file."""
        return (self.folder / path).read_bytes()

    @cached_property
    def pages(self) -> Mapping[str, Page]:
        """Every page, also that of worked examples."""
        return {
            path: read_page(self.content(path).decode(errors="replace")) for path in self.of_kind(".html")
        }

    @cached_property
    def reports(self) -> list[Report]:
        """Every page that may hold figures of the edition."""
        return [
            Report(path, page, _community(path))
            for path, page in self.pages.items()
            if not PurePosixPath(path).name.startswith(f"{_EXPLAINED}.")
        ]

    @cached_property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """Every CSV of figures, its cells as texts."""
        found = ((path, _table(self.content(path))) for path in self.of_kind(".csv"))
        return {path: table for path, table in found if table is not None}

    @cached_property
    def facts(self) -> pd.Series:
        """Of each released figure whether it is no answer: who took part, records, files."""
        statistics = self._statistics
        exempt = [
            name for name, statistic in statistics.items() if statistic in (*PARTICIPATION, *NOBODY_ANSWERED)
        ]
        return self.released["indicator"].isin(exempt)

    @property
    def _statistics(self) -> Mapping[str, str]:
        return {name: one.statistic for name, one in self.setup.instrument.every_indicator.items()}

    def json(self, path: str) -> Any:
        """A file of facts; None where there is none that can be read."""
        try:
            return json.loads(self.content(path))
        except (OSError, ValueError):
            return None

    def beside(self, path: str, href: str) -> str:
        """Where a link of the page at ``path`` leads, as a path in the folder; "" outside it."""
        target = (self.folder / path).parent.joinpath(href.partition("#")[0]).resolve()
        root = self.folder.resolve()
        return target.relative_to(root).as_posix() if target.is_relative_to(root) else ""


def _community(path: str) -> str | None:
    place = PurePosixPath(path)
    return place.name.split(".")[0] if place.parent.name == COMMUNITIES else None


def _table(content: bytes) -> pd.DataFrame | None:
    """None: it is no table of figures."""
    try:
        table = pd.read_csv(BytesIO(content), dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (ValueError, pd.errors.ParserError):
        return None
    return table if tuple(table.columns) == COLUMNS else None


def number(column: pd.Series) -> pd.Series:
    """Texts as numbers; what is empty or none is NaN."""
    return pd.to_numeric(column.where(column != ""), errors="coerce")


def lines(where: pd.Series) -> Iterator[int]:
    """The lines of a CSV, its heading being the first, at which ``where`` holds."""
    return (int(index) + 2 for index in where.to_numpy().nonzero()[0])
