"""Sends letters about accounts: opens what was sealed, builds the letter, hands it in, empties the row."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import orjson
import structlog

from schema.vocabulary import AttemptStatus, Channel, DeliveryStatus
from services.notifications.backoff import wait_after
from services.notifications.letters.for_accounts import compose
from services.notifications.returns.addresses import ReturnAddresses
from services.notifications.returns.records import mark_address
from services.outages import DATABASE_AWAY
from services.sealing import SealBroken

if TYPE_CHECKING:
    from collections.abc import Mapping
    from email.message import EmailMessage
    from uuid import UUID

    import asyncpg

    from services.notifications.letters.mailer import Mailer
    from services.notifications.measures import Measures
    from services.sealing import Sealer
    from services.settings import Settings

log = structlog.get_logger(__name__)

_AT_A_TIME: Final = 20
_LEASE: Final = timedelta(minutes=2)
_FIRST_RETRY: Final = 10.0

# The next attempt is put off as the letter is taken, so a worker that dies with it delays it and loses nothing.
_TAKE: Final = """
update letter set attempts = attempts + 1, due_at = now() + $2 where id in (
  select id from letter where sent_at is null and given_up_at is null and due_at <= now()
  order by due_at limit $1 for update skip locked)
returning id, kind, sealed, attempts, expires_at, expires_at <= now() as late
"""
_SENT: Final = "update letter set sent_at = now(), sealed = '', revision = revision + 1 where id = $1"
_GIVEN_UP: Final = "update letter set given_up_at = now(), sealed = '', revision = revision + 1 where id = $1"
_WHOSE: Final = "select id from app_user where email = lower($1)"
_LATER: Final = "update letter set due_at = now() + $2 * interval '1 second' where id = $1"


class AccountLetters:
    """The letters of one database, as one worker sends them."""

    def __init__(
        self,
        pool: asyncpg.Pool[asyncpg.Record],
        settings: Settings,
        sealer: Sealer,
        mailer: Mailer,
        measures: Measures,
    ) -> None:
        self._pool = pool
        self._settings = settings
        self._sealer = sealer
        self._mailer = mailer
        self._measures = measures
        self._return_addresses = ReturnAddresses.of_installation(settings, sealer)

    async def run(self, stopping: asyncio.Event) -> None:
        """Send what is due until told to stop; what fails for the moment is tried again."""
        while not stopping.is_set():
            try:
                if await self.send_due():
                    continue
            except DATABASE_AWAY as error:
                log.warning("the database does not answer; letters wait", error=type(error).__name__)
            except Exception:
                log.exception("letters could not be sent; trying again")
            with suppress(TimeoutError):
                async with asyncio.timeout(self._settings.notifications_poll):
                    await stopping.wait()

    async def send_due(self) -> int:
        """Send the letters that are due and return how many were taken."""
        taken = await self._pool.fetch(_TAKE, _AT_A_TIME, _LEASE)
        for row in taken:
            try:
                await self._send(row)
            except DATABASE_AWAY:
                raise
            except Exception:
                # One that cannot be written holds up nobody; it is tried again until its link ends.
                log.exception("a letter could not be sent", letter=str(row["id"]))
        return len(taken)

    async def _send(self, row: Any) -> None:  # noqa: ANN401 - a record of asyncpg
        """Send one letter; neither its reader nor its link is ever said in the log."""
        letter = str(row["id"])
        if row["late"]:
            await self._give_up(row["id"])
            log.warning(
                "a letter was not sent before its link ended", letter=letter, attempts=row["attempts"]
            )
            return
        try:
            content = orjson.loads(self._sealer.open(row["sealed"]))
        except SealBroken as broken:
            await self._give_up(row["id"])
            log.error("a letter cannot be opened", letter=letter, problem=str(broken))  # noqa: TRY400 - said already
            return
        address = content["address"]
        user = await self._pool.fetchval(_WHOSE, address)
        return_to = self._return_addresses.make(user, address) if user else None
        outcome = await self._mailer.send(self._message(row, content), return_to)
        if outcome.status is AttemptStatus.SUCCEEDED:
            await self._pool.execute(_SENT, row["id"])
            self._measures.delivered(Channel.EMAIL, DeliveryStatus.SENT)
            where = "the mail server" if self._settings.smtp_url else self._settings.mail_outbox
            log.info("a letter was sent", letter=letter, kind=row["kind"], to=where)
        elif outcome.final:
            await self._give_up(row["id"])
            if user and outcome.wrong_address:
                await mark_address(self._pool, user, address, outcome.problem or "")
            log.warning("a letter is refused for good", letter=letter, response_code=outcome.response_code)
        else:
            await self._pool.execute(_LATER, row["id"], wait_after(row["attempts"], first=_FIRST_RETRY))
            log.warning("a letter waits", letter=letter, response_code=outcome.response_code)

    async def _give_up(self, letter: UUID) -> None:
        await self._pool.execute(_GIVEN_UP, letter)
        self._measures.delivered(Channel.EMAIL, DeliveryStatus.EXHAUSTED)

    def _message(self, row: Any, content: Mapping[str, str]) -> EmailMessage:  # noqa: ANN401 - as above
        return compose(
            row["kind"],
            content,
            letter_id=str(row["id"]),
            sender=self._mailer.sender,
            admin_url=self._settings.admin_url,
            expires_at=row["expires_at"],
        )
