"""A RawTable as bytes that a hostile process may have written: Arrow IPC and JSON, nothing that can run."""

import json
from dataclasses import asdict
from typing import Any

import pyarrow as pa

from lcmonitor.errors import ExportError, Message, catalogue
from lcmonitor.exports.table import ROW_FACTS, Column, RawTable, Source


def packed(table: RawTable) -> list[bytes]:
    """The description, the cells and the facts."""
    description = {
        "source": asdict(table.source),
        "columns": [_described(column) for column in table.columns],
        "remarks": [_message(message) for message in table.remarks],
    }
    return [json.dumps(description).encode(), _ipc(table.cells), _ipc(table.facts)]


def packed_error(error: ExportError) -> list[bytes]:
    """The messages of a refusal."""
    return [json.dumps({"refused": [_message(message) for message in error.messages]}).encode()]


def unpacked(parts: list[bytes]) -> RawTable:
    """Raises ExportError if the file was refused; ValueError, KeyError or TypeError if this is no table."""
    description = described(parts[0])
    cells, facts = (pa.ipc.open_stream(pa.py_buffer(part)).read_all() for part in parts[1:])
    if facts.schema != ROW_FACTS or facts.num_rows != cells.num_rows:
        raise ValueError("not the facts of these cells")
    return RawTable(
        source=Source(**description["source"]),
        columns=tuple(_column(**column) for column in description["columns"]),
        cells=cells,
        facts=facts,
        remarks=tuple(map(_known, description["remarks"])),
    )


def described(part: bytes) -> Any:
    """The JSON that an answer begins with. Raises ExportError if the file was refused."""
    description = json.loads(part)
    if "refused" in description:
        raise ExportError(*map(_known, description["refused"]))
    return description


def _message(message: Message) -> dict[str, Any]:
    params = {name: value if isinstance(value, int) else str(value) for name, value in message.params.items()}
    return {"code": message.code, "place": message.place, "params": params}


def _known(message: dict[str, Any]) -> Message:
    if message["code"] not in catalogue():
        raise ValueError("no such message")
    return Message(**message)


def _described(column: Column) -> dict[str, Any]:
    return {**vars(column), "missing": sorted(column.missing), "chosen": sorted(column.chosen)}


def _column(missing: list[str], chosen: list[str], **fields: Any) -> Column:
    return Column(missing=frozenset(missing), chosen=frozenset(chosen), **fields)


def _ipc(table: pa.Table) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    return memoryview(sink.getvalue())  # type: ignore[return-value]  # a pipe takes any buffer
