"""What a project lead gets back for a file: what became of every row and column, and what to do."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from lcmonitor.errors import Message

Severity = Literal["error", "warning", "note"]
Verdict = Literal["accepted", "remarks", "refused"]


@dataclass(frozen=True)
class Finding:
    """Something noticed in an export; an ``error`` refuses the file. Never holds a cell's value."""

    message: Message  # its place names column and rows
    severity: Severity
    column: str | None = None
    item: str | None = None
    rows: tuple[int, ...] = ()  # as the spreadsheet numbers them
    count: int = 0


@dataclass(frozen=True)
class SetAside:
    """A row that is not stored, and the code of the reason."""

    row: int
    code: str


@dataclass(frozen=True)
class Balance:
    """``rows = new + updated + unchanged + set_aside``, always."""

    rows: int = 0
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    set_aside: int = 0

    def __post_init__(self) -> None:
        assert self.rows == self.new + self.updated + self.unchanged + self.set_aside


@dataclass(frozen=True)
class ColumnUse:
    """Heading -> item; headings passed over by name; headings dropped as personal data."""

    mapped: Mapping[str, str] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    personal_data: tuple[str, ...] = ()


@dataclass(frozen=True)
class Receipt:
    """The account of one file."""

    file: str
    sha256: str
    tool: str
    community: str
    form: str | None
    waves: tuple[str, ...]
    verdict: Verdict
    balance: Balance
    set_aside: tuple[SetAside, ...] = ()
    findings: tuple[Finding, ...] = ()
    columns: ColumnUse = field(default_factory=ColumnUse)
