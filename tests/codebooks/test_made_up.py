"""Codebooks that were made up for what no real file at hand shows."""

import io
import json
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from lcmonitor.codebooks.reading import Wish, drafted
from lcmonitor.codebooks.report import Report
from lcmonitor.errors import ExportError
from tests.codebooks.conftest import MADE_UP, Load, codebook, draft

SURVEY: list[list[Any]] = [
    ["type", "name", "label::Nederlands (nl)", "label::English (en)", "label::Español (es)"],
    ["start", "start", None, None, None],
    ["note", "hello", "Welkom", "Welcome", "Hola"],
    ["begin group", "garden", "Tuin", "Garden", "Jardín"],
    ["select_one agree", "G1", "Ik tuinier graag.", "I like gardening.", "Me gusta."],
    ["select_one agree", "G2", "Ik heb tijd.", "I have time.", None],
    ["select_multiple tools or_other", "T", "Wat gebruikt u?", "What do you use?", None],
    ["integer", "size", "Hoe groot?", "How large?", None],
    ["end group", None, None, None, None],
    ["begin repeat", "plants", "Planten", "Plants", None],
    ["text", "plant", "Welke?", "Which?", None],
    ["end repeat", None, None, None, None],
    ["calculate", "double", None, None, None],
    ["date", "row", "Sinds wanneer?", "Since when?", None],
]
CHOICES: list[list[Any]] = [
    ["list_name", "name", "label::Nederlands (nl)", "label::English (en)", "label::Español (es)"],
    ["agree", "a1", "oneens", "disagree", "no"],
    ["agree", "a2", "eens", "agree", "sí"],
    ["agree", "dk", "weet niet", "don't know", None],
    ["tools", "spade", "schop", "spade", None],
    ["tools", "rake", "hark", "rake", None],
]
SETTINGS: list[list[Any]] = [["form_title", "form_id"], ["Gardens", "g"]]


def workbook(**sheets: list[list[Any]]) -> bytes:
    book = Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def zipped(**members: str) -> bytes:
    stream = io.BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "."), text)
    return stream.getvalue()


def csv(rows: list[list[Any]]) -> str:
    return "\n".join(",".join(f'"{cell or ""}"' for cell in row) for row in rows)


def of(data: bytes, name: str = "own", texts: Any = None) -> Report:
    return drafted(Wish("en", texts), name, data)


def refusal(data: bytes, name: str = "own") -> str:
    with pytest.raises(ExportError) as caught:
        of(data, name)
    return caught.value.messages[0].code


@pytest.mark.parametrize(
    "data",
    [
        workbook(survey=SURVEY, choices=CHOICES),
        zipped(tool_survey__csv=csv(SURVEY), tool_choices__csv=csv(CHOICES)),
    ],
    ids=["workbook", "zip of CSVs"],
)
def test_xlsform_in_three_languages(data: bytes, load: Load) -> None:
    report = of(data)
    found = codebook(report)
    items = found["items"]
    assert list(items) == ["G1", "G2", "T/spade", "T/rake", "T_other", "size", "row_"]
    assert items["G1"] == {
        "text": {"nl": "Ik tuinier graag.", "en": "I like gardening."},
        "scale": "agree",
        "also": ["garden/G1", "Me gusta."],
    }
    assert items["T/rake"]["text"] == {"nl": "Wat gebruikt u? [hark]", "en": "What do you use? [rake]"}
    assert (items["size"]["type"], items["T_other"]["type"], items["row_"]["type"]) == (
        "number",
        "text",
        "date",
    )
    assert found["scales"]["agree"] == {
        "codes": {
            1: {"nl": "oneens", "en": "disagree"},
            2: {"nl": "eens", "en": "agree"},
            3: {"nl": "weet niet", "en": "don't know"},
        },
        "also": {1: ["a1", "no"], 2: ["a2", "sí"], 3: ["dk"]},
    }
    assert dict(report.left_out) == {
        "start": "own",
        "hello": "note",
        "plant": "repeat",
        "double": "calculated",
    }
    assert ("agree 3", "maybe_missing") in {(one.at, one.key) for one in report.unsure}
    assert set(load(report).codebook.items) == set(items)


def test_the_title_of_an_xlsform_and_the_language_of_its_words() -> None:
    rows = [[*row[:2], row[3]] for row in SURVEY]
    rows[0][2] = "label"
    report = of(workbook(survey=rows, settings=SETTINGS), texts="en")
    assert codebook(report)["id"] == "gardens"
    assert codebook(report)["title"] == {"nl": "", "en": "Gardens"}
    assert codebook(report)["items"]["G1"]["text"] == {"nl": "", "en": "I like gardening."}


