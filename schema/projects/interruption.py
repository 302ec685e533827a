"""How a project is interrupted, taken up again or given up; its phases and its team follow."""

from collections.abc import Mapping
from datetime import date

from schema.decision import Accepted, Decision, Event, Problem, Refused, Update
from schema.events import EventType, dated
from schema.plans.rules import owner_passes
from schema.problems import ProblemCode
from schema.projects.standing import OVER, RUNNING, ProjectFacts, TeamMember, told
from schema.vocabulary import ClusterStatus, PhaseStatus, PlanOwner, ProjectStatus


def suspend(project: ProjectFacts, *, on: date, reason: str | None, today: date) -> Decision:
    """Interrupt a running project; its phases in progress follow."""
    problems = _of_change(project, {ProjectStatus.ACTIVE}, on, reason, today)
    if problems:
        return Refused(tuple(problems))
    return _followed(
        project,
        ProjectStatus.SUSPENDED,
        EventType.PROJECT_SUSPENDED,
        on,
        {"status_reason": reason, "suspended_on": on, "resumed_on": None},
        {PhaseStatus.IN_PROGRESS: PhaseStatus.SUSPENDED},
    )


def resume(project: ProjectFacts, *, on: date, today: date) -> Decision:
    """Take a suspended project up again, with the phases it interrupted; their windows stay (A7)."""
    problems = _of_change(project, {ProjectStatus.SUSPENDED}, on, "-", today)
    if project.cluster_status is ClusterStatus.DORMANT:
        problems.append(Problem(ProblemCode.CLUSTER_DORMANT))
    if problems:
        return Refused(tuple(problems))
    return _followed(
        project,
        ProjectStatus.ACTIVE,
        EventType.PROJECT_RESUMED,
        on,
        {"status_reason": None, "resumed_on": on},
        {PhaseStatus.SUSPENDED: PhaseStatus.IN_PROGRESS},
    )


def cancel(project: ProjectFacts, *, on: date, reason: str | None, today: date) -> Decision:
    """Give a project up: its open phases are cancelled and its team's assignments end."""
    open_statuses = set(ProjectStatus) - OVER
    problems = _of_change(project, open_statuses, on, reason, today)
    if problems:
        return Refused(tuple(problems))
    ended = {} if project.actual_start is None else {"actual_end": on}
    accepted = _followed(
        project,
        ProjectStatus.CANCELLED,
        EventType.PROJECT_CANCELLED,
        on,
        {"status_reason": reason, **ended},
        dict.fromkeys(
            (PhaseStatus.NOT_STARTED, PhaseStatus.IN_PROGRESS, PhaseStatus.SUSPENDED), PhaseStatus.CANCELLED
        ),
    )
    passed = plan_passes(project, running=False) if project.status in RUNNING else ()
    return Accepted(
        accepted.result,
        (
            *accepted.changes,
            *(_end(member, on) for member in project.team),
            *(part for part in passed if isinstance(part, Update)),
        ),
        (
            *accepted.events,
            *(part for part in passed if isinstance(part, Event)),
            *(
                Event(
                    EventType.ASSIGNMENT_ENDED,
                    ("AgentAssignment", member.id),
                    project_id=project.id,
                    payload={"role": member.role, "on": dated(on)},
                )
                for member in project.team
            ),
        ),
    )


def _of_change(
    project: ProjectFacts, open_in: set[ProjectStatus], on: date, reason: str | None, today: date
) -> list[Problem]:
    problems = []
    if project.status not in open_in:
        problems.append(Problem(ProblemCode.WRONG_STATUS, (), {"status": project.status}))
    if not reason:
        problems.append(Problem(ProblemCode.REASON_REQUIRED, ("reason",)))
    if on > today:
        problems.append(Problem(ProblemCode.IN_FUTURE, ("on",), {"date": on}))
    if project.actual_start is not None and on < project.actual_start:
        problems.append(Problem(ProblemCode.BEFORE_PROJECT_START, ("on",), {"start": project.actual_start}))
        return problems
    interrupted = (
        (project.resumed_on, EventType.PROJECT_RESUMED),
        (project.suspended_on, EventType.PROJECT_SUSPENDED),
    )
    for day, event in interrupted:
        if day is not None and on < day:
            days = {"start": day, "end": on, "event": event}
            return [*problems, Problem(ProblemCode.DATES_OUT_OF_ORDER, ("on",), days)]
    return problems


def plan_passes(project: ProjectFacts, *, running: bool) -> tuple[Update | Event, ...]:
    """Pass the plan in force to the agent of a project that begins, and on from one that is given up (R30, A12)."""
    if project.plan is None:
        return ()
    after = PlanOwner.NETWORK if project.has_comprehensive_network else PlanOwner.UNASSIGNED
    return owner_passes(
        project.plan.id, before=project.plan.duty, after=PlanOwner.AGENT if running else after
    )


def _followed(
    project: ProjectFacts,
    status: ProjectStatus,
    kind: EventType,
    on: date,
    values: Mapping[str, object],
    phases: Mapping[PhaseStatus, PhaseStatus],
) -> Accepted:
    """Change the status of a project and let its phases follow."""
    return Accepted(
        ("ClusterProject", project.id),
        (
            Update("ClusterProject", project.id, {"status": status, **values}),
            *(
                Update("Phase", phase.id, {"status": phases[phase.status]})
                for phase in project.phases
                if phase.status in phases
            ),
        ),
        (told(kind, project, before=project.status, after=status, on=dated(on)),),
    )


def _end(member: TeamMember, on: date) -> Update:
    return Update("AgentAssignment", member.id, {"valid_to": max(on, member.valid_from)})
