"""Writes what has come due as event rows, once per occasion, however many workers look at the calendar."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, Final

import orjson

from schema.calendar import tehran_date
from schema.events import EVENT_CHANNEL, EVENT_VERSION
from schema.identity import new_id
from services.notifications.deadline_rows import DEADLINES
from services.notifications.deadlines import LONGEST_NOTICE, Deadline, Occasion, keys, occasions

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    import asyncpg

ACTOR: Final = "services.notifications"

_TOLD: Final = "select occasion, at from event where occasion = any($1)"
_WRITE: Final = """
insert into event (id, type, version, at, cluster_id, province_id, project_id, phase_code, subject_type,
  subject_id, actor, correlation_id, occasion, payload)
values ($1, $2, $3, $14, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
on conflict (occasion) where occasion is not null do nothing returning id
"""
_LOOKED: Final = "select looked_on from calendar_look"
_NOTE: Final = """
insert into calendar_look (id, looked_on) values (1, $1)
on conflict (id) do update set looked_on = excluded.looked_on
"""


class Schedule:
    """Looks at the calendar; today is the day in Tehran."""

    def __init__(self, pool: asyncpg.Pool[asyncpg.Record], now: Callable[[], datetime] | None = None) -> None:
        self._pool = pool
        self._now = now or (lambda: datetime.now(UTC))

    async def look(self) -> int:
        """Write every occasion that nobody has written yet; return how many these were."""
        now = self._now()
        today = tehran_date(now)
        async with self._pool.acquire() as connection:
            looked = await connection.fetchval(_LOOKED)
            found = await _come_due(connection, today, looked)
            clusters = {occasion.deadline.cluster_id: None for occasion in found}
            written = sum([await _tell(connection, cluster, now, looked) for cluster in clusters])
            if looked != today:
                await connection.execute(_NOTE, today)
            return written


async def _come_due(
    connection: Any,  # noqa: ANN401 - asyncpg ships no types
    today: date,
    looked: date | None,
    cluster: UUID | None = None,
) -> list[Occasion]:
    rows = await connection.fetch(DEADLINES, today, cluster, looked, LONGEST_NOTICE)
    deadlines = [Deadline(**row) for row in rows]
    names = [name for deadline in deadlines for name in keys(deadline)]
    told = {row["occasion"]: tehran_date(row["at"]) for row in await connection.fetch(_TOLD, names)}
    return [
        occasion
        for deadline in deadlines
        for occasion in occasions(deadline, today, looked=looked, told=told)
    ]


async def _tell(connection: Any, cluster: UUID, now: datetime, looked: date | None) -> int:  # noqa: ANN401 - as above
    """Write the occasions of one cluster, as a command on it: nothing changes meanwhile, the order is kept.

    What comes due on one day in one cluster belongs together and is one message to whoever is told.
    """
    written, today = 0, tehran_date(now)
    async with connection.transaction():
        await connection.execute("select 1 from cluster where id = $1 for no key update", cluster)
        for occasion in await _come_due(connection, today, looked, cluster):
            deadline = occasion.deadline
            found = await connection.fetchval(
                _WRITE, new_id(), occasion.type.value, EVENT_VERSION, deadline.cluster_id,
                deadline.province_id, deadline.project_id, deadline.phase_code, deadline.entity, deadline.id,
                ACTOR, f"calendar-{today.isoformat()}-{cluster}", occasion.key,
                orjson.dumps(occasion.payload).decode(), now,
            )  # fmt: skip
            written += found is not None
        if written:
            await connection.execute("select pg_notify($1, $2)", EVENT_CHANNEL, ACTOR)
    return written
