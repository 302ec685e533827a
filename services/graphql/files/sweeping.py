"""Sweeps away files that nobody attached, and what a failure left in the storage without a row."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

import asyncpg
import structlog

from services.storage import StorageUnavailable

if TYPE_CHECKING:
    from collections.abc import Callable

    from services.storage import Storage

_EVERY: Final = 3600.0
_LOCK: Final = 7_301_146
log = structlog.get_logger(__name__)


async def sweep(pool: asyncpg.Pool[asyncpg.Record], storage: Storage, *, before: datetime) -> int:
    """Discard every file that has waited since before a moment; several processes take turns.

    Rows go first: a file whose row is gone can no longer be attached, and is found again if the storage fails now.
    """
    async with pool.acquire() as connection, connection.transaction():
        if not await connection.fetchval("select pg_try_advisory_xact_lock($1)", _LOCK):
            return 0
        await connection.execute(
            "delete from upload where attached_at is null and created_at < $1"
            " and not exists (select 1 from document where document.upload_id = upload.id)",
            before,
        )
        keys = [key async for key in storage.older_than(before)]
        known = await connection.fetch(
            "select id from upload where id = any($1)", [UUID(key) for key in keys if _is_ours(key)]
        )
        kept = {row["id"].hex for row in known}
        orphans = [key for key in keys if _is_ours(key) and key not in kept]
        for key in orphans:
            await storage.discard(key)
    return len(orphans)


async def keep_sweeping(
    pool: asyncpg.Pool[asyncpg.Record],
    storage: Storage,
    *,
    waiting: timedelta,
    now: Callable[[], datetime] | None = None,
) -> None:
    """Sweep every hour until cancelled; a storage or database that is away is tried again."""
    while True:
        await asyncio.sleep(_EVERY)
        moment = (now or (lambda: datetime.now(UTC)))() - waiting
        try:
            swept = await sweep(pool, storage, before=moment)
        except (StorageUnavailable, OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
            log.warning("files_not_swept", reason=str(error)[:300])
        else:
            log.info("files_swept", count=swept)


def _is_ours(key: str) -> bool:
    try:
        return UUID(key).hex == key
    except ValueError:
        return False
