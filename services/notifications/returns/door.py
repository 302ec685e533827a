"""The door letters come back to: a small SMTP server that takes reports on our own letters and nothing else."""

from __future__ import annotations

import asyncio
import logging
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import structlog
from aiosmtpd.smtp import SMTP

from schema.vocabulary import Channel, DeliveryStatus
from services.notifications.returns.records import Noted, note
from services.notifications.returns.reports import read_report
from services.outages import DATABASE_AWAY

if TYPE_CHECKING:
    import socket
    from collections.abc import AsyncIterator

    import asyncpg
    from aiosmtpd.smtp import Envelope, Session

    from services.notifications.measures import Measures
    from services.notifications.returns.addresses import ReturnAddresses

log = structlog.get_logger(__name__)

LARGEST: Final = 256 * 1024
MOST_BROUGHT: Final = 2 * LARGEST
MOST_AT_ONCE: Final = 20
_SILENCE: Final = 30.0
_LONGEST: Final = 120.0
_COMMANDS: Final = 30
_NO_MAILBOX: Final = "550 5.1.1 there is no such mailbox"
_LATER: Final = "451 4.3.0 not now, try again"


class _Visit(SMTP):
    """One connection: it ends after a while whatever is said, and there are never too many."""

    def __init__(self, door: Door, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(
            door, hostname=door.addresses.domain, ident="Khoosheh", data_size_limit=LARGEST, timeout=_SILENCE,
            command_call_limit=_COMMANDS, loop=loop,
        )  # fmt: skip
        self._door = door
        self._end: asyncio.TimerHandle | None = None
        self._brought = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Let somebody in, if there is room."""
        if self._door.visits >= MOST_AT_ONCE:
            transport.abort()  # type: ignore[attr-defined]  # what asyncio gives to a stream has it
            return
        self._door.visits += 1
        self._end = self.loop.call_later(_LONGEST, transport.abort)  # type: ignore[attr-defined]  # as above
        super().connection_made(transport)

    def data_received(self, data: bytes) -> None:
        """Take what is said, but no more than one visit may bring; a line that never ends is cut off here."""
        self._brought += len(data)
        if self._brought <= MOST_BROUGHT:
            super().data_received(data)
        elif self.transport is not None:
            self.transport.abort()  # type: ignore[attr-defined]  # as above

    def connection_lost(self, error: Exception | None) -> None:
        """Make room for others."""
        if self._end is None:
            return
        self._door.visits -= 1
        self._end.cancel()
        self._end = None
        super().connection_lost(error)


@dataclass(slots=True)
class Door:
    """Judges what mail servers bring; the names of its methods are those that aiosmtpd calls."""

    pool: asyncpg.Pool[asyncpg.Record]
    addresses: ReturnAddresses
    measures: Measures
    visits: int = 0

    async def handle_RCPT(  # noqa: N802 - the name aiosmtpd looks for
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take what comes back to an address that we made, one at a time."""
        if self.addresses.read(address) is None:
            self.measures.returned("refused")
            return _NO_MAILBOX
        if envelope.rcpt_tos:
            return "452 4.5.3 one recipient at a time"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - as above
        """Note what a report says; whatever else is brought is taken and forgotten."""
        returned = self.addresses.read(envelope.rcpt_tos[0])
        if returned is None:
            return _NO_MAILBOX
        report = await asyncio.to_thread(read_report, bytes(envelope.original_content or b""))
        if report is None:
            self.measures.returned("no_report")
            return "250 OK"
        try:
            noted = await note(self.pool, returned, report)
        except DATABASE_AWAY as error:
            log.warning(
                "the database does not answer; a report has to come again", error=type(error).__name__
            )
            return _LATER
        except Exception:
            log.exception("a report could not be noted; it has to come again")
            return _LATER
        self.measures.returned(noted.value)
        if noted is Noted.TOO_EARLY:
            return _LATER
        if noted is Noted.BOUNCED:
            self.measures.delivered(Channel.EMAIL, DeliveryStatus.EXHAUSTED)
        if noted is not Noted.NOTHING:
            log.info("a letter came back", what=noted.value, about=str(returned.id), code=report.code)
        return "250 OK"


@asynccontextmanager
async def open_door(
    listener: socket.socket | None,
    pool: asyncpg.Pool[asyncpg.Record],
    addresses: ReturnAddresses,
    measures: Measures,
) -> AsyncIterator[None]:
    """Take in what comes back for as long as the block lasts; without a listener there is no door."""
    if listener is None:
        yield
        return
    # It tells every line of every conversation, and with them the addresses of people.
    logging.getLogger("mail.log").setLevel(logging.ERROR)
    loop, door = asyncio.get_running_loop(), Door(pool, addresses, measures)
    server = await loop.create_server(lambda: _Visit(door, loop), sock=listener)
    try:
        yield
    finally:
        server.close()
