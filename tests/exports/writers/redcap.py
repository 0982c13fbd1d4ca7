"""REDCap: one form that is a survey, as raw data and with headings and answers in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from tests.exports.writers import (
    Column,
    Respondent,
    Survey,
    Writer,
    as_code,
    as_label,
    csv_bytes,
    if_chosen,
)

RAW = ("record_id", "redcap_survey_identifier", "survey_timestamp", "token", "survey_complete")
LABELS = ("Record ID", "Survey Identifier", "Survey Timestamp", "Token", "Complete?")


def raw_columns(survey: Survey) -> Iterator[Column]:
    for each in survey.questions:
        if each.kind == "multi":
            for code in each.options:
                yield Column(each.code, f"{each.code}___{code}", "", code, if_chosen(code, "1", "0", "0"))
        else:
            yield Column(each.code, each.code, "", "", as_code)


def labelled_columns(survey: Survey) -> Iterator[Column]:
    for each in survey.questions:
        if each.kind == "multi":
            for code, label in each.options.items():
                chosen = if_chosen(code, "Checked", "Unchecked", "Unchecked")
                yield Column(each.code, "", each.text, label, chosen)
        else:
            yield Column(each.code, "", each.text, "", as_label(each))


def headings(columns: Sequence[Column]) -> list[str]:
    return [
        column.code or (f"{column.text} (choice={column.part})" if column.part else column.text)
        for column in columns
    ]


def written(
    survey: Survey, own: Sequence[str], columns: Sequence[Column], statuses: tuple[str, str]
) -> bytes:
    rows = [[*own[:-1], *headings(columns), own[-1]]]
    for each in survey.respondents:
        sent = each.ended.strftime("%Y-%m-%d %H:%M:%S") if each.complete else "[not completed]"
        cells = [str(column.of(each)) for column in columns]
        rows.append([str(each.number), "", sent, each.token, *cells, statuses[each.complete]])
    return csv_bytes(rows, ends="\n")


def raw(survey: Survey) -> bytes:
    """As it is downloaded: with a byte order mark."""
    return b"\xef\xbb\xbf" + written(survey, RAW, list(raw_columns(survey)), ("0", "2"))


def labelled(survey: Survey) -> bytes:
    return written(survey, LABELS, list(labelled_columns(survey)), ("Incomplete", "Complete"))


def moment(respondent: Respondent) -> datetime | None:
    return respondent.ended if respondent.complete else None


CSV = Writer("redcap", raw, lambda survey: list(raw_columns(survey)), moment=moment, keeps_unfinished=True)
WRITERS: Mapping[str, Writer] = {
    "REDCap raw": CSV,
    "REDCap labels": replace(CSV, write=labelled, columns=lambda survey: list(labelled_columns(survey))),
}
