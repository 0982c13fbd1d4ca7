"""Exports look as their tools write them: looked at with csv, zipfile and pyreadstat, not our readers."""

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import openpyxl
import pyreadstat
import pytest

from lcmonitor.demo.writers import TOOLS
from lcmonitor.demo.writers.sheet import Choice, Reply, Sheet
from lcmonitor.instruments.model import Codebook

CODEBOOK = Codebook.model_validate(
    {
        "id": "tiny",
        "title": {"nl": "Klein", "en": "Tiny"},
        "scales": {
            "agree": {
                "codes": {1: {"nl": "oneens", "en": "disagree"}, 2: {"nl": "eens", "en": "agree"}},
                "missing": {9: {"nl": "weet niet", "en": "don't know"}},
            },
            "yes": {"codes": {0: {"nl": "nee", "en": "no"}, 1: {"nl": "ja", "en": "yes"}}},
        },
        "items": {
            "OK": {
                "text": {"nl": "Doet u mee?", "en": "Do you take part?"},
                "type": "consent",
                "scale": "yes",
            },
            "ORG": {"text": {"nl": "Uw organisatie?", "en": "Your organisation?"}, "type": "partner"},
            "T1": {"text": {"nl": 'Brood is "goed".', "en": 'Bread is "good".'}, "scale": "agree"},
            "T2": {"text": {"nl": "Thee, of koffie.", "en": "Tea, or coffee."}, "scale": "agree"},
            "H": {"text": {"nl": "Uren", "en": "Hours"}, "type": "number"},
        },
        "forms": {"p": {"title": {"nl": "Bakkers", "en": "Bakers"}, "items": ["OK", "ORG", "T1", "T2", "H"]}},
    }
)
START, SENT = datetime.fromisoformat("2025-04-12 09:05:33"), datetime.fromisoformat("2025-04-12 14:15:03")
FULL = Reply(
    number=1,
    token="abc123",
    started=START,
    submitted=SENT,
    values={"OK": 1, "ORG": "mill", "T1": 2, "T2": 9, "H": 7.5},
    name="Gesimuleerde deelnemer 1",
    email="deelnemer1@simulatie.invalid",
    ip="192.0.2.1",
)
EMPTY = replace(FULL, number=2, token="def456", values={"OK": 1, "ORG": "mill", "T1": None, "H": 8.0})
STOPPED = replace(FULL, number=3, token="ghi789", submitted=None, values={"OK": 1, "ORG": "mill"})
SHEET = Sheet(
    title="Bakkers",
    codebook=CODEBOOK,
    items=("OK", "ORG", "T1", "T2", "H"),
    replies=(FULL, EMPTY, STOPPED),
    language="nl",
    partners={"mill": Choice("Coöperatie De Molen", "P01")},
    stem="Wat vindt u?",
)


def written(tool: str, folder: Path, sheet: Sheet = SHEET) -> Path:
    path = folder / f"export{TOOLS[tool].suffix}"
    TOOLS[tool].write(path, sheet)
    return path


@pytest.mark.parametrize("tool", TOOLS)
def test_the_same_answers_are_the_same_bytes(tool: str, tmp_path: Path) -> None:
    first = written(tool, tmp_path).read_bytes()
    assert written(tool, tmp_path).read_bytes() == first


def test_limesurvey_quotes_everything_but_null(tmp_path: Path) -> None:
    raw = written("limesurvey-codes", tmp_path).read_bytes()
    assert raw.startswith(b'\xef\xbb\xbf"id","submitdate","lastpage","startlanguage","seed","token",')
    assert raw.count(b"\r\n") == raw.count(b"\n") == 4
    full, empty, stopped = raw.decode("utf-8-sig").splitlines()[1:]
    assert full.endswith('"192.0.2.1","","Y","P01","2","9","7.5"')
    assert empty.endswith('"Y","P01","",,"8"')  # left empty, then not shown
    assert stopped.startswith('"3",,"1","nl",')  # never sent
    assert stopped.endswith('"Y","P01",,,')


def test_limesurvey_in_dutch_has_code_and_text_above_full_answers(tmp_path: Path) -> None:
    text = written("limesurvey-full", tmp_path).read_text(encoding="utf-8-sig")
    headings, full, *_ = csv.reader(io.StringIO(text))
    assert headings[:2] == ["id. Respons-ID", "submitdate. Datum verzonden"]
    assert headings[-3:] == [
        'agree[T1]. Wat vindt u? [Brood is "goed".]',
        "agree[T2]. Wat vindt u? [Thee, of koffie.]",
        "H. Uren",
    ]
    assert full[:2] == ["1", "2025-04-12 14:15:03"]
    assert full[-5:] == ["ja", "Coöperatie De Molen", "eens", "weet niet", "7.5"]


@pytest.mark.parametrize("tool", ["limesurvey-codes", "limesurvey-full"])
def test_limesurvey_codes_hold_letters_and_digits_only(tool: str, tmp_path: Path) -> None:
    items = {code.replace("T", "T_"): item for code, item in CODEBOOK.items.items()}
    renamed = CODEBOOK.model_copy(update={"items": items})
    sheet = replace(SHEET, codebook=renamed, items=tuple(items))
    text = written(tool, tmp_path, sheet).read_text(encoding="utf-8-sig")
    codes = [heading.split(". ")[0] for heading in next(csv.reader(io.StringIO(text)))]
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9]*(\[[A-Za-z0-9]+\])?", code) for code in codes)
    assert len(set(codes)) == len(codes)


