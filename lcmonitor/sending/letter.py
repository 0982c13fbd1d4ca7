"""What a mail says: the findings as they stand in the report, and the report itself or where it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from lcmonitor.programme.audience import Mail, Recipients
from lcmonitor.programme.load import Setup
from lcmonitor.programme.recipients import PROGRAMME
from lcmonitor.reporting.dates import day
from lcmonitor.reporting.pages import LetterPage
from lcmonitor.reporting.parts import Link, Noted
from lcmonitor.reporting.render import render
from lcmonitor.reporting.report_text import findings_of, title_of
from lcmonitor.reporting.shelf import Kept
from lcmonitor.reporting.words import Words, words

_UTF_8 = {"charset": "utf-8"}


@dataclass(frozen=True)
class Letter:
    """What everyone of a group gets; only the recipient differs."""

    language: str
    subject: str
    plain: str
    html: str
    attachments: tuple[tuple[str, bytes], ...]


def report_path(name: str, language: str) -> str:
    """Where a report lies in an edition, by the name that programme.yml gives it."""
    return f"{name}.{language}.html" if name == PROGRAMME else f"communities/{name}.{language}.html"


def letter(setup: Setup, edition: Kept, group: Recipients) -> Letter:
    """Every report must be there (see ``send``)."""
    said = words(group.language, setup.workspace.report_overrides)
    paths = [report_path(name, group.language) for name in group.reports]
    page = _page(setup, edition, group, paths, said)
    attached = [edition.folder / path for path in paths] if group.send == "attach" else []
    return Letter(
        language=group.language,
        subject=page.subject,
        plain=_plain(page),
        html=render(page, said, setup.workspace.report_overrides),
        attachments=tuple((file.name, file.read_bytes()) for file in attached),
    )


def _page(setup: Setup, edition: Kept, group: Recipients, paths: Sequence[str], said: Words) -> LetterPage:
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
        reports=tuple(_noted(setup, edition, path, linked) for path in paths),
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


def _plain(page: LetterPage) -> str:
    """The same without marks, a paragraph a thought."""
    parts = [page.intro, *([page.caution] if page.caution else [])]
    for report in page.reports:
        parts.append("\n".join(filter(None, (report.report.text, report.report.href))))
        parts += [f"* {text}\n  {detail}" for text, detail in report.findings]
    return "\n\n".join([*parts, "-- \n" + "\n".join(page.notes)]) + "\n"


def addressed(made: Letter, mail: Mail, title: str, to: str, identity: str, now: datetime) -> EmailMessage:
    """The mail to one recipient. ``identity``: what makes the Message-ID, the same in every attempt."""
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(mail.name or title, addr_spec=mail.sender)
    message["To"] = Address(addr_spec=to)
    message["Subject"] = made.subject
    message["Date"] = format_datetime(now)
    message["Message-ID"] = f"<{identity}@{mail.sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    if mail.reply_to:
        message["Reply-To"] = Address(addr_spec=mail.reply_to)
    if mail.list_id:
        message["List-Id"] = f"<{mail.list_id}>"
    message.set_content(made.plain)
    message.add_alternative(made.html, subtype="html")
    for name, content in made.attachments:
        message.add_attachment(content, maintype="text", subtype="html", filename=name, params=_UTF_8)
    message["Content-Language"] = made.language  # last: what comes before takes such headers along
    return message
