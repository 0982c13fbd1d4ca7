"""An approved edition by mail: to everyone once, over a line that is checked, without a word about who."""

import json
import re
import signal
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from lcmonitor.errors import LcmonitorError, UsageError
from lcmonitor.reporting.pdf import maker
from lcmonitor.sending.send import PASSWORD as VARIABLE
from lcmonitor.sending.send import Sending
from lcmonitor.sending.send import send as send_
from tests.gallery.garden import Shell, tree
from tests.needs import lacking
from tests.sending.conftest import DAY, PASSWORD, USER, Certificate, Mailbox, Start, authenticate, configured

THREE = """
  - {name: financiers, addresses: [ada@example.org, bob@example.org]}
  - {name: community, language: en, addresses: [eve@example.org], reports: [programme, delta], send: link}
"""
PRINTED = """
  - {name: directie, addresses: [ada@example.org], reports: [quality], send: pdf}
  - {name: kantoor, addresses: [bob@example.org], reports: [quality]}
"""


def send(root: Path, again: bool = True) -> Sending:
    return send_(root, None, DAY, again)


def codes(root: Path) -> list[str]:
    with pytest.raises(LcmonitorError) as refused:
        send(root)
    return [message.code for message in refused.value.messages]


def test_everyone_gets_a_mail_of_their_own_once(approved: Path, start: Start) -> None:
    mailbox = Mailbox()
    configured(approved, start(mailbox), THREE)
    first = send(approved)
    assert (first.sent, first.before, first.refused, first.later, first.problems) == (3, 0, 0, 0, ())
    assert mailbox.to == ["ada@example.org", "bob@example.org", "eve@example.org"]
    for to, message in mailbox.given:
        assert message["To"] == to
        assert not {"Cc", "Bcc"} & set(message.keys())
        others = {"ada", "bob", "eve"} - {to.split("@")[0]}
        assert not [name for name in others if f"{name}@" in message.as_string()]
    again = send(approved)
    assert (again.sent, again.before) == (0, 3)
    assert len(mailbox.given) == 3


def test_a_mail_says_what_the_report_says(approved: Path, start: Start) -> None:
    mailbox = Mailbox()
    configured(approved, start(mailbox), THREE)
    edition = send(approved).edition
    folder = approved / "published" / "reports" / edition
    mail = mailbox.given[0][1]
    assert mail["Subject"] == "Tuinen: resultaten van voorjaar"
    assert mail["From"] == "Tuinen <monitor@example.org>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == "nl"
    assert mail["Date"].datetime == DAY
    assert mail["Message-ID"].startswith(f"<{edition}.")
    assert len({message["Message-ID"] for _, message in mailbox.given}) == 3
    plain, html = (mail.get_body((kind,)) for kind in ("plain", "html"))
    assert plain
    assert html
    page = (folder / "programme.nl.html").read_text()
    findings = re.findall(r'<p class="finding-text">(.*?)</p>', page)
    assert findings
    for finding in findings:
        assert finding in html.get_content()
        assert finding in plain.get_content()
    assert "3 februari 2026" in plain.get_content()
    (attached,) = mail.iter_attachments()
    assert attached.get_filename() == "programme.nl.html"
    assert attached.get_content() == page
    linked = mailbox.given[2][1]
    assert not list(linked.iter_attachments())
    body = linked.get_body(("plain",))
    assert body
    for path in ("programme.en.html", "communities/delta.en.html"):
        assert f"https://example.org/reports/{edition}/{path}" in body.get_content()
        assert (folder / path).is_file()


def test_nobody_is_named_where_it_is_written_down(approved: Path, start: Start) -> None:
    mailbox = Mailbox(answers={"bob@example.org": "550 no such user bob@example.org"})
    configured(approved, start(mailbox), THREE)
    sent = send(approved)
    written = b"".join(content for path, content in tree(approved / "data").items() if path != "store.duckdb")
    said = written.decode(errors="replace") + json.dumps(sent.as_json())
    assert not [name for name in ("ada", "bob", "eve") if f"{name}@" in said]
    (file,) = (approved / "data" / "sent").glob("*.jsonl")
    assert file.stat().st_mode & 0o777 == 0o600
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    assert [(line["group"], line["result"]) for line in lines] == [
        ("financiers", "sent"), ("financiers", "refused"), ("community", "sent"),
    ]  # fmt: skip
    assert all(re.fullmatch("[0-9a-f]{64}", line["to"]) for line in lines)


