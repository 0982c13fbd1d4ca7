# ruff: noqa: S608 -- the names of tables are ours, values are parameters
"""Filling tables, within a transaction, and asking them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from lcmonitor.store.file import Connection

if TYPE_CHECKING:  # its import takes half of what `lcmonitor status` has
    import pandas as pd


def rows_of(connection: Connection, query: str, parameters: Sequence[object] = ()) -> list[tuple[Any, ...]]:
    """All rows of a small answer."""
    return connection.execute(query, list(parameters)).fetchall()


def append(connection: Connection, table: str, rows: Iterable[Mapping[str, object]]) -> None:
    """Add rows; a column that they do not name keeps its default."""
    _append(connection, table, pa.Table.from_pylist(list(rows)))


def append_frame(connection: Connection, table: str, rows: "pd.DataFrame") -> None:
    """Add the rows of a DataFrame; NaN becomes NULL."""
    _append(connection, table, _plain(rows))


@contextmanager
def registered(connection: Connection, view: str, rows: "pd.DataFrame") -> Iterator[None]:
    """The rows of a DataFrame as a view; NaN is NULL."""
    connection.register(view, _plain(rows))
    try:
        yield
    finally:
        connection.unregister(view)


def replace(connection: Connection, table: str, rows: Iterable[Mapping[str, object]]) -> None:
    """Make ``rows`` all that the table holds; a table that holds just that is left alone, to the byte."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE fresh AS FROM {table} LIMIT 0")
    append(connection, "fresh", rows)
    if _digest(connection, table) != _digest(connection, "fresh"):
        connection.execute(f"DELETE FROM {table}")
        connection.execute(f"INSERT INTO {table} FROM fresh")
    connection.execute("DROP TABLE fresh")


def keep_frame(connection: Connection, table: str, rows: "pd.DataFrame") -> None:
    """Make the table what the DataFrame is, columns too, unless it is so already; NaN becomes NULL."""
    connection.register("arriving", _plain(rows))
    connection.execute("CREATE OR REPLACE TEMP TABLE fresh AS FROM arriving")
    connection.unregister("arriving")
    there = rows_of(
        connection, "FROM duckdb_tables() WHERE database_name = 'store' AND table_name = ?", [table]
    )
    if not there or _digest(connection, table) != _digest(connection, "fresh"):
        connection.execute(f"CREATE OR REPLACE TABLE {table} AS FROM fresh")
    connection.execute("DROP TABLE fresh")


def _append(connection: Connection, table: str, rows: pa.Table) -> None:
    if rows.num_rows == 0:
        return
    connection.register("arriving", rows)
    connection.execute(f"INSERT INTO {table} BY NAME FROM arriving")
    connection.unregister(
        "arriving"
    )  # on failure the transaction takes it away, and the error stays the first one


def _plain(rows: "pd.DataFrame") -> pa.Table:
    """Categories as their texts."""
    categorical = rows.select_dtypes("category").columns
    return pa.Table.from_pandas(rows.astype(dict.fromkeys(categorical, "str")), preserve_index=False)


def _digest(connection: Connection, table: str) -> list[tuple[Any, ...]]:
    """The same for the same columns and rows, in whatever order the rows lie."""
    rows = rows_of(connection, f"SELECT count(*), sum(hash(t)) FROM {table} t")
    columns = [(name, kind) for name, kind, *_ in rows_of(connection, f"DESCRIBE {table}")]
    return [*columns, *rows]
