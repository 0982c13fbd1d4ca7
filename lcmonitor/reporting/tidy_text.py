"""The tidy table as text: cells that any text format is made of, and the CSV."""

from collections.abc import Callable, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet takes for the start of a formula

Write = Callable[[str], str]


def as_csv(table: pa.Table) -> bytes:
    """UTF-8 with BOM, as Excel misreads plain UTF-8; text that looks like a formula gets an apostrophe."""
    columns = {name: cells(table[name], lambda text: quoted(_harmless(text))) for name in table.column_names}
    return b"\xef\xbb\xbf" + lines(columns)


def cells(column: pa.ChunkedArray, text: Write, number: Write = str, none: str = "") -> pa.Array:
    """The column as ``text`` or ``number`` writes it, once for all cells that hold the same."""
    encoded, write = column.combine_chunks(), text
    if not pa.types.is_dictionary(encoded.type):
        encoded, write = encoded.dictionary_encode(), lambda value: number(_digits(value))
    written = pa.array([write(value) for value in encoded.dictionary.to_pylist()], pa.string())
    return written.take(encoded.indices).fill_null(none)


def _digits(value: Any) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def lines(columns: Mapping[str, pa.Array | str]) -> bytes:
    """A line of headings, and one for each row; a column of which all cells are the same is a text."""
    rows = pc.binary_join_element_wise(*columns.values(), ",").to_pylist()
    return "\r\n".join([",".join(columns), *rows, ""]).encode()


def quoted(text: str) -> str:
    """As a field of RFC 4180."""
    return '"' + text.replace('"', '""') + '"' if any(sign in text for sign in ',"\r\n') else text


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_DANGEROUS) else text
