"""What points to somebody is gone from an open answer, and the rest can be read. All of it is made up."""

import pytest

from lcmonitor.intake.masking import Masker

NAMES = ["Jan de Vries", "Fatima El Amrani", "Roos Jansen-Bakker", "Sean O'Neill", "Zoë Müller", "Wil Bos"]
LEFT = [  # what was written, what may not be left, and what must be
    (
        "Mail me op jan.devries@bedrijf.nl of bel 06-12345678.",
        ["devries", "bedrijf", "1234"],
        ["Mail me", "bel"],
    ),
    ("Bel +31 (0)20 123 45 67 of 020-1234567!", ["123", "45 67"], ["Bel", "of"]),
    ("Ik zit op 1234 AB, Jan ook.", ["1234", "Jan"], ["Ik zit op", "ook."]),
    ("postcode 9876zx graag", ["9876", "zx"], ["graag"]),
    ("ik sprak fatima en EL AMRANI", ["fatima", "AMRANI"], ["ik sprak", "en"]),
    ("Roos' idee, Roos Jansen-Bakker en de jansen-bakkers", ["Roos", "ansen", "akker"], ["idee", "en de"]),
    ("Sean O’Neill and Sean O'Neill were great", ["Sean", "Neill"], ["and", "were great"]),
    ("zoë müller's notes helped", ["zo", "ller"], ["notes helped"]),
    ("Call me at +44 20 7946 0958 or sean (at) firm.co.uk", ["7946", "firm"], ["Call me at", "or"]),
    ("My account NL91 ABNA 0417 1643 00 was used", ["ABNA", "0417"], ["My account", "was used"]),
    ("zie https://example.org/wil?x=1 en @wil_bos", ["example", "wil", "bos"], ["zie", "en"]),
    ("BSN 123456782, geboren 01-02-1980", ["1234", "1980"], ["geboren"]),
    ("Zoe Muller deed mee", ["Zoe", "Muller"], ["deed mee"]),
    ("wil wil ook meedoen", ["wil"], ["ook meedoen"]),
]
KEPT = [
    "In 2025 waren er 1200 deelnemers, 3 tot 4 uur per week.",
    "We need 10 000 euro and 15 people.",
    "De bijeenkomsten van 9.30 tot 12.00 uur duren te lang.",
    "The roses in the vest are fine.",
    "Wij leren van elkaar; dat is een 8,5 waard.",
]


@pytest.mark.parametrize(("text", "gone", "kept"), LEFT, ids=lambda value: str(value)[:24])
def test_what_points_to_somebody_is_gone(text: str, gone: list[str], kept: list[str]) -> None:
    masked = Masker(NAMES)(text)
    assert [part for part in gone if part.casefold() in masked.casefold()] == [], masked
    assert [part for part in kept if part not in masked] == [], masked


@pytest.mark.parametrize("text", KEPT)
def test_what_points_to_nobody_stays(text: str) -> None:
    assert Masker(NAMES)(text) == text


def test_masking_once_more_changes_nothing() -> None:
    mask = Masker(NAMES)
    assert [mask(mask(text)) for text, *_ in LEFT] == [mask(text) for text, *_ in LEFT]
