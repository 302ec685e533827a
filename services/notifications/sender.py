"""Posts what is due, many at a time and few per endpoint, so that a slow endpoint delays nobody else."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import asyncpg
import structlog

from schema.vocabulary import AttemptStatus, Channel
from services.notifications.channels.envelope import envelope
from services.notifications.channels.webhook import Outcome, Post
from services.notifications.deliveries import PER_ENDPOINT
from services.sealing import SealBroken

if TYPE_CHECKING:
    from uuid import UUID

    from services.notifications.channels.webhook import WebhookChannel
    from services.notifications.deliveries import Deliveries
    from services.notifications.measures import Measures
    from services.sealing import Sealer

log = structlog.get_logger(__name__)

DATABASE_AWAY: Final = (
    OSError,
    TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.TransactionRollbackError,
    asyncpg.InsufficientResourcesError,
    asyncpg.IdleInTransactionSessionTimeoutError,
)
"""What a database that is restarted or out of reach raises; work goes on when it is back."""

_GATHER_SECONDS: Final = 0.005
_WRITES_AGAIN: Final = 20
_WRITE_SECONDS: Final = 0.5


class Sender:
    """Leases deliveries and posts them until there are none."""

    def __init__(
        self,
        deliveries: Deliveries,
        channel: WebhookChannel,
        sealer: Sealer,
        measures: Measures,
        *,
        concurrency: int,
    ) -> None:
        self._deliveries = deliveries
        self._channel = channel
        self._sealer = sealer
        self._measures = measures
        self._concurrency = concurrency
        self._under_way: set[asyncio.Task[None]] = set()
        self._by_endpoint: Counter[UUID] = Counter()
        self.room = asyncio.Event()

    async def send_due(self) -> int:
        """Begin to post what is due, as far as there is room; return how many were begun."""
        if self._under_way:
            # What ends in the same moment is followed up by one statement; from idleness nothing waits.
            await asyncio.sleep(_GATHER_SECONDS)
        free = self._concurrency - len(self._under_way)
        if free <= 0:
            return 0
        busy = [endpoint for endpoint, count in self._by_endpoint.items() if count >= PER_ENDPOINT]
        taken = await self._deliveries.take(free, busy)
        for delivery in taken:
            self._by_endpoint[delivery["endpoint_id"]] += 1
            task = asyncio.create_task(self._send(delivery))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)
        return len(taken)

    async def settle(self) -> None:
        """Wait for what is under way."""
        while self._under_way:
            await asyncio.wait(set(self._under_way))

    async def _send(self, delivery: Any) -> None:  # noqa: ANN401 - a record of asyncpg
        try:
            outcome = await self._attempt(delivery)
            await self._write(delivery, outcome)
        finally:
            endpoint = delivery["endpoint_id"]
            self._by_endpoint[endpoint] -= 1
            if not self._by_endpoint[endpoint]:
                del self._by_endpoint[endpoint]
            self.room.set()

    async def _attempt(self, delivery: Any) -> Outcome:  # noqa: ANN401 - as above
        if not delivery["in_reach"]:
            return _unposted("this event is no longer within the agency's reach", final=True)
        try:
            secret = self._sealer.open(delivery["sealed_secret"])
        except SealBroken as broken:
            return _unposted(f"the signing secret cannot be opened ({broken}): create the endpoint anew")
        return await self._channel.post(Post(delivery["id"], delivery["url"], secret, envelope(delivery)))

    async def _write(self, delivery: Any, outcome: Outcome) -> None:  # noqa: ANN401 - as above
        """Write the outcome, with patience; if the database stays away, the lease ends and it is posted again."""
        for _ in range(_WRITES_AGAIN):
            try:
                status = await self._deliveries.finish(delivery, outcome)
            except DATABASE_AWAY as error:
                log.warning("an attempt could not be written down", error=type(error).__name__)
                await asyncio.sleep(_WRITE_SECONDS)
            else:
                self._measures.attempted(Channel.WEBHOOK, outcome.status, outcome.duration_ms / 1000)
                self._measures.delivered(Channel.WEBHOOK, status)
                return


def _unposted(problem: str, *, final: bool = False) -> Outcome:
    return Outcome(AttemptStatus.REFUSED, datetime.now(UTC), 0, problem=problem[:300], final=final)
