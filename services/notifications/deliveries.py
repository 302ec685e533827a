"""Takes deliveries that are due under a lease and writes how they went; the order of lanes is kept here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from schema.calendar import tehran_date
from schema.identity import new_id
from schema.vocabulary import AttemptStatus, DeliveryStatus
from services.notifications.backoff import wait_after
from services.notifications.channels.delivery import Delivery, Outcome, delivery_of
from services.notifications.reach import AGENCY_SCOPE, IN_USERS_REACH
from services.notifications.returns.records import mark_address
from services.notifications.standing import STANDING, TRIAL_AFTER
from services.notifications.wordings import read_wordings

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from uuid import UUID

    import asyncpg

    from schema.vocabulary import Channel
    from services.settings import Settings

PER_RECIPIENT: Final = 16
MAIL_RESTS_DAYS: Final = 7
"""So long nothing is sent to an address from which a letter came back; then one letter tries it again."""

# Recipients and their lanes are stepped through in the index, so that a backlog costs no more than its lanes; of
# each lane the oldest delivery is looked at, and a few lanes per recipient are leased, each with what follows in
# it as far as that is due too. A row another worker has just taken is skipped; one it took and gave back is
# judged anew by PostgreSQL.
_CLAIM: Final = f"""
with recursive recipients as (
  (select n.channel, n.recipient_id from notification_delivery n where n.next_attempt_at is not null
   order by n.channel, n.recipient_id limit 1)
  union all
  select f.channel, f.recipient_id from recipients r cross join lateral (
    select n.channel, n.recipient_id from notification_delivery n
    where n.next_attempt_at is not null and (n.channel, n.recipient_id) > (r.channel, r.recipient_id)
    order by n.channel, n.recipient_id limit 1) f
), served as (
  select r.channel, r.recipient_id, case when w.failures >= {TRIAL_AFTER} then 1 else o.most end as most,
    case when w.failures >= {TRIAL_AFTER} then 1 else {PER_RECIPIENT} end as turns
  from recipients r join unnest($6::text[], $7::int[]) as o (channel, most) on o.channel = r.channel
  left join webhook_endpoint w on w.id = r.recipient_id and r.channel = 'WEBHOOK'
  where w.paused_at is null and w.deleted_at is null and coalesce(w.resting_until <= now(), true)
    and r.recipient_id <> all($3)
), lanes as (
  select s.channel, s.recipient_id, s.most, s.turns, (
    select n.lane from notification_delivery n
    where n.channel = s.channel and n.recipient_id = s.recipient_id and n.next_attempt_at is not null
    order by n.lane limit 1) as lane
  from served s
  union all
  select l.channel, l.recipient_id, l.most, l.turns, (
    select n.lane from notification_delivery n
    where n.channel = l.channel and n.recipient_id = l.recipient_id and n.lane > l.lane
      and n.next_attempt_at is not null order by n.lane limit 1)
  from lanes l where l.lane is not null
), heads as (
  select h.id, l.channel, l.recipient_id, l.lane, l.most, l.turns, row_number() over (
    partition by l.channel, l.recipient_id order by h.event_id is not null, h.next_attempt_at, h.position) as turn
  from lanes l cross join lateral (
    select n.id, n.event_id, n.position, n.next_attempt_at, n.leased_until from notification_delivery n
    where n.channel = l.channel and n.recipient_id = l.recipient_id and n.lane = l.lane
      and n.next_attempt_at is not null
    order by n.position limit 1
  ) h where h.next_attempt_at <= now() and (h.leased_until is null or h.leased_until < now())
), due as materialized (
  select n.id, heads.channel, heads.recipient_id, heads.lane, heads.most, heads.turns
  from notification_delivery n join heads on heads.id = n.id
  where heads.turn <= heads.turns and n.next_attempt_at <= now()
    and (n.leased_until is null or n.leased_until < now())
  order by n.next_attempt_at limit $1 for update of n skip locked
), runs as (
  select f.id from due d cross join lateral (
    select n.id, bool_and(n.next_attempt_at <= now()) over (order by n.position) as due from (
      select n.id, n.position, n.next_attempt_at from notification_delivery n
      where n.channel = d.channel and n.recipient_id = d.recipient_id and n.lane = d.lane
        and n.next_attempt_at is not null order by n.position limit d.most) n
  ) f where f.due
), tried as (
  update webhook_endpoint w set resting_until = now() + $5 * interval '1 second'
  from due where due.turns = 1 and due.channel = 'WEBHOOK' and w.id = due.recipient_id
), taken as (
  update notification_delivery n set lease = $4, leased_until = now() + $5 * interval '1 second'
  from runs where n.id = runs.id and n.next_attempt_at <= now()
    and (n.leased_until is null or n.leased_until < now())
  returning n.*
)
select n.id, n.lease, n.channel, n.recipient_id, n.lane, n.address, n.content, n.attempts_made, n.replayed_at,
  n.endpoint_id, n.agency_id, w.url, w.sealed_secret,
  case when w.former_secret_until > now() then w.former_sealed_secret end as former_sealed_secret,
  w.document, w.document_problem, n.user_id, r.phone_secret, r.messenger_secret,
  coalesce(u.email, g.contact_email) as email, coalesce(u.language, g.contact_language, 'FA') as language,
  coalesce(u.name, case g.contact_language when 'EN' then g.name_en else g.name_fa end) as name,
  coalesce(coalesce(u.mail_returned_at, g.mail_returned_at) > now() - interval '{MAIL_RESTS_DAYS} days', false)
    as mail_rests,
  e.id as event_id, e.type, e.version, e.at, e.subject_type, e.subject_id, e.project_id, e.phase_code, e.actor,
  e.correlation_id, e.payload, e.trace, e.cluster_id, c.slug, c.name_fa as cluster_fa, c.name_en as cluster_en,
  e.province_id, p.iso_code, p.name_fa as province_fa, p.name_en as province_en,
  case when n.endpoint_id is not null
    then g.disabled_at is null and (e.id is null or n.channel <> 'WEBHOOK' or {AGENCY_SCOPE})
    else u.disabled_at is null and (e.id is null or {IN_USERS_REACH}) end as in_reach
