"""A RawTable in parts that a hostile process may have sent: JSON that is checked, and bare Arrow columns.

No pickle, and no Arrow IPC either: its messages may be compressed, so that a few bytes unpack to any size.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from pydantic import TypeAdapter

from lcmonitor.errors import ExportError, Message, catalogue
from lcmonitor.exports.table import ROW_FACTS, STATUSES, Column, RawTable, Source

Part = bytes | memoryview
Receive = Callable[[int], pa.Buffer]  # the next part, of at most so many bytes

_DESCRIPTION = 1 << 20  # of the table as a whole, or of one column: JSON may take forty times that in memory
_DESCRIPTIONS = 32 << 20  # of all columns together: thousands with a list of countries each
_COLUMNS = 100_000
_CALENDAR = (-62_135_596_800_000_000, 253_402_300_799_999_999)  # years 1 to 9999 in microseconds


@dataclass(frozen=True)
class _Opening:
    """What comes first, before every column's description, the cells and the facts."""

    source: Source | None = None
    columns: int = 0
    rows: int = 0
    remarks: tuple[Message, ...] = ()


@dataclass(frozen=True)
class _Refusal:
    refused: tuple[Message, ...] = ()


_REFUSAL, _OPENING, _COLUMN = TypeAdapter(_Refusal), TypeAdapter(_Opening), TypeAdapter(Column)


def packed(table: RawTable) -> Iterator[Part]:
    """The parts one by one: no second copy of the table is made."""
    yield _json(
        source=asdict(table.source),
        columns=len(table.columns),
        rows=table.facts.num_rows,
        remarks=[_plain(message) for message in table.remarks],
    )
    for column in table.columns:
        yield _json(**_described(column))
    for cells in (*table.cells.columns, *table.facts.columns):
        yield from _buffers(pa.concat_arrays(cells.chunks))


def packed_error(error: ExportError) -> Iterator[Part]:
    """The messages of a refusal."""
    yield _json(refused=[_plain(message) for message in error.messages])


def unpacked(receive: Receive, largest: int) -> RawTable:
    """Raises ExportError if the file was refused; ValueError if this is no table of at most ``largest``."""
    opening = _OPENING.validate_json(beginning(receive(_DESCRIPTION)), strict=True)
    if opening.source is None or not 0 < opening.columns <= _COLUMNS or not 0 < opening.rows < largest:
        raise ValueError("not the beginning of a table")
    columns = tuple(_columns(receive, opening.columns))
    names = [str(column.position) for column in columns if column.role != "personal"]
    cells = [_array(receive, pa.string(), opening.rows, largest) for _ in names]
    facts = [_array(receive, kind, opening.rows, largest) for kind in ROW_FACTS.types]
    return RawTable(
        source=opening.source,
        columns=columns,
        cells=pa.table(cells, names),
        facts=_sensible(pa.table(facts, ROW_FACTS)),
        remarks=tuple(map(_known, opening.remarks)),
    )


def beginning(part: pa.Buffer) -> bytes:
    """The JSON that an answer begins with. Raises ExportError if the file was refused."""
    content: bytes = part.to_pybytes()
    if refused := _REFUSAL.validate_json(content, strict=True).refused:
        raise ExportError(*map(_known, refused))
    return content


def _json(**fields: Any) -> bytes:
    return json.dumps(fields).encode()


def _plain(message: Message) -> dict[str, Any]:
    params = {name: value if isinstance(value, int) else str(value) for name, value in message.params.items()}
    return {"code": message.code, "place": message.place, "params": params}


def _known(message: Message) -> Message:
    """A message of the catalogue that has all it needs to be told."""
    if message.code not in catalogue():
        raise ValueError("no such message")
    try:
        message.as_json()
    except (LookupError, AttributeError, TypeError):
        raise ValueError("not all that the message tells") from None
    return message


def _columns(receive: Receive, count: int) -> Iterator[Column]:
    left = _DESCRIPTIONS
    for position in range(count):
        description = receive(min(left, _DESCRIPTION)).to_pybytes()
        left -= len(description)
        column = _COLUMN.validate_json(description, strict=True)
        if column.position != position:
            raise ValueError("not the next column")
        yield column


def _described(column: Column) -> dict[str, Any]:
    sets = {"missing": sorted(column.missing), "chosen": sorted(column.chosen)}
    return vars(column) | {"labels": dict(column.labels)} | sets


def _buffers(column: pa.Array) -> Iterator[Part]:
    """The bits that say which are null (none where no one is), offsets if it is text, and the values."""
    nulls, *values = column.buffers()
    yield memoryview(nulls) if column.null_count else b""
    yield from (memoryview(buffer) if buffer else b"" for buffer in values)


def _array(receive: Receive, kind: pa.DataType, rows: int, largest: int) -> pa.Array:
    nulls = receive(rows // 8 + 64)  # Arrow pads what it makes
    values = [receive(4 * rows + 64)] if pa.types.is_string(kind) else []
    values.append(receive(largest))
    array = pa.Array.from_buffers(kind, rows, [nulls if nulls.size else None, *values])
    array.validate(full=True)
    return array


def _sensible(facts: pa.Table) -> pa.Table:
    """Only what can be a row's facts: whoever counts rows and days later need not doubt them."""
    ends = pc.min_max(facts["submitted"].cast(pa.int64())).as_py()
    known = {end for end in ends.values() if end is not None}
    sensible = (
        facts["row"].null_count == 0
        and pc.min(facts["row"]).as_py() > 0
        and pc.all(pc.is_in(facts["status"], pa.array(STATUSES))).as_py()
        and all(_CALENDAR[0] <= end <= _CALENDAR[1] for end in known)
    )
    if not sensible:
        raise ValueError("not the facts of rows")
    return facts
