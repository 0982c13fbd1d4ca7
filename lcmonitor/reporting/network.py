"""The network of a community's organisations in figures: whole-network measures, never one organisation."""

from collections.abc import Iterator

from lcmonitor.instruments.model import Indicator
from lcmonitor.programme.model import Wave
from lcmonitor.reporting import shown
from lcmonitor.reporting.pages import Cell, Network, Table
from lcmonitor.reporting.subject import Subject

STATISTICS = ("density", "reciprocity", "ei_index", "centralisation", "rating")


def network(subject: Subject) -> Network | None:
    """None where the wave did not ask about it, or nobody answered."""
    words = subject.words
    asked = {name: one for name, one in subject.asked().items() if one.statistic in STATISTICS}
    figures = {name: subject.value(name) for name in asked}
    answered = [name for name, figure in figures.items() if figure and figure.status != "not_answered"]
    if not answered:
        return None
    rows = tuple(tuple(_row(subject, name, asked[name])) for name in answered)
    return Network(words("network.intro"), Table(words("network.caption"), _head(subject), rows))


def _head(subject: Subject) -> tuple[str, ...]:
    words, earlier = subject.words, subject.earlier
    before = (words("network.column.before", versus=words.begin(earlier.title)),) if earlier else ()
    column = {name: words(f"network.column.{name}") for name in ("topic", "now", "n", "unit")}
    return (column["topic"], column["now"], *before, column["n"], column["unit"])


def _row(subject: Subject, name: str, indicator: Indicator) -> Iterator[Cell]:
    words, figure = subject.words, subject.value(name)
    yield Cell(words.of(indicator.title))
    yield shown.estimate(figure, indicator.statistic, words)
    if subject.earlier:
        yield _before(subject, name, indicator, subject.earlier)
    yield Cell(shown.n_of(figure, words), "number") if figure and figure.shown else shown.count(figure)
    yield Cell(subject.unit(name))


def _before(subject: Subject, name: str, indicator: Indicator, earlier: Wave) -> Cell:
    if subject.begins(name, subject.wave):
        return Cell(subject.words("absent.series_break"), "absent")
    return shown.estimate(subject.value(name, earlier), indicator.statistic, subject.words)
