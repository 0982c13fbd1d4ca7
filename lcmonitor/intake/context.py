"""What is known of a delivery before its columns are looked at: mapping file, waves, codebooks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from lcmonitor.errors import ExportError, Message
from lcmonitor.exports.table import RawTable
from lcmonitor.instruments.model import Codebook, ExportMapping
from lcmonitor.intake import rows
from lcmonitor.intake.delivery import Delivery
from lcmonitor.intake.mapping import Wanted, choose
from lcmonitor.intake.match import Asked
from lcmonitor.programme.load import Setup
from lcmonitor.programme.model import Wave


@dataclass(frozen=True)
class Context:
    """What every step of one delivery needs. ``given``: number of the wave that the file is said to be of."""

    delivery: Delivery
    setup: Setup
    secret: bytes
    asked: Asked
    placed: rows.Placed
    given: int | None

    @property
    def table(self) -> RawTable:
        """The export."""
        return self.delivery.table

    @property
    def waves(self) -> tuple[Wave, ...]:
        """All waves of the programme; rows know theirs by its number in this list."""
        return self.setup.programme.waves

    def codebook(self, wave: int) -> Codebook:
        """What the community was asked in a wave."""
        return self.setup.instrument.at(self.waves[wave].opens, self.delivery.community.sector)


def make_context(delivery: Delivery, setup: Setup, secret: bytes) -> Context:
    """Raises ExportError: LCM-207 two mapping files fit, LCM-211 unknown wave, LCM-212 no wave or date."""
    table, community = delivery.table, delivery.community
    wanted = Wanted(community.id, delivery.form, delivery.wave)
    mapping = choose(table, setup.instrument.mappings, wanted)
    given = _given_wave(delivery, setup, mapping.wave if mapping else None)
    placed = rows.place(table.facts["submitted"], setup.programme.waves, given)
    if given is None and table.facts.num_rows and not placed.dated.any():
        raise ExportError(Message("LCM-212", table.source.file, {"allowed": _names(setup)}))
    days = _days(placed, setup.programme.waves, given)
    asked = _asked(setup, community.sector, days, mapping)
    return Context(delivery, setup, secret, asked, placed, given)


def _given_wave(delivery: Delivery, setup: Setup, mapped: str | None) -> int | None:
    name = delivery.wave or mapped
    if name is None:
        return None
    ids = [wave.id for wave in setup.programme.waves]
    if name not in ids:
        params = {"found": name, "allowed": _names(setup)}
        raise ExportError(Message("LCM-211", delivery.table.source.file, params))
    return ids.index(name)


def _names(setup: Setup) -> str:
    return ", ".join(wave.id for wave in setup.programme.waves)


def _days(placed: rows.Placed, waves: Sequence[Wave], given: int | None) -> list[date]:
    """The first day of each wave in the export; of the last wave, if it holds none."""
    if given is not None:
        return [waves[given].opens]
    return [waves[number].opens for number in np.unique(placed.wave[placed.wave >= 0])] or [waves[-1].opens]


def _asked(setup: Setup, sector: str | None, days: Sequence[date], mapping: ExportMapping | None) -> Asked:
    """What was asked on those days, each codebook once: an edition of an instrument is one object."""
    instrument = setup.instrument
    first = {id(instrument.at(day, sector)): day for day in reversed(days)}
    once = sorted(first.values())
    return Asked(
        tuple(instrument.at(day, sector) for day in once), tuple(instrument.at(day) for day in once), mapping
    )
