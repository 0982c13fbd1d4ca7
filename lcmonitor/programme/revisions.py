"""revisions.yml: why figures were corrected or methods changed, written by people for readers."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from pydantic import Field

from lcmonitor.documents import Document
from lcmonitor.errors import Message
from lcmonitor.instruments.model import Part, Text

Class = Literal["correction", "method"]


class Revision(Part):
    """One reason. Without communities it is of all of them and of the programme's figures."""

    date: dt.date
    kind: Class = Field(alias="class")
    waves: tuple[str, ...] = Field(min_length=1)
    communities: tuple[str, ...] = ()
    reason: Text

    def explains(self, kind: str, waves: Iterable[str], communities: Iterable[str], since: dt.date) -> bool:
        """Whether it is about a change of that class since the edition of a day."""
        theirs = not self.communities or bool(set(self.communities) & set(communities))
        return self.kind == kind and self.date >= since and theirs and bool(set(self.waves) & set(waves))


class Revisions(Part):
    """The file."""

    revisions: tuple[Revision, ...] = ()


def of_revisions(
    document: Document, written: Revisions, waves: Iterable[str], communities: Sequence[str]
) -> Iterator[Message]:
    """Waves and communities that the programme does not have."""
    known = list(waves)
    for index, revision in enumerate(written.revisions):
        for nth, name in enumerate(revision.waves):
            if name not in known:
                at = ("revisions", index, "waves", nth)
                yield document.message("LCM-351", at, found=name, allowed=", ".join(known))
        for nth, name in enumerate(revision.communities):
            if name not in communities:
                at = ("revisions", index, "communities", nth)
                yield document.message("LCM-307", at, key="communities", allowed=", ".join(communities))
