"""A gallery of mistakes: each file is refused with the code that says what to do."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from lcmonitor.errors import LANGUAGES, ExportError, catalogue, steps
from lcmonitor.exports.reading import parse
from lcmonitor.exports.recognise import recognition_json
from lcmonitor.exports.registry import READERS
from lcmonitor.exports.sandbox import recognise
from tests.exports.trusted import read

BAD = Path(__file__).parent / "bad"
GALLERY = {
    "empty.csv": "LCM-101",
    "blank_lines_only.csv": "LCM-101",
    "header_only.csv": "LCM-102",
    "header_only_of_three_rows.csv": "LCM-102",
    "row_too_short.csv": "LCM-107",
    "row_too_long.csv": "LCM-107",
    "quote_never_closed.csv": "LCM-125",
    "surveymonkey_summary.csv": "LCM-108",
    "limesurvey_structure.csv": "LCM-109",
    "qualtrics_design.csv": "LCM-118",
    "json.csv": "LCM-130",
    "json_that_broke_off.csv": "LCM-174",
    "surveyjs_design.csv": "LCM-175",
    "xlsform_survey.csv": "LCM-111",
    "xlsform_choices.csv": "LCM-111",
    "html_table_named_csv.csv": "LCM-129",
    "login_page.csv": "LCM-129",
    "ids_rounded_by_excel.csv": "LCM-116",
    "ids_rounded_by_dutch_excel.csv": "LCM-116",
    "redcap_dictionary.csv": "LCM-112",
    "ddi_codebook.csv": "LCM-112",
    "no_headings.csv": "LCM-131",
    "qualtrics_responses.json": "LCM-132",
    "limesurvey_participants.csv": "LCM-133",
    "limesurvey_participants_to_import.csv": "LCM-133",
    "limesurvey_central_participants.csv": "LCM-133",
}


def test_the_gallery_is_complete() -> None:
    assert {file.name for file in BAD.iterdir()} == set(GALLERY)


@pytest.mark.parametrize(("file", "code"), GALLERY.items(), ids=GALLERY)
def test_a_bad_file_says_what_is_wrong_and_what_to_do(file: str, code: str) -> None:
    with pytest.raises(ExportError) as refused:
        read(BAD / file)
    (message,) = refused.value.messages
    assert message.code == code
    for language in LANGUAGES:
        assert message.text(language).startswith(f"{file}: ")
        assert "{" not in message.text(language)


def test_rows_that_do_not_fit_are_named() -> None:
    with pytest.raises(ExportError) as refused:
        read(BAD / "row_too_short.csv")
    assert refused.value.messages[0].params == {"rows": "3", "count": 1, "width": 3}


def zipped(**members: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/"), content)
    return packed.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
NOT_TEXT = {
    "old Excel": (OLE, "LCM-105"),
    "workbook with a password": (OLE + "EncryptedPackage".encode("utf-16-le"), "LCM-115"),
    "zip of something else": (zipped(**{"backup__1.bin": "x"}), "LCM-147"),
    "gzip under a CSV's name": (gzip.compress(b"T1\n4\n"), "LCM-106"),
    "LimeSurvey archive without responses": (zipped(**{"survey_1.lss": "<x/>"}), "LCM-162"),
    "LimeSurvey archive with an empty table": (
        zipped(**{"survey_1.lss": "<x/>", "survey_1_responses.lsr": "<x/>"}),
        "LCM-162",
    ),
    "LimeSurvey archive of two surveys": (
        zipped(**{"a.lss": "<x/>", "b.lss": "<x/>", "a_responses.lsr": "<x/>"}),
        "LCM-163",
    ),
    "LimeSurvey archive with a document type": (
        zipped(**{"a.lss": "<x/>", "a_responses.lsr": "<!DOCTYPE x><x/>"}),
        "LCM-160",
    ),
    "LimeSurvey archive that broke off inside": (
        zipped(**{"a.lss": "<x/>", "a_responses.lsr": "<x><row>"}),
        "LCM-161",
    ),
    "responses out of a LimeSurvey archive": (
        b'<?xml version="1.0"?>\n<document><LimeSurveyDocType>Responses</LimeSurveyDocType>',
        "LCM-168",
    ),
    "LimeSurvey data for SPSS alone": (b"'1','02-03-2026 10:15:00','nl',,'it''s'\n", "LCM-164"),
    "LimeSurvey syntax for SPSS alone": (
        b"SET UNICODE=ON.\nGET DATA\n /TYPE=TXT\n /FILE='survey_1_SPSS_data_file.dat'\n",
        "LCM-164",
    ),
    "LimeSurvey syntax for R alone": (
        b'data <- read.csv("survey_1_R_data_file.csv", quote = "")\n',
        "LCM-165",
    ),
    "workbook that broke off": (zipped(xl__workbook="")[:40], "LCM-114"),
    "PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "LCM-170"),
    "rich text": (b"{\\rtf1\\ansi x}", "LCM-170"),
    "Word": (zipped(**{"word__document.xml": "<x/>"}), "LCM-170"),
    "PowerPoint": (zipped(**{"ppt__presentation.xml": "<x/>"}), "LCM-170"),
    "old Word": (OLE + "WordDocument".encode("utf-16-le"), "LCM-170"),
    "zip of PDFs": (zipped(**{"Data_All.pdf": "%PDF", "readme/chart.png": "x"}), "LCM-170"),
    "screenshot": (b"\x89PNG\r\n\x1a\n" + bytes(20), "LCM-171"),
    "photo": (b"\xff\xd8\xff\xe0" + bytes(20), "LCM-171"),
    "OpenDocument": (
        zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet", **{"content.xml": "<x/>"}),
        "LCM-172",
    ),
    "Numbers": (zipped(**{"Index__Document.iwa": "x"}), "LCM-172"),
    "database": (b"SQLite format 3\x00" + bytes(80), "LCM-173"),
    "Parquet": (b"PAR1" + bytes(80) + b"PAR1", "LCM-173"),
    "program": (b"\x7fELF\x02\x01\x01" + bytes(64) + b"\xff\xfe\x80", "LCM-103"),
    "SPSS file that broke off": (b"$FL2@(#) SPSS DATA FILE" + bytes(100), "LCM-117"),
    "Stata file that broke off": (b"<stata_dta><header>", "LCM-153"),
    "old Stata file that broke off": (b"\x72\x02\x01\x00" + bytes(40), "LCM-153"),
    "SPSS portable file that broke off": (b"ASCII SPSS PORT FILE".ljust(200) + b"\n", "LCM-117"),
    "bytes that Windows-1252 does not have": (b"T1,T2\n4,caf\x81\xe9\n", "LCM-104"),
    "half a UTF-16 file": ("T1,T2\n4,5\n".encode("utf-16") + b"\x00", "LCM-104"),
}


@pytest.mark.parametrize(("data", "code"), NOT_TEXT.values(), ids=NOT_TEXT)
def test_what_is_no_table_is_recognised_by_its_bytes(data: bytes, code: str) -> None:
    with pytest.raises(ExportError) as refused:
        parse("export.csv", data)
    assert [message.code for message in refused.value.messages] == [code]


def test_a_refusal_is_part_of_the_recognition() -> None:
    found = recognise(BAD / "surveymonkey_summary.csv")
    described = recognition_json(found)
    assert (described["tool"], described["rows"]) == ("surveymonkey", 0)
    assert described["refused"] == {"code": "LCM-108", "message": found.refused and found.refused.as_json()}


def test_the_recognition_has_the_fields_that_are_promised(tmp_path: Path) -> None:
    file = tmp_path / "export.csv"
    file.write_text("id;email;T1\n1;a@example.org;4\n", encoding="utf-8")
    described = recognition_json(recognise(file))
    digest = described.pop("sha256") if isinstance(described, dict) else ""
    assert len(str(digest)) == 64
    assert described == {
        "file": "export.csv",
        "tool": "generic",
        "variant": "csv",
        "certainty": "unknown",
        "encoding": "utf-8",
        "delimiter": ";",
        "header_rows": 1,
        "rows": 1,
        "columns": 3,
        "complete": 1,
        "incomplete": 0,
        "personal_data": ["email"],
        "refused": None,
    }


def test_every_message_of_this_room_has_both_languages_and_a_next_step() -> None:
    codes = [code for code in catalogue() if code.startswith("LCM-1")]
    assert codes
    for code in codes:
        entry = catalogue()[code]
        assert {"wrong", "next"} <= set(entry) <= {"wrong", "found", "allowed", "next"}, code
        assert all(set(part) == set(LANGUAGES) for part in entry.values()), code


@pytest.mark.parametrize("tool", [*READERS, "generic"])
def test_every_tool_has_its_steps_in_both_languages(tool: str) -> None:
    found = steps({"tool": tool})
    assert set(found) == set(LANGUAGES)
    assert tool == "generic" or found != steps({})


def test_a_report_names_the_steps_of_the_tool_that_made_it() -> None:
    with pytest.raises(ExportError) as refused:
        parse("export.csv", b"%PDF-1.7 /URI (https://www.SurveyMonkey.com/results/)")
    (message,) = refused.value.messages
    assert message.text("en").endswith(steps({"tool": "surveymonkey"})["en"])
    assert "tool" not in message.params  # a link in a report is no proof of who wrote the file
