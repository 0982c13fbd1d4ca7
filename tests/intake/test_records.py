"""A form of which a response is a record: when it counts, and which record it is."""

from dataclasses import replace
from datetime import datetime

import pyarrow as pa
import pytest
import yaml

from lcmonitor.exports.table import Column
from lcmonitor.instruments.model import Codebook
from lcmonitor.intake.duration import seconds
from lcmonitor.intake.identity import panel_keys
from tests.intake.drawn import CODEBOOK, SECRET, codebook, codes_of, drafted, examined, setup, table
from tests.intake.test_rows import set_aside

PROOF = """
proof:
  title: {nl: Bewijs, en: Proof}
  counts: records
  items: [NR, TITLE, KIND]
"""
ITEMS = """
NR: {text: {nl: Nummer, en: Number of the record}, type: key}
TITLE: {text: {nl: Titel, en: Title of the record}, type: text}
KIND: {text: {nl: Soort, en: Kind of record}, scale: agree, core: true}
"""
DRAWN = """
#id | #when      | NR  | TITLE             | KIND
1   | 2025-02-10 | B1  | Een geheime titel | 1
2   | 2025-03-31 | B2  | Nog een titel     | 2
3   | 2025-04-01 | B1  | Een geheime titel | 3
4   | 2025-10-01 | B4  | Te laat           | 4
5   | 2025-09-30 |     | Zonder nummer     | 5
6   | 2025-06-01 |     | Zonder nummer     | 5
"""


def with_records() -> Codebook:
    book = yaml.safe_load(CODEBOOK)
    book["forms"] |= yaml.safe_load(PROOF)
    book["items"] |= yaml.safe_load(ITEMS)
    return codebook(yaml.safe_dump(book))


def test_a_record_belongs_to_the_wave_that_closes_next() -> None:
    draft = drafted(DRAWN, setup(with_records()))
    assert draft.matching.form == "proof"
    assert draft.kept is not None
    assert draft.kept.wave.tolist() == [0, 0, 1, 1, 1]
    assert set_aside(draft) == [(5, "LCM-241")]


def test_a_record_is_known_by_its_number_and_nothing_of_its_words_is_kept() -> None:
    result = examined(DRAWN, setup(with_records()))
    assert result.responses is not None
    rows = result.responses.rows
    expected = panel_keys(pa.chunked_array([["B1", "B2", "b1 ", None, None]]), "delta", SECRET)
    assert rows["panel_key"].to_pylist() == expected.to_pylist()
    assert rows["panel_key"][0] == rows["panel_key"][2]
    assert {"NR", "TITLE"}.isdisjoint(rows.column_names)
    assert "geheime" not in str(rows.to_pylist()) + str(result.receipt)
    assert rows["KIND"].to_pylist() == [1, 2, 3, 5, 5]


def test_of_a_record_that_was_filled_in_twice_before_a_wave_closed_the_last_counts() -> None:
    draft = drafted(
        """
        #id | #when      | NR | TITLE | KIND
        1   | 2025-02-10 | B1 | een   | 1
        2   | 2025-02-11 | B2 | twee  | 2
        3   | 2025-02-12 | B1 | een   | 3
        """,
        setup(with_records()),
    )
    assert set_aside(draft) == [(2, "LCM-251")]
    assert codes_of(draft) == ["LCM-251"]


def test_records_handed_in_between_two_waves_pass_the_expectations() -> None:
    receipt = examined(DRAWN, setup(with_records())).receipt
    assert receipt.verdict == "remarks"
    assert {found.message.code for found in receipt.findings} == {"LCM-241"}


@pytest.mark.parametrize(
    ("heading", "cells", "expected"),
    [
        ("Duration (in seconds)", ["240", "0", "", "90000"], [240.0, None, None, None]),
        (
            "startdate",
            ["2025-03-02 09:55:00", "2025-03-03", "", "2025-03-01 10:00:00"],
            [300.0, None, None, None],
        ),
        ("startdate", ["2025-03-01", "2025-03-02", "", "2025-03-02"], [None] * 4),  # days alone
        ("Anything else", ["1", "2", "3", "4"], [None] * 4),
    ],
)
def test_how_long_somebody_took_is_read_where_the_tool_tells(
    heading: str, cells: list[str], expected: list[float | None]
) -> None:
    drawn = table("""
    #id | #when      | T1
    1   | 2025-03-02 | 4
    2   | 2025-03-02 | 4
    3   | 2025-03-02 | 4
    4   | 2025-03-02 | 4
    """)
    sent = pa.array([datetime(2025, 3, 2, 10)] * 4, pa.timestamp("us"))  # noqa: DTZ001  as in an export
    facts = drawn.facts.set_column(drawn.facts.column_names.index("submitted"), "submitted", sent)
    place = len(drawn.columns)
    column = Column(place, heading, "", "", role="meta")
    given = drawn.cells.append_column(str(place), pa.array(cells))
    found = seconds(replace(drawn, columns=(*drawn.columns, column), cells=given, facts=facts))
    assert found.to_pylist() == expected
