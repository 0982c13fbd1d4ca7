"""What is known of a delivery before its columns are looked at: mapping file, waves, codebooks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from lcmonitor.errors import ExportError, Message
from lcmonitor.exports.table import RawTable
from lcmonitor.instruments.model import Codebook, ExportMapping
from lcmonitor.intake import set_aside
from lcmonitor.intake.asked import Asked, Elsewhere
from lcmonitor.intake.claimed import with_claimed
from lcmonitor.intake.delivery import Delivery
from lcmonitor.intake.mapping import Wanted, choose
from lcmonitor.intake.roster import names, unrolled
from lcmonitor.programme.load import Setup
from lcmonitor.programme.model import Community, Wave
from lcmonitor.wording import comparable


@dataclass(frozen=True)
class Context:
    """What every step of one delivery needs. ``given``: number of the wave that the file is said to be of."""

    delivery: Delivery
    setup: Setup
    secret: bytes
    asked: Asked
    placed: set_aside.Placed
    given: int | None

    @property
    def table(self) -> RawTable:
        """The export."""
        return self.delivery.table

    @property
    def waves(self) -> tuple[Wave, ...]:
        """All waves of the programme; rows know theirs by its number in this list."""
        return self.setup.programme.waves

    @property
    def without_wave(self) -> bool:
        """Nothing tells of any row which wave it is of."""
        return self.given is None and self.table.facts.num_rows > 0 and not self.placed.dated.any()

    def codebook(self, wave: int) -> Codebook:
        """What the community was asked in a wave."""
        return self.setup.codebook(self.delivery.community, self.waves[wave])


class Questionnaires:
    """What the communities of a programme were asked, each worked out once for all its exports."""

    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        self._known: dict[tuple[object, ...], Asked] = {}

    def asked(self, community: Community, waves: Sequence[Wave], mapping: ExportMapping | None) -> Asked:
        """As ``asked_in``; communities and mapping files are those of the programme."""
        key = (community.id, id(mapping), *((wave.id, wave.opens, wave.closes) for wave in waves))
        if key not in self._known:
            self._known[key] = asked_in(self.setup, community, waves, mapping)
        return self._known[key]


def make_context(
    delivery: Delivery, forms: Questionnaires, secret: bytes, waves: Sequence[Wave] | None = None
) -> Context:
    """``waves``: with the days of which their rows are; None: as the programme has them.

    Raises ExportError: LCM-207 two mapping files fit, LCM-442 an unfinished one, LCM-211 unknown wave.
    """
    setup, table, community = forms.setup, delivery.table, delivery.community
    waves = waves or setup.programme.waves
    placed = set_aside.place(table.facts["submitted"], waves)
    said = {delivery.wave} if delivery.wave else {wave.id for wave in _seen(placed, waves)}
    mapping = choose(table, setup.instrument, Wanted(community.id, delivery.form, frozenset(said)))
    named = delivery.wave or (mapping.wave if mapping else None)
    given = _number(named, delivery, setup) if named else None
    if mapping and mapping.waves:
        numbers = {comparable(event): _number(wave, delivery, setup) for event, wave in mapping.waves.items()}
        placed = set_aside.place_by_event(table.facts["event"], numbers)
    in_question = _seen(placed, waves) or [waves[-1]] if given is None else [waves[given]]
    asked = forms.asked(community, in_question, mapping)
    claimed = replace(delivery, table=with_claimed(table, asked))
    return Context(claimed, setup, secret, asked, placed.with_undated_in(given), given)


def waves_seen(table: RawTable, waves: Sequence[Wave]) -> list[Wave]:
    """The waves in whose days the rows of an export were sent."""
    return _seen(set_aside.place(table.facts["submitted"], waves), waves)


def _seen(placed: set_aside.Placed, waves: Sequence[Wave]) -> list[Wave]:
    """The waves of which the export holds rows."""
    return [waves[number] for number in np.unique(placed.wave[placed.wave >= 0])]


def _number(name: str, delivery: Delivery, setup: Setup) -> int:
    ids = [wave.id for wave in setup.programme.waves]
    if name not in ids:
        params = {"found": name, "allowed": _names(setup)}
        raise ExportError(Message("LCM-211", delivery.table.source.file, params))
    return ids.index(name)


def _names(setup: Setup) -> str:
    return ", ".join(wave.id for wave in setup.programme.waves)


def asked_in(
    setup: Setup, community: Community, waves: Sequence[Wave], mapping: ExportMapping | None = None
) -> Asked:
    """What was asked in those waves, each codebook once: between two changes it is one object."""
    first = {id(setup.codebook(community, wave)): wave for wave in reversed(waves)}
    once = sorted(first.values(), key=lambda wave: wave.opens)
    written = tuple(setup.codebook(community, wave) for wave in once)
    codebooks = tuple(unrolled(book, community, waves) for book in written)
    general = tuple(unrolled(setup.instrument.at(wave.opens), community, waves) for wave in once)
    away = _elsewhere(setup, community, written, once[-1])
    return Asked(codebooks, general, mapping, away, written, names(written, community))


def _elsewhere(setup: Setup, community: Community, asked: Sequence[Codebook], wave: Wave) -> Elsewhere:
    own = {code for book in asked for code in book.items}
    packs: dict[str, tuple[str, ...]] = {}
    for sector in setup.instrument.sectors:
        items = setup.instrument.at(wave.opens, sector).items
        for code in items.keys() - own:
            for name in (code, *map(comparable, (*items[code].text.values(), *items[code].also))):
                packs[name] = tuple(dict.fromkeys((*packs.get(name, ()), sector)))
    return Elsewhere(community.id, community.sector, packs)
