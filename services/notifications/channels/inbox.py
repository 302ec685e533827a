"""Writes messages into inboxes: our own table, so the row is the delivery and nothing is tried twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from schema.identity import new_id
from services.notifications.messages import facts_of, write_message

if TYPE_CHECKING:
    from collections.abc import Sequence

_ENTRIES: Final = """
insert into inbox_entry (id, revision, created_at, delivery_id, event_id, user_id, title, body)
select id, 1, now(), delivery_id, event_id, user_id, title, body
from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[])
  as given (id, delivery_id, event_id, user_id, title, body)
"""


async def put(connection: Any, entries: Sequence[tuple[Any, Any, Any, str]]) -> None:  # noqa: ANN401 - asyncpg ships no types
    """Write entries, each the id of its delivery, the row of its event, its reader and the reader's language."""
    if not entries:
        return
    rows = []
    for delivery, event, reader, language in entries:
        message = write_message(event["type"], language, facts_of(event, language))
        rows.append((new_id(), delivery, event["id"], reader, message.title, message.body))
    await connection.execute(_ENTRIES, *map(list, zip(*rows, strict=True)))
