# ruff: noqa: S608 -- names are quoted and values are parameters
"""The wide tables of responses, one per form: how they grow, and how a delivery is weighed and merged."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NamedTuple

import pyarrow as pa

from lcmonitor.errors import Message, WorkspaceError
from lcmonitor.intake.responses import RESPONSE_FIELDS, TIES, Missing, Responses
from lcmonitor.store.file import Connection
from lcmonitor.store.schema import literal, quoted

_KEY = ("wave", "response_id")  # within a community and form
# Where a response stood in its file, and whether that tells how long it took, may change without its content.
_NOT_CONTENT = {*_KEY, "row", "seconds"}
OWN = {  # the columns of every form's table, before its items
    "community": "id of the community",
    "delivery": "SHA-256 of the export that this content came from",
    "wave": "wave.wave",
    "response_id": "as the survey tool calls it, unique in community and wave",
    "row": "row in the export, as a spreadsheet numbers it",
    "submitted": "when it was sent, as written in the export",
    "completeness": "complete, partial or break_off (stored, but in no figure)",
    "panel_key": "follows a person over waves without naming them; NULL = cannot be followed",
    "partner": "partner.partner of the respondent; NULL = unknown",
    "seconds": "how long it took; NULL = the tool does not tell",
}
# What the views of a snapshot call their own columns.
_SNAPSHOT = ("response", "submitted_week", "partner_type", "item", "coded")


@dataclass(frozen=True)
class Comparison:
    """What a delivery means for the store; ``gone``: stored for its waves, but no longer in the export."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    gone: int = 0


class Count(NamedTuple):
    """How many responses are stored of one completeness."""

    community: str
    wave: str
    form: str
    completeness: str
    responses: int


@dataclass(frozen=True)
class _Columns:
    """SQL types by column name: what comes in, and what the store has already (empty: no table yet)."""

    incoming: Mapping[str, str]
    stored: Mapping[str, str]


def table_of(form: str) -> str:
    """The quoted name of the form's table."""
    return quoted(f"responses_{form}")


def forms(connection: Connection) -> tuple[str, ...]:
    """The forms that have responses, in order of name."""
    found = connection.execute(
        "SELECT table_name FROM duckdb_tables() WHERE database_name = 'store'"
        " AND schema_name = 'main' AND starts_with(table_name, 'responses_') ORDER BY ALL"
    ).fetchall()
    return tuple(name.removeprefix("responses_") for (name,) in found)


def has_ties(connection: Connection, form: str) -> bool:
    """Whether the form asks about each partner."""
    return TIES in {name for name, *_ in connection.execute(f"DESCRIBE store.{table_of(form)}").fetchall()}


def compare(connection: Connection, responses: Responses) -> Comparison:
    """Weigh a delivery, which is the view ``incoming``, against what is stored; changes nothing.

    Raises WorkspaceError: LCM-403 an item cannot be a column, LCM-404 it changed from one type to another.
    """
    _check_names(responses)
    return _weigh(connection, responses, _columns(connection, responses.form))


def merge(connection: Connection, responses: Responses, sha256: str, replace: bool) -> Comparison:
    """Store the new and changed responses of view ``incoming``; with ``replace``, drop those that are gone.

    Belongs within a transaction. Raises what ``compare`` raises.
    """
    _check_names(responses)
    columns = _columns(connection, responses.form)
    comparison = _weigh(connection, responses, columns)
    _check_ids(connection, comparison)
    _widen(connection, responses.form, columns)
    if comparison.gone and replace:
        _drop_gone(connection, responses)
    if comparison.updated:
        _drop_changed(connection, responses)
    if comparison.new or comparison.updated:
        _insert(connection, responses, sha256, only_changed=comparison.unchanged > 0)
    return comparison


def of_wave(connection: Connection, community: str, form: str, wave: str) -> pa.Table:
    """Every response of a community in a wave."""
    query = f"SELECT * EXCLUDE (community, delivery) FROM {table_of(form)} WHERE community = ? AND wave = ?"
    found: pa.Table = connection.sql(query, params=[community, wave]).to_arrow_table()
    return found


