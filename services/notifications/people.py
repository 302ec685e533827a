"""Which people are told of events, and by which channel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from schema.calendar import tehran_date
from schema.vocabulary import Channel
from services.notifications.addressing import Addressed
from services.notifications.reach import READERS

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping
    from uuid import UUID


async def told(
    connection: Any,  # noqa: ANN401 - asyncpg ships no types
    events: Mapping[UUID, Mapping[str, Any]],
    now: datetime.datetime,
) -> list[Addressed]:
    """Return who is told of the events, in their order, by which channel; runs in the routing transaction."""
    found = await connection.fetch(READERS, list(events), tehran_date(now))
    return [
        Addressed(events[row["event_id"]], Channel.INBOX, row["user_id"], language=row["language"])
        for row in found
    ]
