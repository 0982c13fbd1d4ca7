"""Where each community stands: what was received in each wave, and in which edition it is."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from lcmonitor.programme.load import Setup, load_workspace
from lcmonitor.store.responses import Count
from lcmonitor.store.store import Published, reading


class _Place(NamedTuple):
    """Where responses are counted."""

    community: str
    wave: str
    form: str


@dataclass(frozen=True)
class Standing:
    """One form of one community in one wave."""

    HEADS: ClassVar = (
        "community", "wave", "form", "received", "set_aside", "eligible", "response_rate", "edition_id",
    )  # fmt: skip
    NUMBERS: ClassVar = ("received", "set_aside", "eligible", "response_rate")

    community: str
    wave: str
    form: str
    received: int  # stored responses, whatever their completeness
    complete: int
    set_aside: int
    eligible: int | None
    edition: str | None
    approved: bool  # whether that edition is published, or still a draft

    @property
    def response_rate(self) -> float | None:
        """Complete responses over eligible (AAPOR's strictest); None: the number of eligible is unknown."""
        return self.complete / self.eligible if self.eligible else None

    def as_json(self) -> dict[str, Any]:
        """For ``lcmonitor status --json``."""
        return asdict(self) | {"response_rate": self.response_rate}

    def cells(self) -> list[object]:
        """For a person, in the order of HEADS."""
        rate = "–" if self.response_rate is None else f"{self.response_rate:.0%}"
        eligible = "–" if self.eligible is None else self.eligible
        counts = [self.received, self.set_aside, eligible, rate]
        return [self.community, self.wave, self.form, *counts, self.edition or "–"]


def read(root: Path) -> list[Standing]:
    """One standing per community, wave and form that has responses, in that order."""
    setup = load_workspace(root)
    with reading(setup.workspace.store) as store:
        counts, receipts, editions = store.counts(), store.receipts(), store.editions()
    received = _responses(counts)
    complete = _responses(count for count in counts if count.completeness == "complete")
    set_aside = _set_aside(receipts)
    order = {wave.id: number for number, wave in enumerate(setup.programme.waves)}
    return [
        Standing(
            *place,
            received=received[place],
            complete=complete[place],
            set_aside=set_aside[place],
            eligible=_eligible(setup, place),
            edition=(edition := _edition(setup, place, editions)),
            approved=setup.workspace.publishes(edition),
        )
        for place in sorted(
            received, key=lambda place: (place.community, order.get(place.wave, -1), place.form)
        )
    ]


def _responses(counts: Iterable[Count]) -> Counter[_Place]:
    numbers = Counter[_Place]()
    for count in counts:
        numbers[_Place(count.community, count.wave, count.form)] += count.responses
    return numbers


def _set_aside(receipts: Iterable[Mapping[str, Any]]) -> Counter[_Place]:
    """Rows set aside; of a file with several waves under its last, and of a corrected file only anew."""
    last = {(receipt["community"], receipt["form"], *receipt["waves"]): receipt for receipt in receipts}
    numbers = Counter[_Place]()
    for receipt in last.values():
        for wave in receipt["waves"][-1:]:
            numbers[_Place(receipt["community"], wave, receipt["form"])] += receipt["balance"]["set_aside"]
    return numbers


def _eligible(setup: Setup, place: _Place) -> int | None:
    wave, community = setup.programme.wave(place.wave), setup.communities.get(place.community)
    population = setup.instrument.codebook.forms[place.form].population
    return community.eligible_in(wave, population) if wave and community else None


def _edition(setup: Setup, place: _Place, editions: Sequence[Published]) -> str | None:
    """The newest edition of the wave or of a later one: an edition shows all waves up to its own."""
    wave = setup.programme.wave(place.wave)
    later = {w.id for w in setup.programme.waves if wave and w.opens >= wave.opens}
    return next((edition.id for edition in reversed(editions) if edition.wave in later), None)
