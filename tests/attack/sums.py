"""Sums of an attacker's unknowns, what is known of them, and of whom they are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from tests.attack.reader import Hidden, Told
from tests.attack.world import CODES

SKIPPED = 0
ANSWERS = (SKIPPED, *CODES)
Terms = Mapping[int, float]


@dataclass(frozen=True)
class Known:
    """A sum of unknowns lies between two ends. Where it was read: edition, and what stood there."""

    terms: Terms
    low: float
    high: float
    edition: int = -1
    about: Told | None = None


@dataclass(frozen=True)
class Cell:
    """Whose figure it is: of an edition, a wave, a community, and a type; ``kind`` "": of all."""

    edition: int
    wave: str
    community: str
    kind: str

    @property
    def whole(self) -> "Cell":
        return replace(self, kind="")


def cell_of(edition: int, one: Told | Hidden) -> Cell:
    return Cell(edition, one.wave, one.community, one.group)


def place_of(one: Told | Hidden) -> tuple[str, str, str]:
    return one.wave, one.community, one.group_by


def minus(one: Terms, other: Terms) -> Terms:
    return {at: one.get(at, 0.0) - other.get(at, 0.0) for at in {*one, *other}}


def merged(each: Iterable[Terms]) -> Terms:
    return {at: value for terms in each for at, value in terms.items()}