def test_ddi_in_two_languages(load: Load) -> None:
    report = draft(MADE_UP / "two_languages.xml")
    found = codebook(report)
    assert found["title"] == {"nl": "Tuinen in de wijk", "en": "Gardens in the neighbourhood"}
    assert found["items"]["G1"]["text"] == {"nl": "Ik tuinier graag.", "en": "I like gardening."}
    assert found["scales"]["g1"] == {
        "codes": {1: {"nl": "oneens", "en": "disagree"}, 2: {"nl": "eens", "en": "agree"}},
        "missing": {9: {"nl": "weigert", "en": "refuses"}},
    }
    assert found["scales"]["g2"]["missing"] == {-1: {"nl": "", "en": "not asked"}}
    kinds = {code: item.get("type", "scale") for code, item in found["items"].items()}
    assert kinds == {"G1": "scale", "G2": "scale", "size": "number", "remark": "text", "planted": "date"}
    assert dict(report.left_out) == {"respondent_id": "own", "score": "calculated"}
    assert load(report).codebook.title["en"] == "Gardens in the neighbourhood"


def test_questions_with_the_same_answers_share_a_scale() -> None:
    dictionary = "\n".join(
        [
            "field_name,form_name,section_header,field_type,field_label,select_choices_or_calculations",
            "id,f,,text,Number,",
            'g1,f,,radio,I like it,"1, no | 2, yes"',
            'g2,f,,radio,I have time,"1, No | 2, Yes"',
            'g3,f,,radio,I turn it round,"2, yes | 1, no"',
        ]
    )
    found = codebook(of(dictionary.encode(), texts="en"))
    assert [item["scale"] for item in found["items"].values()] == ["no-to-yes", "no-to-yes", "g3"]


@pytest.mark.parametrize(("said", "text"), [("nl", {"nl": "Leuk", "en": ""}), (None, {"nl": "", "en": ""})])
def test_words_without_a_language(said: Any, text: dict[str, str]) -> None:
    headings = "field_name,form_name,section_header,field_type,field_label\n"
    report = of(f"{headings}id,f,,text,Nummer\nq,f,,text,Leuk\n".encode(), texts=said)
    item = codebook(report)["items"]["q"]
    assert item["text"] == text
    assert item.get("also") == (None if said else ["Leuk"])  # not lost, and not given a language
    assert report.judged == (said is None)


def test_more_answers_than_a_scale_can_have_make_an_open_question() -> None:
    choices = " | ".join(f"c{number}, Country {number}" for number in range(200))
    headings = "field_name,form_name,section_header,field_type,field_label,select_choices_or_calculations\n"
    report = of(f'{headings}id,f,,text,Number,\nland,f,,dropdown,Country,"{choices}"\n'.encode(), texts="en")
    assert codebook(report)["items"]["land"]["type"] == "text"
    assert [(one.at, one.key, one.params) for one in report.unsure] == [
        ("land", "too_many", {"count": "200"})
    ]


def test_what_is_no_codebook_is_refused_by_what_it_is(real_exports: Path) -> None:
    qualtrics = (real_exports / "qualtrics" / "qualtrics_sample_v3.csv").read_bytes()
    assert refusal(qualtrics) == "LCM-180"
    assert refusal(b"Q1,Q2\n1,2\n") == "LCM-181"
    assert refusal(b"<html><body>Log in</body></html>") == "LCM-181"
    assert refusal(b"[1, 2]") == "LCM-181"
    assert refusal(zipped(a__docx="x")) != "LCM-120"
    assert refusal((real_exports / "kobo" / "cleaningtools_xlsform_choices.csv").read_bytes()) == "LCM-183"
    assert refusal(b"field_name,form_name,field_type,field_label\nid,f,text,Number\n") == "LCM-182"
    assert refusal(b"") == "LCM-101"


def test_hostile_files_are_refused() -> None:
    bomb = io.BytesIO()
    with ZipFile(bomb, "w", compression=8) as archive:
        archive.writestr("survey.csv", b"a" * (513 << 20))
    assert refusal(bomb.getvalue()) == "LCM-149"
    entity = b'<?xml version="1.0"?><!DOCTYPE c [<!ENTITY a "b">]><codeBook>&a;</codeBook>'
    assert refusal(entity) == "LCM-160"
    assert refusal(b'{"SurveyElements": ' + b"[" * 100_000) == "LCM-181"


@pytest.mark.parametrize(
    "design",
    [
        {"SurveyEntry": None, "SurveyElements": [1, None, {"Element": "SQ", "Payload": 5}]},
        {"SurveyElements": [{"Element": "BL", "Payload": {"1": {"ID": "B", "BlockElements": "x"}}}]},
        {"SurveyElements": [{"Element": "FL", "Payload": {"Flow": [[[]], {"Flow": 3}]}}]},
    ],
)
def test_a_design_in_another_shape_is_refused_not_a_fault(design: Any) -> None:
    assert refusal(json.dumps(design).encode()) == "LCM-182"
