"""Figures -> rows for the charts. A figure that is not shown brings its symbol, never its number."""

import math
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from lcmonitor.reporting import shown
from lcmonitor.reporting.charts import ChartRow
from lcmonitor.reporting.figures import Figure
from lcmonitor.reporting.words import Words

_LINE = 17  # pixels a line of a label takes
_WIDTH = 42  # characters that fit on it, also in a wide font


@dataclass(frozen=True)
class Topic:
    """A row of a chart: what it is called, its figure now and the one before."""

    label: str
    now: Figure | None
    before: Figure | None = None
    change: Figure | None = None
    statistic: str = "mean"
    unit: str = ""
    span: float = math.inf  # of its scale
    ambition: float | None = None  # the own one


def label(text: str, width: int = _WIDTH) -> str:
    """Broken in lines, as drawing does not wrap."""
    return "\n".join(textwrap.wrap(text, width, break_long_words=True)) or " "


def levelled(rows: Sequence[ChartRow]) -> list[ChartRow]:
    """Every label as many lines long as the longest, the words at the bottom: next to what they are about."""
    most = max((str(row["label"]).count("\n") for row in rows), default=0)
    return [
        {**row, "label": "\n" * (most - str(row["label"]).count("\n")) + str(row["label"])} for row in rows
    ]


def step(rows: Sequence[ChartRow], room: int) -> int:
    """The height of a row: the lines of its label, and ``room`` for what is drawn below it."""
    return _LINE * (str(rows[0]["label"]).count("\n") + 1) + room


def of_topic(number: int, topic: Topic, lowest: int, highest: int, words: Words) -> ChartRow:
    """A row of ``intervals`` on a scale from ``lowest`` to ``highest``; hatched where it is withheld."""
    now, before = topic.now, topic.before
    strip = {**strip_of(number, topic.label, lowest, highest), "ambition": topic.ambition}
    if now is None or not now.shown:
        return {**strip, **hatched(now, words, lowest, highest)}
    return {
        **strip,
        "now": now.estimate,
        "now_low": now.low,
        "now_high": now.high,
        "before": before.estimate if before and before.shown else None,
        "before_low": before.low if before and before.shown else None,
        "before_high": before.high if before and before.shown else None,
        "value_text": shown.number(now.estimate or 0, topic.statistic, words.language),
        "n": f"n = {now.n}",
    }


def of_share(number: int, text: str, figure: Figure, words: Words) -> ChartRow:
    """A row of ``bars``; hatched where it is withheld."""
    strip = strip_of(number, text, 0, 1)
    if not figure.shown:
        return {**strip, **hatched(figure, words, 0, 1)}
    return {
        **strip,
        "value": min(figure.estimate or 0, 1),
        "value_text": shown.number(figure.estimate or 0, "share", words.language),
        "n": shown.n_of(figure, words),
    }


def strip_of(number: int, text: str, lowest: float, highest: float) -> ChartRow:
    """What every row of a strip or bar has: its place, its label, where it runs from and to."""
    return {"row": f"{number:03}", "label": label(text), "floor": lowest, "ceiling": highest}


def hatched(figure: Figure | None, words: Words, lowest: float, highest: float) -> ChartRow:
    """What a strip without a number shows: the sign in square brackets, hatched where it is withheld."""
    withheld = figure is not None and figure.status == "suppressed"
    ends = {"hidden_from": lowest, "hidden_to": highest} if withheld else {}
    return {**ends, "absent": shown.sign(figure, words)}


_BAR_WORDS: ChartRow = {"label": "", "left": "", "right": "", "n": "", "absent": "", "inside": ""}


def bar(row: str, text: str, **words: str | float | None) -> ChartRow:
    """The words of a bar of ``segments``: ``left``, ``right``, ``n``, ``absent``, and where ``zero`` is."""
    return {**_BAR_WORDS, "row": row, "label": label(text), **words}


def segment(row: str, start: float, end: float, colour: str, inside: str) -> ChartRow:
    """A piece of a bar of ``segments``, from 0 to 1; ``colour`` names a variable of the style sheet."""
    return {
        **_BAR_WORDS,
        "row": row,
        "start": start,
        "end": end,
        "middle": (start + end) / 2,
        "colour": f"var(--{colour})",
        "inside": inside,
        "inside_colour": f"var(--on-{colour})",
    }


def number_under(row: ChartRow, least: float = -math.inf) -> ChartRow:
    """The number goes under its dot where the ambition lies above and there is room: from ``least`` on."""
    estimate, ambition = row.get("estimate"), row.get("ambition")
    if not isinstance(estimate, float | int) or not isinstance(ambition, float | int):
        return row
    if ambition < estimate or estimate < least:
        return row
    return {**row, "value_text": "", "below": row["value_text"], "bottom": row.get("lower") or estimate}
