"""Windows-1252 or Mac Roman: both read nearly any bytes, and in one of them the words look like words."""

import re
from itertools import islice

_ENCODINGS = ("cp1252", "mac_roman")
_SAMPLE = 20_000  # signs beyond ASCII; more would not tell more
_TOLERATED = 0.05  # share of them that may look strange
_CLEARLY = 0.25  # so much less strange is the rarer of the two, or it is not taken
_ENOUGH = 2  # one strange sign is a slip of somebody's finger
_SPECIAL = re.compile(r"(?s)(?<=(.))([^\x00-\x7f])(?=(.))")
_IN_WORDS = frozenset("’´\xa0\xad")
_BETWEEN_WORDS = frozenset("‘’“”„‚‹›«»–—…•·€£¥°ºª²³¹½¼¾§©®™¿¡µ±×´¨\xa0\xad")


def western_encoding(data: bytes) -> tuple[str, int]:
    """The likelier of the two, and how many signs look strange in it where those are not few."""
    signs = {encoding: _signs(data, encoding) for encoding in _ENCODINGS}
    windows, mac = (signs[encoding].count(False) for encoding in _ENCODINGS)
    is_mac = windows >= _ENOUGH and mac < windows * _CLEARLY
    chosen, strange = ("mac_roman", mac) if is_mac else ("cp1252", windows)
    return chosen, strange if strange > _TOLERATED * len(signs[chosen]) else 0


def _signs(data: bytes, encoding: str) -> list[bool]:
    """Of every sign beyond ASCII whether it is likely where it stands."""
    text = f" {data.decode(encoding, 'replace')} "
    return [_is_likely(*found.groups()) for found in islice(_SPECIAL.finditer(text), _SAMPLE)]


def _is_likely(before: str, sign: str, after: str) -> bool:
    """Capitals begin a word or stand among others, letters beside letters, other signs between words."""
    if sign.isupper():
        begins = not before.isalnum() and (after.isalpha() or sign == "À")
        return begins or (before.isupper() and not after.islower())
    if sign.isalpha() and sign.isprintable() and sign not in "ªºµƒ":
        return before.isalpha() or after.isalpha() or sign in "àáèéêò"
    if before.isalpha() and after.isalpha():
        return sign in _IN_WORDS
    return sign in _BETWEEN_WORDS
