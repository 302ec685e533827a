"""Who acts on a project and since when: one lead agent, a team, supervision visits (R4, E3, E9, I3)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

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
from schema.problems import ProblemCode
from schema.projects.standing import OVER, ProjectFacts, TeamMember
from schema.vocabulary import AgentRole, PhaseCode, PhaseStatus, ProjectStatus

_RUNNING = frozenset({ProjectStatus.ACTIVE, ProjectStatus.SUSPENDED, ProjectStatus.EXITING})


@dataclass(frozen=True, slots=True)
class AssignmentFacts:
    """What the rules need to know of one assignment."""

    id: UUID
    cluster_id: UUID
    project_id: UUID
    project_status: ProjectStatus
    role: AgentRole
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True)
class Person:
    """Whom an assignment names: a title that is shown, an account that may act, a contract."""

    title_fa: str
    title_en: str
    user_id: UUID | None = None
    contract_number: str | None = None


def first_day(project: ProjectFacts, today: date) -> date:
    """Choose since when an agent is assigned unless told: early enough for the project, after the last lead."""
    day = min(today, project.actual_start or project.planned_start)
    return day if project.lead_until is None else max(day, project.lead_until + timedelta(days=1))


def assign(
    project: ProjectFacts,
    *,
    role: AgentRole,
    person: Person,
    since: date,
    new_id: Callable[[], UUID],
) -> Decision:
    """Give somebody a place in the team; the lead's place only while it is free."""
    problems = _of_person(project, person)
    if role is AgentRole.CLUSTER_DEVELOPMENT_AGENT and project.lead is not None:
        problems.append(Problem(ProblemCode.LEAD_EXISTS, ("role",)))
    elif role is AgentRole.CLUSTER_DEVELOPMENT_AGENT and project.lead_until and since <= project.lead_until:
        problems.append(
            Problem(
                ProblemCode.DATES_OUT_OF_ORDER, ("validFrom",), {"start": project.lead_until, "end": since}
            )
        )
    if problems:
        return Refused(tuple(problems))
    created, told = _assignment(project, role, person, since, new_id)
    return Accepted(("AgentAssignment", created.id), (created,), (told,))


def replace_lead(
    project: ProjectFacts, *, person: Person, since: date, today: date, new_id: Callable[[], UUID]
) -> Decision:
    """Hand the lead over: the former assignment ends the day before the new one begins (I3)."""
    problems = _of_person(project, person)
    lead = project.lead
    if lead is None:
        problems.append(Problem(ProblemCode.AGENT_REQUIRED))
    elif since <= lead.valid_from:
        problems.append(
            Problem(ProblemCode.DATES_OUT_OF_ORDER, ("validFrom",), {"start": lead.valid_from, "end": since})
        )
    if since > today:
        problems.append(Problem(ProblemCode.IN_FUTURE, ("validFrom",), {"date": since}))
    if problems or lead is None:
        return Refused(tuple(problems))
    last_day = since - timedelta(days=1)
    created, told = _assignment(project, lead.role, person, since, new_id)
    changes: tuple[Change, ...] = (Update("AgentAssignment", lead.id, {"valid_to": last_day}), created)
    return Accepted(("AgentAssignment", created.id), changes, (_ended(project.id, lead, last_day), told))


def end(assignment: AssignmentFacts, *, on: date, today: date) -> Decision:
    """End an assignment; the lead's ends only with the project or by a successor."""
    problems = []
    if assignment.valid_to is not None:
        problems.append(
            Problem(ProblemCode.DATES_OUT_OF_ORDER, ("on",), {"start": on, "end": assignment.valid_to})
        )
    if assignment.role is AgentRole.CLUSTER_DEVELOPMENT_AGENT and assignment.project_status in _RUNNING:
        problems.append(Problem(ProblemCode.LEAD_NEEDED))
    if on < assignment.valid_from:
        problems.append(
            Problem(ProblemCode.DATES_OUT_OF_ORDER, ("on",), {"start": assignment.valid_from, "end": on})
        )
    if on > today:
        problems.append(Problem(ProblemCode.IN_FUTURE, ("on",), {"date": on}))
    if problems:
        return Refused(tuple(problems))
    member = TeamMember(assignment.id, assignment.role, assignment.valid_from)
    return Accepted(
        ("AgentAssignment", assignment.id),
        (Update("AgentAssignment", assignment.id, {"valid_to": on}),),
        (_ended(assignment.project_id, member, on),),
    )


