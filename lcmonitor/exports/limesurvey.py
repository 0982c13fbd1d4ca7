"""LimeSurvey: headings as question codes, as code & text, or as text in any of its languages; VV files."""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import pyarrow as pa
import pyarrow.compute as pc

from lcmonitor.exports import vv
from lcmonitor.exports.grid import Grid
from lcmonitor.exports.headings import key, keys, question_and_part, words
from lcmonitor.exports.layout import Layout, sent_where
from lcmonitor.exports.table import Certainty, Column, Role
from lcmonitor.wording import readable, without_markup

_TOOL = "limesurvey"
_CODE = r"^(?P<code>[A-Za-z]\w*?(?:\[[^\]]+\])*)"
_COMMON_SEPARATORS = r"(?:\._\.|\. )"
_TIMING = re.compile(r"^(?:groupTime\d+|interviewtime)$", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"^attribute_\d+$")
_CUT = re.compile(r"^(?P<kept>.+)\.\. ?$", re.DOTALL)  # abbreviated, however long it may be
_MOSTLY = 0.8  # of the headings, where the tool's own columns were taken out by the owner
_ENOUGH = 3  # own columns, where the owner chose which to export
_TIMES = "interviewtime"  # what all timings are taken for


@dataclass(frozen=True)
class _Names:
    """What the columns are called. ``codes``: '' for a question of which only the words are known."""

    variant: str
    codes: Sequence[str]
    worded: Sequence[tuple[str, str]] = ()  # question and part
    header_rows: int = 1


def layout(grid: Grid) -> Layout | None:
    """The first way to read the headings in which LimeSurvey's own columns are among them.

    Raises ExportError LCM-163: what describes the columns is of another export.
    """
    for names in _names(grid):
        certainty = _certainty(names)
        if certainty:
            return _laid_out(grid, names, "sure" if grid.described_by else certainty)
    return _laid_out(grid, _described(grid), "sure") if grid.described_by else None


def _described(grid: Grid) -> _Names:
    """Where the owner exported none of the tool's own columns, the description is enough."""
    headings = grid.record(0)
    codes = {column.position: column.code for column in grid.columns}
    worded = () if grid.headless else [*map(_worded, headings)]
    return _Names("codes", [codes.get(position, "") for position in range(len(headings))], worded)


def _names(grid: Grid) -> Iterator[_Names]:
    if vv.is_vv(grid):
        headings, codes = (grid.full_record(row, header_rows=2) for row in (0, 1))
        yield _Names(vv.VARIANT, codes, [*map(vv.question_and_part, headings, codes)], header_rows=2)
    headings = tuple(heading.strip() for heading in grid.record(0))
    yield _Names("codes", headings)
    from_words = _from_words(headings)
    yield _Names(from_words.variant, from_words.codes, [*map(_worded, _with_blanks(headings))])
    yield _before_text(headings)


def _worded(heading: str) -> tuple[str, str]:
    return question_and_part(without_markup(heading))


def _with_blanks(headings: Sequence[str]) -> Sequence[str]:
    """An option of the export turns every blank in a heading into an underscore."""
    if any(" " in heading for heading in headings):
        return headings
    return [heading.replace("_", " ") for heading in headings]


def _before_text(headings: Sequence[str]) -> _Names:
    separator = _separator(headings) or _COMMON_SEPARATORS
    shape = re.compile(f"{_CODE}{separator}\\s*(?P<text>.*)$", re.DOTALL)
    found = [shape.match(heading) for heading in headings]
    texts = _with_blanks([one["text"] if one else "" for one in found])
    return _Names("code and text", [one["code"] if one else "" for one in found], [*map(_worded, texts)])


def _separator(headings: Sequence[str]) -> str:
    """A pattern of what its maker put between code and text, seen between ``id`` and its word; '' unknown."""
    for heading in (heading for heading in headings if heading.startswith("id")):
        for language in words(_TOOL)["languages"].values():
            for word in (language["id"], language["id"].replace(" ", "_")):
                if heading.endswith(word):
                    return re.escape(heading.removeprefix("id").removesuffix(word))
    return ""


def _from_words(headings: Sequence[str]) -> _Names:
    """The codes of LimeSurvey's own columns, '' for questions, from the language that knows most of them."""
    own = [_Heading.of(heading) for heading in headings]
    readings = (_in_language(own, language) for language in _languages())
    return max(readings, key=lambda names: sum(map(bool, names.codes)))


@dataclass(frozen=True)
class _Heading:
    """A heading as keys: whole, up to its first colon, and what is left of it if it was cut short."""

    whole: str
    before_colon: str
    kept: str

    @classmethod
    def of(cls, heading: str) -> "_Heading":
        word, colon, _ = heading.partition(":")
        kept = _CUT.match(heading)
        return cls(key(heading), key(word) if colon else "", key(kept["kept"]) if kept else "")


