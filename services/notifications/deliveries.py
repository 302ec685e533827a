"""Takes deliveries that are due under a lease and writes how they went; the order of lanes is kept here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from schema.identity import new_id
from schema.vocabulary import AttemptStatus, DeliveryStatus
from services.notifications.backoff import wait_after
from services.notifications.reach import AGENCY_SCOPE

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

    import asyncpg

    from services.notifications.channels.webhook import Outcome
    from services.settings import Settings

PER_ENDPOINT: Final = 16

# The lanes of every endpoint that works are stepped through in the index, so that a backlog costs no more than
# its lanes; of each the oldest delivery is looked at, and a few per endpoint are leased. A row another worker
# has just taken is skipped; one it took and gave back is judged anew by PostgreSQL.
_CLAIM: Final = f"""
with recursive lanes as (
  select w.id as endpoint_id, (
    select n.lane from notification_delivery n
    where n.endpoint_id = w.id and n.next_attempt_at is not null order by n.lane limit 1) as lane
  from webhook_endpoint w where w.paused_at is null and w.id <> all($2)
  union all
  select l.endpoint_id, (
    select n.lane from notification_delivery n
    where n.endpoint_id = l.endpoint_id and n.lane > l.lane and n.next_attempt_at is not null
    order by n.lane limit 1)
  from lanes l where l.lane is not null
), heads as (
  select h.id, row_number() over (partition by l.endpoint_id order by h.next_attempt_at, h.position) as turn
  from lanes l cross join lateral (
    select n.id, n.position, n.next_attempt_at, n.leased_until from notification_delivery n
    where n.endpoint_id = l.endpoint_id and n.lane = l.lane and n.next_attempt_at is not null
    order by n.position limit 1
  ) h where h.next_attempt_at <= now() and (h.leased_until is null or h.leased_until < now())
), due as materialized (
  select n.id from notification_delivery n join heads on heads.id = n.id
  where heads.turn <= {PER_ENDPOINT} and n.next_attempt_at <= now()
    and (n.leased_until is null or n.leased_until < now())
  order by n.next_attempt_at limit $1 for update of n skip locked
), taken as (
  update notification_delivery n set lease = $3, leased_until = now() + $4 * interval '1 second',
    attempts_made = n.attempts_made + 1
  from due where n.id = due.id returning n.*
)
select n.id, n.attempts_made, n.replayed_at, n.endpoint_id, n.agency_id, w.url, w.sealed_secret,
  e.id as event_id, e.type, e.version, e.at, e.subject_type, e.subject_id, e.project_id, e.phase_code, e.actor,
  e.correlation_id, e.payload, e.trace, e.cluster_id, c.slug, p.iso_code,
  g.disabled_at is null and {AGENCY_SCOPE} as in_reach
from taken n join webhook_endpoint w on w.id = n.endpoint_id join partner_agency g on g.id = w.agency_id
join event e on e.id = n.event_id left join cluster c on c.id = e.cluster_id
left join province p on p.id = e.province_id
"""  # noqa: S608 - conditions of ours; what varies travels as a parameter

# One statement, so either both are written or neither. Only the holder of the lease decides how the delivery
# stands; who was silent for too long has lost it to somebody else.
_FINISH: Final = """
with attempted as (
  insert into delivery_attempt (id, revision, created_at, delivery_id, agency_id, at, status, response_code,
    duration_ms, problem) values ($5, 1, now(), $1, $6, $7, $8, $9, $10, $11)
)
update notification_delivery set lease = null, leased_until = null, status = $3,
  next_attempt_at = now() + $4::float8 * interval '1 second',
  finished_at = case when $4::float8 is null then now() end
where id = $1 and lease = $2
"""


class Deliveries:
    """The deliveries of one database, as one worker sees them."""

    def __init__(self, pool: asyncpg.Pool[asyncpg.Record], settings: Settings) -> None:
        self._pool = pool
        self._settings = settings
        self.lease = new_id()

    async def take(self, most: int, busy: Collection[UUID] = ()) -> list[asyncpg.Record]:
        """Lease up to so many deliveries, none of them of the endpoints that are busy."""
        return list(
            await self._pool.fetch(_CLAIM, most, list(busy), self.lease, self._settings.delivery_lease)
        )

    async def finish(self, delivery: Any, outcome: Outcome) -> DeliveryStatus:  # noqa: ANN401 - a record of asyncpg
        """Write down an attempt and what follows from it."""
        status, wait = self.judge(delivery, outcome)
        await self._pool.execute(
            _FINISH, delivery["id"], self.lease, status.value, wait, new_id(), delivery["agency_id"], outcome.at,
            outcome.status.value, outcome.response_code, outcome.duration_ms, outcome.problem,
        )  # fmt: skip
        return status

    def judge(self, delivery: Any, outcome: Outcome) -> tuple[DeliveryStatus, float | None]:  # noqa: ANN401 - as above
        """Decide how a delivery stands after an attempt, and after how many seconds it is tried again."""
        if outcome.status is AttemptStatus.SUCCEEDED:
            return DeliveryStatus.REPLAYED if delivery["replayed_at"] else DeliveryStatus.SENT, None
        made = delivery["attempts_made"]
        if outcome.final or made >= self._settings.webhook_attempts:
            return DeliveryStatus.EXHAUSTED, None
        wait = wait_after(made, first=self._settings.webhook_first_retry, asked=outcome.asked)
        return DeliveryStatus.RETRYING, wait
