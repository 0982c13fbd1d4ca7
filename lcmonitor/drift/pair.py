"""Two waves of one form, of one community, side by side."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import pyarrow as pa

from lcmonitor.instruments.model import Codebook
from lcmonitor.intake.findings import SPELLED_OUT, Place, finding
from lcmonitor.intake.receipt import Finding, Severity
from lcmonitor.intake.structure import Shape, Structure
from lcmonitor.programme.load import Setup
from lcmonitor.programme.model import Community, Wave


@dataclass(frozen=True)
class Seen:
    """What an export of a wave looked like, and the wave's answers as they are stored: a column an item."""

    wave: Wave
    structure: Structure
    answers: pa.Table


@dataclass(frozen=True)
class Pair:
    """What is compared. ``file``: the export whose receipt tells of it."""

    file: str
    setup: Setup
    community: Community
    form: str
    earlier: Seen
    later: Seen

    @cached_property
    def shared(self) -> dict[str, tuple[Shape, Shape]]:
        """The items of both exports, as they stood in each."""
        now = self.later.structure.items
        return {item: (then, now[item]) for item, then in self.earlier.structure.items.items() if item in now}

    @cached_property
    def broken(self) -> frozenset[str]:
        """Items of both exports whose series the codebook breaks off between the waves."""
        first, last = self.earlier.wave.opens, self.later.wave.opens
        return frozenset(item for item in self.shared if self.setup.instrument.breaks(item, first, last))

    @cached_property
    def unbroken(self) -> dict[str, tuple[Shape, Shape]]:
        """The items whose answers are said to mean the same in both waves."""
        same = {item: both for item, both in self.shared.items() if item not in self.broken}
        return {item: (then, now) for item, (then, now) in same.items() if then.scale == now.scale}

    @property
    def translated(self) -> bool:
        """Whether the two exports are in different languages."""
        languages = {self.earlier.structure.language, self.later.structure.language}
        return len(languages - {""}) == 2

    def book(self, seen: Seen) -> Codebook:
        """What the community was asked in that wave, as the instrument says now."""
        return self.setup.codebook(self.community, seen.wave)

    def told(self, code: str, severity: Severity, items: Sequence[str] = (), **params: object) -> Finding:
        """A finding about these items; ``params`` besides them and the titles of the two waves."""
        one = items[0] if len(items) == 1 else None
        titles = {"earlier": self.earlier.wave.title, "later": self.later.wave.title}
        place = Place(self.file, item=one)
        found = finding(code, severity, place, **titles, items=named(items), **params)
        shape = self.later.structure.items.get(one or "")
        return replace(found, column=shape.heading if shape else None)


def named(names: Iterable[str]) -> str:
    """``a, b, c``; a long list ends in how many there are."""
    every = list(names)
    first = ", ".join(every[:SPELLED_OUT])
    return first if len(every) <= SPELLED_OUT else f"{first}, … ({len(every)})"
