"""Sends messages as e-mail: each by itself, or all that waited for one moment as one letter; and to agencies."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from services.notifications.channels.delivery import unsent
from services.notifications.letters import for_agencies
from services.notifications.letters.for_readers import UNSUBSCRIBE, Letterhead, compose

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Sequence

    from services.notifications.channels.delivery import Delivery, Outcome, Reader
    from services.notifications.letters.mailer import Mailer
    from services.notifications.returns.addresses import ReturnAddresses
    from services.sealing import Sealer

MOST_IN_A_LETTER: Final = 200
_NO_ADDRESS: Final = "there is no e-mail address to write to: enter one"
_COMES_BACK: Final = (
    "letters to this e-mail address come back: correct it; without that one is tried again after a week"
)


class EmailChannel:
    """Writes letters and hands them to the mail server."""

    most_at_once = MOST_IN_A_LETTER

    def __init__(
        self, mailer: Mailer, sealer: Sealer, admin_url: str, return_addresses: ReturnAddresses
    ) -> None:
        self._mailer = mailer
        self._sealer = sealer
        self._admin_url = admin_url
        self._return_addresses = return_addresses

    async def deliver(self, run: Sequence[Delivery]) -> AsyncGenerator[Outcome, None]:
        """Send what waited for one moment as one letter, everything else letter by letter."""
        if run[0].content.get("held"):
            yield replace(await self._send(run), covers=len(run))
            return
        for delivery in run:
            yield await self._send((delivery,))

    async def _send(self, run: Sequence[Delivery]) -> Outcome:
        first, reader = run[0], run[0].reader
        if reader is None or not reader.email:
            return unsent(_NO_ADDRESS, final=True)
        if reader.mail_rests:
            return unsent(_COMES_BACK, final=True)
        return_to = self._return_addresses.make(first.id, reader.email)
        if for_agencies.LETTER in first.content:
            letter = for_agencies.compose(first, reader, sender=self._mailer.sender)
        else:
            letter = compose(run, self._letterhead(reader), now=datetime.now(UTC))
        return await self._mailer.send(letter, return_to)

    def _letterhead(self, reader: Reader) -> Letterhead:
        secret = self._sealer.seal(f"{UNSUBSCRIBE} {reader.id}") if self._sealer.ready else None
        address = f"{self._admin_url.rstrip('/')}/unsubscribe/{secret}" if secret else None
        return Letterhead(self._mailer.sender, self._admin_url, address)
