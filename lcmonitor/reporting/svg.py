"""What vega draws, made lighter; and words into it."""

import re
from collections.abc import Iterator, Sequence

from markupsafe import escape

from lcmonitor.reporting.direction import isolated

_TEXT = re.compile(r'<text ([^>]*?)font-family="([\d.]+);([^"]*)"([^>]*)(?:/>|></text>)')
_MARK = re.compile(r"@(\d+)@")
_ID = re.compile(r'(\bid="|url\(#|href="#)((?!hatch)[\w-]+)')
_NOISE = re.compile(
    r' (?:font-family="[^"]*"|opacity="1"|pointer-events="none"|aria-roledescription="[^"]*"'
    r'|role="graphics-[a-z]+"|stroke-miterlimit="10"|xmlns:xlink="[^"]*"|transform="translate\(0 0\)"'
    r'|aria-hidden="true"|class="[^"]*")'
)
_EMPTY = re.compile(
    r'<path(?: (?!d=)[\w-]+="[^"]*")*/>|<path d="" display="none"/>|<path d="M0 0h[\d.]+v[\d.]+h-?[\d.]+Z"/>'
    r"|<text [^>]*(?:/>|></text>)|<g(?: [^>]*)?(?:/>|(?<!/)></g>)"
)
_TAG = re.compile(r"<g\b[^>]*>|</g>")
_LONG = re.compile(r"\d+\.\d{3,}")
_COMMA = re.compile(r"(?<=\d),(?=[-\d])")  # 58.67,53.94 without its signs is another number
_ALIKE = re.compile(r"<g>((?:<(?:line|path|text)\b[^>]*(?:/>|>(?:[^<]|</?tspan[^>]*>)*</text>))+)</g>")
_FIRST = re.compile(r"<(?:line|path|text)\b[^>]*>")
_INHERITED = re.compile(
    r' (?:fill|stroke|stroke-width|stroke-linecap|stroke-dasharray|font-size|font-weight|text-anchor)="[^"]*"'
)


def apart(svg: str) -> Iterator[str]:
    """A drawing of several panels as a drawing each."""
    begin = svg.index(">", svg.index("role-scope")) + 1
    depth, first = 0, begin
    panels: list[str] = []
    for tag in _TAG.finditer(svg, begin):
        depth += -1 if tag[0] == "</g>" else 0 if tag[0].endswith("/>") else 1
        if depth < 0:
            break
        if depth == 0:
            panels.append(svg[first : tag.end()])
            first = tag.end()
    return (f"{svg[:begin]}{panel}{svg[first:]}" for panel in panels)


def lightened(svg: str) -> str:
    """The same drawing in fewer bytes: no empty marks, two decimals, what marks have alike said once."""
    lines = _LONG.sub(lambda match: f"{float(match[0]):.2f}".rstrip("0").rstrip("."), svg)
    left = _NOISE.sub("", _TEXT.sub(_lines, _COMMA.sub(" ", lines)))
    while left != (fewer := _EMPTY.sub("", left)):  # what is left may be empty now
        left = fewer
    return _ALIKE.sub(_said_once, left)


def _lines(match: re.Match[str]) -> str:
    """A text with the marks of its words, that travelled as the name of a font; nothing where it has none."""
    before, height, words, after = match.groups()
    told, at, last = [], 0.0, 0
    for number, line in enumerate(words.split("~")):
        if line:
            at, last = (number - last) * float(height), number
            told.append(line if not number else f'<tspan x="0" dy="{at:g}">{line}</tspan>')
    return f"<text {before.strip()}{after.rstrip()}>{''.join(told)}</text>" if told else ""


def _said_once(match: re.Match[str]) -> str:
    """The attributes that all marks of a group have alike, on the group."""
    marks = [set(_INHERITED.findall(mark)) for mark in _FIRST.findall(match[1])]
    shared = set.intersection(*marks) if len(marks) > 1 else set()
    inside = _INHERITED.sub(lambda one: "" if one[0] in shared else one[0], match[1])
    return f"<g{''.join(sorted(shared))}>{inside}</g>"


def worded(svg: str, words: Sequence[str], figure: str) -> str:
    """With the words in the places of their marks, escaped.

    Ids come from a counter of the process; they are numbered anew, so the same chart is the same bytes.
    """
    seen: dict[str, str] = {}

    def renamed(match: re.Match[str]) -> str:
        return match[1] + seen.setdefault(match[2], f"{figure}-{len(seen) + 1}")

    hidden = svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
    return _MARK.sub(lambda match: str(escape(isolated(words[int(match[1])]))), _ID.sub(renamed, hidden))
