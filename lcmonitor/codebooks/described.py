"""What a codebook says about a questionnaire: nothing of it is translated, numbered or judged yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Words = Mapping[str, str]  # language, as the file names it ('' where it names none) -> text
Kind = Literal["choice", "number", "text", "date"]
Reason = Literal["calculated", "note", "own", "personal", "repeat", "tool", "unsupported", "unused", "upload"]
Doubt = Literal["loop", "outside", "ranking"]


@dataclass(frozen=True)
class Answer:
    """One of the answers to choose from. ``missing``: the file says that it is none."""

    code: str
    words: Words
    missing: bool = False
    also: tuple[str, ...] = ()  # what else an export may hold for it


@dataclass(frozen=True)
class Question:
    """What one column of an export holds. ``around``: the question of which this is a row or an option."""

    code: str  # as the tool names the column
    kind: Kind
    words: Words
    answers: tuple[Answer, ...] = ()
    answers_name: str = ""  # what the file, or the tool, calls these answers
    around: Words = field(default_factory=dict)
    section: Words = field(default_factory=dict)
    also: tuple[str, ...] = ()  # other names that exports have for the column
    doubt: Doubt | None = None


@dataclass(frozen=True)
class LeftOut:
    """Something in the file that is no question of ours."""

    code: str
    reason: Reason


@dataclass(frozen=True)
class Described:
    """Everything that the file says."""

    title: Words
    questions: tuple[Question, ...]
    left_out: tuple[LeftOut, ...] = ()
