"""Released figures as a tidy CSV: one row an indicator, wave, measure, part and group."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping

from lcmonitor.errors import LANGUAGES
from lcmonitor.instruments.model import Indicator
from lcmonitor.reporting.figures import Figure
from lcmonitor.reporting.series import Breaks

_KEY = ("community", "wave", "form", "indicator")
_REST = ("measure", "part", "versus", "group_by", "group_value", "n", "population")
_NUMBERS = ("estimate", "se", "low", "high", "reference", "effect", "p")
_WORDS = ("method", "word", "status", "reason")
COLUMNS = (
    *_KEY, *(f"title_{language}" for language in LANGUAGES), "statistic", *_REST, *_NUMBERS, *_WORDS,
    "OBS_STATUS", "CONF_STATUS", "edition",
)  # fmt: skip

# SDMX code lists CL_OBS_STATUS 2.x (A normal, B first of a new series, L not collected, M cannot exist,
# O missing, Q suppressed)
# and CL_CONF_STATUS 1.x (F free, C confidential, D secondary confidentiality).
_OBS_STATUS = {
    "released": "A", "suppressed": "Q", "not_asked": "L", "not_answered": "O", "not_applicable": "M",
    "not_available": "O",
}  # fmt: skip
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for the start of a formula


def tidy(
    figures: Iterable[Figure], indicators: Mapping[str, Indicator], breaks: Breaks, edition: str
) -> bytes:
    """UTF-8 with BOM, as Excel misreads plain UTF-8; text that looks like a formula gets an apostrophe."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows(_row(figure, indicators, breaks, edition) for figure in figures)
    return text.getvalue().encode("utf-8-sig")


def _row(figure: Figure, indicators: Mapping[str, Indicator], breaks: Breaks, edition: str) -> Iterator[str]:
    indicator = indicators[figure.indicator]
    yield from (_text(getattr(figure, name)) for name in _KEY)
    yield from (_text(indicator.title[language]) for language in LANGUAGES)
    yield indicator.statistic
    yield from (_text(getattr(figure, name)) for name in _REST)
    yield from (_number(getattr(figure, name)) for name in _NUMBERS)
    yield from (_text(getattr(figure, name)) for name in _WORDS)
    yield _obs_status(figure, breaks)
    yield _conf_status(figure)
    yield edition


def _obs_status(figure: Figure, breaks: Breaks) -> str:
    begins = figure.measure == "value" and figure.wave in breaks.get(figure.indicator, ())
    return "B" if begins and figure.status == "released" else _OBS_STATUS[figure.status]


def _conf_status(figure: Figure) -> str:
    if figure.status != "suppressed":
        return "F"
    return "D" if figure.reason == "complementary" else "C"


def _number(value: float | None) -> str:
    """Six digits: more than an analyst needs to redo a figure, fewer than machines differ in."""
    return "" if value is None else f"{value:.6g}"


def _text(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_DANGEROUS) else text
