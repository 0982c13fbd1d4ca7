"""What a survey tool has in its database, before it is written in that tool's way."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from lcmonitor.errors import Language
from lcmonitor.instruments.model import Codebook, Scale

Value: TypeAlias = int | float | str | None


@dataclass(frozen=True)
class Reply:
    """One respondent. An item that is absent from ``values`` was not shown; None was shown and left empty.

    Values are codes (of answers, or the scale's missing codes), numbers, or the id of a partner.
    """

    number: int  # as the tool counts, from 1
    token: str
    started: datetime
    submitted: datetime | None  # None: never sent
    values: Mapping[str, Value]
    name: str
    email: str
    ip: str
    test: bool = False  # the maker of the survey trying it out


@dataclass(frozen=True)
class Choice:
    """An organisation in the list that respondents choose from."""

    name: str
    code: str


@dataclass(frozen=True)
class Sheet:
    """The answers to one questionnaire, in one language."""

    title: str
    codebook: Codebook
    items: tuple[str, ...]
    replies: tuple[Reply, ...]
    language: Language
    partners: Mapping[str, Choice]
    stem: str  # the question above a grid of statements

    def text(self, item: str) -> str:
        """The question in words."""
        return self.codebook.items[item].text[self.language]

    def type(self, item: str) -> str:
        """That of the item in the codebook."""
        return self.codebook.items[item].type

    def scale(self, item: str) -> Scale | None:
        """The scale of a scale or consent item."""
        name = self.codebook.items[item].scale
        return self.codebook.scales[name] if name else None

    def label(self, item: str, value: int | float | str) -> str:
        """An answer as the respondent saw it."""
        scale = self.scale(item)
        if scale:
            return (scale.codes | scale.missing)[int(value)][self.language]
        return self.partners[str(value)].name if self.type(item) == "partner" else self.code(item, value)

    def code(self, item: str, value: int | float | str) -> str:
        """An answer as its code."""
        if self.type(item) == "partner":
            return self.partners[str(value)].code
        return f"{value:g}" if isinstance(value, float) else str(value)
