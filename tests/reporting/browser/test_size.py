"""From a phone, or a screen at 400 %, to paper: nothing falls off the side and everything can be read."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.reporting.browser.opening import DESK, PAPER, PHONE, Medium, Opened, each

_ZOOMED = {"viewport": {"width": 320, "height": 256}, "device_scale_factor": 4}  # 1280 pixels at 400 %
_SIGHT = """() => [...document.querySelectorAll('#changes td')].filter(
  cell => cell.getBoundingClientRect().right > window.innerWidth).length"""
_FOLDED = "[...document.querySelectorAll('details dl, details table')].map(one => one.checkVisibility())"


def test_at_400_percent_nothing_falls_off_the_side(browser: Browser, site: list[Path]) -> None:
    """A wide table scrolls by itself, and the keyboard can scroll it; also with WCAG's spacing."""
    for one in each(browser, site, **_ZOOMED):
        one.check("unfold")
        _holds_together(one)
        one.check("space")
        _holds_together(one)


def _holds_together(one: Opened) -> None:
    assert one.page.evaluate("document.documentElement.scrollWidth") <= 320, one.file.name
    assert one.check("outside") == [], one.file.name
    assert one.check("cut") == [], one.file.name


@pytest.mark.parametrize(("medium", "least"), [(DESK, 12), (Medium("phone", 360), 11), (PAPER, 10)], ids=str)
def test_the_words_in_a_chart_can_be_read(
    browser: Browser, reports: list[Path], medium: Medium, least: float
) -> None:
    """In pixels, after the drawing was scaled to its place."""
    for one in each(browser, reports):
        one.on(medium)
        texts, smallest = one.check("smallest")
        assert texts > 20
        assert smallest >= least


def test_on_a_phone_no_column_of_the_changes_is_out_of_sight(browser: Browser, reports: list[Path]) -> None:
    for one in each(browser, [page for page in reports if page.parent.name == "communities"]):
        one.on(PHONE)
        assert one.page.locator("#changes td").count() > 20
        assert one.page.evaluate(_SIGHT) == 0


def test_paper_shows_what_a_screen_opens_on_demand(browser: Browser, reports: list[Path]) -> None:
    for one in each(browser, reports):
        one.on(DESK)
        assert not any(one.page.evaluate(_FOLDED))
        one.on(PAPER)
        assert all(one.page.evaluate(_FOLDED))
