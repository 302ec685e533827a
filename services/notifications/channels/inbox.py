"""Writes messages into inboxes: our own table, so the row is the delivery and nothing is tried twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from schema.identity import new_id
from services.notifications.messages import write_together

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from services.notifications.addressing import Addressed

_ENTRIES: Final = """
insert into inbox_entry (id, revision, created_at, delivery_id, event_id, user_id, title, body)
select id, 1, now(), delivery_id, event_id, user_id, title, body
from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[])
  as given (id, delivery_id, event_id, user_id, title, body)
"""


async def put(connection: Any, entries: Sequence[tuple[UUID, Addressed]]) -> None:  # noqa: ANN401 - asyncpg ships no types
    """Write entries, each with the id of its delivery: one message of all that was caused together."""
    if not entries:
        return
    rows = []
    for delivery, one in entries:
        message = write_together(one.event, one.content.get("also", ()), one.language)
        rows.append((new_id(), delivery, one.event["id"], one.recipient_id, message.title, message.body))
    await connection.execute(_ENTRIES, *map(list, zip(*rows, strict=True)))
