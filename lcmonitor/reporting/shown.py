"""A figure as it is written: its number, or the symbol and the word why there is none."""

import math

from lcmonitor.errors import Language
from lcmonitor.instruments.model import Scale
from lcmonitor.reporting import numbers
from lcmonitor.reporting.figures import Figure
from lcmonitor.reporting.parts import Cell
from lcmonitor.reporting.words import Words

_DECIMALS = {  # no more than an interval supports; what is missing is a share
    "mean": 1, "balance": 2, "reliability": 2, "consensus": 2,
    "representativeness": 2, "records": 0, "reach": 0,
    "ei_index": 2, "centralisation": 2, "rating": 1, "diversity": 2,
}  # fmt: skip
_WIDE = 0.25  # of the scale's range: a mean with a wider interval is marked as uncertain


def number(value: float, statistic: str, language: Language) -> str:
    """A mean with one decimal, a share in whole percents."""
    if statistic in _DECIMALS:
        return numbers.number(value, language, _DECIMALS[statistic])
    return numbers.percent(value, language)


def points(share: float, language: Language) -> str:
    """A share of a whole of 100 points."""
    return numbers.number(share * 100, language, 0)


def difference(value: float, statistic: str, language: Language) -> str:
    """A difference with its sign, in the unit of the statistic."""
    if statistic in _DECIMALS:
        return numbers.signed(value, language, _DECIMALS[statistic])
    return numbers.signed(value * 100, language, 0)


def estimate(figure: Figure | None, statistic: str, words: Words, span: float = math.inf) -> Cell:
    """The number of a figure, with [u] where its interval is wide; ``span``: of its scale, for a mean."""
    if figure is None or not figure.shown:
        return absent(figure, words)
    text = number(figure.estimate or 0, statistic, words.language)
    return Cell(f"{text} [u]" if wide(figure, statistic, span) else text, "number")


def wide(figure: Figure, statistic: str, span: float) -> bool:
    """Whether a mean's interval is wider than a quarter of its scale."""
    known = figure.low is not None and figure.high is not None
    return statistic == "mean" and known and (figure.high or 0) - (figure.low or 0) > _WIDE * span


def interval(figure: Figure | None, statistic: str, words: Words) -> Cell:
    """The 95 % interval; a figure without one gets a dash."""
    if figure is None or not figure.shown or figure.low is None or figure.high is None:
        return Cell("–", "number")
    return Cell(between(figure, statistic, words.language), "number")


def change_interval(change: Figure | None, words: Words) -> Cell:
    """That of the difference between two means."""
    if change is None or not change.shown or change.low is None or change.high is None:
        return Cell("–", "number")
    return Cell(numbers.span(change.low, change.high, words.language, _DECIMALS["mean"]), "number")


def between(figure: Figure, statistic: str, language: Language) -> str:
    """The ends of an interval; the unit stands once."""
    return from_to(figure.low or 0, figure.high or 0, statistic, language)


def from_to(low: float, high: float, statistic: str, language: Language) -> str:
    """``3,4–3,6`` or ``70–80%``."""
    if statistic in _DECIMALS:
        return numbers.interval(low, high, language, _DECIMALS[statistic])
    return f"{numbers.interval(low * 100, high * 100, language, 0)}%"


def absent(figure: Figure | None, words: Words) -> Cell:
    """``[c] niet getoond``: zero, withheld, not asked and not answered never look the same."""
    status = figure.status if figure and figure.status != "released" else "not_available"
    broken = figure is not None and figure.reason == "series_break"
    return Cell(words("absent.series_break" if broken else f"absent.{status}"), "absent")


def sign(figure: Figure | None, words: Words) -> str:
    """The sign in square brackets alone, where there is no room for its words."""
    return absent(figure, words).text.split(" ")[0]


def ends(scale: Scale | None) -> str:
    """``1–5``: from the lowest to the highest answer; a dash where there is no scale."""
    return f"{scale.low}–{scale.high}" if scale else "–"


def count(figure: Figure | None) -> Cell:
    """n; a dash where nothing is shown."""
    return (
        Cell(str(figure.n), "number")
        if figure and figure.shown and figure.n is not None
        else Cell("–", "number")
    )


def n_of(figure: Figure, words: Words) -> str:
    """``9 van 14``, or only n where the population is not known."""
    if figure.population is None:
        return f"n = {figure.n}"
    return words("participation.n_of", n=figure.n, population=figure.population)
