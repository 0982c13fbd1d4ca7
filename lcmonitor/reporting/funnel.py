"""Communities among each other: what few answers leave of a difference. Names in no order, never a rank."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lcmonitor.disclosure.context import COMMUNITIES, FUNNEL, SHRUNKEN
from lcmonitor.reporting import numbers, rows, shown, topics
from lcmonitor.reporting.charts import ChartRow, draw
from lcmonitor.reporting.figures import Figure
from lcmonitor.reporting.parts import MANY, Cell, Key, Plot, Table
from lcmonitor.reporting.subject import Subject
from lcmonitor.reporting.words import capital

_COLUMNS = ("community", "mean", "shrunken", "usual", "wide", "n")
_LIMITS = {"usual": "95", "wide": "99.8"}
_NAME = 18  # characters beside a dot
_LETTER, _DOT, _LINE = 0.023, 0.02, 0.07  # of the width, the width and the height of the chart
_KEYS = ("dot-now", "line-common", "line-usual", "line-wide")


class Box(NamedTuple):  # of 400 communities each is held beside each
    """What a dot or a name takes of the chart, of 1: from left to right, and how high it is."""

    left: float
    right: float
    up: float

    def meets(self, other: "Box") -> bool:
        """Whether they would lie over each other."""
        beside = self.right < other.left or other.right < self.left
        return not beside and abs(self.up - other.up) < _LINE


@dataclass(frozen=True)
class Placed:
    """A community with its mean and how far chance and usual differences may carry it."""

    subject: Subject
    mean: Figure
    limits: Mapping[str, Figure]

    @property
    def answers(self) -> int:
        """What it lies at, across."""
        return self.mean.n or 0

    def outside(self, limit: str) -> bool:
        """Whether it lies clearly outside: on a limit is inside."""
        ends, mean = self.limits[_LIMITS[limit]], self.mean.estimate or 0
        return mean < (ends.low or 0) or mean > (ends.high or 0)


def funnels(subject: Subject, communities: Sequence[Subject]) -> tuple[Plot, ...]:
    """Of the first headline mean of each level, where there are communities enough."""
    made = ((name, _placed(communities, name)) for name in topics.headlines(subject))
    told = [(name, placed) for name, placed in made if placed]
    return tuple(_plot(subject, f"funnel-{number}", *one) for number, one in enumerate(told, 1))


def _placed(communities: Sequence[Subject], indicator: str) -> list[Placed]:
    found = []
    for one in communities:
        mean, limits = one.value(indicator), {f.part: f for f in one.about(indicator, FUNNEL) if f.shown}
        if mean and mean.shown and set(_LIMITS.values()) <= set(limits):
            found.append(Placed(one, mean, limits))
    return found


def _plot(subject: Subject, figure: str, indicator: str, placed: Sequence[Placed]) -> Plot:
    words, title = subject.words, subject.words.of(subject.indicators[indicator].title)
    widest = [end for one in placed for end in (one.limits["99.8"].low, one.limits["99.8"].high) if end]
    means = [one.mean.estimate or 0 for one in placed]
    ends = {"low": math.floor(min(*widest, *means)), "high": math.ceil(max(*widest, *means))}
    most = max(one.answers for one in placed) * 1.05
    table = Table(
        title,
        tuple(words(f"among.column.{column}") for column in _COLUMNS),
        tuple(tuple(_row(one, indicator)) for one in placed),
    )
    finding = _finding(subject, title, placed)
    told = [f"{row[0].text} {row[1].text}" for row in table.rows]
    return Plot(
        id=figure,
        title=finding,
        subtitle=words("charts.funnel.subtitle", unit=capital(subject.unit(indicator))),
        summary=finding if table.many else words.sentence(told),
        table=table,
        svg=draw("funnel", list(_marks(subject, placed, most, ends)), figure, most=most, **ends),
        keys=tuple(Key(mark, words(f"charts.funnel.key.{mark.partition('-')[2]}")) for mark in _KEYS),
        notes=(words("crowd.funnel" if table.many else "charts.funnel.note", communities=COMMUNITIES),),
    )


def _finding(subject: Subject, title: str, placed: Sequence[Placed]) -> str:
    """How many lie outside the usual spread; which they are is in the table, as that is no judgement."""
    count = sum(one.outside("usual") for one in placed)
    if not count:
        return subject.words("charts.funnel.none", title=title)
    return subject.words.count("charts.funnel.some", count, title=title, of=len(placed))


def _marks(
    subject: Subject, placed: Sequence[Placed], most: float, ends: Mapping[str, int]
) -> Iterator[ChartRow]:
    """A dot a community, the limits at its number of answers, and its name where there is room.

    Of many none has: there is room beside those outside alone, and that would point at them.
    """
    taken = [_box(one, most, ends, "") for one in placed]
    for one in sorted(placed, key=lambda each: not each.outside("usual")):
        name = rows.label(_name(one.subject), _NAME).split("\n")[0]
        box, own = _box(one, most, ends, name), _box(one, most, ends, "")
        free = len(placed) <= MANY and not any(other != own and box.meets(other) for other in taken)
        taken += [box] if free else []
        side = "label" if one.answers / most < 0.5 else "left"
        yield {
            "answers": one.answers,
            "estimate": one.mean.estimate,
            "common": one.limits["95"].estimate,
            side: name if free else "",
            **{
                f"{limit}_{end}": getattr(one.limits[part], end)
                for limit, part in _LIMITS.items()
                for end in ("low", "high")
            },
        }
    yield {"n": subject.words("charts.funnel.axis")}


def _box(one: Placed, most: float, ends: Mapping[str, int], name: str) -> Box:
    """Of a dot, and of the name beside it: to the right in the left half, to the left in the right half."""
    at = one.answers / most
    up = ((one.mean.estimate or 0) - ends["low"]) / (ends["high"] - ends["low"])
    width = len(name) * _LETTER + 2 * _DOT if name else 0
    left, right = (at - _DOT, at + width) if at < 0.5 else (at - width, at + _DOT)
    return Box(left, right, up)


def _name(subject: Subject) -> str:
    return (subject.community.short_name or subject.community.name) if subject.community else ""


def _row(one: Placed, indicator: str) -> Iterator[Cell]:
    subject, words = one.subject, one.subject.words
    yield Cell(subject.community.name if subject.community else "")
    yield shown.estimate(one.mean, "mean", words, subject.span(indicator))
    yield shown.estimate(next(iter(subject.about(indicator, SHRUNKEN)), None), "mean", words)
    for part in _LIMITS.values():
        ends = one.limits[part]
        yield Cell(numbers.interval(ends.low or 0, ends.high or 0, words.language, 1), "number")
    yield shown.count(one.mean)
