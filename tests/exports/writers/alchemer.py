"""Alchemer: ``option:question`` above every option, three words for the status."""

from collections.abc import Mapping, Sequence

from tests.exports.writers import Column, Question, Survey, Writer, as_label, csv_bytes, if_chosen, xlsx_bytes

OWN = ("Response ID", "Time Started", "Date Submitted", "Status", "Contact ID", "Legacy Comments", "Comments")
VISIT = (
    "Language",
    "Referer",
    "SessionID",
    "User Agent",
    "IP Address",
    "Longitude",
    "Latitude",
    "Country",
    "City",
)
CLOCK = "%Y-%m-%d %H:%M:%S"


def columns(survey: Survey) -> Sequence[Column]:
    return [column for question in survey.questions for column in _columns(question)]


def _columns(question: Question) -> list[Column]:
    if question.kind != "multi":
        return [Column(question.code, "", question.text, "", as_label(question))]
    return [
        Column(question.code, "", question.text, label, if_chosen(code, label))
        for code, label in question.options.items()
    ]


def rows(survey: Survey) -> list[Sequence[object]]:
    own = columns(survey)
    headings = [f"{column.part}:{column.text}" if column.part else column.text for column in own]
    return [
        [*OWN, *VISIT, *headings, "token"],
        *(
            [
                each.number,
                each.started.strftime(CLOCK),
                each.ended.strftime(CLOCK),
                "Complete" if each.complete else "Partial",
                *[""] * (len(OWN) - 4),
                *["English", "", "x", "Mozilla/5.0", "192.0.2.1", "5.1", "52.1", "Netherlands", "Utrecht"],
                *(column.of(each) for column in own),
                each.token,
            ]
            for each in survey.respondents
        ),
    ]


CSV = Writer("alchemer", lambda survey: csv_bytes(rows(survey)), columns, keeps_unfinished=True)
WRITERS: Mapping[str, Writer] = {
    "Alchemer CSV": CSV,
    "Alchemer workbook": CSV.in_a_workbook(lambda survey: xlsx_bytes({"Worksheet": rows(survey)})),
}
