"""A file as a grid of text: what the ground gives and every tool's reader looks at."""

from collections.abc import Callable
from dataclasses import dataclass

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
    remarks: tuple[Message, ...] = ()

    def record(self, index: int) -> tuple[str, ...]:
        """A record of the head, () below its end."""
        return self.head[index] if index < len(self.head) else ()

    def refused(self, code: str, **params: object) -> ExportError:
        """The error that refuses the file."""
        return ExportError(Message(code, self.name, params))
