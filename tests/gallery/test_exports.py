"""One small export per mistake, handed in through the command line and through the inbox."""

import html
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from lcmonitor import pipeline
from tests.gallery.garden import (
    EXPORTS,
    MARKER,
    Shell,
    assert_well_told,
    deliver,
    garden,
    receipt_of,
    tree,
)

# file, code, and the rows that are named, as a spreadsheet numbers them; refused: exit code 3.
GALLERY = """
    another_questionnaire.csv          LCM-208  refused
    broken_workbook.xlsx               LCM-114  refused
    copied_row.csv                     LCM-246  5
    dates_outside_every_wave.csv       LCM-213  refused
    duplicate_response_ids.csv         LCM-247  5
    empty.csv                          LCM-101  refused
    header_only.csv                    LCM-102  refused
    missing_required_column.csv        LCM-203  refused
    misspelt_heading.csv               LCM-202  refused
    no_dates.csv                       LCM-212  refused
    nothing_filled_in.csv              LCM-245  6
    old_excel.xls                      LCM-105  refused
    one_unknown_code_in_many.csv       LCM-230  4
    only_test_rows.csv                 LCM-213  refused
    quote_never_closed.csv             LCM-125  refused
    row_too_short.csv                  LCM-107  refused
    same_person_twice.csv              LCM-248  5
    some_dates_outside_every_wave.csv  LCM-241  3
    structure.csv                      LCM-109  refused
    test_rows.csv                      LCM-240  4,5
    two_columns_for_one_item.csv       LCM-204  refused
    two_tables_in_a_zip.zip            LCM-141  refused
    unknown_code.csv                   LCM-215  refused
    unknown_column.csv                 LCM-201  refused
    unknown_organisation.csv           LCM-233  6
    without_consent.csv                LCM-244  6
    wrong_encoding.csv                 LCM-104  refused
    zero_to_four.csv                   LCM-214  refused
"""
CASES = [tuple(line.split()) for line in GALLERY.strip().splitlines()]
REFUSED = [(file, code) for file, code, outcome in CASES if outcome == "refused"]
ACCEPTED = [(file, code, outcome) for file, code, outcome in CASES if outcome != "refused"]
# The place is wrong, the file is not: folder of the inbox, code, folder of its receipt.
MISPLACED = [
    ("", "LCM-427", "unknown"),
    ("nowhere", "LCM-421", "unknown"),
    ("delta/2031-1", "LCM-422", "delta"),
]
# Cells that are never answered with more than one row, so that the row stays what the table above says.
KEPT_WHOLE = {"LCM-230", "LCM-233"}


@dataclass(frozen=True)
class Running:
    """A workspace that has taken in a good export."""

    root: Path

    @property
    def store(self) -> bytes:
        return (self.root / "data" / "store.duckdb").read_bytes()


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Running:
    root = garden(tmp_path_factory.mktemp("running") / "garden")
    deliver(root, EXPORTS / "good.csv")
    (receipt,) = pipeline.ingest(root)
    assert receipt.verdict == "accepted"
    assert receipt.balance.new == 12
    return Running(root)


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return garden(tmp_path_factory.mktemp("new") / "garden")


def found(receipt: Mapping[str, Any], code: str) -> Mapping[str, Any]:
    """The one finding with the code."""
    (finding,) = [finding for finding in receipt["findings"] if finding["code"] == code]
    return dict(finding)


def test_every_file_of_the_gallery_is_tried() -> None:
    assert {file.name for file in EXPORTS.iterdir()} == {"good.csv", *(case[0] for case in CASES)}


def test_an_export_without_a_mistake_is_accepted(new: Path, lcmonitor: Shell) -> None:
    done = lcmonitor("check", EXPORTS / "good.csv", "--community", "delta", "--workspace", new, "--json")
    assert done.exit_code == 0
    assert done.json["verdict"] == "accepted"
    assert done.json["findings"] == []


@pytest.mark.parametrize(("file", "code"), REFUSED, ids=[file for file, _ in REFUSED])
def test_check_refuses_with_the_code_of_the_mistake(
    file: str, code: str, new: Path, lcmonitor: Shell
) -> None:
    before = tree(new)
    done = lcmonitor("check", EXPORTS / file, "--community", "delta", "--workspace", new, "--json")
    assert done.exit_code == 3
    assert done.json["verdict"] == "refused"
    balance = done.json["balance"]
    assert balance["rows"] == balance["set_aside"] == len(done.json["set_aside"])
    finding = found(done.json, code)
    assert finding["severity"] == "error"
    assert_well_told(code, finding["message"], place=file)
    assert MARKER not in done.said.casefold()
    assert tree(new) == before