def test_a_refused_address_is_told_by_its_place_and_stops_nobody(
    approved: Path, start: Start, lcmonitor: Shell
) -> None:
    mailbox = Mailbox(answers={"bob@example.org": "550 no such user bob@example.org"})
    configured(approved, start(mailbox), THREE)
    done = lcmonitor("send", "--workspace", approved)
    assert done.exit_code == 4
    assert mailbox.to == ["ada@example.org", "eve@example.org"]
    lines = (approved / "programme.yml").read_text().splitlines()
    line = next(number for number, text in enumerate(lines, start=1) if "bob@" in text)
    assert done.err.startswith(f"LCM-465  programme.yml, line {line}:")
    assert "bob" not in done.said
    mailbox.answers.clear()
    assert send(approved, again=False).sent == 0  # a schedule does not insist
    assert send(approved).sent == 1
    assert mailbox.to[-1] == "bob@example.org"


def test_what_may_pass_is_sent_later(approved: Path, start: Start) -> None:
    mailbox = Mailbox(answers={"ada@example.org": "451 try again later"})
    configured(approved, start(mailbox), THREE)
    first = send(approved)
    assert (first.sent, first.later, [one.code for one in first.problems]) == (2, 1, ["LCM-466"])
    mailbox.answers.clear()
    assert send(approved, again=False).sent == 1
    assert mailbox.to == ["bob@example.org", "eve@example.org", "ada@example.org"]


def test_a_connection_that_is_lost_loses_one_mail_for_now(approved: Path, start: Start) -> None:
    mailbox = Mailbox(lost_after=1)
    configured(approved, start(mailbox), THREE)
    first = send(approved)
    assert (first.sent, first.later) == (2, 1)
    assert mailbox.to == ["ada@example.org", "eve@example.org"]
    assert send(approved).sent == 1
    assert sorted(mailbox.to) == ["ada@example.org", "bob@example.org", "eve@example.org"]


def test_killed_between_two_mails_nobody_who_was_written_down_gets_it_twice(
    approved: Path, start: Start
) -> None:
    mailbox = Mailbox()
    configured(approved, start(mailbox), THREE)
    script = (
        "import os, sys; from datetime import datetime, UTC; from pathlib import Path\n"
        "from lcmonitor.sending import delivered, send as sending\n"
        "add = delivered.Ledger.add\n"
        "def then_die(*a): add(*a); os.kill(os.getpid(), 9)\n"
        "delivered.Ledger.add = then_die\n"
        "sending.send(Path(sys.argv[1]), None, datetime(2026, 2, 3, 12, tzinfo=UTC))"
    )
    for number in (1, 2, 3):
        ended = subprocess.run(
            [sys.executable, "-c", script, str(approved)], capture_output=True, check=False
        )
        assert ended.returncode == -signal.SIGKILL
        assert len(mailbox.given) == number
    assert send(approved).before == 3
    assert sorted(mailbox.to) == ["ada@example.org", "bob@example.org", "eve@example.org"]


def test_a_line_that_a_crash_cut_off_counts_as_not_sent(approved: Path, start: Start) -> None:
    mailbox = Mailbox()
    configured(approved, start(mailbox), THREE)
    send(approved)
    (file,) = (approved / "data" / "sent").glob("*.jsonl")
    file.write_bytes(file.read_bytes()[:-30])
    assert send(approved).sent == 1
    assert (mailbox.to[-1], mailbox.given[-1][1]["Message-ID"]) == (
        "eve@example.org", mailbox.given[2][1]["Message-ID"],
    )  # fmt: skip
    assert send(approved).sent == 0


