"""What is written down for the methods page in ``reports/methods``: topics, sources, words, cases, coverage.

It is content: a methodologist writes it. Every value is a text, as it is printed, so ``4.50`` stays ``4.50``.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar

import yaml
from pydantic import TypeAdapter, model_validator

from lcmonitor import resources
from lcmonitor.instruments.model import Part, Text

FOLDER = resources.REPORTS / "methods"
Protected = Literal[
    "answers", "shares", "participation", "mix", "again", "facts", "money", "network", "together", "released"
]  # fmt: skip


class Topic(Part):
    """A statistic, or what is made of one; ``sources`` empty: an arrangement of our own."""

    protected: Protected
    sources: tuple[str, ...]


class Topics(Part):
    """What the page explains, in its order; ``certainty``: method of a figure -> what it is taken from."""

    groups: dict[str, dict[str, Topic]]
    certainty: dict[str, tuple[str, ...]]


class Cited(Part):
    """A publication, as the text names it and in full."""

    short: str
    text: str


class Reckoned(Part):
    """What a case reckons: in words, and the topic, or the way to be sure, that it is an example of."""

    topic: str
    nl: str
    en: str


class Vocabulary(Part):
    """The words of the cases -> how they are printed."""

    figures: dict[str, Reckoned]
    columns: dict[str, Text]
    given: dict[str, Text]
    terms: dict[str, Text]


class Case(Part):
    """``given``: tables and numbers by their word; ``expected``: what each figure then is, by column."""

    name: Text
    because: Text | None = None
    given: dict[str, Any]
    expected: dict[str, dict[str, str]]

    @model_validator(mode="before")
    @classmethod
    def _rest_is_given(cls, value: dict[str, Any]) -> dict[str, Any]:
        own = {key: value[key] for key in ("name", "because", "expected") if key in value}
        return own | {"given": {key: said for key, said in value.items() if key not in own}}


class Cases(Part):
    """A file of them, and how their tables are to be read."""

    about: Text
    cases: tuple[Case, ...]


class Covered(Part):
    """How often one kind of interval held the true value. ``samples`` 0: all that can be was counted."""

    kind: str
    samples: int
    cells: int
    lowest: float
    below: int
    textbook: float | None = None
    shown: float | None = None


class Coverage(Part):
    """The last full measurement."""

    measured: date
    intervals: tuple[Covered, ...]


_Read = TypeVar("_Read")


@cache
def topics() -> Topics:
    """What is explained, in the order of the page."""
    return _read(FOLDER / "topics.yml", Topics)


@cache
def sources() -> Mapping[str, Cited]:
    """By key, in the order of the authors."""
    return _read(FOLDER / "sources.yml", dict[str, Cited])


@cache
def vocabulary() -> Vocabulary:
    """The words of the cases."""
    return _read(FOLDER / "words.yml", Vocabulary)


@cache
def coverage() -> Coverage:
    """What ``make coverage`` found last."""
    return _read(FOLDER / "coverage.yml", Coverage)


@cache
def cases() -> Mapping[str, Cases]:
    """By the name of their file, in a fixed order."""
    return dict(_cases())


def _cases() -> Iterator[tuple[str, Cases]]:
    for path in sorted((FOLDER / "cases").rglob("*.yml")):
        yield path.stem, _read(path, Cases)


def _read(path: Path, model: type[_Read]) -> _Read:
    written = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506  only text
    return TypeAdapter(model).validate_python(written)
