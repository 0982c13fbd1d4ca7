"""Chart rows -> inline SVG. The specs are content (``reports/charts``); only their data changes here.

Colours are ``var(--…)`` of the page's style sheet, so a chart follows dark mode, print and forced colours.
Words never go through the drawing: it places marks such as ``@3@``, and the words take their place after.
So a chart is drawn once for all languages, and what a name may hold is escaped here, as everywhere.
"""

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, Literal

import vl_convert
from markupsafe import Markup, escape

from lcmonitor import resources
from lcmonitor.reporting.direction import isolated

ChartName = Literal["intervals", "segments", "bars", "trend"]
ChartRow = Mapping[str, str | float | None]

# Fields that are written into the chart; all others are numbers, keys and colours.
_WORDS = ("label", "value_text", "n", "absent", "left", "right", "inside", "tick")
_MARK = re.compile(r"@(\d+)@")
_ID = re.compile(r'(\bid="|url\(#|href="#)((?!hatch)[\w-]+)')
_NOISE = re.compile(
    r' (?:font-family="[^"]*"|opacity="1"|pointer-events="none"|aria-roledescription="[^"]*"'
    r'|role="graphics-[a-z]+"'
    r'|aria-hidden="true"|class="(?:mark|background|foreground)[^"]*")|<path d="" display="none"/>'
    r'|<path d="M0,0h0v0h0Z"/>|<text [^>]*></text>'
)


def draw(name: ChartName, rows: Sequence[ChartRow], figure: str, **signals: float) -> Markup:
    """The chart as SVG that may stand in a page beside others; ``figure`` is the id of its figure.

    ``signals`` set the spec's parameters (``low``, ``high``, ``from``) and the height of a row (``y_step``).
    """
    words: list[str] = []
    marked = [{field: _marked(field, value, words) for field, value in row.items()} for row in rows]
    return _worded(_drawn(name, json.dumps(marked), json.dumps(signals)), words, figure)


def _marked(field: str, value: str | float | None, words: list[str]) -> str | float | None:
    """The value, or for words a mark for each of their lines."""
    if field not in _WORDS or not isinstance(value, str):
        return value
    return "\n".join(_mark(line, words) for line in value.split("\n"))


def _mark(line: str, words: list[str]) -> str:
    words.append(line)
    return f"@{len(words) - 1}@" if line else ""


@lru_cache(maxsize=1024)
def _drawn(name: ChartName, rows: str, signals: str) -> str:
    spec, wanted = json.loads(_compiled(name)), json.loads(signals)
    spec["data"][0]["values"] = json.loads(rows)
    for signal in spec.get("signals", ()):
        signal["value"] = wanted.get(signal["name"], signal.get("value"))
    return _NOISE.sub("", vl_convert.vega_to_svg(spec, allowed_base_urls=[]))


@cache
def _compiled(name: ChartName) -> str:
    """Vega-Lite is compiled once: 0.15 s, against 0.02 s for drawing."""
    spec = json.loads((resources.REPORTS / "charts" / f"{name}.vl.json").read_text(encoding="utf-8"))
    vega: dict[str, Any] = vl_convert.vegalite_to_vega(spec)
    assert vega["data"][0]["name"] == "rows"
    return json.dumps(vega)


def _worded(svg: str, words: Sequence[str], figure: str) -> Markup:
    """The one place where markup is trusted: it was drawn from numbers and marks alone.

    Ids come from a counter of the process; they are numbered anew, so the same chart is the same bytes.
    """
    seen: dict[str, str] = {}

    def renamed(match: re.Match[str]) -> str:
        return match[1] + seen.setdefault(match[2], f"{figure}-{len(seen) + 1}")

    hidden = svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
    told = _MARK.sub(lambda match: str(escape(isolated(words[int(match[1])]))), _ID.sub(renamed, hidden))
    return Markup(told)  # noqa: S704
