"""What readers may decide: how they are written to, what they follow or mute, their calendar."""

from collections.abc import Mapping
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
from schema.notifications.conditions import out_of_range
from schema.problems import ProblemCode
from schema.unusable import Unusable
from schema.vocabulary import NotificationRhythm, PhaseCode

DIGEST_HOUR: Final = 8
LAST_HOUR: Final = 23
MOST_SUBSCRIPTIONS: Final = 50


@dataclass(frozen=True, slots=True)
class PreferenceFacts:
    """What the rules need to know of how somebody is written to."""

    id: UUID
    user_id: UUID
    sms: NotificationRhythm = NotificationRhythm.OFF
    messenger: NotificationRhythm = NotificationRhythm.OFF
    quiet_from: int | None = None
    quiet_until: int | None = None
    has_phone: bool = False
    has_messenger: bool = False
    has_calendar: bool = False
    subscriptions: int = 0


@dataclass(frozen=True, slots=True)
class SubscriptionFacts:
    """What the rules need to know of a subscription."""

    id: UUID
    user_id: UUID
    ended_at: datetime | None = None


def edit(preference: PreferenceFacts, values: Mapping[str, object]) -> Decision:
    """Change how somebody is written to: real hours, quiet ones with two ends, no way without an address."""
    problems = _hours(preference, values)
    for rhythm, secret, has in (
        ("sms", "phone_secret", preference.has_phone),
        ("messenger", "messenger_secret", preference.has_messenger),
    ):
        wanted = values.get(rhythm, getattr(preference, rhythm))
        address = values[secret] is not None if secret in values else has
        if wanted is not NotificationRhythm.OFF and not address:
            path = "phoneNumber" if rhythm == "sms" else "messengerAddress"
            problems.append(Problem(ProblemCode.REQUIRED, (path,)))
    if problems:
        return Refused(tuple(problems))
    changes = (Update("NotificationPreference", preference.id, values),) if values else ()
    return Accepted(("NotificationPreference", preference.id), changes)


def _hours(preference: PreferenceFacts, values: Mapping[str, object]) -> list[Problem]:
    problems = []
    for name, path in (
        ("digest_hour", "digestHour"),
        ("quiet_from", "quietFrom"),
        ("quiet_until", "quietUntil"),
    ):
        hour = values.get(name)
        if isinstance(hour, int) and not 0 <= hour <= LAST_HOUR:
            problems.append(Problem(ProblemCode.OUT_OF_RANGE, (path,), {"least": 0, "most": LAST_HOUR}))
    begin = values.get("quiet_from", preference.quiet_from)
    end = values.get("quiet_until", preference.quiet_until)
    if (begin is None) != (end is None):
        problems.append(Problem(ProblemCode.REQUIRED, ("quietFrom" if begin is None else "quietUntil",)))
    elif begin is not None and begin == end:
        problems.append(Problem(ProblemCode.INVALID, ("quietUntil",), {"reason": _ALWAYS_QUIET}))
    return problems


def open_calendar(preference: PreferenceFacts, *, hashed: str) -> Decision:
    """Give a calendar a new secret address; a former one leads nowhere from now on."""
    change = Update("NotificationPreference", preference.id, {"calendar_hash": hashed})
    return Accepted(("NotificationPreference", preference.id), (change,))


def close_calendar(preference: PreferenceFacts) -> Decision:
    """Take a calendar's address back."""
    if not preference.has_calendar:
        return refuse(ProblemCode.INVALID, "id", reason=_NO_CALENDAR)
    change = Update("NotificationPreference", preference.id, {"calendar_hash": None})
    return Accepted(("NotificationPreference", preference.id), (change,))


