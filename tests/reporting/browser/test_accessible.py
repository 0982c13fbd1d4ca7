"""axe-core finds nothing against WCAG 2.2 AA, on any page, on any medium."""

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.reporting.browser.opening import DESK, DESK_DARK, MEDIA, PAPER, Medium, each

_AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
Rules = Mapping[str, Mapping[str, bool]]  # apart from axe's own
_ALL: Rules = {}
# Nothing is pressed there; how far its text stands out is measured below, faster.
_ON_PAPER: Rules = {name: {"enabled": False} for name in ("target-size", "color-contrast")}


@pytest.mark.parametrize("medium", MEDIA, ids=str)
def test_axe_finds_nothing(browser: Browser, site: list[Path], medium: Medium) -> None:
    rules = _ON_PAPER if medium == PAPER else _ALL
    for one in each(browser, site):
        one.on(medium)
        one.page.evaluate(_AXE)
        assert one.check("axe", {"runOnly": _TAGS, "rules": rules}) == [], one.file.name


def test_axe_finds_a_fault_where_there_is_one(browser: Browser, site: list[Path]) -> None:
    for one in each(browser, site[:1]):
        one.page.evaluate("document.documentElement.removeAttribute('lang')")
        one.page.evaluate(_AXE)
        assert any("html-has-lang" in fault for fault in one.check("axe", {"runOnly": _TAGS}))


def test_text_stands_out_from_its_ground(browser: Browser, dutch: list[Path]) -> None:
    """4.5 to 1, of every text outside the drawings, also of what is folded away."""
    for one in each(browser, dutch):
        one.check("unfold")
        for medium in (DESK, DESK_DARK, PAPER):
            one.on(medium)
            assert one.check("faint") == [], (one.file.name, medium.name)
