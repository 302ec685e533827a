"""Which endpoints of agencies are told of events: those that want them, as far as their agency reaches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

import orjson

from schema.vocabulary import Channel
from services.notifications.addressing import Addressed
from services.notifications.people import what_happened
from services.notifications.reach import ENDPOINTS
from services.notifications.routing import Wish, wants

if TYPE_CHECKING:
    from collections.abc import Mapping


async def told(connection: Any, events: Mapping[UUID, Mapping[str, Any]]) -> list[Addressed]:  # noqa: ANN401 - asyncpg ships no types
    """Return the deliveries that the endpoints' agencies are to get of the events."""
    found = await connection.fetch(ENDPOINTS, list(events))
    addressed = []
    for row in found:
        event = events[row["event_id"]]
        if wants(_wish(row), what_happened(event)):
            addressed.append(
                Addressed(event, Channel.WEBHOOK, row["endpoint_id"], agency_id=row["agency_id"])
            )
    return addressed


def _wish(endpoint: Mapping[str, Any]) -> Wish:
    return Wish(
        frozenset(orjson.loads(endpoint["event_types"])),
        frozenset(UUID(found) for found in orjson.loads(endpoint["provinces"])),
        frozenset(UUID(found) for found in orjson.loads(endpoint["clusters"])),
        frozenset(orjson.loads(endpoint["phases"])),
        endpoint["most_days_left"],
        endpoint["least_percent"],
    )
