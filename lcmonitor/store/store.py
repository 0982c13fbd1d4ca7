"""The store as the rest of the house knows it."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from lcmonitor.intake.responses import Responses
from lcmonitor.intake.structure import Structure
from lcmonitor.programme.load import Setup
from lcmonitor.store import definitions, deliveries, file, responses, tables
from lcmonitor.store.deliveries import Entry
from lcmonitor.store.editions import Editions
from lcmonitor.store.responses import Comparison, Count

if TYPE_CHECKING:  # its import takes half of what `lcmonitor status` has
    import pandas as pd


@dataclass(frozen=True)
class Published:
    """An edition that was published, and the newest wave in it."""

    id: str
    wave: str


class Store:
    """One database. Made by ``writing`` or ``reading``, opened when it is first used."""

    def __init__(self, path: Path, connect: Callable[[], file.Connection]) -> None:
        self.path = path
        self._connect = connect

    @cached_property
    def connection(self) -> file.Connection:
        """For the engine that computes indicators; its current database is the store."""
        return self._connect()

    def close(self) -> None:
        """Leave the file, with everything on disk."""
        if "connection" in self.__dict__:
            self.connection.close()

    def compare(self, delivered: Responses) -> Comparison:
        """What merging would do. Raises WorkspaceError (LCM-403, LCM-404)."""
        with responses.incoming(self.connection, delivered.rows):
            return responses.compare(self.connection, delivered)

    def merge(self, entry: Entry, delivered: Responses) -> Comparison:
        """Store a delivery and its receipt in one transaction: all of it or nothing.

        A response that is no longer in the export is kept and counted as gone, unless it ``replaces``.
        Raises WorkspaceError (LCM-403, LCM-404).
        """
        with responses.incoming(self.connection, delivered.rows), self._transaction():
            comparison = responses.merge(self.connection, delivered, entry.receipt.sha256, entry.replaces)
            deliveries.enter(self.connection, entry)
        return comparison

    def delivery(self, sha256: str, fingerprint: str, community: str) -> dict[str, Any] | None:
        """The receipt with which these bytes were accepted from the community under the same definitions."""
        return deliveries.accepted(self.connection, sha256, fingerprint, community)

    def replacements(self) -> set[tuple[str, str]]:
        """Community and SHA-256 of every export that replaced what was stored for its waves."""
        return deliveries.replacements(self.connection)

    def receipts(self) -> list[dict[str, Any]]:
        """Every receipt, in the order in which the deliveries came."""
        return deliveries.receipts(self.connection)

    def structures(self, community: str, form: str) -> dict[str, Structure]:
        """Per wave what its last export asked of the community, and how the answers were written."""
        return deliveries.structures(self.connection, community, form)

    def answers(self, community: str, form: str, wave: str) -> pa.Table:
        """What is stored of a wave: the columns of Responses."""
        return responses.of_wave(self.connection, community, form, wave)

    def open_answers(self, community: str, wave: str) -> list[tuple[str, str]]:
        """Item and masked text of every open answer that is kept of a wave."""
        return responses.texts(self.connection, community, wave)

    def forms(self) -> tuple[str, ...]:
        """The forms that have responses, in order of name."""
        return responses.forms(self.connection)

    def counts(self) -> list[Count]:
        """One for each community, wave, form and completeness that occurs, in order."""
        return responses.tally(self.connection)

    def describe(self, setup: Setup) -> None:
        """Make the tables of definitions say what the workspace says."""
        with self._transaction():
            for table, rows in definitions.tables(setup).items():
                tables.replace(self.connection, table, rows)

    def write_indicators(self, rows: "pd.DataFrame") -> None:
        """Make ``rows``, those of an IndicatorTable, the table ``indicator``; nothing of it may be shown."""
        with self._transaction():
            tables.keep_frame(self.connection, "indicator", rows)

    def record_edition(self, edition: str, wave: str, rows: "pd.DataFrame") -> None:
        """Keep what was published, once; ``rows`` as in ReleasedTable."""
        if tables.rows_of(self.connection, "FROM edition WHERE edition = ?", [edition]):
            return
        with self._transaction():
            position = deliveries.next_in(self.connection, "edition", "position")
            tables.append(
                self.connection, "edition", [{"edition": edition, "wave": wave, "position": position}]
            )
            tables.append_frame(self.connection, "released_cell", rows.assign(edition=edition))
            deliveries.log(self.connection, "publish", edition)

    def done(self) -> str:
        """A fingerprint of all deliveries and editions in their order; another one: the store has changed."""
        return deliveries.digest(self.connection)

    def editions(self) -> list[Published]:
        """Every edition that was published, oldest first."""
        rows = tables.rows_of(self.connection, "SELECT edition, wave FROM edition ORDER BY position")
        return [Published(edition, wave) for edition, wave in rows]

    def history(self) -> "pd.DataFrame":
        """Every figure of every edition, oldest edition first: ReleasedTable's columns, and ``edition``."""
        return self.connection.execute(
            "SELECT c.* EXCLUDE edition REPLACE (n::DOUBLE AS n, population::DOUBLE AS population), edition"
            " FROM released_cell c JOIN edition e USING (edition) ORDER BY e.position, c.rowid"
        ).df()

    def released(self, edition: str) -> "pd.DataFrame":
        """The figures of one edition, as they were recorded: ReleasedTable's columns; none: it was not."""
        return self.connection.execute(
            "SELECT * EXCLUDE edition REPLACE (n::DOUBLE AS n, population::DOUBLE AS population)"
            " FROM released_cell WHERE edition = ? ORDER BY rowid",
            [edition],
        ).df()

    def past(self) -> Editions | None:
        """The editions as disclosure control asks for them; None before the first."""
        return Editions(self.connection) if self.editions() else None

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self.connection.begin()
        try:
            yield
        except BaseException:
            self.connection.rollback()
            raise
        self.connection.commit()
        file.make_private(self.path)


@contextmanager
def writing(path: Path) -> Iterator[Store]:
    """The store at ``path`` for its one writer; a new one is made when it is first used.

    Opening it and doing nothing changes no byte. Raises BusyError (LCM-401) when another has it open, and
    WorkspaceError (LCM-402) when it cannot be opened.
    """
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with file.locked(path, exclusive=True), closing(Store(path, lambda: file.opened(path))) as store:
        if path.exists():
            _ = store.connection  # that it cannot be opened is heard now, not halfway
        yield store


@contextmanager
def reading(path: Path) -> Iterator[Store]:
    """The store at ``path`` as it is; where there is none, an empty one. Raises what ``writing`` raises."""
    if path.exists():
        with file.locked(path, exclusive=False), closing(_reader(path)) as store:
            yield store
    else:
        with closing(Store(path, file.empty)) as store:
            yield store


def _reader(path: Path) -> Store:
    store = Store(path, lambda: file.attached(path, read_only=True))
    _ = store.connection
    return store
