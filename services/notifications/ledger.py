"""Writes attempts down, together what ends together, and with patience while the database is away."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

import asyncpg
import structlog

from services.notifications.outages import DATABASE_AWAY

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from services.notifications.deliveries import Deliveries, Finished
    from services.notifications.measures import Measures

log = structlog.get_logger(__name__)

_TOGETHER: Final = 500
_WRITES_AGAIN: Final = 20
_WRITE_SECONDS: Final = 0.5


class Ledger:
    """Takes note of attempts at once and writes them as fast as the database takes them."""

    def __init__(self, deliveries: Deliveries, measures: Measures, written: Callable[[], None]) -> None:
        self._deliveries = deliveries
        self._measures = measures
        self._written = written
        self._noted: list[Finished] = []
        self._writing: asyncio.Task[None] | None = None

    def note(self, finished: Finished) -> None:
        """Have an attempt written; what comes while another is being written goes into one statement."""
        self._noted.append(finished)
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())

    async def settle(self) -> None:
        """Wait until everything noted is written."""
        if self._writing is not None:
            await self._writing

    async def _write(self) -> None:
        while self._noted:
            together, self._noted = self._noted[:_TOGETHER], self._noted[_TOGETHER:]
            try:
                await self._write_with_patience(together)
            except asyncpg.PostgresError:
                # One that cannot be written (its delivery is gone) must not take the others with it.
                for finished in together:
                    try:
                        await self._write_with_patience([finished])
                    except asyncpg.PostgresError:
                        log.exception("an attempt cannot be written", delivery=str(finished.delivery.id))
            self._written()

    async def _write_with_patience(self, finished: Sequence[Finished]) -> None:
        """Write; if the database stays away, the leases end and all of this is attempted again."""
        for _ in range(_WRITES_AGAIN):
            try:
                await self._deliveries.finish(finished)
            except DATABASE_AWAY as error:
                log.warning("attempts could not be written down", error=type(error).__name__)
                await asyncio.sleep(_WRITE_SECONDS)
            else:
                for one in finished:
                    channel, outcome = one.delivery.channel, one.outcome
                    self._measures.attempted(channel, outcome.status, outcome.duration_ms / 1000)
                    self._measures.delivered(channel, one.status)
                return
