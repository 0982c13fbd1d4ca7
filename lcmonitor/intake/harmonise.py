"""From the texts of an export to the codes of the codebook. Pure; each distinct text is read once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from lcmonitor.exports.table import Column
from lcmonitor.instruments.model import Codebook
from lcmonitor.intake.answers import Answers, Codes, Numbers
from lcmonitor.intake.asked import Asked
from lcmonitor.intake.codes import strange_labels
from lcmonitor.intake.match import Question
from lcmonitor.intake.numbers import NOT_ASKED, decimal_comma, number
from lcmonitor.intake.responses import Missing
from lcmonitor.wording import comparable


@dataclass(frozen=True)
class Harmonised:
    """The answers to one item, a value per row, and what was noticed while reading them.

    Codes of a scale are kept even where the scale does not have them: the expectations judge them.
    """

    answers: Answers
    two_points: npt.NDArray[np.int64]  # rows in which two points of a spread-out scale were filled
    strange_labels: tuple[Column, ...] = ()  # columns whose own labels are not those of the scale


@dataclass(frozen=True)
class Partners:
    """The partner id per row, null where none was named or nobody knows the name."""

    ids: pa.Array
    strangers: npt.NDArray[np.int64]  # rows that name an organisation nobody knows


@dataclass(frozen=True)
class Distinct:
    """A column as its distinct texts and, per row, which of them it holds; -1 where it holds none."""

    texts: list[str]
    index: npt.NDArray[np.int32]

    def spread(self, values: npt.NDArray[np.generic], none: float) -> npt.NDArray[np.generic]:
        """A value per distinct text, laid out over the rows."""
        with_none = np.append(values, values.dtype.type(none))
        return with_none[self.index]  # -1 is the last: none


def distinct(cells: pa.ChunkedArray) -> Distinct:
    """Each text once."""
    encoded = cells.dictionary_encode().combine_chunks()
    index = pc.fill_null(encoded.indices, -1).to_numpy(zero_copy_only=False)
    return Distinct(encoded.dictionary.to_pylist(), index)


def harmonise(question: Question, cells: pa.Table, codebook: Codebook, asked: Asked) -> Harmonised:
    """The answers to one item of type scale, consent or number in all rows of ``cells``."""
    item = codebook.items[question.item]
    if item.type == "number":
        return Harmonised(_numbers(question, cells, asked), _no_rows())
    if len(question.columns) > 1:
        return _spread_out(question, cells, codebook, asked)
    (column,) = question.columns
    key = asked.reading(question.item, codebook, column)
    answers = read_codes(distinct(cells[str(column.position)]), key.code)
    strange = column.labels and strange_labels(column, key)
    return Harmonised(answers, _no_rows(), (column,) if strange else ())


def read_codes(column: Distinct, code: Callable[[str], int]) -> Codes:
    """Codes per row; what was not shown to the respondent was not asked."""
    values = np.fromiter((code(text) for text in column.texts), np.int8, len(column.texts))
    return column.spread(values, Missing.NOT_ASKED).astype(np.int8, copy=False)


def read_partners(cells: pa.ChunkedArray, column: Column, partners: Mapping[str, str]) -> Partners:
    """The partner that each row names. ``partners``: plain id, name or other name -> id."""
    named = distinct(cells)
    labels = {comparable(value): comparable(label) for value, label in column.labels.items()}
    known = [partners.get(labels.get(comparable(text), comparable(text))) for text in named.texts]
    stranger = np.array(
        [bool(comparable(text)) and name is None for text, name in zip(named.texts, known, strict=True)]
    )
    ids = pa.DictionaryArray.from_arrays(
        pa.array(named.index, pa.int32(), mask=named.index < 0), pa.array([*known, None], pa.string())
    )
    return Partners(ids.cast(pa.string()), np.flatnonzero(named.spread(stranger, False)))


def _numbers(question: Question, cells: pa.Table, asked: Asked) -> Numbers:
    (column,) = question.columns
    texts = distinct(cells[str(column.position)])
    own = {comparable(text): float(value) for text, value in asked.own_values(question.item).items()}
    missing = {comparable(value) for value in column.missing}
    comma = decimal_comma(texts.texts)

    def value(text: str) -> float:
        words = comparable(text)
        return np.nan if words in missing else own.get(words, number(text, comma))

    values = np.fromiter((value(text) for text in texts.texts), np.float64, len(texts.texts))
    return texts.spread(values, NOT_ASKED).astype(np.float64, copy=False)


def _spread_out(question: Question, cells: pa.Table, codebook: Codebook, asked: Asked) -> Harmonised:
    """One column per point: where it is filled, that point was chosen, and only one may be.

    A tool writes the point's label, its number or a tick. A text that names another point is invalid, unless
    all columns hold the same text: then it is the tick. Where the export says what its tick is, that counts.
    """
    columns = [distinct(cells[str(column.position)]) for column in question.columns]
    filled_texts = {comparable(text) for each in columns for text in each.texts} - {""}
    answers = np.full(cells.num_rows, Missing.NOT_ANSWERED, np.int8)
    chosen = np.zeros(cells.num_rows, np.int16)
    for column, texts in zip(question.columns, columns, strict=True):
        key = asked.reading(question.item, codebook, column)
        point = key.code(column.part)

        if column.chosen:
            codes = [point if text in column.chosen else Missing.NOT_ANSWERED for text in texts.texts]
        else:
            codes = [_of_point(text, point, key.code, only=len(filled_texts) == 1) for text in texts.texts]
        here = texts.spread(np.array(codes, np.int8), Missing.NOT_ANSWERED)
        filled = here != Missing.NOT_ANSWERED
        chosen += filled
        answers = np.where(filled, here, answers)
    not_shown = np.logical_and.reduce([texts.index < 0 for texts in columns])
    answers = np.where(not_shown, np.int8(Missing.NOT_ASKED), answers)
    two = chosen > 1
    answers[two] = Missing.INVALID
    return Harmonised(answers.astype(np.int8), np.flatnonzero(two))


def _of_point(text: str, point: int, read: Callable[[str], int], *, only: bool) -> int:
    if not comparable(text):
        return Missing.NOT_ANSWERED
    return point if only or read(text) == point else Missing.INVALID


def _no_rows() -> npt.NDArray[np.int64]:
    return np.empty(0, np.int64)
