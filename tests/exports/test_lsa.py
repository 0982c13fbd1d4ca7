"""LimeSurvey's archive: made-up ones with every kind of column, and real ones opened by hand."""

import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from lcmonitor.errors import ExportError
from lcmonitor.exports.reading import parse
from lcmonitor.exports.table import Column, RawTable
from tests.exports.trusted import read


def table(name: str, *rows: dict[str, str]) -> str:
    def row(cells: dict[str, str]) -> str:
        return "".join(f"<{field}><![CDATA[{text}]]></{field}>" for field, text in cells.items())

    return f"<{name}><rows>{''.join(f'<row>{row(cells)}</row>' for cells in rows)}</rows></{name}>"


def question(qid: str, kind: str, title: str, text: str, **more: str) -> dict[str, str]:
    fixed = {"qid": qid, "parent_qid": "0", "gid": "3", "language": "nl", "other": "N", "scale_id": "0"}
    return {**fixed, "type": kind, "title": title, "question": text, **more}


def part(parent: str, title: str, text: str, scale: str = "0", qid: str = "") -> dict[str, str]:
    own = qid or f"9{parent}{scale}{title}"
    return question(own, "T", title, text, parent_qid=parent, scale_id=scale)


def answer(qid: str, code: str, text: str, scale: str = "0") -> dict[str, str]:
    return {"qid": qid, "code": code, "answer": text, "language": "nl", "scale_id": scale}


# Made up: texts in the rows themselves, as LimeSurvey kept them up to version 3.
STRUCTURE = "".join([
    "<document><LimeSurveyDocType>Survey</LimeSurveyDocType>",
    table("answers",
          answer("4", "A1", "<b>Oneens</b>"), answer("4", "A2", "Eens"), answer("20", "A1", "Nooit"),
          answer("20", "A9", "Vaak", "1"), answer("30", "x", "Rood"), answer("60", "L", "Licht")),
    table("questions",
          question("4", "F", "T1", "<p>Vindt u&nbsp;dit?</p>"), question("20", "1", "T2", "Hoe vaak?"),
          question("30", "L", "T3", "Welke kleur?", other="Y"),
          question("40", "P", "T4", "Wat doet u?", other="Y"),
          question("50", ";", "T5", "Tabel"), question("60", "R", "T6", "Volgorde"),
          question("70", "|", "T7", "Bestand"), question("80", "Y", "T8", "Akkoord?"),
          question("81", "O", "T9", "Waarom?"), question("90", "T", "T10", "Geheim", encrypted="Y")),
    table("subquestions",
          part("4", "5S", "Met u"), part("4", "mother", "Moeder"), part("20", "a", "Thuis"),
          part("40", "1", "Lezen"), part("50", "r", "Rij"), part("50", "k", "Kolom", "1")),
    table("surveys", {"sid": "12", "language": "nl"}),
    "</document>",
])  # fmt: skip
FIELDS = [
    "id", "token", "submitdate", "12X3X45S", "12X3X4mother", "12X3X20a#0", "12X3X20a#1", "12X3X30",
    "12X3X30other", "12X3X401", "12X3X401comment", "12X3X40other", "12X3X50r_k", "12X3X601", "12X3X70",
    "12X3X70_filecount", "12X3X80", "12X3X81comment", "12X3X90", "nobody_knows",
]  # fmt: skip


def responses(*rows: dict[str, str], fields: Sequence[str] = FIELDS) -> str:
    names = "".join(f"<fieldname>{field}</fieldname>" for field in fields)
    named = [{re.sub(r"^(?=\d)", "_", f).replace("#", "-"): text for f, text in row.items()} for row in rows]
    body = table("responses", *named).replace("<responses>", f"<responses><fields>{names}</fields>")
    return f"<document><LimeSurveyDocType>Responses</LimeSurveyDocType>{body}</document>"


ROWS = (
    {"id": "1", "token": "tok-a", "submitdate": "2026-03-02 10:15:00", "12X3X45S": "A1", "12X3X20a#1": "A9",
     "12X3X401": "Y", "12X3X401comment": "graag ]] >", "12X3X90": "eW91IHNlZQ==", "nobody_knows": "?"},
    {"id": "2", "12X3X45S": "", "12X3X30": "-oth-", "12X3X30other": " a\n<b> & “b” "},
)  # fmt: skip


def archive(structure: str = STRUCTURE, answers: str = "") -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as files:
        files.writestr("survey_12.lss", structure)
        files.writestr("survey_12_responses.lsr", answers or responses(*ROWS))
        files.writestr("survey_12_tokens.lst", "<not <even <xml")
        files.writestr("survey_12_timings.lsi", "<not <even <xml")
    return packed.getvalue()


