"""What to measure: a construct, an item or a division as a codebook defines it on one day.

Two waves whose plans are equal measured the same thing in the same way.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import lcm

from lcmonitor.instruments.model import Codebook, Division, Item

_EXACT = 16  # up to 16 items every mean of answers is a whole number of 1/720720; beyond, rounded to that


@dataclass(frozen=True)
class Answer:
    """An item on a scale. ``reversed``: counts as low + high − code."""

    item: str
    codes: tuple[int, ...]
    reversed: bool = False

    @property
    def low(self) -> int:
        """The lowest code."""
        return min(self.codes)

    @property
    def high(self) -> int:
        """The highest code."""
        return max(self.codes)


@dataclass(frozen=True)
class Score:
    """A respondent's mean of the answered items, if enough are answered: as a rule half, rounded up."""

    answers: tuple[Answer, ...]
    agrees_from: int | None
    formative: bool = False
    enough: int | None = None  # answers that make a score; None: half of the items

    @property
    def needed(self) -> int:
        """How many items must be answered."""
        return self.enough or (len(self.answers) + 1) // 2

    @property
    def units(self) -> int:
        """Parts of a point in which every score is a whole number, so that sums of them are exact."""
        return lcm(*range(1, min(len(self.answers), _EXACT) + 1))

    @property
    def low(self) -> int:
        """The lowest possible score, on items of one scale."""
        return min(answer.low for answer in self.answers)

    @property
    def high(self) -> int:
        """The highest possible score, on items of one scale."""
        return max(answer.high for answer in self.answers)


@dataclass(frozen=True)
class Quantity:
    """An item that holds a number."""

    item: str


@dataclass(frozen=True)
class Mix:
    """Number items that share out a whole; an empty part is nothing if the others make up the whole."""

    parts: tuple[str, ...]
    items: tuple[str, ...]
    total: float
    tolerance: float


Plan = Score | Quantity | Mix


def items_of(plan: Plan) -> tuple[str, ...]:
    """The items behind a plan."""
    if isinstance(plan, Score):
        return tuple(answer.item for answer in plan.answers)
    return plan.items if isinstance(plan, Mix) else (plan.item,)


def plan_for(of: str, codebook: Codebook) -> Plan | None:
    """How ``of`` (a construct, an item or a division) is measured; None: the codebook does not have it.

    A construct turns its reversed items round. An item by itself is reported as its text reads.
    """
    if of in codebook.constructs:
        construct = codebook.constructs[of]
        return replace(_score(construct.items, codebook, construct.formative), enough=construct.needed)
    if of in codebook.divisions:
        return _mix(codebook.divisions[of])
    if of in codebook.items:
        return _of_item(of, codebook.items[of], codebook)
    return None


def _score(items: Sequence[str], codebook: Codebook, formative: bool) -> Score:
    answers = tuple(_answer(item, codebook, codebook.items[item].reversed) for item in items)
    thresholds = {codebook.scales[codebook.items[item].scale or ""].agrees_from for item in items}
    return Score(answers, thresholds.pop() if len(thresholds) == 1 else None, formative)


def _of_item(name: str, item: Item, codebook: Codebook) -> Plan | None:
    if item.type == "number":
        return Quantity(name)
    if item.scale is None:
        return None
    return Score((_answer(name, codebook, turned=False),), codebook.scales[item.scale].agrees_from)


def _answer(item: str, codebook: Codebook, turned: bool) -> Answer:
    return Answer(item, tuple(sorted(codebook.scales[codebook.items[item].scale or ""].codes)), turned)


def _mix(division: Division) -> Mix:
    return Mix(tuple(division.parts), tuple(division.parts.values()), division.total, division.tolerance)
