"""From queued events to deliveries: one transaction takes events from the queue and writes who is told."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import orjson
import structlog

from schema.events import EventType
from schema.identity import new_id
from schema.vocabulary import Channel
from services.notifications import endpoints, people
from services.notifications.channels import inbox
from services.notifications.working_days import WorkingDays

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from uuid import UUID

    import asyncpg

    from services.notifications.addressing import Addressed

BATCH: Final = 100
# Only one worker routes at a time, so that the deliveries of a lane are made in the order of its events.
_TURN: Final = 0x6B68_6F6F

# Commands on one cluster are serial, so within a lane the order of sequences is the order of commits.
# What one command caused is one message, so it is never split between two rounds.
_NEXT: Final = """
with first as (
  select q.sequence, e.correlation_id from unrouted_event q join event e on e.id = q.event_id
  order by q.sequence limit $1)
select e.id, e.sequence, e.type, e.cluster_id, e.province_id, e.subject_id, e.phase_code, e.payload,
  e.correlation_id, e.occasion, c.name_fa as cluster_fa, c.name_en as cluster_en, p.name_fa as province_fa,
  p.name_en as province_en
from unrouted_event q join event e on e.id = q.event_id
left join cluster c on c.id = e.cluster_id left join province p on p.id = e.province_id
where q.sequence <= (select max(sequence) from first)
  or e.correlation_id in (select correlation_id from first)
order by q.sequence
"""
# An inbox is our own table: its delivery is done with the entry, in this very transaction.
_DELIVERIES: Final = """
insert into notification_delivery (id, revision, created_at, event_id, channel, user_id, endpoint_id, agency_id,
  lane, position, status, attempts_made, next_attempt_at, finished_at, address, content)
select id, 1, now(), event_id, channel, case when agency_id is null then recipient_id end,
  case when agency_id is not null then recipient_id end, agency_id, lane, position,
  case channel when 'INBOX' then 'SENT' else 'PENDING' end, (channel = 'INBOX')::int,
  case when channel <> 'INBOX' then coalesce(due_at, now()) end, case when channel = 'INBOX' then now() end,
  address, content::jsonb
from unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::uuid[], $7::bigint[],
  $8::timestamptz[], $9::text[], $10::text[])
  as given (id, event_id, channel, recipient_id, agency_id, lane, position, due_at, address, content)
on conflict do nothing returning id
"""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Routed:
    """What one round of routing did."""

    events: int = 0
    inbox: int = 0
    webhooks: int = 0
    others: int = 0


class FanOut:
    """Routes what is queued; any number of these may work on one database."""

    def __init__(
        self,
        pool: asyncpg.Pool[asyncpg.Record],
        now: Callable[[], datetime.datetime] | None = None,
        *,
        ways: Collection[Channel] = (),
        days: WorkingDays | None = None,
    ) -> None:
        self._pool = pool
        self._now = now or (lambda: datetime.datetime.now(datetime.UTC))
        self._ways = frozenset(ways)
        self._days = days or WorkingDays()

    async def route(self) -> Routed:
        """Route up to a batch of events, all of them or none; do nothing while another worker routes."""
        async with self._pool.acquire() as connection, connection.transaction():
            # A worker that freezes here loses its turn, and PostgreSQL undoes what it had begun.
            await connection.execute("set local idle_in_transaction_session_timeout = '10s'")
            if not await connection.fetchval("select pg_try_advisory_xact_lock($1)", _TURN):
                return Routed()
            events = {event["id"]: event for event in await connection.fetch(_NEXT, BATCH)}
            if not events:
                return Routed()
            for event in events.values():
                if event["type"] not in set(EventType):
                    log.warning(
                        "an event of unknown type is told without a text of its own", type=event["type"]
                    )
            addressed = [
                *await people.told(connection, events, self._now(), self._ways, self._days),
                *await endpoints.told(connection, events),
            ]
            made = await _make(connection, addressed)
            await connection.execute("delete from unrouted_event where event_id = any($1)", list(events))
        counts = [one.channel for one in made.values()]
        entries, posts = counts.count(Channel.INBOX), counts.count(Channel.WEBHOOK)
        return Routed(len(events), entries, posts, len(counts) - entries - posts)


async def _make(connection: Any, addressed: Sequence[Addressed]) -> Mapping[UUID, Addressed]:  # noqa: ANN401 - asyncpg ships no types
    """Write the deliveries nobody has made yet, and the entries of those that are for inboxes."""
    wanted = {new_id(): one for one in sorted(addressed, key=lambda one: int(one.event["sequence"]))}
    rows = [
        (
            delivery, one.event["id"], one.channel.value, one.recipient_id, one.agency_id,
            one.lane or one.event["cluster_id"] or one.event["subject_id"], one.event["sequence"], one.due_at,
            one.address, orjson.dumps(one.content).decode() if one.content else None,
        )
        for delivery, one in wanted.items()
    ]  # fmt: skip
    if not rows:
        return {}
    found = await connection.fetch(_DELIVERIES, *map(list, zip(*rows, strict=True)))
    made = {row["id"]: wanted[row["id"]] for row in found}
    await inbox.put(
        connection,
        [(delivery, one) for delivery, one in made.items() if one.channel is Channel.INBOX],
    )
    return made
