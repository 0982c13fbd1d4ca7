"""What a community accounts for beside its survey: challenge, funding, reporting, governance, privacy."""

from datetime import date
from typing import Literal

from pydantic import Field

from lcmonitor.instruments.model import Level, Part, Text

Role = Literal[
    "worker", "manager", "teacher", "researcher", "student_vocational", "student_applied",
    "student_university", "jobseeker", "citizen", "facilitator",
]  # fmt: skip
Moment = Literal["baseline", "progress", "midterm", "annual", "final", "followup"]


class Mission(Part):
    """A mission of a knowledge and innovation covenant; codes of different rounds mean different things."""

    scheme: Literal["KIC2020", "KIC2024"]
    code: str


class Challenge(Part):
    """The question from practice that the community works on, and whose it is."""

    text: Text
    missions: tuple[Mission, ...] = ()
    agendas: tuple[str, ...] = ()  # knowledge and innovation agendas (KIA)
    topsectors: tuple[str, ...] = ()
    region: str = ""  # NUTS-3 code, province, "national" or "cross-border"
    target_group: Text | None = None


class Grant(Part):
    """Money from outside, and what the partners put beside it, in euros."""

    funder: str
    scheme: str = ""
    call: str = ""
    number: str = ""
    amount: float | None = Field(None, ge=0)
    own_cash: float | None = Field(None, ge=0)
    own_in_kind: float | None = Field(None, ge=0)
    public_share: float | None = Field(None, ge=0, le=1)
    starts: date | None = None
    ends: date | None = None


class Milestone(Part):
    """Something that was to be ready on a day. What is not done, moved or dropped is still to do."""

    text: Text | None = None
    due: date  # as first planned
    done: date | None = None
    moved_to: date | None = None
    moved_on: date | None = None  # None: it is not known when; it counts as moved from the start
    dropped: date | None = None

    def done_in_time(self, day: date) -> bool:
        """Whether it was done by ``day`` and not later than planned."""
        return self.done is not None and self.done <= min(self.due, day)

    def dropped_by(self, day: date) -> bool:
        """Whether it had been dropped by ``day``."""
        return self.dropped is not None and self.dropped <= day

    def moved_by(self, day: date) -> bool:
        """Whether another day had been agreed by ``day``."""
        return self.moved_to is not None and (self.moved_on is None or self.moved_on <= day)


class ReportingMoment(Part):
    """When a funder wants to hear something, counted from the community's start."""

    months_after_start: int = Field(ge=0)
    kind: Moment


class Governance(Part):
    """Who keeps the community going, and what was agreed."""

    lead_organisation: str | None = None  # id of a partner
    has_lead: bool | None = None  # a person who pulls it (trekker)
    core_group: int | None = Field(None, ge=0)
    facilitated: bool | None = None
    facilitator_hours: float | None = Field(None, ge=0)  # a month
    consortium_agreement: bool | None = None
    ip_agreement: bool | None = None
    data_agreement: bool | None = None
    meetings: Text | None = None


class Yield(Part):
    """Something the community wants to bring about, on one of the three levels."""

    level: Level
    text: Text
    indicator: str | None = None  # of indicators.yml, where one says something about it
    target: Text | None = None
    by: date | None = None


class TheoryOfChange(Part):
    """How the community expects to get from its work to its impact. Each revision has its day."""

    revised: date
    yields: tuple[Yield, ...] = ()
    assumptions: Text | None = None
    outputs: Text | None = None
    outcomes: Text | None = None
    impact: Text | None = None


class DataProtection(Part):
    """On what ground the answers are kept, and until when."""

    controller: str
    notice: str = ""  # version of the privacy notice that respondents saw
    legal_ground: str = ""
    keep_until: date | None = None
    matching: Literal["token", "self_made_code", "none"] = "token"
    secret_destroyed_on: date | None = None


class Openness(Part):
    """Who may see the community by name."""

    named_to_funder: bool = False
    public: bool = False
