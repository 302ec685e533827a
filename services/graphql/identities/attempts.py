"""How often signing in with an address failed, and how long it has to wait: alike for known and unknown."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from services.graphql.identities.credentials import hash_of

if TYPE_CHECKING:
    from datetime import datetime

    import asyncpg

FREE_ATTEMPTS: Final = 5
_FIRST_WAIT: Final = timedelta(seconds=30)
_LONGEST_WAIT: Final = timedelta(minutes=15)
_FORGOTTEN_AFTER: Final = timedelta(hours=1)


async def count_attempt(pool: asyncpg.Pool[asyncpg.Record], address: str, now: datetime) -> timedelta | None:
    """Count an attempt; return how long the address still has to wait, or nothing when it may try.

    An attempt counts before the password is looked at, so that many at once are counted too.
    """
    key = hash_of(address)
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute(
            "insert into sign_in_failure (address_hash, failures, last_at) values ($1, 0, $2)"
            " on conflict (address_hash) do nothing",
            key, now,
        )  # fmt: skip
        row = await connection.fetchrow(
            "select failures, last_at, blocked_until from sign_in_failure where address_hash = $1 for update",
            key,
        )
        blocked: datetime | None = row["blocked_until"]
        if blocked is not None and blocked > now:
            return blocked - now
        failures = 1 if now - row["last_at"] > _FORGOTTEN_AFTER else row["failures"] + 1
        await connection.execute(
            "update sign_in_failure set failures = $2, last_at = $3, blocked_until = $4"
            " where address_hash = $1",
            key, failures, now, now + wait_after(failures),
        )  # fmt: skip
    return None


def wait_after(failures: int) -> timedelta:
    """Return how long to wait after so many failures: nothing at first, then twice as long each time."""
    if failures < FREE_ATTEMPTS:
        return timedelta(0)
    return min(_FIRST_WAIT * (1 << min(failures - FREE_ATTEMPTS, 10)), _LONGEST_WAIT)


async def forget_attempts(pool: asyncpg.Pool[asyncpg.Record], address: str) -> None:
    """Start anew after a sign-in that succeeded."""
    await pool.execute("delete from sign_in_failure where address_hash = $1", hash_of(address))