def test_qualtrics_has_three_heading_rows_and_choice_text(tmp_path: Path) -> None:
    sheet = replace(
        SHEET, language="en", stem="What do you think?", replies=(replace(FULL, test=True), STOPPED)
    )
    text = written("qualtrics", tmp_path, sheet).read_text(encoding="utf-8-sig")
    tags, questions, imports, preview, stopped = csv.reader(io.StringIO(text))
    assert tags[-5:] == ["OK", "ORG", "T1", "T2", "H"]
    assert questions[-3] == 'What do you think? - Bread is "good".'
    ids = [json.loads(cell) for cell in imports]
    assert ids[0] == {"ImportId": "startDate", "timeZone": "Europe/Amsterdam"}
    assert ids[-1] == {"ImportId": "QID5"}
    first = dict(zip(tags, preview, strict=True))
    assert (first["Status"], first["Finished"], first["Progress"]) == ("Survey Preview", "True", "100")
    assert (first["ExternalReference"], first["T1"], first["T2"]) == ("abc123", "agree", "don't know")
    assert len(first["ResponseId"]) == 17
    second = dict(zip(tags, stopped, strict=True))
    assert (second["Status"], second["Finished"], second["T1"]) == ("IP Address", "False", "")


def test_microsoft_forms_is_an_excel_table_with_real_dates_and_pasted_spaces(tmp_path: Path) -> None:
    path = written("msforms", tmp_path)
    with zipfile.ZipFile(path) as archive:
        assert "xl/tables/table1.xml" in archive.namelist()
        assert b"2026-01-01T00:00:00Z" in archive.read("docProps/core.xml")
    page = openpyxl.load_workbook(path)["Sheet1"]
    headings, *rows = page.iter_rows(values_only=True)
    assert headings[:5] == ("ID", "Begintijd", "Tijd van voltooien", "E-mail", "Naam")
    assert headings[6:8] == ("Doet u mee?", "Uw organisatie?\u00a0")
    assert [row[0] for row in rows] == [1, 2]  # what was not sent does not exist
    assert rows[0][2] == SENT
    assert page["C2"].number_format == "m/d/yy h:mm:ss"
    assert rows[0][6:] == ("ja", "Coöperatie De Molen", "eens", "weet niet", 7.5)
    assert rows[1][8:10] == (None, None)


def test_google_forms_quotes_all_and_has_no_ids(tmp_path: Path) -> None:
    text = written("googleforms", tmp_path).read_text(encoding="utf-8")
    headings, full, empty = csv.reader(io.StringIO(text))
    assert headings[:4] == ["Timestamp", "Username", "Doet u mee?", "Uw organisatie?"]
    assert headings[4] == 'Wat vindt u? [Brood is "goed".]'
    assert full[0] == "2025/04/12 2:15:03 PM GMT+2"
    assert full[2:] == ["ja", "Coöperatie De Molen", "eens", "weet niet", "7.5"]
    assert empty[4:6] == ["", ""]
    assert all(cell.startswith('"') for line in text.splitlines() for cell in line.split('","')[:1])


def test_spss_has_labels_and_a_declared_missing_code(tmp_path: Path) -> None:
    path = written("spss", tmp_path)
    frame, meta = pyreadstat.read_sav(path, user_missing=True)
    assert frame["T1"].tolist()[0] == 2
    assert frame["T2"].tolist()[0] == 9
    assert frame["T1"].isna().tolist() == [False, True, True]
    assert frame["ORG"].tolist()[0] == "Coöperatie De Molen"
    assert meta.variable_value_labels["T1"] == {1: "oneens", 2: "eens", 9: "weet niet"}
    assert meta.missing_ranges["T1"] == [{"lo": 9, "hi": 9}]
    assert meta.column_names_to_labels["T2"] == "Thee, of koffie."
    assert meta.file_encoding == "UTF-8"
    assert frame["submitdate"].tolist()[0] == SENT


def test_a_plain_table_is_what_a_dutch_excel_saves(tmp_path: Path) -> None:
    raw = written("plain", tmp_path).read_bytes()
    headings, full, *_ = raw.decode("cp1252").split("\r\n")
    assert headings == "respons_id;ingevuld_op;token;naam;e-mail;OK;ORG;T1;T2;H"
    assert full.startswith("1;12-04-2025 14:15;abc123;")
    assert full.endswith(";ja;Coöperatie De Molen;2;9;7,5")
    with pytest.raises(UnicodeDecodeError):
        raw.decode("utf-8")


@pytest.mark.parametrize("tool", TOOLS)
def test_every_tool_records_who_somebody_is(tool: str, tmp_path: Path) -> None:
    path = written(tool, tmp_path)
    raw = path.read_bytes()
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as archive:
            raw = b"".join(archive.read(name) for name in archive.namelist())
    assert b"simulatie.invalid" in raw or b"192.0.2.1" in raw
