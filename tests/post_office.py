"""A mail server on this machine that keeps what it gets and misbehaves on command."""

from __future__ import annotations

import asyncio
import socket
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default
from typing import TYPE_CHECKING, Any

import pytest
from aiosmtpd.smtp import SMTP

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from email.message import EmailMessage


@dataclass
class PostOffice:
    """A mail server on this machine that keeps what it gets and answers as it is told."""

    url: str = ""
    letters: list[EmailMessage] = field(default_factory=list)
    senders: list[str] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    connections: int = 0
    pause: Callable[[], Awaitable[None]] | None = None
    hang_up: bool = False

    async def handle_RCPT(self, *given: Any) -> str:  # noqa: N802 - the name aiosmtpd looks for
        _server, _session, envelope, address, _options = given
        if answer := self.answers.get(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - as above
        if self.pause:
            await self.pause()
        if self.hang_up:
            server.transport.abort()
            return "250 OK"
        self.senders.append(envelope.mail_from)
        self.letters.append(message_from_bytes(envelope.content, policy=default))
        return self.answers.get("DATA", "250 OK")


@pytest.fixture
async def post_office() -> AsyncIterator[PostOffice]:
    office = PostOffice()

    def connected() -> SMTP:
        office.connections += 1
        return SMTP(office, hostname="mail.test", enable_SMTPUTF8=True)

    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    server = await asyncio.get_running_loop().create_server(connected, sock=listener)
    office.url = f"smtp://127.0.0.1:{listener.getsockname()[1]}"
    yield office
    server.close()
