"""Moments in every notation that was seen in a real export; day and month by the whole column."""

import pyarrow as pa
import pytest

from lcmonitor.exports.dates import Order, read_dates
from lcmonitor.exports.reading import parse

# notation                       moment
SEEN = """
2021-05-21 11:42:11           | 2021-05-21 11:42:11
01.01.1980 00:00              | 1980-01-01 00:00:00
16/10/2024 16:56              | 2024-10-16 16:56:00
7/25/20 11:00:22              | 2020-07-25 11:00:22
11/17/2020 18:23:58           | 2020-11-17 18:23:58
03/24/2020 9:08:27 PM         | 2020-03-24 21:08:27
11/01/2021 08:43:36 PM        | 2021-11-01 20:43:36
03/24/2020 12:08:27 AM        | 2020-03-24 00:08:27
2017-10-23T05:40:39.000-04:00 | 2017-10-23 05:40:39
2017-10-23T09:41:19           | 2017-10-23 09:41:19
2017-10-23T09:41:19Z          | 2017-10-23 09:41:19
21-09-2021 11:33:56           | 2021-09-21 11:33:56
2019/06/25 6:59:49 AM GMT+2   | 2019-06-25 06:59:49
2026/03/09 9:01:02\u202fPM CET   | 2026-03-09 21:01:02
2026/03/09 6:59:49 AM UTC\u22125 | 2026-03-09 06:59:49
09-03-2026                    | 2026-03-09 00:00:00
9-3-2026 8:05:00              | 2026-03-09 08:05:00
Mar 23, 2012 08:11:40 AM      | 2012-03-23 08:11:40
Sat Jun 15 2024               | 2024-06-15 00:00:00
maandag 9 mrt. 2026 08:11     | 2026-03-09 08:11:00
1 août 2024 10:00             | 2024-08-01 10:00:00
14 Juli 2024, 10:05           | 2024-07-14 10:05:00
5-mei-2024                    | 2024-05-05 00:00:00
22 1 2024                     | None
meer dan 2024                 | None
29-02-2024                    | 2024-02-29 00:00:00
29-02-2023                    | None
31/04/2024                    | None
2024-13-01                    | None
25:00                         | None
gisteren                      | None
"""


def moments(*texts: str, expected: Order | None = None) -> list[str]:
    return [
        str(moment) for moment in read_dates(pa.chunked_array([list(texts)]), expected).moments.to_pylist()
    ]


@pytest.mark.parametrize("line", SEEN.strip().splitlines())
def test_a_notation_that_was_seen(line: str) -> None:
    text, moment = (part.strip() for part in line.split("|"))
    assert moments(text) == [moment]


def test_one_day_above_twelve_decides_for_the_column() -> None:
    assert moments("03/04/2026", "13/04/2026") == ["2026-04-03 00:00:00", "2026-04-13 00:00:00"]
    assert moments("03/04/2026", "04/13/2026") == ["2026-03-04 00:00:00", "2026-04-13 00:00:00"]


def test_what_cannot_be_decided_is_left_out_and_counted() -> None:
    dates = read_dates(pa.chunked_array([["03/04/2026 10:00", "05/05/2026 10:00", "", "x"]]))
    assert [str(moment) for moment in dates.moments.to_pylist()] == [
        "None",
        "2026-05-05 10:00:00",
        "None",
        "None",
    ]
    assert (dates.undecided, dates.unread) == (1, 1)


def test_a_column_that_contradicts_itself_is_undecided() -> None:
    assert read_dates(pa.chunked_array([["13/04/2026", "04/13/2026"]])).undecided == 2


def test_the_notation_that_a_tool_always_writes_decides() -> None:
    assert moments("03/04/2026", expected=Order.MONTH_FIRST) == ["2026-03-04 00:00:00"]
    assert moments("13/04/2026", expected=Order.MONTH_FIRST) == ["2026-04-13 00:00:00"]


def test_undecided_dates_are_said_with_their_column() -> None:
    remarks = parse("export.csv", b"id,submitted,T1\n1,03/04/2026 10:00,4\n2,x,5\n").remarks
    assert [(remark.code, remark.params["column"], remark.params["count"]) for remark in remarks] == [
        ("LCM-121", "submitted", 1),
        ("LCM-124", "submitted", 1),
    ]
