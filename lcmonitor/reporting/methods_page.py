"""The page that explains every figure: in plain words, with its formula, its source and worked examples.

It says what is written down (``written``) and what the programme's instrument and rules are; no figure of
the edition is in it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import get_args

from lcmonitor.instruments.model import Statistic
from lcmonitor.reporting import written
from lcmonitor.reporting.dates import day
from lcmonitor.reporting.explained import Chapter, Covered, Example, Explained, MethodsPage, Reference
from lcmonitor.reporting.frame import Frame
from lcmonitor.reporting.gathered import gathered
from lcmonitor.reporting.numbers import number, percent
from lcmonitor.reporting.parts import Cell, Link, Table
from lcmonitor.reporting.subject import Subject
from lcmonitor.reporting.withheld import in_force, thresholds
from lcmonitor.reporting.words import Words
from lcmonitor.reporting.worked import Printed, printed
from lcmonitor.reporting.written import Topic

_STATISTICS = get_args(Statistic)
_OF_RELEASED = ("shrunken", "funnel")  # their formula is that of their method, as no indicator is one
_OPERATION = re.compile(r"(\S{1,7}) ([/·]) (?=\S{1,7}(?:\s|$))")
_AFTER = ("certainty", "protection", "indicators", "sources")


def methods_page(subject: Subject, frame: Frame) -> MethodsPage:
    """``subject``: over all communities."""
    words, rules = subject.words, subject.setup.programme.privacy
    examples = printed(words)
    chapters = tuple(_chapters(subject, examples))
    return MethodsPage(
        page=frame.page(
            words,
            heading=words("methods_page.title"),
            path="methods",
            contents=tuple(_contents(chapters, words)),
            data=False,
        ),
        chapters=chapters,
        certainty=tuple(_certainty(words, examples)),
        covered=_covered(words),
        protection=in_force(rules, words),
        indicators=gathered(subject),
        sources=tuple(Reference(f"source-{key}", one.text) for key, one in written.sources().items()),
    )


def _contents(chapters: Sequence[Chapter], words: Words) -> Iterator[Link]:
    yield from (Link(chapter.title, f"#{chapter.id}") for chapter in chapters)
    yield from (Link(words(f"methods_page.contents.{section}"), f"#{section}") for section in _AFTER)


def _chapters(subject: Subject, examples: Sequence[Printed]) -> Iterator[Chapter]:
    words = subject.words
    for group, topics in written.topics().groups.items():
        yield Chapter(
            id=f"group-{group}",
            title=words(f"methods_page.group.{group}.title"),
            intro=words(f"methods_page.group.{group}.intro"),
            explained=tuple(_explained(name, topic, examples, subject) for name, topic in topics.items()),
        )


def _explained(name: str, topic: Topic, examples: Sequence[Printed], subject: Subject) -> Explained:
    words, known = subject.words, thresholds(subject.setup.programme.privacy, subject.words)
    others = (each.example for each in examples if name in each.topics[1:])
    explained = Explained(
        id=f"figure-{name}",
        title=words(f"methods.called.{name}" if name in _STATISTICS else f"methods_page.called.{name}"),
        text=words(f"methods_page.plain.{name}"),
        formula=_unbroken(_formula(name, words)),
        protected=words(f"methods_page.protected.{topic.protected}", **known),
        sources=_cited(topic.sources, words),
        elsewhere=tuple(Link(one.title, f"#{one.id}") for one in others),
    )
    return _with_examples(explained, name, examples, words)


def _with_examples(explained: Explained, name: str, examples: Sequence[Printed], words: Words) -> Explained:
    own = tuple(_said_once([each.example for each in examples if each.topics[0] == name]))
    title = words.count("methods_page.examples", len(own))
    return replace(explained, examples=own, examples_title=title)


def _said_once(examples: Sequence[Example]) -> Iterator[Example]:
    """How tables are to be read is said with the first of those for which it is the same."""
    said = ""
    for one in examples:
        yield replace(one, about="") if one.about == said else one
        said = one.about


def _formula(name: str, words: Words) -> str:
    if name in _STATISTICS:
        return words(f"methods.statistic.{name}")
    return words(f"methods.method.{name}" if name in _OF_RELEASED else f"methods_page.formula.{name}")


def _unbroken(formula: str) -> str:
    """No line ends at a fraction or a product of symbols; at one of words it may."""
    return _OPERATION.sub("\\1\N{NO-BREAK SPACE}\\2\N{NO-BREAK SPACE}", formula)


def _cited(keys: Sequence[str], words: Words) -> tuple[Link, ...]:
    """Ways to the list of sources; of an arrangement of our own, to nowhere."""
    cited = (Link(written.sources()[key].short, f"#source-{key}") for key in keys)
    return tuple(cited) or (Link(words("methods_page.own"), ""),)


def _certainty(words: Words, examples: Sequence[Printed]) -> Iterator[Explained]:
    """The ways to give an interval first, then those of figures that have none."""
    for method, sources in written.topics().certainty.items():
        formula = f"methods_page.certainty.formula.{method}"
        explained = Explained(
            id=f"interval-{method}",
            title=words(f"methods_page.certainty.called.{method}"),
            text=words(f"methods.method.{method}"),
            formula=_unbroken(words(formula)) if formula in words.texts else "",
            protected="",
            sources=_cited(sources, words) if sources else (),
        )
        yield _with_examples(explained, method, examples, words)


def _covered(words: Words) -> Covered:
    found = written.coverage()
    columns = ("interval", "cells", "lowest", "below", "textbook", "shown")
    table = Table(
        words("methods_page.coverage.title"),
        tuple(words(f"methods_page.coverage.column.{column}") for column in columns),
        tuple(_of_interval(each, words) for each in found.intervals),
    )
    return Covered(words("methods_page.coverage.intro", date=day(found.measured, words)), table)


def _of_interval(one: written.Covered, words: Words) -> tuple[Cell, ...]:
    samples = words("methods_page.coverage.samples", number=_thousands(one.samples, words))
    return (
        Cell(words(f"methods_page.coverage.kind.{one.kind}")),
        Cell(samples if one.samples else words("methods_page.coverage.counted")),
        Cell(_tenths(one.lowest, words), "number"),
        Cell(_below(one, words), "number"),
        Cell("–" if one.textbook is None else _tenths(one.textbook, words), "number"),
        Cell("–" if one.shown is None else percent(one.shown, words.language), "number"),
    )


def _below(one: written.Covered, words: Words) -> str:
    return words("methods_page.coverage.below", number=one.below, of=_thousands(one.cells, words))


def _tenths(share: float, words: Words) -> str:
    return f"{number(share * 100, words.language)}%"


def _thousands(count: int, words: Words) -> str:
    mark = {"nl": ".", "en": ","}[words.language]
    return f"{count:,}".replace(",", mark)