@pytest.fixture
def made_up() -> RawTable:
    return parse("survey_12.lsa", archive())


def column(table: RawTable, code: str) -> Column:
    return next(column for column in table.columns if column.code == code)


def test_fields_are_called_as_in_an_export_with_codes(made_up: RawTable) -> None:
    assert [column.code for column in made_up.columns] == [
        "id", "token", "submitdate", "T1[5S]", "T1[mother]", "T2[a][1]", "T2[a][2]", "T3", "T3[other]",
        "T4[1]", "T4[1comment]", "T4[other]", "T5[r_k]", "T6[1]", "T7", "T7[filecount]", "T8", "T9[comment]",
        "T10", "nobody_knows",
    ]  # fmt: skip


def test_the_structure_says_what_was_asked(made_up: RawTable) -> None:
    asked = {column.code: (column.text, column.part) for column in made_up.columns[3:18]}
    assert asked == {
        "T1[5S]": ("Vindt u dit?", "Met u"),
        "T1[mother]": ("Vindt u dit?", "Moeder"),
        "T2[a][1]": ("Hoe vaak? [Thuis]", "Schaal 1"),
        "T2[a][2]": ("Hoe vaak? [Thuis]", "Schaal 2"),
        "T3": ("Welke kleur?", ""),
        "T3[other]": ("Welke kleur?", "Overige"),
        "T4[1]": ("Wat doet u?", "Lezen"),
        "T4[1comment]": ("Wat doet u?", "Opmerking"),
        "T4[other]": ("Wat doet u?", "Overige"),
        "T5[r_k]": ("Tabel [Rij]", "Kolom"),
        "T6[1]": ("Volgorde", "Rang 1"),
        "T7": ("Bestand", ""),
        "T7[filecount]": ("Bestand", "filecount"),
        "T8": ("Akkoord?", ""),
        "T9[comment]": ("Waarom?", "Opmerking"),
    }


def test_the_structure_says_what_an_answer_stands_for(made_up: RawTable) -> None:
    assert column(made_up, "T1[5S]").labels == {"A1": "Oneens", "A2": "Eens"}
    assert column(made_up, "T1[mother]").labels == {"A1": "Oneens", "A2": "Eens"}
    assert column(made_up, "T2[a][1]").labels == {"A1": "Nooit"}
    assert column(made_up, "T2[a][2]").labels == {"A9": "Vaak"}
    assert column(made_up, "T3").labels == {"x": "Rood", "-oth-": "Overige"}
    assert column(made_up, "T4[1]").labels == {"Y": "Ja"}
    assert column(made_up, "T6[1]").labels == {"L": "Licht"}
    assert column(made_up, "T8").labels == {"Y": "Ja", "N": "Nee"}
    assert {
        code: column(made_up, code).labels for code in ("T3[other]", "T4[1comment]", "T7[filecount]")
    } == {
        "T3[other]": {},
        "T4[1comment]": {},
        "T7[filecount]": {},
    }


def test_an_absent_answer_was_not_shown(made_up: RawTable) -> None:
    cells = {column.code: made_up.cells[str(column.position)].to_pylist()
             for column in made_up.columns if column.role == "question"}  # fmt: skip
    assert cells["T1[5S]"] == ["A1", ""]
    assert cells["T3"] == [None, "-oth-"]
    assert cells["T3[other]"] == [None, " a\n<b> & “b” "]
    assert cells["T4[1comment]"] == ["graag ]] >", None]


def test_rows_and_tokens(made_up: RawTable) -> None:
    assert made_up.source.variant == "archive"
    assert made_up.facts["row"].to_pylist() == [1, 2]
    assert made_up.facts["token"].to_pylist() == ["tok-a", None]
    assert made_up.facts["status"].to_pylist() == ["complete", "incomplete"]


def test_what_is_encrypted_is_left_out_and_named(made_up: RawTable) -> None:
    assert column(made_up, "T10").role == "personal"
    (remark,) = made_up.remarks
    assert (remark.code, remark.params["columns"]) == ("LCM-169", "T10")


@pytest.mark.parametrize(
    "answers",
    [
        responses(*ROWS).replace("token>", "tokens>"),  # no field of the table
        responses({"id": "1<x>y</x>"}).replace("<![CDATA[", "").replace("]]>", ""),
        responses(*ROWS)[:-30],
    ],
)
def test_damage_is_not_read_over(answers: str) -> None:
    with pytest.raises(ExportError, match="LCM-161"):
        parse("survey_12.lsa", archive(answers=answers))