def texts(connection: Connection, community: str, wave: str) -> list[tuple[str, str]]:
    """Item and text of the answers in words: the only columns of text that are not every form's own."""
    found = []
    for form in forms(connection):
        described = connection.execute(f"DESCRIBE {table_of(form)}").fetchall()
        items = [str(name) for name, kind, *_ in described if kind == "VARCHAR" and name not in OWN]
        for item in items:
            query = f"SELECT {quoted(item)} FROM {table_of(form)} WHERE community = ? AND wave = ?"
            written = connection.execute(f"{query} AND {quoted(item)} IS NOT NULL", [community, wave])
            found += [(item, text) for (text,) in written.fetchall()]
    return found


def tally(connection: Connection) -> list[Count]:
    """Responses by community, wave, form and completeness, in that order."""
    parts = [
        f"SELECT community, wave, {literal(form)} AS form, completeness, count(*) AS responses"
        f" FROM {table_of(form)} GROUP BY ALL"
        for form in forms(connection)
    ]
    if not parts:
        return []
    query = f"{' UNION ALL '.join(parts)} ORDER BY ALL"
    return [Count(*row) for row in connection.execute(query).fetchall()]


@contextmanager
def incoming(connection: Connection, rows: pa.Table) -> Iterator[None]:
    """The rows of a delivery as view ``incoming``."""
    connection.register("incoming", rows)
    try:
        yield
    finally:
        connection.unregister("incoming")


def _columns(connection: Connection, form: str) -> _Columns:
    described = connection.execute("DESCRIBE incoming").fetchall()
    arriving = {
        str(name): "VARCHAR" if str(kind).startswith("ENUM") else str(kind) for name, kind, *_ in described
    }
    if form not in forms(connection):
        return _Columns(arriving, {})
    known = connection.execute(f"DESCRIBE {table_of(form)}").fetchall()
    stored = {str(name): str(kind) for name, kind, *_ in known if name not in ("community", "delivery")}
    for item in sorted(arriving.keys() & stored.keys()):
        if arriving[item] != stored[item]:
            params = {"item": item, "found": arriving[item], "allowed": stored[item]}
            raise WorkspaceError(Message("LCM-404", form, params))
    return _Columns(arriving, stored)


def _check_names(responses: Responses) -> None:
    """Some names are taken, and capitals do not tell columns apart: the second would be renamed."""
    taken = {*OWN, *_SNAPSHOT}
    for item in responses.rows.column_names:
        if item not in RESPONSE_FIELDS.names:
            if item.lower() in taken:
                params = {"item": item, "taken": ", ".join(sorted({*OWN, *_SNAPSHOT}))}
                raise WorkspaceError(Message("LCM-403", responses.form, params))
            taken.add(item.lower())


def _weigh(connection: Connection, responses: Responses, columns: _Columns) -> Comparison:
    """Count, and leave the keys of the new and the changed responses in the temporary table ``changed``.

    Where nothing is stored for the waves of the delivery all is new, and there is no such table.
    """
    total = responses.rows.num_rows
    held = _held(connection, responses) if columns.stored else 0
    if not held:
        return Comparison(new=total)
    new, updated = _changed(connection, responses, columns)
    return Comparison(new, updated, unchanged=total - new - updated, gone=held - (total - new))


def _check_ids(connection: Connection, delivered: Comparison) -> None:
    (unique,) = _row(connection, "SELECT count(DISTINCT (wave, response_id)) FROM incoming")
    total = delivered.new + delivered.updated + delivered.unchanged
    assert unique == total, "intake sets aside responses with the same id"


def _held(connection: Connection, responses: Responses) -> int:
    """How many responses are stored for the waves of the delivery."""
    (held,) = _row(
        connection,
        f"""SELECT count(*) FROM {table_of(responses.form)}
        WHERE community = $community AND wave IN (SELECT wave FROM incoming)""",
        {"community": responses.community},
    )
    return held