@pytest.mark.parametrize(("file", "code", "rows"), ACCEPTED, ids=[file for file, *_ in ACCEPTED])
def test_check_names_the_rows_that_are_set_aside(
    file: str, code: str, rows: str, new: Path, lcmonitor: Shell
) -> None:
    done = lcmonitor("check", EXPORTS / file, "--community", "delta", "--workspace", new, "--json")
    named = [int(row) for row in rows.split(",")]
    assert done.exit_code == 0
    finding = found(done.json, code)
    assert finding["rows"] == named
    assert_well_told(code, finding["message"], place=file)
    aside = [] if code in KEPT_WHOLE else [{"row": row, "code": code} for row in named]
    assert done.json["set_aside"] == aside
    assert done.json["balance"]["rows"] == done.json["balance"]["new"] + len(aside)
    assert MARKER not in done.said.casefold()


@pytest.mark.parametrize("language", ["nl", "en"])
def test_check_tells_a_person_what_to_do_next(language: str, new: Path, lcmonitor: Shell) -> None:
    arguments = ["check", EXPORTS / "zero_to_four.csv", "--community", "delta", "--workspace", new]
    as_json = lcmonitor(*arguments, "--json").json
    done = lcmonitor("--language", language, *arguments)
    assert done.exit_code == 3
    assert f"LCM-214  {found(as_json, 'LCM-214')['message'][language]}" in done.out


def assert_only_a_receipt(running: Running, file: str, folder: str, code: str, of: str) -> None:
    """After an ingest: nothing stored, nothing moved, and an account of it as JSON and as a page."""
    store, good = running.store, EXPORTS / "good.csv"
    published = tree(running.root / "published")
    upload = deliver(running.root, EXPORTS / file, folder)
    delivered = upload.read_bytes(), upload.stat().st_mtime_ns
    try:
        (receipt,) = pipeline.ingest(running.root)
        assert receipt.verdict == "refused"
        assert running.store == store
        assert (upload.read_bytes(), upload.stat().st_mtime_ns) == delivered
        page = receipt_of(running.root, upload, of).with_suffix(".html")
        made = tree(running.root / "published").keys() - published.keys()
        assert made == {f"receipts/{of}/{page.stem}.{kind}" for kind in ("html", "json")}
        assert receipt_of(running.root, good, "delta").is_file()
        assert_receipt(page, code, file)
    finally:
        upload.unlink()
        for made_here in receipt_of(running.root, EXPORTS / file, of).parent.glob(f"{page.stem}.*"):
            made_here.unlink()


def assert_receipt(page: Path, code: str, file: str) -> None:
    account = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
    message = found(account, code)["message"]
    assert_well_told(code, message, place=file)
    text = html.unescape(page.read_text(encoding="utf-8"))
    for language in ("nl", "en"):
        assert message[language] in text
    assert MARKER not in (page.read_text() + str(account)).casefold()


@pytest.mark.parametrize(("file", "code"), REFUSED, ids=[file for file, _ in REFUSED])
def test_a_refused_file_leaves_only_its_receipt(file: str, code: str, running: Running) -> None:
    assert_only_a_receipt(running, file, "delta", code, of="delta")


@pytest.mark.parametrize(("folder", "code", "of"), MISPLACED, ids=["inbox itself", "community", "wave"])
def test_a_file_in_the_wrong_folder_leaves_only_its_receipt(
    folder: str, code: str, of: str, running: Running
) -> None:
    assert_only_a_receipt(running, "test_rows.csv", folder, code, of)


def test_a_mistake_in_one_file_does_not_hold_up_the_others(tmp_path: Path) -> None:
    root = garden(tmp_path / "garden")
    for file, folder in (("zero_to_four.csv", "delta"), ("good.csv", "delta"), ("empty.csv", "nowhere")):
        deliver(root, EXPORTS / file, folder)
    verdicts = {receipt.file: receipt.verdict for receipt in pipeline.ingest(root)}
    assert verdicts == {"zero_to_four.csv": "refused", "good.csv": "accepted", "empty.csv": "refused"}


def test_a_mended_file_takes_the_place_of_the_refused_one(tmp_path: Path) -> None:
    """The receipt of the refusal stays; the mended bytes get one of their own."""
    root = garden(tmp_path / "garden")
    upload = deliver(root, EXPORTS / "zero_to_four.csv")
    assert [receipt.verdict for receipt in pipeline.ingest(root)] == ["refused"]
    upload.write_bytes((EXPORTS / "good.csv").read_bytes())
    assert [receipt.verdict for receipt in pipeline.ingest(root)] == ["accepted"]
    assert len(list((root / "published" / "receipts" / "delta").glob("*.json"))) == 2
    assert pipeline.ingest(root) == []
