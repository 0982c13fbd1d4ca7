"""Every kind of page on every medium, as pictures in build/screenshots: for people to look at, no test.

Of paper the pages of the PDF, where there is Pango and pdftoppm; else the page as it would be printed.
"""

import shutil
import subprocess
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from lcmonitor.errors import UsageError
from lcmonitor.programme.load import load_workspace
from lcmonitor.reporting import receipt_page
from lcmonitor.reporting.edition import plan, publish
from lcmonitor.reporting.pdf import pdf
from tests.reporting.browser.conftest import CHROMIUM
from tests.reporting.browser.opening import DESK, DESK_DARK, PAPER, PHONE, PHONE_DARK, Opened, opened
from tests.reporting.figures import released
from tests.reporting.receipts import RECEIPT

OUT = Path("build/screenshots")
MEDIA = (DESK, DESK_DARK, PHONE, PHONE_DARK)


def main() -> None:
    shutil.rmtree(OUT, ignore_errors=True)
    pages = made(OUT / "pages")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for page in pages:
            pictures(browser, page, OUT / page.name.removesuffix(".html"))
            print(f"{OUT / page.name.removesuffix('.html')}-*.png")
        browser.close()


def made(folder: Path) -> list[Path]:
    """The pages of the programme that the tests use: a community that is shown, one that is not, the rest."""
    setup = load_workspace(Path(__file__).parent / "reporting" / "workspace")
    table = released(setup)
    planned = plan(table, setup, folder)
    assert planned
    publish(table, setup, planned)
    (folder / "receipt.html").write_text(receipt_page(RECEIPT, setup), encoding="utf-8")
    found = sorted(folder.rglob("*.html"))
    return [
        page for page in found if page.parent.name != "communities" or page.stem.startswith(("delta", "hof"))
    ]


def pictures(browser: Browser, page: Path, name: Path) -> None:
    with opened(browser, page) as one:
        for medium in MEDIA:
            one.on(medium)
            one.page.screenshot(path=f"{name}-{medium}.png", full_page=True)
        on_paper(one, page, name)


def on_paper(one: Opened, page: Path, name: Path) -> None:
    try:
        made = pdf(page.read_text(encoding="utf-8")) if shutil.which("pdftoppm") else b""
    except UsageError:
        made = b""
    if made:
        subprocess.run(["pdftoppm", "-r", "60", "-png", "-", f"{name}-paper"], input=made, check=True)
    else:
        one.on(PAPER)
        one.page.screenshot(path=f"{name}-{PAPER}.png", full_page=True)


if __name__ == "__main__":
    main()
