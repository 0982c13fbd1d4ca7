"""A page is complete in itself: it asks for nothing, runs nothing and says the same without scripts."""

from pathlib import Path

from playwright.sync_api import Browser

from tests.reporting.browser.opening import DESK, MEDIA, Opened, each

_POLICY = "document.querySelector('meta[http-equiv=\"Content-Security-Policy\"]').content"
_FOREIGN = "document.body.insertAdjacentHTML('beforeend', '<style>h1 { display: none }</style>')"
_TEXT = "document.body.innerText"


def test_nothing_is_asked_of_anyone_nothing_goes_wrong_and_nothing_can_run(
    browser: Browser, site: list[Path]
) -> None:
    for one in each(browser, site):
        one.check("unfold")
        for medium in MEDIA:
            one.on(medium)
        assert one.faults == [], one.file.name
        assert one.requests == [one.file.as_uri()], one.file.name
        one.on(DESK)
        _nothing_can_run(one)


def _nothing_can_run(one: Opened) -> None:
    """No style counts either but that of the page."""
    policy = one.page.evaluate(_POLICY)
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert one.check("active") == [], one.file.name
    one.page.evaluate(_FOREIGN)
    assert one.page.locator("h1").is_visible()
    assert any("Content Security Policy" in fault for fault in one.faults)


def test_it_prints(browser: Browser, reports: list[Path]) -> None:
    for one in each(browser, reports[-1:]):
        assert one.page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
        assert one.faults == []


def test_without_scripts_nothing_is_lost(browser: Browser, site: list[Path]) -> None:
    with_scripts = [one.page.evaluate(_TEXT) for one in each(browser, site)]
    without = [one.page.evaluate(_TEXT) for one in each(browser, site, java_script_enabled=False)]
    assert all(with_scripts)
    assert without == with_scripts