def visit(
    project: ProjectFacts,
    *,
    on: date,
    report: Mapping[str, object],
    today: date,
    new_id: Callable[[], UUID],
) -> Decision:
    """Record a supervision visit with what was found; the next one is counted from it (E9)."""
    problems = []
    if project.status not in _RUNNING:
        problems.append(Problem(ProblemCode.PROJECT_NOT_ACTIVE, (), {"status": project.status}))
    if on > today:
        problems.append(Problem(ProblemCode.IN_FUTURE, ("visitedOn",), {"date": on}))
    if project.actual_start is not None and on < project.actual_start:
        problems.append(
            Problem(ProblemCode.BEFORE_PROJECT_START, ("visitedOn",), {"start": project.actual_start})
        )
    if not report.get("findings_fa"):
        problems.append(Problem(ProblemCode.REQUIRED, ("findingsFa",)))
    if problems:
        return Refused(tuple(problems))
    made, phase = new_id(), _visited_phase(project)
    values = {
        "cluster_id": project.cluster_id,
        "project_id": project.id,
        "visited_on": on,
        "phase_code": phase,
        **report,
    }
    return Accepted(
        ("SupervisionVisit", made),
        (Create("SupervisionVisit", made, values),),
        (
            Event(
                EventType.SUPERVISION_VISIT_RECORDED,
                ("SupervisionVisit", made),
                project_id=project.id,
                phase_code=phase,
                payload={"on": dated(on)},
            ),
        ),
    )


def permitted(assignment: AssignmentFacts, *, today: date) -> tuple[Permission, ...]:
    """Answer beforehand what the rules would say today."""
    return (permission("endAssignment", end(assignment, on=max(today, assignment.valid_from), today=today)),)


def _of_person(project: ProjectFacts, person: Person) -> list[Problem]:
    problems = []
    if project.status in OVER:
        problems.append(Problem(ProblemCode.PROJECT_OVER, (), {"status": project.status}))
    if not person.title_fa:
        problems.append(Problem(ProblemCode.REQUIRED, ("titleFa",)))
    if not person.title_en:
        problems.append(Problem(ProblemCode.REQUIRED, ("titleEn",)))
    return problems


def _assignment(
    project: ProjectFacts, role: AgentRole, person: Person, since: date, new_id: Callable[[], UUID]
) -> tuple[Create, Event]:
    made = new_id()
    values = {
        "cluster_id": project.cluster_id,
        "project_id": project.id,
        "role": role,
        "title_fa": person.title_fa,
        "title_en": person.title_en,
        "user_id": person.user_id,
        "contract_number": person.contract_number,
        "valid_from": since,
    }
    told = Event(
        EventType.ASSIGNMENT_STARTED,
        ("AgentAssignment", made),
        project_id=project.id,
        payload={"role": role, "on": dated(since)},
    )
    return Create("AgentAssignment", made, values), told


def _ended(project: UUID, member: TeamMember, on: date) -> Event:
    return Event(
        EventType.ASSIGNMENT_ENDED,
        ("AgentAssignment", member.id),
        project_id=project,
        payload={"role": member.role, "on": dated(on)},
    )


def _visited_phase(project: ProjectFacts) -> PhaseCode | None:
    """Name the phase a visit belongs to: the latest in progress, trust building aside."""
    running = [
        phase.code
        for phase in project.phases
        if phase.status is PhaseStatus.IN_PROGRESS and phase.code is not PhaseCode.TRUST_BUILDING
    ]
    return running[-1] if running else None
