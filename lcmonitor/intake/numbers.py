"""Numbers as people and spreadsheets write them; the decimal mark is decided per column."""

import math
import re
from collections.abc import Iterable

from lcmonitor.wording import comparable

NOT_ASKED = -math.inf  # in a column of numbers, until it is stored
UNREADABLE = math.inf

_WITH_COMMA = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+|\d+),\d+")
_WITH_POINT = re.compile(r"-?\d+\.\d+(?:e[-+]?\d+)?")
_WHOLE = re.compile(r"-?\d+")


def decimal_comma(texts: Iterable[str]) -> bool:
    """Whether a column writes ``1,5``: at least one value does, and none has a decimal point."""
    values = [comparable(text) for text in texts]
    return any(_WITH_COMMA.fullmatch(value) for value in values) and not any(
        _WITH_POINT.fullmatch(value) for value in values
    )


def number(text: str, comma: bool) -> float:
    """The number; NaN: left empty; UNREADABLE: something else stands there."""
    value = comparable(text).removesuffix("%").strip()
    if not value:
        return math.nan
    if _WHOLE.fullmatch(value) or (not comma and _WITH_POINT.fullmatch(value)):
        return float(value)
    if comma and _WITH_COMMA.fullmatch(value):
        return float(value.replace(".", "").replace(",", "."))
    return UNREADABLE