def _changed(connection: Connection, responses: Responses, columns: _Columns) -> tuple[int, ...]:
    """How many are new and how many say something else than what is stored."""
    connection.execute(
        f"""CREATE OR REPLACE TEMP TABLE changed AS
        SELECT i.wave, i.response_id, s.community IS NOT NULL AS known
        FROM incoming i LEFT JOIN (FROM {table_of(responses.form)} WHERE community = $community) s
        ON i.wave = s.wave AND i.response_id = s.response_id
        WHERE s.community IS NULL OR {_differs(columns)}""",
        {"community": responses.community},
    )
    return _row(connection, "SELECT count(*) FILTER (NOT known), count(*) FILTER (known) FROM changed")


def _differs(columns: _Columns) -> str:
    """SQL: incoming row ``i`` says something else than stored row ``s``; an absent column was not asked."""
    differences = []
    for name, kind in {**columns.stored, **columns.incoming}.items():
        if name not in _NOT_CONTENT:
            one = f"i.{quoted(name)}" if name in columns.incoming else _absent(kind)
            other = f"s.{quoted(name)}" if name in columns.stored else _absent(kind)
            differences.append(f"{one} IS DISTINCT FROM {other}")
    return f"({' OR '.join(differences)})"


def _absent(kind: str) -> str:
    return str(int(Missing.NOT_ASKED)) if kind == "TINYINT" else "NULL"


def _widen(connection: Connection, form: str, columns: _Columns) -> None:
    """Make the table, or add the columns that it lacks; earlier responses were not asked them."""
    table = table_of(form)
    if not columns.stored:
        keys = ", ".join(f"{key} VARCHAR NOT NULL" for key in ("community", "delivery", *_KEY))
        connection.execute(f"CREATE TABLE {table} ({keys})")
    for name, kind in columns.incoming.items():
        if name not in (columns.stored or _KEY):
            column = f"{quoted(name)} {kind} DEFAULT {_absent(kind)}"
            connection.execute(f"ALTER TABLE {table} ADD COLUMN {column}")
    if not columns.stored:
        _comment(connection, table)


def _comment(connection: Connection, table: str) -> None:
    missing = ", ".join(f"{reason.value} {reason.name.lower()}" for reason in Missing)
    about = f"Responses to a form. A scale item holds its code, or why there is none: {missing}."
    connection.execute(f"COMMENT ON TABLE {table} IS {literal(about)}")
    for column, text in OWN.items():
        connection.execute(f"COMMENT ON COLUMN {table}.{quoted(column)} IS {literal(text)}")


def _drop_gone(connection: Connection, responses: Responses) -> None:
    connection.execute(
        f"""DELETE FROM {table_of(responses.form)} WHERE community = $community
        AND wave IN (SELECT wave FROM incoming)
        AND (wave, response_id) NOT IN (SELECT (wave, response_id) FROM incoming)""",
        {"community": responses.community},
    )


def _drop_changed(connection: Connection, responses: Responses) -> None:
    connection.execute(
        f"""DELETE FROM {table_of(responses.form)} s USING changed c
        WHERE c.known AND s.community = $community AND s.wave = c.wave AND s.response_id = c.response_id""",
        {"community": responses.community},
    )


def _insert(connection: Connection, responses: Responses, sha256: str, only_changed: bool) -> None:
    among = "SEMI JOIN changed c ON i.wave = c.wave AND i.response_id = c.response_id" if only_changed else ""
    connection.execute(
        f"""INSERT INTO {table_of(responses.form)} BY NAME
        SELECT $community AS community, $delivery AS delivery, i.* FROM incoming i {among}""",
        {"community": responses.community, "delivery": sha256},
    )


def _row(
    connection: Connection, query: str, parameters: Mapping[str, object] | None = None
) -> tuple[int, ...]:
    (row,) = connection.execute(query, parameters).fetchall()
    return tuple(row)
