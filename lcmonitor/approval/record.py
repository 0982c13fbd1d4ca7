"""Who approved which bytes, and when: a file per edition that only grows.

It is a file and not a table of the store, so that an approval neither waits for a run nor makes the analysts'
snapshot stale. What was approved of other bytes stays written down and counts no more.
"""

import json
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from lcmonitor.files import write_whole


@dataclass(frozen=True)
class Given:
    """One approval. ``content``: the digest of what was approved."""

    by: str
    at: datetime
    content: str

    @property
    def person(self) -> str:
        """The same for the same person, however the name is written."""
        return "".join(unicodedata.normalize("NFKC", self.by).casefold().split())


def recorded(file: Path) -> tuple[Given, ...]:
    """Every approval of an edition, oldest first."""
    if not file.is_file():
        return ()
    entries = json.loads(file.read_text(encoding="utf-8"))["approvals"]
    return tuple(Given(one["by"], datetime.fromisoformat(one["at"]), one["content"]) for one in entries)


def record(file: Path, approvals: Iterable[Given]) -> None:
    """Write them down, for their owner only."""
    entries = [{"by": one.by, "at": one.at.isoformat(), "content": one.content} for one in approvals]
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_whole(file, (json.dumps({"approvals": entries}, ensure_ascii=False, indent=2) + "\n").encode())


def counting(approvals: Iterable[Given], content: str) -> tuple[Given, ...]:
    """Those of exactly this content, one a person."""
    first: dict[str, Given] = {}
    for one in approvals:
        if one.content == content:
            first.setdefault(one.person, one)
    return tuple(first.values())
