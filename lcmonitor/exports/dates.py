"""Moments as tools write them; the order of day and month is decided for a whole column."""

from dataclasses import dataclass
from enum import Enum

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from lcmonitor.exports.headings import words

_CLOCK = (
    r"(?:[T ]+(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2}))?(?:[.,]\d+)?"
    r" *(?P<half>[AaPp]\.?[Mm]\.?)?(?: *(?:Z|UTC|(?:GMT|UTC)? *[+-]\d{1,2}:?(?:\d{2})?|[A-Z]{3,4}))?)?"
)
_YEAR_FIRST = r"^\s*(?P<year>\d{4})[-/.](?P<first>\d{1,2})[-/.](?P<last>\d{1,2})" + _CLOCK + r"\s*$"
_YEAR_LAST = (
    r"^\s*(?P<first>\d{1,2})(?P<sign>[-/.])(?P<last>\d{1,2})[-/.](?P<year>\d{4}|\d{2}),?" + _CLOCK + r"\s*$"
)

_NAMED = r"(?i)\pL{3}.*\d{4}"
_BEFORE = r"(?i)^\s*(?:\pL+\.?,? +)?(?:(\d{1,2})\.?[ -])?"  # a weekday, a day
_BEHIND = r"(?:(\d{1,2})(?:,|\b) *)?(\d{4})(?:,| at| om)?"  # a day, the year

Ints = npt.NDArray[np.int64]
Moments = npt.NDArray[np.datetime64]
_NAT = np.datetime64("NaT", "us")


class Order(Enum):
    """Which comes first, day or month, in dates that end in the year."""

    DAY_FIRST = "day"
    MONTH_FIRST = "month"
    UNDECIDED = "undecided"


@dataclass(frozen=True)
class Dates:
    """A column as moments: timestamp[us], null where none can be read.

    ``unread``: cells that hold something else. ``undecided``: cells whose day and month could be either.
    """

    moments: pa.Array
    unread: int
    undecided: int


@dataclass(frozen=True)
class _Parts:
    """The numbers of dates of one shape, 0 where a row does not have that shape."""

    there: npt.NDArray[np.bool_]
    year: Ints
    first: Ints
    last: Ints
    seconds: Ints
    dotted: npt.NDArray[np.bool_]
    halved: npt.NDArray[np.bool_]


def read_dates(column: pa.ChunkedArray, expected: Order | None = None) -> Dates:
    """``expected``: the order that the tool always writes, taken unless the column itself contradicts it."""
    texts = pc.fill_null(column, "").combine_chunks()
    return _plain(texts) or _decided(_without_names(_with_plain_signs(texts)), expected)


def _with_plain_signs(texts: pa.Array) -> pa.Array:
    """The blanks and the minus of typesetters, which browsers write around the clock and the zone."""
    return pc.replace_substring(pc.replace_substring_regex(texts, "[\u00a0\u2009\u202f]", " "), "\u2212", "-")


def _without_names(texts: pa.Array) -> pa.Array:
    """``Mar 9, 2026 8:11 AM`` and ``ma 9 maart 2026 8:11`` with the month as a number, the year in front."""
    if not pc.any(pc.match_substring_regex(texts, _NAMED)).as_py():
        return texts
    for number, names in enumerate(words("dates")["months"], 1):
        month = rf"(?:{'|'.join(names)})\pL*\.?[ -]"
        texts = pc.replace_substring_regex(texts, _BEFORE + month + _BEHIND, rf"\3-{number}-\1\2")
    return texts


def _plain(texts: pa.Array) -> Dates | None:
    """The notation of databases, read at once: nothing in it has to be decided."""
    try:
        filled = pc.if_else(pc.equal(texts, ""), pa.scalar(None, pa.string()), texts)
        moments = pc.cast(pc.cast(filled, pa.timestamp("s")), pa.timestamp("us"))
    except pa.ArrowInvalid:
        return None
    return Dates(moments, unread=0, undecided=0)


def _decided(texts: pa.Array, expected: Order | None) -> Dates:
    year_first, year_last = _parts(texts, _YEAR_FIRST), _parts(texts, _YEAR_LAST)
    order = _order(year_last, expected)
    moments = np.where(year_first.there, _moments(year_first, Order.MONTH_FIRST), _NAT)
    ambiguous = year_last.there & (year_last.first != year_last.last) & (order is Order.UNDECIDED)
    late = _moments(year_last, Order.DAY_FIRST if order is Order.DAY_FIRST else Order.MONTH_FIRST)
    moments = np.where(year_last.there & ~ambiguous, late, moments)
    filled = np.asarray(pc.not_equal(pc.utf8_trim_whitespace(texts), ""))
    return Dates(
        moments=pa.array(moments, pa.timestamp("us"), from_pandas=True),
        unread=int((filled & np.isnat(moments) & ~ambiguous).sum()),
        undecided=int(ambiguous.sum()),
    )


def _parts(texts: pa.Array, shape: str) -> _Parts:
    found = pc.extract_regex(texts, shape)
    there = np.asarray(found.is_valid())

    def numbers(name: str) -> Ints:
        digits = pc.fill_null(pc.struct_field(found, name), "0")
        return np.asarray(pc.cast(pc.if_else(pc.equal(digits, ""), "0", digits), pa.int64()))

    half = pc.utf8_lower(pc.fill_null(pc.struct_field(found, "half"), ""))
    halved = np.asarray(pc.not_equal(half, ""))
    afternoon = np.asarray(pc.starts_with(half, "p"))
    hour = np.where(halved, numbers("hour") % 12 + 12 * afternoon, numbers("hour"))
    year = numbers("year")
    year = np.where(there & (year < 100), year + np.where(year < 70, 2000, 1900), year)
    sign = pc.struct_field(found, "sign") if "sign" in shape else pa.nulls(len(texts), pa.string())
    return _Parts(
        there=there,
        year=year,
        first=numbers("first"),
        last=numbers("last"),
        seconds=hour * 3600 + numbers("minute") * 60 + numbers("second"),
        dotted=np.asarray(pc.fill_null(pc.not_equal(sign, "/"), False)),
        halved=halved,
    )


def _order(dates: _Parts, expected: Order | None) -> Order | None:
    """A part above twelve is a day. Nothing above twelve: what the tool or the notation says.

    Nobody writes the month first with dots or dashes, or am and pm with the day first.
    """
    if not dates.there.any():
        return None
    day_first = bool((dates.first > 12).any())
    month_first = bool((dates.last > 12).any())
    if day_first or month_first:
        order = Order.DAY_FIRST if day_first else Order.MONTH_FIRST
        return Order.UNDECIDED if day_first and month_first else order
    if expected:
        return expected
    if dates.dotted.any():
        return Order.DAY_FIRST
    return Order.MONTH_FIRST if dates.halved.any() else Order.UNDECIDED


def _moments(dates: _Parts, order: Order) -> Moments:
    """Days that no calendar has become NaT."""
    month, day = (dates.last, dates.first) if order is Order.DAY_FIRST else (dates.first, dates.last)
    possible = dates.there & (month >= 1) & (month <= 12) & (day >= 1) & (dates.year >= 1)
    year = np.where(possible, dates.year, 1970) - 1970
    months = (year * 12 + np.where(possible, month, 1) - 1).astype("datetime64[M]")
    dawn = months.astype("datetime64[D]") + np.where(possible, day, 1) - 1
    possible &= (dawn.astype("datetime64[M]") == months) & (dates.seconds < 86_400)
    moments = dawn.astype("datetime64[s]") + dates.seconds.astype("timedelta64[s]")
    return np.where(possible, moments.astype("datetime64[us]"), _NAT)
