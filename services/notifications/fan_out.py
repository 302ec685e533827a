"""From queued events to deliveries: one transaction takes events from the queue and writes who is told."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

import orjson
import structlog

from schema.calendar import tehran_date
from schema.events import EventType
from schema.identity import new_id
from schema.vocabulary import Channel, DeliveryStatus
from services.notifications.messages import Facts, write_message
from services.notifications.reach import ENDPOINTS, READERS
from services.notifications.routing import Happened, Wish, wants

if TYPE_CHECKING:
    from collections.abc import Callable

    import asyncpg

BATCH: Final = 100
# Only one worker routes at a time, so that the deliveries of a lane are made in the order of its events.
_TURN: Final = 0x6B68_6F6F

# Commands on one cluster are serial, so within a lane the order of sequences is the order of commits.
_NEXT: Final = """
select e.id, e.sequence, e.type, e.cluster_id, e.province_id, e.subject_id, e.phase_code, e.payload,
  c.name_fa as cluster_fa, c.name_en as cluster_en, p.name_fa as province_fa, p.name_en as province_en
from unrouted_event q join event e on e.id = q.event_id
left join cluster c on c.id = e.cluster_id left join province p on p.id = e.province_id
order by q.sequence limit $1
"""
_DELIVERY: Final = """
insert into notification_delivery (id, revision, created_at, event_id, channel, user_id, endpoint_id, agency_id,
  lane, position, status, attempts_made, next_attempt_at, finished_at)
values ($1, 1, now(), $2, $3, $4, $5, $6, $7, $8, $9::text, $10,
  case when $9::text = 'PENDING' then now() end, case when $9::text = 'SENT' then now() end)
on conflict do nothing returning id
"""
_ENTRY: Final = """
insert into inbox_entry (id, revision, created_at, delivery_id, event_id, user_id, title, body)
values ($1, 1, now(), $2, $3, $4, $5, $6)
"""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Routed:
    """What one round of routing did."""

    events: int = 0
    inbox: int = 0
    webhooks: int = 0


class FanOut:
    """Routes what is queued; any number of these may work on one database."""

    def __init__(
        self, pool: asyncpg.Pool[asyncpg.Record], now: Callable[[], datetime.datetime] | None = None
    ) -> None:
        self._pool = pool
        self._now = now or (lambda: datetime.datetime.now(datetime.UTC))

    async def route(self) -> Routed:
        """Route up to a batch of events, all of them or none; do nothing while another worker routes."""
        async with self._pool.acquire() as connection, connection.transaction():
            # A worker that freezes here loses its turn, and PostgreSQL undoes what it had begun.
            await connection.execute("set local idle_in_transaction_session_timeout = '10s'")
            if not await connection.fetchval("select pg_try_advisory_xact_lock($1)", _TURN):
                return Routed()
            events = await connection.fetch(_NEXT, BATCH)
            if not events:
                return Routed()
            ids = [event["id"] for event in events]
            readers = await connection.fetch(READERS, ids, tehran_date(self._now()))
            endpoints = await connection.fetch(ENDPOINTS, ids)
            inbox = webhooks = 0
            for event in events:
                if event["type"] not in set(EventType):
                    log.warning(
                        "an event of unknown type is told without a text of its own", type=event["type"]
                    )
                inbox += await _to_inboxes(connection, event, readers)
                webhooks += await _to_endpoints(connection, event, endpoints)
            await connection.execute("delete from unrouted_event where event_id = any($1)", ids)
            return Routed(len(events), inbox, webhooks)


async def _to_inboxes(connection: Any, event: Any, readers: list[Any]) -> int:  # noqa: ANN401 - asyncpg ships no types
    """Write the event into the inboxes of its readers; there the row is the delivery."""
    told = 0
    for reader in readers:
        if reader["event_id"] != event["id"]:
            continue
        delivery = await connection.fetchval(
            _DELIVERY, new_id(), event["id"], Channel.INBOX.value, reader["user_id"], None, None,
            event["cluster_id"] or event["subject_id"], event["sequence"], DeliveryStatus.SENT.value, 1,
        )  # fmt: skip
        if delivery is None:
            continue
        message = write_message(event["type"], reader["language"], _facts(event, reader["language"]))
        await connection.execute(
            _ENTRY, new_id(), delivery, event["id"], reader["user_id"], message.title, message.body
        )
        told += 1
    return told


async def _to_endpoints(connection: Any, event: Any, endpoints: list[Any]) -> int:  # noqa: ANN401 - as above
    """Make the deliveries to the endpoints that want the event."""
    told = 0
    happened = Happened(event["type"], event["province_id"], event["cluster_id"])
    for endpoint in endpoints:
        if endpoint["event_id"] != event["id"] or not wants(_wish(endpoint), happened):
            continue
        made = await connection.fetchval(
            _DELIVERY, new_id(), event["id"], Channel.WEBHOOK.value, None, endpoint["endpoint_id"],
            endpoint["agency_id"], event["cluster_id"] or event["subject_id"], event["sequence"],
            DeliveryStatus.PENDING.value, 0,
        )  # fmt: skip
        told += made is not None
    return told


def _wish(endpoint: Any) -> Wish:  # noqa: ANN401 - as above
    return Wish(
        frozenset(orjson.loads(endpoint["event_types"])),
        frozenset(UUID(found) for found in orjson.loads(endpoint["provinces"])),
        frozenset(UUID(found) for found in orjson.loads(endpoint["clusters"])),
    )


def _facts(event: Any, language: str) -> Facts:  # noqa: ANN401 - as above
    tail = language.lower()
    return Facts(
        cluster=event[f"cluster_{tail}"],
        province=event[f"province_{tail}"],
        phase_code=event["phase_code"],
        payload=orjson.loads(event["payload"]),
    )
