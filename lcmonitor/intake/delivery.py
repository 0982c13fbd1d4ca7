"""What goes into intake, and what comes out."""

from dataclasses import dataclass

from lcmonitor.exports.table import RawTable
from lcmonitor.intake.receipt import Receipt
from lcmonitor.intake.responses import Responses
from lcmonitor.intake.structure import Structure
from lcmonitor.programme.model import Community


@dataclass(frozen=True)
class Delivery:
    """An export and who sent it. ``form`` and ``wave`` are given only where the file cannot tell them."""

    table: RawTable
    community: Community
    form: str | None = None
    wave: str | None = None


@dataclass(frozen=True)
class Examined:
    """A file's account and its responses; None: it was refused.

    Until the store has weighed them, all kept rows count as new.
    """

    receipt: Receipt
    responses: Responses | None
    structure: Structure | None = None  # of an export that was not refused
