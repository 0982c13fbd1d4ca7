"""A chart is drawn without its words and without what nobody sees; it must look the same as it was."""

import json
from typing import Any

import pytest
import vl_convert

from lcmonitor import resources
from lcmonitor.reporting.charts import ChartRow, draw, draw_alike
from lcmonitor.reporting.svg import lightened, worded
from tests.reporting.drawn import read, texts

_SPECS = sorted((resources.REPORTS / "charts").glob("*.vl.json"))
_ROW: dict[str, str | float] = {
    "row": "000",
    "label": "Wat wij\nsamen leren",
    "floor": 0,
    "ceiling": 1,
    "value": 0.25,
    "value_text": "25%",
    "n": "n = 8",
}


def test_words_stand_where_vega_would_have_put_them() -> None:
    """The same rows through vega itself, which measures and writes the texts."""
    spec = json.loads((resources.REPORTS / "charts" / "bars.vl.json").read_text(encoding="utf-8"))
    spec["data"]["values"], spec["height"] = [_ROW], {"step": 60}
    plain = lightened(vl_convert.vegalite_to_svg(spec).replace('font-family="', 'font-family="17;'))
    ours = str(draw("bars", [_ROW], "f", y_step=60))

    def places(svg: str) -> list[tuple[float, float]]:
        return [(mark.x, mark.y) for mark in read(svg) if mark.kind == "line"]

    assert places(ours) == places(plain)
    assert texts(ours) == ["Wat wij samen leren", "25%", "n = 8"]
    written = [(mark.x, mark.y) for mark in read(ours, kind="text")]
    its = read(vl_convert.vegalite_to_svg(spec), kind="text")
    assert written == [(mark.x, mark.y) for mark in its if mark.text not in ("", "undefined", "null")]


def test_a_line_of_a_label_stands_on_its_own_line_also_after_empty_ones() -> None:
    label = "\n\nonderaan"
    drawn = str(draw("bars", [{**_ROW, "label": label}], "f", y_step=90))
    assert '<tspan x="0" dy="34">onderaan</tspan>' in drawn


def test_what_marks_have_alike_is_said_once_and_still_holds_for_each() -> None:
    group = '<g><line x2="1" stroke="a" opacity="0.5"/><line x2="2" stroke="a" opacity="0.5"/></g>'
    assert lightened(group) == ('<g stroke="a"><line x2="1" opacity="0.5"/><line x2="2" opacity="0.5"/></g>')
    assert lightened('<g><line stroke="a"/><line stroke="b"/></g>') == '<line stroke="a"/><line stroke="b"/>'


def test_a_mark_stands_where_it_is_and_is_as_faint_as_it_was() -> None:
    moved = 'transform="translate(10.25 20)"'
    assert (
        lightened(f'<line {moved} x2="5.55" opacity="0.38"/>') == '<path d="M10.2 20l5.5 0" opacity="0.38"/>'
    )
    assert lightened(f'<text {moved} fill="a">b</text>') == '<text x="10.2" y="20" fill="a">b</text>'
    dot = 'd="M4 0A4 4 0 1 1 -4 0A4 4 0 1 1 4 0"'
    assert lightened(f'<path {moved} {dot} fill="a"/>') == '<circle cx="10.2" cy="20" r="4" fill="a"/>'
    turned = '<text transform="translate(1 2) rotate(90)">b</text>'
    assert lightened(turned) == turned
    tiny = '<line transform="translate(1 2)" x2="5e-14" y2="5"/>'
    assert lightened(tiny) == tiny


def test_charts_that_are_drawn_at_once_are_those_that_are_drawn_one_by_one() -> None:
    rows: list[ChartRow] = [
        {"wave": f"{at:02}", "tick": f"wave {at}", "stretch": 0, "estimate": 2.5 + at / 4} for at in (1, 2, 3)
    ]
    higher: list[ChartRow] = [{**row, "estimate": 4.0, "top": 4.0, "value_text": "<4>"} for row in rows[1:]]
    charts = {"a": rows, "b": higher}
    at_once = draw_alike("trend", charts, low=1, high=5)
    for figure, those in charts.items():
        assert read(str(at_once[figure])) == read(str(draw("trend", those, figure, low=1, high=5)))
    assert "&lt;4&gt;" in at_once["b"]
    assert "&lt;4&gt;" not in at_once["a"]


def test_words_are_escaped_and_never_taken_for_a_mark() -> None:
    assert worded("<svg ><text>@0@</text></svg>", ["<b>@0@</b>"], "f").endswith(
        "<text>&lt;b&gt;@0@&lt;/b&gt;</text></svg>"
    )


@pytest.mark.parametrize("path", _SPECS, ids=lambda path: path.name)
def test_a_spec_is_vega_lite_that_draws_without_rows(path: Any) -> None:
    spec = json.loads(path.read_text(encoding="utf-8"))
    assert spec["data"] == {"name": "rows", "values": []}
    assert spec["description"]
    assert vl_convert.vegalite_to_svg(spec).startswith("<svg")
    colours = [one for one in _strings(spec) if one.startswith(("#", "rgb"))]
    assert not colours, "colours are variables of the style sheet"


def _strings(tree: Any) -> list[str]:
    if isinstance(tree, str):
        return [tree]
    parts = tree.values() if isinstance(tree, dict) else tree if isinstance(tree, list) else ()
    return [one for part in parts for one in _strings(part)]
