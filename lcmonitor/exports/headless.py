"""Whether the first record of a table is a respondent, because nobody exported the headings.

A date, an e-mail address or a response's id above others of its kind is no heading. Numbers and words are
weaker: they count where several columns begin with what stands below them and hardly any with anything else.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

from lcmonitor.exports.grid import Grid

Look = Literal["proof", "answer", "heading", ""]

_ENOUGH = 3  # columns that begin with an answer; fewer may be chance
_MANY = 1 / 3  # of the columns that begin with anything: of texts a few records do not show what is common
_FEW = 0.1  # as many columns as begin with an answer: the first respondent may write "n/a" above numbers
_MOMENT = re.compile(
    r"\d{4}[-/]\d{1,2}[-/]\d{1,2}(?:[T ]\d.*)?|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}(?:,? \d{1,2}:.*)?"
)
_ADDRESS = re.compile(r"[^\s@,;]+@[^\s@,;]+\.[A-Za-z]{2,}")
_IDENTIFIER = re.compile(r"(?:uuid:)?[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}|R_\w{15}")
_PROOFS = (_MOMENT, _ADDRESS, _IDENTIFIER)
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?")


def is_headless(grid: Grid) -> bool:
    """Only of a table with a second record: one alone says nothing of what it is."""
    first, *below = [[cell.strip() for cell in record] for record in grid.head]
    if sum(map(bool, first)) < 2 or not below:
        return False
    looks = [_look(cell, _column(below, position)) for position, cell in enumerate(first)]
    if "proof" in looks:
        return True
    found = [cell for cell, look in zip(first, looks, strict=True) if look == "answer"]
    return (
        len(found) >= max(_ENOUGH, _MANY * sum(map(bool, first)))
        and looks.count("heading") <= _FEW * len(found)
        and not _is_numbering([cell for cell in found if _NUMBER.fullmatch(cell)])
    )


def _column(records: Sequence[Sequence[str]], position: int) -> list[str]:
    """What stands below, in order; the first of it may be a second heading."""
    return [record[position] for record in records if position < len(record) and record[position]]


def _look(cell: str, below: Sequence[str]) -> Look:
    """What a cell of the first record is to those below it; '' where that cannot be told."""
    if not cell or not below:
        return ""
    for kind in _PROOFS:
        if all(map(kind.fullmatch, below)):
            return "proof" if kind.fullmatch(cell) else "heading"
    if all(map(_NUMBER.fullmatch, below)):
        return "answer" if _NUMBER.fullmatch(cell) else "heading"
    return "answer" if cell in below[1:] and len(set(below)) > 1 else ""


def _is_numbering(numbers: Sequence[str]) -> bool:
    """Questions, points or years that go up or down head their columns; answers and ids do not."""
    values = [float(number.replace(",", ".")) for number in numbers]
    steps = [after - before for before, after in pairwise(values)]
    return bool(steps) and (all(step > 0 for step in steps) or all(step < 0 for step in steps))
