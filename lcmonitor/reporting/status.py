"""What an edition says of itself: a draft, or approved. It is the only thing in it that ever changes.

A page has one block for it, between two comments; a file of facts has one line. Both are replaced when the
edition is approved. What a page says to those who look at a draft stands between two other comments, and
goes. All other bytes stay.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from lcmonitor.reporting.dates import day
from lcmonitor.reporting.parts import Status
from lcmonitor.reporting.render import environment
from lcmonitor.reporting.words import Words

BEGIN, END = "<!--status-->", "<!--/status-->"
_FOR_DRAFTS = re.compile(b"<!--draft-->.*?<!--/draft-->", re.DOTALL)
_BLOCK = re.compile(f"{BEGIN}.*?{END}".encode(), re.DOTALL)

FACTS, DATASET = "edition.json", "dataset.json"
_DRAFT: Mapping[str, Mapping[str, Any]] = {  # what a file of facts says of a draft; schema.org's own words
    FACTS: {"status": "draft"},
    DATASET: {"creativeWorkStatus": "Draft"},
}


@dataclass(frozen=True)
class Approval:
    """Who approved an edition, and when the last of them did, in the programme's time zone."""

    by: tuple[str, ...]
    at: datetime


def draft(words: Words) -> Status:
    """The mark of a page that is not approved."""
    return Status(False, words("status.draft.title"), words("status.draft.text"))


def draft_facts(file: str) -> Mapping[str, Any]:
    """The same, as one of the entries of ``file``; it has to stand in a line of its own."""
    return _DRAFT[file]


def marked(content: bytes) -> int:
    """How many blocks a page has."""
    return len(_BLOCK.findall(content))


def approved_page(content: bytes, approval: Approval, words: Words, overrides: Path | None) -> bytes:
    """A page with its mark replaced by what is true then, and without what is for drafts."""
    block = _rendered(approval, words, overrides).encode()
    return _FOR_DRAFTS.sub(b"", _BLOCK.sub(lambda _: block, content, count=1))


def approved_facts(file: str, content: bytes, approval: Approval) -> bytes:
    """``edition.json`` or ``dataset.json`` with the line that says draft replaced."""
    at = moment(approval.at)
    facts: Mapping[str, Mapping[str, Any]] = {
        FACTS: {"status": "approved", "approved": at, "approved_by": list(approval.by)},
        DATASET: {"creativeWorkStatus": "Published", "datePublished": approval.at.date().isoformat()},
    }
    return content.replace(_lines(_DRAFT[file]), _lines(facts[file]), 1)


def moment(at: datetime) -> str:
    """RFC 3339, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def is_draft(file: str, content: bytes) -> bool:
    """Whether a file of facts has the line, once."""
    return content.count(_lines(_DRAFT[file])) == 1


def _lines(facts: Mapping[str, Any]) -> bytes:
    """Entries of an indented JSON object, each in a line."""
    entries = (
        f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)},\n" for key, value in facts.items()
    )
    return "".join(entries).encode()


def _rendered(approval: Approval, words: Words, overrides: Path | None) -> str:
    text = words(
        "status.approved.text", day=day(approval.at.date(), words), names=_listed(approval.by, words)
    )
    status = Status(True, words("status.approved.title"), text)
    return environment(overrides).get_template("status.html.j2").render(status=status).strip()


def _listed(names: tuple[str, ...], words: Words) -> str:
    *first, last = names
    return words("status.approved.names", first=", ".join(first), last=last) if first else last