def subscribe(reader: PreferenceFacts, values: Mapping[str, object], *, made: UUID) -> Decision:
    """Follow or mute events; what is named has to exist, and a reader's list stays readable."""
    problems = _of_subscription(values)
    if not values.get("name"):
        problems.append(Problem(ProblemCode.REQUIRED, ("name",)))
    if reader.subscriptions >= MOST_SUBSCRIPTIONS:
        problems.append(Problem(ProblemCode.TOO_MANY, (), {"limit": MOST_SUBSCRIPTIONS, "kept": True}))
    if problems:
        return Refused(tuple(problems))
    created = Create("NotificationSubscription", made, {**values, "user_id": reader.user_id})
    return Accepted(("NotificationSubscription", made), (created,))


def edit_subscription(subscription: SubscriptionFacts, values: Mapping[str, object]) -> Decision:
    """Change what is followed or muted."""
    problems = _of_subscription(values)
    if "name" in values and not values["name"]:
        problems.append(Problem(ProblemCode.REQUIRED, ("name",)))
    if subscription.ended_at is not None:
        problems.append(Problem(ProblemCode.ALREADY_DONE, ("id",), {"on": subscription.ended_at.date()}))
    if problems:
        return Refused(tuple(problems))
    changes = (Update("NotificationSubscription", subscription.id, values),) if values else ()
    return Accepted(("NotificationSubscription", subscription.id), changes)


def end_subscription(subscription: SubscriptionFacts, *, now: datetime) -> Decision:
    """End a subscription; from now on the usual messages come, and no others."""
    if subscription.ended_at is not None:
        return refuse(ProblemCode.ALREADY_DONE, "id", on=subscription.ended_at.date())
    change = Update("NotificationSubscription", subscription.id, {"ended_at": now})
    return Accepted(("NotificationSubscription", subscription.id), (change,))


def permitted_on_preference(preference: PreferenceFacts, *, today: object) -> tuple[Permission, ...]:
    """Ask the rules of how somebody is written to beforehand."""
    del today
    return (
        permission("editNotificationPreferences", edit(preference, {})),
        permission("openNotificationCalendar", open_calendar(preference, hashed="-")),
        permission("closeNotificationCalendar", close_calendar(preference)),
        permission("subscribeToNotifications", subscribe(preference, {"name": "-"}, made=preference.id)),
    )


def permitted(subscription: SubscriptionFacts, *, today: object) -> tuple[Permission, ...]:
    """Ask the rules of a subscription beforehand."""
    del today
    return (
        permission("editNotificationSubscription", edit_subscription(subscription, {})),
        permission("endNotificationSubscription", end_subscription(subscription, now=_SOME_TIME)),
    )


def _of_subscription(values: Mapping[str, object]) -> list[Problem]:
    problems = []
    for name, path, known, example in (
        ("event_types", "eventTypes", frozenset(map(str, EventType)), "phase.completed"),
        ("phases", "phases", frozenset(map(str, PhaseCode)), "IMPLEMENTATION"),
    ):
        wanted = values.get(name, [])
        problems += [
            Problem(ProblemCode.INVALID, (path, str(index)), {"reason": _unknown(str(one), example)})
            for index, one in enumerate(wanted if isinstance(wanted, list) else [])
            if one not in known
        ]
    return problems + out_of_range(values)


def _unknown(name: str, example: str) -> Unusable:
    return Unusable(
        f"{name[:60]!a} شناخته نیست؛ نمونه: {example}",
        f"{name[:60]!a} is not known: write it as in {example}.",
    )


# Asked beforehand, only the answer counts and not the moment it would write.
_SOME_TIME: Final = datetime.min.replace(tzinfo=UTC)
_ALWAYS_QUIET: Final = Unusable(
    "آغاز و پایان ساعت‌های سکوت یکی است؛ برای خاموش کردن، شیوهٔ ارسال را «هیچ‌گاه» کنید.",
    "quiet hours that begin and end at once never end: choose “Never” for the way of sending instead.",
)
_NO_CALENDAR: Final = Unusable(
    "تقویم نشانی‌ای ندارد که پس گرفته شود.", "the calendar has no address that could be taken back."
)
