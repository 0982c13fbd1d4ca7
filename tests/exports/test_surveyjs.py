"""SurveyJS: nested JSON as columns, and JSON of other kinds refused. All of it is made up."""

import json

import pytest

from lcmonitor.errors import ExportError
from lcmonitor.exports.nested import MAX_DEPTH
from lcmonitor.exports.reading import parse
from lcmonitor.exports.table import RawTable

RESPONSES = [
    {
        "id": 11,
        "HappendAt": "2026-03-02T10:15:00.000Z",
        "grade": 4,
        "days": ["ma", "wo; do"],
        "views": {"trust": "agree", "pace": {"now": 3.50}},
        "order": ["tijd", "geld"],
        "days-Comment": 'zei "ja"\nen nee',
        "consent": True,
        "colleagues": [{"name": "A"}, {"name": "B"}],
    },
    {
        "id": 12,
        "HappendAt": "2026-03-03T09:00:00Z",
        "grade": "dontknow",
        "order": ["geld", "tijd"],
        "days": [],
    },
]


def read(value: object) -> RawTable:
    return parse("export.json", json.dumps(value).encode())


def column(table: RawTable, heading: str) -> list[str]:
    found = next(each for each in table.columns if each.heading == heading)
    cells: list[str] = table.cells[str(found.position)].to_pylist()
    return cells


def test_what_is_nested_becomes_columns() -> None:
    table = read(RESPONSES)
    assert (table.source.tool, table.source.certainty) == ("surveyjs", "probable")
    assert [(each.heading, each.part) for each in table.columns if each.role == "question"] == [
        ("grade", ""),
        ("days[ma]", "ma"),
        ("days[wo; do]", "wo; do"),
        ("views[trust]", "trust"),
        ("views[pace][now]", "pace / now"),
        ("order[1]", "1"),
        ("order[2]", "2"),
        ("days-Comment", ""),
        ("consent", ""),
    ]
    assert [(each.heading, each.part) for each in table.columns if each.role == "personal"] == [
        ("colleagues[1][name]", "1 / name"),
        ("colleagues[2][name]", "2 / name"),
    ]


def test_values_stay_as_they_are_written() -> None:
    table = parse("export.json", json.dumps(RESPONSES).replace("3.5", "3.50").encode())
    assert column(table, "views[pace][now]") == ["3.50", ""]
    assert column(table, "days[wo; do]") == ["wo; do", ""]
    assert column(table, "days-Comment") == ['zei "ja"\nen nee', ""]
    assert column(table, "consent") == ["true", ""]
    assert column(table, "order[1]") == ["tijd", "geld"]
    assert column(table, "grade") == ["4", "dontknow"]


def test_the_buttons_for_no_answer_are_declared_missing() -> None:
    assert read(RESPONSES).columns[2].missing == {"dontknow", "refused"}


def test_facts_of_the_response() -> None:
    facts = read(RESPONSES).facts
    assert facts["row"].to_pylist() == [1, 2]
    assert facts["response_id"].to_pylist() == ["11", "12"]
    assert [str(moment) for moment in facts["submitted"].to_pylist()] == [
        "2026-03-02 10:15:00",
        "2026-03-03 09:00:00",
    ]


@pytest.mark.parametrize("around", [{"ResultCount": 2, "Data": RESPONSES}, {"results": RESPONSES}])
def test_a_list_with_something_around_it(around: object) -> None:
    assert read(around).columns == read(RESPONSES).columns


def test_answers_one_level_deeper() -> None:
    kept = [{"id": 1, "createdAt": "2026-03-02T10:15:00Z", "data": {"grade": 4, "views": {"trust": 1}}}]
    table = read(kept)
    assert [each.code for each in table.columns] == ["id", "createdAt", "grade", "views[trust]"]


def test_a_line_per_response() -> None:
    lines = "\n".join(json.dumps(response) for response in RESPONSES)
    assert parse("export.jsonl", lines.encode()).cells.equals(read(RESPONSES).cells)


def test_another_tool_is_recognised_in_json_too() -> None:
    own = [{"id": 1, "submitdate": "2026-03-02 10:15:00", "lastpage": 3, "startlanguage": "nl", "T1": "4"}]
    assert read(own).source.tool == "limesurvey"


def test_a_response_below_its_own_number() -> None:
    """As LimeSurvey's remote control writes them."""
    own = [
        {"1": {"id": "1", "submitdate": "2026-03-02 10:15:00", "lastpage": "3", "T1": "4"}},
        {"2": {"id": "2", "submitdate": None, "lastpage": "1", "T1": ""}},
    ]
    table = read({"responses": own})
    assert (table.source.tool, table.facts["status"].to_pylist()) == (
        "limesurvey",
        ["complete", "incomplete"],
    )
    assert column(table, "T1") == ["4", ""]


def nested(depth: int) -> object:
    value: object = 1
    for _ in range(depth):
        value = {"a": value}
    return [value]


REFUSED = {
    "a design": (b'{"pages": [{"elements": []}]}', "LCM-175"),
    "a Qualtrics design": (b'{"SurveyEntry": {}, "SurveyElements": []}', "LCM-118"),
    "numbers": (b"[1, 2, 3]", "LCM-130"),
    "too deep": (json.dumps(nested(MAX_DEPTH + 1)).encode(), "LCM-130"),
    "deeper than anybody can follow": (b'[{"a":' * 100_000, "LCM-130"),
    "broken off": (json.dumps(RESPONSES)[:-9].encode(), "LCM-174"),
    "a key twice": (b'[{"T1": 4, "T1": 5}]', "LCM-174"),
    "nothing": (b"[{}]", "LCM-130"),
    "no responses": (b"[]", "LCM-130"),
}


@pytest.mark.parametrize(("data", "code"), REFUSED.values(), ids=REFUSED)
def test_json_that_holds_no_responses_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(ExportError) as refused:
        parse("export.json", data)
    assert [message.code for message in refused.value.messages] == [code]


def test_a_table_whose_first_heading_is_in_braces_is_a_table() -> None:
    rows = b'{"ImportId":"QID1"},{"ImportId":"QID2"}\n4,5\n'
    assert parse("export.csv", rows).source.tool == "qualtrics"
