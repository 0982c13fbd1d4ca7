"""More communities than anybody reads one by one: how many of them lie where. Lists name them."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lcmonitor.reporting import numbers, rows, shown
from lcmonitor.reporting.charts import ChartRow, draw
from lcmonitor.reporting.figures import Figure
from lcmonitor.reporting.parts import Cell, Plot, Table
from lcmonitor.reporting.subject import Subject
from lcmonitor.reporting.words import Words

_ROOM = 24  # pixels for the bar below a name


@dataclass(frozen=True)
class Bands:
    """Pieces of equal ``width`` of what goes to ``high``, which the last of them holds.

    ``decimals``: as many as a figure is written with, so that who reads 3.4 finds it from 3.4 on.
    """

    statistic: str
    width: float
    high: float
    decimals: int

    def counted(self, values: Sequence[float]) -> Iterator[tuple[float, float, int]]:
        """From where to where, and how many: from the first piece that has any to the last."""
        last = round(self.high / self.width) - 1
        found = Counter(min(self._place(value), last) for value in values)
        for place in range(min(found, default=0), max(found, default=-1) + 1):
            yield place * self.width, (place + 1) * self.width, found[place]

    def _place(self, value: float) -> int:
        return math.floor(round(float(numbers.rounded(value, self.decimals)) / self.width, 9))


SHARES = Bands("response", 0.1, 1, 2)


def of_means(high: int) -> Bands:
    """A fifth of a point, or a fiftieth of a long scale."""
    return Bands("mean", max(0.2, high / 50), high, 1)


def plot(
    subject: Subject, figure: str, told: Sequence[Figure | None], bands: Bands, title: str, subtitle: str
) -> Plot:
    """A bar a piece, as long as it has communities."""
    words = subject.words
    found = list(bands.counted([one.estimate or 0 for one in told if one and one.shown]))
    named = [(shown.from_to(low, high, bands.statistic, words.language), n) for low, high, n in found]
    drawn = [_bar(number, *each, len(told)) for number, each in enumerate(named)]
    return Plot(
        id=figure,
        title=title,
        subtitle=subtitle,
        summary=words.sentence([f"{name}: {count}" for name, count in named]),
        table=Table(
            title,
            (words("crowd.column.band"), words("crowd.column.count")),
            tuple((Cell(name), Cell(str(count), "number")) for name, count in named),
        ),
        svg=draw("bars", drawn, figure, y_step=rows.step(drawn, _ROOM)) if drawn else None,
        notes=(*_absent(told, words), *([words("crowd.edge")] if drawn else ())),
    )


def _bar(number: int, name: str, count: int, of: int) -> ChartRow:
    return {**rows.strip_of(number, name, 0, 1), "value": count / of, "value_text": str(count)}


def _absent(told: Sequence[Figure | None], words: Words) -> Iterator[str]:
    """Of how many there is no number, and why."""
    why = Counter(shown.absent(one, words).text for one in told if one is None or not one.shown)
    for text, count in why.items():
        yield words.count("crowd.absent", count, why=text)
