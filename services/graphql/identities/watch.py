"""Hears from PostgreSQL that somebody's access changed, so that nobody known in memory outlives it."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

import structlog

from schema.agencies.rows import ACCESS_CHANNEL
from services.listening import keep_listening

if TYPE_CHECKING:
    from collections.abc import Callable

    import asyncpg

    from services.listening import Ear

log = structlog.get_logger(__name__)

_PROOF: Final = "are we heard"
_PROOF_SECONDS: Final = 2.0


class AccessWatch:
    """Listens on a connection of its own; `hearing` is true only while changes are sure to be heard.

    A pooler that hands out connections per transaction accepts LISTEN and delivers nothing, so the
    watch first sends itself a word and hears it.
    """

    def __init__(
        self, pool: asyncpg.Pool[asyncpg.Record], forget: Callable[[], None], ear: Ear | None = None
    ) -> None:
        self.hearing = False
        self._ear = ear or pool.acquire
        self._pool = pool
        self._forget = forget
        self._task: asyncio.Task[None] | None = None
        self._settled = asyncio.Event()

    async def open(self) -> None:
        """Begin to listen; returns when it hears, or when it turned out that it cannot."""
        self._task = asyncio.create_task(self._keep_listening())
        await self._settled.wait()

    async def close(self) -> None:
        """Stop listening and give the connection back."""
        self.hearing = False
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    async def _keep_listening(self) -> None:
        def deaf(why: Exception | None) -> None:
            log.warning("access changes are not heard; every request is looked up", error=type(why).__name__)
            self._settled.set()

        await keep_listening(self._ear, self._listen, deaf)

    async def _listen(self, connection: Any) -> None:  # noqa: ANN401 - asyncpg's proxy has no type
        heard, lost = asyncio.Event(), asyncio.Event()

        def hear(_connection: object, _sender: int, _channel: str, word: str) -> None:
            if word == _PROOF:
                heard.set()
            else:
                self._forget()

        def lose(_connection: object) -> None:
            self.hearing = False
            lost.set()

        await connection.add_listener(ACCESS_CHANNEL, hear)
        connection.add_termination_listener(lose)
        try:
            await self._pool.execute("select pg_notify($1, $2)", ACCESS_CHANNEL, _PROOF)
            async with asyncio.timeout(_PROOF_SECONDS):
                await heard.wait()
            self._forget()
            self.hearing = True
            self._settled.set()
            await lost.wait()
        finally:
            self.hearing = False
            self._forget()
            connection.remove_termination_listener(lose)
            if not connection.is_closed():
                await connection.remove_listener(ACCESS_CHANNEL, hear)
