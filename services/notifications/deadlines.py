"""What comes due by itself: pure, from a deadline and a day to the occasions that are to be told of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from schema.events import EventType, dated

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class Reminder:
    """How a kind of deadline is told of: so many days before, and once it has passed."""

    before: EventType
    days: tuple[int, ...]
    after: EventType


REMINDERS: Final = {
    "Phase": Reminder(EventType.PHASE_WINDOW_OPENING, (30, 14, 7), EventType.PHASE_OVERDUE),
    "ActionPlan": Reminder(EventType.ACTION_PLAN_DUE_SOON, (90, 30, 7), EventType.ACTION_PLAN_OVERDUE),
}
LONGEST_NOTICE: Final = max(days for reminder in REMINDERS.values() for days in reminder.days)


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something that is to be done by a day; `since` is the day from which it has been."""

    entity: str
    id: UUID
    cluster_id: UUID
    province_id: UUID
    project_id: UUID | None
    phase_code: str | None
    due: date
    since: date | None


@dataclass(frozen=True, slots=True)
class Occasion:
    """One thing to tell once; `key` is the same however often and by whomever it is found."""

    key: str
    type: EventType
    deadline: Deadline
    payload: dict[str, Any]


def occasions(deadline: Deadline, today: date) -> tuple[Occasion, ...]:
    """Return everything there is to tell of a deadline by today; what was told already is known by its key.

    A notice whose day came while nobody was working is given late, not skipped, until the deadline
    itself has passed: then its passing says it all. Notices from before the work began are none.
    """
    reminder = REMINDERS[deadline.entity]
    due, left = deadline.due, (deadline.due - today).days
    payload: dict[str, Any] = {"due": dated(due), "daysLeft": left}
    prefix = f"{deadline.id}/{due.isoformat()}"
    if left < 0:
        return (Occasion(f"{reminder.after.value}/{prefix}", reminder.after, deadline, payload),)
    return tuple(
        Occasion(
            f"{reminder.before.value}/{prefix}/{days}", reminder.before, deadline, {**payload, "notice": days}
        )
        for days in reminder.days
        if left <= days and (deadline.since is None or due - timedelta(days=days) >= deadline.since)
    )
