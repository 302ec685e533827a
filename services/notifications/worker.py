"""The work of one process: hears of events, routes them, sends what is due, looks at the calendar."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from schema.events import EVENT_CHANNEL
from schema.vocabulary import Channel, DeliveryStatus
from services.listening import ear_of, hear, keep_listening
from services.outages import DATABASE_AWAY

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    import asyncpg

    from services.notifications.fan_out import FanOut
    from services.notifications.measures import Measures
    from services.notifications.replays import Replays
    from services.notifications.schedule import Schedule
    from services.notifications.sender import Sender
    from services.notifications.standing import Standing
    from services.settings import Settings

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What is done besides routing and sending."""

    schedule: Schedule
    replays: Replays
    standing: Standing


class Worker:
    """Runs until it is told to stop, and then finishes what it has begun."""

    def __init__(
        self,
        pool: asyncpg.Pool[asyncpg.Record],
        settings: Settings,
        *,
        fan_out: FanOut,
        sender: Sender,
        upkeep: Upkeep,
        measures: Measures,
    ) -> None:
        self._pool = pool
        self._settings = settings
        self._fan_out = fan_out
        self._sender = sender
        self._upkeep = upkeep
        self._measures = measures
        self._stopping = asyncio.Event()
        self._heard = asyncio.Event()
        self.started = False

    @property
    def stopping(self) -> bool:
        """Whether the process is on its way out."""
        return self._stopping.is_set()

    @property
    def stopped(self) -> asyncio.Event:
        """Set as soon as nothing new is to begin, for those who work beside the worker."""
        return self._stopping

    def stop(self) -> None:
        """Begin nothing new."""
        self._stopping.set()
        self._heard.set()
        self._sender.room.set()

    async def run(self) -> None:
        """Work until stopped; return when everything that was begun is done."""
        ear = asyncio.create_task(self._listen())
        try:
            self.started = True
            async with asyncio.TaskGroup() as group:
                poll = self._settings.notifications_poll
                group.create_task(self._repeat(self._route, self._heard, poll))
                group.create_task(self._repeat(self._send, self._sender.room, poll))
                group.create_task(self._repeat(self._replay, self._stopping, poll))
                group.create_task(self._repeat(self._look, self._stopping, self._settings.schedule_interval))
            await self._sender.settle()
        finally:
            ear.cancel()
            with suppress(asyncio.CancelledError):
                await ear

    async def _repeat(self, step: Callable[[], Awaitable[bool]], word: asyncio.Event, seconds: float) -> None:
        """Take steps while there is work; then wait for the word, but no longer than so many seconds."""
        while not self._stopping.is_set():
            if word is not self._stopping:
                word.clear()
            try:
                if await step():
                    continue
            except DATABASE_AWAY as error:
                log.warning("the database does not answer; trying again", error=type(error).__name__)
            except Exception:
                # The other work of this process goes on; what failed is tried again and stays in the log.
                log.exception("a step failed; trying again")
            if self._stopping.is_set():
                return
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    await word.wait()

    async def _route(self) -> bool:
        routed = await self._fan_out.route()
        self._measures.routed(routed)
        if routed.events:
            self._measures.delivered(Channel.INBOX, DeliveryStatus.SENT, routed.inbox)
            self._sender.room.set()
        return routed.events + routed.failed > 0

    async def _send(self) -> bool:
        return await self._sender.send_due() > 0

    async def _replay(self) -> bool:
        if await self._fan_out.put_back():
            self._heard.set()
        replayed = await self._upkeep.replays.carry_out()
        if replayed:
            self._sender.room.set()
        return replayed is not None

    async def _look(self) -> bool:
        paused = await self._upkeep.standing.look()
        if paused:
            log.warning("endpoints failed for days and are paused", endpoints=paused)
        written = await self._upkeep.schedule.look()
        self._measures.looked_at_calendar()
        if written:
            log.info("deadlines have come due", events=written)
        return False

    async def _listen(self) -> None:
        """Hear of events as they are committed; while that fails, the polling finds them a little later."""

        def look_instead(_why: Exception | None) -> None:
            self._heard.set()
            log.warning("events are not heard; looking for them instead")

        await keep_listening(
            ear_of(self._settings, lambda: self._pool),
            lambda connection: hear(connection, EVENT_CHANNEL, lambda _: self._heard.set()),
            look_instead,
        )
