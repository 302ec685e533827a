"""The public types of notifications: the viewer's inbox, deliveries with their attempts, webhook endpoints."""

from __future__ import annotations

import datetime

from schema.graph import Node, column, entity, few, many, one, permitted
from schema.notifications import rows, rules
from schema.scopes import OF_THE_AGENCY, STRICTLY_ONES_OWN, THE_TOKEN
from schema.vocabulary import AttemptStatus, Channel, DeliveryStatus


@entity(rows.WebhookEndpoint, scope=OF_THE_AGENCY, plural="webhookEndpoints", order=("name",))
class WebhookEndpoint(Node):
    """An address of a partner agency to which events within its scope are posted, signed."""

    name: str = column("What it is for.")
    url: str = column("Where events are posted to.", orderable=False)
    secret: str | None = column(
        "The signing secret (`whsec_…`, Standard Webhooks): only in the answer that creates the endpoint.",
        sql=(
            "case when current_setting('khoosheh.issued', true) = {t}.id::text"
            " then current_setting('khoosheh.secret', true) end"
        ),
        filterable=False,
        orderable=False,
    )
    event_types: list[str] = column(
        "The event types it wants, as `phase.completed`; empty for all.",
        sql="(select coalesce(array_agg(kind), '{{}}') from jsonb_array_elements_text({t}.event_types) kind)",
        filterable=False,
        orderable=False,
    )
    province_ids: list[str] = column(
        "The provinces it wants; empty for all within reach.",
        sql="(select coalesce(array_agg('Province_' || id), '{{}}') from jsonb_array_elements_text({t}.provinces) id)",
        filterable=False,
        orderable=False,
    )
    cluster_ids: list[str] = column(
        "The clusters it wants; empty for all within reach.",
        sql="(select coalesce(array_agg('Cluster_' || id), '{{}}') from jsonb_array_elements_text({t}.clusters) id)",
        filterable=False,
        orderable=False,
    )
    paused_at: datetime.datetime | None = column(
        "Since when nothing is posted to it; empty while it works.", orderable=False
    )
    partner_agency = one("agencies.PartnerAgency", "Whose it is.", near="agency_id", required=False)
    notification_deliveries = many(
        "notifications.NotificationDelivery", "What was or will be posted to it.", far="endpoint_id"
    )
    permitted_actions = permitted(rows.ENDPOINT, rules.permitted_on_endpoint)


@entity(rows.NotificationDelivery, scope=THE_TOKEN, plural="notificationDeliveries", order=("created_at",))
class NotificationDelivery(Node):
    """One event on its way to one recipient; its id is the `webhook-id` of every attempt."""

    channel: Channel = column("The way it travels.", orderable=False)
    status: DeliveryStatus = column("How it stands.", orderable=False)
    attempts_made: int = column(
        "How many attempts were begun since it was made or replayed.", orderable=False
    )
    next_attempt_at: datetime.datetime | None = column(
        "When it is tried again; empty once finished.", orderable=False
    )
    finished_at: datetime.datetime | None = column("When it was delivered or given up.", orderable=False)
    replayed_at: datetime.datetime | None = column("When somebody asked for it again.", orderable=False)
    attempts = few("notifications.DeliveryAttempt", "Every attempt, oldest first.", far="delivery_id")
    event = one("history.Event", "What it tells of.", near="event_id", required=False)
    user = one("agencies.User", "Whom it tells.", near="user_id", required=False)
    webhook_endpoint = one(
        "notifications.WebhookEndpoint", "Where it is posted to.", near="endpoint_id", required=False
    )
    permitted_actions = permitted(rows.DELIVERY, rules.permitted_on_delivery)


@entity(rows.DeliveryAttempt, scope=THE_TOKEN, plural="deliveryAttempts", order=("at",), root=False)
class DeliveryAttempt(Node):
    """One attempt at a delivery."""

    at: datetime.datetime = column("When it began.", orderable=True)
    status: AttemptStatus = column("How it ended.", orderable=False)
    response_code: int | None = column("What the other side answered; empty if nothing.", orderable=False)
    duration_ms: int = column("How long it took.", orderable=False)
    problem: str | None = column("What went wrong, and the remedy.", filterable=False, orderable=False)


@entity(rows.InboxEntry, scope=STRICTLY_ONES_OWN, plural="inboxEntries", order=("created_at",))
class InboxEntry(Node):
    """A message in the viewer's own inbox; nobody else's, whatever the role."""

    title: str = column("What happened, in a few words.", filterable=False, orderable=False)
    body: str = column("What happened, in a sentence.", filterable=False, orderable=False)
    read_at: datetime.datetime | None = column("When it was read.", orderable=False)
    acknowledged_at: datetime.datetime | None = column(
        "When it was acknowledged; empty for open.", orderable=False
    )
    event = one("history.Event", "What it tells of.", near="event_id", required=False)
