"""Qualtrics: CSV with its rows of headings, UTF-16 TSV, workbook, and the form of before 2018."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from tests.exports.writers import (
    Answer,
    Column,
    Question,
    Respondent,
    Rows,
    Survey,
    Writer,
    as_code,
    as_label,
    csv_bytes,
    if_chosen,
    xlsx_bytes,
)

OWN = {
    "StartDate": "startDate",
    "EndDate": "endDate",
    "Status": "status",
    "Progress": "progress",
    "Duration (in seconds)": "duration",
    "Finished": "finished",
    "RecordedDate": "recordedDate",
    "ResponseId": "_recordId",
    "ExternalReference": "externalDataReference",
    "DistributionChannel": "distributionChannel",
    "UserLanguage": "userLanguage",
}
OLD = ("ResponseID", "ResponseSet", "Name", "ExternalDataReference", "EmailAddress", "IPAddress", "Status")
OLD_OWN = (*OLD, "StartDate", "EndDate", "Finished")
UNANSWERED = "-99"  # typed by a respondent, it cannot be told from an export's own


@dataclass(frozen=True)
class Field:
    """A column with answers: a question, or an option of it."""

    number: int
    question: Question
    option: str = ""

    @property
    def tag(self) -> str:
        return f"{self.question.code}_{self.option}" if self.option else self.question.code

    @property
    def part(self) -> str:
        return self.question.options[self.option] if self.option else ""

    def worded(self, dash: str) -> str:
        return f"{self.question.text}{dash}{self.part}" if self.option else self.question.text

    def tool_id(self) -> str:
        kind = "_TEXT" if self.question.kind in ("open", "number") else ""
        return f"QID{self.number}" + (f"_{self.option}" if self.option else kind)


Spelling = Callable[[Field], Callable[[Answer | None], str | None]]


def fields(survey: Survey) -> Iterator[Field]:
    for number, question in enumerate(survey.questions, 1):
        if question.kind == "multi":
            yield from (Field(number, question, option) for option in question.options)
        else:
            yield Field(number, question)


def joined(survey: Survey) -> Iterator[Field]:
    """Several answers in one column."""
    return (Field(number, question) for number, question in enumerate(survey.questions, 1))


def numeric(field: Field) -> Callable[[Answer | None], str | None]:
    return if_chosen(field.option, "1") if field.option else as_code


def labelled(field: Field) -> Callable[[Answer | None], str | None]:
    return if_chosen(field.option, field.part) if field.option else as_label(field.question)


def by_commas(_: Field) -> Callable[[Answer | None], str | None]:
    return lambda answer: ",".join(answer) if isinstance(answer, tuple) else answer or ""


def columns(survey: Survey, cell: Spelling = numeric, split: bool = True) -> Sequence[Column]:
    return [
        Column(field.question.code, field.tag, field.question.text, field.part, cell(field))
        for field in (fields(survey) if split else joined(survey))
    ]


def response_id(respondent: Respondent) -> str:
    return f"R_{respondent.number:015d}"


def own(respondent: Respondent, yes: str = "1", no: str = "0") -> list[object]:
    status = "IP Address" if yes == "True" else "0"
    finished, progress = (yes, "100") if respondent.complete else (no, "60")
    started, ended = respondent.started, respondent.ended
    length = str(int((ended - started).total_seconds()))
    answered = [started, ended, status, progress, length, finished, ended, response_id(respondent)]
    return [*answered, respondent.token, "anonymous", "NL"]


def rows(
    survey: Survey, cell: Spelling = numeric, split: bool = True, yes: str = "1", no: str = "0"
) -> list[list[object]]:
    """The two rows of headings that every file has, and the responses."""
    shown = [*(fields(survey) if split else joined(survey))]
    return [
        [*OWN, *(field.tag for field in shown)],
        [*OWN, *(field.worded(" - ") for field in shown)],
        *(
            [*own(each, yes, no), *(cell(field)(each.answers.get(field.question.code)) for field in shown)]
            for each in survey.respondents
        ),
    ]


def with_ids(survey: Survey, body: list[list[object]], split: bool = True, quote: str = '"') -> Rows:
    zone = {"startDate", "endDate", "recordedDate"}
    names = [*OWN.values(), *(field.tool_id() for field in (fields(survey) if split else joined(survey)))]
    ids = [
        f'{{"ImportId":"{name}"' + (',"timeZone":"Europe/Amsterdam"}' if name in zone else "}")
        for name in names
    ]
    return [*body[:2], [one.replace('"', quote) for one in ids], *body[2:]]


def legacy(survey: Survey) -> bytes:
    """Codes above the tool's own columns, their names below, and a comma at every end."""
    shown = [*fields(survey)]
    first = [*(f"V{number}" for number in range(1, 11)), *(field.tag for field in shown), ""]
    second = [*OLD_OWN, *(field.worded("-") for field in shown), ""]
    body = [[*_old_own(each), *(numeric(field)(each.answers.get(field.question.code)) for field in shown), ""]
            for each in survey.respondents]  # fmt: skip
    return "\ufeff".encode() + csv_bytes([first, second, *body], ends="\n")


