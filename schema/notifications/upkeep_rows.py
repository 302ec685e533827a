"""The tables of what is done for deliveries besides sending: wishes to have many again, events set aside."""

from __future__ import annotations

from typing import Any

from tortoise import fields

from schema.facts import Facts
from schema.guards import Check, Guard, Index, Reference
from schema.notifications import rules
from schema.rows import NAME_LENGTH, Row, guards_of, reference


class DeliveryReplay(Row):
    """A wish to post many finished deliveries of an endpoint once more; workers carry it out piece by piece.

    It takes what was made from `since` until `until`, or the deliveries named in `deliveries`.
    """

    endpoint_id = reference()
    agency_id = reference()
    since = fields.DatetimeField()
    until = fields.DatetimeField()
    only_given_up = fields.BooleanField(default=False)
    event_types: Any = fields.JSONField(default=list)
    deliveries: Any = fields.JSONField(default=list)
    replayed = fields.IntField(default=0)
    finished_at = fields.DatetimeField(null=True)

    class Meta:
        """The table."""

        table = "delivery_replay"


class SetAsideEvent(Row):
    """An event nobody could be told of after several tries; it is out of the way of others and not lost.

    Once somebody has asked for another try (`asked_at`), a worker puts it back into the queue.
    """

    event_id = reference()
    problem = fields.CharField(max_length=NAME_LENGTH)
    asked_at = fields.DatetimeField(null=True)

    class Meta:
        """The table."""

        table = "set_aside_event"


upkeep_guards: tuple[Guard, ...] = (
    *guards_of(DeliveryReplay, SetAsideEvent),
    Reference("set_aside_event", "event_id", "event", indexed=False, on_delete="cascade"),
    Index("set_aside_event", "event_id", unique=True),
    Index("set_aside_event", "created_at, id"),
    Reference("delivery_replay", "endpoint_id", "webhook_endpoint", on_delete="cascade"),
    Reference("delivery_replay", "agency_id", "partner_agency", on_delete="cascade"),
    Check("delivery_replay", "span", "since < until"),
    Index("delivery_replay", "created_at, id"),
    Index("delivery_replay", "created_at", where="finished_at is null", label="open"),
)

SET_ASIDE = Facts(rules.SetAsideFacts, "SetAsideEvent")
