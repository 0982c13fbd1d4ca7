"""The network of a community's organisations in figures: whole-network measures, never one organisation."""

from collections.abc import Iterator, Sequence

from lcmonitor.instruments.model import Indicator
from lcmonitor.programme.model import Wave
from lcmonitor.reporting import shown
from lcmonitor.reporting.parts import Cell, Network, Table
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
    if not any(figure and figure.shown for figure in figures.values()):
        return Network(words("network.intro"), None)
    earlier = _earlier(subject, answered)
    rows = tuple(tuple(_row(subject, name, asked[name], earlier)) for name in answered)
    return Network(words("network.intro"), Table(words("network.caption"), _head(subject, earlier), rows))


def _earlier(subject: Subject, names: Sequence[str]) -> Wave | None:
    """The last wave before this one with such figures: it need not be asked in every wave."""
    before = [wave for wave in subject.waves if wave.opens < subject.wave.opens]
    seen = [wave for wave in before if any((f := subject.value(n, wave)) and f.shown for n in names)]
    return seen[-1] if seen else None


def _head(subject: Subject, earlier: Wave | None) -> tuple[str, ...]:
    words = subject.words
    before = (words("network.column.before", versus=words.begin(earlier.title)),) if earlier else ()
    column = {name: words(f"network.column.{name}") for name in ("topic", "now", "n", "unit")}
    return (column["topic"], column["now"], *before, column["n"], column["unit"])


def _row(subject: Subject, name: str, indicator: Indicator, earlier: Wave | None) -> Iterator[Cell]:
    words, figure = subject.words, subject.value(name)
    yield Cell(words.of(indicator.title))
    yield shown.estimate(figure, indicator.statistic, words)
    if earlier:
        broken = subject.begins(name, subject.wave)
        before = shown.estimate(subject.value(name, earlier), indicator.statistic, words)
        yield Cell(words("absent.series_break"), "absent") if broken else before
    yield Cell(shown.n_of(figure, words), "number") if figure and figure.shown else shown.count(figure)
    yield Cell(subject.unit(name))
