"""The mutations of readers: how they are written to, what they follow or mute, their calendar."""

from __future__ import annotations

import datetime
import secrets
from functools import partial
from typing import TYPE_CHECKING, Final

import strawberry

from schema.decision import Accepted, Decision, Problem, Refused
from schema.identity import global_id
from schema.notifications import reading, rows
from schema.notifications.ways import UnusableWay, usable_messenger, usable_number
from schema.problems import ProblemCode
from schema.unusable import Unusable
from schema.vocabulary import NotificationRhythm, PhaseCode, SubscriptionKind, Weekday
from services.graphql.identities.credentials import hash_of
from services.graphql.mutations.command import Command
from services.graphql.mutations.registry import mutation
from services.sealing import Sealer
from services.settings import read_settings

if TYPE_CHECKING:
    from services.graphql.mutations.write import Write
    from services.settings import Settings

_SECRET_BYTES: Final = 32
_RHYTHMS: Final = (
    "mail", "sms", "messenger", "digest_hour", "digest_weekday", "quiet_from", "quiet_until", "working_days_only",
)  # fmt: skip
_LIMITS: Final = ("name", "kind", "most_days_left", "least_percent")
_NO_KEYS: Final = Unusable(
    "این نصب هنوز کلید رمزنگاری (ENCRYPTION_KEYS) ندارد؛ از راهبر سامانه بخواهید آن را تعیین کند.",
    "this installation has no ENCRYPTION_KEYS yet: ask its operator to set them.",
)


@strawberry.input(description="How the viewer wants to be written to; what is left out stays.")
class EditNotificationPreferencesInput(Command):
    """Ways, hours and addresses."""

    mail: NotificationRhythm | None = strawberry.field(
        default=strawberry.UNSET, description="How often by e-mail."
    )
    sms: NotificationRhythm | None = strawberry.field(
        default=strawberry.UNSET, description="How often by text message; needs a number."
    )
    messenger: NotificationRhythm | None = strawberry.field(
        default=strawberry.UNSET, description="How often by messenger; needs an address."
    )
    digest_hour: int | None = strawberry.field(
        default=strawberry.UNSET, description="The hour in Tehran at which digests come, 0 to 23."
    )
    digest_weekday: Weekday | None = strawberry.field(
        default=strawberry.UNSET, description="The day on which weekly digests come."
    )
    quiet_from: int | None = strawberry.field(
        default=strawberry.UNSET, description="The hour from which nothing is sent; empty for none."
    )
    quiet_until: int | None = strawberry.field(
        default=strawberry.UNSET, description="The hour from which things are sent again."
    )
    working_days_only: bool | None = strawberry.field(
        default=strawberry.UNSET, description="Whether reminders wait for a working day."
    )
    phone_number: str | None = strawberry.field(
        default=strawberry.UNSET, description="For text messages, as +989121234567; empty takes it away."
    )
    messenger_address: str | None = strawberry.field(
        default=strawberry.UNSET,
        description="The messenger's address in the notation of Apprise, as tgram://bot-token/chat-id.",
    )


@strawberry.input(description="A calendar for the viewer.")
class OpenNotificationCalendarInput(Command):
    """Nothing more is needed."""


@strawberry.input(description="The viewer's calendar, to be closed.")
class CloseNotificationCalendarInput(Command):
    """Nothing more is needed."""


@strawberry.input(description="What the viewer wants to follow or to mute.")
class SubscribeToNotificationsInput(Command):
    """Which events, where and under which conditions."""

    name: str = strawberry.field(description="What it is for, so that it is recognised later.")
    kind: SubscriptionKind = strawberry.field(
        default=SubscriptionKind.FOLLOW, description="Follow (beyond the usual) or mute."
    )
    event_types: list[str] = strawberry.field(
        default_factory=list, description="The event types, as `phase.completed`; none for all."
    )
    province_ids: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="Only these provinces; none for all within reach."
    )
    cluster_ids: list[strawberry.ID] = strawberry.field(
        default_factory=list, description="Only these clusters; none for all within reach."
    )
    phases: list[PhaseCode] = strawberry.field(
        default_factory=list, description="Only these phases; none for all."
    )
    most_days_left: int | None = strawberry.field(
        default=None, description="Only reminders of what is due within so many days, or overdue."
    )
    least_percent: int | None = strawberry.field(
        default=None, description="Only progress and budgets from so many per cent."
    )


@strawberry.input(description="What changes about a subscription; what is left out stays.")
class EditNotificationSubscriptionInput(Command):
    """A subscription and its new limits."""

    id: strawberry.ID = strawberry.field(description="The subscription.")
    name: str | None = strawberry.field(default=strawberry.UNSET, description="What it is for.")
    kind: SubscriptionKind | None = strawberry.field(
        default=strawberry.UNSET, description="Follow (beyond the usual) or mute."
    )
    event_types: list[str] | None = strawberry.field(
        default=strawberry.UNSET, description="The event types, as `phase.completed`; none for all."
    )
    province_ids: list[strawberry.ID] | None = strawberry.field(
        default=strawberry.UNSET, description="Only these provinces; none for all within reach."
    )
    cluster_ids: list[strawberry.ID] | None = strawberry.field(
        default=strawberry.UNSET, description="Only these clusters; none for all within reach."
    )
    phases: list[PhaseCode] | None = strawberry.field(
        default=strawberry.UNSET, description="Only these phases; none for all."
    )
    most_days_left: int | None = strawberry.field(
        default=strawberry.UNSET, description="Only reminders of what is due within so many days, or overdue."
    )
    least_percent: int | None = strawberry.field(
        default=strawberry.UNSET, description="Only progress and budgets from so many per cent."
    )


