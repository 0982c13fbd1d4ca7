"""A topic over all waves: drawn as far back as its series goes, with the waves before it in the table."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from lcmonitor.instruments.model import Indicator, Scale
from lcmonitor.programme.model import Wave
from lcmonitor.reporting import rows, shown, topics
from lcmonitor.reporting.charts import ChartRow, draw_alike
from lcmonitor.reporting.figures import Figure
from lcmonitor.reporting.parts import Cell, Key, Plot, Table
from lcmonitor.reporting.subject import Subject

_NARROW = 10  # characters under a dot
_CROWDED = 5  # waves that have room for their words beside each other
_BETWEEN = 0.14  # of the scale: closer together two names beside their lines could not be read
_COLUMNS = ("wave", "mean", "interval", "n", "scale")


@dataclass(frozen=True)
class Step:
    """A wave of a course, its figure and its scale; ``begins``: it cannot be compared with those before."""

    wave: Wave
    figure: Figure | None
    scale: Scale | None
    begins: bool

    @property
    def shown(self) -> bool:
        """Whether there is a number to show."""
        return self.figure is not None and self.figure.shown

    @property
    def span(self) -> float:
        """From the lowest to the highest answer."""
        return self.scale.high - self.scale.low if self.scale else math.inf


def courses(subject: Subject) -> tuple[Plot, ...]:
    """A small figure for each headline topic followed over time, where two waves or more are shown."""
    followed = [name for name, it in subject.asked("mean").items() if it.headline and it.kind == "state"]
    steps = {name: _steps(subject, name) for name in followed}
    told = {name: those for name, those in steps.items() if sum(one.shown for one in those) > 1}
    drawn = _all_drawn(subject, told)
    return tuple(_plot(subject, name, those, drawn[name]) for name, those in told.items())


def _all_drawn(subject: Subject, told: Mapping[str, Sequence[Step]]) -> Mapping[str, Markup]:
    """The drawing of each topic; those on the same scale are drawn at once."""
    by_scale: dict[str, list[str]] = {}
    for name in told:
        by_scale.setdefault(shown.ends(subject.scale(name)), []).append(name)
    drawn: dict[str, Markup] = {}
    for names in by_scale.values():
        scale = subject.scale(names[0])
        ends = {"low": scale.low, "high": scale.high} if scale else {}
        drawn |= draw_alike("trend", {name: _drawn(subject, name, told[name]) for name in names}, **ends)
    return drawn


def _steps(subject: Subject, name: str) -> list[Step]:
    return [
        Step(wave, subject.value(name, wave), subject.scale(name, wave), subject.begins(name, wave))
        for wave in subject.waves
    ]


def _of_now(steps: Sequence[Step]) -> Sequence[Step]:
    """The waves from the last break on."""
    first = max((place for place, step in enumerate(steps) if step.begins), default=0)
    return steps[first:]


def _plot(subject: Subject, name: str, steps: Sequence[Step], svg: Markup) -> Plot:
    words, now, indicator = subject.words, _of_now(steps), subject.indicators[name]
    told = [f"{words.begin(step.wave.title)} {_mean(subject, step).text}" for step in now]
    return Plot(
        id=name,  # as ``lcmonitor explain`` knows it
        title=_in_words(subject, name, indicator),
        subtitle=words("charts.trend.subtitle", title=words.of(indicator.title), unit=subject.unit(name)),
        summary=words.sentence(told),
        table=_table(subject, indicator, steps),
        svg=svg,
        keys=_keys(subject),
        notes=_notes(subject, now[0]),
    )


def _notes(subject: Subject, first: Step) -> tuple[str, ...]:
    """Where the drawn waves begin, if others lie before them."""
    words = subject.words
    if not first.begins:
        return ()
    scale = shown.ends(first.scale)
    return (words("changes.series_note", wave=words.of(first.wave.title), scale=scale),)


def _in_words(subject: Subject, name: str, indicator: Indicator) -> str:
    """What the last step of a course says."""
    words, change = subject.words, subject.change(name)
    told = change.word if change and change.status == "released" else ""
    told = told or ("withheld" if change and change.status == "suppressed" else "not_compared")
    return words("changes.course", title=words.of(indicator.title), word=words(f"changes.course_word.{told}"))


def _mean(subject: Subject, step: Step) -> Cell:
    return shown.estimate(step.figure, "mean", subject.words, step.span)


def _table(subject: Subject, indicator: Indicator, steps: Sequence[Step]) -> Table:
    words = subject.words
    head = tuple(words(f"changes.series_column.{column}") for column in _COLUMNS)
    return Table(words.of(indicator.title), head, tuple(_lines(subject, steps)))


def _lines(subject: Subject, steps: Sequence[Step]) -> Iterator[tuple[Cell, ...]]:
    """A row a wave, and one between two that must not be compared."""
    words = subject.words
    for step in steps:
        if step.begins:
            yield Cell(words("changes.series_break")), *[Cell("", "absent")] * (len(_COLUMNS) - 1)
        yield (
            Cell(words.begin(step.wave.title)),
            _mean(subject, step),
            shown.interval(step.figure, "mean", words),
            shown.count(step.figure),
            Cell(shown.ends(step.scale) if step.shown else "–", "number"),
        )


def _keys(subject: Subject) -> tuple[Key, ...]:
    words = subject.words
    own = (Key("diamond-ambition", words("charts.ambition")),) if subject.community else ()
    return (Key("dot-now", words("key.mean")), Key("bar-now", words("key.interval")), *own)


def _drawn(subject: Subject, name: str, all_steps: Sequence[Step]) -> list[ChartRow]:
    """The waves, with the ambition that each was set against; and where the series began, as a line."""
    steps = _of_now(all_steps)
    broken = len(steps) < len(all_steps)
    drawn = _rows(subject, steps, broken)
    first = next((step for step in steps if step.shown), None)
    if first is None:
        return drawn
    start = first.figure.estimate if first.figure else None
    own = [topics.own(subject, name, step.wave) for step in steps]
    waves = [_beside(row, start, meant) for row, meant in zip(drawn[broken:], own, strict=True)]
    return [*drawn[:broken], *waves[:-1], {**waves[-1], **_ends(subject, first, own[-1])}]


def _beside(row: ChartRow, start: float | None, ambition: float | None) -> ChartRow:
    """With the lines to compare it with."""
    return rows.number_under({**row, "baseline": start, "ambition": ambition})


def _ends(subject: Subject, first: Step, ambition: float | None) -> ChartRow:
    """What the lines are called at their right end, moved apart where they would stand in each other."""
    words, scale = subject.words, first.scale
    start = (first.figure.estimate if first.figure else None) or 0
    gap = _BETWEEN * (scale.high - scale.low) if scale else 0
    push = max(gap - abs(start - (ambition or start)), 0) / 2 if ambition is not None else 0
    up = push if ambition is not None and ambition >= start else -push
    kind = "baseline" if first.wave.kind == "baseline" else "first"
    row: ChartRow = {"baseline_text": words(f"charts.trend.{kind}"), "baseline_at": start - up}
    if ambition is None:
        return row
    return {**row, "ambition_text": words("charts.trend.ambition"), "ambition_at": ambition + up}


def _rows(subject: Subject, steps: Sequence[Step], broken: bool) -> list[ChartRow]:
    """A line runs only between neighbouring waves that are both shown; a break stands before the first."""
    drawn: list[ChartRow] = []
    if broken:
        drawn.append({"wave": "00", "tick": "", "stretch": 0, "value_text": "", "absent": "[b]"})
    stretch = 0
    for number, step in enumerate(steps, 1):
        stretch += not step.shown
        told = len(steps) <= _CROWDED or (len(steps) - number) % 2 == 0
        tick = rows.label(subject.words.of(step.wave.title), _NARROW) if told else ""
        place: ChartRow = {"wave": f"{number:02}", "tick": tick, "stretch": stretch}
        drawn.append({**place, **(_dot(step.figure, subject) if step.shown else _gap(step.figure, subject))})
    return drawn


def _dot(one: Figure | None, subject: Subject) -> ChartRow:
    assert one
    return {
        "estimate": one.estimate,
        "lower": one.low,
        "upper": one.high,
        "top": one.estimate if one.high is None else one.high,
        "value_text": shown.number(one.estimate or 0, "mean", subject.words.language),
        "absent": "",
    }


def _gap(one: Figure | None, subject: Subject) -> ChartRow:
    return {"value_text": "", "absent": shown.sign(one, subject.words)}
