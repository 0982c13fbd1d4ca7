import pytest

from lcmonitor.errors import Language
from lcmonitor.reporting.numbers import interval, number, percent, signed


@pytest.mark.parametrize(
    ("value", "decimals", "nl", "en"),
    [
        (3.85, 1, "3,9", "3.9"),  # a half goes up, also where the machine holds a little less
        (3.84, 1, "3,8", "3.8"),
        (-0.04, 1, "0,0", "0.0"),  # never −0
        (-1.25, 1, "−1,3", "−1.3"),
        (0.9372, 2, "0,94", "0.94"),
        (64.5, 0, "65", "65"),
    ],
)
def test_a_number_has_the_decimal_mark_of_its_language(value: float, decimals: int, nl: str, en: str) -> None:
    assert (number(value, "nl", decimals), number(value, "en", decimals)) == (nl, en)


@pytest.mark.parametrize(("value", "text"), [(0.44, "+0,4"), (-0.44, "−0,4"), (0.01, "0,0"), (0, "0,0")])
def test_a_difference_has_its_sign_unless_it_rounds_to_nothing(value: float, text: str) -> None:
    assert signed(value, "nl") == text


@pytest.mark.parametrize(
    ("share", "text"), [(0.643, "64%"), (0.0, "0%"), (0.004, "[low]"), (0.005, "1%"), (1.0, "100%")]
)
def test_a_share_above_zero_never_reads_as_zero(share: float, text: str) -> None:
    assert percent(share, "nl") == text


@pytest.mark.parametrize(
    ("low", "high", "language", "text"),
    [(3.46, 4.13, "nl", "3,5–4,1"), (-0.2, 0.4, "nl", "−0,2 tot 0,4"), (-0.2, 0.4, "en", "−0.2 to 0.4")],
)
def test_an_interval_keeps_its_ends_apart(low: float, high: float, language: Language, text: str) -> None:
    assert interval(low, high, language) == text
