"""Communities among each other, as tables: what few answers leave of a difference. By name, never by rank."""

from collections.abc import Iterator, Sequence

from lcmonitor.disclosure.context import FUNNEL, SHRUNKEN
from lcmonitor.reporting import numbers, shown, topics
from lcmonitor.reporting.figures import Figure
from lcmonitor.reporting.parts import Cell, Table
from lcmonitor.reporting.subject import Subject

_COLUMNS = ("community", "mean", "shrunken", "usual", "wide", "n")


def among(subject: Subject, communities: Sequence[Subject]) -> tuple[Table, ...]:
    """Of the first headline mean of each level, where it can be made."""
    return tuple(table for name in topics.headlines(subject) if (table := _table(subject, communities, name)))


def _table(subject: Subject, communities: Sequence[Subject], indicator: str) -> Table | None:
    words = subject.words
    made = [one for one in communities if one.about(indicator, SHRUNKEN)]
    head = tuple(words(f"among.column.{column}") for column in _COLUMNS)
    title = words.of(subject.indicators[indicator].title)
    return Table(title, head, tuple(tuple(_row(one, indicator)) for one in made)) if made else None


def _row(subject: Subject, indicator: str) -> Iterator[Cell]:
    words, mean = subject.words, subject.value(indicator)
    limits = {figure.part: figure for figure in subject.about(indicator, FUNNEL)}
    yield Cell(subject.community.name if subject.community else "")
    yield shown.estimate(mean, "mean", words, subject.span(indicator))
    yield shown.estimate(next(iter(subject.about(indicator, SHRUNKEN)), None), "mean", words)
    yield _limits(limits.get("95"), subject)
    yield _limits(limits.get("99.8"), subject)
    yield shown.count(mean)


def _limits(figure: Figure | None, subject: Subject) -> Cell:
    if figure is None or figure.low is None or figure.high is None:
        return Cell("–", "number")
    return Cell(numbers.interval(figure.low, figure.high, subject.words.language, 1), "number")
