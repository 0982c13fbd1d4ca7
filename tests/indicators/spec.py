"""What a case in reports/methods/cases says of a figure, and whether a figure is as it says."""

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pytest
import yaml

from lcmonitor import resources

FOLDER = resources.REPORTS / "methods" / "cases"
COLUMNS = {
    "n": "n", "value": "estimate", "standard error": "se", "lowest": "low", "highest": "high", "word": "word",
    "because": "state", "made by": "method",
}  # fmt: skip


def cases(*names: str) -> Iterator[Any]:
    """The cases of these files."""
    for name in names:
        written = yaml.load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        for case in written["cases"]:
            yield pytest.param(case, id=f"{name}: {case['name']['en']}")


def unlike(expected: Mapping[str, str], sources: Iterable[Any]) -> list[tuple[str, str, Any]]:
    """What any of the sources has otherwise."""
    return [
        (name, text, source)
        for source in sources
        for name, text in expected.items()
        if not _same(getattr(source, COLUMNS[name]), text)
    ]


def _same(found: Any, expected: str) -> bool:
    """As far as the decimals go that are written."""
    if expected == "none":
        return math.isnan(found)
    try:
        number = float(expected)
    except ValueError:
        return str(found) == expected
    decimals = len(expected.partition(".")[2])
    return math.isclose(found, number, rel_tol=0, abs_tol=0.5 * 10**-decimals + 1e-12)
