"""What may happen to a defined sub-project: from its start to its end or cancellation (R37, R38)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Final
from uuid import UUID

from schema.decision import Accepted, Decision, Event, Problem, Refused, Update
from schema.events import EventType, dated
from schema.problems import ProblemCode
from schema.vocabulary import (
    ActionPlanStatus,
    PhaseCode,
    PhaseStatus,
    ProjectStatus,
    SubProjectActor,
    SubProjectStatus,
    SubProjectType,
)

OPEN: Final = frozenset(
    {
        SubProjectStatus.PROPOSED,
        SubProjectStatus.APPROVED,
        SubProjectStatus.IN_PROGRESS,
        SubProjectStatus.SUSPENDED,
    }
)
TRANSFERABLE: Final = OPEN - {SubProjectStatus.PROPOSED}


@dataclass(frozen=True, slots=True)
class MilestoneOfSubProject:
    """A milestone: its weight and whether it is done."""

    id: UUID
    ordinal: int
    weight: int
    done_on: date | None


@dataclass(frozen=True, slots=True)
class SubProjectFacts:
    """What the rules need to know of a sub-project, its plan version and the project that is running."""

    id: UUID
    cluster_id: UUID
    plan_id: UUID
    project_id: UUID | None
    status: SubProjectStatus
    type: SubProjectType
    led_by: SubProjectActor
    planned_start: date | None
    planned_end: date | None
    actual_start: date | None
    plan_status: ActionPlanStatus
    plan_approved_on: date | None
    running_status: ProjectStatus | None = None
    implementation_status: PhaseStatus | None = None
    milestones: tuple[MilestoneOfSubProject, ...] = ()
    networks: tuple[UUID, ...] = ()
    budget_warning_percent: int = 80
    additional_type_id: UUID | None = None
    leader_id: UUID | None = None

    def progress(self, *, also: frozenset[UUID] = frozenset()) -> Decimal:
        """Compute the weight of the milestones done over the weight of all, per cent."""
        whole = sum(milestone.weight for milestone in self.milestones)
        done = sum(
            milestone.weight
            for milestone in self.milestones
            if milestone.done_on is not None or milestone.id in also
        )
        return (
            (Decimal(100 * done) / whole).quantize(Decimal("0.1"), ROUND_HALF_UP) if whole else Decimal("0.0")
        )


def start(sub_project: SubProjectFacts, *, on: date, today: date) -> Decision:
    """Start an approved sub-project under the plan in force (R38, I6, A2)."""
    problems = [*_not_in_force(sub_project), *_project_closed(sub_project), *_in_future(on, today)]
    if sub_project.plan_status is ActionPlanStatus.APPROVED:
        problems.extend(_of_status(sub_project, SubProjectStatus.APPROVED))
    approved = sub_project.plan_approved_on
    if approved is not None and on < approved:
        problems.append(Problem(ProblemCode.BEFORE_PLAN_APPROVAL, ("on",), {"approved": approved}))
    if problems:
        return Refused(tuple(problems))
    changed = {"status": SubProjectStatus.IN_PROGRESS, "actual_start": on}
    return _accept(
        sub_project, changed, EventType.SUB_PROJECT_STARTED, on=on, warnings=_late_agent(sub_project)
    )


def suspend(sub_project: SubProjectFacts, *, reason: str | None) -> Decision:
    """Suspend a sub-project that is in progress, with a reason."""
    problems = (*_of_status(sub_project, SubProjectStatus.IN_PROGRESS), *_without_reason(reason))
    if problems:
        return Refused(problems)
    changed = {"status": SubProjectStatus.SUSPENDED, "status_reason": reason}
    return _accept(sub_project, changed, EventType.SUB_PROJECT_SUSPENDED)


def resume(sub_project: SubProjectFacts) -> Decision:
    """Take a suspended sub-project up again."""
    problems = (*_of_status(sub_project, SubProjectStatus.SUSPENDED), *_project_closed(sub_project))
    if problems:
        return Refused(problems)
    changed = {"status": SubProjectStatus.IN_PROGRESS, "status_reason": None}
    return _accept(sub_project, changed, EventType.SUB_PROJECT_RESUMED)


def complete(sub_project: SubProjectFacts, *, on: date, today: date) -> Decision:
    """Complete a sub-project that is in progress; open milestones are remarked."""
    problems = [*_of_status(sub_project, SubProjectStatus.IN_PROGRESS), *_in_future(on, today)]
    began = sub_project.actual_start
    if began is not None and on < began:
        days = {"start": began, "end": on, "event": EventType.SUB_PROJECT_STARTED}
        problems.append(Problem(ProblemCode.DATES_OUT_OF_ORDER, ("on",), days))
    if problems:
        return Refused(tuple(problems))
    left = sum(milestone.done_on is None for milestone in sub_project.milestones)
    warnings = (Problem(ProblemCode.MILESTONES_OPEN, (), {"count": left}),) if left else ()
    changed = {"status": SubProjectStatus.COMPLETED, "actual_end": on}
    return _accept(sub_project, changed, EventType.SUB_PROJECT_COMPLETED, on=on, warnings=warnings)


def cancel(sub_project: SubProjectFacts, *, reason: str | None) -> Decision:
    """Cancel a sub-project that is not over, with a reason (R37)."""
    problems = [*_without_reason(reason)]
    if sub_project.status not in OPEN:
        problems.append(Problem(ProblemCode.WRONG_STATUS, (), {"status": sub_project.status}))
    if sub_project.plan_status is ActionPlanStatus.SUBMITTED:
        blank = {"status": sub_project.plan_status}
        problems.append(Problem(ProblemCode.PLAN_IS_NOT_OPEN, (), blank))
    if problems:
        return Refused(tuple(problems))
    changed = {"status": SubProjectStatus.CANCELLED, "status_reason": reason}
    return _accept(sub_project, changed, EventType.SUB_PROJECT_CANCELLED)


def told(kind: EventType, sub_project: SubProjectFacts, payload: dict[str, object]) -> Event:
    """Make an event of a sub-project."""
    return Event(
        kind,
        ("SubProject", sub_project.id),
        project_id=sub_project.project_id,
        phase_code=PhaseCode.IMPLEMENTATION,
        payload=payload,
    )


def _accept(
    sub_project: SubProjectFacts,
    changed: Mapping[str, object],
    kind: EventType,
    *,
    on: date | None = None,
    warnings: tuple[Problem, ...] = (),
) -> Accepted:
    payload: dict[str, object] = {"before": sub_project.status, "after": changed["status"]}
    if on is not None:
        payload["on"] = dated(on)
    return Accepted(
        ("SubProject", sub_project.id),
        (Update("SubProject", sub_project.id, changed),),
        (told(kind, sub_project, payload),),
        warnings,
    )


def _not_in_force(sub_project: SubProjectFacts) -> tuple[Problem, ...]:
    if sub_project.plan_status is ActionPlanStatus.APPROVED:
        return ()
    return (Problem(ProblemCode.PLAN_NOT_APPROVED, (), {"status": sub_project.plan_status}),)


def _project_closed(sub_project: SubProjectFacts) -> tuple[Problem, ...]:
    """While a project runs, sub-projects are its fourth phase; afterwards the network needs no phase."""
    if sub_project.running_status is ProjectStatus.SUSPENDED:
        return (Problem(ProblemCode.PROJECT_NOT_ACTIVE, (), {"status": sub_project.running_status}),)
    if sub_project.implementation_status is PhaseStatus.NOT_STARTED:
        return (Problem(ProblemCode.IMPLEMENTATION_NOT_STARTED),)
    return ()


def _late_agent(sub_project: SubProjectFacts) -> tuple[Problem, ...]:
    """After the exit announcement members and networks lead what is new (A17)."""
    if sub_project.running_status is ProjectStatus.EXITING and sub_project.led_by is SubProjectActor.AGENT:
        return (Problem(ProblemCode.AGENT_LED_AFTER_ANNOUNCEMENT),)
    return ()


def _of_status(sub_project: SubProjectFacts, wanted: SubProjectStatus) -> tuple[Problem, ...]:
    if sub_project.status is wanted:
        return ()
    return (Problem(ProblemCode.WRONG_STATUS, (), {"status": sub_project.status}),)


def _without_reason(reason: str | None) -> tuple[Problem, ...]:
    return () if reason else (Problem(ProblemCode.REASON_REQUIRED, ("reason",)),)


def _in_future(on: date, today: date) -> tuple[Problem, ...]:
    return (Problem(ProblemCode.IN_FUTURE, ("on",), {"date": on}),) if on > today else ()
