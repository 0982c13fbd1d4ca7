"""With which wave an export is compared: the one before it, of the same community; never with itself."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.drift.two_waves import AUTUMN, SPRING, codes, export, taken_in
from tests.intake.drawn import examined, setup


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "store.duckdb"


def test_the_first_wave_of_a_community_says_nothing(path: Path) -> None:
    assert taken_in(path, setup(), examined(export(AUTUMN))) == [[]]


def test_a_corrected_export_is_compared_with_the_wave_before(path: Path) -> None:
    words = {"T2": {"text": "Ik zwijg liever."}}
    other = {"T2": {"text": "Ik zwijg soms."}}
    spring = examined(export(SPRING), columns=words)
    autumn = examined(export(AUTUMN), columns=other)
    corrected = examined(export(AUTUMN, rows=3), columns=other)
    told = taken_in(path, setup(), spring, autumn, corrected, autumn)
    assert [codes(each) for each in told] == [[], *[["warning LCM-269"]] * 3]


def test_a_wave_that_comes_in_late_is_compared_with_the_next(path: Path) -> None:
    words = {"T2": {"text": "Ik zwijg liever."}}
    other = {"T2": {"text": "Ik zwijg soms."}}
    autumn, spring = examined(export(AUTUMN), columns=other), examined(export(SPRING), columns=words)
    told = taken_in(path, setup(), autumn, spring, spring)
    assert [codes(each) for each in told] == [[], ["warning LCM-269"], []]
    assert "‘Spring’: “Ik zwijg liever.”; ‘Autumn’: “Ik zwijg soms.”" in told[1][0].message.text("en")


def test_an_export_of_both_waves_stands_for_the_last(path: Path) -> None:
    words = {"T2": {"text": "Ik zwijg liever."}}
    other = {"T2": {"text": "Ik zwijg soms."}}
    both = export(SPRING) + "\n3 | 2025-09-02 | ja | roc | 4 | 2 | 60 | 40"
    spring, whole = examined(export(SPRING), columns=words), examined(both, columns=other)
    assert [codes(each) for each in taken_in(path, setup(), spring, whole, whole)][1:] == [
        ["warning LCM-269"]
    ] * 2


def test_another_community_has_another_series(path: Path) -> None:
    spring, autumn = examined(export(SPRING)), examined(export(AUTUMN), columns={"T2": {"text": "Anders."}})
    assert spring.responses
    elsewhere = replace(spring, responses=replace(spring.responses, community="linde"))
    elsewhere = replace(elsewhere, receipt=replace(spring.receipt, community="linde"))
    known = setup()
    known = replace(known, communities={**known.communities, "linde": known.communities["delta"]})
    assert taken_in(path, known, elsewhere, autumn)[-1] == []
