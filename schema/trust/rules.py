"""What may happen to a trust-building activity: planned, carried out, taken part in (R15 to R19, A10)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from schema.calendar import add_months
from schema.decision import (
    Accepted,
    Create,
    Decision,
    Event,
    Permission,
    Problem,
    Refused,
    Remove,
    Update,
    permission,
)
from schema.entries import disordered, emptied
from schema.events import EventType, dated
from schema.open_lists.rules import AddedType, unlisted
from schema.problems import ProblemCode
from schema.vocabulary import ProjectStatus, TrustActivityType, TrustApproach, TrustAxis

_RUNNING = frozenset({ProjectStatus.ACTIVE, ProjectStatus.SUSPENDED, ProjectStatus.EXITING})


@dataclass(frozen=True, slots=True)
class TrustHome:
    """The project an activity or a survey belongs to."""

    id: UUID
    cluster_id: UUID
    status: ProjectStatus
    actual_start: date | None
    short_months: int
    plan_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Participant:
    """Who takes part: a stakeholder or an institution (R19)."""

    id: UUID
    stakeholder_id: UUID | None = None
    institution_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class ActivityFacts:
    """What the rules need to know of an activity and its project."""

    id: UUID
    cluster_id: UUID
    project_id: UUID
    project_status: ProjectStatus
    project_start: date | None
    short_months: int
    planned_start: date
    planned_end: date
    actual_start: date | None
    actual_end: date | None
    participants: tuple[Participant, ...] = ()
    type: TrustActivityType = TrustActivityType.OTHER
    additional_type_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Means:
    """How trust is to be built: a type, for OTHER perhaps an added one, and the approach (R16, R18)."""

    type: TrustActivityType
    approach: TrustApproach
    additional: AddedType | None = None


def plan_activity(
    home: TrustHome,
    values: Mapping[str, object],
    *,
    means: Means,
    period: tuple[date, date],
    new_id: Callable[[], UUID],
) -> Decision:
    """Plan a short-term activity of a running project; a long one is warned about (R17)."""
    start, end = period
    dates = {"planned_start": start, "planned_end": end}
    problems = [
        *_running(home.status),
        *emptied(values, "name_fa", "name_en"),
        *disordered(dates, "planned_start", "planned_end"),
        *unlisted(means.additional, listed_as_other=means.type is TrustActivityType.OTHER),
    ]
    if problems:
        return Refused(tuple(problems))
    activity_id = new_id()
    row = {
        **values,
        **dates,
        "cluster_id": home.cluster_id,
        "project_id": home.id,
        "plan_id": home.plan_id,
        "type": means.type,
        "additional_type_id": means.additional.id if means.additional else None,
        "approach": means.approach,
    }
    return Accepted(
        ("TrustActivity", activity_id),
        (Create("TrustActivity", activity_id, row),),
        warnings=_long(start, end, home.short_months),
    )


def edit_activity(
    activity: ActivityFacts, values: Mapping[str, object], *, additional: AddedType | None = None
) -> Decision:
    """Change what was planned; what was carried out keeps its dates.

    Another type than OTHER takes an added one away; the one it has is kept even when it is offered no longer.
    """
    other = values.get("type", activity.type) is TrustActivityType.OTHER
    if not other:
        values = {"additional_type_id": None, **values}
    dates = {"planned_start": activity.planned_start, "planned_end": activity.planned_end, **values}
    problems = [
        *_running(activity.project_status),
        *emptied(values, "name_fa", "name_en", "planned_start", "planned_end", "type", "approach"),
        *disordered(dates, "planned_start", "planned_end"),
        *unlisted(additional, listed_as_other=other, kept_id=activity.additional_type_id),
    ]
    if problems:
        return Refused(tuple(problems))
    start, end = dates["planned_start"], dates["planned_end"]
    warnings = (
        _long(start, end, activity.short_months) if isinstance(start, date) and isinstance(end, date) else ()
    )
    return Accepted(
        ("TrustActivity", activity.id), (Update("TrustActivity", activity.id, values),), warnings=warnings
    )


def record_activity(
    activity: ActivityFacts, *, period: tuple[date, date], outcome: Mapping[str, object], today: date
) -> Decision:
    """Record that an activity took place: its days and what came of it (R15)."""
    start, end = period
    problems = [
        *_running(activity.project_status),
        *disordered({"actual_start": start, "actual_end": end}, "actual_start", "actual_end"),
    ]
    if end > today:
        problems.append(Problem(ProblemCode.IN_FUTURE, ("actualEnd",), {"date": end}))
    if activity.project_start is not None and start < activity.project_start:
        problems.append(
            Problem(ProblemCode.BEFORE_PROJECT_START, ("actualStart",), {"start": activity.project_start})
        )
    if not activity.participants:
        problems.append(Problem(ProblemCode.PARTICIPANTS_REQUIRED, ("id",)))
    if problems:
        return Refused(tuple(problems))
    told = Event(
        EventType.TRUST_ACTIVITY_RECORDED,
        ("TrustActivity", activity.id),
        project_id=activity.project_id,
        phase_code="TRUST_BUILDING",
        payload={
            "kind": activity.type,
            "start": dated(start),
            "end": dated(end),
            "participants": len(activity.participants),
        },
    )
    changed = {"actual_start": start, "actual_end": end, **outcome}
    return Accepted(
        ("TrustActivity", activity.id),
        (Update("TrustActivity", activity.id, changed),),
        (told,),
        warnings=_long(start, end, activity.short_months),
    )


def remove_activity(activity: ActivityFacts) -> Decision:
    """Remove what was only planned; what took place stays on record."""
    if activity.actual_end is not None:
        return Refused((Problem(ProblemCode.ALREADY_RECORDED, ("id",), {"on": activity.actual_end}),))
    return Accepted(("TrustActivity", activity.id), (Remove("TrustActivity", activity.id),))


def restore_activity(activity: ActivityFacts) -> Decision:
    """Bring a removed activity back while its project runs."""
    if problems := _running(activity.project_status):
        return Refused(problems)
    back = Update("TrustActivity", activity.id, {"deleted_at": None})
    return Accepted(("TrustActivity", activity.id), (back,))


def add_participant(
    activity: ActivityFacts,
    *,
    stakeholder_id: UUID | None,
    institution_id: UUID | None,
    new_id: Callable[[], UUID],
) -> Decision:
    """Enter who takes part: one stakeholder, member or not, or one institution (R19)."""
    if (stakeholder_id is None) == (institution_id is None):
        return Refused((Problem(ProblemCode.ONE_OF_BOTH, ("stakeholderId",)),))
    for participant in activity.participants:
        if (participant.stakeholder_id, participant.institution_id) == (stakeholder_id, institution_id):
            return Refused(
                (Problem(ProblemCode.NOT_UNIQUE, ("stakeholderId" if stakeholder_id else "institutionId",)),)
            )
    row = {
        "cluster_id": activity.cluster_id,
        "activity_id": activity.id,
        "stakeholder_id": stakeholder_id,
        "institution_id": institution_id,
    }
    return Accepted(("TrustActivity", activity.id), (Create("TrustParticipant", new_id(), row),))


def remove_participant(activity: ActivityFacts, participant_id: UUID) -> Decision:
    """Take a participant off an activity that has not taken place yet."""
    if activity.actual_end is not None:
        return Refused((Problem(ProblemCode.ALREADY_RECORDED, ("id",), {"on": activity.actual_end}),))
    if participant_id not in {participant.id for participant in activity.participants}:
        return Refused((Problem(ProblemCode.NOT_FOUND, ("participantId",)),))
    return Accepted(("TrustActivity", activity.id), (Remove("TrustParticipant", participant_id),))


def permitted(activity: ActivityFacts, *, today: date) -> tuple[Permission, ...]:
    """Say what is open on an activity today."""
    recorded = record_activity(activity, period=(today, today), outcome={}, today=today)
    return (
        permission("editTrustActivity", edit_activity(activity, {})),
        permission("recordTrustActivity", recorded),
        permission("removeTrustActivity", remove_activity(activity)),
        permission("addTrustParticipant", edit_activity(activity, {})),
        permission("removeTrustParticipant", remove_activity(activity)),
    )


@dataclass(frozen=True, slots=True)
class ParticipantOpening:
    """A participant and the activity it takes part in."""

    id: UUID
    activity: ActivityFacts


def permitted_on_participant(opening: ParticipantOpening, *, today: date) -> tuple[Permission, ...]:
    """Say whether a participant can be taken off its activity."""
    del today
    return (permission("removeTrustParticipant", remove_participant(opening.activity, opening.id)),)


def running(status: ProjectStatus) -> tuple[Problem, ...]:
    """Say that a project which is not running has no trust building."""
    return _running(status)


def axis_of(*, institution: bool) -> TrustAxis:
    """Return the axis of a rating: towards a member or towards an institution (R13)."""
    return TrustAxis.MEMBER_INSTITUTION if institution else TrustAxis.MEMBER_MEMBER


def _running(status: ProjectStatus) -> tuple[Problem, ...]:
    if status in _RUNNING:
        return ()
    return (Problem(ProblemCode.PROJECT_NOT_ACTIVE, (), {"status": status}),)


def _long(start: date, end: date, months: int) -> tuple[Problem, ...]:
    latest = add_months(start, months)
    if end <= latest:
        return ()
    return (Problem(ProblemCode.NOT_SHORT_TERM, ("plannedEnd",), {"months": months, "latest": latest}),)
