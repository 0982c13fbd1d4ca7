"""Which question a field of LimeSurvey's table of responses holds.

Survey X group X question and the code of a part (``12X3X45SQ1``); since version 7 the numbers of question and
part (``Q45_S46``), and a word for what goes with them (``Q45_S46_Ccomment``).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lcmonitor.exports.headings import words
from lcmonitor.exports.lss import Question, Questionnaire, Texts
from lcmonitor.exports.table import Column
from lcmonitor.wording import without_markup

_TOOL = "limesurvey"
_RANKING = "R"
_NUMBERED = re.compile(r"^Q(?P<qid>\d+)(?P<parts>(?:_S\d+)*)(?:_C(?P<free>[a-z]+))?(?:#(?P<scale>\d+))?$")
_OTHER = "-oth-"
_FREE = {"othercomment": "Comment", "other": "Other", "comment": "Comment", "filecount": "filecount"}


@dataclass(frozen=True)
class _Place:
    """A field: its question, the code of its part, and its scale where there are two."""

    question: Question
    part: str
    scale: int | None


def columns_of(fields: Sequence[str], asked: Questionnaire) -> Iterator[Column]:
    """Called as in an export with codes; the tool's own fields by their name."""
    lettered = {f"{asked.id}X{each.group}X{each.id}": each for each in asked.questions}
    numbered = {each.id: each for each in asked.questions}
    speech = _Speech(asked.languages)
    for position, field in enumerate(fields):
        place = _numbered(field, numbered) or _lettered(field, lettered)
        yield speech.column(position, place) if place else Column(position, field, field, "")


def _numbered(field: str, questions: Mapping[str, Question]) -> _Place | None:
    """A place in a ranking goes by the number of the part that stands in that place of the question."""
    found = _NUMBERED.match(field)
    question = questions.get(found["qid"]) if found else None
    if not found or not question:
        return None
    ids = found["parts"].split("_S")[1:]
    if question.kind == _RANKING:
        codes = [str(rank) for rank, part in enumerate(question.parts, 1) if part.id in ids]
    else:
        codes = [part.code for one in ids for part in question.parts if part.id == one]
    scale = int(found["scale"]) if found["scale"] else None
    return _Place(question, "_".join(codes) + (found["free"] or ""), scale)


def _lettered(field: str, questions: Mapping[str, Question]) -> _Place | None:
    """``12X3X45SQ1`` may be SQ1 of question 45 or 5SQ1 of question 4: the one that has such a part."""
    ends = (end for end in range(len(field), 0, -1) if field[:end] in questions)
    found = [_split(questions[field[:end]], field[end:]) for end in ends]
    return next(filter(_is_known, found), found[0] if found else None)


def _split(question: Question, rest: str) -> _Place:
    part, _, scale = rest.removeprefix("_").partition("#")
    return _Place(question, part, int(scale) if scale.isdecimal() else None)


def _is_known(place: _Place) -> bool:
    known = {part.code for part in place.question.parts}
    part = place.part.removesuffix("comment")
    made = part in ("", *_FREE) or (place.question.kind == _RANKING and part.isdecimal())
    return made or part in known or known.issuperset(part.split("_"))


@dataclass(frozen=True)
class _Speech:
    """The words of a survey in the first language that has them."""

    languages: Sequence[str]

    def column(self, position: int, place: _Place) -> Column:
        question = place.question
        text, part = self._worded(place)
        heading = question.code + "".join(f"[{index}]" for index in _indices(place))
        return Column(
            position,
            heading,
            heading,
            text,
            part,
            role="personal" if question.encrypted else "question",
            labels=self._labels(place),
        )

    def _worded(self, place: _Place) -> tuple[str, str]:
        """The question and the part of it, as an export with full text has them in one heading."""
        parts = self._parts(place)
        if place.scale is not None:
            parts.append(f"{self._made('Scale')} {place.scale + 1}")
        *around, part = parts or [""]
        return self._of(place.question.texts) + "".join(f" [{text}]" for text in around), part

    def _parts(self, place: _Place) -> list[str]:
        """The words of a part: one, or a row and a column of an array of numbers or texts."""
        rows, across = (
            {part.code: part.texts for part in place.question.parts if part.scale == scale}
            for scale in (0, 1)
        )
        row, _, column = place.part.partition("_")
        if not place.part:
            return []
        if place.part in rows:
            return [self._of(rows[place.part])]
        if row in rows and column in across:
            return [self._of(rows[row]), self._of(across[column])]
        if place.question.kind == _RANKING:
            return [f"{self._made('Rank')} {place.part}"]
        return [self._made(_FREE.get(_free(place), place.part))]

    def _labels(self, place: _Place) -> dict[str, str]:
        """What a stored answer stands for; nothing where people write."""
        question = place.question
        if _free(place):
            return {}
        if coded := words(_TOOL)["coded"].get(question.kind):
            return {code: self._made(word) for code, word in coded.items()}
        answers = question.answers or (question.parts if question.kind == _RANKING else ())
        labels = {each.code: self._of(each.texts) for each in answers if each.scale == (place.scale or 0)}
        return labels | ({_OTHER: self._made("Other")} if labels and question.other else {})

    def _of(self, texts: Texts) -> str:
        found = (texts[language] for language in (*self.languages, *texts) if texts.get(language))
        return without_markup(next(found, ""))

    def _made(self, word: str) -> str:
        """The tool's own word; ``nl-informal`` falls back to ``nl``, and everything to English."""
        own = self.languages[0] if self.languages else "en"
        built_in = words(_TOOL)["built_in"]
        found = (
            built_in[one][word] for one in (own, own.partition("-")[0], "en") if word in built_in.get(one, {})
        )
        return next(found, word)


def _free(place: _Place) -> str:
    """The kind of text that goes with an answer, such as ``other``; '' where this is an answer itself."""
    if any(part.code == place.part for part in place.question.parts):
        return ""  # "mother" is no other
    return next((kind for kind in _FREE if place.part.endswith(kind)), "")


def _indices(place: _Place) -> list[str]:
    scale = [] if place.scale is None else [str(place.scale + 1)]
    return [*([place.part] if place.part else []), *scale]
