"""What a sector pack may change, and what not."""

from collections.abc import Iterator, Mapping
from typing import Any

from lcmonitor.documents import Document, Location
from lcmonitor.errors import Message
from lcmonitor.instruments.model import Codebook

# What a sector may say differently about a part that is there already. Core items are compared between
# sectors, so of those it may only know other wordings in exports.
_WORDING = {
    "scales": {"also"},
    "items": {"text", "also"},
    "constructs": {"title"},
    "divisions": {"title", "question", "labels"},
    "forms": {"title", "modules"},
}


def trespasses(document: Document, change: Mapping[str, Any], codebook: Codebook) -> Iterator[Message]:
    """A sector adds and words; it never changes what is compared between sectors."""
    for section, parts in change.items():
        if section not in _WORDING or not isinstance(parts, Mapping):
            allowed = ", ".join(_WORDING)
            yield document.message("LCM-327", ("change", section), what=section, allowed=allowed)
            continue
        base = getattr(codebook, section)
        for name in (name for name in parts if name in base):
            for place, allowed in _trespasses(section, name, parts[name], base[name]):
                yield document.message("LCM-327", ("change", *place), what=name, allowed=allowed)


def _trespasses(section: str, name: str, change: Any, base: Any) -> Iterator[tuple[Location, str]]:
    """Where ``change`` touches more of an existing part than its wording, and what it may touch."""
    allowed = {"also"} if section == "items" and base.core else _WORDING[section]
    shown = ", ".join(sorted(allowed))
    if not isinstance(change, Mapping):
        yield (section, name), shown
        return
    for key in (key for key in change if key not in allowed):
        yield (section, name, key), shown
    for module in sorted(_keys(change.get("modules")) & _keys(getattr(base, "modules", None))):
        yield (section, name, "modules", module), shown


def _keys(value: Any) -> set[str]:
    return set(value) if isinstance(value, Mapping) else set()
