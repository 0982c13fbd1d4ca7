"""What the template of the methods page may name, as ``pages`` has it for the reports."""

from dataclasses import dataclass

from lcmonitor.reporting.pages import Page
from lcmonitor.reporting.parts import Fact, Link, Question, Table


@dataclass(frozen=True)
class Example:
    """A worked example; ``about``: how its tables are to be read."""

    id: str
    title: str
    about: str
    facts: tuple[Fact, ...]
    given: tuple[Table, ...]
    expected: Table
    because: str


@dataclass(frozen=True)
class Explained:
    """A statistic, or a way to say how sure a figure is; ``elsewhere``: examples that stand with another."""

    id: str
    title: str
    text: str
    formula: str
    protected: str
    sources: tuple[Link, ...]
    examples: tuple[Example, ...] = ()
    examples_title: str = ""
    elsewhere: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Chapter:
    """Statistics that belong together."""

    id: str
    title: str
    intro: str
    explained: tuple[Explained, ...]


@dataclass(frozen=True)
class Asked:
    """What is asked about one subject, and the figures that are made of it."""

    title: str
    note: str
    questions: tuple[Question, ...]
    reading: str  # where there is no question
    figures: tuple[Link, ...]


@dataclass(frozen=True)
class Gathered:
    """The indicators of a level or a pillar."""

    title: str
    asked: tuple[Asked, ...]


@dataclass(frozen=True)
class Covered:
    """How often intervals hold the true value, as it was measured."""

    intro: str
    table: Table


@dataclass(frozen=True)
class Reference:
    """A publication in the list of sources."""

    id: str
    text: str


@dataclass(frozen=True)
class MethodsPage:
    """methods.<language>.html: how every figure of the edition was made."""

    page: Page
    chapters: tuple[Chapter, ...]
    certainty: tuple[Explained, ...]
    covered: Covered
    protection: tuple[str, ...]
    indicators: tuple[Gathered, ...]
    sources: tuple[Reference, ...]
