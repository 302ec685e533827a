"""Which people are told of events, by which ways and when: what one command caused is one message to each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from uuid import UUID, uuid5

import orjson

from schema.calendar import tehran_date
from schema.events import EventType
from schema.vocabulary import Channel, NotificationRhythm, SubscriptionKind, Weekday
from services.notifications.addressing import Addressed
from services.notifications.deadlines import COURSES
from services.notifications.reach import READERS
from services.notifications.rhythm import Reading, sending_time
from services.notifications.routing import NEVER_MUTED, Happened, Wish, wants

if TYPE_CHECKING:
    import datetime
    from collections.abc import Mapping, Sequence

    from services.notifications.working_days import WorkingDays

REMINDERS: Final = frozenset(notice.type for course in COURSES.values() for notice in course)
LEADING: Final = (
    EventType.OVERDUE_ESCALATED,
    EventType.EXIT_COMPLETED,
    EventType.PROJECT_COMPLETED,
    EventType.EXIT_ANNOUNCED,
    EventType.ACTION_PLAN_APPROVED,
    EventType.ACTION_PLAN_RETURNED,
    EventType.ACTION_PLAN_REJECTED,
    EventType.STUDY_ACCEPTED,
    EventType.PROJECT_ACTIVATED,
    EventType.EXIT_OVERDUE,
    EventType.PHASE_OVERDUE,
    EventType.ACTION_PLAN_OVERDUE,
    EventType.PHASE_COMPLETED,
)
"""Of what one command caused the first of these gives the message its title; the others follow it."""

MOST_TOGETHER: Final = 500
_HELD: Final = UUID("6b686f6f-7368-5568-8000-000000000001")


async def told(
    connection: Any,  # noqa: ANN401 - asyncpg ships no types
    events: Mapping[UUID, Mapping[str, Any]],
    now: datetime.datetime,
    ways: frozenset[Channel],
    days: WorkingDays,
) -> list[Addressed]:
    """Return who is told of the events, in their order, by which channel; runs in the routing transaction.

    Besides the inbox only the ways this installation has are used: without a mail server there is no e-mail.
    """
    found = await connection.fetch(READERS, list(events), tehran_date(now))
    groups: dict[tuple[UUID, str, UUID | None], tuple[Any, list[Mapping[str, Any]]]] = {}
    for row in found:
        event = events[row["event_id"]]
        if concerns(row, event):
            together = (row["user_id"], event["correlation_id"], event["cluster_id"])
            groups.setdefault(together, (row, []))[1].append(event)
    return [
        addressed
        for reader, caused in groups.values()
        for addressed in _addressed(reader, sorted(caused, key=_place), now, ways, days)
    ]


def what_happened(event: Mapping[str, Any]) -> Happened:
    """Return what wishes are compared with."""
    return Happened(
        event["type"], event["province_id"], event["cluster_id"], event["phase_code"], _json(event["payload"])
    )


def concerns(reader: Mapping[str, Any], event: Mapping[str, Any]) -> bool:
    """Whether a reader is told of an event: by default unless muted, otherwise if followed."""
    happened = what_happened(event)
    chosen: dict[SubscriptionKind, bool] = {}
    for subscription in _json(reader["subscriptions"]) or []:
        kind = SubscriptionKind(subscription["kind"])
        chosen[kind] = chosen.get(kind, False) or wants(_wish(subscription), happened)
    if chosen.get(SubscriptionKind.FOLLOW):
        return True
    muted = chosen.get(SubscriptionKind.MUTE, False) and event["type"] not in NEVER_MUTED
    return bool(reader["by_default"]) and not muted


def _addressed(
    reader: Mapping[str, Any],
    together: Sequence[Mapping[str, Any]],
    now: datetime.datetime,
    ways: frozenset[Channel],
    days: WorkingDays,
) -> list[Addressed]:
    """Make one message of what was caused together: into the inbox at once, by other ways as its reader wants."""
    lead, *others = together
    content = {"also": [_told_of(event) for event in others[:MOST_TOGETHER]]} if others else {}
    user, language = reader["user_id"], reader["language"]
    made = [Addressed(lead, Channel.INBOX, user, language=language, content=content)]
    reading = reading_of(reader)
    reminder = all(event["type"] in REMINDERS for event in together)
    for channel in sorted(ways & reading.rhythms.keys()):
        moment = sending_time(reading, channel, now, days, reminder=reminder)
        if moment is None:
            continue
        if moment == now:
            made.append(Addressed(lead, channel, user, language=language, content=content))
            continue
        # What waits for the same moment is one letter, and no later event joins a letter that went out.
        lane = uuid5(_HELD, f"{user} {channel} {moment.isoformat()}")
        held = {**content, "held": moment.isoformat()}
        made.append(Addressed(lead, channel, user, language=language, lane=lane, due_at=moment, content=held))
    return made


def reading_of(row: Mapping[str, Any]) -> Reading:
    """Read how somebody wants to be written to from the row of the preference."""
    return Reading(
        {
            Channel.EMAIL: NotificationRhythm(row["mail"]),
            Channel.SMS: NotificationRhythm(row["sms"]),
            Channel.MESSENGER: NotificationRhythm(row["messenger"]),
        },
        row["digest_hour"], Weekday(row["digest_weekday"]), row["quiet_from"], row["quiet_until"],
        row["working_days_only"],
    )  # fmt: skip


def _place(event: Mapping[str, Any]) -> tuple[int, int]:
    """Order what was caused together: what matters most first, then as it happened."""
    kinds = [kind.value for kind in LEADING]
    rank = kinds.index(event["type"]) if event["type"] in kinds else len(kinds)
    return rank, event["sequence"]


def _told_of(event: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a message needs of an event that it tells besides another."""
    return {
        "id": str(event["id"]),
        "type": event["type"],
        "phase": event["phase_code"],
        "payload": _json(event["payload"]),
    }


def _wish(subscription: Mapping[str, Any]) -> Wish:
    return Wish(
        frozenset(subscription["event_types"]),
        frozenset(map(UUID, subscription["provinces"])),
        frozenset(map(UUID, subscription["clusters"])),
        frozenset(subscription["phases"]),
        subscription["most_days_left"],
        subscription["least_percent"],
    )


def _json(value: Any) -> Any:  # noqa: ANN401 - JSON is anything
    return orjson.loads(value) if isinstance(value, str | bytes) else value
