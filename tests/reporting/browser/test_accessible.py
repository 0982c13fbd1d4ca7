"""axe-core finds nothing against WCAG 2.2 AA, on any page, on any medium."""

from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.reporting.browser.opening import DESK, DESK_DARK, PAPER, PHONE_DARK, Medium, each

_AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_ON_PAPER = {"target-size": {"enabled": False}}  # nothing is pressed there


# Colours do not depend on the width, nor what is large enough on the scheme: so each is seen with each once.
@pytest.mark.parametrize("medium", [DESK, PHONE_DARK, PAPER], ids=str)
@pytest.mark.parametrize("half", [0, 1])
def test_axe_finds_nothing(browser: Browser, site: list[Path], medium: Medium, half: int) -> None:
    for one in each(browser, site[half::2]):
        one.on(medium)
        one.page.evaluate(_AXE)
        rules = _ON_PAPER if medium is PAPER else {}
        assert one.check("axe", {"runOnly": _TAGS, "rules": rules}) == [], one.file.name


def test_axe_finds_a_fault_where_there_is_one(browser: Browser, site: list[Path]) -> None:
    for one in each(browser, site[:1]):
        one.page.evaluate("document.documentElement.removeAttribute('lang')")
        one.page.evaluate(_AXE)
        assert any("html-has-lang" in fault for fault in one.check("axe", {"runOnly": _TAGS}))


@pytest.mark.parametrize("medium", [DESK, DESK_DARK, PAPER], ids=str)
def test_text_stands_out_from_its_ground(browser: Browser, site: list[Path], medium: Medium) -> None:
    """4.5 to 1, of every text outside the drawings, also of what is folded away."""
    for one in each(browser, site):
        one.on(medium)
        one.check("unfold")
        assert one.check("faint") == [], one.file.name
