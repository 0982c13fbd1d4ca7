"""Say which tool wrote a file and what is in it, without any codebook."""

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from lcmonitor.errors import Message
from lcmonitor.exports.table import Certainty, RawTable


@dataclass(frozen=True)
class Recognition:
    """What can be said of a file without a codebook.

    ``rows``: complete, incomplete, or neither: tests, spam and who was disqualified. What a reviewer turned
    down was completed all the same.
    """

    file: str
    sha256: str
    tool: str | None = None  # None: the file was refused before its tool was clear
    variant: str | None = None
    certainty: Certainty = "unknown"
    encoding: str | None = None
    delimiter: str | None = None
    header_rows: int = 0
    rows: int = 0
    columns: int = 0
    complete: int = 0
    incomplete: int = 0
    personal_data: tuple[str, ...] = ()  # headings
    refused: Message | None = None

    @property
    def neither(self) -> int:
        """Rows that are neither complete nor incomplete."""
        return self.rows - self.complete - self.incomplete

    def facts(self) -> Mapping[str, object]:
        """All but the refusal, by field."""
        return {name: value for name, value in vars(self).items() if name != "refused"}


def refused(file: str, sha256: str, message: Message) -> Recognition:
    """The recognition of a file that could not be read."""
    tool = message.params.get("tool")
    certainty: Certainty = "sure" if tool else "unknown"
    return Recognition(file, sha256, str(tool) if tool else None, certainty=certainty, refused=message)


def recognition(table: RawTable) -> Recognition:
    """The recognition of a table that was read."""
    source = table.source
    status = table.facts["status"]
    return Recognition(
        file=source.file,
        sha256=source.sha256,
        tool=source.tool,
        variant=source.variant,
        certainty=source.certainty,
        encoding=source.encoding,
        delimiter=source.delimiter,
        header_rows=source.header_rows,
        rows=table.facts.num_rows,
        columns=len(table.columns),
        complete=_count(status, "complete", "rejected"),
        incomplete=_count(status, "incomplete"),
        personal_data=tuple(column.heading for column in table.columns if column.role == "personal"),
    )


def _count(status: pa.ChunkedArray, *values: str) -> int:
    return int(pc.sum(pc.is_in(status, pa.array(values))).as_py())


def recognition_json(found: Recognition) -> Mapping[str, object]:
    """As ``recognise --json`` prints it."""
    message = found.refused
    return {
        **found.facts(),
        "personal_data": list(found.personal_data),
        "refused": {"code": message.code, "message": message.as_json()} if message else None,
    }
