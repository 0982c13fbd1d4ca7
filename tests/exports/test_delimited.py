"""Text with delimiters: whatever is written comes back, and headings alone decide the delimiter."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from lcmonitor.exports.reading import parse

NASTY = st.text(
    st.one_of(
        st.sampled_from([*"\",;\t|\n'€é=+-@", " ", "\u00a0", "\u2028", "🙂", "\ufeff", "\x1a"]),
        st.characters(codec="utf-8", exclude_characters="\r\0", exclude_categories=["Cs"]),
    ),
    max_size=12,
)
WORDS = st.sampled_from(
    ["NA", "N/A", "None", "nan", "null", "NULL", "#N/A", "-1", "1e5", "00123", "1,5", "true", ""]
)
ROWS = st.lists(st.tuples(NASTY, NASTY | WORDS, WORDS), min_size=1, max_size=8)


def written(rows: list[tuple[str, ...]], delimiter: str, every_cell: bool, line_end: str) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(
        text,
        delimiter=delimiter,
        quoting=csv.QUOTE_ALL if every_cell else csv.QUOTE_MINIMAL,
        lineterminator="\n",
    )
    writer.writerow(["respondent", "T1", "T2", "T3"])
    writer.writerows([(number, *row) for number, row in enumerate(rows, 1)])
    return text.getvalue().replace("\n", line_end).encode()


@given(
    rows=ROWS,
    delimiter=st.sampled_from(",;\t|"),
    every_cell=st.booleans(),
    line_end=st.sampled_from(["\n", "\r\n", "\r", "\r\r\n"]),
)
@example(rows=[('"', '""', '"a",\n'), ("NA", "", "None")], delimiter=";", every_cell=True, line_end="\r\n")
def test_whatever_is_written_comes_back(
    rows: list[tuple[str, ...]], delimiter: str, every_cell: bool, line_end: str
) -> None:
    table = parse("export.csv", written(rows, delimiter, every_cell, line_end))
    assert table.source.delimiter == delimiter
    cells = zip(*(table.cells[str(position)].to_pylist() for position in (1, 2, 3)), strict=True)
    assert list(cells) == rows
    assert table.facts["row"].to_pylist() == list(range(2, len(rows) + 2))


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("T1;T2\n1,5;2,5\n", ";"),
        ("sep=;\nT1;T2\n1;2\n", ";"),
        ('"Hoe a, b, c en d?";T2\n1;2\n', ";"),
        ("Hoe a, b, c en d?;T2;T3\n1;2;3\n", ";"),
        ("T1;T2;T3\n1;2;3,,,\n1;2;3,,\n", ";"),
        ("T1\tT2\na, b, c\td; e\n", "\t"),
        ("T1|T2\n1|2\n", "|"),
        ('"T1\n,,,,";"T2"\n"1";"2"\n', ";"),
        ("T1\n4\n", ","),
    ],
)
def test_the_heading_record_decides_the_delimiter(text: str, delimiter: str) -> None:
    assert parse("export.csv", text.encode()).source.delimiter == delimiter


def test_empty_cells_beyond_the_headings_are_cut_and_blank_lines_counted() -> None:
    table = parse("export.csv", b"\n\nT1,T2\n1,2,,\n\n,\n3,4\n\n\n")
    assert table.cells.to_pydict() == {"0": ["1", "3"], "1": ["2", "4"]}
    assert table.facts["row"].to_pylist() == [4, 7]


def test_an_inch_mark_is_no_quotation_mark() -> None:
    table = parse("export.csv", b'T1,T2\n5" pipe,2\n3,4\n')
    assert table.cells["0"].to_pylist() == ['5" pipe', "3"]


def test_a_record_may_be_longer_than_a_block() -> None:
    long = "woord " * 1_500_000
    table = parse("export.csv", f'T1,T2\n"{long}",2\n3,4\n'.encode())
    assert [len(cell) for cell in table.cells["0"].to_pylist()] == [len(long), 1]