@strawberry.input(description="A subscription to end.")
class EndNotificationSubscriptionInput(Command):
    """Which subscription."""

    id: strawberry.ID = strawberry.field(description="The subscription.")


@mutation("NotificationPreference")
async def edit_notification_preferences(
    write: Write,
    input: EditNotificationPreferencesInput,  # noqa: A002 - the name in the API
) -> Decision:
    """Change how the viewer is written to; a number and an address are sealed and never shown again."""
    preference = await _own(write)
    # Nothing can be chosen but by naming it; an explicit null of a choice leaves it as it is.
    values = {
        name: value
        for name, value in input.given(*_RHYTHMS).items()
        if value is not None or name.startswith("quiet_")
    }
    problems = []
    settings = read_settings()
    sealer = Sealer(settings)
    for name, column, path, usable in (
        ("phone_number", "phone_secret", "phoneNumber", usable_number),
        ("messenger_address", "messenger_secret", "messengerAddress", partial(_messenger, settings)),
    ):
        for given in input.given(name).values():
            if not given:
                values[column] = None
                continue
            try:
                address = usable(given)
            except UnusableWay as unusable:
                problems.append(Problem(ProblemCode.INVALID, (path,), {"reason": unusable}))
                continue
            if not sealer.ready:
                problems.append(Problem(ProblemCode.INVALID, (path,), {"reason": _NO_KEYS}))
                continue
            values[column] = sealer.seal(address)
    return Refused(tuple(problems)) if problems else reading.edit(preference, values)


@mutation("NotificationPreference")
async def open_notification_calendar(write: Write, input: OpenNotificationCalendarInput) -> Decision:  # noqa: A002 - as above
    """Make a calendar with a secret address, shown in this answer only; a former address ends."""
    del input
    preference = await _own(write)
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    decision = reading.open_calendar(preference, hashed=hash_of(secret))
    if isinstance(decision, Accepted):
        address = f"{read_settings().admin_url.rstrip('/')}/calendar/{secret}.ics"
        await write.show_once(preference.id, address)
    return decision


@mutation("NotificationPreference")
async def close_notification_calendar(
    write: Write,
    input: CloseNotificationCalendarInput,  # noqa: A002 - as above
) -> Decision:
    """Take the address of the viewer's calendar back; it leads nowhere from now on."""
    del input
    return reading.close_calendar(await _own(write))


@mutation("NotificationSubscription")
async def subscribe_to_notifications(write: Write, input: SubscribeToNotificationsInput) -> Decision:  # noqa: A002 - as above
    """Follow events beyond the usual, or mute some; always within the viewer's reach at the time of sending."""
    reader = await _own(write)
    values = {**input.given(*_LIMITS), **await _limits(write, input)}
    return reading.subscribe(reader, values, made=write.new_id())


@mutation("NotificationSubscription")
async def edit_notification_subscription(write: Write, input: EditNotificationSubscriptionInput) -> Decision:  # noqa: A002 - as above
    """Change what is followed or muted."""
    subscription = await write.facts(rows.SUBSCRIPTION, input.id)
    values = {
        name: value
        for name, value in input.given(*_LIMITS).items()
        if value is not None or name in {"most_days_left", "least_percent"}
    }
    return reading.edit_subscription(subscription, {**values, **await _limits(write, input)})


@mutation("NotificationSubscription")
async def end_notification_subscription(write: Write, input: EndNotificationSubscriptionInput) -> Decision:  # noqa: A002 - as above
    """End a subscription."""
    subscription = await write.facts(rows.SUBSCRIPTION, input.id)
    return reading.end_subscription(subscription, now=datetime.datetime.now(datetime.UTC))


async def _own(write: Write) -> reading.PreferenceFacts:
    """Load how the viewer is written to; whoever is no person of ours has nothing to decide."""
    return await write.facts(
        rows.PREFERENCE, global_id("NotificationPreference", write.viewer.user_id or write.new_id()), "id"
    )


async def _limits(
    write: Write, given: SubscribeToNotificationsInput | EditNotificationSubscriptionInput
) -> dict[str, object]:
    """Read the lists of a subscription: each place once, and only places the viewer sees."""
    lists = given.given("event_types", "phases", "province_ids", "cluster_ids")
    values: dict[str, object] = {
        name: list(dict.fromkeys(map(str, lists[name] or [])))
        for name in ("event_types", "phases")
        if name in lists
    }
    for name, column, entity, path in (
        ("province_ids", "provinces", "Province", "provinceIds"),
        ("cluster_ids", "clusters", "Cluster", "clusterIds"),
    ):
        if name in lists:
            places = dict.fromkeys(lists[name] or [])
            values[column] = [str(await write.identify(entity, place, path)) for place in places]
    return values


def _messenger(settings: Settings, given: str) -> str:
    return usable_messenger(given, hosts=settings.trusted_hosts(), anywhere=settings.webhook_inside_allowed)
