"""Microsoft Forms: a Dutch workbook, and the CSV that a Dutch Excel makes of it."""

from collections import Counter
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
    xlsx_bytes,
)
from tests.exports.writers.plain import to_the_minute

OWN = ("Begintijd", "Tijd van voltooien", "E-mail", "Naam", "Tijd van laatste wijziging")


def columns(survey: Survey) -> Sequence[Column]:
    """Equal headings in one Excel table get a number."""
    seen: Counter[str] = Counter()
    found = []
    for question in survey.questions:
        seen[question.text] += 1
        number = str(seen[question.text]) if seen[question.text] > 1 else ""
        found.append(Column(question.code, "", question.text + number, "", _cell(question)))
    return found


def _cell(question: Question):  # type: ignore[no-untyped-def]
    label = as_label(question, ";")
    return (lambda answer: f"{label(answer)};" if answer else "") if question.kind == "multi" else label


def rows(survey: Survey, own: Sequence[Sequence[object]], number: str = "ID") -> list[list[object]]:
    """Headings come with the white space of the text they were pasted from."""
    asked = columns(survey)
    headings = (column.text + ("\u00a0" if place % 2 else "\n") for place, column in enumerate(asked))
    return [
        [number, *OWN, *headings, "token"],
        *(
            [each.number, *mine, *(column.of(each) for column in asked), each.token]
            for each, mine in zip(survey.respondents, own, strict=True)
        ),
    ]


def workbook(survey: Survey) -> bytes:
    own = [[each.started, each.ended, "anonymous", None, None] for each in survey.respondents]
    table = rows(survey, own)
    return xlsx_bytes({"Sheet1": table}, {1: "m/d/yy h:mm:ss", 2: "m/d/yy h:mm:ss"})


def saved_by_dutch_excel(survey: Survey) -> bytes:
    own = [[_clock(each), _clock(each), "anonymous", "", ""] for each in survey.respondents]
    return csv_bytes(rows(survey, own, "Id"), by=";").decode().encode("cp1252")


def _clock(respondent: Respondent) -> str:
    return f"{respondent.ended:%d-%m-%Y %H:%M}"


WORKBOOK = Writer("msforms", lambda survey: b"", columns).in_a_workbook(workbook)
WRITERS: Mapping[str, Writer] = {
    "Microsoft Forms": WORKBOOK,
    "Microsoft Forms saved as CSV by a Dutch Excel": replace(
        WORKBOOK, write=saved_by_dutch_excel, moment=to_the_minute, illegal=r"[^\t\n -~éëïüè€]", longest=None
    ),
}
