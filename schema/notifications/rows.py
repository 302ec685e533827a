"""The tables of deliveries: what has to be routed, what is on its way, each attempt, inboxes, endpoints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tortoise import Model, fields

from schema.facts import Facts
from schema.guards import Check, Generated, Guard, Index, Reference, Statement
from schema.notifications import rules
from schema.notifications.reader_rows import (
    PREFERENCE,
    SUBSCRIPTION,
    NotificationPreference,
    NotificationSubscription,
    reader_guards,
)
from schema.rows import NAME_LENGTH, Row, guards_of, reference, term
from schema.vocabulary import AttemptStatus, Channel, DeliveryStatus

if TYPE_CHECKING:
    from uuid import UUID

URL_LENGTH = 2000


class UnroutedEvent(Model):
    """An event nobody has been told of yet; the row goes in the transaction that makes its deliveries."""

    event_id: UUID = fields.UUIDField(primary_key=True)
    sequence = fields.BigIntField()

    class Meta:
        """The queue; as short as the worker is quick."""

        table = "unrouted_event"


class CalendarLook(Model):
    """The last day on which somebody looked at the whole calendar; what came due since then was missed."""

    id = fields.SmallIntField(primary_key=True, generated=False)
    looked_on = fields.DateField()

    class Meta:
        """A single row, so that replicas and restarts agree."""

        table = "calendar_look"


class WebhookEndpoint(Row):
    """An address of an agency's own to which events are posted; its secret is sealed at rest."""

    agency_id = reference()
    name = fields.CharField(max_length=NAME_LENGTH)
    url = fields.CharField(max_length=URL_LENGTH)
    sealed_secret = fields.TextField()
    event_types: Any = fields.JSONField(default=list)
    provinces: Any = fields.JSONField(default=list)
    clusters: Any = fields.JSONField(default=list)
    paused_at = fields.DatetimeField(null=True)

    class Meta:
        """The table."""

        table = "webhook_endpoint"


class NotificationDelivery(Row):
    """One event on its way to one recipient by one channel; its id stays the same on every attempt.

    `lane` is the cluster (or the subject of an event without one): within a lane a recipient gets
    the deliveries of a channel in the order of `position`. While `next_attempt_at` is set, it is not
    finished. What tells of no single event (a test ping, a digest) says in `content` what it tells;
    `address` is where it goes when the recipient has several.
    """

    event_id = reference(null=True)
    channel = term(Channel)
    user_id = reference(null=True)
    endpoint_id = reference(null=True)
    agency_id = reference(null=True)
    lane = fields.UUIDField()
    position = fields.BigIntField()
    status = term(DeliveryStatus, default=DeliveryStatus.PENDING)
    attempts_made = fields.IntField(default=0)
    next_attempt_at = fields.DatetimeField(null=True)
    lease = fields.UUIDField(null=True)
    leased_until = fields.DatetimeField(null=True)
    finished_at = fields.DatetimeField(null=True)
    replayed_at = fields.DatetimeField(null=True)
    address = fields.CharField(max_length=NAME_LENGTH, null=True)
    content: Any = fields.JSONField(null=True)

    class Meta:
        """The log that users see."""

        table = "notification_delivery"


class DeliveryAttempt(Row):
    """One attempt at a delivery: when, what the other side answered, how long it took."""

    delivery_id = reference()
    agency_id = reference(null=True)
    user_id = reference(null=True)
    at = fields.DatetimeField()
    status = term(AttemptStatus)
    response_code = fields.SmallIntField(null=True)
    duration_ms = fields.IntField()
    problem = fields.CharField(max_length=NAME_LENGTH, null=True)

    class Meta:
        """The table."""

        table = "delivery_attempt"


class InboxEntry(Row):
    """A message in somebody's inbox, in the language its reader had when it was written."""

    delivery_id = reference()
    event_id = reference()
    user_id = reference()
    title = fields.CharField(max_length=NAME_LENGTH)
    body = fields.TextField()
    read_at = fields.DatetimeField(null=True)
    acknowledged_at = fields.DatetimeField(null=True)

    class Meta:
        """The table."""

        table = "inbox_entry"


# Whoever writes an event, by whatever way, it is queued in the same transaction. What is entered as
# history (the sample, an import) happened long ago and is no news to anybody.
_QUEUE = """
create function khoosheh_queue_event() returns trigger language plpgsql as $$ begin
  insert into unrouted_event (event_id, sequence) values (new.id, new.sequence);
  return null;
end $$;
create trigger event_queue after insert on event for each row
when (new.at > now() - interval '1 hour' or new.occasion is not null) execute function khoosheh_queue_event()
"""

