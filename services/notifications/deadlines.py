"""What comes due by itself: pure, from a deadline and a day to the occasions that are to be told of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from schema.events import EventType, dated

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class Notice:
    """What is told so many days after a day (before it, if negative).

    `gap` is the least number of days since the notice before it was really given, so that whoever was
    told late has time to answer; `unanswered` is told only while nobody acknowledged what came before.
    """

    days: int
    type: EventType
    gap: int = 0
    unanswered: bool = False


def _reminded(
    before: tuple[int, ...], announced: EventType, passed: EventType | None = None
) -> tuple[Notice, ...]:
    """Announce a deadline, tell twice that it has passed, and call the national office at last (4.4)."""
    notices = tuple(Notice(-days, announced) for days in before)
    if passed is None:
        return notices
    return (
        *notices,
        Notice(1, passed),
        Notice(15, passed, gap=7),
        Notice(22, EventType.OVERDUE_ESCALATED, gap=7, unanswered=True),
    )


_WINDOW: Final = (30, 14, 7)
_RENEWAL: Final = (90, 30, 7)
COURSES: Final[dict[str, tuple[Notice, ...]]] = {
    "PHASE": _reminded(_WINDOW, EventType.PHASE_WINDOW_OPENING, EventType.PHASE_OVERDUE),
    "EXIT_PHASE": _reminded(_WINDOW, EventType.PHASE_WINDOW_OPENING),
    "EXIT_OPENING": (Notice(0, EventType.EXIT_WINDOW_OPEN),),
    "EXIT": _reminded((), EventType.PHASE_WINDOW_OPENING, EventType.EXIT_OVERDUE),
    "EXIT_READINESS": (Notice(0, EventType.EXIT_ELIGIBLE),),
    "PLAN": _reminded(_RENEWAL, EventType.ACTION_PLAN_DUE_SOON, EventType.ACTION_PLAN_OVERDUE),
    "FIRST_PLAN": _reminded(_RENEWAL, EventType.ACTION_PLAN_DUE_SOON, EventType.ACTION_PLAN_OVERDUE),
    "OWNERLESS": (Notice(0, EventType.ACTION_PLAN_OWNER_MISSING),),
    "STILL_OWNERLESS": tuple(
        Notice(days, EventType.ACTION_PLAN_OWNER_MISSING, gap=gap) for days, gap in ((30, 0), (90, 30))
    ),
    "TRUST": (Notice(1, EventType.TRUST_INACTIVE),),
    "VISIT": (Notice(-7, EventType.SUPERVISION_VISIT_DUE), Notice(1, EventType.SUPERVISION_VISIT_MISSED)),
    "MILESTONE": (Notice(1, EventType.SUB_PROJECT_MILESTONE_MISSED),),
}
"""Every kind of deadline with what is told of it and when."""

LONGEST_NOTICE: Final = max(-notice.days for course in COURSES.values() for notice in course)


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something that is to be done by a day; `since` is the day from which it has been.

    `closed` is the day on which it was done after all, `answered` whether somebody acknowledged that
    it had passed.
    """

    kind: str
    entity: str
    id: UUID
    cluster_id: UUID
    province_id: UUID
    project_id: UUID | None
    phase_code: str | None
    due: date
    since: date | None
    closed: date | None = None
    answered: bool = False

    def key(self, notice: Notice) -> str:
        """Name an occasion; the name is the same however often and by whomever it is found."""
        place = f"{notice.type.value}/{self.id}/{self.due.isoformat()}"
        return place if notice.days in {0, 1} else f"{place}/{abs(notice.days)}"


@dataclass(frozen=True, slots=True)
class Occasion:
    """One thing to tell once."""

    key: str
    type: EventType
    deadline: Deadline
    payload: dict[str, Any]


def keys(deadline: Deadline) -> tuple[str, ...]:
    """Return the names of all occasions a deadline may ever give."""
    return tuple(deadline.key(notice) for notice in COURSES[deadline.kind])


def occasions(
    deadline: Deadline,
    today: date,
    *,
    looked: date | None = None,
    told: Mapping[str, date] | None = None,
) -> tuple[Occasion, ...]:
    """Return what there is to tell of a deadline by today and was not told yet (`told`: when it was).

    `looked` is the last day on which somebody looked at the whole calendar. What came due since then
    was missed while nobody worked and is told late, even if it is over meanwhile: deferred, never
    skipped. What came due before that and is over, or was overtaken by its own deadline, was either
    told in its time or entered afterwards; of the latter only how it stands today is told.
    """
    told = told or {}
    found: list[Occasion] = []
    last: date | None = None
    for notice in COURSES[deadline.kind]:
        day, key = deadline.due + timedelta(days=notice.days), deadline.key(notice)
        missed = looked is not None and day > looked
        if key in told:
            last = told[key]
            continue
        if _waits(deadline, notice, day, today, last) or not (missed or _stands(deadline, notice, today)):
            continue
        last = today
        payload = {
            "due": dated(deadline.due),
            "daysLeft": (deadline.due - today).days,
            "notice": abs(notice.days),
        }
        found.append(Occasion(key, notice.type, deadline, payload))
    return tuple(found)


def _waits(deadline: Deadline, notice: Notice, day: date, today: date, last: date | None) -> bool:
    """Whether a notice is not to be given yet, or never will be."""
    if day > today or (deadline.since is not None and day < deadline.since):
        return True
    if deadline.closed is not None and day > deadline.closed:
        return True
    if notice.gap and (last is None or (today - last).days < notice.gap):
        return True
    return notice.unanswered and deadline.answered


def _stands(deadline: Deadline, notice: Notice, today: date) -> bool:
    """Whether a notice still says how things stand: not of what is done, nor announcing what has passed."""
    return deadline.closed is None and (notice.days >= 0 or today <= deadline.due)
