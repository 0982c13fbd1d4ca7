"""Released figures as one table of typed columns: one row an indicator, wave, measure, part and group.

Every data file of an edition is written from it. What is empty is null; a row's DIMENSIONS are its own.
"""

from collections.abc import Iterable, Mapping, Sequence
from operator import attrgetter

import pyarrow as pa
import pyarrow.compute as pc

from lcmonitor.errors import LANGUAGES
from lcmonitor.instruments.model import Indicator
from lcmonitor.reporting.figures import Figure
from lcmonitor.reporting.series import Breaks

_COUNT, _NUMBER = pa.int64(), pa.float64()
TITLES = tuple(f"title_{language}" for language in LANGUAGES)
_COUNTS = ("n", "population")
_NUMBERS = ("estimate", "se", "low", "high", "reference", "effect", "p")
DIMENSIONS = (
    "community", "wave", "form", "indicator", "measure", "part", "versus", "group_by", "group_value",
)  # fmt: skip
COLUMNS = (
    *DIMENSIONS[:4], *TITLES, "statistic", *DIMENSIONS[4:], *_COUNTS, *_NUMBERS,
    "method", "word", "status", "reason", "OBS_STATUS", "CONF_STATUS", "edition",
)  # fmt: skip

# SDMX code lists CL_OBS_STATUS 2.x (A normal, B first of a new series, L not collected, M cannot exist,
# O missing, Q suppressed)
# and CL_CONF_STATUS 1.x (F free, C confidential, D secondary confidentiality).
_OBS_STATUS = {
    "released": "A", "suppressed": "Q", "not_asked": "L", "not_answered": "O", "not_applicable": "M",
    "not_available": "O",
}  # fmt: skip


def tidy(
    figures: Sequence[Figure], indicators: Mapping[str, Indicator], breaks: Breaks, edition: str
) -> pa.Table:
    """COLUMNS, in the order of the figures."""
    about = [indicators[figure.indicator] for figure in figures]
    made: dict[str, Iterable[object]] = {
        **{name: [one.title[lang] for one in about] for name, lang in zip(TITLES, LANGUAGES, strict=True)},
        "statistic": map(attrgetter("statistic"), about),
        "OBS_STATUS": [_obs_status(figure, breaks) for figure in figures],
        "CONF_STATUS": map(_conf_status, figures),
        "edition": [edition] * len(figures),
    }
    own = {name: map(attrgetter(name), figures) for name in COLUMNS if name not in made}
    return pa.table({name: _typed(name, (own | made)[name]) for name in COLUMNS})


def together(tables: Iterable[pa.Table]) -> pa.Table:
    """The rows of all, one table after the other."""
    return pa.concat_tables(tables).unify_dictionaries().combine_chunks()


def _typed(name: str, values: Iterable[object]) -> pa.Array:
    if name in _COUNTS:
        return pa.array(list(values), _COUNT)
    if name in _NUMBERS:
        encoded = pa.array(list(values), _NUMBER).dictionary_encode()
        return pa.array(map(_rounded, encoded.dictionary.to_pylist()), _NUMBER).take(encoded.indices)
    texts = pa.array(list(values), pa.string())
    return pc.if_else(pc.equal(texts, ""), None, texts).dictionary_encode()


def _rounded(value: float) -> float:
    """To six digits: more than an analyst needs to redo a figure, fewer than machines differ in."""
    return float(f"{value:.6g}")


def _obs_status(figure: Figure, breaks: Breaks) -> str:
    begins = figure.measure == "value" and figure.wave in breaks.get(figure.indicator, ())
    return "B" if begins and figure.status == "released" else _OBS_STATUS[figure.status]


def _conf_status(figure: Figure) -> str:
    if figure.status != "suppressed":
        return "F"
    return "D" if figure.reason == "complementary" else "C"
