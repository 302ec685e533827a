"""Who is told of an event by default, and whether an endpoint wants it: data and pure functions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from schema.events import EventType
from schema.vocabulary import UserRole

if TYPE_CHECKING:
    from uuid import UUID

CLUSTERS_OWN: Final = frozenset({UserRole.DEVELOPMENT_AGENT, UserRole.PROVINCE_ADMINISTRATOR})
"""The agent and the administrators of the province are told of everything in their clusters (4.4)."""

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


@dataclass(frozen=True, slots=True)
class Happened:
    """What routing needs to know of an event."""

    type: str
    province_id: UUID | None
    cluster_id: UUID | None


@dataclass(frozen=True, slots=True)
class Wish:
    """What an endpoint asked for; an empty part means everything within its agency's reach."""

    event_types: frozenset[str] = frozenset()
    provinces: frozenset[UUID] = frozenset()
    clusters: frozenset[UUID] = frozenset()


def audience(event_type: str) -> frozenset[UserRole]:
    """Return the roles that are told by default, each within its own scope.

    A type this release does not know is told to those who are told of everything, not dropped.
    """
    roles = CLUSTERS_OWN
    if event_type in COUNCIL_EVENTS:
        roles |= {UserRole.COUNCIL_MEMBER}
    if event_type in ADVISOR_EVENTS:
        roles |= {UserRole.TECHNICAL_ADVISOR}
    return roles


def wants(wish: Wish, event: Happened) -> bool:
    """Whether an endpoint asked for an event; its agency's scope is asked elsewhere, and always."""
    if wish.event_types and event.type not in wish.event_types:
        return False
    if not wish.provinces and not wish.clusters:
        return True
    return event.province_id in wish.provinces or event.cluster_id in wish.clusters
