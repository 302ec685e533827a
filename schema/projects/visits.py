"""What may happen to a supervision visit: recorded, corrected, taken back (E9)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

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
from schema.entries import emptied
from schema.events import EventType, dated
from schema.problems import ProblemCode
from schema.projects.standing import RUNNING, ProjectFacts
from schema.vocabulary import PhaseCode, PhaseStatus, ProjectStatus


@dataclass(frozen=True, slots=True)
class VisitFacts:
    """What the rules need to know of one visit."""

    id: UUID
    cluster_id: UUID
    project_id: UUID
    project_status: ProjectStatus
    project_start: date | None
    visited_on: date
    other_days: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Advisor:
    """The place in a team of whoever visits."""

    id: UUID
    project_id: UUID


def record(
    project: ProjectFacts,
    *,
    on: date,
    report: Mapping[str, object],
    advisor: Advisor | None = None,
    today: date,
    new_id: Callable[[], UUID],
) -> Decision:
    """Record a supervision visit with what was found; the next one is counted from it (E9)."""
    problems = [
        *_of_project(project.status),
        *_of_day(on, project.actual_start, project.visit_days, today),
        *_of_advisor(advisor, project.id),
    ]
    if not report.get("findings_fa"):
        problems.append(Problem(ProblemCode.REQUIRED, ("findingsFa",)))
    if problems:
        return Refused(tuple(problems))
    made, phase = new_id(), _visited_phase(project)
    values = {
        "cluster_id": project.cluster_id,
        "project_id": project.id,
        "advisor_id": advisor.id if advisor else project.advisor_id,
        "visited_on": on,
        "phase_code": phase,
        **report,
    }
    told = Event(
        EventType.SUPERVISION_VISIT_RECORDED,
        ("SupervisionVisit", made),
        project_id=project.id,
        phase_code=phase,
        payload={"on": dated(on)},
    )
    return Accepted(("SupervisionVisit", made), (Create("SupervisionVisit", made, values),), (told,))


def edit(
    visit: VisitFacts, changed: Mapping[str, object], *, advisor: Advisor | None = None, today: date
) -> Decision:
    """Correct what was recorded of a visit while its project runs."""
    problems = [
        *_of_project(visit.project_status),
        *emptied(changed, "findings_fa", "visited_on"),
        *_of_advisor(advisor, visit.project_id),
    ]
    on = changed.get("visited_on")
    if isinstance(on, date):
        problems += _of_day(on, visit.project_start, visit.other_days, today)
    if problems:
        return Refused(tuple(problems))
    return Accepted(("SupervisionVisit", visit.id), (Update("SupervisionVisit", visit.id, changed),))


def remove(visit: VisitFacts) -> Decision:
    """Take back a visit that was recorded by mistake; the next one is counted from the one before."""
    if problems := _of_project(visit.project_status):
        return Refused(problems)
    return Accepted(("SupervisionVisit", visit.id), (Remove("SupervisionVisit", visit.id),))


def restore(visit: VisitFacts) -> Decision:
    """Bring back a visit that was taken back, unless another one of that day stands in its place."""
    problems = _of_project(visit.project_status)
    if visit.visited_on in visit.other_days:
        problems = (*problems, Problem(ProblemCode.VISITED_THAT_DAY, (), {"on": visit.visited_on}))
    if problems:
        return Refused(problems)
    back = Update("SupervisionVisit", visit.id, {"deleted_at": None})
    return Accepted(("SupervisionVisit", visit.id), (back,))


def permitted(visit: VisitFacts, *, today: date) -> tuple[Permission, ...]:
    """Answer beforehand what the rules would say today."""
    return (
        permission("editSupervisionVisit", edit(visit, {}, today=today)),
        permission("removeSupervisionVisit", remove(visit)),
    )


def _of_project(status: ProjectStatus) -> tuple[Problem, ...]:
    return () if status in RUNNING else (Problem(ProblemCode.PROJECT_NOT_ACTIVE, (), {"status": status}),)


def _of_day(on: date, start: date | None, known: tuple[date, ...], today: date) -> tuple[Problem, ...]:
    problems = []
    if on > today:
        problems.append(Problem(ProblemCode.IN_FUTURE, ("visitedOn",), {"date": on}))
    if start is not None and on < start:
        problems.append(Problem(ProblemCode.BEFORE_PROJECT_START, ("visitedOn",), {"start": start}))
    if on in known:
        problems.append(Problem(ProblemCode.VISITED_THAT_DAY, ("visitedOn",), {"on": on}))
    return tuple(problems)


def _of_advisor(advisor: Advisor | None, project: UUID) -> tuple[Problem, ...]:
    """Whoever visits has a place in the team of the same project."""
    if advisor is None or advisor.project_id == project:
        return ()
    return (Problem(ProblemCode.NOT_OF_THE_TEAM, ("advisorId",)),)


def _visited_phase(project: ProjectFacts) -> PhaseCode | None:
    """Name the phase a visit belongs to: the latest in progress, trust building aside."""
    running = [
        phase.code
        for phase in project.phases
        if phase.status is PhaseStatus.IN_PROGRESS and phase.code is not PhaseCode.TRUST_BUILDING
    ]
    return running[-1] if running else None
