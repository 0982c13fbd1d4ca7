"""What every reader gives: the cells of an export as text, and what its tool says about them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import pyarrow as pa

from lcmonitor.errors import Message

Certainty = Literal["sure", "probable", "unknown"]
Role = Literal["question", "meta", "personal"]

# rejected: complete, but a reviewer said no; spam: the tool takes it for a robot's; disqualified: the survey
# itself ended it, as this person was not to answer.
STATUSES = ("complete", "incomplete", "test", "rejected", "spam", "disqualified")

# The row facts that a reader fills, one row per respondent, in file order.
ROW_FACTS = pa.schema(
    [
        ("row", pa.int32()),  # as a spreadsheet numbers it, header rows counted
        ("response_id", pa.string()),  # null: the tool gave none
        # As written in the export; of an incomplete response the last moment that the tool kept.
        ("submitted", pa.timestamp("us")),  # null: none, or a tool's 1980-01-01
        ("status", pa.string()),  # one of STATUSES
        ("token", pa.string()),  # the panel key before it is made pseudonymous; never stored
        ("event", pa.string()),  # of a project that plans several, as its tool calls it; null: it has none
    ]
)


@dataclass(frozen=True)
class Source:
    """Which file this is and how it had to be read."""

    file: str
    sha256: str
    tool: str
    variant: str
    certainty: Certainty
    encoding: str | None
    delimiter: str | None
    header_rows: int


@dataclass(frozen=True)
class Column:
    """One column of the export, by position: headings repeat in real files."""

    position: int
    heading: str  # as the file has it, made readable (no line ends, no BOM): what errors name
    code: str  # the tool's own question code, '' where it gives none
    text: str  # the question in words, '' where the export holds codes only
    part: str = ""  # row of a grid, option of a multiple choice, point of a spread-out scale
    role: Role = "question"
    labels: Mapping[str, str] = field(default_factory=dict)  # value -> label, where the file carries them
    missing: frozenset[str] = frozenset()  # values that the file itself declares missing
    chosen: frozenset[str] = frozenset()  # values that say that this option of a multiple choice was chosen


@dataclass(frozen=True)
class RawTable:
    """An export as it is.

    ``cells`` has one string column per question and meta column, named by position (``"0"``, ``"7"``);
    columns of role ``personal`` are listed in ``columns``, absent from ``cells``. Null is "not shown to the
    respondent", where the tool tells that apart from "" (shown, left empty); other tools' cells hold no null.
    ``facts`` has the schema ROW_FACTS and as many rows as ``cells``.
    """

    source: Source
    columns: tuple[Column, ...]
    cells: pa.Table
    facts: pa.Table
    remarks: tuple[Message, ...] = ()  # noticed while reading; none of them refuses the file


def letters(position: int) -> str:
    """A column as a spreadsheet names it: 0 is A, 26 is AA."""
    name, number = "", position + 1
    while number:
        number, rest = divmod(number - 1, 26)
        name = chr(65 + rest) + name
    return name
