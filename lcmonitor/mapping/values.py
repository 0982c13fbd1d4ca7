"""The answers in a column that its scale does not know, as far as they may be written down."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lcmonitor.exports.table import Column, RawTable
from lcmonitor.instruments.model import Scale
from lcmonitor.intake.asked import Asked
from lcmonitor.intake.codes import Reading
from lcmonitor.intake.near import Near, nearest_answer
from lcmonitor.intake.responses import Missing
from lcmonitor.wording import comparable

_SHOWN = 65  # as for the columns
_REASONS = (Missing.NOT_APPLICABLE, Missing.NOT_ANSWERED)
_LONGEST = 60  # letters: an answer to choose from, not what somebody wrote


@dataclass(frozen=True)
class Value:
    """What a cell says. ``code`` None: a person must say; ``near``: suggested."""

    text: str
    code: int | None
    near: Near | None = None


@dataclass(frozen=True)
class Values:
    """The answers to one item that need a person; ``hidden``: how many texts are not shown, rare or long."""

    told: tuple[Value, ...] = ()
    hidden: int = 0


def values_of(item: str, columns: Sequence[Column], table: RawTable, asked: Asked, fewest: int) -> Values:
    """None where all can be read, where the item has no scale, or a column for each point of it."""
    books = [book for book in asked.codebooks if item in book.items and book.items[item].scale]
    if len(columns) > 1 or not books:
        return Values()
    (column,) = columns
    readings = [asked.reading(item, book, column) for book in books]
    scales = [book.scales[book.items[item].scale or ""] for book in books]
    counts = Counter(text for text in table.cells[str(column.position)].to_pylist() if text and text.strip())
    unread = [text for text in counts if not _is_read(text, zip(readings, scales, strict=True))]
    if not unread:
        return Values()
    shown = [text for text in unread if counts[text] >= fewest and len(text) <= _LONGEST]
    known = [Value(text, code) for text in counts if (code := _labelled(text, readings)) is not None]
    return Values((*known, *_open(shown, scales)), len(unread) - len(shown))


def _is_read(text: str, ways: Iterable[tuple[Reading, Scale]]) -> bool:
    """In any of the codebooks it is an answer, or a reason for none."""
    codes = ((key.code(text), scale) for key, scale in ways)
    return any(code in scale.codes or code in _REASONS for code, scale in codes)


def _labelled(text: str, readings: Iterable[Reading]) -> int | None:
    """The code of which it is a label; None where it is of none, or another one in another codebook."""
    codes = {key.labels.get(comparable(text)) for key in readings} - {None}
    return next(iter(codes)) if len(codes) == 1 else None


def _open(texts: Iterable[str], scales: Iterable[Scale]) -> Iterator[Value]:
    labels = {label: code for scale in scales for label, code in scale.labels}
    for text in texts:
        yield Value(text, None, nearest_answer(text, labels, _SHOWN))
