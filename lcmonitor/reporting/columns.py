"""The columns of a table of figures, out of which a few rows or values are soon taken."""

import hashlib
import math
from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lcmonitor.disclosure.released import COLUMNS

_COUNTS = ("n", "population")
_NUMBERS = ("estimate", "se", "low", "high", "reference", "effect", "p")

_HALF, _ODD = np.uint64(33), np.uint64(0xFF51AFD7ED558CCD)

Mask = NDArray[np.bool_]
Places = NDArray[np.intp]
Hashes = NDArray[np.uint64]


class Numbers(NamedTuple):
    """NaN where there is none, which is told as None."""

    values: NDArray[np.float64]
    counts: bool

    def one(self, place: int) -> float | int | None:
        """The number of a row."""
        value: float = self.values.item(place)
        if math.isnan(value):
            return None
        return round(value) if self.counts else value

    def at(self, places: Places) -> list[Any]:
        """Those of many rows: a tenth of the time of one by one."""
        found = self.values[places]
        missing = np.isnan(found)
        numbers = np.rint(np.where(missing, 0, found)).astype(np.int64) if self.counts else found
        told = numbers.astype(object)
        told[missing] = None
        plain: list[Any] = told.tolist()
        return plain

    def some(self, places: Places | slice) -> "Numbers":
        """Of some rows."""
        return self._replace(values=self.values[places])

    def only(self, kept: Mask) -> "Numbers":
        """Without those of the other rows."""
        return self._replace(values=np.where(kept, self.values, np.nan))

    def as_pandas(self) -> NDArray[np.float64]:
        """For a frame."""
        return self.values

    def as_hashes(self) -> Hashes:
        """The same number is the same hash, and so is none."""
        return np.where(np.isnan(self.values), np.nan, self.values + 0.0).view(np.uint64)  # 0 for -0


class Texts(NamedTuple):
    """``words``: those that occur; ``codes``: which of them each row has."""

    dtype: pd.CategoricalDtype
    words: NDArray[np.object_]
    hashes: Hashes  # of the words
    codes: NDArray[np.integer[Any]]

    def one(self, place: int) -> str:
        """The text of a row."""
        text: str = self.words[self.codes[place]]
        return text

    def at(self, places: Places) -> list[str]:
        """Those of many rows."""
        texts: list[str] = self.words[self.codes[places]].tolist()
        return texts

    def some(self, places: Places | slice) -> "Texts":
        """Of some rows."""
        return self._replace(codes=self.codes[places])

    def only(self, kept: Mask) -> "Texts":
        """With "" in the other rows."""
        texts = self.as_pandas()
        empty = texts if "" in texts.categories else texts.add_categories([""])
        blank = pd.Categorical([""], dtype=empty.dtype).codes
        return _texts(empty)._replace(codes=np.where(kept, empty.codes, blank))

    def alike(self, text: str) -> "Texts":
        """With one text in all rows."""
        return _texts(pd.Categorical([text]).take(np.zeros(len(self.codes), np.intp)))

    def are(self, *texts: str) -> Mask:
        """Which rows have one of them."""
        found = np.zeros(len(self.codes), np.bool_)
        for code in map(self.code, texts):
            if code is not None:
                found |= self.codes == code
        return found

    def code(self, text: str) -> int | None:
        """None: no row has it."""
        known: Any = self.dtype.categories
        code: int | None = known.get_loc(text) if text in known else None
        return code

    @property
    def places(self) -> Mapping[str, Places]:
        """The rows of each text, in their order."""
        order, ends = np.argsort(self.codes, kind="stable"), np.cumsum(np.bincount(self.codes))
        parts = zip(self.words, np.split(order, ends[:-1]), strict=False)  # the last words may have none
        return {word: rows for word, rows in parts if len(rows)}

    def as_pandas(self) -> "pd.Categorical[Any]":
        """For a frame."""
        return pd.Categorical.from_codes(self.codes, dtype=self.dtype)

    def as_hashes(self) -> Hashes:
        """The same text is the same hash, whatever its code."""
        told: Hashes = self.hashes[self.codes]
        return told


Columns = Mapping[str, Numbers | Texts]


def columns(rows: pd.DataFrame) -> Columns:
    """Those of a ReleasedTable."""
    return {name: _column(name, rows[name]) for name in COLUMNS}


def _column(name: str, values: "pd.Series[Any]") -> Numbers | Texts:
    if name in (*_COUNTS, *_NUMBERS):
        return Numbers(values.to_numpy(np.float64), name in _COUNTS)
    return _texts(pd.Categorical(values))


def _texts(values: "pd.Categorical[Any]") -> Texts:
    words = values.categories.to_numpy(object)
    hashes = b"".join(hashlib.sha256(str(word).encode()).digest()[:8] for word in words)
    return Texts(values.dtype, words, np.frombuffer(hashes, "<u8"), values.codes)


def row_hashes(columns: Columns) -> Hashes:
    """A number a row, the same for the same texts and numbers: two that differ share one in 1.8e19 times.

    After each column every bit reaches all others, by two steps of the finaliser of MurmurHash3.
    """
    found = np.zeros(1, np.uint64)
    for column in columns.values():
        found = found ^ column.as_hashes()
        found ^= found >> _HALF
        found *= _ODD
        found ^= found >> _HALF
    return found
