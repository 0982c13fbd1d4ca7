"""The editions that lie in a folder, by what each says of itself."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from lcmonitor.reporting.status import FACTS

MAKING = ".making-"  # begins the name of an edition's folder until it is whole


@dataclass(frozen=True)
class Kept:
    """An edition in its folder. ``facts``: what its edition.json says."""

    folder: Path
    facts: Mapping[str, Any]

    @property
    def id(self) -> str:
        """The name of the edition."""
        return str(self.facts["edition"])

    @property
    def wave(self) -> str:
        """Its newest wave."""
        return str(self.facts["wave"])

    @property
    def languages(self) -> tuple[Any, ...]:
        """Those in which it has pages."""
        return tuple(self.facts["languages"])

    @property
    def opens(self) -> date:
        """The first day of its wave."""
        return date.fromisoformat(self.facts["opens"])

    @property
    def closes(self) -> date:
        """The last day of its wave."""
        return date.fromisoformat(self.facts["closes"])

    @cached_property
    def approved(self) -> datetime | None:
        """When it was approved; None: it is a draft."""
        at = self.facts.get("approved")
        return datetime.fromisoformat(at) if at else None


def kept(folder: Path) -> list[Kept]:
    """The newest wave first, and of one wave what was approved or, of drafts, made last."""
    files = sorted(folder.glob(f"[!.]*/{FACTS}"))
    return sorted(map(_read, files), key=_age, reverse=True)


def find(folder: Path, name: str) -> Kept | None:
    """The one of that name."""
    return next((one for one in kept(folder) if one.id == name), None)


def latest(folder: Path) -> Kept | None:
    """What was approved last, whatever its wave; among drafts, what was made last."""
    return max(kept(folder), key=lambda one: _age(one)[1:], default=None)


def _read(file: Path) -> Kept:
    return Kept(file.parent, json.loads(file.read_text(encoding="utf-8")))


def _age(one: Kept) -> tuple[date, float, str]:
    at = one.approved.timestamp() if one.approved else (one.folder / FACTS).stat().st_mtime
    return one.opens, at, one.id
