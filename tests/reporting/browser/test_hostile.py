"""Whatever people write is shown as they wrote it: nothing runs, asks, hides or pushes the page apart."""

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from lcmonitor.disclosure.open_answers import release_texts
from lcmonitor.errors import Message
from lcmonitor.intake.receipt import ColumnUse, Finding, Receipt
from lcmonitor.programme.load import Setup
from lcmonitor.reporting import members_page, office_pages, receipt_page
from lcmonitor.reporting.edition import plan, publish
from tests.reporting.attacks import ATTACKS, attacked
from tests.reporting.browser.opening import PHONE_DARK, each
from tests.reporting.figures import released
from tests.reporting.receipts import RECEIPT


@pytest.fixture(scope="module")
def pages(setup: Setup, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    hostile, out = attacked(setup), tmp_path_factory.mktemp("hostile")
    table = released(setup)
    planned = plan(table, hostile, out / "reports")
    assert planned
    publish(table, hostile, planned)
    (out / "receipt.html").write_text(receipt_page(_receipt(), hostile), encoding="utf-8")
    (out / "office.html").write_text(office_pages([_receipt()], hostile)["nl"], encoding="utf-8")
    (out / "members.html").write_text(_members(hostile), encoding="utf-8")
    found = sorted(out.rglob("*.html"))
    return [
        page for page in found if page.parent.name != "communities" or page.stem.startswith(("delta", "hof"))
    ]


def _receipt() -> Receipt:
    columns = ColumnUse(dict.fromkeys(ATTACKS, "C1_1"), ATTACKS, ATTACKS)
    findings = tuple(Finding(Message("LCM-201", text, {}), "note", column=text) for text in ATTACKS)
    return replace(RECEIPT, file=f"{ATTACKS[0]}{ATTACKS[1]}.csv", findings=findings, columns=columns)


def _members(setup: Setup) -> str:
    item = next(iter(setup.instrument.codebook.items))
    answers = release_texts([(item, text) for text in ATTACKS], setup.programme.privacy)
    return members_page(answers, setup, setup.communities["delta"], setup.programme.waves[-1])


def test_nothing_runs_nothing_is_asked_and_what_was_written_is_what_is_read(
    browser: Browser, pages: list[Path]
) -> None:
    """Every attack somewhere, letter for letter, and on no page with another meaning.

    An override of the direction of writing reaches no word of ours behind it; the page holds together.
    """
    texts = []
    for one in each(browser, pages):
        texts.append(one.page.evaluate("document.body.textContent"))
        one.on(PHONE_DARK)
        one.check("unfold")
        assert one.faults == [], one.file.name
        assert one.requests == [one.file.as_uri()], one.file.name
        assert one.check("active") == [], one.file.name
        assert one.page.locator("h1").is_visible()
        assert one.page.evaluate("document.documentElement.scrollWidth") <= 320, one.file.name
        assert one.check("outside") == [], one.file.name
        assert one.check("unclosed") == [], one.file.name
    assert [attack for attack in ATTACKS if not any(attack in text for text in texts)] == []
    assert not any(str(1789 * 1867) in text for text in texts)
