"""The organisations of a community. Never a person: a contact is a function."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from lcmonitor.instruments.model import Part

PartnerType = Literal[
    "company_sme", "company_large", "self_employed", "vocational_school", "applied_university", "university",
    "research_institute", "government", "care_or_social", "sector_body", "citizens", "other",
]  # fmt: skip
Count = Annotated[int, Field(ge=0)]
Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")]  # also the name of a folder or a file


class Contribution(Part):
    """What a partner puts in, in euros."""

    cash_committed: float | None = Field(None, ge=0)
    cash_realised: float | None = Field(None, ge=0)
    in_kind_committed: float | None = Field(None, ge=0)
    in_kind_realised: float | None = Field(None, ge=0)


class Partner(Part):
    """An organisation that takes part. ``also``: other names under which exports may know it."""

    id: Id
    name: str
    type: PartnerType
    role: Literal["lead", "core", "partner", "associated"] = "partner"
    size: Literal["micro", "small", "medium", "large"] | None = None
    joined: date | None = None
    left: date | None = None
    also: tuple[str, ...] = ()
    contribution: Contribution = Contribution()
    contact_role: str = ""  # a function, never a person's name

    def active_on(self, day: date) -> bool:
        """Whether it took part on ``day``; both ends count."""
        return (self.joined is None or self.joined <= day) and (self.left is None or day <= self.left)
