"""Sends messages as e-mail: each by itself, or all that waited for one moment as one letter."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from services.notifications.mailing import UNSUBSCRIBE, Sender, compose

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Sequence

    from services.notifications.channels.delivery import Delivery, Outcome
    from services.notifications.mail import Mailer
    from services.sealing import Sealer

MOST_IN_A_LETTER: Final = 200


class EmailChannel:
    """Writes letters and hands them to the mail server."""

    most_at_once = MOST_IN_A_LETTER

    def __init__(self, mailer: Mailer, sealer: Sealer, admin_url: str) -> None:
        self._mailer = mailer
        self._sealer = sealer
        self._admin_url = admin_url

    async def deliver(self, run: Sequence[Delivery]) -> AsyncGenerator[Outcome, None]:
        """Send what waited for one moment as one letter, everything else letter by letter."""
        if run[0].content.get("held"):
            yield replace(await self._send(run), covers=len(run))
            return
        for delivery in run:
            yield await self._send((delivery,))

    async def _send(self, run: Sequence[Delivery]) -> Outcome:
        secret = self._sealer.seal(f"{UNSUBSCRIBE} {run[0].recipient_id}") if self._sealer.ready else None
        address = f"{self._admin_url.rstrip('/')}/unsubscribe/{secret}" if secret else None
        sender = Sender(self._mailer.sender, self._admin_url, address)
        return await self._mailer.send(compose(run, sender, now=datetime.now(UTC)))
