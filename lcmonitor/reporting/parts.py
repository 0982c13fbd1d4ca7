"""What pages are made of: each part is a dataclass, ready to be read.

Words in the page's language, numbers as they are written.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from markupsafe import Markup

from lcmonitor.errors import Language


@dataclass(frozen=True)
class Brand:
    """What a programme sets of the look: its logo as a ``data:`` address, and tokens of the style sheet."""

    logo: str = ""
    light: Mapping[str, str] = field(default_factory=dict)
    dark: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Link:
    """A way to another place; ``language`` where it leads to another language."""

    text: str
    href: str
    language: str = ""
    current: bool = False


@dataclass(frozen=True)
class Fact:
    """A label and what it says."""

    label: str
    value: str


@dataclass(frozen=True)
class Cell:
    """``absent``: no number, with the symbol and the word why."""

    text: str
    kind: Literal["text", "number", "absent"] = "text"
    href: str = ""


@dataclass(frozen=True)
class Table:
    """The first cell of a row is its heading."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Key:
    """A mark of a chart and its meaning; ``mark`` is a class of the style sheet."""

    mark: str
    text: str


@dataclass(frozen=True)
class Plot:
    """A figure: its finding as title, how to read it, the drawing, the same numbers as a table."""

    id: str
    title: str
    subtitle: str
    summary: str
    table: Table
    svg: Markup | None = None
    keys: tuple[Key, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Finding:
    """One thing that stands out, and the figure it comes from."""

    kind: Literal["change", "ambition", "balance", "agreement", "level", "caution"]
    kind_word: str
    text: str
    detail: str
    href: str


@dataclass(frozen=True)
class Tile:
    """Participation of one form: ``share`` (0 to 1) draws the bar."""

    label: str
    value: str
    share: float | None
    share_text: str
    note: str


@dataclass(frozen=True)
class Mark:
    """A place on the scale in percent of its width, with the interval's ends."""

    at: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Stone:
    """A building block as the community filled it, with its ambition and the experience."""

    code: str
    title: str
    status: str
    status_word: str
    filling: str
    experience: Mark | None
    ambition: Mark | None
    ticks: tuple[float, ...]  # where the answers lie, in percent of the strip's width
    experience_text: str  # a number, or why there is none
    ambition_text: str
    word: str
    measured: bool  # a question was asked about it


@dataclass(frozen=True)
class Pillar:
    """A pillar, or the foundation, with its stones."""

    id: str
    title: str
    question: str
    stones: tuple[Stone, ...]


@dataclass(frozen=True)
class Temple:
    """The community as a temple: purpose on top, four pillars, a foundation."""

    title: str
    subtitle: str
    purpose: str
    pillars: tuple[Pillar, ...]
    foundation: Pillar
    table: Table
    statuses: tuple[Key, ...]
    keys: tuple[Key, ...]


@dataclass(frozen=True)
class Level:
    """One of the three levels of outcome. Never added to another."""

    id: str
    title: str
    question: str
    plots: tuple[Plot, ...]
    shares: Table | None
    notes: tuple[str, ...]
    evidence: tuple[Table, ...]  # what was recorded, beside what people say


@dataclass(frozen=True)
class Results:
    """What came about, who was reached, and what it took."""

    intro: str
    tables: tuple[Table, ...]


@dataclass(frozen=True)
class Network:
    """The ties between the organisations as a whole; ``table`` None: no figure may be shown."""

    intro: str
    table: Table | None


@dataclass(frozen=True)
class Changes:
    """What changed since the wave before, and the course over all waves."""

    title: str
    intro: str
    notes: tuple[str, ...]
    table: Table | None
    series: tuple[Plot, ...]


@dataclass(frozen=True)
class Answers:
    """Answer distributions, where enough people answered."""

    intro: str
    plots: tuple[Plot, ...]


@dataclass(frozen=True)
class Together:
    """What goes together on one form: the clearest combinations, all of them, and where they differ."""

    title: str
    notes: tuple[str, ...]
    clear: Table | None
    all: Table | None
    apart: Table | None


@dataclass(frozen=True)
class Withheld:
    """What is not shown, and why."""

    summary: str
    table: Table | None


@dataclass(frozen=True)
class Question:
    """A question as it was asked."""

    text: str
    note: str


@dataclass(frozen=True)
class Method:
    """How the figures of one set of answers were made."""

    id: str
    title: str
    questions: tuple[Question, ...]
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Download:
    """A file with all figures, and whom it is for."""

    text: str
    href: str
    note: str


@dataclass(frozen=True)
class EditionEntry:
    """An edition in the list of them, with a link per language."""

    title: str
    period: str
    edition: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Remark:
    """What was noticed in an export, and what to do about it."""

    severity: str
    severity_word: str
    code: str
    text: str
    rows: str


@dataclass(frozen=True)
class Term:
    """A term of the row balance; ``sign`` stands before it."""

    sign: str
    number: int
    label: str


@dataclass(frozen=True)
class Account:
    """A receipt in one language, headings and all."""

    language: Language
    verdict: str
    verdict_text: str
    next: str
    facts: tuple[Fact, ...]
    balance_title: str
    terms: tuple[Term, ...]
    aside_title: str
    aside: tuple[Remark, ...]
    remarks_title: str
    remarks: tuple[Remark, ...]
    no_remarks: str
    columns_title: str
    columns: tuple[Fact, ...]
    privacy: str


@dataclass(frozen=True)
class Quotes:
    """A question and what was answered to it in words; ``note``: why nothing is shown."""

    question: str
    answers: tuple[str, ...]
    note: str
