"""``make accessible``: axe on every page, in both languages, on every medium. Too long for ``make test``."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.reporting.browser.opening import DESK, DESK_DARK, PAPER, PHONE, PHONE_DARK, Medium
from tests.reporting.browser.test_accessible import axe


@pytest.mark.parametrize("medium", [DESK, DESK_DARK, PHONE, PHONE_DARK, PAPER], ids=str)
def test_axe_finds_nothing(browser: Browser, site: list[Path], medium: Medium) -> None:
    axe(browser, site, medium)
