"""ODK Central: one CSV, or the zip with that CSV and what respondents sent along."""

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from tests.exports.writers import Column, Question, Respondent, Survey, Writer, as_code, csv_bytes, if_chosen
from tests.exports.writers.kobo import ticked

BEHIND = (
    "KEY", "SubmitterID", "SubmitterName", "AttachmentsPresent", "AttachmentsExpected", "Status",
    "ReviewState", "DeviceID", "Edits", "FormVersion",
)  # fmt: skip


def columns(survey: Survey) -> Sequence[Column]:
    return [column for question in survey.questions for column in _columns(question)]


def _columns(question: Question) -> Iterator[Column]:
    code = question.code
    if question.kind != "multi":
        yield Column(code, code, "", "", as_code)
    for option in question.options if question.kind == "multi" else ():
        yield Column(code, f"{code}/{option}", code, option, ticked(option))


def rows(survey: Survey) -> list[list[str]]:
    head = ["SubmissionDate", "meta-instanceID", "token"]
    head += [heading for question in survey.questions for heading, _ in _fields(question)]
    return [[*head, *BEHIND], *(_row(survey, each) for each in survey.respondents)]


def _fields(question: Question) -> Iterator[tuple[str, Column]]:
    """Whoever did not answer has a 0 in every column: the opposite of what the answers say."""
    code = question.code
    yield code, Column(code, code, "", "", as_code)
    for option in question.options if question.kind == "multi" else ():
        yield f"{code}/{option}", Column(code, "", "", "", if_chosen(option, "1", "0", unknown="0"))


def _row(survey: Survey, each: Respondent) -> list[str]:
    cells = [str(column.of(each)) for question in survey.questions for _, column in _fields(question)]
    sent = f"{each.ended:%Y-%m-%dT%H:%M:%S}.000Z"
    key = response_id(each)
    return [sent, key, each.token, *cells, key, "12", "App", "0", "0", "", "", "", "0", "2026"]


def response_id(respondent: Respondent) -> str:
    return f"uuid:00000000-0000-4000-8000-{respondent.number:012d}"


def zipped(files: Mapping[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def download(survey: Survey) -> bytes:
    return zipped({"meting.csv": CSV.write(survey), "media/foto.jpg": b"\xff\xd8\xff\xe0"})


CSV = Writer("odk", lambda survey: csv_bytes(rows(survey), ends="\n"), columns, response_id)
WRITERS: Mapping[str, Writer] = {"ODK Central CSV": CSV, "ODK Central zip": replace(CSV, write=download)}
