"""Chart rows -> inline SVG. The specs are content (``reports/charts``); only their data changes here.

Colours are ``var(--…)`` of the page's style sheet, so a chart follows dark mode, print and forced colours.
Words never go through the drawing: it places marks such as ``@3@``, and the words take their place after.
So a chart is drawn once for all languages, and what a name may hold is escaped here, as everywhere.
"""

import json
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, Literal

import vl_convert
from markupsafe import Markup

from lcmonitor import resources
from lcmonitor.reporting import svg

ChartName = Literal[
    "intervals", "segments", "bars", "trend", "ternary", "response", "cascade", "funnel", "network"
]  # fmt: skip
ChartRow = Mapping[str, str | float | None]

# Fields that are written into the chart; all others are numbers, keys and colours.
_WORDS = (
    "label", "value_text", "n", "absent", "left", "right", "inside", "tick", "top", "step",
    "below", "ambition_text", "baseline_text",
)  # fmt: skip
_HEIGHT = 17  # of a line, where the spec says none


def draw(name: ChartName, rows: Sequence[ChartRow], figure: str, **signals: float) -> Markup:
    """The chart as SVG that may stand in a page beside others; ``figure`` is the id of its figure.

    ``signals`` set the spec's parameters (``low``, ``high``, ``from``) and the height of a row (``y_step``).
    """
    words: list[str] = []
    marked = [{field: _marked(field, value, words) for field, value in row.items()} for row in rows]
    drawn = _drawn(name, json.dumps(marked), json.dumps(signals))
    # The one place where markup is trusted: it was drawn from numbers and marks alone.
    return Markup(svg.worded(drawn, words, figure))  # noqa: S704


def _marked(field: str, value: str | float | None, words: list[str]) -> str | float | None:
    """The value, or for words a mark for each of their lines, with ``~`` between them."""
    if field not in _WORDS or not isinstance(value, str):
        return value
    return "~".join(_mark(line, words) for line in value.split("\n"))


def _mark(line: str, words: list[str]) -> str:
    words.append(line)
    return f"@{len(words) - 1}@" if line else ""


@lru_cache(maxsize=1024)
def _drawn(name: ChartName, rows: str, signals: str) -> str:
    spec, wanted = json.loads(_compiled(name)), json.loads(signals)
    spec["data"][0]["values"] = json.loads(rows)
    for signal in spec.get("signals", ()):
        signal["value"] = wanted.get(signal["name"], signal.get("value"))
    return svg.lightened(vl_convert.vega_to_svg(json.dumps(spec), allowed_base_urls=[]))


@cache
def _compiled(name: ChartName) -> str:
    """Vega-Lite is compiled once: 0.15 s, against 0.01 s for drawing."""
    spec = json.loads((resources.REPORTS / "charts" / f"{name}.vl.json").read_text(encoding="utf-8"))
    vega: dict[str, Any] = vl_convert.vegalite_to_vega(_unmeasured(spec))
    assert vega["data"][0]["name"] == "rows"
    return json.dumps(vega)


def _unmeasured(spec: Any) -> Any:
    """Its texts travel as names of fonts: vega takes 0.5 ms to measure each, and none needs it."""
    for layer in spec.get("layer", ()):
        _unmeasured(layer)
    encoding = spec.get("encoding", {})
    for axis in (channel.get("axis") for channel in encoding.values()):
        if axis and axis.get("labels", True):
            axis |= {"labelFont": {"expr": f"'{_HEIGHT};' + datum.label"}, "labelExpr": "''"}
    field = encoding.get("text", {}).get("field")
    if field:
        height = spec["mark"].get("lineHeight", _HEIGHT)
        spec["mark"]["font"] = {"expr": f"'{height};' + (datum['{field}'] || '')"}
        encoding["text"] = {"value": ""}
    return spec
