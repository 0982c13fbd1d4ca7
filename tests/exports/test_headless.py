"""Files without headings: refused before the first respondent becomes one. All texts are made up."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from lcmonitor.errors import LANGUAGES, ExportError
from lcmonitor.exports import container
from lcmonitor.exports.grid import Grid
from lcmonitor.exports.headless import is_headless
from lcmonitor.exports.limits import LIMITS
from lcmonitor.exports.reading import parse
from lcmonitor.exports.table import RawTable

Reader = Callable[..., RawTable]

# As REDCap writes it for SAS and Stata: the names of the variables stand in another file.
FOR_SAS = "1,event_1_arm_1,2026-03-01 10:15:00,4,5,3,4,gemarkeerd,2\n2,event_1_arm_1,,3,4,3,5,x,2\n"
HEADLESS = {
    "REDCap for SAS": FOR_SAS + "3,event_1_arm_1,2026-03-02 10:15:00,1,2,3,5,y,2\n",
    "numbers only": "7,4,4,3,5\n8,3,4,2,5\n9,1,2,3,5\n",
    "words": "eens;oneens;eens;vrij\noneens;eens;eens;i\neens;oneens;oneens;anders\noneens;eens;eens;x\n",
    "an address": "gemarkeerd@example.org,ja\nander@example.org,nee\n",
    "a number in words among numbers": "n/a," + "4,5,3,4,5,3,4,5,3,4\n" + "2,4,5,3,4,5,3,4,5,3,4\n" * 3,
}
HEADED = {
    "codes": "id,T1,T2,T3\n1,4,5,3\n2,4,4,3\n",
    "points of a scale": "1,2,3,4,5\n4,5,3,4,1\n4,4,3,2,2\n",
    "years": "community,2023,2024,2025\na,4,5,3\nb,4,4,3\n",
    "numbers of questions": "1.1;1.2;1.3;2.1\n4;5;3;3\n4;4;3;3\n",
    "options that repeat their heading": "wie,Blauw,Rood,Geel\nx,Blauw,,Geel\ny,,Rood,Geel\nz,Blauw,Rood,\n",
    "one record": "2026-03-01,4,5\n",
    "one column": "2026-03-01\n2026-03-02\n",
}


@pytest.mark.parametrize("text", HEADLESS.values(), ids=HEADLESS)
def test_a_file_without_headings_is_refused_without_repeating_an_answer(text: str) -> None:
    with pytest.raises(ExportError) as refused:
        parse("export.csv", text.encode())
    (message,) = refused.value.messages
    assert (message.code, message.params) == ("LCM-131", {})
    assert not any("gemarkeerd" in message.text(language) for language in LANGUAGES)


def grids(name: str, data: bytes) -> list[Grid]:
    try:
        return container.grids(name, data, LIMITS)
    except ExportError:
        return []


@pytest.mark.parametrize("text", HEADED.values(), ids=HEADED)
def test_headings_are_not_taken_for_a_respondent(text: str) -> None:
    (grid,) = grids("export.csv", text.encode())
    assert not is_headless(grid)


def test_no_real_file_is_taken_for_one_without_headings(real_exports: Path) -> None:
    files = [file for file in real_exports.rglob("*") if file.is_file()]
    found = [grid for file in files for grid in grids(file.name, file.read_bytes())]
    assert len(found) > 150
    assert [(grid.name, grid.sheet) for grid in found if is_headless(grid)] == []


@pytest.mark.parametrize(
    "file",
    [
        "redcap/redcapr_survey_data.csv",
        "redcap/redcapr_longitudinal_data.csv",
        "googleforms/spack_2021.csv",
        "googleforms/spack_2021.xlsx",
        "typeform/fcc2016_part1_first300.csv",
    ],
)
def test_a_real_file_whose_headings_were_cut_off_is_noticed(file: str, real_exports: Path) -> None:
    (grid,) = grids(file, (real_exports / file).read_bytes())
    assert is_headless(replace(grid, head=grid.head[1:]))
