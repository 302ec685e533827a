"""When the development agent may leave: attained, decided, announced, handed over, completed (R47 to R53)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from schema.calendar import add_months
from schema.decision import (
    Accepted,
    Change,
    Create,
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
    DevelopmentLevel,
    ExitStatus,
    PhaseCode,
    PhaseStatus,
    PlanOwner,
    ProjectStatus,
)

_OPEN_PHASES = frozenset({PhaseStatus.IN_PROGRESS, PhaseStatus.SUSPENDED})


@dataclass(frozen=True, slots=True)
class SelfReliance:
    """The last recorded self-reliance of the members, each share 0 to 1, with the threshold it was held against."""

    assessed_on: date
    defining: float
    steering: float
    threshold: float


@dataclass(frozen=True, slots=True)
class CouncilVerdict:
    """The council's approval of the exit."""

    id: UUID
    decided_on: date


@dataclass(frozen=True, slots=True)
class ExitPhase:
    """A phase of the project, as far as the exit changes it."""

    id: UUID
    code: PhaseCode
    status: PhaseStatus


@dataclass(frozen=True, slots=True)
class ReadinessFacts:
    """What the rules need to know of a project whose agent may leave."""

    id: UUID
    cluster_id: UUID
    status: ProjectStatus
    actual_start: date | None
    development_level: DevelopmentLevel | None
    development_level_on: date | None
    development_rank: int
    self_reliance: SelfReliance | None
    self_reliance_threshold: float
    verdict: CouncilVerdict | None
    score: float
    eligible: bool
    min_months: int
    max_months: int
    exit_phase: ExitPhase


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
    assignments: tuple[UUID, ...]
    agent_led_sub_projects: int
    plan: PlanInForce | None
    has_comprehensive_network: bool


def assess(  # noqa: PLR0913 - an assessment has these parts
    project: ReadinessFacts,
    shares: Mapping[str, float],
    *,
    on: date,
    decided_by: str | None,
    evidence: str | None,
    today: date,
    new_id: Callable[[], UUID],
) -> Decision:
    """Record how far the members define and steer projects themselves; the threshold in force is kept with it."""
    problems = [
        Problem(ProblemCode.SHARE_OUT_OF_RANGE, (name,))
        for name, share in shares.items()
        if not 0 <= share <= 1
    ]
    problems += _not_running(project.status)
    problems += _day(on, project.actual_start, today, "on")
    for name, value in (("decidedBy", decided_by), ("evidence", evidence)):
        if not value:
            problems.append(Problem(ProblemCode.REQUIRED, (name,)))
    if problems:
        return Refused(tuple(problems))
    assessment_id = new_id()
    row = {
        **shares,
        "cluster_id": project.cluster_id,
        "project_id": project.id,
        "assessed_on": on,
        "decided_by": decided_by,
        "evidence": evidence,
        "threshold": project.self_reliance_threshold,
    }
    return Accepted(
        ("SelfRelianceAssessment", assessment_id), (Create("SelfRelianceAssessment", assessment_id, row),)
    )


def announce(project: ReadinessFacts, *, on: date, today: date, new_id: Callable[[], UUID]) -> Decision:
    """Announce the exit: both preconditions attained and the council's decision taken (R47, R48, R49, A14)."""
    problems = [
        *_not_active(project.status),
        *_day(on, project.actual_start, today, "announcedOn"),
        *_not_attained(project),
        *_not_decided(project, on),
    ]
    if problems:
        return Refused(tuple(problems))
    exit_id = new_id()
    earliest, latest = add_months(on, project.min_months), add_months(on, project.max_months)
    row = {
        "cluster_id": project.cluster_id,
        "project_id": project.id,
        "status": ExitStatus.ANNOUNCED,
        "announced_on": on,
        "decision_id": project.verdict.id if project.verdict else None,
        "window_start": earliest,
        "window_end": latest,
    }
    phase = {
        "status": PhaseStatus.IN_PROGRESS,
        "actual_start": on,
        "window_start": earliest,
        "window_end": latest,
    }
    payload = {"on": dated(on), "window_start": dated(earliest), "window_end": dated(latest)}
    warnings = () if project.eligible else (Problem(ProblemCode.READINESS_LOW, (), {"score": project.score}),)
    return Accepted(
        ("ExitProcess", exit_id),
        (
            Create("ExitProcess", exit_id, row),
            Update("ClusterProject", project.id, {"status": ProjectStatus.EXITING}),
            Update("Phase", project.exit_phase.id, phase),
        ),
        (
            _told(EventType.EXIT_ANNOUNCED, exit_id, project.id, payload),
            Event(
                EventType.PHASE_STARTED,
                ("Phase", project.exit_phase.id),
                project_id=project.id,
                phase_code=PhaseCode.AGENT_EXIT,
                payload={"before": project.exit_phase.status, "after": PhaseStatus.IN_PROGRESS, **payload},
            ),
        ),
        warnings,
    )


def revoke(exit_: ExitFacts, *, on: date, reason: str | None, today: date) -> Decision:
    """Take the announcement back; the project goes on as before."""
    problems = [*_not_announced(exit_), *_day(on, exit_.announced_on, today, "on")]
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
    told = _told(EventType.EXIT_REVOKED, exit_.id, exit_.project_id, {"on": dated(on)})
    return Accepted(("ExitProcess", exit_.id), tuple(changes), (told,))


