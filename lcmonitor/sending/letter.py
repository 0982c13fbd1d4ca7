"""What a mail says: the findings as they stand in the report, and the report itself or where it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path

from lcmonitor.programme.audience import Mail, Recipients
from lcmonitor.programme.load import Setup
from lcmonitor.reporting.letter_page import letter_page, report_path
from lcmonitor.reporting.pages import LetterPage
from lcmonitor.reporting.printing import print_pages
from lcmonitor.reporting.render import render
from lcmonitor.reporting.shelf import Kept
from lcmonitor.reporting.words import words

_UTF_8 = {"charset": "utf-8"}


@dataclass(frozen=True)
class Attached:
    """A report as a file."""

    name: str
    content: bytes

    def to(self, message: EmailMessage) -> None:
        """Put it in the mail."""
        if self.name.endswith(".pdf"):
            message.add_attachment(self.content, maintype="application", subtype="pdf", filename=self.name)
        else:
            message.add_attachment(
                self.content, maintype="text", subtype="html", filename=self.name, params=_UTF_8
            )


@dataclass(frozen=True)
class Letter:
    """What everyone of a group gets; only the recipient differs."""

    language: str
    subject: str
    plain: str
    html: str
    attachments: tuple[Attached, ...]


def letter(setup: Setup, edition: Kept, group: Recipients) -> Letter:
    """Every report must be there (see ``send``); a PDF that is not there is made (or raises LCM-385, 386)."""
    said = words(group.language, setup.workspace.report_overrides)
    page = letter_page(setup, edition, group, said)
    return Letter(
        language=group.language,
        subject=page.subject,
        plain=_plain(page),
        html=render(page, said, setup.workspace.report_overrides),
        attachments=tuple(Attached(file.name, file.read_bytes()) for file in _files(setup, edition, group)),
    )


def _files(setup: Setup, edition: Kept, group: Recipients) -> Sequence[Path]:
    pages = [report_path(setup, name, group.language) for name in group.reports]
    if group.send == "pdf":
        return print_pages(setup, edition.id, pages)
    return [edition.folder / page for page in pages] if group.send == "attach" else []


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
    for each in made.attachments:
        each.to(message)
    message["Content-Language"] = made.language  # last: what comes before takes such headers along
    return message