def test_billions_of_laughs_end_at_the_door() -> None:
    laughs = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    for bomb in (archive(laughs + STRUCTURE), archive(answers=laughs + responses(*ROWS))):
        with pytest.raises(ExportError, match="LCM-160"):
            parse("survey_12.lsa", bomb)


def test_a_questionnaire_may_hold_the_mark_of_a_document_type_in_its_texts() -> None:
    mail = STRUCTURE.replace("<sid>", "<mail><![CDATA[<!DOCTYPE html><p>Hallo</p>]]></mail><sid>")
    assert parse("survey_12.lsa", archive(mail)).facts.num_rows == 2


def test_members_that_lie_about_their_size_or_have_a_password_are_refused() -> None:
    broken = archive().replace(b"A1", b"A2", 1)  # the checksum is no longer right
    locked = bytearray(archive())
    for at in [found.start() for found in re.finditer(b"PK\x01\x02", bytes(locked))]:
        locked[at + 8] |= 1
    for at in [found.start() for found in re.finditer(b"PK\x03\x04", bytes(locked))]:
        locked[at + 6] |= 1
    for bad, code in ((broken, "LCM-114"), (bytes(locked), "LCM-106")):
        with pytest.raises(ExportError, match=code):
            parse("survey_12.lsa", bad)


SEVEN = "".join([
    "<document><LimeSurveyDocType>Survey</LimeSurveyDocType>",
    table("answers", answer("20", "A1", "Nooit"), answer("20", "A9", "Vaak", "1")),
    table("questions",
          question("20", "1", "T2", "Hoe vaak?"), question("30", "L", "T3", "Welke kleur?"),
          question("40", "P", "T4", "Wat doet u?"), question("50", ";", "T5", "Tabel"),
          question("60", "R", "T6", "Volgorde"), question("70", "|", "T7", "Bestand")),
    table("subquestions",
          part("20", "a", "Thuis", qid="201"), part("40", "x", "Lezen", qid="401"),
          part("50", "r", "Rij", qid="501"), part("50", "k", "Kolom", "1", qid="502"),
          part("60", "d", "Donker", qid="601"), part("60", "l", "Licht", qid="602")),
    table("surveys", {"sid": "12", "language": "nl"}),
    "</document>",
])  # fmt: skip


def test_the_fields_of_version_7() -> None:
    """Question and part by their numbers, as LimeSurvey's own step from 6 to 7 names them."""
    given = {
        "id": "1", "Q20_S201#0": "A1", "Q20_S201#1": "A9", "Q30": "x", "Q30_Cother": "rood", "Q40_S401": "Y",
        "Q40_S401_Ccomment": "c", "Q40_Cothercomment": "o", "Q50_S501_S502": "t", "Q60_S601": "l",
        "Q60_S602": "d", "Q70_Cfilecount": "2", "Q99_S1": "?",
    }  # fmt: skip
    found = parse("survey_12.lsa", archive(SEVEN, responses(given, fields=[*given])))
    assert [column.code for column in found.columns] == [
        "id", "T2[a][1]", "T2[a][2]", "T3", "T3[other]", "T4[x]", "T4[xcomment]", "T4[othercomment]",
        "T5[r_k]", "T6[1]", "T6[2]", "T7[filecount]", "Q99_S1",
    ]  # fmt: skip
    assert [found.cells[str(position)][0].as_py() for position in range(13)] == list(given.values())
    assert column(found, "T2[a][2]").labels == {"A9": "Vaak"}
    assert column(found, "T6[2]").labels == {"d": "Donker", "l": "Licht"}
    assert (column(found, "T5[r_k]").text, column(found, "T5[r_k]").part) == ("Tabel [Rij]", "Kolom")


REAL = (
    "survey_archive_2_basic_responses.lsa",
    "survey_archive_RemoteControlExportResponses.lsa",
    "survey_export_responses_with_tokens.lsa",
    "survey_simple_statistics.lsa",
)


@pytest.mark.parametrize("file", REAL)
def test_every_cell_of_a_real_archive_is_in_its_xml(file: str, real_exports: Path) -> None:
    path = real_exports / "limesurvey" / file
    with zipfile.ZipFile(path) as files:
        (member,) = (name for name in files.namelist() if name.endswith(".lsr"))
        document = ET.fromstring(files.read(member))
    fields = [field.text or "" for field in document.iter("fieldname")]
    elements = [re.sub(r"^(?=\d)", "_", field).replace("#", "-") for field in fields]
    found = read(path)
    for position, element in enumerate(elements):
        texts = [row.findtext(element) for row in document.iter("row")]
        if found.columns[position].role == "personal":
            assert [text or None for text in texts] == found.facts["token"].to_pylist()
        else:
            assert texts == found.cells[str(position)].to_pylist()
