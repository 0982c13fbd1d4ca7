"""The pages in a real browser: nothing is asked of the network, nothing falls off the side of a phone."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

import pytest
from playwright.sync_api import Browser, sync_playwright

from lcmonitor.reporting.edition import Edition

_CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), ""
)
_PAGES = [
    "../index.html", "index.nl.html", "programme.nl.html", "programme.en.html", "communities/delta.nl.html",
    "communities/delta.en.html", "communities/hof.nl.html", "methods.nl.html", "methods.en.html",
]  # fmt: skip
_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-sync",
    "--disable-component-update",
]  # fmt: skip

pytestmark = pytest.mark.skipif(not _CHROMIUM, reason="no Chromium on this machine")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=_CHROMIUM, args=_FLAGS)
        yield started
        started.close()


@dataclass
class Seen:
    """What happened while a page was open."""

    width: int = 0
    faults: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


def _open(browser: Browser, edition: Edition, name: str, width: int) -> Seen:
    seen, page = Seen(), browser.new_page(viewport={"width": width, "height": 900})
    page.on("console", lambda message: seen.faults.append(message.text))
    page.on("pageerror", lambda fault: seen.faults.append(str(fault)))
    page.on("request", lambda request: seen.requests.append(request.url))
    page.goto((edition.folder / name).resolve().as_uri())
    page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
    seen.width = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    return seen


@pytest.mark.parametrize("name", _PAGES)
def test_a_page_fits_a_small_phone_and_asks_nothing_of_anyone(
    browser: Browser, edition: Edition, name: str
) -> None:
    seen = _open(browser, edition, name, 320)
    assert seen.width <= 320
    assert seen.faults == []
    assert [url for url in seen.requests if not url.startswith(("file:", "data:"))] == []
    assert len([url for url in seen.requests if url.startswith("file:")]) == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["communities/delta.nl.html", "programme.nl.html", "methods.nl.html"])
def test_text_stands_out_from_its_ground(
    browser: Browser, edition: Edition, name: str, scheme: Literal["light", "dark"]
) -> None:
    """WCAG 2.2: 4.5 to 1, of every text in the page outside the charts' bars."""
    page = browser.new_page(color_scheme=scheme)
    page.goto((edition.folder / name).resolve().as_uri())
    faint = page.evaluate(_FAINT)
    page.close()
    assert faint == []


# Ground: the nearest background that is not transparent; stripes are left out of account.
_FAINT = """() => {
  const parse = text => { const found = text.match(/[\\d.]+/g).map(Number)
    return {rgb: found.slice(0, 3), alpha: found.length > 3 ? found[3] : 1} }
  const linear = value => { value /= 255
    return value <= .03928 ? value / 12.92 : ((value + .055) / 1.055) ** 2.4 }
  const light = ([r, g, b]) => .2126 * linear(r) + .7152 * linear(g) + .0722 * linear(b)
  const ground = element => {
    for (; element; element = element.parentElement) {
      const colour = parse(getComputedStyle(element).backgroundColor)
      if (colour.alpha > 0) return colour.rgb
    }
    return [255, 255, 255]
  }
  const found = []
  for (const element of document.querySelectorAll('body *:not(svg *):not(style)')) {
    const own = [...element.childNodes].some(node => node.nodeType === 3 && node.textContent.trim())
    if (!own || element.closest('.simulated') || !element.checkVisibility()) continue
    const lights = [light(parse(getComputedStyle(element).color).rgb), light(ground(element))]
    const [more, less] = lights.sort((one, other) => other - one)
    if ((more + .05) / (less + .05) < 4.5) found.push(element.className + ': ' + element.textContent.trim())
  }
  return [...new Set(found)]
}"""


_SMALLEST = """() => {
  const sizes = [...document.querySelectorAll('.chart svg text')].filter(text =>
    text.textContent.trim() && text.checkVisibility()).map(text => {
      const drawn = text.getScreenCTM()
      return parseFloat(getComputedStyle(text).fontSize) * Math.hypot(drawn.a, drawn.b) })
  return [sizes.length, Math.min(...sizes)]
}"""


@pytest.mark.parametrize(
    ("width", "media", "least"), [(1280, "screen", 12), (360, "screen", 11), (680, "print", 10)]
)
@pytest.mark.parametrize("name", ["programme.nl.html", "communities/delta.nl.html"])
def test_the_words_in_a_chart_can_be_read(
    browser: Browser, edition: Edition, name: str, width: int, media: Literal["screen", "print"], least: float
) -> None:
    """In pixels, after the drawing was scaled to its place; 680 pixels: between the margins of A4."""
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.emulate_media(media=media)
    page.goto((edition.folder / name).resolve().as_uri())
    texts, smallest = page.evaluate(_SMALLEST)
    page.close()
    assert texts > 20
    assert smallest >= least


@pytest.mark.parametrize("name", ["programme.nl.html", "communities/delta.nl.html"])
def test_paper_shows_what_a_screen_opens_on_demand(browser: Browser, edition: Edition, name: str) -> None:
    page = browser.new_page()
    page.goto((edition.folder / name).resolve().as_uri())
    seen = []
    for media in ("screen", "print"):
        page.emulate_media(media=media)
        seen.append(page.evaluate(_OPENED))
    page.close()
    assert not any(seen[0])
    assert all(seen[1])


_OUT_OF_SIGHT = """() => [...document.querySelectorAll('#changes td')].filter(
  cell => cell.getBoundingClientRect().right > window.innerWidth).length"""


def test_on_a_phone_no_column_of_the_changes_is_out_of_sight(browser: Browser, edition: Edition) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 900})
    page.goto((edition.folder / "communities/delta.nl.html").resolve().as_uri())
    hidden, cells = page.evaluate(_OUT_OF_SIGHT), page.locator("#changes td").count()
    page.close()
    assert cells > 20
    assert hidden == 0


_OPENED = (
    "() => [...document.querySelectorAll('details dl, details table')].map(one => one.checkVisibility())"
)


def test_it_prints(browser: Browser, edition: Edition) -> None:
    page = browser.new_page()
    page.goto((edition.folder / "communities/delta.nl.html").resolve().as_uri())
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    page.close()
