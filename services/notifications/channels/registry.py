"""The channels of this process by their code; a new channel is a module of this folder and a line here."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from schema.vocabulary import Channel
from services.notifications.channels.documents import Documents
from services.notifications.channels.e_mail import EmailChannel
from services.notifications.channels.short import messengers, text_messages
from services.notifications.channels.webhook import WebhookChannel
from services.notifications.letters.mailer import Mailer
from services.notifications.returns.addresses import ReturnAddresses
from services.sealing import Sealer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    import asyncpg

    from services.document_answer import Answer
    from services.notifications.channels.delivery import OutgoingChannel
    from services.settings import Settings


@asynccontextmanager
async def open_channels(
    settings: Settings, pool: asyncpg.Pool[asyncpg.Record], answer: Answer
) -> AsyncIterator[Mapping[Channel, OutgoingChannel]]:
    """Open what every channel keeps open, and close it again.

    `answer` executes the documents of agencies. The inbox is not among the channels: it lies in our own
    database and is written by the routing itself.
    """
    webhook = WebhookChannel(
        Sealer(settings),
        Documents(pool, answer),
        timeout=settings.webhook_timeout,
        inside_allowed=settings.webhook_inside_allowed,
    )
    async with webhook, open_ways(settings) as ways:
        yield {Channel.WEBHOOK: webhook, **ways}


@asynccontextmanager
async def open_ways(settings: Settings) -> AsyncIterator[Mapping[Channel, OutgoingChannel]]:
    """Open the ways people are written to; those that nobody configured are not among them."""
    sealer = Sealer(settings)
    async with Mailer(settings) as mailer:
        ways: dict[Channel, OutgoingChannel] = {}
        if settings.smtp_url or settings.mail_outbox:
            ways[Channel.EMAIL] = EmailChannel(
                mailer,
                sealer,
                settings.admin_url,
                ReturnAddresses.of_installation(settings, sealer),
            )
        if settings.sms_url:
            ways[Channel.SMS] = text_messages(settings, sealer)
        if sealer.ready:
            ways[Channel.MESSENGER] = messengers(settings, sealer)
        yield ways