def test_with_starttls_and_a_login(
    approved: Path, start: Start, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.chain))
    monkeypatch.setenv(VARIABLE, PASSWORD)
    mailbox = Mailbox()
    port = start(
        mailbox, tls_context=certificate.context, require_starttls=True, auth_required=True,
        authenticator=authenticate,
    )  # fmt: skip
    configured(approved, port, THREE, f"user: {USER}")
    assert send(approved).sent == 3
    assert mailbox.secure == [True, True, True]


def test_with_tls_from_the_start(
    approved: Path, start: Start, certificate: Certificate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.chain))
    mailbox = Mailbox()
    configured(approved, start(mailbox, ssl_context=certificate.context), THREE, "security: tls")
    assert send(approved).sent == 3


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_that_nobody_vouches_for_gets_nothing(
    approved: Path, start: Start, certificate: Certificate, security: str
) -> None:
    mailbox = Mailbox()
    options = {"tls_context" if security == "starttls" else "ssl_context": certificate.context}
    configured(approved, start(mailbox, **options), THREE, f"security: {security}")
    assert codes(approved) == ["LCM-467"]
    assert mailbox.given == []


def test_a_server_without_starttls_gets_nothing(approved: Path, start: Start) -> None:
    mailbox = Mailbox()
    configured(approved, start(mailbox), THREE, "security: starttls")
    assert codes(approved) == ["LCM-467"]
    assert mailbox.given == []


def test_a_wrong_password_is_told_without_it(
    approved: Path, start: Start, certificate: Certificate, monkeypatch: pytest.MonkeyPatch, lcmonitor: Shell
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate.chain))
    monkeypatch.setenv(VARIABLE, "verkeerd geraden")
    port = start(Mailbox(), tls_context=certificate.context, auth_required=True, authenticator=authenticate)
    configured(approved, port, THREE, f"user: {USER}")
    done = lcmonitor("send", "--workspace", approved)
    assert done.exit_code == 4
    assert "LCM-467" in done.err
    assert "SMTP 535" in done.err, done.err
    assert "verkeerd" not in done.said


def test_without_a_password_or_a_server_it_says_so(approved: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert codes(approved) == ["LCM-463"]
    monkeypatch.delenv(VARIABLE, raising=False)
    configured(approved, 1, THREE, f"user: {USER}")
    assert codes(approved) == ["LCM-464"]
    monkeypatch.setenv(VARIABLE, PASSWORD)
    assert codes(approved) == ["LCM-467"]


def test_a_draft_is_never_sent(root: Path, start: Start, lcmonitor: Shell) -> None:
    mailbox = Mailbox()
    configured(root, start(mailbox), THREE)
    draft = next((root / "drafts").glob("[!.]*/")).name
    for words in ((), ("latest",), (draft,)):
        done = lcmonitor("send", *words, "--workspace", root)
        assert done.exit_code == 2
        assert done.err.startswith("LCM-462")
    assert mailbox.given == []


def test_what_an_edition_does_not_have_is_told_before_anybody_gets_it(approved: Path, start: Start) -> None:
    mailbox = Mailbox()
    configured(approved, start(mailbox), THREE)
    next((approved / "published" / "reports").glob("*/communities/delta.en.html")).unlink()
    assert codes(approved) == ["LCM-468"]
    assert mailbox.given == []


def test_no_header_can_be_smuggled_in(approved: Path, start: Start) -> None:
    """By a title with line ends, the name of a sender or of a group."""
    evil = '"x\\r\\nBcc: mallory@example.org\\r\\n\\r\\nhello"'
    mailbox = Mailbox()
    recipients = f"  - {{name: {evil}, addresses: [ada@example.org]}}\n"
    configured(approved, start(mailbox), recipients, f"security: none, name: {evil}")
    text = (approved / "programme.yml").read_text()
    title = "title: {nl: Tuinen, en: Gardens}"
    assert title in text
    (approved / "programme.yml").write_text(text.replace(title, f"title: {{nl: {evil}, en: {evil}}}"))
    assert send(approved).sent == 1
    ((to, mail),) = mailbox.given
    assert to == "ada@example.org"
    assert mail["Bcc"] is None
    assert [len(mail.get_all(name, [])) for name in ("Subject", "From", "To")] == [1, 1, 1]
    assert "Bcc: mallory" in mail["Subject"]


@pytest.mark.parametrize(
    "address",
    [
        "ada", "ada@", "@example.org", "ada@example.org\\r\\nBcc: eve@example.org", "Ada <ada@example.org>",
        "ada@example.org,eve@example.org", "adé@example.org", "ada@exa mple.org", '\\"ada\\"@example.org',
        "a" * 65 + "@example.org", "ada@example..org",
    ],
)  # fmt: skip
def test_what_is_no_address_is_told_without_it(root: Path, address: str, lcmonitor: Shell) -> None:
    configured(root, 25, f'  - {{name: x, addresses: ["{address}"]}}\n')
    done = lcmonitor("lint", "--workspace", root)
    assert done.exit_code == 4
    assert "LCM-396  programme.yml, line " in done.err
    assert "ada" not in done.said.replace("adres", "")


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ("recipients: [{name: x, addresses: [a@b.nl]}]", "LCM-395"),
        ("mail: {host: x, sender: a@b.nl, user: u, security: none}", "LCM-395"),
        ("address: example.org", "LCM-394"),
        ("address: 'https://example.org/?q=\"'", "LCM-394"),
        ("approval: {people: 3}", "LCM-308"),
        ("approval: {people: 0}", "LCM-308"),
    ],
)
def test_lint_finds_what_does_not_go_together(root: Path, settings: str, code: str, lcmonitor: Shell) -> None:
    with (root / "programme.yml").open("a") as programme:
        programme.write(f"{settings}\n")
    done = lcmonitor("lint", "--workspace", root)
    assert done.exit_code == 4
    assert f"{code}  programme.yml, line " in done.err


