"""Numbers with more digits than the rules allow: in the data six, on a page two decimals."""

import re
from collections.abc import Iterator
from itertools import chain

import pandas as pd

from lcmonitor.approval.finished import Finished, Report, number
from lcmonitor.errors import Message

_WHOLE = ("n", "population")
_ROUNDED = ("estimate", "se", "low", "high", "reference", "effect", "p")
_DIGITS, _DECIMALS = 6, 2
_NUMERIC = re.compile(r"[\s\d.,%+−–()\[\]u€-]*\d[\s\d.,%+−–()\[\]u€-]*((tot|to)[\s\d.,%−-]*)?")
_LONG = {"nl": re.compile(rf"\d+,\d{{{_DECIMALS + 1},}}"), "en": re.compile(rf"\d+\.\d{{{_DECIMALS + 1},}}")}


def unrounded(finished: Finished) -> Iterator[Message]:
    """In every CSV of figures, and in every report."""
    for path, table in finished.tables.items():
        yield from _in_table(path, table)
    for report in finished.reports:
        yield from _in_report(report)


def _in_table(path: str, table: pd.DataFrame) -> Iterator[Message]:
    for name in _WHOLE:
        yield from _first(path, table[name], ~table[name].str.fullmatch(r"\d*"), name, "0")
    for name in _ROUNDED:
        yield from _first(path, table[name], _digits(table[name]) > _DIGITS, name, f"0.{'0' * (_DIGITS - 1)}")


def _digits(column: pd.Series) -> pd.Series:
    """How many count: not the sign, the mark, the power of ten, or zeros that only give the place."""
    numbers = column.where(number(column).notna(), "")
    bare = numbers.str.lower().str.partition("e")[0].str.replace(r"[^\d.]", "", regex=True)
    counted = bare.str.replace(".", "", regex=False).str.lstrip("0")
    return counted.where(bare.str.contains(".", regex=False), counted.str.rstrip("0")).str.len()


def _first(path: str, column: pd.Series, wrong: pd.Series, name: str, allowed: str) -> Iterator[Message]:
    """One message a column: of a thousand such numbers the first says all."""
    if wrong.any():
        at = int(wrong.to_numpy().argmax())
        params = {"found": f"{name} = {column.iloc[at]}", "allowed": allowed}
        yield Message("LCM-452", f"{path}, line {at + 2}", params)


def _in_report(report: Report) -> Iterator[Message]:
    page, long = report.page, _LONG.get(report.page.language, _LONG["en"])
    cells = (cell for table in page.tables for row in table.rows for cell in row)
    numbers = (text for text in chain(cells, page.labels) if _NUMERIC.fullmatch(text.strip()))
    for text in chain(numbers, page.stated):
        if found := long.search(text):
            yield Message("LCM-452", report.path, {"found": found[0], "allowed": f"0.{'0' * _DECIMALS}"})
            return
