"""A page in the browser, and what it did there."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, Dialog, Page

_CHECKS = (Path(__file__).parent / "checks.js").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Medium:
    """On what a page is looked at; a phone has 320 pixels, as has a screen of 1280 at 400 %."""

    name: str
    width: int
    scheme: Literal["light", "dark"] = "light"
    media: Literal["screen", "print"] = "screen"

    def __str__(self) -> str:
        return self.name


DESK = Medium("desktop-light", 1280)
DESK_DARK = Medium("desktop-dark", 1280, "dark")
PHONE = Medium("phone-light", 320)
PHONE_DARK = Medium("phone-dark", 320, "dark")
PAPER = Medium("paper", 680, media="print")  # what stands between the margins of A4
MEDIA = (DESK, DESK_DARK, PHONE, PHONE_DARK, PAPER)


@dataclass
class Opened:
    """An open page with what it said and asked for."""

    page: Page
    file: Path
    faults: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def on(self, medium: Medium) -> None:
        """Look at it there."""
        self.page.set_viewport_size({"width": medium.width, "height": 900})
        self.page.emulate_media(media=medium.media, color_scheme=medium.scheme)

    def check(self, name: str, argument: object = None) -> Any:
        """What one of the checks of ``checks.js`` finds in it."""
        return self.page.evaluate(f"argument => ({_CHECKS}).{name}(argument)", argument)

    @cached_property
    def asked(self) -> list[str]:
        """What it asked for beside itself."""
        return [url for url in self.requests if url != self.file.as_uri() and not url.startswith("data:")]


@contextmanager
def opened(browser: Browser, file: Path, **context: Any) -> Iterator[Opened]:
    """The page of ``file`` in a window of its own."""
    window = browser.new_context(**context)
    one = Opened(window.new_page(), file.resolve())
    one.page.on("console", lambda message: one.faults.append(message.text))
    one.page.on("pageerror", lambda fault: one.faults.append(str(fault)))
    one.page.on("dialog", lambda dialog: _dismiss(one, dialog))
    one.page.on("request", lambda request: one.requests.append(request.url))
    one.page.goto(one.file.as_uri())
    yield one
    window.close()


def _dismiss(one: Opened, dialog: Dialog) -> None:
    one.faults.append(f"dialog: {dialog.message}")
    dialog.dismiss()


def each(browser: Browser, files: Sequence[Path], **context: Any) -> Iterator[Opened]:
    """The pages one after the other."""
    for file in files:
        with opened(browser, file, **context) as one:
            yield one
