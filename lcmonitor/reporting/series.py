"""Where a series breaks: from that wave on the questions or their scale are others, so it begins anew."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from lcmonitor.instruments.load import Instrument
from lcmonitor.instruments.model import Indicator
from lcmonitor.programme.model import Wave
from lcmonitor.reporting.figures import Figures

Breaks = Mapping[str, frozenset[str]]  # indicator -> waves in which a new series begins; none: not there


def breaks(
    figures: Figures, instrument: Instrument, indicators: Mapping[str, Indicator], waves: Sequence[Wave]
) -> Breaks:
    """``waves``: oldest first. A wave is set against the last one before it that asked the same."""
    asked: dict[str, set[str]] = {}
    for figure in figures.all:
        if figure.measure == "value" and figure.status != "not_asked":
            asked.setdefault(figure.indicator, set()).add(figure.wave)
    found = {
        name: frozenset(_begun(instrument, of, [wave for wave in waves if wave.id in asked[name]]))
        for name, indicator in indicators.items()
        if name in asked and (of := indicator.of)
    }
    return {name: begun for name, begun in found.items() if begun}


def _begun(instrument: Instrument, of: str, waves: Sequence[Wave]) -> list[str]:
    return [
        later.id for earlier, later in pairwise(waves) if instrument.breaks(of, earlier.opens, later.opens)
    ]
