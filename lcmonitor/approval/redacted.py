"""Counts of few people, and numbers that were never released."""

import re
from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from lcmonitor.approval.finished import FIGURES, Finished, Report, number
from lcmonitor.disclosure.cells import ALONE, SHARES
from lcmonitor.disclosure.released import COLUMNS
from lcmonitor.errors import Message
from lcmonitor.indicators.table import KEY
from lcmonitor.programme.privacy import Privacy

_NUMBERS = ("n", "population", "estimate", "se", "low", "high", "reference", "effect", "p")
_N = re.compile(r"\bn = (\d+)")
_SIX_DIGITS = 5.1e-6  # what rounding to them may move a number


def unredacted(finished: Finished) -> Iterator[Message]:
    """In the data by row, against the thresholds and against what was released; on the pages by count."""
    for path, table in finished.tables.items():
        yield from _few(path, table, finished)
        yield from _unreleased(path, table, finished.released)
    if FIGURES in finished.tables and len(finished.tables[FIGURES]) != len(finished.released):
        counts = f"{len(finished.tables[FIGURES])} ≠ {len(finished.released)}"
        yield Message("LCM-455", FIGURES, {"found": counts})
    known = _small(finished)
    for report in finished.reports:
        yield from _few_in(report, known, finished.setup.programme.privacy)


def _few(path: str, table: pd.DataFrame, finished: Finished) -> Iterator[Message]:
    rules = finished.setup.programme.privacy
    exempt = table["indicator"].isin(finished.released.loc[finished.facts, "indicator"])
    least = np.where(table["community"] == "", rules.across_respondents, rules.respondents)
    of_shares = table["statistic"].isin((*SHARES, *ALONE))
    least = np.where(of_shares, np.maximum(least, rules.shares), least)
    few = (table["status"] == "released") & ~exempt & (number(table["n"]) < least)
    if few.any():
        at = int(few.to_numpy().argmax())
        yield _message(f"{path}, line {at + 2}", table["n"].iloc[at], int(least[at]))


def _unreleased(path: str, table: pd.DataFrame, released: pd.DataFrame) -> Iterator[Message]:
    """Rows that were not recorded so, to the six digits that are written."""
    now = table[[*KEY, "status", *_NUMBERS]].assign(line=np.arange(len(table)) + 2)
    both = now.merge(released[COLUMNS].astype(dict.fromkeys(KEY, str)), "left", KEY, suffixes=("", "_then"))
    wrong = both["status"] != both["status_then"]
    for name in _NUMBERS:
        found, then = number(both[name]), both[f"{name}_then"].astype(np.float64)
        same = np.isclose(found, then, rtol=_SIX_DIGITS, atol=0, equal_nan=True)
        wrong |= ~same | (found.isna() & (both[name] != ""))
    if wrong.any():
        first = both[wrong].iloc[0]
        named = [str(first[name]) for name in ("community", "wave", "indicator", "measure")]
        params = {"found": "/".join(filter(None, named))}
        yield Message("LCM-455", f"{path}, line {first['line']}", params)


def _small(finished: Finished) -> Mapping[str, frozenset[int]]:
    """By community the counts that may be small, as nobody answered them or as they say who took part."""
    rows = finished.released[finished.facts & finished.released["n"].notna()]
    return {str(name): frozenset(found["n"].astype(int)) for name, found in rows.groupby("community")}


def _few_in(report: Report, known: Mapping[str, frozenset[int]], rules: Privacy) -> Iterator[Message]:
    every = frozenset().union(*known.values())
    allowed = every if report.community is None else known.get(report.community, frozenset())
    for count in _counts(report):
        if count < rules.respondents and count not in allowed:
            yield _message(report.path, str(count), rules.respondents)
            return


def _counts(report: Report) -> Iterator[int]:
    """Every number of respondents on a page: in a column n, or as ``n = 12``."""
    for table in report.page.tables:
        if "n" in table.head:
            place = table.head.index("n")
            cells = (row[place] for row in table.rows if len(row) > place)
            yield from (int(cell) for cell in cells if cell.isdecimal())
    yield from (int(count) for count in _N.findall(report.page.text))


def _message(place: str, found: str, least: int) -> Message:
    return Message("LCM-454", place, {"found": found, "allowed": least})
