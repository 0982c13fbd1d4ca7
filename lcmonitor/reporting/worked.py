"""Worked examples: the cases of ``reports/methods/cases``, printed as a reader works them out.

What is given of a case is printed by its form and not by its name, so that a new kind of case needs words
only: a number is a fact; lines with a heading are a table; so are names with values.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from lcmonitor.reporting.explained import Example
from lcmonitor.reporting.parts import Cell, Fact, Table
from lcmonitor.reporting.words import Words, capital
from lcmonitor.reporting.written import Case, cases, vocabulary

_DECIMAL = re.compile(r"(?<![\d-])(-?\d+)\.(\d+)(?![\d-])")
_IN_WORDS = ("word", "made by", "because")  # columns of what is expected
_NUMBER = re.compile(r"[-−]?\d+([.,]\d+)?")


@dataclass(frozen=True)
class Printed:
    """An example, and the topics (or ways to be sure) that it is of; it stands with the first."""

    example: Example
    topics: tuple[str, ...]


def printed(words: Words) -> list[Printed]:
    """All cases in a fixed order."""
    return [
        Printed(_example(f"{name}-{number}", case, file.about[words.language], words), _topics(case))
        for name, file in cases().items()
        for number, case in enumerate(file.cases, 1)
    ]


def _topics(case: Case) -> tuple[str, ...]:
    return tuple(dict.fromkeys(vocabulary().figures[name].topic for name in case.expected))


def _example(name: str, case: Case, about: str, words: Words) -> Example:
    facts, tables = _given(case.given, words)
    return Example(
        id=f"example-{name}",
        title=words.of(case.name),
        about=about,
        facts=tuple(facts),
        given=tuple(tables),
        expected=_expected(case, words),
        because=words.of(case.because) if case.because else "",
    )


def _given(given: Mapping[str, Any], words: Words) -> tuple[list[Fact], list[Table]]:
    """Single values, and tables."""
    facts: list[Fact] = []
    tables: list[Table] = []
    for name, said in given.items():
        called = words.of(vocabulary().given[name])
        if isinstance(said, str) and "\n" not in said:
            facts.append(Fact(called, term(said, words)))
        else:
            tables += _tables(called, said, words)
    return facts, tables


def _tables(called: str, said: Any, words: Words) -> Iterator[Table]:
    if isinstance(said, str):
        yield _drawn(called, said, words)
    elif isinstance(said, list):
        yield _records(called, {str(number): each for number, each in enumerate(said, 1)}, words)
    elif all(isinstance(each, Mapping) for each in said.values()):
        yield _records(called, said, words)
    elif all("\n" in each for each in said.values()):
        for name, drawn in said.items():
            yield _drawn(f"{called}, {term(name, words)}", drawn, words)
    else:
        rows = tuple((_cell(name, words), _cell(value, words)) for name, value in said.items())
        yield Table(called, (), rows)


def _drawn(called: str, drawn: str, words: Words) -> Table:
    """Lines with blanks between the columns; the first one is the heading."""
    head, *lines = (line.split() for line in drawn.strip().splitlines())
    rows = tuple(tuple(_cell(text, words) for text in line) for line in lines)
    return Table(called, tuple(term(name, words) for name in head), rows)


def _records(called: str, said: Mapping[str, Mapping[str, str]], words: Words) -> Table:
    """Names with values by heading; not every one has all of them."""
    head = tuple(dict.fromkeys(name for each in said.values() for name in each))
    rows = tuple(
        (_cell(name, words), *(_cell(each.get(column, "-"), words) for column in head))
        for name, each in said.items()
    )
    return Table(called, ("", *(term(name, words) for name in head)), rows)


def _expected(case: Case, words: Words) -> Table:
    told = [name for name in vocabulary().columns if any(name in each for each in case.expected.values())]
    rows = tuple(
        (
            Cell(capital(getattr(vocabulary().figures[name], words.language))),
            *(Cell(term(each.get(column, "-"), words), _kind(column)) for column in told),
        )
        for name, each in case.expected.items()
    )
    head = (words("methods_page.figure"), *(words.of(vocabulary().columns[name]) for name in told))
    return Table(words("methods_page.result"), head, rows)


def _kind(column: str) -> Literal["text", "number"]:
    return "text" if column in _IN_WORDS else "number"


def _cell(text: str, words: Words) -> Cell:
    said = term(text, words)
    return Cell(said, "number" if _NUMBER.fullmatch(said) or said == "–" else "text")


def term(text: str, words: Words) -> str:
    """A word of the vocabulary in the page's language; a number as it is written there; else as it stands."""
    known = vocabulary().terms.get(text)
    if known:
        return words.of(known)
    if words.language == "nl":
        text = _DECIMAL.sub(r"\1,\2", text)
    return text.replace("-", "−", 1) if _NUMBER.fullmatch(text) else text
