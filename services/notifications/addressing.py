"""The word between whoever decides who is told and the pipeline: one event, one recipient, one channel."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from schema.vocabulary import Channel


@dataclass(frozen=True, slots=True)
class Addressed:
    """That a recipient is to be told of an event by a channel; once per event, recipient and channel.

    `recipient_id` is a user, or the endpoint of the agency `agency_id`. Within a `lane` (the cluster
    unless given) a recipient gets a channel's deliveries in the order of the events. `due_at` holds
    it back (quiet hours, digests); None sends it at once. `content` is kept for the channel.
    """

    event: Mapping[str, Any]
    channel: Channel
    recipient_id: UUID
    agency_id: UUID | None = None
    language: str = "FA"
    address: str | None = None
    lane: UUID | None = None
    due_at: datetime | None = None
    content: Mapping[str, Any] = field(default_factory=dict)
