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
    r'|aria-hidden="true"|class="[^"]*"|[xy]2="0")'
)
_EMPTY = re.compile(
    r'<path(?: (?!d=)[\w-]+="[^"]*")*/>|<path d="" display="none"/>|<path d="M0 0h[\d.]+v[\d.]+h-?[\d.]+Z"/>'
    r"|<text [^>]*(?:/>|></text>)|<g(?: [^>]*)?(?:/>|(?<!/)></g>)"
)
_TAG = re.compile(r"<g\b[^>]*>|</g>")
# What an expression begins with is what is searched for: a look behind comes after it.
_LONG = re.compile(r'\d(?<!opacity="\d)(?<!\d\d)\d*\.\d{2,}')
_COMMA = re.compile(r",(?<=\d,)(?=[-\d])")  # 58.67,53.94 without its signs is another number
_PLACE = r' transform="translate\(([-\d.]+) ([-\d.]+)\)"'
_LINE = re.compile(rf'<line{_PLACE}(?: x2="([-\d.]+)")?(?: y2="([-\d.]+)")?(?! [xy]2=)')
_DOT = re.compile(rf'<path{_PLACE} d="M([\d.]+) 0A\3 \3 0 1 1 -\3 0A\3 \3 0 1 1 \3 0"')
_WORDS = re.compile(rf"(<text[^>]*?){_PLACE}([^>]*>[^<]*</text>)")
_ALIKE = re.compile(r"<g>((?:<(?:line|path|circle|text)\b[^>]*(?:/>|>(?:[^<]|</?tspan[^>]*>)*</text>))+)</g>")
_FIRST = re.compile(r"<(?:line|path|circle|text)\b[^>]*>")
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
    """The same drawing in fewer bytes.

    No empty marks, a tenth of a pixel, what marks have alike said once, no group that says nothing.
    """
    lines = _LONG.sub(lambda it: f"{float(it[0]):.1f}".removesuffix(".0"), svg)
    left = _NOISE.sub("", _TEXT.sub(_lines, _COMMA.sub(" ", lines)))
    while left != (fewer := _EMPTY.sub("", left)):  # what is left may be empty now
        left = fewer
    return _without_bare_groups(_ALIKE.sub(_said_once, _in_place(left)))


def _in_place(svg: str) -> str:
    """Marks where they are instead of at nought and moved there."""
    lines = _LINE.sub(lambda it: f'<path d="M{it[1]} {it[2]}l{it[3] or 0} {it[4] or 0}"', svg)
    dots = _DOT.sub(r'<circle cx="\1" cy="\2" r="\3"', lines)
    return _WORDS.sub(r'\1 x="\2" y="\3"\4', dots)


def _without_bare_groups(svg: str) -> str:
    says_something: list[bool] = []  # of each group that is open

    def kept(tag: re.Match[str]) -> str:
        if tag[0] != "</g>":
            says_something.append(tag[0] != "<g>")
            return tag[0] if says_something[-1] else ""
        return tag[0] if says_something.pop() else ""

    return _TAG.sub(kept, svg)


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
