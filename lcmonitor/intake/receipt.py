"""What a project lead gets back for a file: what became of every row and column, and what to do."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from lcmonitor.errors import Language, Message

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


@dataclass(frozen=True)
class WrittenMessage(Message):
    """A message of a receipt that was kept: its words are those that were given then."""

    words: Mapping[Language, str] = field(default_factory=dict)

    def text(self, language: Language) -> str:
        """The words of then."""
        return self.words[language]


def receipt_json(receipt: Receipt) -> dict[str, Any]:
    """The receipt as plain values, as ``check --json`` prints it."""
    return {
        "file": receipt.file,
        "sha256": receipt.sha256,
        "tool": receipt.tool,
        "community": receipt.community,
        "form": receipt.form,
        "waves": list(receipt.waves),
        "verdict": receipt.verdict,
        "balance": asdict(receipt.balance),
        "set_aside": [asdict(row) for row in receipt.set_aside],
        "findings": [_finding_json(finding) for finding in receipt.findings],
        "columns": {
            "mapped": dict(receipt.columns.mapped),
            "ignored": list(receipt.columns.ignored),
            "personal_data": list(receipt.columns.personal_data),
        },
    }


def receipt_from_json(data: Mapping[str, Any]) -> Receipt:
    """A receipt that ``receipt_json`` wrote; it gives the same JSON again."""
    columns = data["columns"]
    return Receipt(
        **{key: data[key] for key in ("file", "sha256", "tool", "community", "form", "verdict")},
        waves=tuple(data["waves"]),
        balance=Balance(**data["balance"]),
        set_aside=tuple(SetAside(**row) for row in data["set_aside"]),
        findings=tuple(_finding(finding) for finding in data["findings"]),
        columns=ColumnUse(columns["mapped"], tuple(columns["ignored"]), tuple(columns["personal_data"])),
    )


def _finding_json(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.message.code,
        "severity": finding.severity,
        "column": finding.column,
        "item": finding.item,
        "rows": list(finding.rows),
        "count": finding.count,
        "message": finding.message.as_json(),
    }


def _finding(data: Mapping[str, Any]) -> Finding:
    message = WrittenMessage(data["code"], words=data["message"])
    where = {key: data[key] for key in ("severity", "column", "item", "count")}
    return Finding(message, rows=tuple(data["rows"]), **where)
