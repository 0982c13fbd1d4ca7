"""Value in steps: who agrees, cycle by cycle of value creation, each beside the one before."""

from collections.abc import Sequence
from itertools import pairwise
from typing import get_args

from lcmonitor.instruments.model import Cycle
from lcmonitor.reporting import clear, rows, shown
from lcmonitor.reporting.charts import ChartRow, draw
from lcmonitor.reporting.figures import Figure
from lcmonitor.reporting.parts import Cell, Plot, Table
from lcmonitor.reporting.subject import Subject

_COLUMNS = ("agree", "interval", "n", "step")
_ROOM = 54  # pixels for the bar and the step below a label


def cascade(subject: Subject) -> Plot | None:
    """None where no share is shown: the section says what is withheld."""
    words = subject.words
    names = _cycles(subject)
    figures = [subject.value(name) for name in names]
    if not any(figure and figure.shown for figure in figures):
        return None
    steps = [_step(subject, *pair) for pair in zip([None, *figures], figures, strict=False)]
    titles = [
        words.of(subject.codebook.constructs[subject.indicators[name].of or ""].title) for name in names
    ]
    cells = tuple(_cells(subject, *one) for one in zip(titles, figures, steps, strict=True))
    bars = enumerate(zip(titles, figures, steps, strict=True))
    drawn = rows.levelled([_bar(subject, number, *one) for number, one in bars])
    return Plot(
        id="cascade",
        title=words(f"charts.cascade.{_finding(figures)}"),
        subtitle=words("charts.cascade.subtitle"),
        summary=words.sentence([f"{row[0].text} {row[1].text}" for row in cells]),
        table=Table(
            words("results.cascade.title"),
            (words("levels.column.topic"), *(words(f"results.cascade.{column}") for column in _COLUMNS)),
            cells,
        ),
        svg=draw("cascade", drawn, "cascade", y_step=rows.step(drawn, _ROOM)),
        notes=(words("charts.cascade.note"),),
    )


def _cycles(subject: Subject) -> Sequence[str]:
    """The shares of what is credited in a cycle, in the order of the cycles."""
    constructs, order = subject.codebook.constructs, get_args(Cycle)
    cycles = {
        name: constructs[indicator.of].cycle
        for name, indicator in subject.asked("share").items()
        if indicator.of in constructs
    }
    return sorted(
        (name for name, cycle in cycles.items() if cycle), key=lambda name: order.index(cycles[name])
    )


def _finding(figures: Sequence[Figure | None]) -> str:
    """How many steps are clearly smaller than the one before; if none, whether the last is than the first."""
    told = [clear.below(now, before) for before, now in pairwise(figures)]
    known = [step for step in told if step is not None]
    if not known:
        return "few"
    if any(known):
        return "all" if all(told) else "some"
    return "ends" if clear.below(figures[-1], figures[0]) else "none"


def _step(subject: Subject, before: Figure | None, now: Figure | None) -> str:
    """Which part this is of the share before it, in percents; nothing where one of them is not shown."""
    if not before or not now or not before.shown or not now.shown or not before.estimate:
        return ""
    return shown.number((now.estimate or 0) / before.estimate, "share", subject.words.language)


def _cells(subject: Subject, title: str, figure: Figure | None, step: str) -> tuple[Cell, ...]:
    words = subject.words
    return (
        Cell(title),
        shown.estimate(figure, "share", words),
        shown.interval(figure, "share", words),
        shown.count(figure),
        Cell(step or "–", "number"),
    )


def _bar(subject: Subject, number: int, title: str, figure: Figure | None, step: str) -> ChartRow:
    words, strip = subject.words, rows.strip_of(number, title, 0, 1)
    if figure is None or not figure.shown:
        return {**strip, **rows.hatched(figure, words, 0, 1)}
    return {
        **strip,
        "value": figure.estimate,
        "lower": figure.low,
        "upper": figure.high,
        "value_text": shown.number(figure.estimate or 0, "share", words.language),
        "n": f"n = {figure.n}",
        "step": words("charts.cascade.step", step=step) if step else "",
    }
