"""Where the reader's own colours are forced upon a page, nothing that means something disappears."""

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser

from tests.reporting.browser.opening import each


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_mark_is_there(browser: Browser, reports: list[Path], scheme: Literal["light", "dark"]) -> None:
    for one in each(browser, reports, forced_colors="active", color_scheme=scheme):
        assert one.page.evaluate("matchMedia('(forced-colors: active)').matches")
        assert one.check("lost") == [], one.file.name
        assert one.check("faint") == [], one.file.name