guards: tuple[Guard, ...] = (
    *guards_of(WebhookEndpoint, NotificationDelivery, DeliveryAttempt, InboxEntry),
    Reference("unrouted_event", "event_id", "event", indexed=False, on_delete="cascade"),
    Index("unrouted_event", "sequence"),
    Check("calendar_look", "single", "id = 1"),
    *reader_guards,
    Statement(
        "event.queue",
        _QUEUE.strip(),
        "drop trigger event_queue on event; drop function khoosheh_queue_event()",
    ),
    # What one command or one day caused belongs together; an answer to one part answers all.
    Index("event", "correlation_id"),
    Reference("webhook_endpoint", "agency_id", "partner_agency", on_delete="cascade"),
    Index("webhook_endpoint", "name, id"),
    Reference("notification_delivery", "event_id", "event", indexed=False),
    Reference("notification_delivery", "user_id", "app_user", on_delete="cascade"),
    Reference("notification_delivery", "endpoint_id", "webhook_endpoint", on_delete="cascade"),
    Reference("notification_delivery", "agency_id", "partner_agency", on_delete="cascade"),
    Check("notification_delivery", "recipient", "num_nonnulls(user_id, endpoint_id) = 1"),
    Check("notification_delivery", "agency", "(endpoint_id is null) = (agency_id is null)"),
    Check("notification_delivery", "told", "num_nonnulls(event_id, content) >= 1"),
    Generated("notification_delivery", "recipient_id", "uuid", "coalesce(endpoint_id, user_id)"),
    Check("notification_delivery", "webhook", "(channel = 'WEBHOOK') = (endpoint_id is not null)"),
    Check(
        "notification_delivery",
        "finished",
        "(next_attempt_at is null) = (status in ('SENT', 'EXHAUSTED', 'REPLAYED'))",
    ),
    Index("notification_delivery", "event_id, user_id, channel", where="user_id is not null", unique=True),
    Index("notification_delivery", "event_id, endpoint_id", where="endpoint_id is not null", unique=True),
    Index("notification_delivery", "created_at, id"),
    Index(
        "notification_delivery",
        "channel, recipient_id, lane, position",
        where="next_attempt_at is not null",
        label="waiting",
    ),
    Index("notification_delivery", "next_attempt_at", where="next_attempt_at is not null", label="due"),
    Reference("delivery_attempt", "delivery_id", "notification_delivery", indexed=False, on_delete="cascade"),
    Reference("delivery_attempt", "agency_id", "partner_agency", on_delete="cascade"),
    Reference("delivery_attempt", "user_id", "app_user", on_delete="cascade"),
    Check("delivery_attempt", "recipient", "num_nonnulls(user_id, agency_id) = 1"),
    Index("delivery_attempt", "delivery_id, at, id"),
    Reference("inbox_entry", "delivery_id", "notification_delivery", indexed=False, on_delete="cascade"),
    Reference("inbox_entry", "event_id", "event"),
    Reference("inbox_entry", "user_id", "app_user", indexed=False, on_delete="cascade"),
    Index("inbox_entry", "delivery_id", unique=True),
    Index("inbox_entry", "user_id, created_at, id"),
    Index("inbox_entry", "user_id, id", where="acknowledged_at is null", label="unacknowledged"),
)

AGENCY = Facts(
    rules.AgencyFacts,
    "PartnerAgency",
    {"endpoints": "(select count(*) from webhook_endpoint w where w.agency_id = {t}.id)::int"},
)
ENDPOINT = Facts(rules.EndpointFacts, "WebhookEndpoint")
DELIVERY = Facts(rules.DeliveryFacts, "NotificationDelivery")
ENTRY = Facts(rules.EntryFacts, "InboxEntry")

__all__ = [
    "AGENCY",
    "DELIVERY",
    "ENDPOINT",
    "ENTRY",
    "PREFERENCE",
    "SUBSCRIPTION",
    "CalendarLook",
    "DeliveryAttempt",
    "InboxEntry",
    "NotificationDelivery",
    "NotificationPreference",
    "NotificationSubscription",
    "UnroutedEvent",
    "WebhookEndpoint",
    "guards",
]
