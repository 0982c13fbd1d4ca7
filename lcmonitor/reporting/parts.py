"""What pages are made of: each part is a dataclass, ready to be read.

Words in the page's language, numbers as they are written.
"""

from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from lcmonitor.errors import Language


@dataclass(frozen=True)
class Link:
    """A way to another place; ``language`` where it leads to another language."""

    text: str
    href: str
    language: str = ""
    current: bool = False


@dataclass(frozen=True)
class Status:
    """What an edition is: a draft, or approved and by whom."""

    approved: bool
    title: str
    text: str


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
    shade: str = ""  # of a heat table: the name of its colour in the style sheet


MANY = 30  # communities: of more nobody reads strip after strip, which take two screens


@dataclass(frozen=True)
class Table:
    """The first cell of a row is its heading."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def many(self) -> bool:
        """Whether it is longer than a page should be interrupted for."""
        return len(self.rows) > MANY


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
class Said:
    """What the community itself says of a figure; ``title``: which, where it does not stand beside it."""

    title: str
    language: Language
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Heat:
    """A table with coloured cells, a figure by itself. ``table`` None: there are no two groups to compare."""

    id: str
    title: str
    subtitle: str
    table: Table | None
    keys: tuple[Key, ...]
    notes: tuple[str, ...]


FindingKind = Literal["change", "ambition", "balance", "agreement", "level", "caution"]


@dataclass(frozen=True)
class Finding:
    """One thing that stands out, and the figure it comes from; ``figure``: the id of an indicator."""

    kind: FindingKind
    kind_word: str
    text: str
    detail: str
    href: str
    figure: str = ""
    said: Said | None = None


@dataclass(frozen=True)
class OwnWords:
    """What a community says beside its findings; ``note``: who wrote it, or ``invitation``: how to."""

    note: str
    invitation: str
    general: Said | None
    beside: tuple[tuple[str, Said], ...]  # the section where the figure stands, and what is said of it

    def at(self, section: str) -> tuple[Said, ...]:
        """What belongs in one section of the page."""
        return tuple(said for place, said in self.beside if place == section)


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
    count: Cell  # of how many
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
    proof: tuple[Plot, ...]  # what was recorded, beside what people say: by how strong it is
    evidence: tuple[Table, ...]


@dataclass(frozen=True)
class Results:
    """What came about, who was reached, and what it took."""

    intro: str
    cascade: Plot | None
    tables: tuple[Table, ...]


@dataclass(frozen=True)
class Network:
    """The ties between the organisations as a whole; ``table`` None: no figure may be shown."""

    intro: str
    plots: tuple[Plot, ...]
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
class Missions:
    """Who works on which mission, and what they recorded; ``note``: of whom it is not known."""

    tables: tuple[Table, ...]
    note: str


@dataclass(frozen=True)
class Goals:
    """The programme's own goals: where each stands beside a straight line to it, and its course."""

    table: Table
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
class Outcomes:
    """What was answered and how it became figures, for a page that shows all of it or nothing."""

    levels: tuple[Level, ...]
    results: Results
    changes: Changes
    answers: Answers
    methods: tuple[Method, ...]


@dataclass(frozen=True)
class Download:
    """A file with all figures, and whom it is for."""

    text: str
    href: str
    note: str


@dataclass(frozen=True)
class EditionEntry:
    """An edition in the list of them, with a link per language. ``status``: approved when, or replaced."""

    title: str
    period: str
    edition: str
    status: str
    links: tuple[Link, ...]


@dataclass(frozen=True)
class ChangedEntry:
    """A change of an edition: its class in a word, whose figures, how much, and each reason with its day."""

    kind: str
    whose: str
    size: str
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Changed:
    """What an edition changes beside the one before."""

    title: str
    intro: str
    entries: tuple[ChangedEntry, ...]


@dataclass(frozen=True)
class Noted:
    """A report in a mail: its name, maybe where it is, and of each finding its sentence and its numbers."""

    report: Link
    findings: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Quotes:
    """A question and what was answered to it in words; ``note``: why nothing is shown."""

    question: str
    answers: tuple[str, ...]
    note: str
