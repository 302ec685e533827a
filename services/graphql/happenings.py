"""Wakes those who wait for events: one ear on PostgreSQL per process, however many subscribe."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Final

import structlog

from schema.events import EVENT_CHANNEL
from services.listening import hear, keep_listening

if TYPE_CHECKING:
    from services.listening import Ear

log = structlog.get_logger(__name__)

# An event whose transaction is preceded by a running one appears later, and nothing announces it again.
LOOKS_EVERY: Final = 1.0


class Happenings:
    """Listens while somebody waits; without the ear everybody looks once a second."""

    def __init__(self, ear: Ear) -> None:
        self._ear = ear
        self._waiting: set[asyncio.Event] = set()
        self._task: asyncio.Task[None] | None = None

    async def next(self) -> None:
        """Return when something may have happened."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._keep_listening())
        word = asyncio.Event()
        self._waiting.add(word)
        try:
            async with asyncio.timeout(LOOKS_EVERY):
                await word.wait()
        except TimeoutError:
            pass
        finally:
            self._waiting.discard(word)

    async def close(self) -> None:
        """Stop listening and give the connection back."""
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task
            self._task = None

    async def _keep_listening(self) -> None:
        await keep_listening(
            self._ear,
            lambda connection: hear(connection, EVENT_CHANNEL, self._wake),
            lambda why: log.warning(
                "events are not heard; subscribers look once a second", error=type(why).__name__
            ),
        )

    def _wake(self, _word: str) -> None:
        for word in self._waiting:
            word.set()
