"""From queued events to deliveries: one transaction takes events from the queue and writes who is told."""

from __future__ import annotations

import datetime
import time
from dataclasses import astuple, dataclass
from typing import TYPE_CHECKING, Any, Final

import orjson
import structlog

from schema.events import EVENT_VERSION, EventType
from schema.identity import new_id
from schema.vocabulary import Channel
from services.notifications import endpoints, people
from services.notifications.channels import inbox
from services.notifications.wordings import read_wordings
from services.notifications.working_days import WorkingDays
from services.outages import DATABASE_AWAY
from services.tracing import record

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from uuid import UUID

    import asyncpg

    from services.notifications.addressing import Addressed

BATCH: Final = 200
TRIES: Final = 5
"""So often an event is tried before it is set aside; the waits in between double."""

# Only one worker routes at a time, so that the deliveries of a lane are made in the order of its events.
_TURN: Final = 0x6B68_6F6F

# Commands on one cluster are serial, so within a lane the order of sequences is the order of commits.
# What one command caused is one message, so it is never split between two rounds.
_NEXT: Final = """
with ready as (
  select q.sequence, q.event_id from unrouted_event q
  where coalesce(q.retry_at <= now(), true) and not exists (
    select 1 from unrouted_event f where f.failures > 0 and f.retry_at > now() and f.sequence < q.sequence
      and f.cluster_id = q.cluster_id)
), first as (
  select q.sequence, e.correlation_id from ready q join event e on e.id = q.event_id
  order by q.sequence limit $1
)
select e.id, e.sequence, e.type, e.version, e.cluster_id, e.province_id, e.subject_id, e.phase_code, e.payload,
  e.correlation_id, e.occasion, e.trace, c.name_fa as cluster_fa, c.name_en as cluster_en, p.name_fa as province_fa,
  p.name_en as province_en
from ready q join event e on e.id = q.event_id
left join cluster c on c.id = e.cluster_id left join province p on p.id = e.province_id
where q.sequence <= (select max(sequence) from first)
  or ($2 and e.correlation_id in (select correlation_id from first))
order by q.sequence
"""
_FAILED: Final = """
update unrouted_event set failures = failures + 1, retry_at = now() + $2 * 2 ^ failures * interval '1 second'
where event_id = $1 returning failures
"""
_SET_ASIDE: Final = """
with gone as (delete from unrouted_event where event_id = $2 returning event_id)
insert into set_aside_event (id, revision, created_at, event_id, problem)
select $1, 1, now(), event_id, $3 from gone
on conflict (event_id) do update set created_at = now(), problem = excluded.problem, asked_at = null
"""
_BACK: Final = """
with asked as (delete from set_aside_event where asked_at is not null returning event_id)
insert into unrouted_event (event_id, sequence, cluster_id, failures)
select e.id, e.sequence, e.cluster_id, 0 from asked join event e on e.id = asked.event_id
on conflict do nothing
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
    unknown: int = 0
    failed: int = 0
    set_aside: int = 0

    def __add__(self, other: Routed) -> Routed:
        return Routed(*(one + another for one, another in zip(astuple(self), astuple(other), strict=True)))


class FanOut:
    """Routes what is queued; any number of these may work on one database."""

    def __init__(
        self,
        pool: asyncpg.Pool[asyncpg.Record],
        now: Callable[[], datetime.datetime] | None = None,
        *,
        ways: Collection[Channel] = (),
        days: WorkingDays | None = None,
        patience: float = 0.5,
    ) -> None:
        self._patience = patience
        self._pool = pool
        self._now = now or (lambda: datetime.datetime.now(datetime.UTC))
        self._ways = frozenset(ways)
        self._days = days or WorkingDays()

    async def route(self) -> Routed:
        """Route up to a batch of events; do nothing while another worker routes.

        A batch is told of as a whole. If that fails its events are told of one by one, so that one
        that always fails holds nobody up: it is tried again a few times and then set aside.
        """
        try:
            return await self._route(BATCH)
        except DATABASE_AWAY:
            raise
        except Exception:
            log.exception("a batch of events cannot be routed; routing them one by one")
        routed = Routed()
        for _ in range(BATCH):
            one = await self._route_one()
            if one.events == 0 and one.failed == 0:
                break
            routed += one
        return routed

    async def put_back(self) -> bool:
        """Queue what was set aside and is asked for again; return whether there was anything."""
        return str(await self._pool.execute(_BACK)) != "INSERT 0 0"

    async def _route_one(self) -> Routed:
        events: list[UUID] = []
        try:
            return await self._route(1, events)
        except DATABASE_AWAY:
            raise
        except Exception as error:
            if not events:
                raise
            (event,) = events
            log.exception("an event cannot be routed", event_id=str(event))
            return Routed(failed=1, set_aside=int(await self._failed(event, type(error).__name__)))

    async def _failed(self, event: UUID, problem: str) -> bool:
        """Note that telling of an event failed; return whether it is set aside now."""
        async with self._pool.acquire() as connection, connection.transaction():
            failures = await connection.fetchval(_FAILED, event, self._patience)
            if failures is None or failures < TRIES:
                return False
            await connection.execute(
                _SET_ASIDE, new_id(), event, f"{problem}: the log of the worker says more"
            )
        return True

    async def _route(self, most: int, found: list[UUID] | None = None) -> Routed:
        """Route so many events, all of them or none; `found` tells which these were."""
        began = time.monotonic()
        async with self._pool.acquire() as connection, connection.transaction():
            # A worker that freezes here loses its turn, and PostgreSQL undoes what it had begun.
            await connection.execute("set local idle_in_transaction_session_timeout = '10s'")
            if not await connection.fetchval("select pg_try_advisory_xact_lock($1)", _TURN):
                return Routed()
            queued = await connection.fetch(_NEXT, most, found is None)
            if not queued:
                return Routed()
            wordings = await read_wordings(connection)
            events = {event["id"]: {**event, "wordings": wordings} for event in queued}
            if found is not None:
                found += events
            unknown = sum(_is_unknown(event) for event in events.values())
            addressed = [
                *await people.told(connection, events, self._now(), self._ways, self._days),
                *await endpoints.told(connection, events),
            ]
            made = await _make(connection, addressed)
            await connection.execute("delete from unrouted_event where event_id = any($1)", list(events))
        for event in events.values():
            record("route event", parent=event["trace"], seconds=time.monotonic() - began)
        counts = [one.channel for one in made.values()]
        entries, posts = counts.count(Channel.INBOX), counts.count(Channel.WEBHOOK)
        return Routed(len(events), entries, posts, len(counts) - entries - posts, unknown)


def _is_unknown(event: Mapping[str, Any]) -> bool:
    """Report an event of a later release: it is told, without words of its own, and never dropped."""
    if event["type"] in set(EventType) and event["version"] <= EVENT_VERSION:
        return False
    log.warning(
        "an event of unknown type or version is told without a text of its own",
        type=event["type"],
        version=event["version"],
    )
    return True


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
