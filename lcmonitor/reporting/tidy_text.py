"""The tidy table as text: cells that any text format is made of, and the CSV."""

from collections.abc import Callable, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for the start of a formula

_END = "\r\n"

Write = Callable[[str], str]


def csv_rows(table: pa.Table) -> pa.Array:
    """A line of text for each row; text that looks like a formula gets an apostrophe."""
    return rows([cells(column, lambda text: quoted(_harmless(text))) for column in table.columns])


def as_csv(headings: Sequence[str], lines: pa.Array) -> bytes:
    """UTF-8 with BOM, as Excel misreads plain UTF-8. ``lines``: some of ``csv_rows``."""
    return b"\xef\xbb\xbf" + text(headings, lines)


def cells(column: pa.ChunkedArray, text: Write, number: Write = str, none: str = "") -> pa.Array:
    """The column as ``text`` or ``number`` writes it, once for all cells that hold the same."""
    encoded, write = column.combine_chunks(), text
    if not pa.types.is_dictionary(encoded.type):
        encoded, write = encoded.dictionary_encode(), lambda value: number(_digits(value))
    written = pa.array([write(value) for value in encoded.dictionary.to_pylist()], pa.string())
    return written.take(encoded.indices).fill_null(none)


def _digits(value: Any) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def rows(columns: Sequence[pa.Array | str]) -> pa.Array:
    """A line of text for each row; a column of which all cells are the same is a text."""
    return pc.binary_join_element_wise(*columns, ",")


def text(headings: Sequence[str], lines: pa.Array) -> bytes:
    """A line of headings, and those of the rows."""
    return (",".join(headings) + _END).encode() + together(pc.binary_join_element_wise(lines, _END, ""))


def together(texts: pa.Array) -> bytes:
    """One after the other, without an object for each."""
    whole = pa.ListArray.from_arrays(pa.array([0, len(texts)], pa.int32()), texts)
    found: bytes = pc.binary_join(whole, "")[0].as_buffer().to_pybytes()
    return found


def quoted(text: str) -> str:
    """As a field of RFC 4180."""
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in ',"\r\n') else text


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_DANGEROUS) else text