from taken n
left join webhook_endpoint w on w.id = n.endpoint_id left join partner_agency g on g.id = w.agency_id
left join app_user u on u.id = n.user_id left join notification_preference r on r.id = n.user_id
left join event e on e.id = n.event_id left join cluster c on c.id = e.cluster_id
left join province p on p.id = e.province_id
order by n.channel, n.recipient_id, n.lane, n.position
"""  # noqa: S608 - conditions of ours; what varies travels as a parameter

# One statement, so either both are written or neither. Only the holder of the lease decides how the delivery
# stands; who was silent for too long has lost it to somebody else, but what was attempted stays on record.
_FINISH: Final = f"""
with given as (
  select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[], $5::text[], $6::int[], $7::int[],
    $8::text[], $9::text[], $10::float8[], $11::uuid[], $12::float8[])
  as given (delivery_id, lease, id, at, attempt, code, duration, problem, status, wait, endpoint_id, asked)
), attempted as (
  insert into delivery_attempt (id, revision, created_at, delivery_id, agency_id, user_id, endpoint_id, at, status,
    response_code, duration_ms, problem)
  select g.id, 1, now(), n.id, n.agency_id, n.user_id, case n.channel when 'WEBHOOK' then n.endpoint_id end,
    g.at, g.attempt, g.code, g.duration, g.problem
  from given g join notification_delivery n on n.id = g.delivery_id
), {STANDING}
update notification_delivery n set lease = null, leased_until = null, status = g.status,
  attempts_made = n.attempts_made + 1, next_attempt_at = now() + g.wait * interval '1 second',
  finished_at = case when g.wait is null then now() end
from given g where n.id = g.delivery_id and n.lease = g.lease
"""  # noqa: S608 - texts of ours; what varies travels as a parameter
_RELEASE: Final = """
update notification_delivery set lease = null, leased_until = null where id = any($1) and lease = $2
"""


@dataclass(frozen=True, slots=True)
class Finished:
    """An attempt, and what follows from it: how the delivery stands, and the seconds until the next attempt."""

    delivery: Delivery
    outcome: Outcome
    status: DeliveryStatus
    wait: float | None


class Deliveries:
    """The deliveries of one database, as one worker sees them."""

    def __init__(
        self,
        pool: asyncpg.Pool[asyncpg.Record],
        settings: Settings,
        most_at_once: Mapping[Channel, int],
        now: Callable[[], datetime] | None = None,
    ) -> None:
        self._pool = pool
        self._settings = settings
        self._most_at_once = most_at_once
        self._now = now or (lambda: datetime.now(UTC))

    async def take(self, most: int, busy: Collection[UUID] = ()) -> list[tuple[Delivery, ...]]:
        """Lease up to so many runs, each of one recipient and lane, none of the recipients that are busy."""
        rows: list[Any] = await self._pool.fetch(
            _CLAIM, most, tehran_date(self._now()), list(busy), new_id(), self._settings.delivery_lease,
            [channel.value for channel in self._most_at_once], list(self._most_at_once.values()),
        )  # fmt: skip
        wordings = await read_wordings(self._pool) if rows else {}
        runs: dict[tuple[str, UUID, UUID], list[Delivery]] = {}
        for row in rows:
            key = (row["channel"], row["recipient_id"], row["lane"])
            runs.setdefault(key, []).append(delivery_of(row, wordings))
        return [tuple(run) for run in runs.values()]

    async def finish(self, finished: Sequence[Finished]) -> None:
        """Write attempts down, and what follows from them."""
        rows = [
            (
                one.delivery.id, one.delivery.lease, new_id(), one.outcome.at, one.outcome.status.value,
                one.outcome.response_code, one.outcome.duration_ms, one.outcome.problem, one.status.value,
                one.wait, one.delivery.endpoint and one.delivery.endpoint.id, one.outcome.asked,
            )
            for one in finished
        ]  # fmt: skip
        given = (*map(list, zip(*rows, strict=True)), self._settings.webhook_first_retry)
        wrong = [one for one in finished if one.outcome.wrong_address]
        if not wrong:
            await self._pool.execute(_FINISH, *given)
            return
        async with self._pool.acquire() as connection, connection.transaction():
            await connection.execute(_FINISH, *given)
            for one in wrong:
                reader = one.delivery.reader
                if reader is not None and reader.email is not None:
                    await mark_address(connection, reader.id, reader.email, one.outcome.problem or "")

    async def release(self, run: Sequence[Delivery]) -> None:
        """Give back what was leased and not attempted."""
        await self._pool.execute(_RELEASE, [delivery.id for delivery in run], run[0].lease)

    def judge(self, delivery: Delivery, outcome: Outcome) -> Finished:
        """Decide how a delivery stands after an attempt, and after how many seconds it is tried again."""
        if outcome.status is AttemptStatus.SUCCEEDED:
            status = DeliveryStatus.REPLAYED if delivery.replayed else DeliveryStatus.SENT
            return Finished(delivery, outcome, status, None)
        made = delivery.attempts_made + 1
        if outcome.final or made >= self._settings.webhook_attempts:
            return Finished(delivery, outcome, DeliveryStatus.EXHAUSTED, None)
        wait = wait_after(made, first=self._settings.webhook_first_retry, asked=outcome.asked)
        return Finished(delivery, outcome, DeliveryStatus.RETRYING, wait)
