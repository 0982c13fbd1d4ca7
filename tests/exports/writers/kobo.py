"""KoboToolbox: names or labels, CSV or workbook; several answers in one column and in one a choice."""

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from tests.exports.writers import (
    Answer,
    Column,
    Question,
    Respondent,
    Survey,
    Writer,
    as_code,
    as_label,
    csv_bytes,
    if_chosen,
    xlsx_bytes,
)

OWN = (
    "_id", "_uuid", "_submission_time", "_validation_status", "_notes", "_status", "_submitted_by",
    "__version__", "_tags", "meta/rootUuid", "_index",
)  # fmt: skip
Cell = Callable[[Answer | None], str | None]


@dataclass(frozen=True)
class Form:
    """What stands above the columns and in them: names or labels."""

    heading: Callable[[Question], str]
    option: Callable[[Question, str], str]
    cell: Callable[[Question], Cell]
    named: bool

    def columns(self, survey: Survey) -> Sequence[Column]:
        """The column with all choices says nothing that the others do not, so it is none of the answers."""
        return [column for question in survey.questions for column in self._of(question)]

    def _of(self, question: Question) -> Iterator[Column]:
        heading = self.heading(question)
        code = heading if self.named else ""
        if question.kind != "multi":
            yield Column(question.code, code, "" if code else heading, "", self.cell(question))
        for option in question.options if question.kind == "multi" else ():
            part = self.option(question, option)
            yield Column(question.code, code and f"{code}/{part}", heading, part, ticked(option))

    def fields(self, question: Question, summary: bool) -> Iterator[tuple[str, Cell]]:
        """Every heading that the export has for a question, with its cells."""
        heading = self.heading(question)
        if question.kind != "multi" or summary:
            yield heading, self.cell(question)
        for option in question.options if question.kind == "multi" else ():
            yield f"{heading}/{self.option(question, option)}", ticked(option)


NAMES = Form(
    heading=lambda question: question.code,
    option=lambda _, code: code,
    cell=lambda _: as_code,
    named=True,
)
LABELS = Form(
    heading=lambda question: f"Vraag: {question.text}",
    option=lambda question, code: question.options[code],
    cell=lambda question: as_label(question, " "),
    named=False,
)


def ticked(option: str) -> Cell:
    """Of a question that was not answered the columns are empty, not 0."""
    chosen = if_chosen(option, "1", "0")
    return lambda answer: chosen(answer) if answer else ""


def rows(survey: Survey, form: Form, *, summary: bool = True) -> list[list[str]]:
    fields = [
        (question.code, heading, cell)
        for question in survey.questions
        for heading, cell in form.fields(question, summary)
    ]
    head = ["start", "end", "token", *(heading for _, heading, _ in fields), *OWN]
    body = [
        [
            *_before(each),
            *(str(cell(each.answers.get(code))) for code, _, cell in fields),
            *_behind(each, index),
        ]
        for index, each in enumerate(survey.respondents, 1)
    ]
    return [head, *body]


def _before(respondent: Respondent) -> list[str]:
    moments = (respondent.started, respondent.ended)
    return [*(f"{moment:%Y-%m-%dT%H:%M:%S}.000+02:00" for moment in moments), respondent.token]


def _behind(respondent: Respondent, index: int) -> list[str]:
    uuid = f"00000000-0000-4000-8000-{respondent.number:012d}"
    received = f"{respondent.ended - timedelta(hours=2):%Y-%m-%dT%H:%M:%S}"
    own = [response_id(respondent), uuid, received, "", "", "submitted_via_web", "", "v1", ""]
    return [*own, f"uuid:{uuid}", str(index)]


def response_id(respondent: Respondent) -> str:
    return str(900_000 + respondent.number)


def as_csv(table: list[list[str]]) -> bytes:
    return csv_bytes(table, quoting=csv.QUOTE_ALL, by=";")


BY_NAME = Writer("kobo", lambda survey: as_csv(rows(survey, NAMES)), NAMES.columns, response_id)
BY_LABEL = Writer("kobo", lambda survey: as_csv(rows(survey, LABELS)), LABELS.columns, response_id)
WRITERS: Mapping[str, Writer] = {
    "KoboToolbox CSV with names": BY_NAME,
    "KoboToolbox CSV with labels": BY_LABEL,
    "KoboToolbox workbook with names": BY_NAME.in_a_workbook(
        lambda survey: xlsx_bytes({"Meting 1": rows(survey, NAMES)})
    ),
    "KoboToolbox workbook with labels": BY_LABEL.in_a_workbook(
        lambda survey: xlsx_bytes({"Meting 1": rows(survey, LABELS)})
    ),
}
