"""Whether the exit is attained and decided: self-reliance is assessed, the exit announced (R47 to R49)."""

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
    Update,
    permission,
)
from schema.events import EventType, dated
from schema.exits.rules import ExitPhase, told, within
from schema.problems import ProblemCode
from schema.vocabulary import DevelopmentLevel, ExitStatus, PhaseCode, PhaseStatus, ProjectStatus


@dataclass(frozen=True, slots=True)
class SelfReliance:
    """The last recorded self-reliance of the members, each share 0 to 1, with the threshold it was held against."""

    assessed_on: date
    defining: float
    steering: float
    threshold: float
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class CouncilVerdict:
    """The council's approval of the exit."""

    id: UUID
    decided_on: date


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
    development_assessment_id: UUID | None = None
    study_completed: bool = True


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
    problems += within(on, project.actual_start, today, "assessedOn", EventType.PROJECT_ACTIVATED)
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
        *within(on, project.actual_start, today, "announcedOn", EventType.PROJECT_ACTIVATED),
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
        "development_assessment_id": project.development_assessment_id,
        "self_reliance_assessment_id": project.self_reliance.id if project.self_reliance else None,
        "window_start": earliest,
        "window_end": latest,
    }
    phase = {
        "status": PhaseStatus.IN_PROGRESS,
        "actual_start": on,
        "window_start": earliest,
        "window_end": latest,
    }
    payload = {"on": dated(on), "windowStart": dated(earliest), "windowEnd": dated(latest)}
    warnings = [] if project.eligible else [Problem(ProblemCode.READINESS_LOW, (), {"score": project.score})]
    if not project.study_completed:
        warnings.append(Problem(ProblemCode.EXIT_WITHOUT_STUDY))
    return Accepted(
        ("ExitProcess", exit_id),
        (
            Create("ExitProcess", exit_id, row),
            Update("ClusterProject", project.id, {"status": ProjectStatus.EXITING}),
            Update("Phase", project.exit_phase.id, phase),
        ),
        (
            told(EventType.EXIT_ANNOUNCED, exit_id, project.id, {"after": ExitStatus.ANNOUNCED, **payload}),
            Event(
                EventType.PHASE_STARTED,
                ("Phase", project.exit_phase.id),
                project_id=project.id,
                phase_code=PhaseCode.AGENT_EXIT,
                payload={"before": project.exit_phase.status, "after": PhaseStatus.IN_PROGRESS, **payload},
            ),
        ),
        tuple(warnings),
    )


def permitted_on_project(project: ReadinessFacts, *, today: date) -> tuple[Permission, ...]:
    """Say whether the exit could be assessed and announced today."""
    assessed = assess(
        project, {}, on=today, decided_by="-", evidence="-", today=today, new_id=lambda: project.id
    )
    return (
        permission("assessSelfReliance", assessed),
        permission("announceExit", announce(project, on=today, today=today, new_id=lambda: project.id)),
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
    days = {"start": decided_on, "end": on, "event": EventType.COUNCIL_DECISION_RECORDED}
    return (Problem(ProblemCode.DATES_OUT_OF_ORDER, ("announcedOn",), days),)
