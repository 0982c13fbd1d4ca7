"""What LimeSurvey's question types mean: which columns a question fills, and what may stand in them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from lcmonitor.codebooks.built_in import CHOSEN, built_in, points, told
from lcmonitor.codebooks.described import Answer, Described, LeftOut, Question, Reason, Words
from lcmonitor.codebooks.languages import content
from lcmonitor.exports.headings import key

Choices = Mapping[str, Words]  # code -> text, in the order of the file
Type = Mapping[str, Any]  # what words/limesurvey.yml says of a question type


@dataclass(frozen=True)
class Entry:
    """One question as it stands in the structure. Sub-questions and answers: by scale, "0" is the first."""

    code: str
    type: str  # LimeSurvey's letter
    words: Words
    section: Words
    other: bool = False
    rows: Mapping[str, Choices] = field(default_factory=dict)
    answers: Mapping[str, Choices] = field(default_factory=dict)
    attributes: Mapping[str, str] = field(default_factory=dict)


def described(title: Words, entries: Sequence[Entry]) -> Described:
    """The questionnaire of these entries, in their order."""
    questions = [question for entry in entries for question in _questions(entry)]
    left_out = [LeftOut(entry.code, reason) for entry in entries for reason in _reasons(entry)]
    return Described(title, tuple(_told_apart(questions)), tuple(left_out))


def _reasons(entry: Entry) -> Iterator[Reason]:
    kind = content("limesurvey").get(entry.type, {})
    if "left_out" in kind or not kind:
        yield kind.get("left_out", "unsupported")


def _questions(entry: Entry) -> Iterator[Question]:
    kind = content("limesurvey").get(entry.type, {})
    if "left_out" in kind or not kind:
        return
    yield from _SHAPES[kind["columns"]](entry, kind)
    if kind.get("comment"):
        yield _free(entry, f"{entry.code}_comment", told("comment", entry.words))
    if entry.other and kind["columns"] in ("one", "rows") and kind["kind"] == "choice":
        yield _free(entry, f"{entry.code}_other", told("other", entry.words))


def _one(entry: Entry, kind: Type) -> Iterator[Question]:
    yield _column(entry, entry.code, {}, kind)


def _rows(entry: Entry, kind: Type) -> Iterator[Question]:
    for code, words in entry.rows.get("0", {}).items():
        yield _column(entry, f"{entry.code}_{code}", words, kind)
        if kind.get("commented"):
            yield _free(entry, f"{entry.code}_{code}comment", words)


def _dual(entry: Entry, kind: Type) -> Iterator[Question]:
    """With LimeSurvey's brackets: a code in letters and digits alone says nothing of two scales."""
    for code, words in entry.rows.get("0", {}).items():
        for scale, number in (("0", 1), ("1", 2)):
            yield _column(entry, f"{entry.code}[{code}][{number}]", words, kind, scale)


def _cells(entry: Entry, kind: Type) -> Iterator[Question]:
    for code, words in entry.rows.get("0", {}).items():
        for column, above in entry.rows.get("1", {}).items():
            both = {language: f"{words[language]} – {above.get(language, '')}" for language in words}
            yield _column(entry, f"{entry.code}_{code}_{column}", both, kind)


def _ranks(entry: Entry, kind: Type) -> Iterator[Question]:
    """What is ranked are answers or, since version 6, sub-questions."""
    ranked = entry.answers.get("0") or entry.rows.get("0", {})
    for rank in range(1, len(ranked) + 1):
        place = replace(entry, answers={"0": ranked})
        found = _column(place, f"{entry.code}_{rank}", dict.fromkeys(entry.words, str(rank)), kind)
        yield replace(found, doubt="ranking")


_SHAPES: Mapping[str, Callable[[Entry, Type], Iterator[Question]]] = {
    "one": _one,
    "rows": _rows,
    "dual": _dual,
    "cells": _cells,
    "ranks": _ranks,
}


def _column(entry: Entry, code: str, part: Words, kind: Type, scale: str = "0") -> Question:
    words, around = (part, entry.words) if part else (entry.words, {})
    plain = Question(code, kind["kind"], words, around=around, section=entry.section)
    if entry.attributes.get("multiflexible_checkbox") == "1" and kind["kind"] == "number":
        return replace(plain, kind="choice", answers=built_in(CHOSEN), answers_name=CHOSEN)
    if "points" in kind:
        low, high = kind["points"]
        return replace(plain, answers=points(low, high), answers_name=f"points-{low}-{high}")
    if "answers" in kind:
        return replace(plain, answers=built_in(kind["answers"]), answers_name=kind["answers"])
    return replace(plain, answers=tuple(_answers(entry, scale))) if plain.kind == "choice" else plain


def _answers(entry: Entry, scale: str) -> Iterator[Answer]:
    for code, words in entry.answers.get(scale, {}).items():
        yield Answer(code, words)
    if entry.other and content("limesurvey")[entry.type]["columns"] == "one":
        yield Answer("-oth-", told("other", entry.words))


def _free(entry: Entry, code: str, part: Words) -> Question:
    return Question(code, "text", part, around=entry.words, section=entry.section)


def _told_apart(questions: Iterable[Question]) -> Iterator[Question]:
    """With LimeSurvey's brackets where a code in letters and digits alone could be two columns."""
    listed = list(questions)
    bare = [key(question.code) for question in listed]
    for question, name in zip(listed, bare, strict=True):
        head, _, row = question.code.partition("_")
        yield question if bare.count(name) == 1 or not row else replace(question, code=f"{head}[{row}]")
