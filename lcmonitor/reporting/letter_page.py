"""The words of a mail: the findings as they stand in the report, and where that is."""

from collections.abc import Iterator

from lcmonitor.programme.audience import Recipients
from lcmonitor.programme.load import Setup
from lcmonitor.programme.recipients import PROGRAMME, QUALITY
from lcmonitor.reporting.dates import day
from lcmonitor.reporting.pages import LetterPage
from lcmonitor.reporting.parts import Link, Noted
from lcmonitor.reporting.report_text import findings_of, title_of
from lcmonitor.reporting.shelf import Kept
from lcmonitor.reporting.words import Words


def report_path(setup: Setup, name: str, language: str) -> str:
    """Where a report lies in an edition, by the name that programme.yml gives it."""
    if name in (PROGRAMME, QUALITY):
        return f"{name}.{language}.html"
    return f"{'communities' if name in setup.communities else 'sectors'}/{name}.{language}.html"


def letter_page(setup: Setup, edition: Kept, group: Recipients, said: Words) -> LetterPage:
    """The mail to a group, about an approved edition."""
    programme = setup.programme
    title, wave = said.of(programme.title), said.of(edition.facts["title"])
    assert edition.approved
    on = day(edition.approved.astimezone(programme.timezone).date(), said)
    linked = group.send == "link"
    return LetterPage(
        language=group.language,
        subject=" ".join(said("letter.subject", programme=title, wave=wave).split()),
        intro=said(f"letter.intro.{group.send}", programme=title, wave=wave, day=on),
        caution=said("letter.simulated") if programme.simulated else "",
        reports=tuple(
            _noted(setup, edition, report_path(setup, name, group.language), linked) for name in group.reports
        ),
        notes=tuple(_notes(setup, edition, group, said)),
    )


def _noted(setup: Setup, edition: Kept, path: str, linked: bool) -> Noted:
    file = edition.folder / path
    href = f"{setup.programme.base}{edition.id}/{path}" if linked else ""
    found = tuple((one.text, one.detail) for one in findings_of(file))
    return Noted(Link(title_of(file), href), found)


def _notes(setup: Setup, edition: Kept, group: Recipients, said: Words) -> Iterator[str]:
    yield said("letter.edition", edition=edition.id)
    if setup.programme.contact:
        yield said("page.contact", contact=setup.programme.contact)
    yield said("letter.why", group=group.name, programme=said.of(setup.programme.title))
