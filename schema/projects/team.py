"""Who takes a place in the team of a project: one lead agent at a time, and those beside it (R4, E3, I3)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from schema.decision import (
    Accepted,
    Change,
    Create,
    Decision,
    Event,
    Problem,
    Refused,
    Update,
)
from schema.problems import ProblemCode
from schema.projects.assignments import ended, started
from schema.projects.standing import OVER, ProjectFacts
from schema.vocabulary import AgentRole


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
        problems.append(Problem(ProblemCode.AFTER_FORMER_LEAD, ("validFrom",), {"until": project.lead_until}))
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
        problems.append(Problem(ProblemCode.NO_AGENT_YET))
    elif since <= lead.valid_from:
        problems.append(Problem(ProblemCode.BEFORE_LEAD, ("validFrom",), {"since": lead.valid_from}))
    if since > today:
        problems.append(Problem(ProblemCode.IN_FUTURE, ("validFrom",), {"date": since}))
    if problems or lead is None:
        return Refused(tuple(problems))
    last_day = since - timedelta(days=1)
    created, told = _assignment(project, lead.role, person, since, new_id)
    changes: tuple[Change, ...] = (Update("AgentAssignment", lead.id, {"valid_to": last_day}), created)
    return Accepted(("AgentAssignment", created.id), changes, (ended(project.id, lead, last_day), told))


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
    return Create("AgentAssignment", made, values), started(project.id, made, role, since)
