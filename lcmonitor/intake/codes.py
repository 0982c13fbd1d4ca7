"""What the text in a cell means on an item's scale."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lcmonitor.exports.table import Column
from lcmonitor.instruments.model import CODES, Scale
from lcmonitor.intake.responses import Missing
from lcmonitor.wording import comparable

_NUMBER = re.compile(r"-?\d{1,9}(?:[.,]0+)?")
_NUMBER_FIRST = re.compile(r"\(?(-?\d{1,9})\)?\s*[-.:=]?\s*(.+)")
_NUMBER_LAST = re.compile(r"(.+?)\s*[-:=(]\s*(-?\d{1,9})\)?")
_IN_BRACKETS = re.compile(r"\((.+)\)")


@dataclass(frozen=True)
class Reading:
    """How the answers to one item in one column are read.

    Plain text -> code: ``own`` is what the mapping file says, ``labels`` what the codebook's scale says,
    ``file`` what the export itself says about its values. A number that is on no scale is kept as it is, so
    that the expectations can tell it from a text that means nothing.
    """

    labels: Mapping[str, int]
    missing: frozenset[int]
    own: Mapping[str, int] = field(default_factory=dict)
    file: Mapping[str, int] = field(default_factory=dict)
    declared_missing: frozenset[str] = frozenset()
    numbers_count: bool = True

    def code(self, text: str) -> int:
        """A code of the scale, a Missing code, or a number that the scale does not have."""
        words = _key(text)
        number = integer(words)
        if not words:
            return Missing.NOT_ANSWERED
        for meanings in (self.own, self.file, self.labels):
            if words in meanings:
                return self._answer(meanings[words])
        if words in self.declared_missing:
            return Missing.NOT_APPLICABLE if number in self.missing else Missing.NOT_ANSWERED
        if number is not None:
            return self._number(number)
        return self._answer(self._both(words))

    def _answer(self, code: int) -> int:
        return Missing.NOT_APPLICABLE if code in self.missing else code

    def _number(self, number: int) -> int:
        storable = self.numbers_count and number in CODES
        return self._answer(number) if storable else Missing.INVALID

    def _both(self, words: str) -> int:
        """``4 - eens``, ``4 (eens)``, ``eens (4)``: number and label must say the same."""
        first, last = _NUMBER_FIRST.fullmatch(words), _NUMBER_LAST.fullmatch(words)
        label, number = (first[2], first[1]) if first else (last[1], last[2]) if last else ("", "0")
        inner = _IN_BRACKETS.fullmatch(label)
        code = self.labels.get(inner[1] if inner else label)
        return code if code == int(number) else Missing.INVALID


def reading(scale: Scale, labels: Mapping[str, int], column: Column, own: Mapping[str, int]) -> Reading:
    """How ``column`` is read on a scale; ``labels`` as ``labels_of`` gives them."""
    missing = frozenset(scale.missing)
    file = {_key(value): labels.get(comparable(label)) for value, label in column.labels.items()}
    known = {value: code for value, code in file.items() if code is not None}
    return Reading(
        labels,
        missing,
        {_key(text): code for text, code in own.items()},
        known,
        frozenset(_key(value) for value in column.missing),
        numbers_count=all(integer(value) in (None, code) for value, code in known.items()),
    )


def strange_labels(column: Column, key: Reading) -> bool:
    """Whether the export names its answers with words that are not those of the scale."""
    answers = (label for value, label in column.labels.items() if _key(value) not in key.declared_missing)
    return any(comparable(label) not in key.labels for label in answers)


def _key(text: str) -> str:
    """Plain words; a number is one key however it is written."""
    words = comparable(text)
    number = integer(words)
    return words if number is None else str(number)


def integer(words: str) -> int | None:
    """``4``, ``4.0`` and ``4,0`` as 4."""
    return int(re.split("[.,]", words)[0]) if _NUMBER.fullmatch(words) else None


def labels_of(scales: Sequence[Scale]) -> dict[str, int]:
    """Every wording of every code of the first of ``scales``, to which the others lend theirs.

    Words that stand for two codes stand for none.
    """
    found: dict[str, int] = {}
    double: set[str] = set()
    for text, code in (pair for each in scales for pair in each.labels):
        words = comparable(text)
        double |= {words} if found.setdefault(words, code) != code else set()
    allowed = set(scales[0].codes) | set(scales[0].missing)
    return {words: code for words, code in found.items() if words not in double and code in allowed}
