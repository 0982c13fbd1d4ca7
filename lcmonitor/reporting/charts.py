"""Chart rows -> inline SVG. The specs are content (``reports/charts``); only their data changes here.

Colours are ``var(--…)`` of the page's style sheet, so a chart follows dark mode, print and forced colours.
Words never go through the drawing: it places marks such as ``@3@``, and the words take their place after.
So a chart is drawn once for all languages, and what a name may hold is escaped here, as everywhere.
"""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, Literal, get_args

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
_PANEL = "panel"  # which of several charts a row belongs to
_HEIGHT = 17  # of a line, where the spec says none
_KNOWN: dict[ChartName, str] = {}  # charts that are compiled


def draw(name: ChartName, rows: Sequence[ChartRow], figure: str, **signals: float) -> Markup:
    """The chart as SVG that may stand in a page beside others; ``figure`` is the id of its figure.

    ``signals`` set the spec's parameters (``low``, ``high``, ``from``) and the height of a row (``y_step``).
    """
    words: list[str] = []
    marked = json.dumps([_with_marks(row, words) for row in rows])
    return _told(_drawn(name, marked, json.dumps(signals)), words, figure)


def draw_alike(
    name: ChartName, charts: Mapping[str, Sequence[ChartRow]], **signals: float
) -> Mapping[str, Markup]:
    """Several small charts by the id of their figure, all drawn at once: half the time of one by one."""
    words: list[str] = []
    marked = [{**_with_marks(row, words), _PANEL: figure} for figure, rows in charts.items() for row in rows]
    drawn = _drawn_alike(name, json.dumps(marked), json.dumps(signals))
    return {figure: _told(one, words, figure) for figure, one in zip(charts, drawn, strict=True)}


def _told(drawn: str, words: Sequence[str], figure: str) -> Markup:
    """The one place where markup is trusted: it was drawn from numbers and marks alone."""
    return Markup(svg.worded(drawn, words, figure))  # noqa: S704


def _with_marks(row: ChartRow, words: list[str]) -> ChartRow:
    return {field: _marked(field, value, words) for field, value in row.items()}


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
    return svg.lightened(_by_vega(json.loads(_compiled(name)), rows, signals))


@lru_cache(maxsize=1024)
def _drawn_alike(name: ChartName, rows: str, signals: str) -> tuple[str, ...]:
    whole = _by_vega(_repeated(json.loads(_compiled(name))), rows, signals)
    return tuple(svg.lightened(one) for one in svg.apart(whole))


def _by_vega(spec: dict[str, Any], rows: str, signals: str) -> str:
    spec["data"][0]["values"], wanted = json.loads(rows), json.loads(signals)
    for signal in spec.get("signals", ()):
        signal["value"] = wanted.get(signal["name"], signal.get("value"))
    drawn: str = vl_convert.vega_to_svg(json.dumps(spec), allowed_base_urls=[])
    return drawn


def _repeated(spec: dict[str, Any]) -> dict[str, Any]:
    """The chart once a panel, all in the same place. Only of a fixed height: a panel knows its own rows."""
    inner = {key: spec.pop(key) for key in ("scales", "axes", "marks")}
    rows, *derived = spec["data"]
    own = json.dumps({"data": derived, **inner}).replace('"rows"', '"panel_rows"')
    facet = {"name": "panel_rows", "data": "rows", "groupby": _PANEL}
    size = {"width": {"signal": "width"}, "height": {"signal": "height"}}
    group = {"type": "group", "from": {"facet": facet}, "encode": {"update": size}, **json.loads(own)}
    return {**spec, "data": [rows], "marks": [group]}


def compiled() -> Mapping[ChartName, str]:
    """All charts, for ``know`` of another process."""
    return {name: _compiled(name) for name in get_args(ChartName)}


def know(charts: Mapping[ChartName, str]) -> None:
    """What another process compiled."""
    _KNOWN.update(charts)


def _compiled(name: ChartName) -> str:
    if name not in _KNOWN:
        _KNOWN[name] = _made(name)
    return _KNOWN[name]


def _made(name: ChartName) -> str:
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
        spec["transform"] = [*spec.get("transform", ()), {"filter": f"datum['{field}']"}]  # no empty marks
    return spec
