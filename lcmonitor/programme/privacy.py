"""The thresholds of a programme: below them nothing is shown."""

from typing import Annotated

from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from lcmonitor.instruments.model import Part


def _floor(floor: int) -> AfterValidator:
    def check(threshold: int) -> int:
        if threshold < floor:
            raise PydanticCustomError("LCM-345", "below its floor", {"found": threshold, "floor": floor})
        return threshold

    return AfterValidator(check)


def _ceiling(ceiling: float) -> AfterValidator:
    def check(share: float) -> float:
        if not 0 < share <= ceiling:
            raise PydanticCustomError("LCM-346", "above its ceiling", {"found": share, "ceiling": ceiling})
        return share

    return AfterValidator(check)


class Privacy(Part):
    """Thresholds below which nothing is shown. A programme may make them stricter, never looser.

    What stands where it names none is the floor, or the ceiling.
    """

    respondents: Annotated[int, _floor(5)] = 5  # per figure in a community's own report
    across_respondents: Annotated[int, _floor(10)] = 10  # per figure across communities …
    across_communities: Annotated[int, _floor(3)] = 3  # … from at least this many of them
    sensitive: Annotated[int, _floor(20)] = 20  # per figure on an item marked sensitive
    shares: Annotated[int, _floor(10)] = 10  # for a share or a distribution
    response: float = Field(0, ge=0, le=1)  # share of a community's people behind a figure; 0: no rule
    open_answers: Annotated[int, _floor(8)] = 8  # to an open question, before a community reads them
    partners: Annotated[int, _floor(3)] = 3  # organisations among the respondents of a figure
    dominance: Annotated[float, _ceiling(0.5)] = 0.5  # largest share of one organisation in them
    uniform: Annotated[float, _ceiling(0.9)] = 0.9  # share with the same extreme answer: from here only words

    @classmethod
    def floor(cls, setting: str) -> float:
        """The loosest that a threshold may be."""
        loosest: float = cls.model_fields[setting].default
        return loosest
