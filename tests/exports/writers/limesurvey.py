"""LimeSurvey: CSV with any separator and kind of heading, workbook, VV file. Zips: ``limesurvey_zips``."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tests.exports.writers import (
    Answer,
    Column,
    Question,
    Respondent,
    Survey,
    Writer,
    as_code,
    if_chosen,
    xlsx_bytes,
)

OWN = {
    "id": ("Respons-ID", "Response ID"),
    "submitdate": ("Datum verzonden", "Date submitted"),
    "lastpage": ("Laatste pagina", "Last page"),
    "startlanguage": ("Begin taal", "Start language"),
    "startdate": ("Startdatum", "Date started"),
    "datestamp": ("Datum laatste actie", "Date last action"),
    "token": ("Toegangscode", "Access code"),
}
MASKED = r"\A'(?==)"  # typed by a respondent, it cannot be told from what the option against formulas adds


@dataclass(frozen=True)
class Field:
    """A column of the table of responses: a question, or an option of it."""

    question: Question
    option: str = ""

    @property
    def code(self) -> str:
        return f"{self.question.code}[{self.option}]" if self.option else self.question.code

    @property
    def part(self) -> str:
        return self.question.options[self.option] if self.option else ""

    @property
    def full(self) -> str:
        return f"{self.question.text} [{self.part}]" if self.option else self.question.text

    def cell(self, answer: Answer | None, yes: str = "Y", no: str = "") -> str | None:
        """As it is kept: None where the question was not shown."""
        if self.option:
            return if_chosen(self.option, yes, no, None)(answer)
        return None if answer is None else as_code(answer)


def fields(survey: Survey) -> Iterator[Field]:
    for question in survey.questions:
        if question.kind == "multi":
            yield from (Field(question, option) for option in question.options)
        else:
            yield Field(question)


def columns(
    name: Callable[[Field], tuple[str, str, str]],
    cell: Callable[[Field], Callable[[Answer | None], str | None]],
) -> Callable[[Survey], Sequence[Column]]:
    """``name`` gives code, text and part, ``cell`` what must come back."""
    return lambda survey: [Column(field.question.code, *name(field), cell(field)) for field in fields(survey)]


def own(respondent: Respondent, clock: str = "%Y-%m-%d %H:%M:%S") -> Mapping[str, str | None]:
    ended = respondent.ended.strftime(clock)
    return {
        "id": str(respondent.number),
        "submitdate": ended if respondent.complete else None,
        "lastpage": "3",
        "startlanguage": "nl",
        "startdate": respondent.started.strftime(clock),
        "datestamp": ended,
        "token": respondent.token,
    }


Cells = Sequence[str | None]


def rows(survey: Survey, cell: Callable[[Field, Answer | None], str | None] = Field.cell) -> Iterator[Cells]:
    for respondent in survey.respondents:
        given = (cell(field, respondent.answers.get(field.question.code)) for field in fields(survey))
        yield [*own(respondent).values(), *given]


def quoted(cell: str | None, sign: str = '"') -> str:
    return "" if cell is None else sign + cell.replace(sign, sign * 2) + sign


def csv_text(headings: Sequence[str], body: Iterator[Cells], by: str) -> bytes:
    """A byte order mark, everything in quotes but what was not shown, and an empty line at the end."""
    lines = [by.join(map(quoted, record)) for record in (headings, *body)]
    return "\ufeff".encode() + "".join(f"{line}\r\n" for line in (*lines, "")).encode()


def headed(
    survey: Survey, own_heading: Callable[[str, int], str], heading: Callable[[Field], str], language: int = 0
) -> list[str]:
    return [*(own_heading(code, language) for code in OWN), *map(heading, fields(survey))]


def _of_codes(survey: Survey) -> list[str]:
    return headed(survey, lambda code, _: code, lambda field: field.code)


def of_texts(survey: Survey, language: int = 0) -> list[str]:
    return headed(survey, lambda code, at: OWN[code][at], lambda field: field.full, language)


def _of_both(survey: Survey, between: str) -> list[str]:
    return headed(
        survey,
        lambda code, at: f"{code}{between}{OWN[code][at]}",
        lambda field: f"{field.code}{between}{field.full}",
    )


def _cut(text: str) -> str:
    return text if len(text) <= 15 else text[:15] + ".. "


def _of_cut_texts(survey: Survey) -> list[str]:
    return headed(survey, lambda code, at: _cut(OWN[code][at]), _cut_field)


def _cut_field(field: Field) -> str:
    return f"{_cut(field.question.text)} [{_cut(field.part)}]" if field.option else _cut(field.question.text)


def _by_code(field: Field) -> tuple[str, str, str]:
    return field.code, "", ""


def _by_text(field: Field) -> tuple[str, str, str]:
    return "", field.question.text, field.part


def by_both(field: Field) -> tuple[str, str, str]:
    return field.code, field.question.text, field.part


def _by_cut_text(field: Field) -> tuple[str, str, str]:
    return "", _cut(field.question.text).strip(), _cut(field.part)


def _kept(field: Field) -> Callable[[Answer | None], str | None]:
    return field.cell


def _without_null(field: Field) -> Callable[[Answer | None], str | None]:
    return lambda answer: field.cell(answer) or ""


def _masked(field: Field, answer: Answer | None) -> str | None:
    cell = field.cell(answer)
    return f"'{cell}" if cell and cell.startswith("=") else cell


CODES = Writer(
    "limesurvey",
    lambda survey: csv_text(_of_codes(survey), rows(survey), ","),
    columns(_by_code, _kept),
    keeps_unfinished=True,
    illegal=rf"\x00|{MASKED}",
)


def _trimmed(field: Field) -> Callable[[Answer | None], str | None]:
    def cell(answer: Answer | None) -> str | None:
        kept = field.cell(answer)
        return None if kept is None else kept.strip(" \t\n\r\0\x0b")

    return cell


def _vv_cell(cell: str | None) -> str:
    if cell is None:
        return "{question_not_shown}"
    for sign, written in (("{", "{lbrace}"), ("\n", "{newline}"), ("\r", "{cr}"), ("\t", "{tab}")):
        cell = cell.replace(sign, written)
    return re.sub(r'\A"', "{quote}", cell)


def underscored(field: Field) -> str:
    return field.code.replace("[", "_").strip("]")


def vv(survey: Survey) -> bytes:
    def line(record: Sequence[str]) -> str:
        return "\t".join(quoted(cell) if re.search(r'[\s"\\]', cell) else cell for cell in record) + "\n"

    texts = headed(
        survey,
        lambda code, at: OWN[code][at] + " ",
        lambda field: f"{field.question.text} ({field.part})" if field.option else field.question.text + " ",
    )
    codes = headed(survey, lambda code, _: code, underscored)
    body = rows(survey, lambda field, answer: _trimmed(field)(answer))
    return "".join([line(texts), line(codes), *(line([*map(_vv_cell, cells)]) for cells in body)]).encode()


def _undated(respondent: Respondent) -> datetime | None:
    """Without date stamps everything that is complete was sent in 1980; what is not keeps its last action."""
    return None if respondent.complete else respondent.ended


def undated(survey: Survey) -> bytes:
    def cells(respondent: Respondent) -> Cells:
        given = (field.cell(respondent.answers.get(field.question.code)) for field in fields(survey))
        sent = "1980-01-01 00:00:00" if respondent.complete else None
        return [*{**own(respondent), "submitdate": sent}.values(), *given]

    return csv_text(_of_codes(survey), map(cells, survey.respondents), ",")


WRITERS: Mapping[str, Writer] = {
    "LimeSurvey CSV": CODES,
    "LimeSurvey CSV with semicolons": replace(
        CODES, write=lambda survey: csv_text(_of_codes(survey), rows(survey), ";")
    ),
    "LimeSurvey CSV with tabs": replace(
        CODES, write=lambda survey: csv_text(_of_codes(survey), rows(survey), "\t")
    ),
    "LimeSurvey CSV without date stamps": replace(CODES, write=undated, moment=_undated),
    "LimeSurvey CSV without formulas": replace(
        CODES, write=lambda survey: csv_text(_of_codes(survey), rows(survey, _masked), ",")
    ),
    "LimeSurvey CSV, full text": replace(
        CODES,
        write=lambda survey: csv_text(of_texts(survey), rows(survey), ","),
        columns=columns(_by_text, _kept),
    ),
    "LimeSurvey CSV, abbreviated text": replace(
        CODES,
        write=lambda survey: csv_text(_of_cut_texts(survey), rows(survey), ","),
        columns=columns(_by_cut_text, _kept),
    ),
    "LimeSurvey CSV, code and text": replace(
        CODES,
        write=lambda survey: csv_text(_of_both(survey, ". "), rows(survey), ","),
        columns=columns(by_both, _kept),
    ),
    "LimeSurvey CSV, code and text apart by an own sign": replace(
        CODES,
        write=lambda survey: csv_text(_of_both(survey, " | "), rows(survey), ";"),
        columns=columns(by_both, _kept),
    ),
    "LimeSurvey workbook": replace(CODES, columns=columns(_by_code, _without_null)).in_a_workbook(
        lambda survey: xlsx_bytes({"Vragenlijst": [_of_codes(survey), *rows(survey)]})
    ),
    "LimeSurvey VV": replace(
        CODES,
        write=vv,
        columns=columns(lambda field: (underscored(field), field.question.text, field.part), _trimmed),
        illegal=r'\x00|\\(?=")',  # PHP does not double a quote after a backslash
    ),
}
