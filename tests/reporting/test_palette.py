"""Colours can be told apart by everyone, and what is written on them can be read."""

import re
from collections.abc import Mapping
from itertools import combinations, pairwise

import numpy as np
import pytest

from lcmonitor import resources

_CSS = (resources.REPORTS / "style.css").read_text(encoding="utf-8")
_DARK, _FORCED = (
    _CSS.index("@media screen and (prefers-color-scheme: dark)"),
    _CSS.index("@media (forced-colors"),
)


def _tokens(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", css))


_LIGHT = _tokens(_CSS[:_DARK])
SCHEMES = {"light": _LIGHT, "dark": _LIGHT | _tokens(_CSS[_DARK:_FORCED])}

# Machado, Oliveira & Fernandes (2009), severity 1: what of linear red, green and blue is seen.
_SIGHT = {
    "all cones": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
# Ottosson (2020): linear sRGB -> cones -> OKLab, in which equal distances look equal.
_CONES = np.array(
    [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
    ]
)
_LAB = np.array(
    [
        [0.2104542553, 0.7936177850, -0.0040720468],
        [1.9779984951, -2.4285922050, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.8086757660],
    ]
)
_ANSWERS = ["disagree-2", "disagree-1", "middle", "agree-1", "agree-2"]
_STEPS = [f"step-{number}" for number in range(1, 6)]
_PARTS = [f"part-{number}" for number in range(1, 6)]
_MARKS = ["now", "before", "ambition"]
_TOGETHER = [
    *combinations(_ANSWERS, 2), *pairwise(_STEPS), *combinations(_PARTS, 2), *combinations(_MARKS, 2)
]  # fmt: skip


def _linear(colour: str) -> np.ndarray:
    part = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    linear: np.ndarray = np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)
    return linear


def _seen(colour: str, sight: str) -> np.ndarray:
    cones = _CONES @ np.clip(_SIGHT[sight] @ _linear(colour), 0, 1)
    seen: np.ndarray = 100 * _LAB @ np.cbrt(cones)
    return seen


def _contrast(one: str, other: str) -> float:
    less, more = sorted(
        float(np.array([0.2126, 0.7152, 0.0722]) @ _linear(colour)) for colour in (one, other)
    )
    return (more + 0.05) / (less + 0.05)


@pytest.fixture(params=SCHEMES)
def colours(request: pytest.FixtureRequest) -> Mapping[str, str]:
    return SCHEMES[request.param]


@pytest.mark.parametrize("sight", _SIGHT)
def test_colours_that_stand_together_are_told_apart(colours: Mapping[str, str], sight: str) -> None:
    """A distance of 2 is just seen side by side; 7 is asked of colours that are looked up in a legend."""
    alike = {
        (one, other): float(apart)
        for one, other in _TOGETHER
        if (apart := np.linalg.norm(_seen(colours[one], sight) - _seen(colours[other], sight))) < 7
    }
    assert alike == {}


def test_red_and_green_are_told_apart_by_some_only() -> None:
    """The measure itself: what goes wrong with a traffic light."""
    apart = {
        sight: float(np.linalg.norm(_seen("#c0392b", sight) - _seen("#6b8e23", sight))) for sight in _SIGHT
    }
    assert apart["all cones"] > 20
    assert apart["deuteranopia"] < 10


def test_what_is_written_on_a_colour_can_be_read(colours: Mapping[str, str]) -> None:
    for name in _ANSWERS + _STEPS + _PARTS:
        assert _contrast(colours[name], colours[f"on-{name}"]) >= 4.5, name


def test_what_is_drawn_stands_out_from_its_ground(colours: Mapping[str, str]) -> None:
    """WCAG 1.4.11; the lighter answers lie between darker ones and carry their number."""
    for name in _PARTS + _MARKS:
        assert _contrast(colours[name], colours["surface"]) >= 3, name
    for name in _ANSWERS + _STEPS:
        assert _contrast(colours[name], colours["surface"]) >= 1.4, name
    for name in _MARKS:
        assert _contrast(colours[name], colours["stone"]) >= 3, name


def test_words_stand_out_from_every_ground(colours: Mapping[str, str]) -> None:
    for name in ("ink", "ink-2", "link"):
        for ground in ("paper", "surface", "raised"):
            assert _contrast(colours[name], colours[ground]) >= 4.5, (name, ground)
