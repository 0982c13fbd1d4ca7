"""The machine's part of approving: the five causes for which those who check outputs send them back.

Each check reads the finished files as whoever gets them would, and trusts nothing that made them.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from lcmonitor.approval.context import without_context
from lcmonitor.approval.finished import Finished
from lcmonitor.approval.kinds import wrong_kind
from lcmonitor.approval.redacted import unredacted
from lcmonitor.approval.rounded import unrounded
from lcmonitor.approval.underlying import without_data
from lcmonitor.errors import Message

CAUSES: Mapping[str, Callable[[Finished], Iterator[Message]]] = {
    "kind": wrong_kind,
    "rounded": unrounded,
    "context": without_context,
    "redacted": unredacted,
    "data": without_data,
}


@dataclass(frozen=True)
class Checked:
    """What came of one check; its name is that of its words."""

    cause: str
    problems: tuple[Message, ...]


def check(finished: Finished) -> list[Checked]:
    """Every check; one that fails does not hide the next."""
    return [Checked(cause, tuple(find(finished))) for cause, find in CAUSES.items()]
