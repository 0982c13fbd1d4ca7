"""LimeSurvey's survey structure as a table (.txt with tabs): a row a group, question, row or answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from lcmonitor.codebooks.described import Described
from lcmonitor.codebooks.file import File
from lcmonitor.codebooks.limesurvey import Entry, described

_HEADINGS = {"class", "type/scale", "name", "text", "language"}
Texts = dict[str, str]


@dataclass
class _Question:
    """A question while its rows come by, once for each language."""

    row: Mapping[str, str]
    section: Texts
    words: Texts = field(default_factory=dict)
    rows: dict[str, dict[str, Texts]] = field(default_factory=dict)
    answers: dict[str, dict[str, Texts]] = field(default_factory=dict)

    def entry(self) -> Entry:
        """As LimeSurvey's question types are read."""
        row = self.row
        return Entry(
            row["name"], row["type/scale"], self.words, self.section, row.get("other") == "Y",
            self.rows, self.answers, row,
        )  # fmt: skip


@dataclass
class _Survey:
    """Everything above the row that comes next: it belongs to the last question, that to the last group."""

    title: Texts = field(default_factory=dict)
    groups: dict[str, Texts] = field(default_factory=dict)
    questions: dict[str, _Question] = field(default_factory=dict)
    group: str = ""
    question: str = ""

    def take(self, row: Mapping[str, str]) -> None:
        """Add what a row says, in its language."""
        kind, words = row["class"], {row["language"]: row["text"]}
        if kind == "SL" and row["name"] == "surveyls_title":
            self.title |= words
        elif kind == "G":
            self.group = row["type/scale"] or row["name"]
            self.groups.setdefault(self.group, {})[row["language"]] = row["name"]
        elif kind == "Q":
            self.question = row["name"]
            made = _Question(row, self.groups.setdefault(self.group, {}))
            self.questions.setdefault(self.question, made).words |= words
        elif kind in ("SQ", "A") and self.question in self.questions:
            of = self.questions[self.question]
            scale = row["type/scale"] if row["type/scale"].isdecimal() else "0"
            choices = (of.rows if kind == "SQ" else of.answers).setdefault(scale, {})
            choices.setdefault(row["name"], {}).update(words)


def read(file: File) -> Described | None:
    """None: another table."""
    headings, *body = file.tables.get("") or ((),)
    if not set(headings) >= _HEADINGS:
        return None
    survey = _Survey()
    for cells in body:
        survey.take(dict(zip(headings, cells, strict=True)))
    return described(survey.title, [question.entry() for question in survey.questions.values()])
