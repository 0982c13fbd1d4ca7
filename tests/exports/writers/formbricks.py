"""Formbricks: numbered questions, an id of the option beside every choice, arrays joined by ``; ``."""

import csv
from collections.abc import Mapping, Sequence

from tests.exports.writers import Column, Respondent, Survey, Writer, as_label, csv_bytes, xlsx_bytes

OWN = (
    "No.",
    "Response ID",
    "Timestamp",
    "Finished",
    "Survey ID",
    "Formbricks ID (internal)",
    "User ID",
    "Tags",
)
VISIT = ("source", "url", "userAgent - browser", "userAgent - os")
CHOICES = ("single", "multi")


def response_id(respondent: Respondent) -> str:
    return f"cm{respondent.number:023d}"


def columns(survey: Survey) -> Sequence[Column]:
    return [Column(each.code, "", each.text, "", as_label(each, "; ")) for each in survey.questions]


def rows(survey: Survey) -> list[list[str | None]]:
    return [
        [*OWN, *VISIT, *_headings(survey), "token", "person.language"],
        *([*_own(each), *_answers(survey, each), each.token, "nl"] for each in survey.respondents),
    ]


def _headings(survey: Survey) -> list[str | None]:
    found: list[str | None] = []
    for number, question in enumerate(survey.questions, 1):
        found.append(f"{number}. {question.text}")
        found += [f"{number}. {question.text} - Option ID"] if question.kind in CHOICES else []
    return found


def _own(respondent: Respondent) -> list[str | None]:
    finished = "Yes" if respondent.complete else "No"
    when = str(respondent.ended)
    ids = [
        str(respondent.number),
        response_id(respondent),
        when,
        finished,
        "cm_survey",
        "cm_contact",
        "u-1",
        "",
    ]
    return [*ids, "web", "https://example.org/s", "Firefox", "Linux"]


def _answers(survey: Survey, respondent: Respondent) -> list[str | None]:
    cells: list[str | None] = []
    for question, column in zip(survey.questions, columns(survey), strict=True):
        answer = respondent.answers.get(question.code) or ()
        cells.append(column.of(respondent))
        cells += [", ".join(f"opt{code}" for code in answer)] if question.kind in CHOICES else []
    return cells


CSV = Writer(
    "formbricks",
    lambda survey: csv_bytes(rows(survey), quoting=csv.QUOTE_ALL, ends="\n"),
    columns,
    response_id,
    keeps_unfinished=True,
)
WRITERS: Mapping[str, Writer] = {
    "Formbricks CSV": CSV,
    "Formbricks workbook": CSV.in_a_workbook(lambda survey: xlsx_bytes({"Sheet1": rows(survey)})),
}
