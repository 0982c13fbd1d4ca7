"""A programme and its communities, with the history of what was true when."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import ClassVar, Literal, Self, TypeVar
from zoneinfo import ZoneInfo

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from lcmonitor.exports.limits import LIMITS, Limits
from lcmonitor.instruments.model import Part, Text
from lcmonitor.programme.account import (
    Challenge,
    DataProtection,
    Governance,
    Grant,
    Milestone,
    Moment,
    Openness,
    ReportingMoment,
    Role,
    TheoryOfChange,
)
from lcmonitor.programme.audience import Approving, Mail, Recipients, WebAddress
from lcmonitor.programme.goals import Goal
from lcmonitor.programme.look import Look
from lcmonitor.programme.partners import Count, Id, Partner
from lcmonitor.programme.privacy import Privacy

BlockStatus = Literal["empty", "developing", "filled", "not_applicable"]  # the last one on purpose
Population = Literal["participants", "partners", "unknown"]


class Wave(Part):
    """One round of the survey. A response belongs to the wave in whose days it was sent."""

    id: Id
    title: Text
    opens: date
    closes: date
    kind: Moment = "progress"
    report: date | None = None  # the reporting moment; None: the day after it closes

    def includes(self, day: date) -> bool:
        """Whether a response of ``day`` belongs to it; both ends count."""
        return self.opens <= day <= self.closes

    @property
    def reported(self) -> date:
        """The day from which its figures go into an edition."""
        return self.report or self.closes + timedelta(days=1)


class Reading(Part):
    """What reading one export may cost: a file that needs more is refused. Every file has this for itself."""

    memory_mb: int = Field(LIMITS.memory >> 20, ge=256, le=65_536)
    seconds: int = Field(LIMITS.seconds, ge=5, le=3600)
    unpacked_mb: int = Field(LIMITS.unpacked >> 20, ge=16, le=16_384)
    cells: int = Field(LIMITS.cells, ge=100_000, le=1_000_000_000)  # of one sheet of a workbook

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.unpacked_mb > self.memory_mb:
            sizes = {"found": self.unpacked_mb, "limit": self.memory_mb}
            raise PydanticCustomError("LCM-370", "does not fit", sizes)
        return self

    @property
    def limits(self) -> Limits:
        """The same, as the reader takes it."""
        return Limits(self.memory_mb << 20, self.seconds, self.unpacked_mb << 20, self.cells)


class Programme(Part):
    """programme.yml."""

    id: Id
    title: Text
    instrument: str
    languages: tuple[Literal["nl", "en"], ...] = Field(("nl", "en"), min_length=1)
    funders: tuple[str, ...] = ()
    contact: str = ""
    license: str = ""  # of the figures, as an address; for who looks for data
    simulated: bool = False  # every page then says so
    waves: tuple[Wave, ...] = Field(min_length=1)
    privacy: Privacy = Privacy()
    timezone: ZoneInfo = ZoneInfo("Europe/Amsterdam")  # of reporting moments, and of what is today
    reading: Reading = Reading()
    intake_minutes: int = Field(15, ge=1)  # how often the inbox is looked at
    look: Look = Look()
    goals: tuple[Goal, ...] = ()
    address: WebAddress = ""  # where published/reports can be read
    approval: Approving = Approving()
    mail: Mail | None = None
    recipients: tuple[Recipients, ...] = ()

    # What no report says: other recipients make no other edition.
    UNSAID: ClassVar = frozenset({"address", "approval", "look", "mail", "recipients"})

    @property
    def base(self) -> str:
        """What goes before a link to an edition; without an address links are relative."""
        return f"{self.address.rstrip('/')}/" if self.address else ""

    def wave(self, wave_id: str) -> Wave | None:
        """The wave with this id."""
        return next((wave for wave in self.waves if wave.id == wave_id), None)

    @property
    def periods(self) -> tuple[Wave, ...]:
        """The waves, each from the day after the one before it closed: when the records of it came about."""
        first = [date.min, *(wave.closes + timedelta(days=1) for wave in self.waves[:-1])]
        return tuple(
            wave.model_copy(update={"opens": day}) for wave, day in zip(self.waves, first, strict=True)
        )

    def wave_of(self, day: date) -> Wave | None:
        """The wave in whose days ``day`` falls; None between waves."""
        return next((wave for wave in self.waves if wave.includes(day)), None)


class Dated(Part):
    """Something that was true from one day to another; an open end has no date."""

    valid_from: date
    valid_to: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it was true on ``day``; both ends count."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


History = TypeVar("History", bound=Dated)


def on(day: date, history: Iterable[History]) -> History | None:
    """What held on ``day``; None: nothing was written down for it."""
    return next((entry for entry in history if entry.holds_on(day)), None)


class Profile(Dated):
    """What a community is like for a while. Describes, never judges."""

    scale: Literal["micro", "meso", "macro"]
    phase: Literal["start", "development", "validation", "sustaining", "scaling"]
    form: Literal[
        "learning_community", "living_lab", "field_lab", "skills_lab", "centre_of_expertise",
        "centre_of_craftsmanship", "learning_network", "hybrid_learning_environment", "other",
    ] = "learning_community"  # fmt: skip
    purpose: Text
    intended_months: int | None = Field(None, ge=1)
    cycle_weeks: int | None = Field(None, ge=1)
    intended: Mapping[str, dict[str, float]] = {}  # division -> part -> intended share of the whole (sum 1)
    governance: Governance = Governance()


class Filling(Dated):
    """How a community filled a building block, and what it strives for on the scale of its items."""

    block: str
    status: BlockStatus
    choice: str = ""  # one of the usual ways to fill it, or the community's own
    filling: Text | None = None
    sector_note: Text | None = None
    ambition: float | None = None  # only where the block has items on a scale
    ambition_set_on: date | None = None  # None: on the day from which the filling holds

    def ambition_for(self, wave: Wave) -> float | None:
        """The ambition, if it was there before the wave opened."""
        return self.ambition if (self.ambition_set_on or self.valid_from) < wave.opens else None


class Community(Part):
    """communities/<id>.yml."""

    id: Id
    name: str
    short_name: str = ""
    website: str = ""
    languages: tuple[Literal["nl", "en"], ...] = ("nl",)
    catalogue_version: str = ""  # of the building blocks, when they were filled in
    sector: str | None = None  # a sector pack of the instrument
    started: date
    ends: date | None = None  # as planned
    ended: date | None = None
    profile: tuple[Profile, ...] = Field(min_length=1)
    challenge: Challenge | None = None
    funding: tuple[Grant, ...] = ()
    reporting: tuple[ReportingMoment, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    openness: Openness = Openness()
    partners: tuple[Partner, ...] = ()
    eligible: Mapping[
        str, Count | dict[str, Count]
    ] = {}  # wave -> participants, in all or per partner; no names
    attended: Mapping[str, Count] = {}  # wave -> those of them who came to at least half of their meetings
    roles: Mapping[str, dict[Role, Count]] = {}  # wave -> role -> participants; no names
    theory_of_change: tuple[TheoryOfChange, ...] = ()
    blocks: tuple[Filling, ...] = ()
    data_protection: DataProtection | None = None

    def partners_on(self, day: date) -> tuple[Partner, ...]:
        """The partners that took part on ``day``, in the order of the file."""
        return tuple(partner for partner in self.partners if partner.active_on(day))

    def roster_of(self, wave: Wave) -> tuple[Partner, ...]:
        """The partners that took part during the whole of a wave: whom a network form asks about."""
        return tuple(partner for partner in self.partners_on(wave.closes) if partner.active_on(wave.opens))

    def profile_on(self, day: date) -> Profile | None:
        """The profile as it was on ``day``."""
        return on(day, self.profile)

    def filling(self, block: str, day: date) -> Filling | None:
        """How ``block`` was filled on ``day``; None: nothing was written down."""
        return on(day, (filling for filling in self.blocks if filling.block == block))

    def ambition(self, block: str, wave: Wave) -> float | None:
        """The ambition that a wave's experience is set against: valid at its close, made before it opened."""
        filling = self.filling(block, wave.closes)
        return filling.ambition_for(wave) if filling else None

    def eligible_in(self, wave: Wave, population: Population) -> int | None:
        """N of a form in a wave: participants, or the partners active at its close. None: unknown."""
        if population == "partners":
            return len(self.partners_on(wave.closes)) or None
        counts = self.eligible.get(wave.id) if population == "participants" else None
        return sum(counts.values()) if isinstance(counts, dict) else counts

    def eligible_of(self, partner: str, wave: Wave) -> int | None:
        """Participants of one partner in a wave. None: not given per partner."""
        counts = self.eligible.get(wave.id)
        return counts.get(partner, 0) if isinstance(counts, dict) else None
