"""The network of a community's organisations in figures: whole-network measures, never one organisation."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from lcmonitor.instruments.model import Indicator
from lcmonitor.programme.model import Wave
from lcmonitor.reporting import shown, topics
from lcmonitor.reporting.charts import ChartRow, draw
from lcmonitor.reporting.figures import Figure
from lcmonitor.reporting.parts import Cell, Key, Network, Plot, Table
from lcmonitor.reporting.rows import Topic
from lcmonitor.reporting.subject import Subject

_OF_ONE = ("density", "reciprocity", "centralisation")  # parts of what is possible, from 0 to 1
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
        return Network(words("network.intro"), (), None)
    earlier = _earlier(subject, answered)
    rows = tuple(tuple(_row(subject, name, asked[name], earlier)) for name in answered)
    table = Table(words("network.caption"), _head(subject, earlier), rows)
    plots = (_circle(subject, figures), _parts(subject, asked, earlier))
    return Network(words("network.intro"), tuple(plot for plot in plots if plot), table)


def _circle(subject: Subject, figures: Mapping[str, Figure | None]) -> Plot | None:
    """As many dots as organisations on the list, those that answered first: who is who is nowhere.

    No tie is drawn. In a community of eight each line would name two organisations, whatever dots are called.
    """
    words = subject.words
    known = [one for one in figures.values() if one and one.shown and one.n is not None and one.population]
    if not known:
        return None
    answered, of = max((one.n or 0, one.population or 0) for one in known)
    said = words("participation.n_of", n=answered, population=of)
    marks: list[ChartRow] = [{"label": f"{said}\n{words('charts.network.answered')}"}]
    marks += [
        {"kind": "answered" if place < answered else "silent", "place": place, "of": of}
        for place in range(of)
    ]
    return Plot(
        id="network-circle",
        title=words("charts.network.circle", n=answered, of=of),
        subtitle=words("charts.network.circle_subtitle"),
        summary=words("charts.network.circle", n=answered, of=of),
        table=Table(
            words("charts.network.circle_subtitle"),
            (words("network.column.topic"), words("network.column.n")),
            ((Cell(words("charts.network.spoke")), Cell(said, "number")),),
        ),
        svg=draw("network", marks, "network-circle"),
        keys=(
            Key("dot-now", words("charts.network.spoke")),
            Key("ring-before", words("charts.network.silent")),
        ),
        notes=(words("charts.network.schematic"),),
    )


def _parts(subject: Subject, asked: Mapping[str, Indicator], earlier: Wave | None) -> Plot | None:
    """The figures that go from 0 to 1, on one axis, and the wave before where it can be compared."""
    comparable = [name for name in asked if not subject.begins(name, subject.wave)]
    told = [
        Topic(
            subject.words.of(indicator.title),
            subject.value(name),
            before=subject.value(name, earlier) if earlier and name in comparable else None,
            statistic=indicator.statistic,
        )
        for name, indicator in asked.items()
        if indicator.statistic in _OF_ONE and subject.value(name)
    ]
    if not any(one.now and one.now.shown for one in told):
        return None
    words = subject.words
    return replace(
        topics.drawn(
            subject,
            "network-parts",
            told,
            topics.Range(0, 1),
            title=_finding(subject, asked),
            subtitle=words("charts.network.subtitle"),
            caption=words("network.caption"),
        ),
        keys=(
            Key("dot-now", words("charts.network.now")),
            *((Key("ring-before", words.of(earlier.title)),) if earlier else ()),
        ),
    )


def _finding(subject: Subject, asked: Mapping[str, Indicator]) -> str:
    """How many of the possible ties are there; every organisation was asked, so this is no estimate."""
    words = subject.words
    density = next((subject.value(name) for name, it in asked.items() if it.statistic == "density"), None)
    if density is None or not density.shown:
        return words("charts.network.finding_none")
    share = shown.number(density.estimate or 0, "density", words.language)
    return words("charts.network.finding", share=share)


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
