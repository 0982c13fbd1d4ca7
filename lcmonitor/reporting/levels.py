"""Outcomes on the three levels, each on its own: they are never added up."""

from collections.abc import Sequence
from typing import get_args

from lcmonitor.instruments.model import Level as LevelName
from lcmonitor.reporting import shown, topics
from lcmonitor.reporting.evidence import evidence, proof
from lcmonitor.reporting.parts import Cell, Level, Plot, Table
from lcmonitor.reporting.subject import Subject


def levels(subject: Subject) -> tuple[Level, ...]:
    """One a level of the model, also where nothing can be shown."""
    return tuple(_level(subject, name) for name in get_args(LevelName))


def _level(subject: Subject, name: LevelName) -> Level:
    words = subject.words
    means = [key for key, it in subject.asked("mean").items() if it.level == name]
    recorded = tuple(proof(subject, name))
    return Level(
        id=name,
        title=words(f"levels.{name}"),
        question=words(f"levels.question.{name}"),
        plots=_plots(subject, name, means),
        shares=_shares(subject, name),
        notes=(words("levels.perceived" if recorded else "levels.perceived_only"),)
        if name == "society" and means
        else (),
        proof=recorded,
        evidence=tuple(evidence(subject, name)),
    )


def _plots(subject: Subject, name: LevelName, means: Sequence[str]) -> tuple[Plot, ...]:
    caption = subject.words(f"levels.{name}")
    return tuple(
        topics.plot(subject, f"level-{name}-{number}", caption, together, ends)
        for number, (ends, together) in enumerate(topics.by_range(subject, means).items(), 1)
    )


def _shares(subject: Subject, name: LevelName) -> Table | None:
    """Who agrees, where a share was released; None where none was."""
    words = subject.words
    pairs = [(it, subject.value(key)) for key, it in subject.asked("share").items() if it.level == name]
    rows = tuple(
        (
            Cell(words.of(indicator.title)),
            shown.estimate(figure, "share", words),
            shown.interval(figure, "share", words),
            shown.count(figure),
        )
        for indicator, figure in pairs
        if figure and figure.shown
    )
    head = tuple(words(f"levels.column.{column}") for column in ("topic", "agree", "interval", "n"))
    return Table(words("levels.shares"), head, rows) if rows else None
