"""Microsoft Forms: the workbook it makes (nl, en, de, fr), or a CSV somebody saved from that."""

import re
from collections.abc import Iterable, Mapping

from lcmonitor.exports.grid import Grid
from lcmonitor.exports.headings import key, keys, question_and_part, words
from lcmonitor.exports.layout import Layout, role_of, token_in
from lcmonitor.exports.table import Column, Role
from lcmonitor.wording import readable, without_markup

_TOOL = "msforms"


def layout(grid: Grid) -> Layout | None:
    """ID first, then the start and completion times side by side, in one language."""
    headings = [readable(heading) for heading in grid.record(0)]
    names = [key(heading) for heading in headings[:3]]
    if not names or names[0] not in keys(_TOOL, "id"):
        return None
    for language, own in words(_TOOL)["languages"].items():
        if names[1:] == [key(own["start"]), key(own["submitted"])]:
            return Layout(
                tool=_TOOL,
                variant=language,
                certainty="sure",
                header_rows=1,
                columns=tuple(_columns(headings, own)),
                response_id=0,
                submitted=2,
                token=token_in(headings),
            )
    return None


def _columns(headings: Iterable[str], own: Mapping[str, str]) -> Iterable[Column]:
    times = frozenset(key(own[name]) for name in ("start", "submitted", "modified"))
    meta = times | keys(_TOOL, "id") | keys(_TOOL, "meta")
    personal = frozenset(key(own[name]) for name in ("email", "name"))
    for position, heading in enumerate(headings):
        text, part = question_and_part(without_markup(heading))
        role = _role(heading, meta, personal)
        yield Column(position, heading, "", text, part, role)


def _role(heading: str, meta: frozenset[str], personal: frozenset[str]) -> Role:
    scored = any(re.search(pattern, heading) for pattern in words(_TOOL)["meta_patterns"])
    return "meta" if scored else role_of(heading, meta, personal)
