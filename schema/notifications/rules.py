"""What may be done: endpoints made, paused, resumed; deliveries replayed; messages acknowledged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from schema.decision import (
    Accepted,
    Create,
    Decision,
    Permission,
    Problem,
    Refused,
    Update,
    permission,
    refuse,
)
from schema.events import EventType
from schema.notifications.addresses import UnusableTarget, require_usable_url
from schema.problems import ProblemCode
from schema.unusable import Unusable
from schema.vocabulary import Channel, DeliveryStatus

MOST_ENDPOINTS: Final = 20
MOST_ENTRIES: Final = 100
FINISHED: Final = frozenset({DeliveryStatus.SENT, DeliveryStatus.EXHAUSTED, DeliveryStatus.REPLAYED})


@dataclass(frozen=True, slots=True)
class AgencyFacts:
    """What the rules need to know of the agency an endpoint is for."""

    id: UUID
    disabled_at: datetime | None = None
    endpoints: int = 0


@dataclass(frozen=True, slots=True)
class EndpointFacts:
    """What the rules need to know of an endpoint."""

    id: UUID
    paused_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DeliveryFacts:
    """What the rules need to know of a delivery."""

    id: UUID
    channel: Channel
    status: DeliveryStatus


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """What the rules need to know of a message in an inbox."""

    id: UUID
    read_at: datetime | None = None
    acknowledged_at: datetime | None = None


def create_endpoint(
    agency: AgencyFacts,
    values: Mapping[str, object],
    *,
    endpoint_id: UUID,
    inside_allowed: bool,
) -> Decision:
    """Register an endpoint: an address outside, event types we know, not without end."""
    problems: list[Problem] = []
    if agency.disabled_at is not None:
        problems.append(Problem(ProblemCode.NOT_ALLOWED, ("partnerAgencyId",)))
    if agency.endpoints >= MOST_ENDPOINTS:
        problems.append(Problem(ProblemCode.TOO_MANY, ("partnerAgencyId",), {"limit": MOST_ENDPOINTS}))
    if not str(values["name"]):
        problems.append(Problem(ProblemCode.REQUIRED, ("name",)))
    try:
        require_usable_url(str(values["url"]), inside_allowed=inside_allowed)
    except UnusableTarget as unusable:
        problems.append(Problem(ProblemCode.INVALID, ("url",), {"reason": unusable}))
    wanted = values["event_types"]
    problems += [
        Problem(ProblemCode.INVALID, ("eventTypes", str(index)), {"reason": _unknown_type(str(name))})
        for index, name in enumerate(wanted if isinstance(wanted, list) else [])
        if name not in set(EventType)
    ]
    if problems:
        return Refused(tuple(problems))
    made = Create("WebhookEndpoint", endpoint_id, {**values, "agency_id": agency.id})
    return Accepted(("WebhookEndpoint", endpoint_id), (made,))


def pause(endpoint: EndpointFacts, *, now: datetime) -> Decision:
    """Stop posting to an endpoint; what is meant for it waits and is not lost."""
    if endpoint.paused_at is not None:
        return refuse(ProblemCode.ALREADY_DONE, "id", on=endpoint.paused_at.date())
    change = Update("WebhookEndpoint", endpoint.id, {"paused_at": now})
    return Accepted(("WebhookEndpoint", endpoint.id), (change,))


def resume(endpoint: EndpointFacts) -> Decision:
    """Go on posting to an endpoint, beginning with what has waited longest."""
    if endpoint.paused_at is None:
        return refuse(ProblemCode.INVALID, "id", reason=_RUNS)
    change = Update("WebhookEndpoint", endpoint.id, {"paused_at": None})
    return Accepted(("WebhookEndpoint", endpoint.id), (change,))


def replay(delivery: DeliveryFacts, *, now: datetime) -> Decision:
    """Post a finished delivery once more, under the id it always had."""
    if delivery.channel is not Channel.WEBHOOK:
        return refuse(ProblemCode.INVALID, "id", reason=_ONLY_WEBHOOKS)
    if delivery.status not in FINISHED:
        return refuse(ProblemCode.INVALID, "id", reason=_ON_ITS_WAY)
    values = {
        "status": DeliveryStatus.RETRYING,
        "attempts_made": 0,
        "next_attempt_at": now,
        "finished_at": None,
        "replayed_at": now,
    }
    change = Update("NotificationDelivery", delivery.id, values)
    return Accepted(("NotificationDelivery", delivery.id), (change,))


def acknowledge(entry: EntryFacts, *, now: datetime) -> Decision:
    """Say that a message was read and is being seen to; once more changes nothing."""
    if entry.acknowledged_at is not None:
        return Accepted(("InboxEntry", entry.id), ())
    values = {"acknowledged_at": now, "read_at": entry.read_at or now}
    return Accepted(("InboxEntry", entry.id), (Update("InboxEntry", entry.id, values),))


def acknowledge_all(entries: Sequence[EntryFacts], *, now: datetime) -> Decision:
    """Acknowledge several messages together; those that are already need nothing."""
    if not entries:
        return refuse(ProblemCode.REQUIRED, "ids")
    if len(entries) > MOST_ENTRIES:
        return refuse(ProblemCode.TOO_MANY, "ids", limit=MOST_ENTRIES)
    decisions = [acknowledge(entry, now=now) for entry in entries]
    changes = tuple(change for one in decisions if isinstance(one, Accepted) for change in one.changes)
    return Accepted(("InboxEntry", entries[0].id), changes)


def permitted_on_endpoint(endpoint: EndpointFacts, *, today: object) -> tuple[Permission, ...]:
    """Ask the rules of an endpoint beforehand."""
    del today
    return (
        permission("pauseWebhookEndpoint", pause(endpoint, now=_SOME_TIME)),
        permission("resumeWebhookEndpoint", resume(endpoint)),
    )


def permitted_on_delivery(delivery: DeliveryFacts, *, today: object) -> tuple[Permission, ...]:
    """Ask the rule of a delivery beforehand."""
    del today
    return (permission("replayDelivery", replay(delivery, now=_SOME_TIME)),)


# Asked beforehand, only the answer counts and not the moment it would write.
_SOME_TIME: Final = datetime.min.replace(tzinfo=UTC)

_RUNS: Final = Unusable(
    "این نشانی متوقف نیست و نیازی به ازسرگیری ندارد.",
    "this endpoint is not paused: there is nothing to resume.",
)
_ONLY_WEBHOOKS: Final = Unusable(
    "تنها ارسال‌های وب‌هوک دوباره فرستاده می‌شوند؛ پیام در صندوق است.",
    "only webhook deliveries are replayed: this message lies in its inbox already.",
)
_ON_ITS_WAY: Final = Unusable(
    "این ارسال هنوز در راه است و خودبه‌خود دوباره تلاش می‌شود؛ صبر کنید.",
    "this delivery is still on its way and retried by itself: wait until it is finished.",
)


def _unknown_type(name: str) -> Unusable:
    return Unusable(
        f"{name[:60]!a} نوع رویداد نیست؛ نمونه: phase.completed",
        f"{name[:60]!a} is not an event type: write it as in phase.completed.",
    )
