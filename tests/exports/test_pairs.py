"""LimeSurvey's pairs of files for R and SPSS: real ones zipped here, and made-up ones that do not fit."""

import io
import zipfile
from pathlib import Path

import pytest

from lcmonitor.errors import ExportError
from lcmonitor.exports.reading import parse
from lcmonitor.exports.table import Column, RawTable
from tests.exports.trusted import read

SURVEYS = ("100001", "998192")


def zipped(**members: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def r_pair(folder: Path, survey: str) -> tuple[bytes, bytes]:
    stem = folder / "limesurvey" / f"limonaid_survey_{survey}"
    return Path(f"{stem}_R_data_file.csv").read_bytes(), Path(f"{stem}_R_syntax_file.R").read_bytes()


def together(data: bytes, syntax: bytes, **more: bytes) -> RawTable:
    files = {"survey_1_R_data_file.csv": data, "survey_1_R_syntax_file.R": syntax, **more}
    return parse("both.zip", zipped(**files))


@pytest.mark.parametrize("survey", SURVEYS)
def test_the_same_responses_with_and_without_the_syntax(survey: str, real_exports: Path) -> None:
    alone = read(real_exports / "limesurvey" / f"limonaid_survey_{survey}_R_data_file.csv")
    both = together(*r_pair(real_exports, survey))
    assert both.cells.equals(alone.cells)
    assert both.facts.equals(alone.facts)
    assert (both.source.tool, both.source.variant, both.source.certainty) == (
        "limesurvey",
        "R syntax",
        "sure",
    )

    def seen(column: Column) -> tuple[object, ...]:
        return column.position, column.heading, column.text, column.part, column.role

    assert list(map(seen, both.columns)) == list(map(seen, alone.columns))


def test_the_syntax_gives_codes_and_labels(real_exports: Path) -> None:
    columns = {column.code: column for column in together(*r_pair(real_exports, "998192")).columns}
    assert columns["informedConsent"].labels == {"yes": "Yes please", "no": "Over my dead body"}
    assert columns["education[primary]"].labels == {"1": "Yes", "0": "Not selected"}
    assert (columns["education[primary]"].part, columns["education[primary]"].position) == (
        "Primary School",
        12,
    )
    assert columns["activities[exp][2]"].labels["7"].startswith("7 ")
    assert columns["order[5]"].labels["west"] == "How the west was won"
    assert columns["image[filecount]"].labels == {}


def test_labels_with_commas_quotes_and_brackets_stay_whole(real_exports: Path) -> None:
    found = together(*r_pair(real_exports, "100001"))
    confident = next(column for column in found.columns if column.code == "CbrltPbcCaDrug")
    assert confident.labels == {
        "5": "A lot of confidence",
        "4": "(4)",
        "3": "(3)",
        "2": "(2)",
        "1": "No confidence at all",
        "0": "(not applicable)",
    }
    assert len(next(column for column in found.columns if column.code == "country").labels) > 200


def test_what_a_mac_adds_to_a_zip_is_passed_over(real_exports: Path) -> None:
    data, syntax = r_pair(real_exports, "998192")
    mac = {"__MACOSX/._survey_1_R_data_file.csv": b"\x00\x05\x16\x07"}
    assert together(data, syntax, **mac).source.variant == "R syntax"


def test_files_of_two_exports_are_refused(real_exports: Path) -> None:
    data, syntax = r_pair(real_exports, "998192")
    other_data, other_syntax = r_pair(real_exports, "100001")
    longer = syntax + b'names(data)[99] <- "x"\n' * 70
    moved = syntax.replace(b'names(data)[2] <- "submitdate"', b'names(data)[2] <- "lastpage"')
    for bad in ((data, longer), (data, moved)):
        with pytest.raises(ExportError, match="LCM-163"):
            together(*bad)
    with pytest.raises(ExportError, match="LCM-163"):
        together(data, syntax, third=other_data)
    with pytest.raises(ExportError, match="LCM-163"):
        together(data, syntax, third=other_syntax)


# Made up after what LimeSurvey writes.
SYNTAX = """\
\ufeff*$Rev: 121017 $ complete 2.
SET UNICODE=ON.
GET DATA
 /TYPE=TXT
 /FILE='survey_1_SPSS_data_file.dat'
 /VARIABLES=
 V1 F7
 V2 DATETIME23.2
 V3 F7
 V4 A20
 V5 F1
 V6 A3.
CACHE.
EXECUTE.
*Define Variable Properties.
VARIABLE LABELS V1 "id".
VARIABLE LABELS V5 "[Met ""u"" en "+
"anderen] Hoe gaat het?".
VARIABLE LABELS V6 "Kleur".
*Define Value labels.
VALUE LABELS  V5
 1 "Oneens"
 2 "Eens, "heel" erg".
VALUE LABELS  V6
 "A1" "Rood"
 "A2" "Blauw".
RECODE V6 ("-oth-" = "666666").
EXECUTE.
ADD VALUE LABELS V6 666666 "other".
ALTER TYPE V6 (F6.0).
RENAME VARIABLES ( V1 = id ).
RENAME VARIABLES ( V2 = submitdate ).
RENAME VARIABLES ( V3 = lastpage ).
RENAME VARIABLES ( V4 = startlanguage ).
RENAME VARIABLES ( V5 = T1_SQ1#0 ).
RENAME VARIABLES ( V6 = T2 ).
RESTORE LOCALE.
"""
DATA = "\ufeff'7','02-03-2026 10:15:00','4','nl','1','-oth-'\n'8',,'2','nl',,'it''s, ''so'''\n"


def spss(data: str = DATA, syntax: str = SYNTAX) -> RawTable:
    files = {"survey_1_SPSS_data_file.dat": data.encode(), "survey_1_SPSS_syntax_file.sps": syntax.encode()}
    return parse("both.zip", zipped(**files))


def test_a_pair_for_spss() -> None:
    found = spss()
    assert (found.source.tool, found.source.variant, found.source.header_rows) == (
        "limesurvey",
        "SPSS syntax",
        0,
    )
    assert [column.code for column in found.columns[4:]] == ["T1[SQ1][1]", "T2"]
    assert [(column.text, column.part) for column in found.columns[4:]] == [
        ("Hoe gaat het?", 'Met "u" en anderen'),
        ("Kleur", ""),
    ]
    assert found.columns[4].labels == {"1": "Oneens", "2": 'Eens, "heel" erg'}
    assert found.columns[5].labels == {"A1": "Rood", "A2": "Blauw", "-oth-": "other"}
    assert found.cells["4"].to_pylist() == ["1", ""]
    assert found.cells["5"].to_pylist() == ["-oth-", "it's, 'so'"]
    assert list(map(str, found.facts["submitted"].to_pylist())) == ["2026-03-02 10:15:00", "None"]
    assert found.facts["status"].to_pylist() == ["complete", "incomplete"]
    assert found.facts["row"].to_pylist() == [1, 2]


def test_data_of_another_width_than_the_syntax_is_refused() -> None:
    with pytest.raises(ExportError, match="LCM-163"):
        spss(data=DATA.replace(",'4',", ",'4','5',"))


def test_a_plain_table_whose_first_cell_is_in_single_quotes_is_no_half_of_a_pair() -> None:
    assert parse("x.csv", b"'T1','T2','T3'\n'1','2','3'\n").facts.num_rows == 1
