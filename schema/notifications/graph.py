"""The public types of notifications: the viewer's inbox, deliveries with their attempts, webhook endpoints."""

from __future__ import annotations

import datetime

from schema.graph import Node, column, entity, few, many, one, permitted, text_column
from schema.notifications import computed, endpoints, reading, rows, rules
from schema.scopes import OF_THE_ADMINISTRATION, OF_THE_AGENCY, STRICTLY_ONES_OWN, THE_TOKEN
from schema.vocabulary import (
    AttemptStatus,
    Channel,
    DeliveryStatus,
    EndpointHealth,
    NotificationRhythm,
    PauseReason,
    PhaseCode,
    SubscriptionKind,
    Weekday,
)


@entity(rows.WebhookEndpoint, scope=OF_THE_AGENCY, plural="webhookEndpoints", order=("name",))
class WebhookEndpoint(Node):
    """An address of a partner agency to which events within its scope are posted, signed."""

    name: str = column("What it is for.")
    url: str = column("Where events are posted to.", orderable=False)
    secret: str | None = column(
        "The signing secret (`whsec_…`, Standard Webhooks): only in the answer that creates or rotates it.",
        sql=computed.ISSUED,
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
        sql=computed.IDS.format(type="Province", column="provinces"),
        filterable=False,
        orderable=False,
    )
    cluster_ids: list[str] = column(
        "The clusters it wants; empty for all within reach.",
        sql=computed.IDS.format(type="Cluster", column="clusters"),
        filterable=False,
        orderable=False,
    )
    phases: list[PhaseCode] = column(
        "The phases it wants events of; empty for all.",
        sql="(select coalesce(array_agg(code), '{{}}') from jsonb_array_elements_text({t}.phases) code)",
        filterable=False,
        orderable=False,
    )
    most_days_left: int | None = column("Only reminders of what is due within so many days.", orderable=False)
    least_percent: int | None = column("Only progress and budgets from so many per cent.", orderable=False)
    former_secret_until: datetime.datetime | None = column(
        "Until when the former secret signs too, after a rotation; empty or past: only the present one does.",
        orderable=False,
    )
    document: str | None = column(
        "The GraphQL document of its own whose answer travels with every event; empty for none.",
        filterable=False,
        orderable=False,
    )
    document_problem: str | None = column(
        "Why the document could not be answered lately, and the remedy; events travel without its answer then.",
        filterable=False,
        orderable=False,
    )
    paused_at: datetime.datetime | None = column(
        "Since when nothing is posted to it; empty while it works.", orderable=False
    )
    paused_because: PauseReason | None = column("Why nothing is posted to it.", orderable=False)
    health: EndpointHealth = column(
        "How it stands, by what it answered lately.",
        sql=computed.HEALTH,
        filterable=False,
        orderable=False,
    )
    failures: int = column("Failed attempts since the last that succeeded.", orderable=False)
    failing_since: datetime.datetime | None = column(
        "The first of these failures; after three days without success it is paused by itself.",
        orderable=False,
    )
    resting_until: datetime.datetime | None = column(
        "Until when nothing is posted, because it failed or asked for it; then one delivery is tried.",
        orderable=False,
    )
    last_problem: str | None = column(
        "What went wrong last, and the remedy.", filterable=False, orderable=False
    )
    last_succeeded_at: datetime.datetime | None = column(
        "When it last accepted something.",
        sql=computed.LAST_SUCCEEDED_AT,
        filterable=False,
        orderable=False,
    )
    waiting: int = column(
        "How many deliveries are not finished.",
        sql=computed.WAITING,
        filterable=False,
        orderable=False,
    )
    attempts_today: int = column(
        "How many attempts were made in the last 24 hours.",
        sql=computed.LAST_DAY.replace("<which>", "true"),
        filterable=False,
        orderable=False,
    )
    failures_today: int = column(
        "How many of these failed.",
        sql=computed.LAST_DAY.replace("<which>", "a.status <> 'SUCCEEDED'"),
        filterable=False,
        orderable=False,
    )
    partner_agency = one("agencies.PartnerAgency", "Whose it is.", near="agency_id", required=False)
    notification_deliveries = many(
        "notifications.NotificationDelivery", "What was or will be posted to it.", far="endpoint_id"
    )
    delivery_replays = many("notifications.DeliveryReplay", "What was asked for again.", far="endpoint_id")
    permitted_actions = permitted(rows.ENDPOINT, endpoints.permitted)


@entity(rows.NotificationDelivery, scope=THE_TOKEN, plural="notificationDeliveries", order=("created_at",))
class NotificationDelivery(Node):
    """One event on its way to one recipient; its id is the `webhook-id` of every attempt."""

    channel: Channel = column("The way it travels.", orderable=False)
    is_test: bool = column(
        "Whether it only tests its endpoint.",
        sql="({t}.event_id is null and {t}.channel = 'WEBHOOK')",
        orderable=False,
    )
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


@entity(rows.SetAsideEvent, scope=OF_THE_ADMINISTRATION, plural="setAsideEvents", order=("created_at",))
class SetAsideEvent(Node):
    """An event nobody could be told of after several tries; it is kept, and out of the way of others."""

    problem: str = column("What went wrong.", filterable=False, orderable=False)
    created_at: datetime.datetime = column("When it was set aside.", orderable=True)
    asked_at: datetime.datetime | None = column("When somebody asked for another try.", orderable=False)
    event = one("history.Event", "What nobody was told of.", near="event_id", required=False)
    permitted_actions = permitted(rows.SET_ASIDE, rules.permitted_on_set_aside)


