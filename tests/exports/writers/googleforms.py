"""Google Forms: from the form itself, and from the sheet behind it in three ways."""

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from tests.exports.writers import Column, Respondent, Survey, Writer, as_label, csv_bytes, xlsx_bytes


def columns_with(between: str) -> Callable[[Survey], Sequence[Column]]:
    """Scales are rows of a grid; choices stand in one cell with ``between`` them."""
    return lambda survey: [
        Column(each.code, "", each.text, "Met u" if each.kind == "scale" else "", as_label(each, between))
        for each in survey.questions
    ]


def rows(
    survey: Survey,
    columns: Sequence[Column],
    moment: Callable[[Respondent], object],
    first: str = "Timestamp",
) -> list[list[object]]:
    headings = (f"{column.text} [{column.part}]" if column.part else column.text for column in columns)
    return [
        [first, *headings, "token"],
        *(
            [moment(each), *(column.of(each) for column in columns), each.token]
            for each in survey.respondents
        ),
    ]


def american_half_days(respondent: Respondent) -> str:
    ended = respondent.ended
    return f"{ended:%Y/%m/%d} {ended.hour % 12 or 12}:{ended:%M:%S %p} GMT+2"


def american(respondent: Respondent) -> str:
    ended = respondent.ended
    return f"{ended.month}/{ended.day}/{ended.year} {ended.hour}:{ended:%M:%S}"


def dutch(respondent: Respondent) -> str:
    ended = respondent.ended
    return f"{ended.day}-{ended.month}-{ended.year} {ended.hour}:{ended:%M:%S}"


SEMICOLONS, COMMAS = columns_with(";"), columns_with(", ")
FORM = Writer(
    "googleforms",
    lambda survey: csv_bytes(
        rows(survey, SEMICOLONS(survey), american_half_days), quoting=csv.QUOTE_ALL, ends="\n"
    ),
    SEMICOLONS,
    response_id=lambda respondent: None,
)
SHEET = replace(FORM, write=lambda survey: csv_bytes(rows(survey, COMMAS(survey), american)), columns=COMMAS)
WRITERS: Mapping[str, Writer] = {
    "Google Forms, form": FORM,
    "Google Forms, sheet": SHEET,
    "Google Forms, Dutch sheet": replace(
        SHEET,
        write=lambda survey: csv_bytes(rows(survey, COMMAS(survey), dutch, "Tijdstempel"), by=";"),
    ),
    "Google Forms, workbook": SHEET.in_a_workbook(
        lambda survey: xlsx_bytes(
            {"Form Responses 1": rows(survey, COMMAS(survey), lambda respondent: respondent.ended)}
        )
    ),
}
