"""Who approves an edition, and who is told of it. Addresses are personal data: no error repeats one."""

import re
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from lcmonitor.errors import Language
from lcmonitor.instruments.model import Part

_MAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
_WEB = re.compile(r"https?://[A-Za-z0-9.-]+(:\d+)?(/[A-Za-z0-9._~%/-]*)?")
_PORTS = {"starttls": 587, "tls": 465, "none": 25}


def _mail_address(text: str) -> str:
    if len(text) > 254 or not _MAIL.fullmatch(text):
        raise PydanticCustomError("LCM-396", "no mail address")
    return text


def _web_address(text: str) -> str:
    if text and not _WEB.fullmatch(text):
        raise PydanticCustomError("LCM-394", "no web address")
    return text


def _one_line(text: str) -> str:
    """It becomes a header of a mail."""
    return " ".join(text.split())


MailAddress = Annotated[str, AfterValidator(_mail_address)]
WebAddress = Annotated[str, AfterValidator(_web_address)]
OneLine = Annotated[str, AfterValidator(_one_line)]


class Approving(Part):
    """How many different people have to approve an edition."""

    people: int = Field(1, ge=1, le=2)


class Mail(Part):
    """The server that takes our mail; the password comes from the environment."""

    host: str = Field(min_length=1)
    port: int | None = Field(None, ge=1, le=65_535)
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    sender: MailAddress
    name: OneLine = ""  # of the sender; the programme's title if it is empty
    reply_to: MailAddress | None = None
    list_id: str = Field("", pattern=r"^[A-Za-z0-9.-]*$")

    @model_validator(mode="after")
    def _no_password_in_the_open(self) -> Self:
        if self.user and self.security == "none":
            raise PydanticCustomError("LCM-395", "no", {"key": "user", "needs": "security: starttls"})
        return self

    @property
    def used_port(self) -> int:
        """The usual one, where none is given."""
        return self.port or _PORTS[self.security]


class Recipients(Part):
    """People who get the same reports, each in a mail of their own."""

    name: OneLine
    language: Language = "nl"
    addresses: tuple[MailAddress, ...] = Field(min_length=1)
    reports: tuple[str, ...] = Field(
        ("programme",), min_length=1
    )  # also quality, and ids of communities and sectors
    send: Literal["attach", "pdf", "link"] = "attach"
