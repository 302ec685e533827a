"""What an endpoint may do to us: lead inside by redirects, show a wrong certificate, answer without end."""

from __future__ import annotations

import asyncio
import datetime
import ipaddress
import ssl
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from schema.identity import new_id
from schema.vocabulary import AttemptStatus
from services.notifications.channels.documents import Documents
from services.notifications.channels.webhook import Post, WebhookChannel
from services.scoped_documents import ScopedDocuments
from services.sealing import Sealer
from tests.events.conftest import SECRET

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.events.conftest import Country

pytestmark = pytest.mark.usefixtures("country")


@pytest.fixture
async def channel(country: Country) -> AsyncIterator[WebhookChannel]:
    settings = country.settings
    documents = Documents(country.pool, ScopedDocuments(country.pool, settings).answer)
    async with WebhookChannel(Sealer(settings), documents, timeout=2, inside_allowed=True) as made:
        yield made


def post(url: str) -> Post:
    return Post(new_id(), url, (SECRET,), b"{}")


class Answering(asyncio.Protocol):
    """Answers every request with the same bytes and keeps what came."""

    def __init__(self, answer: bytes, came: list[bytes], transports: list[asyncio.Transport]) -> None:
        self._answer, self._came, self._transports = answer, came, transports
        self._read = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transports.append(transport)

    def data_received(self, data: bytes) -> None:
        self._read += data
        if b"\r\n\r\n" in self._read:
            self._came.append(self._read)
            self._read = b""
            self._transports[-1].write(self._answer)
            self._transports[-1].close()


@asynccontextmanager
async def answering(
    answer: bytes, context: ssl.SSLContext | None = None
) -> AsyncIterator[tuple[int, list[bytes]]]:
    """Answer everything with the same bytes; give the port and the requests that came."""
    came: list[bytes] = []
    transports: list[asyncio.Transport] = []
    server = await asyncio.get_running_loop().create_server(
        lambda: Answering(answer, came, transports), "127.0.0.1", 0, ssl=context
    )
    async with server:
        yield server.sockets[0].getsockname()[1], came
        for transport in transports:
            transport.abort()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_no_redirect_is_followed_to_a_place_inside(channel: WebhookChannel, status: int) -> None:
    async with answering(b"HTTP/1.1 204 No Content\r\n\r\n") as (inside, reached):
        target = f"http://127.0.0.1:{inside}/latest/meta-data/"
        redirect = f"HTTP/1.1 {status} Elsewhere\r\nlocation: {target}\r\ncontent-length: 0\r\n\r\n"
        async with answering(redirect.encode()) as (port, came):
            outcome = await channel.post(post(f"http://127.0.0.1:{port}/hook"))
    assert (outcome.status, outcome.response_code) == (AttemptStatus.FAILED, status)
    assert "not followed" in str(outcome.problem)
    assert len(came) == 1
    assert reached == []


def certificate(folder: Path, name: str, days: int) -> ssl.SSLContext:
    """Make a certificate nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    names: list[x509.GeneralName] = [x509.DNSName(name), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - datetime.timedelta(days=30))
        .not_valid_after(now + datetime.timedelta(days=days))
        .add_extension(x509.SubjectAlternativeName(names), critical=False).sign(key, hashes.SHA256())
    )  # fmt: skip
    path = folder / f"{name}.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


@pytest.mark.parametrize(("name", "days"), [("localhost", 30), ("elsewhere.example", 30), ("localhost", -1)])
async def test_a_certificate_nobody_vouches_for_ends_the_attempt_before_anything_is_said(
    channel: WebhookChannel, tmp_path: Path, name: str, days: int
) -> None:
    async with answering(b"HTTP/1.1 204 No Content\r\n\r\n", certificate(tmp_path, name, days)) as (
        port,
        came,
    ):
        outcome = await channel.post(post(f"https://localhost:{port}/hook"))
    assert outcome.status is AttemptStatus.FAILED
    assert "certificate" in str(outcome.problem).lower(), outcome.problem
    assert came == []


async def test_an_endpoint_that_speaks_no_tls_is_told_so(channel: WebhookChannel) -> None:
    async with answering(b"HTTP/1.1 204 No Content\r\n\r\n") as (port, _came):
        outcome = await channel.post(post(f"https://127.0.0.1:{port}/hook"))
    assert outcome.status is AttemptStatus.FAILED
    assert outcome.response_code is None


@pytest.mark.parametrize(
    ("answer", "remark"),
    [
        (
            b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 20\r\n\r\n<html>thanks</html>\n",
            "web page",
        ),
        (b"HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 2\r\n\r\nok", None),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 9999999999\r\n\r\n" + b"x" * 200_000, None),
    ],
)
async def test_what_an_endpoint_says_beside_its_status_is_not_read_to_the_end(
    channel: WebhookChannel, answer: bytes, remark: str | None
) -> None:
    async with answering(answer) as (port, _came):
        outcome = await channel.post(post(f"http://127.0.0.1:{port}/hook"))
    assert (outcome.status, outcome.response_code) == (AttemptStatus.SUCCEEDED, 200)
    assert (outcome.problem is None) if remark is None else (remark in (outcome.problem or ""))


@pytest.mark.parametrize(
    "answer", [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 999999 Odd\r\n\r\n", b"SSH-2.0-x\r\n"]
)
async def test_what_is_no_answer_is_a_failure_with_a_reason(channel: WebhookChannel, answer: bytes) -> None:
    async with answering(answer) as (port, _came):
        outcome = await channel.post(post(f"http://127.0.0.1:{port}/hook"))
    assert outcome.status is AttemptStatus.FAILED
    assert outcome.problem
