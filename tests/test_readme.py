"""The README says what the program says."""

from pathlib import Path

import pytest

from lcmonitor.errors import LANGUAGES, steps
from lcmonitor.exports.registry import READERS

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("tool", READERS)
def test_it_tells_which_export_to_choose_in_the_words_of_the_errors(tool: str) -> None:
    for language in LANGUAGES:
        assert f"| {steps({'tool': tool})[language]} |" in README
