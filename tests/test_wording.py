"""What counts as the same text."""

import pytest

from lcmonitor.wording import comparable, without_markup


@pytest.mark.parametrize(
    "written",
    [
        "don't know – n/a",
        "Don’t know - n/a",
        "<b>don't</b>\u00a0know —\n n/a",
        "DON´T KNOW&nbsp;\u2011 N/A",
    ],
)
def test_texts_that_differ_in_signs_blanks_and_capitals_are_the_same(written: str) -> None:
    assert comparable(written) == "don't know - n/a"


def test_words_stay() -> None:
    assert comparable("a < b") != comparable("a > b")
    assert comparable("eens") != comparable("oneens")
    assert without_markup("<p>Hoe oud bent u? &lt;jaren&gt;</p>") == "Hoe oud bent u?"