def _old_own(respondent: Respondent) -> list[object]:
    finished = "1" if respondent.complete else "0"
    known = [
        response_id(respondent),
        "Default Response Set",
        "Anonymous",
        respondent.token,
        "",
        "192.0.2.1",
        "0",
    ]
    return [*known, respondent.started, respondent.ended, finished]


def _recoded(field: Field) -> Callable[[Answer | None], str | None]:
    """-99 for what was shown and left empty; the options of a multiple choice stay as they are."""
    if field.option:
        return numeric(field)
    return lambda answer: UNANSWERED if answer == "" else as_code(answer)


def _recoded_columns(survey: Survey) -> Sequence[Column]:
    """Only where -99 stands does an empty cell say that nothing was shown."""
    given = {question.code: [each.answers.get(question.code) for each in survey.respondents]
             for question in survey.questions}  # fmt: skip
    return [
        Column(
            field.question.code,
            field.tag,
            field.question.text,
            field.part,
            _or_not_shown(field) if "" in given[field.question.code] else _recoded(field),
        )
        for field in fields(survey)
    ]


def _or_not_shown(field: Field) -> Callable[[Answer | None], str | None]:
    return lambda answer: None if answer is None else _recoded(field)(answer)


CSV = Writer(
    "qualtrics",
    lambda survey: csv_bytes(with_ids(survey, rows(survey)), ends="\n"),
    columns,
    response_id=response_id,
    keeps_unfinished=True,
    illegal=rf"\x00|\A{UNANSWERED}\Z",
)
LABELS = replace(
    CSV,
    write=lambda survey: csv_bytes(
        with_ids(survey, rows(survey, labelled, yes="True", no="False")), ends="\n"
    ),
    columns=lambda survey: columns(survey, labelled),
)
WRITERS: Mapping[str, Writer] = {
    "Qualtrics CSV": CSV,
    "Qualtrics CSV with labels": LABELS,
    "Qualtrics CSV of the first new exports": replace(
        CSV, write=lambda survey: csv_bytes(with_ids(survey, rows(survey), quote="'"), ends="\n")
    ),
    "Qualtrics CSV without ids": replace(CSV, write=lambda survey: csv_bytes(rows(survey), ends="\n")),
    "Qualtrics CSV with -99": replace(
        CSV,
        write=lambda survey: csv_bytes(with_ids(survey, rows(survey, _recoded)), ends="\n"),
        columns=_recoded_columns,
    ),
    "Qualtrics CSV, several answers in one column": replace(
        CSV,
        write=lambda survey: csv_bytes(with_ids(survey, rows(survey, by_commas, split=False), split=False)),
        columns=lambda survey: columns(survey, by_commas, split=False),
    ),
    "Qualtrics TSV": replace(
        CSV,
        write=lambda survey: csv_bytes(with_ids(survey, rows(survey)), by="\t").decode().encode("utf-16"),
    ),
    "Qualtrics workbook": LABELS.in_a_workbook(
        lambda survey: xlsx_bytes({"Sheet0": rows(survey, labelled, yes="True", no="False")})
    ),
    "Qualtrics of before 2018": replace(CSV, write=legacy),
}
