"""A draft as YAML that people like to read: labels side by side, comments where something is to be decided.

PyYAML writes every value, so that nothing in a file can become anything but a value. Comments are put between
the lines afterwards, without any character that could end one.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

import yaml

from lcmonitor.codebooks.draft import FORM, Draft
from lcmonitor.codebooks.texts import Texts
from lcmonitor.errors import LANGUAGES

_WIDTH = 110
_SHORT = 60  # letters: texts up to here stand side by side
_CUT = 300  # letters of a comment
_NUMBERLIKE = re.compile(r"[-+.\d][-+.,:\deE_]*")
_TOLD = ("section", "question")  # remarks that ask for nothing
_GAP = {"section": [""]}
_COMMENTED = ("id", "scales", "constructs", "items", "forms", "versions")  # with a heading above them


class _Inline(dict[str, str]):
    """A text whose languages stand on one line."""


class _Row(list[str]):
    """A list on one line, or on as few as it needs."""


class _Dumper(yaml.SafeDumper):
    """Our loader takes more for a number than PyYAML does, so whatever looks like one is quoted."""

    def ignore_aliases(self, data: Any) -> bool:
        """Every value is written out where it stands."""
        return True


def _string(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    """Quotes have an escape for what some programs take for the end of a line, such as U+2028."""
    quoted = not text.isprintable() or not text or _NUMBERLIKE.fullmatch(text)
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, '"' if quoted else None)


def _inline(dumper: _Dumper, text: _Inline) -> yaml.MappingNode:
    return dumper.represent_mapping("tag:yaml.org,2002:map", text, flow_style=True)


def _row(dumper: _Dumper, row: _Row) -> yaml.SequenceNode:
    return dumper.represent_sequence("tag:yaml.org,2002:seq", row, flow_style=True)


_Dumper.add_representer(str, _string)
_Dumper.add_representer(_Inline, _inline)
_Dumper.add_representer(_Row, _row)


def written(draft: Draft, texts: Texts, facts: Mapping[str, object]) -> str:
    """The draft as a file. ``facts`` fill the blanks of its first comment."""
    data = _laid_out(draft.data)
    text = yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDTH)
    places = [*_places(yaml.compose(text, Loader=yaml.CSafeLoader))]
    above, behind = _above(draft, texts, places), _behind(texts, places)
    lines = _comment(texts.text("draft", "header", facts), 0)
    for number, line in enumerate(text.split("\n")[:-1]):
        lines += [*above.get(number, ()), line + behind.get(number, "")]
    return "\n".join((*lines, *_mapping(draft, texts), ""))


def open_texts(draft: Draft) -> int:
    """How many texts are still to be written."""
    return sum(_is_open(location, value) for location, value in _values((), draft.data))


@dataclass(frozen=True)
class _Place:
    """A key of the file: where it is, on which line, and its value if that is a text."""

    location: tuple[str, ...]
    line: int
    indent: int
    text: str | None


def _places(node: yaml.Node | None, location: tuple[str, ...] = ()) -> Iterator[_Place]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            at, mark = (*location, str(key.value)), key.start_mark
            text = value.value if isinstance(value, yaml.ScalarNode) else None
            yield _Place(at, mark.line, mark.column, text)
            yield from _places(value, at)


def _above(draft: Draft, texts: Texts, places: list[_Place]) -> Mapping[int, list[str]]:
    """Headings and remarks, by the line that they stand above."""
    remarks = {tuple(map(str, location)): told for location, told in draft.remarks.items()}
    found: dict[int, list[str]] = defaultdict(list)
    for place in places:
        if len(place.location) == 1 and place.location[0] in _COMMENTED:
            found[place.line] += ["", *_comment(texts.text("headings", place.location[0]), 0)]
        for remark in remarks.get(place.location, ()):
            said = texts.text("remarks", remark.key, remark.params)[:_CUT]
            told = said if remark.key in _TOLD else texts.text("draft", "to_do", {"what": said})
            found[place.line] += [*_GAP.get(remark.key, ()), *_comment(told, place.indent)]
    return found


def _behind(texts: Texts, places: list[_Place]) -> Mapping[int, str]:
    """What is to be written, by the line on which it lacks."""
    lacking: dict[int, list[str]] = defaultdict(list)
    for place in places:
        if _is_open(place.location, place.text):
            lacking[place.line].append(place.location[-1])
    return {line: f"  # {texts.todo(languages)}" for line, languages in lacking.items()}


def _mapping(draft: Draft, texts: Texts) -> list[str]:
    """What has no item, as a file that has it passed over; commented out, for it is another file."""
    codes = [one.code for one in draft.left_out if one.reason != "unused"]
    if not codes:
        return []
    data = {"form": FORM, "ignore": _Row(dict.fromkeys(codes))}
    text = yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDTH - 4)
    return [
        "",
        *_comment(texts.text("headings", "ignored"), 0),
        *(f"#   {line}" for line in text.split("\n")[:-1]),
    ]


def _is_open(location: tuple[str, ...], value: object) -> bool:
    return value == "" and location[-1] in LANGUAGES


def _values(location: tuple[str, ...], value: object) -> Iterator[tuple[tuple[str, ...], object]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _values((*location, str(key)), inner)
    else:
        yield location, value


def _comment(text: str, indent: int) -> list[str]:
    margin = " " * indent + "#"
    lines = [
        wrapped
        for line in text.split("\n")
        for wrapped in wrap(_printable(line), _WIDTH - indent - 2, replace_whitespace=False) or [""]
    ]
    return [f"{margin} {line}".rstrip() for line in lines] if text else []


def _printable(text: str) -> str:
    return "".join(letter if letter.isprintable() else " " for letter in text)


def _fits_on_a_line(texts: Collection[str]) -> bool:
    """Short as they are written: what cannot be printed takes up to ten letters."""
    return sum(map(len, texts)) <= _SHORT and all(map(str.isprintable, texts))


def _laid_out(value: Any) -> Any:
    """Short texts and lists on one line."""
    if isinstance(value, list):
        return _Row(value)
    if not isinstance(value, dict):
        return value
    if value and all(isinstance(inner, str) for inner in value.values()) and set(value) <= set(LANGUAGES):
        return _Inline(value) if _fits_on_a_line(value.values()) else value
    return {key: _laid_out(inner) for key, inner in value.items()}
