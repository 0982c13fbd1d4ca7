"""LimeSurvey: headings as question codes, as code & text, or as full text in any of its languages."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

import pyarrow as pa
import pyarrow.compute as pc

from lcmonitor.exports.grid import Grid
from lcmonitor.exports.headings import key, keys, question_and_part, words
from lcmonitor.exports.layout import Layout
from lcmonitor.exports.table import Certainty, Column, Role
from lcmonitor.wording import readable, without_markup

_TOOL = "limesurvey"
_CODE_AND_TEXT = re.compile(r"^(?P<code>[A-Za-z]\w*(?:\[[^\]]+\])*)(?:\._\.|\. )\s*(?P<text>.*)$", re.DOTALL)
_TIMING = re.compile(r"^(?:groupTime\d+|interviewtime)$", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"^attribute_\d+$")
_MOSTLY = 0.8  # of the headings, where the tool's own columns were taken out by the owner


def layout(grid: Grid) -> Layout | None:
    """Raises ExportError LCM-126: a file to be read back by LimeSurvey (VV), not by us."""
    headings = grid.record(0)
    if {"id", "submitdate", "lastpage"} <= set(grid.record(1)):
        raise grid.refused("LCM-126", tool=_TOOL)
    for variant, codes in (
        ("codes", _as_codes(headings)),
        ("full text", _from_words(headings)),
        ("code and text", _before_text(headings)),
    ):
        certainty = _certainty(variant, codes)
        if certainty:
            return _laid_out(grid, variant, certainty, codes)
    return None


def _as_codes(headings: Sequence[str]) -> list[str]:
    return [heading.strip() for heading in headings]


def _before_text(headings: Sequence[str]) -> list[str]:
    found = [_CODE_AND_TEXT.match(heading.strip()) for heading in headings]
    return [one["code"] if one else "" for one in found]


def _from_words(headings: Sequence[str]) -> list[str]:
    """The codes of LimeSurvey's own columns, '' for questions, from the language that knows most of them."""
    names = [key(heading) for heading in headings]
    best = max(_languages(), key=lambda language: sum(name in language for name in names))
    return [
        _timing(heading, best) or best.get(name, "") for name, heading in zip(names, headings, strict=True)
    ]


@cache
def _languages() -> tuple[Mapping[str, str], ...]:
    """Per language: heading word, as key -> code."""
    return tuple(
        {key(word): code for code, word in reversed(language.items())}
        for language in words(_TOOL)["languages"].values()
    )


def _timing(heading: str, language: Mapping[str, str]) -> str:
    """``Question time: Q1`` and ``Group time: …`` are timings, not questions."""
    word, colon, _ = heading.partition(":")
    code = language.get(key(word), "") if colon else ""
    return "interviewtime" if code in ("groupTime", "questionTime") else ""


def _certainty(variant: str, codes: Sequence[str]) -> Certainty | None:
    if set(words(_TOOL)["recognised_by"]) <= set(codes):
        return "sure"
    known = [code for code in codes if code]
    subquestions = any("[" in code for code in known)
    if variant == "code and text" and subquestions and len(known) >= _MOSTLY * len(codes):
        return "probable"
    return None


def _laid_out(grid: Grid, variant: str, certainty: Certainty, codes: list[str]) -> Layout:
    columns = tuple(
        _column(variant, position, heading, codes) for position, heading in enumerate(grid.record(0))
    )
    submitted = _where(codes, "submitdate")
    return Layout(
        tool=_TOOL,
        variant=variant,
        certainty=certainty,
        header_rows=1,
        columns=columns,
        response_id=_where(codes, "id"),
        submitted=submitted,
        last_seen=tuple(codes.index(code) for code in words(_TOOL)["last_seen"] if code in codes),
        token=_where(codes, "token"),
        status_of=None if submitted is None else lambda cells: _status(cells[str(submitted)]),
        tells_not_shown=grid.quoted,
    )


def _where(codes: Sequence[str], code: str) -> int | None:
    return codes.index(code) if code in codes else None


def _column(variant: str, position: int, heading: str, codes: Sequence[str]) -> Column:
    code = codes[position]
    words_of_it = heading.strip()
    if variant == "code and text" and code:
        words_of_it = _CODE_AND_TEXT.match(words_of_it)["text"]  # type: ignore[index]  # it matched: it has a code
    text, part = ("", "") if variant == "codes" else question_and_part(without_markup(words_of_it))
    return Column(
        position=position,
        heading=readable(heading),
        code=code,
        text=text,
        part=part,
        role=_role(code, heading, codes),
    )


def _role(code: str, heading: str, codes: Iterable[str]) -> Role:
    own = words(_TOOL)["codes"]
    if code in own["personal"] or _ATTRIBUTE.match(code):
        return "personal"
    timing = _TIMING.match(code) or (code.endswith("Time") and code.removesuffix("Time") in codes)
    if code in own["meta"] or timing:
        return "meta"
    return "personal" if key(heading) in keys("generic", "personal") else "question"


def _status(submitted: pa.ChunkedArray) -> pa.ChunkedArray:
    """A response without a date submitted was left half-way; 1980-01-01 is a date submitted."""
    done = pc.not_equal(pc.utf8_trim_whitespace(pc.fill_null(submitted, "")), "")
    return pc.if_else(done, "complete", "incomplete")
