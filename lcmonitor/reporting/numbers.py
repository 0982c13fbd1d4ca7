"""Numbers as people write them: a decimal comma in Dutch, a point in English, a real minus sign."""

from decimal import ROUND_HALF_UP, Decimal

from lcmonitor.errors import Language

_MARK = {"nl": ",", "en": "."}


def number(value: float, language: Language, decimals: int = 1) -> str:
    """``3.85`` -> ``3,9``; halves go up, away from zero. Never ``−0``."""
    told = rounded(value, decimals)
    digits = f"{abs(told):.{decimals}f}".replace(".", _MARK[language])
    return f"−{digits}" if told < 0 else digits


def rounded(value: float, decimals: int = 1) -> Decimal:
    """As it is written."""
    return Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def signed(value: float, language: Language, decimals: int = 1) -> str:
    """A difference with its sign: ``+0,4``, ``−0,4``, ``0,0``."""
    text = number(value, language, decimals)
    return text if text.startswith("−") or not any(digit in text for digit in "123456789") else f"+{text}"


def percent(share: float, language: Language) -> str:
    """A share of 1 in whole percents; above 0 but rounded to it is written with the symbol for that."""
    if 0 < share < 0.005:
        return "[low]"
    return f"{number(share * 100, language, 0)}%"


def interval(low: float, high: float, language: Language, decimals: int = 1) -> str:
    """``3,5–4,1``; with a minus sign in it, words keep the two apart better than a dash."""
    if low < 0:
        return span(low, high, language, decimals)
    return f"{number(low, language, decimals)}–{number(high, language, decimals)}"


def span(low: float, high: float, language: Language, decimals: int = 1) -> str:
    """``−0,1 tot 0,5``: of a difference, which may lie on both sides of zero, always in words."""
    between = {"nl": "tot", "en": "to"}[language]
    return f"{number(low, language, decimals)} {between} {number(high, language, decimals)}"