@entity(rows.DeliveryReplay, scope=OF_THE_AGENCY, plural="deliveryReplays", order=("created_at",))
class DeliveryReplay(Node):
    """A wish to post many finished deliveries of an endpoint once more; workers carry it out."""

    since: datetime.datetime = column(
        "From when on deliveries were made that are posted again.", orderable=False
    )
    until: datetime.datetime = column("Until when.", orderable=False)
    only_given_up: bool = column("Whether only those are meant that were given up.", orderable=False)
    event_types: list[str] = column(
        "Only of these types; empty for all.",
        sql="(select coalesce(array_agg(kind), '{{}}') from jsonb_array_elements_text({t}.event_types) kind)",
        filterable=False,
        orderable=False,
    )
    replayed: int = column("How many have been put on their way again so far.", orderable=False)
    finished_at: datetime.datetime | None = column("When all were on their way.", orderable=False)
    webhook_endpoint = one(
        "notifications.WebhookEndpoint", "Where they are posted to.", near="endpoint_id", required=False
    )


@entity(rows.InboxEntry, scope=STRICTLY_ONES_OWN, plural="inboxEntries", order=("created_at",))
class InboxEntry(Node):
    """A message in the viewer's own inbox; nobody else's, whatever the role."""

    title: str = column("What happened, in a few words.", filterable=False, orderable=False)
    body: str = text_column("What happened, in a sentence.", "body")
    read_at: datetime.datetime | None = column("When it was read.", orderable=False)
    acknowledged_at: datetime.datetime | None = column(
        "When it was acknowledged; empty for open.", orderable=False
    )
    event = one("history.Event", "What it tells of.", near="event_id", required=False)
    permitted_actions = permitted(rows.ENTRY, rules.permitted_on_entry)


@entity(rows.NotificationPreference, scope=STRICTLY_ONES_OWN, plural="notificationPreferences")
class NotificationPreference(Node):
    """How the viewer wants to be written to; nobody else's, whatever the role."""

    mail: NotificationRhythm = column("How often by e-mail.", orderable=False)
    sms: NotificationRhythm = column("How often by text message.", orderable=False)
    messenger: NotificationRhythm = column("How often by messenger.", orderable=False)
    digest_hour: int = column("The hour in Tehran at which digests come, 0 to 23.", orderable=False)
    digest_weekday: Weekday = column("The day on which weekly digests come.", orderable=False)
    quiet_from: int | None = column("The hour from which nothing is sent; empty for none.", orderable=False)
    quiet_until: int | None = column("The hour from which things are sent again.", orderable=False)
    working_days_only: bool = column("Whether reminders wait for a working day.", orderable=False)
    has_phone_number: bool = column(
        "Whether a number for text messages is known; it is sealed and never shown.",
        sql="({t}.phone_secret is not null)",
        orderable=False,
    )
    has_messenger_address: bool = column(
        "Whether an address for the messenger is known; it is sealed and never shown.",
        sql="({t}.messenger_secret is not null)",
        orderable=False,
    )
    has_calendar: bool = column(
        "Whether there is a calendar with a secret address.",
        sql="({t}.calendar_hash is not null)",
        orderable=False,
    )
    calendar_address: str | None = column(
        "The secret address of the calendar: only in the answer that makes it.",
        sql=(
            "case when current_setting('khoosheh.issued', true) = {t}.id::text"
            " then current_setting('khoosheh.secret', true) end"
        ),
        filterable=False,
        orderable=False,
    )
    permitted_actions = permitted(rows.PREFERENCE, reading.permitted_on_preference)


def _listed(column_name: str, entity_name: str = "") -> str:
    """Write a list kept as JSON as a list of texts, or of the global ids of a type."""
    value = f"'{entity_name}_' || listed.value" if entity_name else "listed.value"
    return (
        f"(select coalesce(array_agg({value}), '{{{{}}}}')"
        f" from jsonb_array_elements_text({{t}}.{column_name}) listed)"
    )


@entity(
    rows.NotificationSubscription,
    scope=STRICTLY_ONES_OWN,
    plural="notificationSubscriptions",
    order=("created_at",),
)
class NotificationSubscription(Node):
    """What the viewer follows beyond the usual messages, or does not want to hear of."""

    name: str = column("What it is for.", orderable=False)
    kind: SubscriptionKind = column("Whether it follows or mutes.", orderable=False)
    event_types: list[str] = column(
        "The event types, as `phase.completed`; empty for all.",
        sql=_listed("event_types"),
        filterable=False,
        orderable=False,
    )
    province_ids: list[str] = column(
        "Only in these provinces; empty for all within reach.",
        sql=_listed("provinces", "Province"),
        filterable=False,
        orderable=False,
    )
    cluster_ids: list[str] = column(
        "Only in these clusters; empty for all within reach.",
        sql=_listed("clusters", "Cluster"),
        filterable=False,
        orderable=False,
    )
    phases: list[PhaseCode] = column(
        "Only of these phases; empty for all.",
        sql=_listed("phases"),
        filterable=False,
        orderable=False,
    )
    most_days_left: int | None = column(
        "Only reminders of what is due within so many days, or overdue.", orderable=False
    )
    least_percent: int | None = column("Only progress and budgets from so many per cent.", orderable=False)
    ended_at: datetime.datetime | None = column("When it was ended; empty while it holds.", orderable=False)
    permitted_actions = permitted(rows.SUBSCRIPTION, reading.permitted)
