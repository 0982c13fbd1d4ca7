"""LimeSurvey's archive, and its pairs of files for R and SPSS, each in one zip."""

import html
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from xml.sax.saxutils import escape

from tests.exports.writers import Answer, Respondent, Survey, Writer
from tests.exports.writers.limesurvey import (
    CODES,
    OWN,
    Field,
    by_both,
    columns,
    csv_text,
    fields,
    of_texts,
    own,
    quoted,
    rows,
    underscored,
)

NO_XML = "[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"


def _in_xml(field: Field) -> Callable[[Answer | None], str | None]:
    def cell(answer: Answer | None) -> str | None:
        kept = field.cell(answer)
        return None if kept is None else re.sub(NO_XML, "", kept.replace("]]>", "]] >"))

    return cell


KINDS = {"single": "L", "scale": "!", "multi": "M", "number": "N", "open": "T"}


def lsa(survey: Survey) -> bytes:
    """With a list of participants that must not be read and timings that need not be."""
    return _zip(
        {
            "survey_12.lss": structure(survey),
            "survey_12_responses.lsr": responses(survey),
            "survey_12_tokens.lst": "<document><not well-formed",
            "survey_12_timings.lsi": "<document/>",
        }
    )


def _zip(files: Mapping[str, bytes | str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _table(name: str, *records: Mapping[str, str | None]) -> str:
    names = "".join(f"<fieldname>{field}</fieldname>" for field in records[0]) if records else ""
    body = "".join(f"<row>{''.join(_element(*cell) for cell in record.items())}</row>" for record in records)
    return f"<{name}><fields>{names}</fields><rows>{body}</rows></{name}>" if records else ""


def _element(field: str, cell: str | None) -> str:
    tag = f"_{field}" if field[0].isdigit() else field
    content = f"<{tag}/>" if cell == "" else f"<{tag}><![CDATA[{cell}]]></{tag}>"
    return "" if cell is None else content


def _document(kind: str, *tables: str) -> str:
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<document><LimeSurveyDocType>{kind}</LimeSurveyDocType>'
    return f"{head}<languages><language>nl</language></languages>{''.join(tables)}</document>"


def _ids(survey: Survey) -> Mapping[str, int]:
    return {question.code: 100 + number for number, question in enumerate(survey.questions)}


def structure(survey: Survey) -> str:
    ids = _ids(survey)
    parts = [field for field in fields(survey) if field.option]
    part_ids = {field.code: 500 + number for number, field in enumerate(parts)}

    def asked(qid: int, parent: int, kind: str, title: str, order: int) -> Mapping[str, str]:
        fixed = {"qid": str(qid), "parent_qid": str(parent), "sid": "12", "gid": "3", "scale_id": "0"}
        return {**fixed, "type": kind, "title": title, "other": "N", "question_order": str(order)}

    def worded(qid: int, text: str) -> Mapping[str, str]:
        return {"id": str(qid), "qid": str(qid), "question": f"<p>{escape(text)}</p>", "language": "nl"}

    questions = [
        asked(ids[each.code], 0, KINDS[each.kind], each.code, order)
        for order, each in enumerate(survey.questions)
    ]
    subquestions = [
        asked(part_ids[field.code], ids[field.question.code], "T", field.option, order)
        for order, field in enumerate(parts)
    ]
    worded_all = [worded(ids[each.code], each.text) for each in survey.questions]
    worded_all += [worded(part_ids[field.code], field.part) for field in parts]
    return _document(
        "Survey",
        *_answers(survey),
        _table("groups", {"gid": "3", "sid": "12", "group_order": "1"}),
        _table("questions", *questions),
        _table("subquestions", *subquestions),
        _table("question_l10ns", *worded_all),
        _table("surveys", {"sid": "12", "language": "nl"}),
    )


def _answers(survey: Survey) -> Iterator[str]:
    """The answers to choose from, then their words."""
    ids = _ids(survey)
    chosen = [question for question in survey.questions if question.kind in ("single", "scale")]
    answers = [(question, code) for question in chosen for code in question.options]
    yield _table(
        "answers",
        *(
            {"aid": f"{n}", "qid": str(ids[each.code]), "code": code, "sortorder": f"{n}", "scale_id": "0"}
            for n, (each, code) in enumerate(answers)
        ),
    )
    yield _table(
        "answer_l10ns",
        *(
            {"id": f"{n}", "aid": f"{n}", "answer": escape(each.options[code]), "language": "nl"}
            for n, (each, code) in enumerate(answers)
        ),
    )


def responses(survey: Survey) -> str:
    ids = _ids(survey)
    names = [*OWN, *(f"12X3X{ids[field.question.code]}{field.option}" for field in fields(survey))]
    body = rows(survey, lambda field, answer: _in_xml(field)(answer))
    return _document(
        "Responses", _table("responses", *(dict(zip(names, cells, strict=True)) for cells in body))
    )


def _label(field: Field) -> str:
    return f"[{field.part}] {field.question.text}" if field.option else field.question.text


def _labels(field: Field) -> Mapping[str, str]:
    return {"1": "Ja", "0": "Niet gekozen"} if field.option else field.question.options


def _for_r(field: Field) -> Callable[[Answer | None], str | None]:
    """Chosen or not as 1 or 0; a multiple choice that was not shown is quoted, too."""
    return lambda answer: field.cell(answer, "1", "0") or "" if field.option else field.cell(answer)


def r_pair(survey: Survey) -> bytes:
    body = rows(survey, lambda field, answer: _for_r(field)(answer))
    data = csv_text(of_texts(survey, 1), body, ",")
    lines = [
        'data <- read.csv("survey_12_R_data_file.csv", quote = "\'\\"", fileEncoding="UTF-8-BOM")',
        "",
        "",
    ]
    for number, code in enumerate(OWN, 1):
        lines += _r_lines(number, code, code, {})
    for number, field in enumerate(fields(survey), len(OWN) + 1):
        lines += _r_lines(number, underscored(field), _label(field), _labels(field))
    return _zip({"survey_12_R_data_file.csv": data, "survey_12_R_syntax_file.R": "\n".join(lines).encode()})


def _slashed(text: str) -> str:
    return re.sub(r"(['\"\\])", r"\\\1", text)


def _r_lines(number: int, name: str, label: str, labels: Mapping[str, str]) -> Iterator[str]:
    yield "# LimeSurvey Field type: A"
    yield f"data[, {number}] <- as.character(data[, {number}])"
    yield f'attributes(data)$variable.labels[{number}] <- "{_slashed(label)}"'
    if labels:
        levels, words = ",".join(labels), ", ".join(f'"{_slashed(word)}"' for word in labels.values())
        yield f"data[, {number}] <- factor(data[, {number}], levels=c({levels}),labels=c({words}))"
    yield f'names(data)[{number}] <- "{name}"'


def _flat(field: Field) -> Callable[[Answer | None], str]:
    """SPSS gets words alone, on one line; nothing tells what was not shown from what was left empty."""

    def cell(answer: Answer | None) -> str:
        kept = field.cell(answer, "1", "0") or ""
        kept = re.sub(r"[\r\n]", "", html.unescape(kept))
        return re.sub(r"<[^<>]*>", "", kept).strip()[:16_384].strip()

    return cell


def spss_pair(survey: Survey) -> bytes:
    def own_cells(respondent: Respondent) -> Iterator[str | None]:
        return iter(own(respondent, "%d-%m-%Y %H:%M:%S").values())

    lines = []
    for respondent in survey.respondents:
        given = (
            _flat(field)(respondent.answers.get(field.question.code)) or None for field in fields(survey)
        )
        lines.append(",".join(quoted(cell or None, "'") for cell in (*own_cells(respondent), *given)) + "\n")
    data = ("\ufeff" + "".join(lines)).encode()
    syntax = "".join(_spss_lines(survey)).encode()
    return _zip({"survey_12_SPSS_data_file.dat": data, "survey_12_SPSS_syntax_file.sps": syntax})


def _spss_lines(survey: Survey) -> Iterator[str]:
    named: list[tuple[str, str, Mapping[str, str]]] = [(code, code, {}) for code in OWN]
    named += [(underscored(field), _label(field), _labels(field)) for field in fields(survey)]
    yield "\ufeff*$Rev: 121017 $ complete 2.\nSET UNICODE=ON.\nGET DATA\n /TYPE=TXT\n"
    yield ' /FILE=\'survey_12_SPSS_data_file.dat\'\n /DELIMITERS=","\n /QUALIFIER="\'"\n /VARIABLES='
    yield "".join(f"\n V{number} A20" for number in range(1, len(named) + 1)) + ".\nCACHE.\nEXECUTE.\n"
    for number, (_, label, _) in enumerate(named, 1):
        pieces = [label[start : start + 9] for start in range(0, len(label), 9)]
        yield f"VARIABLE LABELS V{number} " + "+\n".join(quoted(piece) for piece in pieces) + ".\n"
    for number, (_, _, labels) in enumerate(named, 1):
        listed = "\n".join(f' {code} "{word}"' for code, word in labels.items())
        yield f"VALUE LABELS  V{number}\n{listed}.\n" if labels else ""
    for number, (name, _, _) in enumerate(named, 1):
        yield f"RENAME VARIABLES ( V{number} = {name} ).\n"


WRITERS: Mapping[str, Writer] = {
    "LimeSurvey archive": replace(CODES, write=lsa, columns=columns(by_both, _in_xml), illegal=r"\x00"),
    "LimeSurvey for R": replace(CODES, write=r_pair, columns=columns(by_both, _for_r)),
    "LimeSurvey for SPSS": replace(CODES, write=spss_pair, columns=columns(by_both, _flat)),
}
