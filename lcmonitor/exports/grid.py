"""A file as a grid of text: what the ground gives and every tool's reader looks at."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pyarrow as pa

from lcmonitor.errors import ExportError, Message
from lcmonitor.exports.table import Column

HEAD = 8  # records that a reader may look at to recognise its tool

Records = tuple[tuple[str, ...], ...]
Path = tuple[str, ...]  # the keys that lead to a value: question, row, column


@dataclass(frozen=True)
class Grid:
    """One table of a file.

    ``body(n)`` gives the records after the first ``n`` as string columns named by position, as wide as those
    first ``n``; null is an empty cell without quotes. Blank records stay in it: rows are numbered by them.
    """

    name: str
    head: Records
    body: Callable[[int], pa.Table]
    first_row: int = 1  # of the head, as a spreadsheet numbers it
    encoding: str | None = None
    delimiter: str | None = None
    quoted: bool = False  # cells are quoted: an empty one without quotes was not shown
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    columns: tuple[Column, ...] = ()  # where the file itself describes them
    described_by: str = ""  # what describes them, where it stands beside the data
    headless: bool = False  # the first record of the head is no row of the file: the description made it
    paths: tuple[Path, ...] = ()  # of the columns, where the file holds nested records
    merged: tuple[tuple[int, int], ...] = ()  # first and last row of cells that a spreadsheet merged
    errors: frozenset[tuple[int, int]] = frozenset()  # row and column of cells that a spreadsheet marks so
    package: str = ""  # the statistics package whose data file it is
    remarks: tuple[Message, ...] = ()

    def record(self, index: int) -> tuple[str, ...]:
        """A record of the head, () below its end."""
        return self.head[index] if index < len(self.head) else ()

    def full_record(self, index: int, header_rows: int) -> tuple[str, ...]:
        """A record of the headings, as wide as the widest of them."""
        width = max(map(len, self.head[:header_rows]))
        found = self.record(index)
        return (*found, *[""] * (width - len(found)))

    def below_title(self) -> "Grid | None":
        """The table under a title or a note that stands alone above it; None where there is none."""
        height = next((row for row, record in enumerate(self.head) if any(map(str.strip, record[1:]))), 0)
        if not height:
            return None
        return replace(
            self,
            head=self.head[height:],
            body=lambda header_rows: self.body(header_rows + height),
            first_row=self.first_row + height,
        )

    def refused(self, code: str, **params: object) -> ExportError:
        """The error that refuses the file."""
        return ExportError(Message(code, self.name, params))


def beside(name: str, columns: tuple[Column, ...], cells: pa.Table, described_by: str) -> Grid:
    """A table without headings, and the columns that something beside it describes."""
    rows = zip(*(column.to_pylist() for column in cells.slice(0, HEAD - 1).columns), strict=True)
    return Grid(
        name=name,
        head=(
            tuple(column.heading for column in columns),
            *(tuple(cell or "" for cell in row) for row in rows),
        ),
        body=lambda _: cells,
        columns=columns,
        described_by=described_by,
        headless=True,
    )
