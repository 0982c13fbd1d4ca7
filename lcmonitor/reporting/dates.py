"""Days in words."""

from datetime import date

from lcmonitor.programme.model import Wave
from lcmonitor.reporting.words import Words


def day(value: date, words: Words) -> str:
    """``3 maart 2026``."""
    month = words("date.months").split()[value.month - 1]
    return words("date.day", day=value.day, month=month, year=value.year)


def period(wave: Wave, words: Words) -> str:
    """The days in which a wave was open."""
    return words("date.period", first=day(wave.opens, words), last=day(wave.closes, words))
