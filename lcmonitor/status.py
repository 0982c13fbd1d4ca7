"""Where each community stands: what was received in each wave, and in which edition it is."""

from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, ClassVar

from lcmonitor.programme.load import Setup, load_workspace
from lcmonitor.programme.model import Wave
from lcmonitor.store.store import Published, reading


@dataclass(frozen=True)
class Standing:
    """One form of one community in one wave."""

    HEADS: ClassVar = (
        "community", "wave", "form", "received", "set_aside", "eligible", "response_rate", "edition_id",
    )  # fmt: skip

    community: str
    wave: str
    form: str
    received: int  # stored responses, whatever their completeness
    complete: int
    set_aside: int
    eligible: int | None
    edition: str | None

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
        received, complete = Counter[tuple[str, str, str]](), Counter[tuple[str, str, str]]()
        for row in store.counts().to_dict("records"):
            place = (row["community"], row["wave"], row["form"])
            received[place] += row["responses"]
            complete[place] += row["responses"] if row["completeness"] == "complete" else 0
        set_aside = _set_aside(store.receipts())
        editions = store.editions()
    order = {wave.id: number for number, wave in enumerate(setup.programme.waves)}
    return [
        _standing(setup, place, (received[place], complete[place], set_aside[place]), editions)
        for place in sorted(received, key=lambda place: (place[0], order.get(place[1], -1), place[2]))
    ]


def _set_aside(receipts: list[dict[str, Any]]) -> Counter[tuple[str, str, str]]:
    """Rows set aside per community, wave and form; of a file with several waves under its last."""
    counts = Counter[tuple[str, str, str]]()
    for receipt in receipts:
        for wave in receipt["waves"][-1:]:
            counts[receipt["community"], wave, receipt["form"]] += receipt["balance"]["set_aside"]
    return counts


def _standing(
    setup: Setup, place: tuple[str, str, str], counts: tuple[int, int, int], editions: list[Published]
) -> Standing:
    community, wave_id, form = place
    received, complete, set_aside = counts
    wave, people = setup.programme.wave(wave_id), setup.communities.get(community)
    population = setup.instrument.codebook.forms[form].population
    eligible = people.eligible_in(wave, population) if wave and people else None
    return Standing(
        community, wave_id, form, received, complete, set_aside, eligible, _edition(setup, wave, editions)
    )


def _edition(setup: Setup, wave: Wave | None, editions: list[Published]) -> str | None:
    """The newest edition of the wave or of a later one: an edition shows all waves up to its own."""
    later = {w.id for w in setup.programme.waves if wave and w.opens >= wave.opens}
    return next((edition.id for edition in reversed(editions) if edition.wave in later), None)
