"""What an export asked, and in which way its answers were written: enough to see drift, and nobody's answer.

It is kept with the delivery and compared with the export of the next wave. Of the answers it holds only which
points of a scale stood there in words and which as bare numbers, and those words are the codebook's own.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256

from pydantic import TypeAdapter

from lcmonitor.errors import LANGUAGES
from lcmonitor.exports.table import Column, RawTable
from lcmonitor.intake.asked import Asked
from lcmonitor.intake.codes import Reading, integer
from lcmonitor.intake.match import Matching, Question
from lcmonitor.intake.roster import AboutPartner
from lcmonitor.wording import comparable

_SHORT_CODE = re.compile(r"-?[a-z]{0,3}\d{1,9}")


@dataclass(frozen=True)
class Shape:
    """How one item stood in an export. ``words`` and ``numbers`` are of the points of its scale alone."""

    heading: str  # of its first column
    code: str
    text: str
    part: str  # row of a grid; '' where the columns are the points of a scale
    scale: tuple[int, ...] = ()  # the codes that it was read on
    labels: Mapping[str, str] = field(default_factory=dict)  # value in the file -> digest of its label there
    by_number: bool = False  # the file has labels that nobody knows, so the numbers were believed
    words: Mapping[int, tuple[str, ...]] = field(default_factory=dict)  # code -> words that stood for it
    numbers: tuple[int, ...] = ()  # codes that stood there as a bare number
    offered: tuple[int, ...] = ()  # codes that could be chosen, where the file tells; (): it does not


@dataclass(frozen=True)
class Structure:
    """An export as a questionnaire. ``others``: the questions that no item reads, with their parts."""

    tool: str
    variant: str
    language: str  # of headings and answers, '' where they do not tell
    items: Mapping[str, Shape]
    others: Mapping[str, tuple[str, ...]]


_JSON = TypeAdapter(Structure)


def structure_json(structure: Structure) -> str:
    """For the store."""
    return _JSON.dump_json(structure).decode()


def structure_from_json(text: str) -> Structure:
    """What ``structure_json`` wrote."""
    return _JSON.validate_json(text)


def structure_of(table: RawTable, matching: Matching, asked: Asked) -> Structure:
    """What there is to remember of an export whose columns were matched."""
    shapes = {question.item: _shape(question, table, asked) for question in matching.questions}
    language = _language(shapes, asked)
    return Structure(
        table.source.tool,
        table.source.variant,
        language,
        _of_whole_rosters(shapes, asked.about_partners),
        _others(table.columns, matching),
    )


def _of_whole_rosters(shapes: Mapping[str, Shape], about: Mapping[str, AboutPartner]) -> Mapping[str, Shape]:
    """An item that is asked of each partner is remembered once: partners come and go."""
    found: dict[str, Shape] = {}
    for code, shape in shapes.items():
        item = about[code].item if code in about else code
        found.setdefault(item, shape if item == code else replace(shape, heading=item, code=item, part=""))
    return found


def _shape(question: Question, table: RawTable, asked: Asked) -> Shape:
    first, spread = question.columns[0], len(question.columns) > 1
    plain = Shape(first.heading, first.code, first.text, "" if spread else first.part)
    book = next(book for book in reversed(asked.codebooks) if question.item in book.items)
    if book.items[question.item].scale is None:
        return plain
    scale = asked.scales(question.item, book)[0]
    readings = [(column, asked.reading(question.item, book, column)) for column in question.columns]
    on_scale = replace(plain, scale=tuple(scale.codes))
    return _spread_out(on_scale, readings) if spread else _in_cells(on_scale, *readings[0], table)


def _spread_out(shape: Shape, readings: Iterable[tuple[Column, Reading]]) -> Shape:
    """A column for each point: the headings name all that could be chosen."""
    points = [(key.code(column.part), column.part) for column, key in readings]
    return _written(shape, points, offered={code for code, _ in points})


def _in_cells(shape: Shape, column: Column, key: Reading, table: RawTable) -> Shape:
    """What the file itself says of its values, and what its cells hold of the scale."""
    texts = {text for text in table.cells[str(column.position)].unique().to_pylist() if text}
    labelled = {value: label for value, label in column.labels.items() if value not in column.missing}
    known = {value: label for value, label in labelled.items() if comparable(label) in key.labels}
    points = [(key.code(text), known.get(text, text)) for text in {*texts, *known}]
    offered = {key.code(value) for value in labelled}
    every_answer_has_a_label = {key.code(text) for text in texts}.intersection(shape.scale) <= offered
    return replace(
        _written(shape, points, offered if every_answer_has_a_label else set()),
        labels={value: _digest(label) for value, label in labelled.items() if _is_code(value)},
        by_number=any(integer(value) in shape.scale for value in labelled.keys() - known.keys()),
    )


def _written(shape: Shape, points: Iterable[tuple[int, str]], offered: set[int]) -> Shape:
    """``points``: a code and the text that stood for it, of the scale or not."""
    words: dict[int, set[str]] = defaultdict(set)
    numbers: set[int] = set()
    for code, text in points:
        plain = comparable(text)
        if code in shape.scale and integer(plain) is None:
            words[code].add(plain)
        elif code in shape.scale:
            numbers.add(code)
    return replace(
        shape,
        words={code: tuple(sorted(words[code])) for code in sorted(words)},
        numbers=tuple(sorted(numbers)),
        offered=tuple(sorted(offered.intersection(shape.scale))),
    )


def _is_code(value: str) -> bool:
    """``4`` and ``A4``; a longer text might be what somebody wrote."""
    return _SHORT_CODE.fullmatch(comparable(value)) is not None


def _digest(label: str) -> str:
    """A label that nobody knows may be anything: it can be told apart, not read."""
    return sha256(comparable(label).encode()).hexdigest()[:16]


def _language(shapes: Mapping[str, Shape], asked: Asked) -> str:
    """In which language most questions and answers are worded; those worded alike in all say nothing."""
    votes = Counter(language for item, shape in shapes.items() for language in _votes(item, shape, asked))
    (first, most), (_, next_most) = (*votes.most_common(2), *[("", 0)] * 2)[:2]
    return first if most > next_most else ""


def _votes(item: str, shape: Shape, asked: Asked) -> Iterator[str]:
    said = {comparable(text) for text in (shape.heading, shape.text, shape.part)}
    said.update(word for words in shape.words.values() for word in words)
    for book in asked.codebooks:
        if definition := book.items.get(item):
            scale = book.scales[definition.scale] if definition.scale else None
            texts = [definition.text, *((scale.codes | scale.missing).values() if scale else ())]
            yield from (lang for text in texts for lang in LANGUAGES if comparable(text[lang]) in said)


def _others(columns: Iterable[Column], matching: Matching) -> Mapping[str, tuple[str, ...]]:
    read = {column.position for question in matching.questions for column in question.columns}
    parts: dict[str, list[str]] = defaultdict(list)
    for column in columns:
        if column.role == "question" and column.position not in read:
            parts[column.text or column.heading] += [column.part] if column.part else []
    return {question: tuple(named) for question, named in parts.items()}
