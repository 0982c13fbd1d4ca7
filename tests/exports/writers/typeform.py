"""Typeform: classic with a column per choice, newer with a column per question and the partial responses."""

import csv
from collections.abc import Mapping, Sequence
from datetime import datetime

from tests.exports.writers import (
    Column,
    Question,
    Respondent,
    Survey,
    Writer,
    as_label,
    csv_bytes,
    if_chosen,
)

CLOCK = "%Y-%m-%d %H:%M:%S"


def response_id(respondent: Respondent) -> str:
    return f"{respondent.number:032x}"


def classic_columns(survey: Survey) -> Sequence[Column]:
    return [column for question in survey.questions for column in _split(question)]


def _split(question: Question) -> list[Column]:
    if question.kind != "multi":
        return [Column(question.code, "", question.text, "", as_label(question))]
    return [
        Column(question.code, "", label, "", if_chosen(code, label))
        for code, label in question.options.items()
    ]


def joined_columns(survey: Survey) -> Sequence[Column]:
    return [Column(each.code, "", each.text, "", as_label(each)) for each in survey.questions]


def classic(survey: Survey) -> bytes:
    columns = classic_columns(survey)
    head = [
        "#",
        *(column.text for column in columns),
        "token",
        "Start Date (UTC)",
        "Submit Date (UTC)",
        "Network ID",
    ]
    rows = (
        [
            response_id(each),
            *(column.of(each) for column in columns),
            each.token,
            *_clocks(each),
            "5f57f20d14",
        ]
        for each in survey.respondents
    )
    return csv_bytes([head, *rows], ends="\n")


def joined(survey: Survey) -> bytes:
    columns = joined_columns(survey)
    own = [
        "Response Type",
        "Start Date (UTC)",
        "Stage Date (UTC)",
        "Submit Date (UTC)",
        "Network ID",
        "Tags",
        "Ending",
    ]
    rows = (
        [response_id(each), *(column.of(each) for column in columns), each.token, *_end(each)]
        for each in survey.respondents
    )
    return csv_bytes(
        [["#", *(column.text for column in columns), "token", *own], *rows], quoting=csv.QUOTE_ALL
    )


def _end(respondent: Respondent) -> list[str]:
    started, ended = _clocks(respondent)
    sent = ["completed", started, "", ended] if respondent.complete else ["partial", started, ended, ""]
    return [*sent, "5f57f20d14", "", ""]


def _clocks(respondent: Respondent) -> tuple[str, str]:
    def clock(moment: datetime) -> str:
        return moment.strftime(CLOCK)

    return clock(respondent.started), clock(respondent.ended)


WRITERS: Mapping[str, Writer] = {
    "Typeform classic": Writer("typeform", classic, classic_columns, response_id),
    "Typeform newer": Writer("typeform", joined, joined_columns, response_id, keeps_unfinished=True),
}
