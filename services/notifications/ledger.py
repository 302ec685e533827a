"""Writes attempts down, together what ends together, and with patience while the database is away."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import structlog

from services.outages import DATABASE_AWAY

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from services.notifications.deliveries import Deliveries, Finished
    from services.notifications.measures import Measures

log = structlog.get_logger(__name__)

_GATHER_SECONDS: Final = 0.005
_WRITES_AGAIN: Final = 20
_WRITE_SECONDS: Final = 0.5


class Ledger:
    """Writes attempts as they end; what ends while others are being written goes into the next statement."""

    def __init__(self, deliveries: Deliveries, measures: Measures) -> None:
        self._deliveries = deliveries
        self._measures = measures
        self._attempting = 0
        self._noted: list[tuple[Sequence[Finished], asyncio.Future[bool]]] = []
        self._writing: asyncio.Task[None] | None = None

    @contextmanager
    def expecting(self) -> Iterator[None]:
        """Know of an attempt from its beginning until it is written."""
        self._attempting += 1
        try:
            yield
        finally:
            self._attempting -= 1

    async def write(self, finished: Sequence[Finished]) -> bool:
        """Return when attempts are committed; False if the database stayed away, so that their leases have to end."""
        written: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._noted.append((finished, written))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._write())
        return await written

    async def _write(self) -> None:
        while self._noted:
            if self._attempting > len(self._noted):
                # Others are about to end: one statement for all of them costs hardly more than one for each.
                await asyncio.sleep(_GATHER_SECONDS)
            together, self._noted = self._noted, []
            done = await self._write_all([one for finished, _ in together for one in finished])
            for _, written in together:
                if not written.done():
                    written.set_result(done)

    async def _write_all(self, together: Sequence[Finished]) -> bool:
        try:
            return await self._write_with_patience(together)
        except Exception:
            if len(together) == 1:
                log.exception("an attempt cannot be written", delivery=str(together[0].delivery.id))
                return True
        # One that cannot be written (its delivery is gone) must not take the others with it.
        return all([await self._write_all([finished]) for finished in together])

    async def _write_with_patience(self, finished: Sequence[Finished]) -> bool:
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
                return True
        return False