def complete(exit_: ExitFacts, *, on: date, override_reason: str | None, today: date) -> Decision:
    """Complete the exit: every step done, inside its window, nothing left in the agent's hands (R50 to R52)."""
    problems = [
        *_not_announced(exit_),
        *_day(on, exit_.announced_on, today, "completedOn"),
        *_steps_missing(exit_),
    ]
    early = on < exit_.window_start
    if early and not override_reason:
        problems.append(
            Problem(ProblemCode.EXIT_TOO_EARLY, ("completedOn",), {"earliest": exit_.window_start})
        )
    if exit_.agent_led_sub_projects:
        problems.append(Problem(ProblemCode.OPEN_SUB_PROJECTS, (), {"count": exit_.agent_led_sub_projects}))
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
        *(Update("AgentAssignment", assignment, {"valid_to": on}) for assignment in exit_.assignments),
    ]
    payload = {"on": dated(on), "window_end": dated(exit_.window_end)}
    events = [
        _told(EventType.EXIT_COMPLETED, exit_.id, exit_.project_id, payload),
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
            ("AgentAssignment", assignment),
            project_id=exit_.project_id,
            payload={"on": dated(on)},
        )
        for assignment in exit_.assignments
    ]
    if early:
        overridden = {"rule": "R50", "earliest": dated(exit_.window_start), "on": dated(on)}
        events.append(_told(EventType.OVERRIDE_USED, exit_.id, exit_.project_id, overridden))
    for part in _plan_passes(exit_):
        if isinstance(part, Event):
            events.append(part)
        else:
            changes.append(part)
    late = on > exit_.window_end
    warnings = (Problem(ProblemCode.LATER_THAN_ALLOWED, (), {"latest": exit_.window_end}),) if late else ()
    return Accepted(("ExitProcess", exit_.id), tuple(changes), tuple(events), warnings)


def permitted_on_project(project: ReadinessFacts, *, today: date) -> tuple[Permission, ...]:
    """Say whether the exit could be assessed and announced today."""
    assessed = assess(
        project, {}, on=today, decided_by="-", evidence="-", today=today, new_id=lambda: project.id
    )
    return (
        permission("assessSelfReliance", assessed),
        permission("announceExit", announce(project, on=today, today=today, new_id=lambda: project.id)),
    )


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


def _not_running(status: ProjectStatus) -> tuple[Problem, ...]:
    if status in {ProjectStatus.ACTIVE, ProjectStatus.EXITING}:
        return ()
    return (Problem(ProblemCode.PROJECT_NOT_ACTIVE, (), {"status": status}),)


def _not_active(status: ProjectStatus) -> tuple[Problem, ...]:
    return (
        ()
        if status is ProjectStatus.ACTIVE
        else (Problem(ProblemCode.PROJECT_NOT_ACTIVE, (), {"status": status}),)
    )


def _not_announced(exit_: ExitFacts) -> tuple[Problem, ...]:
    if exit_.status is ExitStatus.ANNOUNCED:
        return ()
    return (Problem(ProblemCode.WRONG_STATUS, (), {"status": exit_.status}),)


def _day(on: date, earliest: date | None, today: date, path: str) -> tuple[Problem, ...]:
    if on > today:
        return (Problem(ProblemCode.IN_FUTURE, (path,), {"date": on}),)
    if earliest is not None and on < earliest:
        return (Problem(ProblemCode.DATES_OUT_OF_ORDER, (path,), {"start": earliest, "end": on}),)
    return ()


def _not_attained(project: ReadinessFacts) -> tuple[Problem, ...]:
    """Hold level and self-reliance against the thresholds of the project's template (R47, R48, R55)."""
    problems: list[Problem] = []
    required = list(DevelopmentLevel)[project.development_rank - 1]
    if project.development_level is None or not project.development_level.is_at_least(required):
        problems.append(Problem(ProblemCode.DEVELOPMENT_NOT_ATTAINED, (), {"required": required}))
    threshold = project.self_reliance_threshold
    for part in ("defining", "steering"):
        share = getattr(project.self_reliance, part) if project.self_reliance else None
        if share is None or share < threshold:
            code = (
                ProblemCode.DEFINING_NOT_ATTAINED if part == "defining" else ProblemCode.STEERING_NOT_ATTAINED
            )
            problems.append(Problem(code, (), {"required": threshold}))
    return tuple(problems)


def _not_decided(project: ReadinessFacts, on: date) -> tuple[Problem, ...]:
    if project.verdict is None:
        return (Problem(ProblemCode.EXIT_NOT_DECIDED),)
    return _after(on, project.verdict.decided_on)


def _after(on: date, decided_on: date) -> tuple[Problem, ...]:
    if on >= decided_on:
        return ()
    return (Problem(ProblemCode.DATES_OUT_OF_ORDER, ("announcedOn",), {"start": decided_on, "end": on}),)


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


def _told(kind: EventType, exit_id: UUID, project_id: UUID, payload: Mapping[str, object]) -> Event:
    return Event(
        kind,
        ("ExitProcess", exit_id),
        project_id=project_id,
        phase_code=PhaseCode.AGENT_EXIT,
        payload=payload,
    )
