"""The structure of a LimeSurvey questionnaire (``.lss``): its questions, their parts and their answers.

Up to version 3 texts stand beside the codes, one row for each language; later in tables of their own
(``*_l10ns``). Every text is kept in every language, the survey's own language first.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from lcmonitor.exports.xml import tree

Texts = Mapping[str, str]  # by language
Row = Mapping[str, str]


@dataclass(frozen=True)
class Answer:
    """An answer to choose; ``scale`` is 1 for the second scale of a dual-scale array."""

    code: str
    texts: Texts
    scale: int = 0


@dataclass(frozen=True)
class Part:
    """A sub-question; ``scale`` is 1 for the columns of an array of numbers or texts."""

    id: str
    code: str
    texts: Texts
    scale: int = 0


@dataclass(frozen=True)
class Question:
    """``kind`` is LimeSurvey's letter of the type, such as L for a list and F for an array."""

    id: str
    group: str
    code: str
    kind: str
    texts: Texts
    parts: tuple[Part, ...]
    answers: tuple[Answer, ...]
    other: bool
    encrypted: bool
    section: Texts = field(default_factory=dict)  # the name of its group
    attributes: Mapping[str, str] = field(default_factory=dict)  # settings that stand apart, by name


@dataclass(frozen=True)
class Questionnaire:
    """``languages``: that of the survey first."""

    id: str
    languages: tuple[str, ...]
    titles: Texts
    questions: tuple[Question, ...]


def questionnaire(name: str, data: bytes) -> Questionnaire:
    """Raises ExportError LCM-160, LCM-161: see ``xml``."""
    document = tree(name, data)
    survey = next(iter(_rows(document, "surveys")), {})
    others = (element.text or "" for element in document.iterfind("languages/language"))
    languages = tuple(filter(None, dict.fromkeys((survey.get("language", ""), *others))))
    titles = {
        row.get("surveyls_language", ""): row.get("surveyls_title", "")
        for row in _rows(document, "surveys_languagesettings")
    }
    return Questionnaire(
        survey.get("sid", ""), languages, _own_first(titles, languages), _questions(document, languages)
    )


def _rows(document: Element, table: str) -> list[Row]:
    return [{cell.tag: cell.text or "" for cell in row} for row in document.iterfind(f"{table}/rows/row")]


def _questions(document: Element, languages: Sequence[str]) -> tuple[Question, ...]:
    """As a respondent meets them: by group, then within the group."""
    groups = {row.get("gid", ""): _number(row, "group_order") for row in _rows(document, "groups")}
    rows = [*_rows(document, "questions"), *_rows(document, "subquestions")]
    rows.sort(key=lambda row: (groups.get(row.get("gid", ""), 0), _number(row, "question_order")))
    translated = _rows(document, "question_l10ns")
    questions: list[tuple[Row, Texts]] = []
    parts: dict[str, list[Part]] = defaultdict(list)
    for row, texts in _worded(rows, translated, "question", lambda row: row.get("qid", ""), languages):
        parent = row.get("parent_qid", "0")
        if parent == "0":
            questions.append((row, texts))
        else:
            parts[parent].append(
                Part(row.get("qid", ""), row.get("title", ""), texts, _number(row, "scale_id"))
            )
    beside = _Beside(
        parts, _answers(document, languages), _sections(document, languages), _attributes(document)
    )
    return tuple(_question(row, texts, beside) for row, texts in questions)


@dataclass(frozen=True)
class _Beside:
    """What stands in other tables than that of the questions."""

    parts: Mapping[str, list[Part]]
    answers: Mapping[str, list[Answer]]
    sections: Mapping[str, Texts]
    attributes: Mapping[str, Mapping[str, str]]


def _question(row: Row, texts: Texts, beside: _Beside) -> Question:
    own = row.get("qid", "")
    return Question(
        id=own,
        group=row.get("gid", ""),
        code=row.get("title", ""),
        kind=row.get("type", ""),
        texts=texts,
        parts=tuple(beside.parts.get(own, ())),
        answers=tuple(beside.answers.get(own, ())),
        other=row.get("other") == "Y",
        encrypted=row.get("encrypted") == "Y",
        section=beside.sections.get(row.get("gid", ""), {}),
        attributes=beside.attributes.get(own, {}),
    )


def _sections(document: Element, languages: Sequence[str]) -> Mapping[str, Texts]:
    """By group."""
    rows, translated = _rows(document, "groups"), _rows(document, "group_l10ns")
    worded = _worded(rows, translated, "group_name", lambda row: row.get("gid", ""), languages)
    return {row.get("gid", ""): texts for row, texts in worded}


def _attributes(document: Element) -> Mapping[str, Mapping[str, str]]:
    """By question."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for row in _rows(document, "question_attributes"):
        found[row.get("qid", "")][row.get("attribute", "")] = row.get("value", "")
    return found


def _answers(document: Element, languages: Sequence[str]) -> Mapping[str, list[Answer]]:
    """By question, in their order."""
    rows = sorted(_rows(document, "answers"), key=lambda row: _number(row, "sortorder"))
    translated = _rows(document, "answer_l10ns")
    found: dict[str, list[Answer]] = defaultdict(list)
    for row, texts in _worded(rows, translated, "answer", _answer_id, languages):
        found[row.get("qid", "")].append(Answer(row.get("code", ""), texts, _number(row, "scale_id")))
    return found


def _answer_id(row: Row) -> str:
    return row.get("aid") or " ".join(row.get(name, "") for name in ("qid", "scale_id", "code"))


def _worded(
    rows: list[Row],
    translated: list[Row],
    word: str,
    identity: Callable[[Row], str],
    languages: Sequence[str],
) -> list[tuple[Row, Texts]]:
    """Each thing once, with its words in every language, from its own rows or those of the translations."""
    texts: dict[str, dict[str, str]] = defaultdict(dict)
    for row in (*rows, *translated):
        if word in row:
            texts[identity(row)][row.get("language", "")] = row[word]
    once: dict[str, Row] = {}
    for row in rows:
        once.setdefault(identity(row), row)
    return [(row, _own_first(texts[name], languages)) for name, row in once.items()]


def _own_first(texts: Texts, languages: Sequence[str]) -> Texts:
    return {**{language: texts[language] for language in languages if language in texts}, **texts}


def _number(row: Row, name: str) -> int:
    """0 where there is none."""
    digits = row.get(name, "")
    return int(digits) if digits.isdecimal() else 0
