"""Tally: choices joined by commas, and beside that TRUE or FALSE for every option."""

from collections.abc import Mapping, Sequence
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
)


def response_id(respondent: Respondent) -> str:
    return f"PgYb{respondent.number}"


def distinct(survey: Survey) -> Survey:
    """Which option belongs to which question shows only where no two questions have the same words."""
    questions = (replace(each, text=f"{each.text} {each.code}") for each in survey.questions)
    return replace(survey, questions=tuple(questions))


def columns(survey: Survey) -> Sequence[Column]:
    return [column for question in distinct(survey).questions for column in _columns(question)]


def _columns(question: Question) -> list[Column]:
    whole = Column(question.code, "", question.text, "", as_label(question))
    options = question.options.items() if question.kind == "multi" else ()
    return [
        whole,
        *(
            Column(question.code, "", question.text, label, if_chosen(code, "TRUE", "FALSE"))
            for code, label in options
        ),
    ]


def write(survey: Survey) -> bytes:
    own = columns(survey)
    headings = (f"{column.text} ({column.part})" if column.part else column.text for column in own)
    rows = (
        [
            response_id(each),
            f"r{each.number}",
            str(each.ended),
            *(column.of(each) for column in own),
            each.token,
        ]
        for each in survey.respondents
    )
    return csv_bytes(
        [["Submission ID", "Respondent ID", "Submitted at", *headings, "token"], *rows], ends="\n"
    )


WRITERS: Mapping[str, Writer] = {"Tally": Writer("tally", write, columns, response_id)}
