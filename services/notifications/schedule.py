"""Writes what has come due as event rows, once per occasion, however many workers look at the calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import orjson

from schema.calendar import tehran_date
from schema.events import EVENT_CHANNEL, EVENT_VERSION
from schema.identity import new_id
from services.notifications.deadlines import LONGEST_NOTICE, Deadline, Occasion, occasions

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    import asyncpg

ACTOR: Final = "services.notifications"

_DEADLINES: Final = """
select 'Phase' as entity, f.id, f.cluster_id, c.province_id, f.project_id, f.code as phase_code,
  f.window_end as due, f.actual_start as since
from phase f join cluster_project p on p.id = f.project_id join cluster c on c.id = f.cluster_id
where f.status = 'IN_PROGRESS' and f.window_end <= $1 and p.status in ('ACTIVE', 'EXITING')
  and f.deleted_at is null and p.deleted_at is null and c.deleted_at is null
  and ($2::uuid is null or f.cluster_id = $2)
union all
select 'ActionPlan', a.id, a.cluster_id, c.province_id, a.project_id, null, a.next_due_on, a.approved_on
from action_plan a join cluster c on c.id = a.cluster_id
where a.status = 'APPROVED' and a.next_due_on <= $1 and a.deleted_at is null and c.deleted_at is null
  and ($2::uuid is null or a.cluster_id = $2)
"""
_WRITE: Final = """
insert into event (id, type, version, at, cluster_id, province_id, project_id, phase_code, subject_type,
  subject_id, actor, correlation_id, occasion, payload)
values ($1, $2, $3, now(), $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
on conflict (occasion) where occasion is not null do nothing returning id
"""


class Schedule:
    """Looks at the calendar; today is the day in Tehran."""

    def __init__(self, pool: asyncpg.Pool[asyncpg.Record], now: Callable[[], datetime] | None = None) -> None:
        self._pool = pool
        self._now = now or (lambda: datetime.now(UTC))

    async def look(self) -> int:
        """Write every occasion that nobody has written yet; return how many these were."""
        today = tehran_date(self._now())
        async with self._pool.acquire() as connection:
            found = await _come_due(connection, today)
            keys = [occasion.key for occasion in found]
            told = await connection.fetch("select occasion from event where occasion = any($1)", keys)
            known = {row["occasion"] for row in told}
            clusters = {occasion.deadline.cluster_id: None for occasion in found if occasion.key not in known}
            return sum([await _tell(connection, cluster, today, known) for cluster in clusters])


async def _come_due(connection: Any, today: date, cluster: UUID | None = None) -> list[Occasion]:  # noqa: ANN401 - asyncpg ships no types
    rows = await connection.fetch(_DEADLINES, today + timedelta(days=LONGEST_NOTICE), cluster)
    return [occasion for row in rows for occasion in occasions(Deadline(**row), today)]


async def _tell(connection: Any, cluster: UUID, today: date, known: set[str]) -> int:  # noqa: ANN401 - as above
    """Write the occasions of one cluster, as a command on it: nothing changes meanwhile, the order is kept."""
    written = 0
    async with connection.transaction():
        await connection.execute("select 1 from cluster where id = $1 for no key update", cluster)
        for occasion in await _come_due(connection, today, cluster):
            if occasion.key in known:
                continue
            deadline, made = occasion.deadline, new_id()
            found = await connection.fetchval(
                _WRITE, made, occasion.type.value, EVENT_VERSION, deadline.cluster_id, deadline.province_id,
                deadline.project_id, deadline.phase_code, deadline.entity, deadline.id, ACTOR,
                str(made), occasion.key, orjson.dumps(occasion.payload).decode(),
            )  # fmt: skip
            written += found is not None
        if written:
            await connection.execute("select pg_notify($1, $2)", EVENT_CHANNEL, ACTOR)
    return written
