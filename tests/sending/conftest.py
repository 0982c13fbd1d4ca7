"""A real mail server on loopback, and an approved edition to send."""

import asyncio
import socket
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from lcmonitor.approval.approve import approve
from tests.approval.conftest import drafted, root
from tests.gallery.conftest import lcmonitor

__all__ = ["drafted", "lcmonitor", "root"]

DAY = datetime(2026, 2, 3, 12, tzinfo=UTC)
USER, PASSWORD = "monitor", "geheim wachtwoord"


@dataclass
class Certificate:
    """A made-up server's, signed by itself."""

    chain: Path
    key: Path

    @property
    def context(self) -> ssl.SSLContext:
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        made.load_cert_chain(self.chain, self.key)
        return made


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    folder = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    chain, private = folder / "server.pem", folder / "server.key"
    chain.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return Certificate(chain, private)


@dataclass
class Mailbox:
    """What the server was given. ``answers``: what it says to a recipient instead of yes."""

    answers: dict[str, str] = field(default_factory=dict)
    lost_after: int = -1  # mails, after which the connection is cut
    given: list[tuple[str, EmailMessage]] = field(default_factory=list)
    secure: list[bool] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 -- its name is aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if len(self.given) == self.lost_after:
            self.lost_after = -1
            assert isinstance(server.transport, asyncio.WriteTransport)
            server.transport.abort()
            return "421 gone"
        assert isinstance(envelope.content, bytes)
        message = message_from_bytes(envelope.content, policy=default)
        assert isinstance(message, EmailMessage)
        (to,) = envelope.rcpt_tos
        self.given.append((to, message))
        self.secure.append(session.ssl is not None)
        return "250 OK"

    @property
    def to(self) -> list[str]:
        return [to for to, _ in self.given]


Start = Callable[..., int]


@pytest.fixture
def start(certificate: Certificate) -> Iterator[Start]:
    """Starts a server for a mailbox; gives its port."""
    running: list[Controller] = []

    def begin(mailbox: Mailbox, **options: Any) -> int:
        with socket.create_server(("127.0.0.1", 0)) as free:  # the controller itself knows no port 0
            port = int(free.getsockname()[1])
        controller = Controller(mailbox, hostname="127.0.0.1", port=port, **options)
        controller.start()
        running.append(controller)
        return port

    yield begin
    for controller in running:
        controller.stop()


def authenticate(
    _server: object, _session: object, _envelope: object, _way: object, data: object
) -> AuthResult:
    assert isinstance(data, LoginPassword)
    known = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
    return AuthResult(success=known, handled=False)


@pytest.fixture
def approved(root: Path) -> Path:
    """The same workspace, with its edition approved."""
    approve(root, "latest", "A. de Vries", DAY)
    return root


def configured(root: Path, port: int, recipients: str, settings: str = "security: none") -> Path:
    with (root / "programme.yml").open("a") as programme:
        programme.write(
            f"mail: {{host: 127.0.0.1, port: {port}, sender: monitor@example.org, {settings}}}\n"
            f"address: https://example.org/reports\nrecipients:\n{recipients}"
        )
    return root
