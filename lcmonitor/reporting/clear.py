"""What may be called a difference: two figures whose intervals do not even touch.

Stricter than a test, also where the same people are behind both; so it never says too much.
"""

from collections.abc import Sequence
from typing import Literal

from lcmonitor.reporting.figures import Figure


def span(figure: Figure | None) -> tuple[float, float] | None:
    """The ends of the interval; the figure itself where everyone answered; None: it cannot be told."""
    if figure is None or not figure.shown or figure.estimate is None:
        return None
    if figure.low is not None and figure.high is not None:
        return figure.low, figure.high
    everyone = figure.population is not None and figure.n == figure.population
    return (figure.estimate, figure.estimate) if everyone else None


def below(one: Figure | None, other: Figure | None) -> bool | None:
    """Whether one is clearly smaller than the other; None: too few to tell."""
    mine, its = span(one), span(other)
    return None if mine is None or its is None else mine[1] < its[0]


def largest(figures: Sequence[Figure | None]) -> int | None:
    """The place of the one that every other is clearly below; None where there is none."""
    for place, one in enumerate(figures):
        others = [other for at, other in enumerate(figures) if at != place]
        if others and all(below(other, one) for other in others):
            return place
    return None


def differ(figures: Sequence[Figure | None]) -> bool | None:
    """Whether any two clearly do; None: there are no two that can be compared."""
    spans = [each for each in map(span, figures) if each]
    if len(spans) < 2:
        return None
    return min(high for _, high in spans) < max(low for low, _ in spans)


def side(figure: Figure | None, of: float) -> Literal["above", "below", "near", "none"]:
    """On which side of a number it clearly lies; ``near``: on neither, ``none``: it cannot be told."""
    ends = span(figure)
    if ends is None:
        return "none"
    if ends[0] == ends[1] and round(ends[0], 1) == of:  # everyone answered, and it is written as that number
        return "near"
    return "above" if ends[0] > of else "below" if ends[1] < of else "near"
