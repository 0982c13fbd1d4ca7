"""The evidence that stands beside what people say of a level: how strong it is."""

from collections.abc import Iterator

from lcmonitor.instruments.model import Indicator, Level, Scale
from lcmonitor.reporting import rows
from lcmonitor.reporting.charts import ChartRow, draw
from lcmonitor.reporting.figures import Figure
from lcmonitor.reporting.parts import Plot, Table
from lcmonitor.reporting.results import EVER, counts, is_shown, ratio_head, ratio_row
from lcmonitor.reporting.subject import Subject

_ROOM = 24  # pixels for the bar below a label


def proof(subject: Subject, level: Level) -> Iterator[Plot]:
    """What was recorded so far by the answers to an item, in their order; a figure an item."""
    for name, indicator in subject.asked("records").items():
        scale = subject.scale(name)
        if indicator.level == level and scale and is_shown(subject, name):
            yield _plot(subject, name, indicator, scale)


def evidence(subject: Subject, level: Level) -> Iterator[Table]:
    """The shares among what was recorded."""
    names = [name for name, it in subject.asked("record_share").items() if it.level == level]
    cells = tuple(ratio_row(subject, name) for name in names if is_shown(subject, name))
    if cells:
        yield Table(subject.words("results.confirmed"), ratio_head(subject), cells)


def _plot(subject: Subject, name: str, indicator: Indicator, scale: Scale) -> Plot:
    """An answer that nobody gave keeps its place, with nothing in its bar."""
    words, table = subject.words, counts(subject, name, indicator, every=True)
    found = {code: subject.value(name, part=f"{EVER}:{code}") for code in sorted(scale.codes)}
    high = max((figure.estimate or 0 for figure in found.values() if figure), default=0) or 1
    drawn = rows.levelled(
        [
            _bar(subject, number, words.of(scale.codes[code]), figure, high)
            for number, (code, figure) in enumerate(found.items())
        ]
    )
    return Plot(
        id=name,
        title=_finding(subject, name, scale),
        subtitle=words("charts.evidence.subtitle", title=words.of(indicator.title)),
        summary=words.sentence([f"{row[0].text} {row[-1].text}" for row in table.rows]),
        table=table,
        svg=draw("bars", drawn, name, y_step=rows.step(drawn, _ROOM), high=high),
        notes=tuple(_number(subject, name)),
    )


def _bar(subject: Subject, number: int, text: str, figure: Figure | None, high: float) -> ChartRow:
    strip = rows.strip_of(number, text, 0, high)
    if figure is None or not figure.shown:
        return {**strip, **rows.hatched(figure, subject.words, 0, high)}
    return {**strip, "value": figure.estimate, "value_text": f"{figure.estimate or 0:.0f}"}


def _number(subject: Subject, name: str) -> Iterator[str]:
    whole = subject.value(name, part=EVER)
    if whole and whole.shown:
        yield subject.words("charts.evidence.n", n=round(whole.estimate or 0))


def _finding(subject: Subject, name: str, scale: Scale) -> str:
    """How many there are, and how many of them reach the answer from which they count as confirmed."""
    words, whole = subject.words, subject.value(name, part=EVER)
    reached = [code for code in scale.codes if scale.agrees_from is not None and code >= scale.agrees_from]
    strong = [subject.value(name, part=f"{EVER}:{code}") for code in reached]
    if whole is None or not whole.shown:
        return words("charts.evidence.finding_unknown")
    count = round(whole.estimate or 0)
    if not strong or not all(figure and figure.shown for figure in strong):
        return words.count("charts.evidence.finding", count)
    confirmed = sum(round(figure.estimate or 0) for figure in strong if figure)
    return words.count("charts.evidence.finding_confirmed", count, confirmed=confirmed)
