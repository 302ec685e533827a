"""Hands what is due to its channel: many at a time, few per recipient, so that a slow one delays nobody else."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from contextlib import aclosing
from typing import TYPE_CHECKING, Final

import structlog

from schema.vocabulary import AttemptStatus
from services.notifications.channels.delivery import unsent
from services.notifications.deliveries import PER_RECIPIENT
from services.notifications.ledger import Ledger
from services.notifications.pace import Pace
from services.outages import DATABASE_AWAY
from services.tracing import span

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Mapping, Sequence
    from uuid import UUID

    from schema.vocabulary import Channel
    from services.notifications.channels.delivery import Delivery, Outcome, OutgoingChannel
    from services.notifications.deliveries import Deliveries, Finished
    from services.notifications.measures import Measures

log = structlog.get_logger(__name__)

_GATHER_SECONDS: Final = 0.005
_OUT_OF_REACH: Final = "this event is no longer within the recipient's reach"


class Sender:
    """Leases deliveries and hands them to their channels until there are none."""

    def __init__(
        self,
        deliveries: Deliveries,
        channels: Mapping[Channel, OutgoingChannel],
        measures: Measures,
        *,
        concurrency: int,
        lease: float,
    ) -> None:
        self._deliveries = deliveries
        self._channels = channels
        self._ledger = Ledger(deliveries, measures)
        self._concurrency = concurrency
        self._lease = lease
        self._under_way: set[asyncio.Task[None]] = set()
        self._by_recipient: Counter[UUID] = Counter()
        self._paces: dict[UUID, Pace] = {}
        self.room = asyncio.Event()

    async def send_due(self) -> int:
        """Begin to send what is due, as far as there is room; return how many deliveries these are."""
        if self._under_way:
            # What ends in the same moment is followed up by one statement; from idleness nothing waits.
            await asyncio.sleep(_GATHER_SECONDS)
        free = self._concurrency - len(self._under_way)
        if free <= 0:
            return 0
        busy = [recipient for recipient, count in self._by_recipient.items() if count >= PER_RECIPIENT]
        leased_at = time.monotonic()
        runs = await self._deliveries.take(free, busy)
        for run in runs:
            recipient = run[0].recipient_id
            self._by_recipient[recipient] += 1
            pace = self._paces.setdefault(recipient, Pace(PER_RECIPIENT))
            task = asyncio.create_task(self._send(run, leased_at + self._lease, pace))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)
        return sum(map(len, runs))

    async def settle(self) -> None:
        """Wait for what is under way, until it is written down."""
        while self._under_way:
            await asyncio.wait(set(self._under_way))

    async def _send(self, run: Sequence[Delivery], until: float, pace: Pace) -> None:
        recipient = run[0].recipient_id
        try:
            left = await self._attempts(run, until, pace)
            if left:
                await self._deliveries.release(left)
        except DATABASE_AWAY as error:
            log.warning("what was not attempted waits for its lease to end", error=type(error).__name__)
        finally:
            self._by_recipient[recipient] -= 1
            if not self._by_recipient[recipient]:
                del self._by_recipient[recipient], self._paces[recipient]
            self.room.set()

    async def _attempts(self, run: Sequence[Delivery], until: float, pace: Pace) -> Sequence[Delivery]:
        """Attempt a run as far as it gets: to what is to be tried again, or to the end of the lease.

        Each outcome is committed before the next attempt begins. Return what was not attempted.
        """
        gone = unsent(_OUT_OF_REACH, final=True)
        if outside := [delivery for delivery in run if not delivery.in_reach]:
            await self._ledger.write(self._judged(outside, gone))
        left = [delivery for delivery in run if delivery.in_reach]
        if not left:
            return ()
        # Half of the lease is for beginning, the other half for ending and writing down; what comes first and
        # need not wait for its turn begins in any case.
        limit = until
        async with aclosing(self._channels[left[0].channel].deliver(tuple(left))) as outcomes:
            while left:
                if await pace.begin():
                    limit = until - self._lease / 2
                try:
                    if time.monotonic() > limit:
                        return left
                    limit = until - self._lease / 2
                    with self._ledger.expecting():
                        outcome = await _attempt(left[0], outcomes)
                        pace.answered(outcome.duration_ms / 1000)
                        finished = self._judged(left[: outcome.covers], outcome)
                        del left[: len(finished)]
                        if not await self._ledger.write(finished):
                            return ()
                finally:
                    pace.end()
                if finished[-1].wait is not None:
                    return left
        return left

    def _judged(self, deliveries: Sequence[Delivery], outcome: Outcome) -> Sequence[Finished]:
        """Judge what an outcome is of; what is to be tried again leaves what comes after it as it was."""
        finished = []
        for delivery in deliveries:
            finished.append(self._deliveries.judge(delivery, outcome))
            if finished[-1].wait is not None:
                break
        return finished


async def _attempt(delivery: Delivery, outcomes: AsyncGenerator[Outcome, None]) -> Outcome:
    """Have a channel make one attempt, as a step of the trace of the request that caused the event."""
    with span(
        f"deliver {delivery.channel.value.lower()}",
        parent=delivery.event["trace"] if delivery.event else None,
        kind="CLIENT",
        khoosheh__delivery=str(delivery.id),
        khoosheh__attempt=delivery.attempts_made + 1,
    ) as step:
        try:
            outcome = await anext(outcomes)
        except Exception as error:
            log.exception("a channel failed", channel=delivery.channel.value)
            outcome = unsent(f"sending failed on our side ({type(error).__name__})")
        step.note(khoosheh__outcome=outcome.status.value, http__response__status_code=outcome.response_code)
        if outcome.problem is not None and outcome.status is not AttemptStatus.SUCCEEDED:
            step.failed(outcome.problem)
    return outcome
