"""Released figures as one table of typed columns: one row an indicator, wave, measure, part and group.

Every data file of an edition is written from it. What is empty is null; a row's DIMENSIONS are its own.
"""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from lcmonitor.errors import LANGUAGES
from lcmonitor.instruments.model import Indicator

_COUNT, _NUMBER = pa.int64(), pa.float64()
TITLES = tuple(f"title_{language}" for language in LANGUAGES)
COUNTS = ("n", "population")
NUMBERS = ("estimate", "se", "low", "high", "reference", "effect", "p")
DIMENSIONS = (
    "community", "wave", "form", "indicator", "measure", "part", "versus", "group_by", "group_value",
)  # fmt: skip
COLUMNS = (
    *DIMENSIONS[:4], *TITLES, "statistic", *DIMENSIONS[4:], *COUNTS, *NUMBERS,
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
    rows: pd.DataFrame, indicators: Mapping[str, Indicator], begun: pd.DataFrame, edition: str
) -> pa.Table:
    """COLUMNS, in the order of ``rows``, which are those of a ReleasedTable; ``begun`` as in ``series``."""
    made: dict[str, pa.Array] = {
        **{name: _about(rows, {key: it.title[lang] for key, it in indicators.items()})
           for name, lang in zip(TITLES, LANGUAGES, strict=True)},
        "statistic": _about(rows, {key: it.statistic for key, it in indicators.items()}),
        "OBS_STATUS": _obs_status(rows, begun),
        "CONF_STATUS": _conf_status(rows),
        "edition": _texts(pd.Categorical([edition]).take(np.zeros(len(rows), np.intp))),
    }  # fmt: skip
    return pa.table({name: made[name] if name in made else _typed(name, rows[name]) for name in COLUMNS})


def _typed(name: str, values: "pd.Series[Any]") -> pa.Array:
    if name in COUNTS:
        return pa.array(values.to_numpy(np.float64), from_pandas=True).cast(_COUNT)
    if name in NUMBERS:
        encoded = pa.array(values.to_numpy(np.float64), from_pandas=True).dictionary_encode()
        return pa.array(map(_rounded, encoded.dictionary.to_pylist()), _NUMBER).take(encoded.indices)
    return _texts(pd.Categorical(values))


def _texts(values: "pd.Categorical[Any]") -> pa.Array:
    """Encoded, with null for the empty text; only words that occur, in the order of the alphabet."""
    words = values.remove_unused_categories()
    words = words.reorder_categories(sorted(words.categories))
    words = words.remove_categories([word for word in words.categories if word == ""])
    indices = pa.array(words.codes, pa.int32(), mask=words.codes < 0)
    return pa.DictionaryArray.from_arrays(indices, pa.array(words.categories.astype(str), pa.string()))


def _about(rows: pd.DataFrame, texts: Mapping[str, str]) -> pa.Array:
    """What is said of the indicator of each row."""
    of = pd.Categorical(rows["indicator"]).remove_unused_categories()
    said = pd.Categorical([texts[name] for name in of.categories])
    return _texts(said.take(of.codes))


def _rounded(value: float) -> float:
    """To six digits: more than an analyst needs to redo a figure, fewer than machines differ in."""
    return float(f"{value:.6g}")


def _obs_status(rows: pd.DataFrame, begun: pd.DataFrame) -> pa.Array:
    told = rows["status"].map(_OBS_STATUS).to_numpy(object)
    shown = np.flatnonzero((rows["status"] == "released") & (rows["measure"] == "value"))
    places = pd.MultiIndex.from_frame(rows[[*begun.columns]].iloc[shown])
    told[shown[places.isin(pd.MultiIndex.from_frame(begun))]] = "B"
    return _texts(pd.Categorical(told))


def _conf_status(rows: pd.DataFrame) -> pa.Array:
    suppressed = rows["status"] == "suppressed"
    told = np.select([suppressed & (rows["reason"] == "complementary"), suppressed], ["D", "C"], "F")
    return _texts(pd.Categorical(told))
