"""How endpoints stand: after failures they rest and are tried by one delivery; after days they are paused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import orjson

from schema.events import EVENT_CHANNEL, EVENT_VERSION, EventType
from schema.identity import new_id
from schema.vocabulary import PauseReason
from services.notifications.letters.for_agencies import paused_letter

if TYPE_CHECKING:
    from uuid import UUID

    import asyncpg

ACTOR: Final = "services.notifications"
TRIAL_AFTER: Final = 5
"""After so many failures in a row an endpoint is posted one delivery at a time, and rests in between."""

LONGEST_REST: Final = 900.0
LONGEST_ASKED_REST: Final = 24 * 3600.0

# A part of the statement that writes attempts down (`given`); $13 is the first wait between attempts in seconds.
# Only what came after the last success of an endpoint counts; what was remarked of a success (it answered with a
# web page) is shown to the owner and no failure. What was not sent for good, because it had left
# the reach of its recipient, says nothing about the endpoint.
STANDING: Final = f"""answered as (
  select endpoint_id, max(at) filter (where attempt = 'SUCCEEDED') as succeeded_at,
    (array_agg(problem order by at desc) filter (where attempt = 'SUCCEEDED'))[1] as remark
  from given where endpoint_id is not null and (attempt = 'SUCCEEDED' or attempt = 'FAILED' or wait is not null)
  group by endpoint_id
), judged as (
  select a.endpoint_id, a.succeeded_at, a.remark, count(g.id)::int as failures, min(g.at) as since,
    (array_agg(g.problem order by g.at desc))[1] as problem, max(g.asked) as asked
  from answered a left join given g on g.endpoint_id = a.endpoint_id and g.attempt <> 'SUCCEEDED'
    and (g.attempt = 'FAILED' or g.wait is not null) and g.at > coalesce(a.succeeded_at, '-infinity')
  group by a.endpoint_id, a.succeeded_at, a.remark
), stood as (
  select w.id, j.failures + case when j.succeeded_at is null then w.failures else 0 end as failures,
    coalesce(case when j.succeeded_at is null then w.failing_since end, j.since) as since,
    coalesce(j.problem, j.remark) as problem, j.asked
  from judged j join webhook_endpoint w on w.id = j.endpoint_id
  where j.failures > 0 or w.failures > 0 or j.succeeded_at is not null and j.remark is distinct from w.last_problem
), standing as (
  update webhook_endpoint w set failures = s.failures, failing_since = s.since, last_problem = s.problem,
    resting_until = nullif(greatest(
      case when s.failures >= {TRIAL_AFTER}
        then now() + least({LONGEST_REST}, $13 * 2 ^ least(s.failures - {TRIAL_AFTER - 1}, 20)) * interval '1 second'
        else '-infinity' end,
      case when s.asked is not null
        then now() + least(s.asked, {LONGEST_ASKED_REST}) * interval '1 second' else '-infinity' end
    ), '-infinity')
  from stood s where w.id = s.id
)"""  # noqa: S608 - numbers of ours

_PAUSE: Final = """
update webhook_endpoint w set paused_at = now(), paused_because = $2, revision = revision + 1
where paused_at is null and deleted_at is null and failures >= $3
  and failing_since < now() - $1 * interval '1 second'
returning w.id, w.agency_id, w.name, w.failures, w.failing_since, w.last_problem
"""
_ENDED: Final = """
update webhook_endpoint set former_sealed_secret = null, former_secret_until = null
where former_secret_until <= now()
"""
_EVENT: Final = """
insert into event (id, type, version, at, subject_type, subject_id, actor, correlation_id, payload)
values ($1, $2, $3, now(), 'WebhookEndpoint', $4, $5, $6, $7)
"""
_TRAIL: Final = """
insert into audit_entry (id, at, actor, action, entity, entity_id, request_id, before, after)
values ($1, now(), $2, 'pauseFailingEndpoint', 'WebhookEndpoint', $3, $4, '{"paused_at": null}', $5)
"""
# The letter to the agency is a delivery as any other: retried, given up with the reason, shown to its owner.
_LETTER: Final = """
insert into notification_delivery (id, revision, created_at, event_id, channel, endpoint_id, agency_id, lane,
  position, status, attempts_made, next_attempt_at, content)
select $1, 1, now(), e.id, 'EMAIL', $3, $4, $3, e.sequence, 'PENDING', 0, now(), $5 from event e where e.id = $2
"""


class Standing:
    """Looks after endpoints: pauses those that failed for days, forgets secrets that are no longer valid.

    With `letters` their agencies are written to; an installation without e-mail has no such deliveries.
    """

    def __init__(
        self, pool: asyncpg.Pool[asyncpg.Record], *, pause_after: float, letters: bool = False
    ) -> None:
        self._pool = pool
        self._pause_after = pause_after
        self._letters = letters

    async def look(self) -> int:
        """Pause what failed for too long and tell of it; return how many these were."""
        async with self._pool.acquire() as connection, connection.transaction():
            await connection.execute(_ENDED)
            paused = await connection.fetch(
                _PAUSE, self._pause_after, PauseReason.FAILING.value, 2 * TRIAL_AFTER
            )
            for endpoint in paused:
                event = await _tell(connection, endpoint)
                if self._letters:
                    await _write(connection, endpoint, event)
        return len(paused)


async def _write(connection: Any, endpoint: Any, event: UUID) -> None:  # noqa: ANN401 - asyncpg ships no types
    """Write to the agency itself: its only endpoint cannot tell it that it is no longer told."""
    content = paused_letter(
        endpoint=endpoint["id"],
        name=endpoint["name"],
        failures=endpoint["failures"],
        since=endpoint["failing_since"],
        problem=endpoint["last_problem"],
    )
    await connection.execute(
        _LETTER, new_id(), event, endpoint["id"], endpoint["agency_id"], orjson.dumps(content).decode()
    )


async def _tell(connection: Any, endpoint: Any) -> UUID:  # noqa: ANN401 - as above
    """Write that an endpoint was paused, for its owner and for those who look after agencies."""
    told = {
        "failures": endpoint["failures"],
        "failingSince": endpoint["failing_since"].isoformat(),
        "problem": endpoint["last_problem"],
    }
    event = new_id()
    await connection.execute(
        _EVENT, event, EventType.WEBHOOK_PAUSED.value, EVENT_VERSION, endpoint["id"], ACTOR, str(event),
        orjson.dumps(told).decode(),
    )  # fmt: skip
    after = {"paused_because": PauseReason.FAILING.value, **told}
    await connection.execute(
        _TRAIL, new_id(), ACTOR, endpoint["id"], str(event), orjson.dumps(after).decode()
    )
    await connection.execute("select pg_notify($1, $2)", EVENT_CHANNEL, ACTOR)
    return event
