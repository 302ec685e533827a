"""Who is told of an event by default, and whether an endpoint wants it: data and pure functions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from schema.events import EventType
from schema.vocabulary import UserRole

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

CLUSTERS_OWN: Final = frozenset({UserRole.DEVELOPMENT_AGENT, UserRole.PROVINCE_ADMINISTRATOR})
"""The agent and the administrators of the province are told of everything in their clusters (4.4)."""

NATIONAL_EVENTS: Final = frozenset({EventType.OVERDUE_ESCALATED, EventType.WEBHOOK_PAUSED})
"""The national office is told of delays that nobody answered for, and of agencies that are no longer reached."""

NEVER_MUTED: Final = NATIONAL_EVENTS
"""What nobody may close their eyes to."""

NETWORK_EVENTS: Final = frozenset(
    {
        EventType.ACTION_PLAN_RETURNED,
        EventType.ACTION_PLAN_APPROVED,
        EventType.ACTION_PLAN_REJECTED,
        EventType.ACTION_PLAN_DUE_SOON,
        EventType.ACTION_PLAN_OVERDUE,
        EventType.ACTION_PLAN_OWNER_CHANGED,
        EventType.SUB_PROJECT_TRANSFERRED,
        EventType.NETWORK_DESIGNATED_COMPREHENSIVE,
        EventType.EXIT_ANNOUNCED,
        EventType.EXIT_STEP_DONE,
        EventType.EXIT_COMPLETED,
        EventType.EXIT_REVOKED,
    }
)
"""The comprehensive network is told of what passes to it: the plan and its renewal, and the exit (R30, R32)."""

COUNCIL_EVENTS: Final = frozenset(
    {
        EventType.ACTION_PLAN_SUBMITTED,
        EventType.ACTION_PLAN_RETURNED,
        EventType.ACTION_PLAN_APPROVED,
        EventType.ACTION_PLAN_REJECTED,
        EventType.SUB_PROJECT_APPROVED,
        EventType.STUDY_SUBMITTED,
        EventType.STUDY_ACCEPTED,
        EventType.COUNCIL_MEETING_SCHEDULED,
        EventType.COUNCIL_DECISION_RECORDED,
        EventType.EXIT_ELIGIBLE,
        EventType.EXIT_ANNOUNCED,
        EventType.EXIT_WINDOW_OPEN,
        EventType.EXIT_STEP_DONE,
        EventType.EXIT_OVERDUE,
        EventType.EXIT_COMPLETED,
        EventType.EXIT_REVOKED,
    }
)
"""Submissions, approvals and the exit concern the members of the steering council too."""

ADVISOR_EVENTS: Final = frozenset(
    {
        EventType.STUDY_SUBMITTED,
        EventType.STUDY_RETURNED,
        EventType.STUDY_ACCEPTED,
        EventType.STUDY_PRESENTED,
        EventType.SUPERVISION_VISIT_RECORDED,
        EventType.SUPERVISION_VISIT_DUE,
        EventType.SUPERVISION_VISIT_MISSED,
    }
)
"""The study and the visits concern the technical advisor too."""


LIMITED: Final = {
    UserRole.COUNCIL_MEMBER: COUNCIL_EVENTS,
    UserRole.TECHNICAL_ADVISOR: ADVISOR_EVENTS,
    UserRole.NETWORK_REPRESENTATIVE: NETWORK_EVENTS,
    UserRole.NATIONAL_ADMINISTRATOR: NATIONAL_EVENTS,
}
"""Roles that are told of some types only; those not named here and not of the cluster follow what they choose."""

OWNERS_EVENTS: Final = frozenset({EventType.WEBHOOK_PAUSED})
"""What concerns an agency itself and no cluster: its own other endpoints are told, nobody else's."""


@dataclass(frozen=True, slots=True)
class Happened:
    """What routing needs to know of an event."""

    type: str
    province_id: UUID | None
    cluster_id: UUID | None
    phase_code: str | None = None
    payload: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Wish:
    """What an endpoint or a reader asked for; an empty part means everything within reach.

    `most_days_left` wants of reminders only those of what is due within so many days or overdue,
    `least_percent` of figures only those from so many per cent; events without either are wanted.
    """

    event_types: frozenset[str] = frozenset()
    provinces: frozenset[UUID] = frozenset()
    clusters: frozenset[UUID] = frozenset()
    phases: frozenset[str] = frozenset()
    most_days_left: int | None = None
    least_percent: int | None = None


def audience(event_type: str) -> frozenset[UserRole]:
    """Return the roles that are told by default, each within its own scope.

    A type this release does not know is told to those who are told of everything, not dropped.
    """
    return CLUSTERS_OWN | {role for role, types in LIMITED.items() if event_type in types}


def wants(wish: Wish, event: Happened) -> bool:
    """Whether somebody asked for an event; their scope is asked elsewhere, and always."""
    if wish.event_types and event.type not in wish.event_types:
        return False
    if wish.phases and event.phase_code not in wish.phases:
        return False
    if not (_within(event.payload.get("daysLeft"), most=wish.most_days_left)):
        return False
    if not (_within(event.payload.get("percent"), least=wish.least_percent)):
        return False
    if not wish.provinces and not wish.clusters:
        return True
    return event.province_id in wish.provinces or event.cluster_id in wish.clusters


def _within(value: object, *, least: int | None = None, most: int | None = None) -> bool:
    """Whether a figure of the event lies within a limit; what has no such figure always does."""
    if not isinstance(value, int | float):
        return True
    return (least is None or value >= least) and (most is None or value <= most)
