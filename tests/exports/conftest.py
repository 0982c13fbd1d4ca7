"""Short ways to write an export as text and to look at what was read."""

from collections.abc import Callable
from textwrap import dedent

import pytest

from lcmonitor.exports.reading import parse
from lcmonitor.exports.table import RawTable

Reader = Callable[..., RawTable]


@pytest.fixture
def read_text() -> Reader:
    """Read a CSV that is written out in the test."""

    def read(text: str, encoding: str = "utf-8") -> RawTable:
        return parse("export.csv", dedent(text).lstrip("\n").encode(encoding))

    return read
