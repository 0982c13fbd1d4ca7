"""The colour of each answer, and where a bar is cut in two sides."""

from collections.abc import Mapping
from dataclasses import dataclass

from lcmonitor.instruments.model import Scale


@dataclass(frozen=True)
class Shades:
    """Answer codes in their order. ``agrees`` None: the answers have no two sides, such as how often."""

    codes: tuple[int, ...]
    agrees: int | None

    @staticmethod
    def of(scale: Scale) -> "Shades":
        """The shades of a scale's answers."""
        return Shades(tuple(sorted(scale.codes)), scale.agrees_from)

    def side(self, code: int) -> int:
        """-2, -1, 0, 1, 2: from the one end to the other; 0 is the middle of an odd number of codes."""
        last = len(self.codes) - 1
        offset = 2 * self.codes.index(code) - last
        return (offset > 0) - (offset < 0) if abs(offset) < last else 2 * ((offset > 0) - (offset < 0))

    def colour(self, code: int) -> str:
        """A variable of the style sheet; the same for a code whether or not anybody gave it."""
        if self.agrees is None:
            return f"step-{1 + round(4 * self.codes.index(code) / max(len(self.codes) - 1, 1))}"
        return {-2: "disagree-2", -1: "disagree-1", 0: "middle", 1: "agree-1", 2: "agree-2"}[self.side(code)]

    def left(self, shares: Mapping[int, float]) -> float:
        """How much of the bar lies left of the line: one side, and half of the middle."""
        if self.agrees is None:
            return 0.0
        return sum(
            shares[code] * (1 if self.side(code) < 0 else 0.5) for code in self.codes if self.side(code) <= 0
        )

    def disagreeing(self, shares: Mapping[int, float]) -> float:
        """The share on the left side, the middle not counted."""
        return sum(shares[code] for code in self.codes if self.side(code) < 0)

    def agreeing(self, shares: Mapping[int, float]) -> float:
        """The share that counts as agreeing."""
        return sum(shares[code] for code in self.codes if self.agrees is not None and code >= self.agrees)
