"""A small share of ``make fuzz``: every kind of mutation, and damaged files of every format."""

from pathlib import Path

import pytest

from lcmonitor.exports.limits import Limits
from tests.fuzz import damage, judging
from tests.fuzz.hostile import FILES
from tests.fuzz.mutations import MUTATIONS
from tests.fuzz.tables import put_together, taken_apart
from tests.fuzz.watch import ALLOWANCE, GRACE, ending, peak

SEED = 7
LIMITS = Limits(seconds=30)
TABLES = {  # what hurts in these does no harm here: they are read
    "zip bomb in workbook.xlsx",  # nothing is unpacked that is no part of a workbook's sheets
    "names that climb.xlsx",  # nothing is ever unpacked to disk
    "cell of 10 MB.xlsx",
    "cell of 10 MB.csv",
    "16384 columns.xlsx",
    "16384 columns.csv",
    "heading of blanks.csv",
    "sep and nothing.csv",
}
CODES = {
    "billion laughs.xlsx": "LCM-113",
    "billion laughs in 16 bits.xlsx": "LCM-113",
    "outside entity.xlsx": "LCM-113",
    "opposite corners.xlsx": "LCM-113",
    "opposite corners elsewhere.xlsx": "LCM-113",
    "overlapping entries.xlsx": "LCM-113",
    "too many entries.xlsx": "LCM-113",
    "zip bomb.xlsx": "LCM-113",
    "encrypted entries.xlsx": "LCM-114",
    "size that lies.xlsx": "LCM-114",
    "size that lies and unpacks.xlsx": "LCM-114",
    "only NULs.csv": "LCM-103",
    "quote that never closes.csv": "LCM-125",
    "a million columns.csv": "LCM-192",
    "only delimiters.csv": "LCM-192",
}


@pytest.mark.parametrize("name", FILES)
def test_a_hostile_file_ends_in_time_with_a_code_and_costs_the_parent_nothing(
    name: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(FILES[name]())
    before = peak(anew=True)
    ended = ending(path, LIMITS)
    assert peak() - before <= ALLOWANCE + ended.table
    assert ended.seconds <= LIMITS.seconds + GRACE
    assert bool(ended.code) == (name not in TABLES)
    assert ended.code == CODES.get(name, ended.code)
    assert not Path("/tmp/lcmonitor-slipped").exists()


def test_damaged_files_end_with_a_table_or_a_code(tmp_path: Path) -> None:
    toll = damage.run(tmp_path, 120, SEED)
    assert toll.survived, toll
    assert sum(toll.endings.values()) == 120


def test_no_changed_export_is_silently_different(tmp_path: Path) -> None:
    verdicts = list(judging.run(tmp_path, 200, SEED))
    assert {verdict.mutation for verdict in verdicts} == MUTATIONS.keys()
    assert [str(verdict) for verdict in verdicts if verdict.outcome == "SILENT"] == []
    assert {verdict.outcome for verdict in verdicts if verdict.mutation == "nothing"} == {"same"}


def test_what_is_taken_apart_is_put_together_again(tmp_path: Path) -> None:
    """Otherwise the changes that are judged would not be those that are meant."""
    _, exports = judging.originals(tmp_path / "programme")
    for original in exports:
        path = next(tmp_path.glob(f"programme/inbox/{original.community}/{original.export.name}"))
        written = put_together(original.export, tmp_path)
        if original.export.kind == "csv":
            assert written == path.read_bytes()
        else:
            again = tmp_path / original.export.name
            again.write_bytes(written)
            header_rows = len(original.export.columns[0].heads)
            assert taken_apart(again, header_rows).lines() == original.export.lines()
