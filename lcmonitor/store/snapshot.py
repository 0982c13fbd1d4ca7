# ruff: noqa: S608 -- names are quoted and values are parameters
"""The copy for analysts: pseudonymous responses, the codebook, and the figures that were released.

What stays behind: panel keys, the survey tool's own response ids, the hour and day of sending, which
organisation a respondent belongs to (its kind goes along), texts, receipts, the audit, and every
figure that was computed and not released. Of a form that asks about each partner all responses: who speaks is
an organisation, and who has ties with whom names it, whatever it is called.
"""

import contextlib
import hashlib
import hmac
from collections.abc import Iterator
from pathlib import Path

import duckdb

from lcmonitor.store import file, responses, schema, views
from lcmonitor.store.file import Connection
from lcmonitor.store.schema import literal, quoted
from lcmonitor.store.store import Store
from lcmonitor.store.tables import rows_of

_FORMAT = "v1.0.0"  # the oldest storage version: DuckDB 1.x clients open it


def snapshot(store: Store, target: Path, secret: bytes) -> None:
    """Make ``target`` anew and put it in place at once; whoever has the old one open keeps the old one.

    ``secret``, the workspace's, makes response numbers that are the same in every snapshot and lead nobody
    back to the survey tool. The same store and secret give the same content.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f".{target.name}.new")
    with file.replacing(aside, target), _attached(store.connection, aside):
        store.connection.begin()
        schema.install(store.connection, "schema.sql")
        _copy_definitions(store.connection)
        asked = (form for form in store.forms() if not responses.has_ties(store.connection, form))
        forms = [_copy_responses(store.connection, form, secret) for form in asked]
        views.install(store.connection, forms)
        store.connection.execute("INSERT INTO made_from VALUES (?)", [store.done()])
        store.connection.commit()


def is_current(store: Store, target: Path) -> bool:
    """Whether ``target`` is a snapshot of the store as it is now."""
    if not target.exists():
        return False
    try:
        store.connection.execute(f"ATTACH {literal(str(target))} AS snapshot (READ_ONLY)")
    except duckdb.Error:  # no database, or somebody writes in it
        return False
    try:
        return rows_of(store.connection, "FROM snapshot.made_from") == [(store.done(),)]
    except duckdb.CatalogException:  # of before this was written down
        return False
    finally:
        store.connection.execute("DETACH snapshot")


@contextlib.contextmanager
def _attached(connection: Connection, path: Path) -> Iterator[None]:
    """A new file as the current database; afterwards it is whole and closed."""
    connection.execute(f"ATTACH {literal(str(path))} AS snapshot (STORAGE_VERSION '{_FORMAT}')")
    path.chmod(0o640)  # analysts share the group of the folder; nobody else reads answers
    connection.execute("USE snapshot")
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    finally:
        connection.execute("USE store")
        connection.execute("DETACH snapshot")


def _copy_definitions(connection: Connection) -> None:
    tables = rows_of(connection, "SELECT table_name FROM duckdb_tables() WHERE database_name = 'snapshot'")
    for (table,) in tables:
        connection.execute(f"INSERT INTO {table} FROM store.{table} ORDER BY ALL")


def _copy_responses(connection: Connection, form: str, secret: bytes) -> views.Coded:
    """Into schema ``coded``, in an order that says nothing about the order of answering."""
    coded = views.Coded(form, _items(connection, form, "TINYINT"), _items(connection, form, "DOUBLE"))
    items = "".join(f", {quoted(item)}" for item in (*coded.scale_items, *coded.number_items))
    connection.execute("CREATE SCHEMA IF NOT EXISTS coded")
    connection.execute(
        f"""CREATE TABLE {coded.table} AS
        SELECT r.community, r.wave,
            left(sha256(concat_ws(chr(31), $key, r.community, r.wave, r.response_id)), 16) AS response,
            date_trunc('week', r.submitted)::DATE AS submitted_week,
            r.completeness, p.type AS partner_type{items}
        FROM store.{responses.table_of(form)} r
        LEFT JOIN store.partner p ON p.community = r.community AND p.partner = r.partner
        ORDER BY r.community, r.wave, response""",
        {"key": hmac.new(secret, f"response numbers of {form}".encode(), hashlib.sha256).hexdigest()},
    )
    return coded


def _items(connection: Connection, form: str, kind: str) -> tuple[str, ...]:
    """The form's answers of an SQL type; who somebody is or what they consented to is no answer."""
    found = rows_of(
        connection,
        """SELECT column_name FROM duckdb_columns()
        WHERE database_name = 'store' AND table_name = ? AND data_type = ?
        AND column_name NOT IN (SELECT item FROM store.item WHERE type IN ('partner', 'consent'))
        ORDER BY column_name""",
        [f"responses_{form}", kind],
    )
    return tuple(name for (name,) in found if name not in responses.OWN)
