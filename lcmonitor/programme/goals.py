"""What a programme itself wants to have grown to, and by when. Never a norm for a community."""

from collections.abc import Iterator, Mapping
from datetime import date

from pydantic import Field

from lcmonitor.documents import Document, Location
from lcmonitor.errors import Message
from lcmonitor.instruments.load import Instrument
from lcmonitor.instruments.model import Indicator, Part, Statistic, Text
from lcmonitor.instruments.series import measured_by

COUNTS = ("communities", "partners")  # what the communities' own files tell
PART: Mapping[Statistic, str] = {  # of a statistic with one number over all communities: the part that grows
    **dict.fromkeys(("mean", "share", "response", "coverage", "attendance", "retention", "intention"), ""),
    **dict.fromkeys(("cofunding", "milestones"), ""),
    **dict.fromkeys(("records", "record_share"), "ever"),
    "reach": "persons_ever",
}
_OPEN_ENDED = ("records", "reach", "cofunding")


class Goal(Part):
    """Something that shall grow, or shrink. Without ``baseline``: from the first figure that may be shown."""

    measure: str  # the id of an indicator, or one of COUNTS
    title: Text | None = None  # None: that of the indicator
    target: float = Field(ge=0)  # in the unit of the figure; of a share between 0 and 1
    by: date
    baseline: float | None = Field(None, ge=0)
    since: date | None = None  # the day of the baseline; None: the first wave


def check(document: Document, goals: tuple[Goal, ...], instrument: Instrument) -> Iterator[Message]:
    """Goals that nothing measures, that end before they begin, or that no figure can ever reach."""
    known = {name: it for name, it in instrument.indicators.items() if it.statistic in PART}
    for index, goal in enumerate(goals):
        at: Location = ("goals", index)
        if goal.measure not in (*COUNTS, *known):
            allowed = ", ".join([*COUNTS, *known])
            yield document.message("LCM-307", (*at, "measure"), key="measure", allowed=allowed)
        elif goal.measure in known:
            yield from _ends(document, at, goal, known[goal.measure], instrument)
        if goal.since and goal.by <= goal.since:
            yield document.message("LCM-360", (*at, "by"), key="by", begin=goal.since)


def _ends(
    document: Document, at: Location, goal: Goal, indicator: Indicator, instrument: Instrument
) -> Iterator[Message]:
    low, high = ends(indicator, instrument)
    for key in ("target", "baseline"):
        value = getattr(goal, key)
        if value is not None and not low <= value <= high:
            yield document.message("LCM-308", (*at, key), key=key, limit=f"{low:g} – {high:g}")


def ends(indicator: Indicator, instrument: Instrument) -> tuple[float, float]:
    """The lowest and the highest that a figure can be, of every scale that it ever had."""
    if indicator.statistic != "mean":
        return 0.0, float("inf") if indicator.statistic in _OPEN_ENDED else 1.0
    books = [dated.codebook for dated in instrument.dated[None]]
    items = [book.items[item] for book in books for item in measured_by(book, indicator.of or "")]
    scales = [book.scales[item.scale] for book in books for item in items if item.scale in book.scales]
    return (
        min((float(scale.low) for scale in scales), default=0.0),
        max((float(scale.high) for scale in scales), default=float("inf")),
    )
