"""SurveyMonkey: the question above the first of its options, the options in the row below."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from tests.exports.writers import (
    Column,
    Question,
    Respondent,
    Survey,
    Writer,
    as_label,
    csv_bytes,
    if_chosen,
    xlsx_bytes,
)

OWN = (
    "Respondent ID",
    "Collector ID",
    "Start Date",
    "End Date",
    "IP Address",
    "Email Address",
    "First Name",
    "Last Name",
)
CLOCK = "%m/%d/%Y %I:%M:%S %p"
Rows = list[list[object]]


def response_id(respondent: Respondent) -> str:
    return str(10_580_280_323 + respondent.number)


def condensed(survey: Survey) -> Sequence[Column]:
    return [
        column for question in survey.questions for column in _columns(question, question.kind == "multi")
    ]


def expanded(survey: Survey) -> Sequence[Column]:
    spread = ("multi", "scale")
    return [column for question in survey.questions for column in _columns(question, question.kind in spread)]


def _columns(question: Question, spread: bool) -> list[Column]:
    if not spread:
        return [Column(question.code, "", question.text, "", as_label(question))]
    options = question.options.items()
    return [
        Column(question.code, "", question.text, label, if_chosen(code, label)) for code, label in options
    ]


def rows(survey: Survey, columns: Sequence[Column]) -> Rows:
    above = [
        "" if column.part and column.part != first_part(column, columns) else column.text
        for column in columns
    ]
    below = [column.part or "Open-Ended Response" for column in columns]
    return [
        [*OWN, *above, "token"],
        [*[""] * len(OWN), *below, "Open-Ended Response"],
        *([*_own(each), *(column.of(each) for column in columns), each.token] for each in survey.respondents),
    ]


def first_part(column: Column, columns: Sequence[Column]) -> str:
    return next(other.part for other in columns if other.question == column.question)


def _own(respondent: Respondent) -> list[object]:
    times = [respondent.started.strftime(CLOCK), respondent.ended.strftime(CLOCK)]
    return [response_id(respondent), "225985182", *times, "192.0.2.1", "a@example.org", "A", "B"]


def with_dates(survey: Survey, table: Rows) -> Rows:
    """The workbook holds moments and numbers as such."""
    for row, each in zip(table[2:], survey.respondents, strict=True):
        row[:4] = [int(response_id(each)), 225985182, each.started, each.ended]
    return table


def csv_of(columns: Callable[[Survey], Sequence[Column]]) -> Callable[[Survey], bytes]:
    return lambda survey: b"\xef\xbb\xbf" + csv_bytes(rows(survey, columns(survey)), ends="\n")


def answered(respondent: Respondent) -> bool:
    """The export does not say who was done: whoever answered anything counts."""
    return any("".join(answer).strip() for answer in respondent.answers.values())


CONDENSED = Writer("surveymonkey", csv_of(condensed), condensed, response_id, complete=answered)
WRITERS: Mapping[str, Writer] = {
    "SurveyMonkey condensed": CONDENSED,
    "SurveyMonkey expanded": replace(CONDENSED, write=csv_of(expanded), columns=expanded),
    "SurveyMonkey workbook": CONDENSED.in_a_workbook(
        lambda survey: xlsx_bytes({"Sheet": with_dates(survey, rows(survey, condensed(survey)))})
    ),
}
