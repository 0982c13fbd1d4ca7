"""A programme and its communities, with the history of what was true when."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from pydantic import Field

from lcmonitor.instruments.model import Part, Text

PartnerType = Literal[
    "company_sme", "company_large", "self_employed", "vocational_school", "applied_university", "university",
    "research_institute", "government", "care_or_social", "sector_body", "citizens", "other",
]  # fmt: skip
BlockStatus = Literal["empty", "developing", "filled", "not_applicable"]  # the last one on purpose


class Wave(Part):
    """One round of the survey. A response belongs to the wave in whose days it was sent."""

    id: str
    title: Text
    opens: date
    closes: date
    kind: Literal["baseline", "progress", "midterm", "annual", "final", "followup"] = "progress"
    report: date | None = None  # the reporting moment; None: the day after it closes


class Privacy(Part):
    """Thresholds below which nothing is shown. A programme may raise a floor, never lower it."""

    respondents: int = Field(5, ge=5)  # per figure in a community's own report
    across_respondents: int = Field(10, ge=10)  # per figure across communities …
    across_communities: int = Field(3, ge=3)  # … from at least this many of them
    sensitive: int = Field(20, ge=20)  # per figure on an item marked sensitive
    shares: int = Field(10, ge=10)  # for a share or a distribution
    partners: int = Field(3, ge=3)  # organisations among the respondents of a figure
    dominance: float = Field(0.5, gt=0, le=0.5)  # largest share of one organisation in them
    uniform: float = Field(
        0.9, gt=0.5, le=0.9
    )  # share with the same extreme answer from which only words are shown


class Programme(Part):
    """programme.yml."""

    id: str
    title: Text
    instrument: str
    languages: tuple[Literal["nl", "en"], ...] = ("nl", "en")
    funders: tuple[str, ...] = ()
    contact: str = ""
    simulated: bool = False  # every page then says so
    waves: tuple[Wave, ...] = Field(min_length=1)
    privacy: Privacy = Privacy()
    intake_minutes: int = Field(15, ge=1)  # how often the inbox is looked at


class Partner(Part):
    """An organisation that takes part. ``also``: other names under which exports may know it."""

    id: str
    name: str
    type: PartnerType
    role: Literal["lead", "core", "partner", "associated"] = "partner"
    joined: date | None = None
    left: date | None = None
    also: tuple[str, ...] = ()


class Dated(Part):
    """Something that was true from one day to another; an open end has no date."""

    valid_from: date
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it was true on ``day``; both ends count."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class Profile(Dated):
    """What a community is like for a while. Describes, never judges."""

    scale: Literal["micro", "meso", "macro"]
    phase: Literal["start", "development", "validation", "sustaining", "scaling"]
    purpose: Text
    intended: Mapping[str, dict[str, float]] = {}  # division -> part -> intended share of the whole


class Filling(Dated):
    """How a community filled a building block, and what it strives for on the scale of the items (1-5)."""

    block: str
    status: BlockStatus
    filling: Text | None = None
    ambition: float | None = Field(None, ge=1, le=5)
    ambition_set_on: date | None = None


class Community(Part):
    """communities/<id>.yml."""

    id: str
    name: str
    sector: str | None = None  # a sector pack of the instrument
    started: date
    ends: date | None = None
    profile: tuple[Profile, ...]
    partners: tuple[Partner, ...] = ()
    eligible: Mapping[str, int | dict[str, int]] = {}  # wave -> participants, in all or per partner; no names
    blocks: tuple[Filling, ...] = ()
