"""``lcmonitor send``: an approved edition to everyone in programme.yml who has not had it.

Each mail that the server accepted is written down before the next one goes. A run that is killed between the
two sends that one mail again, under the same Message-ID: better twice than never, and nothing can be both.
"""

import logging
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from smtplib import SMTP

from lcmonitor.documents import Document, load
from lcmonitor.errors import Message, UsageError, WorkspaceError
from lcmonitor.programme.audience import Mail, Recipients
from lcmonitor.programme.load import Setup, load_workspace
from lcmonitor.programme.secret import secret
from lcmonitor.reporting.letter_page import report_path
from lcmonitor.reporting.shelf import Kept, find, kept, latest
from lcmonitor.sending.delivered import Ledger, hashed
from lcmonitor.sending.letter import Letter, addressed, letter
from lcmonitor.sending.post import Answer, connected, hand_over, is_open
from lcmonitor.store.file import locked

PASSWORD = "LCMONITOR_SMTP_PASSWORD"  # noqa: S105  the name of a variable, not what is in it
_TOLD = {"refused": "LCM-465", "later": "LCM-466"}

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Sending:
    """What came of it: how many mails were sent now, before, refused, or left for later."""

    edition: str
    sent: int
    before: int
    refused: int
    later: int
    problems: tuple[Message, ...]

    def as_json(self) -> dict[str, object]:
        """For ``lcmonitor send --json``."""
        told = [{"code": one.code, "place": one.place, "message": one.as_json()} for one in self.problems]
        return {**vars(self), "problems": told}


@dataclass(frozen=True)
class _Due:
    """One mail. ``place``: of the address in programme.yml, to name it by; ``number``: of its group."""

    to: str
    place: str
    number: int
    group: Recipients
    recipient: str


def send(root: Path, name: str | None, now: datetime, again: bool = True) -> Sending:
    """Send edition ``name``, or the one that was approved last. ``again``: also to who was refused before.

    Raises UsageError (LCM-462, LCM-463, LCM-464; LCM-385, LCM-386 without what makes PDFs), WorkspaceError
    (LCM-467, LCM-468), and BusyError (LCM-401) while another run sends the same.
    """
    setup = load_workspace(root)
    mail, edition = _mail(setup), _edition(setup, name)
    password = _password(mail)
    letters = [letter(setup, edition, group) for group in _able(setup, edition)]
    file = setup.workspace.deliveries / f"{edition.id}.jsonl"
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with locked(file, exclusive=True):
        ledger, key = Ledger(file), secret(setup.workspace)
        settled = {who for who, result in ledger.results().items() if result == "sent" or not again}
        every = list(_everyone(setup, key))
        due = [one for one in every if one.recipient not in settled]
        errand = _Errand(setup, mail, password, edition, letters, ledger, now)
        answers = list(zip(due, errand.run(due), strict=True))
    counts = Counter(answer for _, answer in answers)
    problems = tuple(Message(_TOLD[answer], one.place) for one, answer in answers if answer in _TOLD)
    return Sending(
        edition.id, counts["sent"], len(every) - len(due), counts["refused"], counts["later"], problems
    )


@dataclass(frozen=True)
class _Errand:
    setup: Setup
    mail: Mail
    password: str
    edition: Kept
    letters: list[Letter]  # one a group
    ledger: Ledger
    now: datetime

    def run(self, due: list[_Due]) -> Iterator[Answer]:
        """An answer for each, in order; a connection that is lost is made again for those that are left."""
        left = list(due)
        while left:
            with connected(self.mail, self.password) as session:
                yield self._one(session, left.pop(0))
                while left and is_open(session):
                    yield self._one(session, left.pop(0))

    def _one(self, session: SMTP, one: _Due) -> Answer:
        title = self.setup.programme.title[one.group.language]
        identity = f"{self.edition.id}.{one.recipient[:32]}"
        message = addressed(self.letters[one.number], self.mail, title, one.to, identity, self.now)
        answer = hand_over(session, message, self.mail.sender, one.to)
        if answer != "later":
            self.ledger.add(one.recipient, one.group.name, answer, self.now)
        log.info("mailed", extra={"blanks": {"place": one.place, "answer": answer}})
        return answer


def _everyone(setup: Setup, key: bytes) -> Iterator[_Due]:
    document: Document = load(setup.workspace.programme, setup.workspace.root)
    for index, group in enumerate(setup.programme.recipients):
        for nth, to in enumerate(group.addresses):
            place = document.place(("recipients", index, "addresses", nth))
            yield _Due(to, place, index, group, hashed(to, key))


def _mail(setup: Setup) -> Mail:
    if not setup.programme.mail or not setup.programme.recipients:
        raise UsageError(Message("LCM-463", setup.workspace.programme.name))
    return setup.programme.mail


def _edition(setup: Setup, name: str | None) -> Kept:
    """Raises UsageError (LCM-462) for a draft, or where nothing of that name was approved."""
    folder = setup.workspace.reports
    found = latest(folder) if name in (None, "latest") else find(folder, name)
    if found is None:
        known = ", ".join(one.id for one in kept(folder)) or "–"
        raise UsageError(Message("LCM-462", name or "latest", {"known": known}))
    return found


def _password(mail: Mail) -> str:
    password = os.environ.get(PASSWORD, "")
    if mail.user and not password:
        raise UsageError(Message("LCM-464", PASSWORD))
    return password


def _able(setup: Setup, edition: Kept) -> tuple[Recipients, ...]:
    """Every group. Raises WorkspaceError (LCM-468) when the edition lacks a report that one shall get."""
    groups = setup.programme.recipients
    wanted = {report_path(setup, name, group.language) for group in groups for name in group.reports}
    lacking = sorted(path for path in wanted if not (edition.folder / path).is_file())
    if lacking:
        raise WorkspaceError(*(Message("LCM-468", edition.id, {"report": path}) for path in lacking))
    return groups
