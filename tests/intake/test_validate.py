"""What Great Expectations decides, told by rows that break one expectation each."""

from dataclasses import replace

import numpy as np
import pyarrow as pa

from lcmonitor.intake.validate import Amounts, Batch, Codes, Unexpected, validate

KEY = "0" * 64


def batch(delivery: int, rows: int = 3) -> Batch:
    day = np.arange(rows, dtype=np.float64) + 10
    return Batch(
        delivery,
        np.arange(rows),
        np.zeros(rows, np.int16),
        1,
        day,
        np.full(rows, 10.0),
        np.full(rows, 20.0),
        pa.array([KEY] * rows),
        {"a": Codes(np.array([1, -101, -103], np.int8)[:rows], frozenset({1, 2}))},
        {"sum": Amounts(np.array([100, np.nan, 101.0])[:rows], 99, 101)},
    )


def seen(found: Unexpected) -> dict[str, list[int]]:
    return {name: rows.tolist() for name, rows in {**found.items, **found.checks}.items()}


def test_each_expectation_is_judged_and_only_row_numbers_come_back() -> None:
    good = batch(0)
    bad = [
        replace(batch(1), codes={"a": Codes(np.array([0, -104, 2], np.int8), frozenset({1, 2}))}),
        replace(batch(2), amounts={"sum": Amounts(np.array([98.9, np.inf, 99]), 99, 101)}),
        replace(batch(3), response=np.array([0, 5, 5])),
        replace(batch(4), wave=np.array([0, 1, 0], np.int16)),
        replace(batch(5), panel=pa.array([None, "piet", KEY])),
        replace(batch(6), day=np.array([9.0, np.nan, 21.0])),
        # the same item with another scale: code 7 is right here and wrong elsewhere
        replace(batch(7), codes={"a": Codes(np.array([7, 1, 8], np.int8), frozenset({1, 7}))}),
    ]
    found = validate([good, *bad])
    assert [seen(each) for each in found] == [
        {},
        {"a": [0, 1]},
        {"sum": [0, 1]},
        {"response_id": [1, 2]},
        {"wave": [1]},
        {"panel_key": [1]},
        {"opens": [0], "closes": [2]},
        {"a": [2]},
    ]


def test_nothing_is_judged_where_there_are_no_rows() -> None:
    assert [seen(each) for each in validate([batch(0, 0), batch(1, 0)])] == [{}, {}]
