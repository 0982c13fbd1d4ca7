"""What a text in a cell means on a scale."""

import pytest

from lcmonitor.exports.table import Column
from lcmonitor.intake.codes import labels_of, reading, strange_labels
from lcmonitor.intake.numbers import decimal_comma, number
from lcmonitor.intake.responses import Missing
from tests.intake.drawn import codebook

SCALE = codebook().scales["agree"]
LABELS = labels_of([SCALE])
COLUMN = Column(0, "T1", "T1", "")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("4", 4),
        ("4.0", 4),
        ("4,0", 4),
        (" 4 ", 4),
        ("eens", 4),
        ("Eens", 4),
        ("agree", 4),
        ("mee eens", 4),
        ("<p>helemaal&nbsp;eens</p>", 5),
        ("4 - eens", 4),
        ("4 (eens)", 4),
        ("4. agree", 4),
        ("eens (4)", 4),
        ("9 - weet ik niet / n.v.t.", Missing.NOT_APPLICABLE),
        ("9", Missing.NOT_APPLICABLE),
        ("Don’t know / n.a.", Missing.NOT_APPLICABLE),
        ("", Missing.NOT_ANSWERED),
        ("  ", Missing.NOT_ANSWERED),
        ("4 - oneens", Missing.INVALID),
        ("A4", Missing.INVALID),
        ("een beetje eens", Missing.INVALID),
        ("4.5", Missing.INVALID),
        ("-101", Missing.INVALID),
        ("100000", Missing.INVALID),
    ],
)
def test_a_text_has_one_meaning_or_none(text: str, code: int) -> None:
    assert reading(SCALE, LABELS, COLUMN, {}).code(text) == code


def test_a_number_that_the_scale_lacks_is_left_for_the_expectations() -> None:
    assert [reading(SCALE, LABELS, COLUMN, {}).code(text) for text in ("0", "7", "-1")] == [0, 7, -1]


def test_the_mapping_file_goes_first() -> None:
    assert reading(SCALE, LABELS, COLUMN, {"A4": 4, "4": 2}).code("a4") == 4
    assert reading(SCALE, LABELS, COLUMN, {"A4": 4, "4": 2}).code("4") == 2
    assert reading(SCALE, LABELS, COLUMN, {"geen idee": 9}).code("geen idee") == Missing.NOT_APPLICABLE


def test_the_labels_in_the_file_decide_over_its_numbers() -> None:
    """A file may count the other way round: 1 is then what it says it is."""
    column = Column(0, "T1", "T1", "", labels={"1": "helemaal eens", "2": "eens", "3": "neutraal"})
    key = reading(SCALE, LABELS, column, {})
    assert [key.code(text) for text in ("1", "2.0", "3")] == [5, 4, 3]
    assert key.code("4") == Missing.INVALID  # its numbers are not those of the scale


def test_unknown_labels_in_the_file_leave_the_numbers_and_are_noticed() -> None:
    column = Column(0, "T1", "T1", "", labels={"1": "volstrekt oneens", "5": "helemaal eens"})
    key = reading(SCALE, LABELS, column, {})
    assert [key.code(text) for text in ("1", "5")] == [1, 5]
    assert strange_labels(column, key)


def test_what_the_file_declares_missing_is_missing() -> None:
    column = Column(0, "T1", "T1", "", missing=frozenset({"-1", "9"}))
    key = reading(SCALE, LABELS, column, {})
    assert [key.code(text) for text in ("-1", "-1.0", "9")] == [-102, -102, -103]


@pytest.mark.parametrize(
    ("texts", "values"),
    [
        (["33,3", "66,7"], [33.3, 66.7]),
        (["1.234,5", "0,5"], [1234.5, 0.5]),
        (["33.3", "66"], [33.3, 66.0]),
        (["60 %", "40%"], [60.0, 40.0]),
    ],
)
def test_the_decimal_mark_is_that_of_the_column(texts: list[str], values: list[float]) -> None:
    comma = decimal_comma(texts)
    assert [number(text, comma) for text in texts] == values


def test_a_column_with_both_marks_is_not_guessed() -> None:
    comma = decimal_comma(["1,5", "1.5"])
    assert [number(text, comma) for text in ("1,5", "1.5")] == [float("inf"), 1.5]
