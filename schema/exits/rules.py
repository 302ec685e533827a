"""How the development agent leaves after the announcement: handed over, completed or revoked (R50 to R53)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from schema.decision import (
    Accepted,
    Change,
    Decision,
    Event,
    Permission,
    Problem,
    Refused,
    Update,
    permission,
)
from schema.events import EventType, dated
from schema.plans.rules import owner_passes
from schema.problems import ProblemCode
from schema.vocabulary import (
    AgentRole,
    ExitStatus,
    PhaseCode,
    PhaseStatus,
    PlanOwner,
    ProjectStatus,
)

_OPEN_PHASES = frozenset({PhaseStatus.IN_PROGRESS, PhaseStatus.SUSPENDED})


@dataclass(frozen=True, slots=True)
class ExitPhase:
    """A phase of the project, as far as the exit changes it."""

    id: UUID
    code: PhaseCode
    status: PhaseStatus
    actual_start: date | None = None
    actual_end: date | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """A hand-over step and whether it is done."""

    id: UUID
    due_on: date
    done_on: date | None


@dataclass(frozen=True, slots=True)
class PlanInForce:
    """The approved plan and its owner."""

    id: UUID
    owner: PlanOwner


@dataclass(frozen=True, slots=True)
class OpenAssignment:
    """Somebody's time in the agent team, which the exit ends."""

    id: UUID
    role: AgentRole
    valid_from: date | None = None


@dataclass(frozen=True, slots=True)
class ExitFacts:
    """What the rules need to know of an announced exit."""

    id: UUID
    cluster_id: UUID
    project_id: UUID
    status: ExitStatus
    announced_on: date
    window_start: date
    window_end: date
    steps: tuple[Step, ...]
    least_steps: int
    phases: tuple[ExitPhase, ...]
    assignments: tuple[OpenAssignment, ...]
    unled_sub_projects: int
    plan: PlanInForce | None
    has_comprehensive_network: bool
    last_transfer_on: date | None = None
    last_sub_project_ended_on: date | None = None


def revoke(exit_: ExitFacts, *, on: date, reason: str | None, today: date) -> Decision:
    """Take the announcement back; the project goes on as before."""
    problems = [
        *_not_announced(exit_),
        *within(on, exit_.announced_on, today, "on", EventType.EXIT_ANNOUNCED),
    ]
    if not reason:
        problems.append(Problem(ProblemCode.REASON_REQUIRED, ("reason",)))
    if problems:
        return Refused(tuple(problems))
    idle = {
        "status": PhaseStatus.NOT_STARTED,
        "actual_start": None,
        "window_start": None,
        "window_end": None,
    }
    changes: list[Change] = [
        Update("ExitProcess", exit_.id, {"status": ExitStatus.REVOKED, "revoked_on": on, "reason": reason}),
        Update("ClusterProject", exit_.project_id, {"status": ProjectStatus.ACTIVE}),
    ]
    changes += [
        Update("Phase", phase.id, idle) for phase in exit_.phases if phase.code is PhaseCode.AGENT_EXIT
    ]
    payload = {"before": exit_.status, "after": ExitStatus.REVOKED, "on": dated(on)}
    revoked = told(EventType.EXIT_REVOKED, exit_.id, exit_.project_id, payload)
    return Accepted(("ExitProcess", exit_.id), tuple(changes), (revoked,))


def complete(exit_: ExitFacts, *, on: date, override_reason: str | None, today: date) -> Decision:
    """Complete the exit: the study done (R10), every step too, nothing left in the agent's hands (R50 to R52)."""
    earliest, event = _last_of_all(exit_)
    problems = [
        *_not_announced(exit_),
        *within(on, earliest, today, "completedOn", event),
        *_study_missing(exit_),
        *_steps_missing(exit_),
    ]
    early = on < exit_.window_start
    if early and not override_reason:
        problems.append(
            Problem(ProblemCode.EXIT_TOO_EARLY, ("completedOn",), {"earliest": exit_.window_start})
        )
    if exit_.unled_sub_projects:
        problems.append(Problem(ProblemCode.OPEN_SUB_PROJECTS, (), {"count": exit_.unled_sub_projects}))
    if problems:
        return Refused(tuple(problems))
    changes: list[Change] = [
        Update(
            "ExitProcess",
            exit_.id,
            {"status": ExitStatus.COMPLETED, "completed_on": on, "override_reason": override_reason},
        ),
        Update("ClusterProject", exit_.project_id, {"status": ProjectStatus.COMPLETED, "actual_end": on}),
        *_phases_end(exit_, on),
        *(Update("AgentAssignment", assignment.id, {"valid_to": on}) for assignment in exit_.assignments),
    ]
    payload = {
        "before": exit_.status,
        "after": ExitStatus.COMPLETED,
        "on": dated(on),
        "windowEnd": dated(exit_.window_end),
    }
    events = [
        told(EventType.EXIT_COMPLETED, exit_.id, exit_.project_id, payload),
        Event(
            EventType.PROJECT_COMPLETED,
            ("ClusterProject", exit_.project_id),
            project_id=exit_.project_id,
            payload={"before": ProjectStatus.EXITING, "after": ProjectStatus.COMPLETED, "on": dated(on)},
        ),
    ]
    events += [
        Event(
            EventType.ASSIGNMENT_ENDED,
            ("AgentAssignment", assignment.id),
            project_id=exit_.project_id,
            payload={"role": assignment.role, "on": dated(on)},
        )
        for assignment in exit_.assignments
    ]
    if early:
        overridden = {"rule": "R50", "earliest": dated(exit_.window_start), "on": dated(on)}
        events.append(told(EventType.OVERRIDE_USED, exit_.id, exit_.project_id, overridden))
    for part in _plan_passes(exit_):
        if isinstance(part, Event):
            events.append(part)
        else:
            changes.append(part)
    late = on > exit_.window_end
    warnings = (Problem(ProblemCode.LATER_THAN_ALLOWED, (), {"latest": exit_.window_end}),) if late else ()
    return Accepted(("ExitProcess", exit_.id), tuple(changes), tuple(events), warnings)


