"""Keeps passwords: the hash in its table, the change on the record; PostgreSQL ends what the old one opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from schema.identity import global_id, new_id
from services.graphql.exchange import request_id

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    import asyncpg


async def keep_hash(
    connection: asyncpg.Connection[asyncpg.Record], user_id: UUID, hashed: str, now: datetime
) -> None:
    """Keep the hash of a new password."""
    await connection.execute(
        "insert into user_password (user_id, hash, changed_at) values ($1, $2, $3)"
        " on conflict (user_id) do update set hash = excluded.hash, changed_at = excluded.changed_at",
        user_id, hashed, now,
    )  # fmt: skip


async def keep_password(
    connection: asyncpg.Connection[asyncpg.Record], user_id: UUID, hashed: str, now: datetime, action: str
) -> None:
    """Keep a new password and put the change on record, within the caller's transaction."""
    await keep_hash(connection, user_id, hashed, now)
    before = await connection.fetchval(
        "update app_user set password_changed_at = $2, revision = revision + 1 where id = $1"
        " returning (select password_changed_at from app_user where id = $1)",
        user_id, now,
    )  # fmt: skip
    await connection.execute(
        "insert into audit_entry (id, at, actor, user_id, action, entity, entity_id, request_id, before, after)"
        " values ($1, $2, $3, $4, $5, 'User', $4, $6, $7::jsonb, $8::jsonb)",
        new_id(), now, global_id("User", user_id), user_id, action, request_id.get(),
        _on_record(before), _on_record(now),
    )  # fmt: skip


def _on_record(moment: datetime | None) -> str:
    return orjson.dumps({"password_changed_at": moment and moment.isoformat()}).decode()