def _in_language(headings: Sequence[_Heading], language: Mapping[str, str]) -> _Names:
    codes = [_own(heading, language) for heading in headings]
    left = {word: code for word, code in language.items() if code not in codes}
    cut = [position for position, heading in enumerate(headings) if heading.kept and not codes[position]]
    for position in cut:
        word = next((word for word in left if word.startswith(headings[position].kept)), None)
        if word:
            codes[position] = left[word] if left[word] == _TIMES else left.pop(word)
    return _Names("abbreviated text" if any(codes[position] for position in cut) else "full text", codes)


def _own(heading: _Heading, language: Mapping[str, str]) -> str:
    """``Question time: Q1`` and ``Group time: …`` are timings, too."""
    code = language.get(heading.whole, "")
    return _TIMES if language.get(heading.before_colon) == _TIMES else code


@cache
def _languages() -> tuple[Mapping[str, str], ...]:
    return tuple(map(_by_word, words(_TOOL)["languages"].values()))


def _by_word(language: Mapping[str, str]) -> Mapping[str, str]:
    """Heading word, as key -> code; where two words are the same, the one that an export has first."""
    found: dict[str, str] = {}
    for code, word in language.items():
        found.setdefault(key(word), _TIMES if code.endswith("Time") else code)
    return found


def _certainty(names: _Names) -> Certainty | None:
    """Enough of the tool's own columns, or codes with sub-questions where the owner took those out."""
    known = [code for code in names.codes if code]
    own = set(known) & set(words(_TOOL)["codes"]["meta"])
    if set(words(_TOOL)["recognised_by"]) <= own:
        return "sure"
    if "submitdate" in own and len(own) >= _ENOUGH:
        return "probable"
    subquestions = any("[" in code for code in known)
    if names.variant == "code and text" and subquestions and len(known) >= _MOSTLY * len(names.codes):
        return "probable"
    return None


def _laid_out(grid: Grid, names: _Names, certainty: Certainty) -> Layout:
    codes, is_vv = names.codes, names.variant == vv.VARIANT
    submitted = _where(codes, "submitdate")
    return Layout(
        tool=_TOOL,
        variant=grid.described_by or names.variant,
        certainty=certainty,
        header_rows=0 if grid.headless else names.header_rows,
        columns=_columns(grid, names),
        response_id=_where(codes, "id"),
        submitted=submitted,
        last_seen=tuple(codes.index(code) for code in words(_TOOL)["last_seen"] if code in codes),
        token=_where(codes, "token"),
        status_of=None if submitted is None else sent_where(submitted),  # 1980-01-01 is a moment too
        tells_not_shown=grid.quoted or is_vv,
        plain=vv.plain if is_vv else _unmasked,
    )


def _where(codes: Sequence[str], code: str) -> int | None:
    return codes.index(code) if code in codes else None


def _columns(grid: Grid, names: _Names) -> tuple[Column, ...]:
    """By the headings; a structure or a syntax that came beside the data knows the rest."""
    headings = grid.full_record(names.header_rows - 1, names.header_rows)
    described = {column.position: column for column in grid.columns}
    if any(_is_another(names.codes[position], column.code) for position, column in described.items()):
        raise grid.refused("LCM-163", tool=_TOOL)
    asked = {_question(code) for code in names.codes}
    worded = names.worded or [("", "")] * len(headings)
    return tuple(
        _completed(
            Column(position, readable(heading), code, text, part, _role(code, heading, asked)),
            described.get(position),
        )
        for position, (heading, code, (text, part)) in enumerate(
            zip(headings, names.codes, worded, strict=True)
        )
    )


def _is_another(heading: str, described: str) -> bool:
    """Whether a column of the tool's own is described as something else."""
    own = words(_TOOL)["codes"]
    return heading in (*own["meta"], *own["personal"]) and heading != described


def _completed(column: Column, described: Column | None) -> Column:
    if described is None:
        return column
    source = column if column.text else described
    return replace(
        column,
        code=described.code or column.code,
        text=source.text,
        part=source.part,
        role=described.role if column.role == "question" else column.role,
        labels=described.labels,
    )


def _question(code: str) -> str:
    """The question that a column belongs to: ``Q1[SQ001]`` and ``Q1_SQ001`` are of Q1."""
    return re.split(r"[\[_]", code, maxsplit=1)[0]


def _role(code: str, heading: str, asked: Container[str]) -> Role:
    own = words(_TOOL)["codes"]
    if code in own["personal"] or _ATTRIBUTE.match(code):
        return "personal"
    timing = _TIMING.match(code) or (code.endswith("Time") and code.removesuffix("Time") in asked)
    if code in own["meta"] or timing:
        return "meta"
    return "personal" if key(heading) in keys("generic", "personal") else "question"


def _unmasked(cells: pa.Table) -> pa.Table:
    """``'=1+1`` is how an answer is kept from being a formula, unless some answer does begin with ``=``."""
    masked = [name for name in cells.column_names if _begins(cells[name], "'=")]
    if not masked or any(_begins(column, "=") for column in cells.columns):
        return cells
    for name in masked:
        plain = pc.replace_substring_regex(cells[name], r"^'=", "=")
        cells = cells.set_column(cells.column_names.index(name), name, plain)
    return cells


def _begins(column: pa.ChunkedArray, beginning: str) -> bool:
    return bool(pc.any(pc.starts_with(column, beginning)).as_py())
