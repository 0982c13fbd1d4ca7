"""Everything that a mouse can reach, the Tab key reaches: in reading order, and one can see where one is."""

from pathlib import Path

from playwright.sync_api import Browser

from tests.reporting.browser.opening import each

_ON_SCREEN = """() => { const box = document.activeElement.getBoundingClientRect()
  return document.activeElement.className === 'skip' && box.top >= 0 && box.left >= 0 && box.height >= 24 }"""
_PAST_THE_HEAD = "document.activeElement.closest('main, footer') !== null"


def test_tab_reaches_everything_in_the_order_of_reading(browser: Browser, site: list[Path]) -> None:
    for one in each(browser, site):
        one.check("unfold")
        stops = one.check("listen")
        for _ in range(stops):
            one.page.keyboard.press("Tab")
        walked = one.page.evaluate("window.walked")
        assert [place for place, _ in walked] == list(range(stops)), one.file.name
        assert all(seen for _, seen in walked), one.file.name


def test_the_first_stop_skips_to_the_content(browser: Browser, reports: list[Path]) -> None:
    for one in each(browser, reports[:3]):
        one.page.keyboard.press("Tab")
        assert one.page.evaluate(_ON_SCREEN)
        one.page.keyboard.press("Enter")
        one.page.keyboard.press("Tab")
        assert one.page.evaluate(_PAST_THE_HEAD), one.file.name


def test_what_is_folded_away_opens_with_the_keyboard(browser: Browser, reports: list[Path]) -> None:
    for one in each(browser, reports[:1]):
        one.page.locator("summary").first.focus()
        one.page.keyboard.press("Enter")
        assert one.page.evaluate("document.querySelector('details').open")
