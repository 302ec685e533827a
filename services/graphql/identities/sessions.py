"""Sessions of browsers: opened at sign-in, ended at sign-out; the cookie's secret is never kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from schema.identity import new_id
from schema.rows import NAME_LENGTH
from services.graphql.identities.credentials import hash_of, new_secret
from services.graphql.identities.usage import IDLE

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    import asyncpg

WHOLE: Final = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Session:
    """A session just opened: the secret for the cookie, and until when it lasts at most."""

    secret: str
    user_id: UUID
    ends_at: datetime


async def open_session(
    pool: asyncpg.Pool[asyncpg.Record],
    user_id: UUID,
    now: datetime,
    *,
    client: str = "",
    previous: str = "",
    identity_id: UUID | None = None,
) -> Session:
    """Open a session under a new secret and end the one this browser had before.

    `identity_id` is the account with an OpenID provider by which the person signed in.
    """
    session = Session(new_secret(), user_id, now + WHOLE)
    await pool.execute(
        "insert into user_session"
        " (id, revision, created_at, user_id, hash, last_seen_at, idle_until, ends_at, client,"
        " identity_id) values ($1, 1, $2, $3, $4, $2, $5, $6, $7, $8)",
        new_id(), now, user_id, hash_of(session.secret), now + IDLE, session.ends_at,
        client[:NAME_LENGTH] or None, identity_id,
    )  # fmt: skip
    if previous:
        await end_session(pool, previous, now)
    return session


async def end_session(pool: asyncpg.Pool[asyncpg.Record], secret: str, now: datetime) -> bool:
    """End the session of this secret and tell whether a provider had opened it; unknown ones have ended already."""
    return bool(
        await pool.fetchval(
            "update user_session set ended_at = $2 where hash = $1 and ended_at is null"
            " returning identity_id is not null",
            hash_of(secret), now,
        )
    )  # fmt: skip
