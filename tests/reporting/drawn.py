"""A chart read back from its SVG: what stands where, in which colour."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass

_SVG = "{http://www.w3.org/2000/svg}"
_MOVED = re.compile(r"translate\(([-\d.]+)[ ,]([-\d.]+)\)")
_LINE = re.compile(r"M([-\d.]+) ([-\d.]+)l([-\d.]+) ([-\d.]+)$")


@dataclass(frozen=True)
class Drawn:
    """A mark: where it is inside the chart's frame, and what it inherits; ``to``: where a line ends."""

    kind: str
    x: float
    y: float
    to: float
    fill: str
    stroke: str
    text: str


def read(svg: str, fill: str = "", stroke: str = "", kind: str = "") -> list[Drawn]:
    """The marks of a kind and colour (the name of a variable), in the order in which they were drawn."""
    frame = ET.fromstring(svg)[0]
    return [
        mark
        for mark in _marks(frame, (0.0, 0.0), {})
        if fill in mark.fill and stroke in mark.stroke and kind in ("", mark.kind)
    ]


def texts(svg: str) -> list[str]:
    """All that is written in a chart."""
    return [mark.text for mark in read(svg, kind="text")]


def _marks(group: ET.Element, at: tuple[float, float], known: dict[str, str]) -> Iterator[Drawn]:
    for element in group:
        told, tag = known | element.attrib, element.tag.removeprefix(_SVG)
        moved = _MOVED.match(element.get("transform", ""))
        x, y = (at[0] + float(moved[1]), at[1] + float(moved[2])) if moved else at
        if line := _LINE.match(element.get("d", "")):
            start = x + float(line[1])
            end = start + float(line[3])
            yield Drawn(
                "line", start, y + float(line[2]), end, told.get("fill", ""), told.get("stroke", ""), ""
            )
        elif tag == "g":
            yield from _marks(element, (x, y), {**told, "transform": ""})
        else:
            x, y = (
                at + float(element.get(name, element.get(f"c{name}", 0))) for at, name in ((x, "x"), (y, "y"))
            )
            text = " ".join(" ".join(element.itertext()).split())
            end = x + float(element.get("x2", "0"))
            yield Drawn(tag, x, y, end, told.get("fill", ""), told.get("stroke", ""), text)
