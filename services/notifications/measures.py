"""What operators watch: lag, queue, deliveries, attempts, the age of the last look at the calendar."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

if TYPE_CHECKING:
    import asyncpg

    from schema.vocabulary import AttemptStatus, Channel, DeliveryStatus
    from services.notifications.fan_out import Routed

_SECONDS: Final = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_STANDING: Final = """
select (select count(*) from unrouted_event) as unrouted,
  (select count(*) from set_aside_event) as set_aside, waiting.due, waiting.unfinished,
  coalesce(extract(epoch from now() - least(
    (select min(e.at) from unrouted_event q join event e on e.id = q.event_id), waiting.oldest
  )), 0)::float8 as lag, coalesce(extract(epoch from now() - waiting.failing), 0)::float8 as failing
from (
  select count(*) filter (where n.next_attempt_at <= now()) as due, count(*) as unfinished,
    min(greatest(n.created_at, n.replayed_at, n.next_attempt_at))
      filter (where n.next_attempt_at <= now() and coalesce(w.failures, 0) = 0) as oldest,
    min(greatest(n.created_at, n.replayed_at)) filter (where n.attempts_made > 0 or w.failures > 0) as failing
  from notification_delivery n left join webhook_endpoint w on w.id = n.endpoint_id
  where n.next_attempt_at is not null and w.paused_at is null and w.deleted_at is null
) waiting
"""


class Measures:
    """The counters of one worker, and what it sees of the shared queue."""

    def __init__(self, registry: CollectorRegistry | None = None) -> None:
        self.registry = registry or CollectorRegistry()
        known = self.registry
        self._routed = Counter("khoosheh_notifications_events", "Events routed.", registry=known)
        self._unknown = Counter(
            "khoosheh_notifications_unknown_events",
            "Events of a type or version this release does not know; they are told without a text of their own.",
            registry=known,
        )
        self._failed = Counter(
            "khoosheh_notifications_routing_failures",
            "Tries at routing an event that failed.",
            registry=known,
        )
        self._deliveries = Counter(
            "khoosheh_notifications_deliveries",
            "Deliveries by outcome.",
            ["channel", "outcome"],
            registry=known,
        )
        self._attempts = Histogram(
            "khoosheh_notifications_attempt_seconds", "Attempts by outcome.", ["channel", "outcome"],
            buckets=_SECONDS, registry=known,
        )  # fmt: skip
        self._returned = Counter(
            "khoosheh_notifications_returned_letters",
            "What was brought to the door of letters that come back, by what came of it.",
            ["outcome"],
            registry=known,
        )
        self._lag = Gauge(
            "khoosheh_notifications_lag_seconds",
            "Age of the oldest event that is due and undelivered, failing recipients apart.",
            registry=known,
        )
        self._failing = Gauge(
            "khoosheh_notifications_failing_seconds",
            "Age of the oldest delivery whose recipient fails; not ours to mend, and no reason for more workers.",
            registry=known,
        )
        self._depth = Gauge("khoosheh_notifications_queue", "What waits, by kind.", ["kind"], registry=known)
        self._calendar_age = Gauge(
            "khoosheh_notifications_calendar_age_seconds",
            "Since the last look at the calendar.",
            registry=known,
        )
        self._looked_at = time.monotonic()

    def routed(self, routed: Routed) -> None:
        """Count events that were routed, those of later releases among them, and tries that failed."""
        self._routed.inc(routed.events)
        self._unknown.inc(routed.unknown)
        self._failed.inc(routed.failed)

    def delivered(self, channel: Channel, status: DeliveryStatus, count: int = 1) -> None:
        """Count deliveries that took a step."""
        self._deliveries.labels(channel.value, status.value).inc(count)

    def returned(self, outcome: str) -> None:
        """Count what was brought back: bounced, delayed, nothing new, too early, no report, refused."""
        self._returned.labels(outcome).inc()

    def attempted(self, channel: Channel, status: AttemptStatus, seconds: float) -> None:
        """Count an attempt and its time."""
        self._attempts.labels(channel.value, status.value).observe(seconds)

    def looked_at_calendar(self) -> None:
        """Remember that what has come due was looked for just now."""
        self._looked_at = time.monotonic()

    async def look(self, pool: asyncpg.Pool[asyncpg.Record]) -> None:
        """See how long the queue is and how old its oldest part."""
        row = await pool.fetchrow(_STANDING)
        for kind in ("unrouted", "due", "unfinished", "set_aside"):
            self._depth.labels(kind).set(row[kind])
        self._lag.set(row["lag"])
        self._failing.set(row["failing"])
        self._calendar_age.set(time.monotonic() - self._looked_at)
