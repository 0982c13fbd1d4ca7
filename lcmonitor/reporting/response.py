"""Who answered over the waves: for each form how many, of how many that could."""

from collections.abc import Iterator, Sequence

from lcmonitor.programme.model import Wave
from lcmonitor.reporting import rows, shown
from lcmonitor.reporting.charts import ChartRow, draw
from lcmonitor.reporting.figures import Figure
from lcmonitor.reporting.parts import Cell, Plot, Table
from lcmonitor.reporting.subject import Subject

_COUNTED = ("response", "coverage")
_COLUMNS = ("form", "wave", "answered", "share")
Counted = tuple[Wave, Figure]
_WIDTH = 15  # characters of a wave beside its bar


def over_time(subject: Subject) -> Plot | None:
    """A bar a wave and form, with what is not known said; None where nothing was counted yet."""
    words = subject.words
    told = {name: _waves(subject, name) for kind in _COUNTED for name in subject.asked(kind)}
    if not any(figure.shown for waves in told.values() for _, figure in waves):
        return None
    cells = tuple(_cells(subject, name, *one) for name, waves in told.items() for one in waves)
    drawn = [row for name, waves in told.items() for row in _rows(subject, name, waves)]
    placed = [{**row, "row": f"{place:03}"} for place, row in enumerate(drawn)]
    return Plot(
        id="over-time",
        title=_finding(subject, next(iter(told))),
        subtitle=words("charts.response.subtitle"),
        summary=words.sentence([" ".join(cell.text for cell in row) for row in cells]),
        table=Table(
            words("charts.response.caption"),
            tuple(words(f"charts.response.column.{column}") for column in _COLUMNS),
            cells,
        ),
        svg=draw("response", placed, "over-time"),
    )


def _waves(subject: Subject, name: str) -> list[Counted]:
    """The figure of each wave that asked."""
    found = ((wave, subject.value(name, wave)) for wave in subject.waves)
    return [(wave, figure) for wave, figure in found if figure and figure.status != "not_asked"]


def _rows(subject: Subject, name: str, waves: Sequence[Counted]) -> Iterator[ChartRow]:
    """The form, then its waves."""
    words = subject.words
    yield {"label": words.of(subject.indicators[name].title)}
    for wave, figure in waves:
        yield {"tick": rows.label(words.of(wave.title), _WIDTH).split("\n")[0], **_bar(subject, figure)}


def _bar(subject: Subject, figure: Figure) -> ChartRow:
    words, track = subject.words, {"floor": 0.0, "ceiling": 1.0}
    if figure.shown:
        share = min(figure.estimate or 0, 1)
        value = shown.number(figure.estimate or 0, "response", words.language)
        return {**track, "value": share, "value_text": value, "n": shown.n_of(figure, words)}
    if figure.n is not None:  # of how many is not known
        return {"absent": f"n = {figure.n}"}
    return {**track, **rows.hatched(figure, words, 0, 1)}


def _cells(subject: Subject, name: str, wave: Wave, figure: Figure) -> tuple[Cell, ...]:
    words = subject.words
    answered = Cell(shown.n_of(figure, words), "number") if figure.n is not None else Cell("–", "number")
    share = shown.estimate(figure, "response", words)
    return Cell(words.of(subject.indicators[name].title)), Cell(words.begin(wave.title)), answered, share


def _finding(subject: Subject, name: str) -> str:
    """Of the first form: now, and the wave before beside it. Counted, so there is nothing uncertain in it."""
    words, now, earlier = subject.words, subject.value(name), subject.earlier
    title = words.of(subject.indicators[name].title)
    before = subject.value(name, earlier) if earlier else None
    if now is None or not now.shown:
        return words("charts.response.finding_unknown", title=title)
    share = shown.number(now.estimate or 0, "response", words.language)
    if earlier is None or before is None or not before.shown:
        return words("charts.response.finding_now", title=title, share=share)
    then = shown.number(before.estimate or 0, "response", words.language)
    return words(
        "charts.response.finding", title=title, share=share, versus=words.of(earlier.title), before=then
    )
