"""The tables of deliveries: what has to be routed, what is on its way, each attempt, inboxes, endpoints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tortoise import Model, fields

from schema.facts import Facts
from schema.guards import Check, Generated, Guard, Index, Reference, Statement
from schema.notifications import endpoints, rules
from schema.notifications.reader_rows import (
    PREFERENCE,
    SUBSCRIPTION,
    NotificationPreference,
    NotificationSubscription,
    reader_guards,
)
from schema.notifications.upkeep_rows import SET_ASIDE, DeliveryReplay, SetAsideEvent, upkeep_guards
from schema.rows import NAME_LENGTH, Record, Row, guards_of, reference, term
from schema.vocabulary import AttemptStatus, Channel, DeliveryStatus, PauseReason

if TYPE_CHECKING:
    from uuid import UUID

URL_LENGTH = 2000


INBOX_CHANNEL = "khoosheh_inbox"
"""Where it is said whose inbox has changed: the id of the user."""


class UnroutedEvent(Model):
    """An event nobody has been told of yet; the row goes in the transaction that makes its deliveries.

    `failures` counts how often that failed; until `retry_at` it waits, and with it what follows in its cluster.
    """

    event_id: UUID = fields.UUIDField(primary_key=True)
    sequence = fields.BigIntField()
    cluster_id = fields.UUIDField(null=True)
    failures = fields.IntField(default=0)
    retry_at = fields.DatetimeField(null=True)

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


class WebhookEndpoint(Record):
    """An address of an agency's own to which events are posted; its secrets are sealed at rest.

    `failures` counts attempts that failed since the last that succeeded, `failing_since` is the
    first of them; while `resting_until` lies ahead nothing is posted. `document` is the agency's
    own GraphQL document whose answer travels with every event, `document_problem` why it last
    could not be answered.
    """

    agency_id = reference()
    name = fields.CharField(max_length=NAME_LENGTH)
    url = fields.CharField(max_length=URL_LENGTH)
    sealed_secret = fields.TextField()
    former_sealed_secret = fields.TextField(null=True)
    former_secret_until = fields.DatetimeField(null=True)
    event_types: Any = fields.JSONField(default=list)
    provinces: Any = fields.JSONField(default=list)
    clusters: Any = fields.JSONField(default=list)
    phases: Any = fields.JSONField(null=True)
    most_days_left = fields.IntField(null=True)
    least_percent = fields.IntField(null=True)
    document = fields.TextField(null=True)
    document_problem = fields.CharField(max_length=NAME_LENGTH, null=True)
    paused_at = fields.DatetimeField(null=True)
    paused_because = term(PauseReason, null=True)
    failures = fields.IntField(default=0)
    failing_since = fields.DatetimeField(null=True)
    resting_until = fields.DatetimeField(null=True)
    last_problem = fields.CharField(max_length=NAME_LENGTH, null=True)

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
    endpoint_id = reference(null=True)
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
  insert into unrouted_event (event_id, sequence, cluster_id, failures)
  values (new.id, new.sequence, new.cluster_id, 0);
  return null;
end $$;
create trigger event_queue after insert on event for each row
when (new.at > now() - interval '1 hour' or new.occasion is not null) execute function khoosheh_queue_event()
"""

