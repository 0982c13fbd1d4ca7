"""The list of editions beside them, newest first. It is the one page that changes."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from lcmonitor.files import write_whole
from lcmonitor.programme.load import Setup
from lcmonitor.reporting.brand import brand
from lcmonitor.reporting.dates import day
from lcmonitor.reporting.pages import EditionsPage, Page
from lcmonitor.reporting.parts import EditionEntry, Link
from lcmonitor.reporting.render import render
from lcmonitor.reporting.words import Words, words


def write_editions(folder: Path, setup: Setup) -> None:
    """Write ``index.html`` for the editions in ``folder``; the same list leaves the file untouched."""
    overrides = setup.workspace.report_overrides
    spoken = words(setup.programme.languages[0], overrides)
    content = render(editions_page(_editions(folder), setup, spoken), spoken, overrides).encode()
    index = folder / "index.html"
    if index.is_file() and index.read_bytes() == content:
        return
    write_whole(index, content, 0o644)


def _editions(folder: Path) -> list[Mapping[str, Any]]:
    """What each edition says of itself: the newest wave first, and of one wave the edition made last."""
    files = sorted(folder.glob("[!.]*/edition.json"), key=lambda file: (file.stat().st_mtime_ns, file))
    told: list[Mapping[str, Any]] = [json.loads(file.read_text(encoding="utf-8")) for file in reversed(files)]
    return sorted(told, key=lambda facts: str(facts["opens"]), reverse=True)


def editions_page(editions: Sequence[Mapping[str, Any]], setup: Setup, spoken: Words) -> EditionsPage:
    """``editions``: at least one, newest first."""
    title = spoken.of(setup.programme.title)
    entries = [_entry(facts, spoken) for facts in editions]
    return EditionsPage(
        page=Page(
            language=spoken.language,
            title=f"{spoken('editions.title')} · {title}",
            kicker=", ".join(setup.programme.funders),
            heading=title,
            edition="",
            simulated=setup.programme.simulated,
            home=None,
            languages=(),
            contents=(),
            csv="",
            footer=(spoken("page.made"),),
            brand=brand(setup),
        ),
        newest=entries[0],
        older=tuple(entries[1:]),
    )


def _entry(facts: Mapping[str, Any], spoken: Words) -> EditionEntry:
    first, last = (day(date.fromisoformat(facts[key]), spoken) for key in ("opens", "closes"))
    return EditionEntry(
        title=spoken.begin(facts["title"]),
        period=spoken("date.period", first=first, last=last),
        edition=facts["edition"],
        links=tuple(
            Link(words(language)("language"), f"{facts['edition']}/index.{language}.html", language)
            for language in facts["languages"]
        ),
    )
