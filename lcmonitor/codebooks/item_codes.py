"""Codes for items: those of the file, unless the store could not have them as a column."""

from collections.abc import Iterator, Sequence
from itertools import count

from lcmonitor.codebooks.described import Question
from lcmonitor.instruments.columns import RESERVED


def item_codes(questions: Sequence[Question]) -> Iterator[str]:
    """A code for each question. One more ``_`` changes nothing for an export, which is read without them."""
    taken = set(RESERVED)
    for question in questions:
        code = question.code.strip() or "item"
        code = f"{code}_" if code.lower() in RESERVED else code
        name = next(name for name in _names(code) if name.lower() not in taken)
        taken.add(name.lower())
        yield name


def _names(code: str) -> Iterator[str]:
    yield code
    yield from (f"{code}_{number}" for number in count(2))
