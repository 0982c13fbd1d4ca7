"""Columns of a plain table that were taken for its program's own, and are questions all the same.

"Status", "Taal" and "Duration" head such columns in many tables. Where an item or the mapping file goes by
that name, it is the question that counts. A survey tool's own columns are known, and never claimed.
"""

from dataclasses import replace

import pyarrow as pa

from lcmonitor.exports.headings import key, keys
from lcmonitor.exports.table import Column, RawTable
from lcmonitor.intake.asked import Asked
from lcmonitor.wording import comparable

_PLAIN = "generic"


def with_claimed(table: RawTable, asked: Asked) -> RawTable:
    """The table with those columns as questions; a status that is an answer says nothing of the response."""
    claimed = {column.position for column in table.columns if _is_claimed(column, asked)}
    if table.source.tool != _PLAIN or not claimed:
        return table
    columns = tuple(
        replace(column, role="question") if column.position in claimed else column for column in table.columns
    )
    answered = any(key(columns[position].heading) in keys(_PLAIN, "status") for position in claimed)
    return replace(table, columns=columns, facts=_all_complete(table.facts) if answered else table.facts)


def _is_claimed(column: Column, asked: Asked) -> bool:
    words = comparable(column.heading)
    return column.role == "meta" and (
        column.heading in asked.codes or words in asked.by_words or words in asked.mapped
    )


def _all_complete(facts: pa.Table) -> pa.Table:
    complete = pa.array(["complete"] * facts.num_rows, pa.string())
    return facts.set_column(facts.schema.get_field_index("status"), "status", complete)