def permitted(exit_: ExitFacts, *, today: date) -> tuple[Permission, ...]:
    """Say what is open on an exit today."""
    stepping: Decision = Accepted(("ExitProcess", exit_.id), ())
    if exit_.status is not ExitStatus.ANNOUNCED:
        stepping = Refused(_not_announced(exit_))
    return (
        permission("addHandoverStep", stepping),
        permission("completeExit", complete(exit_, on=today, override_reason=None, today=today)),
        permission("revokeExit", revoke(exit_, on=today, reason="-", today=today)),
    )


def _not_announced(exit_: ExitFacts) -> tuple[Problem, ...]:
    if exit_.status is ExitStatus.ANNOUNCED:
        return ()
    return (Problem(ProblemCode.WRONG_STATUS, (), {"status": exit_.status}),)


def within(on: date, earliest: date | None, today: date, path: str, event: EventType) -> tuple[Problem, ...]:
    """Hold a day between the earliest it may be and today."""
    if on > today:
        return (Problem(ProblemCode.IN_FUTURE, (path,), {"date": on}),)
    if earliest is not None and on < earliest:
        days = {"start": earliest, "end": on, "event": event}
        return (Problem(ProblemCode.DATES_OUT_OF_ORDER, (path,), days),)
    return ()


def _last_of_all(exit_: ExitFacts) -> tuple[date, EventType]:
    """Return the last day of the project on record before its end: nothing of it happens after the agent left (R52)."""
    days = [
        (exit_.announced_on, EventType.EXIT_ANNOUNCED),
        (exit_.last_transfer_on, EventType.SUB_PROJECT_TRANSFERRED),
        (exit_.last_sub_project_ended_on, EventType.SUB_PROJECT_COMPLETED),
        *((step.done_on, EventType.EXIT_STEP_DONE) for step in exit_.steps),
        *((phase.actual_start, EventType.PHASE_STARTED) for phase in exit_.phases),
        *((phase.actual_end, EventType.PHASE_COMPLETED) for phase in exit_.phases),
        *((assignment.valid_from, EventType.ASSIGNMENT_STARTED) for assignment in exit_.assignments),
    ]
    return max(((day, event) for day, event in days if day is not None), key=lambda one: one[0])


def _study_missing(exit_: ExitFacts) -> tuple[Problem, ...]:
    """Hold back a project whose diagnostic study is not completed: its phase cannot end by itself (R10)."""
    for phase in exit_.phases:
        if phase.code is PhaseCode.DIAGNOSTIC_STUDY and phase.status is not PhaseStatus.COMPLETED:
            return (Problem(ProblemCode.EXIT_WITHOUT_STUDY),)
    return ()


def _steps_missing(exit_: ExitFacts) -> tuple[Problem, ...]:
    """Two dated steps at least, and every one done (R51, I14)."""
    problems: list[Problem] = []
    if len(exit_.steps) < exit_.least_steps:
        counts = {"count": len(exit_.steps), "least": exit_.least_steps}
        problems.append(Problem(ProblemCode.STEPS_MISSING, (), counts))
    undone = sum(step.done_on is None for step in exit_.steps)
    if undone:
        problems.append(Problem(ProblemCode.STEPS_NOT_DONE, (), {"count": undone}))
    return tuple(problems)


def _phases_end(exit_: ExitFacts, on: date) -> tuple[Change, ...]:
    """Every phase ends with the project: what ran is completed (R21), what never began is cancelled."""
    changes: list[Change] = []
    for phase in exit_.phases:
        if phase.status in _OPEN_PHASES:
            changes.append(Update("Phase", phase.id, {"status": PhaseStatus.COMPLETED, "actual_end": on}))
        elif phase.status is PhaseStatus.NOT_STARTED:
            changes.append(Update("Phase", phase.id, {"status": PhaseStatus.CANCELLED}))
    return tuple(changes)


def _plan_passes(exit_: ExitFacts) -> tuple[Update | Event, ...]:
    """Pass the plan to the comprehensive network, or to nobody, which is reported (R30, R32, A12)."""
    if exit_.plan is None:
        return ()
    after = PlanOwner.NETWORK if exit_.has_comprehensive_network else PlanOwner.UNASSIGNED
    return owner_passes(exit_.plan.id, before=exit_.plan.owner, after=after)


def told(kind: EventType, exit_id: UUID, project_id: UUID, payload: Mapping[str, object]) -> Event:
    """Report what happened to an exit."""
    return Event(
        kind,
        ("ExitProcess", exit_id),
        project_id=project_id,
        phase_code=PhaseCode.AGENT_EXIT,
        payload=payload,
    )
