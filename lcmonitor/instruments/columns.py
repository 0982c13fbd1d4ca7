"""Which item codes can be a column, in the store and in what analysts open."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

RESERVED = frozenset(  # what a response has beside its answers, in small letters: SQL knows no capitals
    {
        "coded", "community", "completeness", "delivery", "item", "panel_key", "partner", "partner_type",
        "response", "response_id", "row", "seconds", "submitted", "submitted_week", "ties", "wave",
    }
)  # fmt: skip


@dataclass(frozen=True)
class Clash:
    """A code, and the name that differs from it in capitals at most."""

    code: str
    taken: str


def clashes(codes: Iterable[str]) -> Iterator[Clash]:
    """The codes that cannot be a column beside those before them."""
    taken = {name: name for name in RESERVED}
    for code in codes:
        if taken.setdefault(code.lower(), code) != code or code in RESERVED:
            yield Clash(code, taken[code.lower()])
