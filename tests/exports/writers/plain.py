"""A plain table with item codes as headings: CSV from any program or saved by a Dutch Excel, workbook."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from tests.exports.writers import Column, Respondent, Survey, Writer, as_code, csv_bytes, xlsx_bytes

OWN = ("respondent_id", "submitted", "status", "token")


def columns(survey: Survey) -> Sequence[Column]:
    return [Column(each.code, each.code, "", "", as_code) for each in survey.questions]


def rows(survey: Survey, clock: str = "%Y-%m-%d %H:%M:%S") -> list[list[str]]:
    return [
        [*OWN, *(each.code for each in survey.questions)],
        *(
            [*_own(each, clock), *(str(one.of(each)) for one in columns(survey))]
            for each in survey.respondents
        ),
    ]


def _own(respondent: Respondent, clock: str) -> list[str]:
    status = "complete" if respondent.complete else "incomplete"
    return [str(respondent.number), respondent.ended.strftime(clock), status, respondent.token]


def saved_by_dutch_excel(survey: Survey) -> bytes:
    text = csv_bytes(rows(survey, "%d-%m-%Y %H:%M"), by=";").decode()
    return text.encode("cp1252")


def to_the_minute(respondent: Respondent) -> datetime:
    return respondent.ended.replace(second=0)


CSV = Writer("generic", lambda survey: csv_bytes(rows(survey)), columns, keeps_unfinished=True)
WRITERS: Mapping[str, Writer] = {
    "generic CSV": CSV,
    "generic workbook": CSV.in_a_workbook(lambda survey: xlsx_bytes({"Blad1": rows(survey)})),
    "generic CSV saved by a Dutch Excel": replace(
        CSV,
        write=saved_by_dutch_excel,
        moment=to_the_minute,
        illegal=r"[^\t\n -~éëïüè€]",
    ),
}
