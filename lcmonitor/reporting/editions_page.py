"""The lists of editions: of those that were approved, for everyone, and of drafts, where drafts lie.

They are the pages that change.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from lcmonitor.errors import Language
from lcmonitor.files import write_whole
from lcmonitor.programme.load import Setup
from lcmonitor.reporting.brand import brand
from lcmonitor.reporting.corrections_page import CORRECTIONS, corrections_page
from lcmonitor.reporting.dates import day
from lcmonitor.reporting.feed import feed, feed_file
from lcmonitor.reporting.pages import EditionsPage, Page
from lcmonitor.reporting.parts import EditionEntry, Link
from lcmonitor.reporting.render import render
from lcmonitor.reporting.shelf import Kept, kept, latest
from lcmonitor.reporting.status import draft
from lcmonitor.reporting.words import Words, spoken, words

Shelf = Literal["editions", "drafts"]


def write_editions(setup: Setup) -> None:
    """Write what lists the approved editions: a page and a feed in every language."""
    folder = setup.workspace.reports
    editions = kept(folder)
    for said in spoken(setup):
        _write(folder / feed_file(said.language), feed(editions, setup, said))
        log = render(corrections_page(editions, setup, said), said, setup.workspace.report_overrides)
        _write(folder / f"{CORRECTIONS}.{said.language}.html", log.encode())
    _write_pages(folder, editions, setup, "editions")


def write_drafts(folder: Path, setup: Setup) -> None:
    """Write the pages that list the drafts in ``folder``."""
    if folder.is_dir():
        _write_pages(folder, kept(folder), setup, "drafts")


def _write_pages(folder: Path, editions: Sequence[Kept], setup: Setup, shelf: Shelf) -> None:
    """In every language; ``index.html`` is in the first of them."""
    overrides = setup.workspace.report_overrides
    for number, said in enumerate(spoken(setup)):
        content = render(editions_page(editions, setup, said, shelf), said, overrides).encode()
        _write(folder / f"index.{said.language}.html", content)
        if number == 0:
            _write(folder / "index.html", content)


def _write(file: Path, content: bytes) -> None:
    """The same content leaves the file untouched."""
    if not file.is_file() or file.read_bytes() != content:
        write_whole(file, content, 0o644)


def editions_page(editions: Sequence[Kept], setup: Setup, said: Words, shelf: Shelf) -> EditionsPage:
    """``editions``: newest first."""
    title, called = said.of(setup.programme.title), said(f"editions.title.{shelf}")
    current = _current(editions, setup) if shelf == "drafts" else editions[:1]
    return EditionsPage(
        page=Page(
            language=said.language,
            title=f"{called} · {title}",
            kicker=", ".join(setup.programme.funders),
            heading=title,
            edition="",
            simulated=setup.programme.simulated,
            home=None,
            languages=tuple(_languages(setup, said.language)),
            contents=(),
            csv="",
            footer=(said("page.made"),),
            status=draft(said) if shelf == "drafts" else None,
            brand=brand(setup),
        ),
        kind=called,
        feed=feed_file(said.language) if shelf == "editions" else "",
        corrections=f"{CORRECTIONS}.{said.language}.html" if shelf == "editions" else "",
        note=said(f"editions.keep.{shelf}"),
        newest_title=said(f"editions.newest.{shelf}"),
        older_title=said(f"editions.older.{shelf}"),
        nothing_older=said(f"editions.none.{shelf}"),
        newest=tuple(_entry(one, _approved(one, setup, said), said) for one in current),
        older=tuple(
            _entry(one, _approved(one, setup, said) or _replaced(one, current, said), said)
            for one in editions
            if one not in current
        ),
    )


def _current(drafts: Sequence[Kept], setup: Setup) -> list[Kept]:
    """The newest of each wave, unless another edition was approved since: then nobody can approve it."""
    newest = {one.wave: one for one in reversed(drafts)}
    approved = latest(setup.workspace.reports)
    since = approved.id if approved else None
    return [one for one in drafts if one is newest[one.wave] and one.facts.get("since") == since]


def _replaced(draft: Kept, current: Sequence[Kept], said: Words) -> str:
    by = next((one.id for one in current if one.wave == draft.wave), None)
    return said("editions.replaced", edition=by) if by else said("editions.overtaken")


def _approved(one: Kept, setup: Setup, said: Words) -> str:
    if one.approved is None:
        return ""
    return said("editions.approved", day=day(one.approved.astimezone(setup.programme.timezone).date(), said))


def _languages(setup: Setup, current: Language) -> Iterator[Link]:
    for language in setup.programme.languages:
        called = words(language)("language")
        yield Link(called, f"index.{language}.html", language, language == current)


def _entry(one: Kept, status: str, said: Words) -> EditionEntry:
    first, last = (day(each, said) for each in (one.opens, one.closes))
    return EditionEntry(
        title=said.begin(one.facts["title"]),
        period=said("date.period", first=first, last=last),
        edition=one.id,
        status=status,
        links=tuple(
            Link(words(language)("language"), f"{one.id}/index.{language}.html", language)
            for language in one.languages
        ),
    )
