"""Rings for people whose unread messages change: one ear on PostgreSQL per process, however many pages are open."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

import structlog

from schema.notifications.rows import INBOX_CHANNEL
from services.listening import ear_of, hear, keep_listening
from services.outages import enduring

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping

    import asyncpg

    from services.settings import Settings

log = structlog.get_logger(__name__)

# What is not heard, because a word or the ear was lost, is found so late at most, by one statement for everybody.
LOOKS_EVERY: Final = 15.0
_WAITING: Final = """
select user_id, count(*) as waiting, max(id::text) as last from inbox_entry
where user_id = any($1) and acknowledged_at is null group by user_id
"""


class Bells:
    """The bells of one process; it listens only while somebody waits."""

    def __init__(
        self,
        settings: Settings,
        pool: Callable[[], asyncpg.Pool[asyncpg.Record]],
        *,
        looks_every: float = LOOKS_EVERY,
    ) -> None:
        self._ear = ear_of(settings, pool)
        self._pool = pool
        self._looks_every = looks_every
        self._bells: dict[UUID, set[asyncio.Event]] = {}
        self._seen: Mapping[UUID, tuple[Any, ...]] = {}
        self._tasks: list[asyncio.Task[None]] = []

    @asynccontextmanager
    async def bell(self, user: UUID) -> AsyncIterator[asyncio.Event]:
        """Give an event that is set whenever the unread messages of somebody may have changed."""
        bell = asyncio.Event()
        self._bells.setdefault(user, set()).add(bell)
        if not self._tasks:
            self._tasks = [asyncio.create_task(self._listen()), asyncio.create_task(self._look())]
        try:
            yield bell
        finally:
            self._bells[user].discard(bell)
            if not self._bells[user]:
                del self._bells[user]
            if not self._bells:
                await self.close()

    async def close(self) -> None:
        """Stop listening and give the connection back."""
        tasks, self._tasks = self._tasks, []
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _ring(self, user: UUID) -> None:
        for bell in self._bells.get(user, ()):
            bell.set()

    async def _listen(self) -> None:
        await keep_listening(
            self._ear,
            lambda connection: hear(connection, INBOX_CHANNEL, lambda word: self._ring(UUID(word))),
            lambda _: log.warning("unread messages are not heard of; looking for them instead"),
        )

    async def _look(self) -> None:
        """Ring for those whose messages are not what they were at the last look."""
        while True:
            with enduring(lambda _: None):
                rows = await self._pool().fetch(_WAITING, list(self._bells))
                found = {row["user_id"]: (row["waiting"], row["last"]) for row in rows}
                for user in self._bells:
                    if found.get(user) != self._seen.get(user):
                        self._ring(user)
                self._seen = found
            await asyncio.sleep(self._looks_every)
