"""Notes when a session or token was last used, at most once a minute each."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

import asyncpg

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from services.graphql.identities.lookup import Known

IDLE: Final = timedelta(hours=8)
_NOTED_EVERY: Final = timedelta(minutes=1)


def note_use(
    pool: asyncpg.Pool[asyncpg.Record], known: Known, now: datetime
) -> Coroutine[None, None, None] | None:
    """Return the writing of a use that is due to be noted; a session stays open while it is used."""
    if known.used_at is not None and now - known.used_at < _NOTED_EVERY:
        return None
    if known.viewer.session_id is not None:
        statement = (
            "update user_session set last_seen_at = $2,"
            " idle_until = least(ends_at, $2::timestamptz + $3::interval)"
            " where id = $1 and ended_at is null and last_seen_at <= $2::timestamptz - $4::interval"
        )
        return _write(pool, statement, known.viewer.session_id, now, IDLE, _NOTED_EVERY)
    statement = (
        "update api_token set last_used_at = $2 where id = $1"
        " and (last_used_at is null or last_used_at <= $2::timestamptz - $3::interval)"
    )
    return _write(pool, statement, known.viewer.token_id, now, _NOTED_EVERY)


async def _write(pool: asyncpg.Pool[asyncpg.Record], statement: str, *values: object) -> None:
    # A use that is not noted is noted next time; the request it belongs to goes on.
    with suppress(OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError):
        await pool.execute(statement, *values)
