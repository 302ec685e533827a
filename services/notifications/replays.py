"""Carries out wishes to have many deliveries posted once more, piece by piece and each delivery once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import asyncpg

PIECE: Final = 1000

_OPEN: Final = """
select r.id from delivery_replay r where r.finished_at is null order by r.created_at limit 1
for update skip locked
"""
# What was put on its way since the wish was made is not put on it again, so any piece may be repeated. What is
# still on its way arrives anyway.
_PIECE: Final = """
update notification_delivery d set status = 'RETRYING', attempts_made = 0, next_attempt_at = now(),
  finished_at = null, replayed_at = clock_timestamp(), revision = d.revision + 1
from delivery_replay r where r.id = $1 and d.id in (
  select n.id from notification_delivery n join event e on e.id = n.event_id
  where n.endpoint_id = r.endpoint_id and n.channel = 'WEBHOOK' and n.next_attempt_at is null
    and n.created_at >= r.since and n.created_at < r.until
    and (n.replayed_at is null or n.replayed_at < r.created_at)
    and (not r.only_given_up or n.status = 'EXHAUSTED')
    and (r.event_types = '[]' or r.event_types ? e.type)
    and (r.deliveries = '[]' or r.deliveries ? n.id::text)
  order by n.position limit $2
)
returning d.id
"""
_COUNT: Final = """
update delivery_replay set replayed = replayed + $2, finished_at = case when $3 then now() end where id = $1
"""


class Replays:
    """The wishes of one database; any number of workers carry them out."""

    def __init__(self, pool: asyncpg.Pool[asyncpg.Record]) -> None:
        self._pool = pool

    async def carry_out(self) -> int | None:
        """Put a piece of the oldest wish on its way; return how many these are, None if nobody wishes anything."""
        async with self._pool.acquire() as connection, connection.transaction():
            wish = await connection.fetchval(_OPEN)
            if wish is None:
                return None
            put = len(await connection.fetch(_PIECE, wish, PIECE))
            await connection.execute(_COUNT, wish, put, put < PIECE)
        return put
