"""Whatever a tool exports comes back: the same answers, response ids, moments, tokens and status."""

import pytest
from hypothesis import given, settings

from lcmonitor.exports.reading import parse
from lcmonitor.exports.table import RawTable
from tests.exports.writers import Survey
from tests.exports.writers.registry import WRITERS
from tests.exports.writers.surveys import surveys


@pytest.mark.parametrize("name", WRITERS)
@settings(max_examples=20, deadline=None)
@given(survey=surveys())
def test_what_is_written_is_what_is_read(name: str, survey: Survey) -> None:
    writer = WRITERS[name]
    survey = writer.fitting(survey)
    table = parse("export", writer.write(survey))
    assert table.source.tool == writer.tool
    columns = writer.columns(survey)
    assert headings(table) == [(column.code, column.text, column.part) for column in columns]
    for column, cells in zip(columns, answers(table), strict=True):
        assert cells == [column.of(respondent) for respondent in survey.respondents], column.text
    assert table.facts.drop_columns(["row", "event"]).to_pylist() == [
        {
            "response_id": writer.response_id(respondent),
            "submitted": writer.moment(respondent),
            "status": "complete" if writer.complete(respondent) else "incomplete",
            "token": (respondent.token or None) if writer.keeps_tokens else None,
        }
        for respondent in survey.respondents
    ]


def headings(table: RawTable) -> list[tuple[str, str, str]]:
    return [(column.code, column.text, column.part) for column in table.columns if column.role == "question"]


def answers(table: RawTable) -> list[list[str | None]]:
    questions = (column for column in table.columns if column.role == "question")
    return [table.cells[str(column.position)].to_pylist() for column in questions]
