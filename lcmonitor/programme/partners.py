"""The organisations of a community. Never a person: a contact is a function."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from lcmonitor.instruments.model import Part

PartnerType = Literal[
    "company_sme", "company_large", "self_employed", "vocational_school", "applied_university", "university",
    "research_institute", "government", "care_or_social", "sector_body", "citizens", "other",
]  # fmt: skip
COMPANIES: tuple[PartnerType, ...] = ("company_sme", "company_large", "self_employed")
SMALL_COMPANIES: tuple[PartnerType, ...] = ("company_sme", "self_employed")
Count = Annotated[int, Field(ge=0)]
Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")]  # also the name of a folder or a file


class Contribution(Part):
    """What a partner puts in, in euros, as things stand on a day.

    None: as the entry of an earlier day says, or not known.
    """

    as_of: date | None = None  # None: from the start
    cash_committed: float | None = Field(None, ge=0)
    cash_realised: float | None = Field(None, ge=0)
    in_kind_committed: float | None = Field(None, ge=0)
    in_kind_realised: float | None = Field(None, ge=0)

    @property
    def committed(self) -> float | None:
        """In cash and in kind; None: neither is known."""
        return _sum(self.cash_committed, self.in_kind_committed)

    @property
    def realised(self) -> float | None:
        """In cash and in kind; None: neither is known."""
        return _sum(self.cash_realised, self.in_kind_realised)


def _sum(*amounts: float | None) -> float | None:
    known = [amount for amount in amounts if amount is not None]
    return sum(known) if known else None


def _several(value: Any) -> Any:
    """One contribution may stand there without a list around it."""
    return [value] if isinstance(value, dict) else value


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
    contribution: Annotated[tuple[Contribution, ...], BeforeValidator(_several)] = ()
    contact_role: str = ""  # a function, never a person's name

    def active_on(self, day: date) -> bool:
        """Whether it took part on ``day``; both ends count."""
        return self.joined_by(day) and (self.left is None or day <= self.left)

    def joined_by(self, day: date) -> bool:
        """Whether it took part on ``day`` or before."""
        return self.joined is None or self.joined <= day

    def contribution_on(self, day: date) -> Contribution:
        """What it had put in by ``day``: of each amount the latest that is known."""
        known = [each for each in self.contribution if each.as_of is None or each.as_of <= day]
        known.sort(key=lambda each: each.as_of or date.min)
        amounts = [each.model_dump(exclude_none=True) for each in known]
        return Contribution.model_validate({name: value for each in amounts for name, value in each.items()})
