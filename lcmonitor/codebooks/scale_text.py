"""A scale as it is written in a codebook, with what somebody has to decide about it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from lcmonitor.codebooks.languages import Tongue, content
from lcmonitor.codebooks.scales import Point, Points
from lcmonitor.documents import Location
from lcmonitor.errors import LANGUAGES
from lcmonitor.wording import comparable

Doubt = tuple[Location, str, Mapping[str, str]]  # where in the scale, key of the text, blanks


@dataclass
class Written:
    """The scale as plain data."""

    data: dict[str, Any]
    doubts: list[Doubt] = field(default_factory=list)


def scale_text(points: Points, tongue: Tongue) -> Written:
    """Codes, codes for missing, and the other words that exports hold for them."""
    meanings: dict[str, int] = {}
    made = Written({"codes": {}})
    for point in points.all:
        part = "missing" if point.answer.missing else "codes"
        text = _text(made, point, part, tongue, meanings)
        made.data.setdefault(part, {})[point.code] = text
    for code in _lacking(made.data["codes"]):
        made.data["codes"][code] = dict.fromkeys(LANGUAGES, "")
    also = {point.code: _also(point, tongue, meanings) for point in points.all}
    if used := {code: listed for code, listed in also.items() if listed}:
        made.data["also"] = used
    made.doubts += _doubts(points)
    return made


def _text(made: Written, point: Point, part: str, tongue: Tongue, meanings: dict[str, int]) -> dict[str, str]:
    """The label, but none that means another code already: it would be read as that one."""
    text: dict[str, str] = dict.fromkeys(LANGUAGES, "")
    for language, label in tongue.text(point.answer.words).items():
        if meanings.setdefault(comparable(label), point.code) == point.code:
            text[language] = label
        else:
            made.doubts.append(((part, point.code), "same_label", {"label": label}))
    if part == "codes" and any(_looks_missing(label) for label in text.values()):
        made.doubts.append(((part, point.code), "maybe_missing", {}))
    return text


def _lacking(codes: Mapping[int, object]) -> Iterator[int]:
    """A scale has two codes at least; those that the file does not have are to be filled in."""
    free = (code for code in range(100) if code not in codes)
    return (code for _, code in zip(range(2 - len(codes)), free, strict=False))


def _also(point: Point, tongue: Tongue, meanings: dict[str, int]) -> list[str]:
    """The file's own code where it is not ours, and its words in other languages."""
    answer = point.answer
    own = () if answer.code in (str(point.code), f"{point.code}.0") else (answer.code,)
    words = dict.fromkeys((*own, *answer.also, *tongue.others(answer.words)))
    said = {comparable(text) for text in tongue.text(answer.words).values()}
    return [
        word
        for word in words
        if comparable(word) not in said and meanings.setdefault(comparable(word), point.code) == point.code
    ]


def _doubts(points: Points) -> Iterator[Doubt]:
    if not points.all:
        yield (), "no_answers", {}
    elif len(points.answers) == 1:
        yield (), "one_answer", {}
    if points.renumbered:
        yield (), "renumbered", {}
    if points.between:
        yield (), "ends_only", {"codes": ", ".join(map(str, points.between))}


def _looks_missing(label: str) -> bool:
    return _no_answer().search(comparable(label)) is not None


@cache
def _no_answer() -> re.Pattern[str]:
    phrases = "|".join(re.escape(comparable(phrase)) for phrase in content("no_answer"))
    return re.compile(rf"(?<!\w)(?:{phrases})(?!\w)")