@pytest.mark.parametrize(
    ("recipients", "code"),
    [
        ("  - {name: x, addresses: [a@b.nl], reports: [nobody]}\n", "LCM-307"),
        ("  - {name: x, addresses: [a@b.nl, A@b.nl]}\n", "LCM-396"),
        ("  - {name: x, addresses: []}\n", "LCM-338"),
    ],
)
def test_lint_finds_what_cannot_be_sent(root: Path, recipients: str, code: str, lcmonitor: Shell) -> None:
    configured(root, 25, recipients)
    done = lcmonitor("lint", "--workspace", root)
    assert done.exit_code == 4
    assert f"{code}  programme.yml, line " in done.err


def test_a_group_that_asks_for_pdf_gets_the_report_as_pdf(approved: Path, start: Start) -> None:
    """Made for it once, where nobody made it before; another group still gets the page."""
    try:
        maker()
    except UsageError as missing:
        lacking(str(missing))
    mailbox = Mailbox()
    configured(approved, start(mailbox), PRINTED)
    edition = send(approved).edition
    folder = approved / "published" / "pdf" / edition
    assert [path.relative_to(folder).as_posix() for path in folder.rglob("*.pdf")] == ["quality.nl.pdf"]
    printed, page = (list(message.iter_attachments()) for _, message in mailbox.given)
    assert [each.get_filename() for each in page] == ["quality.nl.html"]
    (pdf,) = printed
    assert (pdf.get_content_type(), pdf.get_filename()) == ("application/pdf", "quality.nl.pdf")
    assert pdf.get_content() == (folder / "quality.nl.pdf").read_bytes()
    said = "".join(one.extract_text() for one in PdfReader(BytesIO(pdf.get_content())).pages)
    assert edition in said
    body = mailbox.given[0][1].get_body(("plain",))
    assert body
    assert "als PDF bij deze mail" in body.get_content()


def test_where_no_pdf_can_be_made_it_says_so_before_anybody_gets_mail(
    approved: Path, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    mailbox = Mailbox()
    configured(approved, start(mailbox), PRINTED)
    monkeypatch.setitem(sys.modules, "weasyprint", None)  # as where it is not installed
    assert codes(approved) == ["LCM-385"]
    assert mailbox.given == []
