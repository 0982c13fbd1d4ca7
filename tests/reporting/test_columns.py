"""A row of figures as one number: the same for what it says, whatever the memory that it lies in."""

import numpy as np
import pandas as pd

from lcmonitor.disclosure.released import COLUMNS
from lcmonitor.reporting.columns import columns, row_hashes
from tests.reporting.test_clear import HIDDEN, figure

_ROWS = [figure(), figure(3.0, 4.0), HIDDEN, figure()._replace(part="a"), figure()._replace(measure="a")]


def _hashes(rows: pd.DataFrame) -> list[int]:
    hashes: list[int] = row_hashes(columns(rows)).tolist()
    return hashes


def test_rows_that_differ_in_anything_have_another_number() -> None:
    assert len(set(_hashes(pd.DataFrame(_ROWS, columns=COLUMNS)))) == len(_ROWS)


def test_a_row_has_its_number_in_any_order_and_beside_any_others() -> None:
    rows = pd.DataFrame(_ROWS, columns=COLUMNS)
    back = rows.iloc[::-1].astype({"part": "category", "measure": "category", "n": "float32"})
    assert _hashes(back) == _hashes(rows)[::-1]
    assert _hashes(rows.iloc[3:]) == _hashes(rows)[3:]


def test_no_number_and_no_difference_are_written_in_one_way() -> None:
    """A division by zero makes another NaN than pandas does, and a difference may be minus zero."""
    other = np.frombuffer(np.array([0xFFF8000000000001], np.uint64).tobytes(), np.float64)[0]
    rows = pd.DataFrame([figure()._replace(estimate=0.0, se=None)], columns=COLUMNS)
    assert _hashes(rows.assign(estimate=-0.0, se=other)) == _hashes(rows)


def test_numbers_are_spread_over_all_bits() -> None:
    """Of 100,000 rows that differ in the last bits of one number each bit is set in about a half."""
    rows = pd.DataFrame([figure()] * 100_000, columns=COLUMNS).assign(n=np.arange(100_000.0))
    hashes = row_hashes(columns(rows))
    assert len(np.unique(hashes)) == 100_000
    shares = [((hashes >> np.uint64(bit)) & np.uint64(1)).mean() for bit in range(64)]
    assert 0.49 < min(shares) <= max(shares) < 0.51
