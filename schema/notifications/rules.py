"""What may be done with what was sent: deliveries replayed, messages acknowledged."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final
from uuid import UUID

from schema.decision import Accepted, Decision, Permission, Update, permission, refuse
from schema.problems import ProblemCode
from schema.unusable import Unusable
from schema.vocabulary import Channel, DeliveryStatus

MOST_ENTRIES: Final = 100
FINISHED: Final = frozenset({DeliveryStatus.SENT, DeliveryStatus.EXHAUSTED, DeliveryStatus.REPLAYED})


@dataclass(frozen=True, slots=True)
class DeliveryFacts:
    """What the rules need to know of a delivery."""

    id: UUID
    channel: Channel
    status: DeliveryStatus


@dataclass(frozen=True, slots=True)
class SetAsideFacts:
    """What the rules need to know of an event nobody could be told of."""

    id: UUID
    asked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """What the rules need to know of a message in an inbox."""

    id: UUID
    read_at: datetime | None = None
    acknowledged_at: datetime | None = None


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


def tell_again(event: SetAsideFacts, *, now: datetime) -> Decision:
    """Have another try at telling of an event that was set aside, after its cause was mended."""
    if event.asked_at is not None:
        return Accepted(("SetAsideEvent", event.id), ())
    return Accepted(("SetAsideEvent", event.id), (Update("SetAsideEvent", event.id, {"asked_at": now}),))


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


def permitted_on_entry(entry: EntryFacts, *, today: object) -> tuple[Permission, ...]:
    """Ask the rules of a message beforehand."""
    del today
    return (
        permission("acknowledgeNotification", acknowledge(entry, now=_SOME_TIME)),
        permission("acknowledgeNotifications", acknowledge_all([entry], now=_SOME_TIME)),
    )


def permitted_on_set_aside(event: SetAsideFacts, *, today: object) -> tuple[Permission, ...]:
    """Ask the rule of an event that was set aside beforehand."""
    del today
    return (permission("tellOfEventAgain", tell_again(event, now=_SOME_TIME)),)


def permitted_on_delivery(delivery: DeliveryFacts, *, today: object) -> tuple[Permission, ...]:
    """Ask the rule of a delivery beforehand."""
    del today
    return (permission("replayDelivery", replay(delivery, now=_SOME_TIME)),)


# Asked beforehand, only the answer counts and not the moment it would write.
_SOME_TIME: Final = datetime.min.replace(tzinfo=UTC)

_ONLY_WEBHOOKS: Final = Unusable(
    "تنها ارسال‌های وب‌هوک دوباره فرستاده می‌شوند؛ پیام در صندوق است.",
    "only webhook deliveries are replayed: this message lies in its inbox already.",
)
_ON_ITS_WAY: Final = Unusable(
    "این ارسال هنوز در راه است و خودبه‌خود دوباره تلاش می‌شود؛ صبر کنید.",
    "this delivery is still on its way and retried by itself: wait until it is finished.",
)
