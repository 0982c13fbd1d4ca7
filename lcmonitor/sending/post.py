"""The mail server: a connection that is checked, and what it says to each mail."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from typing import Literal

from lcmonitor.errors import Message, WorkspaceError
from lcmonitor.programme.audience import Mail

_PATIENCE = 30  # seconds without a word from the server
_CLOSING = 421  # "I am going", whatever was asked

Answer = Literal["sent", "refused", "later"]


@contextmanager
def connected(mail: Mail, password: str) -> Iterator[smtplib.SMTP]:
    """A session that mails can be given to. Raises WorkspaceError (LCM-467) where there can be none."""
    try:
        session = _session(mail, password)
    except (OSError, smtplib.SMTPException) as error:
        raise WorkspaceError(
            Message("LCM-467", f"{mail.host}:{mail.used_port}", {"problem": _kind(error)})
        ) from None
    try:
        yield session
    finally:
        with suppress(OSError, smtplib.SMTPException):
            session.quit()


def _session(mail: Mail, password: str) -> smtplib.SMTP:
    """Never without the encryption that was asked for, nor with a certificate that is not the server's."""
    verified = ssl.create_default_context()
    if mail.security == "tls":
        session: smtplib.SMTP = smtplib.SMTP_SSL(
            mail.host, mail.used_port, timeout=_PATIENCE, context=verified
        )
    else:
        session = smtplib.SMTP(mail.host, mail.used_port, timeout=_PATIENCE)
    try:
        if mail.security == "starttls":
            session.starttls(context=verified)
        if mail.user:
            session.login(mail.user, password)
    except BaseException:
        session.close()
        raise
    return session


def hand_over(session: smtplib.SMTP, message: EmailMessage, sender: str, to: str) -> Answer:
    """Give one mail to the server. What it says may repeat an address, so only the kind of answer is kept."""
    try:
        session.send_message(message, sender, [to])
    except smtplib.SMTPRecipientsRefused as error:
        return _answer(error.recipients[to][0])
    except smtplib.SMTPSenderRefused:
        return "later"  # it is about us, not about who gets it
    except smtplib.SMTPResponseException as error:
        return _answer(error.smtp_code)
    except (OSError, smtplib.SMTPException):
        return "later"
    return "sent"


def is_open(session: smtplib.SMTP) -> bool:
    """Whether the server still listens."""
    try:
        return int(session.noop()[0]) != _CLOSING
    except (OSError, smtplib.SMTPException):
        return False


def _answer(code: int) -> Answer:
    """5xx is for good; everything else may pass."""
    return "refused" if 500 <= code < 600 else "later"


def _kind(error: Exception) -> str:
    """What went wrong, without a word that may name anybody."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"TLS: {error.verify_message}"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"SMTP {error.smtp_code}"
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "STARTTLS, AUTH"
    return type(error).__name__