guards: tuple[Guard, ...] = (
    *guards_of(WebhookEndpoint, NotificationDelivery, DeliveryAttempt, InboxEntry),
    Reference("unrouted_event", "event_id", "event", indexed=False, on_delete="cascade"),
    Index("unrouted_event", "sequence"),
    Index("unrouted_event", "cluster_id, sequence", where="failures > 0", label="failing"),
    Check("calendar_look", "single", "id = 1"),
    *reader_guards,
    *upkeep_guards,
    Statement(
        "event.queue",
        _QUEUE.strip(),
        "drop trigger event_queue on event; drop function khoosheh_queue_event()",
    ),
    # What one command or one day caused belongs together; an answer to one part answers all.
    Index("event", "correlation_id"),
    Reference("webhook_endpoint", "agency_id", "partner_agency", on_delete="cascade"),
    Index("webhook_endpoint", "name, id"),
    Check("webhook_endpoint", "paused", "(paused_at is null) = (paused_because is null)"),
    Check("webhook_endpoint", "failing", "failures >= 0 and (failing_since is null) = (failures = 0)"),
    Check("webhook_endpoint", "former", "(former_sealed_secret is null) = (former_secret_until is null)"),
    # A lease changes no indexed column: with room in its page it leaves every index as it is, which under a backlog
    # would otherwise grow by a dead entry for each. Finished rows are many, so what is dead is cleared away early.
    Statement(
        "notification_delivery.room",
        "alter table notification_delivery set (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.02)",
        "alter table notification_delivery reset (fillfactor, autovacuum_vacuum_scale_factor)",
    ),
    Reference("notification_delivery", "event_id", "event", indexed=False),
    Reference("notification_delivery", "user_id", "app_user", on_delete="cascade"),
    Reference("notification_delivery", "endpoint_id", "webhook_endpoint", on_delete="cascade"),
    Reference("notification_delivery", "agency_id", "partner_agency", on_delete="cascade"),
    Check("notification_delivery", "recipient", "num_nonnulls(user_id, endpoint_id) = 1"),
    Check("notification_delivery", "agency", "(endpoint_id is null) = (agency_id is null)"),
    Check("notification_delivery", "told", "num_nonnulls(event_id, content) >= 1"),
    Generated("notification_delivery", "recipient_id", "uuid", "coalesce(endpoint_id, user_id)"),
    Check("notification_delivery", "webhook", "channel <> 'WEBHOOK' or endpoint_id is not null"),
    Check(
        "notification_delivery",
        "finished",
        "(next_attempt_at is null) = (status in ('SENT', 'EXHAUSTED', 'REPLAYED'))",
    ),
    Index("notification_delivery", "event_id, user_id, channel", where="user_id is not null", unique=True),
    Index(
        "notification_delivery",
        "event_id, endpoint_id, channel",
        where="endpoint_id is not null",
        unique=True,
    ),
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
    Reference("delivery_attempt", "endpoint_id", "webhook_endpoint", indexed=False, on_delete="cascade"),
    Index("delivery_attempt", "endpoint_id, status, at", where="endpoint_id is not null", label="endpoint"),
    Check("delivery_attempt", "recipient", "num_nonnulls(user_id, agency_id) = 1"),
    Index("delivery_attempt", "delivery_id, at, id"),
    Reference("inbox_entry", "delivery_id", "notification_delivery", indexed=False, on_delete="cascade"),
    Reference("inbox_entry", "event_id", "event"),
    Reference("inbox_entry", "user_id", "app_user", indexed=False, on_delete="cascade"),
    Index("inbox_entry", "delivery_id", unique=True),
    Index("inbox_entry", "user_id, created_at, id"),
    Index("inbox_entry", "user_id, id", where="acknowledged_at is null", label="unacknowledged"),
    # Open pages of a reader hear of it as soon as it commits; words of one transaction about one reader are one.
    Statement(
        "inbox_changed",
        "create function khoosheh_inbox_changed() returns trigger language plpgsql as $$ "
        f"begin perform pg_notify('{INBOX_CHANNEL}', new.user_id::text); return null; end $$",
        "drop function khoosheh_inbox_changed()",
    ),
    Statement(
        "inbox_entry.bell",
        "create trigger inbox_entry_bell after insert or update of acknowledged_at on inbox_entry "
        "for each row execute function khoosheh_inbox_changed()",
        "drop trigger inbox_entry_bell on inbox_entry",
        order=5,
    ),
)

_ENDPOINTS_OF = (
    "(select count(*) from webhook_endpoint w where w.agency_id = {agency} and w.deleted_at is null)::int"
)
AGENCY = Facts(
    endpoints.AgencyFacts, "PartnerAgency", {"endpoints": _ENDPOINTS_OF.replace("{agency}", "{t}.id")}
)
ENDPOINT = Facts(
    endpoints.EndpointFacts,
    "WebhookEndpoint",
    {
        "agency_disabled_at": "(select g.disabled_at from partner_agency g where g.id = {t}.agency_id)",
        "siblings": _ENDPOINTS_OF.replace("{agency}", "{t}.agency_id"),
    },
)
DELIVERY = Facts(rules.DeliveryFacts, "NotificationDelivery")
ENTRY = Facts(rules.EntryFacts, "InboxEntry")

__all__ = [
    "AGENCY",
    "DELIVERY",
    "ENDPOINT",
    "ENTRY",
    "PREFERENCE",
    "SET_ASIDE",
    "SUBSCRIPTION",
    "CalendarLook",
    "DeliveryAttempt",
    "DeliveryReplay",
    "InboxEntry",
    "NotificationDelivery",
    "NotificationPreference",
    "NotificationSubscription",
    "SetAsideEvent",
    "UnroutedEvent",
    "WebhookEndpoint",
    "guards",
]
