# ruff: noqa: S608 -- the names of tables are ours, values are parameters
"""The books: which exports were taken in, and what was said of each."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lcmonitor.intake.receipt import Receipt
from lcmonitor.intake.structure import Structure, structure_from_json, structure_json
from lcmonitor.store.file import Connection
from lcmonitor.store.schema import quoted
from lcmonitor.store.tables import append, rows_of


@dataclass(frozen=True)
class Entry:
    """A delivery as it goes into the books."""

    receipt: Receipt
    fingerprint: str  # of the definitions by which it was judged
    document: Mapping[str, Any]  # the receipt as JSON
    wave: str  # the newest one in it, which its structure stands for
    structure: Structure
    replaces: bool = False  # what was stored for its waves goes


def enter(connection: Connection, entry: Entry) -> None:
    """Write the receipt down, after all earlier ones."""
    received = next_in(connection, "delivery", "received")
    append(connection, "delivery", [_delivery(entry, received)])
    log(connection, "deliver", entry.receipt.sha256)


def log(connection: Connection, action: str, subject: str) -> None:
    """Add to the audit."""
    position = next_in(connection, "audit", "position")
    append(connection, "audit", [{"position": position, "action": action, "subject": subject}])


def digest(connection: Connection) -> str:
    """Of the audit, but for the hours."""
    ((found,),) = rows_of(
        connection,
        "SELECT sha256(coalesce(string_agg(concat_ws(' ', position, action, subject), chr(10)"
        " ORDER BY position), '')) FROM store.audit",
    )
    return str(found)


def next_in(connection: Connection, table: str, column: str) -> int:
    """One more than the highest so far."""
    ((highest,),) = rows_of(connection, f"SELECT coalesce(max({column}), 0) FROM {table}")
    return int(highest) + 1


def accepted(connection: Connection, sha256: str, fingerprint: str, community: str) -> dict[str, Any] | None:
    """The last receipt with which these bytes were accepted under these definitions."""
    found = rows_of(
        connection,
        "SELECT receipt FROM delivery WHERE sha256 = ? AND fingerprint = ? AND community = ?"
        " ORDER BY received DESC LIMIT 1",
        [sha256, fingerprint, community],
    )
    return dict(json.loads(found[0][0])) if found else None


def replacements(connection: Connection) -> set[tuple[str, str]]:
    """Community and SHA-256 of every export that was said to replace what was stored for its waves."""
    found = rows_of(connection, "SELECT DISTINCT community, sha256 FROM delivery WHERE replaces")
    return {(community, sha256) for community, sha256 in found}


def structures(connection: Connection, community: str, form: str) -> dict[str, Structure]:
    """Per wave that of the last delivery of which it was the newest wave."""
    found = rows_of(
        connection,
        "SELECT wave, arg_max(structure, received) FROM delivery"
        " WHERE community = ? AND form = ? GROUP BY wave",
        [community, form],
    )
    return {wave: structure_from_json(structure) for wave, structure in found}


def receipts(connection: Connection) -> list[dict[str, Any]]:
    """Every receipt in the order of the deliveries."""
    return [
        json.loads(receipt)
        for (receipt,) in rows_of(connection, "SELECT receipt FROM delivery ORDER BY received")
    ]


def sources(connection: Connection, community: str, form: str, wave: str) -> list[tuple[str, str]]:
    """Name and SHA-256 of the exports of which responses are stored, each as it came last."""
    found = rows_of(
        connection,
        f"""SELECT arg_max(receipt, received), sha256 FROM delivery WHERE community = $1 AND sha256 IN
        (SELECT delivery FROM {quoted(f"responses_{form}")} WHERE community = $1 AND wave = $2)
        GROUP BY sha256 ORDER BY max(received)""",
        [community, wave],
    )
    return [(json.loads(receipt)["file"], sha256) for receipt, sha256 in found]


def _delivery(entry: Entry, received: int) -> dict[str, object]:
    return {
        "sha256": entry.receipt.sha256,
        "community": entry.receipt.community,
        "form": entry.receipt.form,
        "replaces": entry.replaces,
        "received": received,
        "fingerprint": entry.fingerprint,
        "verdict": entry.receipt.verdict,
        "receipt": json.dumps(entry.document, ensure_ascii=False),
        "wave": entry.wave,
        "structure": structure_json(entry.structure),
    }
