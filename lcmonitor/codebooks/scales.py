"""Answers as scales of ours: whole numbers of one byte, the same answers in the same order only once."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lcmonitor.codebooks.described import Answer, Question
from lcmonitor.codebooks.languages import Tongue
from lcmonitor.instruments.model import CODES
from lcmonitor.wording import comparable

_NUMBER = re.compile(r"[-+]?\d{1,9}(?:\.0+)?")
_NOT_IN_A_NAME = re.compile(r"[^a-z0-9]+")
_HEAD = re.compile(r"[_\[/#]")
_LONGEST = 40


@dataclass(frozen=True)
class Point:
    """A code of a scale and the answer that it stands for."""

    code: int
    answer: Answer


@dataclass(frozen=True)
class Points:
    """The points of a scale in their order. ``renumbered``: the file's own codes could not all be kept."""

    all: tuple[Point, ...]
    renumbered: bool = False

    @property
    def answers(self) -> list[Point]:
        """Those that count as an answer."""
        return [point for point in self.all if not point.answer.missing]

    @property
    def between(self) -> list[int]:
        """Codes between the ends of a scale of which only the ends have a name."""
        codes = sorted(point.code for point in self.answers)
        ends_only = len(codes) == 2 and 2 < codes[1] - codes[0] <= 10
        return list(range(codes[0] + 1, codes[1])) if ends_only else []


def numbered(answers: Sequence[Answer]) -> Points | None:
    """A code for each answer: its own where that is a small whole number; None: there are too many."""
    own = [_number(answer.code) for answer in answers]
    kept = {number for number in own if number is not None and own.count(number) == 1}
    free = _free(kept, missing=False), _free(kept, missing=True)
    found = []
    for answer, number in zip(answers, own, strict=True):
        code = number if number in kept else next(free[answer.missing], None)
        if code is None:
            return None
        found.append(Point(code, answer))
    return Points(tuple(found), len(kept) < len(answers))


def _number(code: str) -> int | None:
    number = int(float(code)) if _NUMBER.fullmatch(code) else None
    return number if number in CODES else None


def _free(taken: set[int], missing: bool) -> Iterator[int]:
    """Codes that nothing has: for answers upwards from those that are kept, for the others downwards."""
    codes = range(-1, CODES.start - 1, -1) if missing else range(max({0, *taken}) + 1, CODES.stop)
    return (code for code in codes if code not in taken)


def alike(answers: Sequence[Answer]) -> object:
    """Equal for lists with the same answers in the same order."""
    return tuple(
        (
            answer.code,
            answer.missing,
            answer.also,
            *sorted((tag, comparable(text)) for tag, text in answer.words.items()),
        )
        for answer in answers
    )


def shared(questions: Sequence[Question]) -> list[list[int]]:
    """The places of the questions with the same answers together, in the order of the file."""
    found: dict[object, list[int]] = {}
    for place, question in enumerate(questions):
        if question.kind == "choice":
            likeness = alike(question.answers) or ("named", question.answers_name or question.code)
            found.setdefault(likeness, []).append(place)
    return list(found.values())


def name_of(asked: Sequence[Question], tongue: Tongue, taken: Iterable[str]) -> str:
    """What to call a scale: as the file calls it, after its one question or grid, or by its ends."""
    first = asked[0]
    heads = {_HEAD.split(question.code)[0] for question in asked}
    ends = [answer for answer in first.answers if not answer.missing]
    if first.answers_name:
        name = first.answers_name
    elif len(asked) == 1:
        name = first.code
    elif len(heads) == 1 or len(ends) < 2:
        name = min(heads)
    else:
        name = " to ".join(_label(end, tongue) for end in (ends[0], ends[-1]))
    return _unused(plain_name(name), set(taken))


def plain_name(text: str) -> str:
    """A name in small letters, digits and hyphens."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    plain = _NOT_IN_A_NAME.sub("-", letters.casefold()).strip("-")
    return (
        plain if len(plain) <= _LONGEST else plain[:_LONGEST].rpartition("-")[0] or plain[:_LONGEST]
    ) or "survey"


def _label(answer: Answer, tongue: Tongue) -> str:
    texts = tongue.text(answer.words)
    return texts.get("en") or texts.get("nl") or answer.code


def _unused(name: str, taken: set[str]) -> str:
    numbers = (f"{name}-{number}" for number in range(2, len(taken) + 3))
    return next(each for each in (name, *numbers) if each not in taken)
