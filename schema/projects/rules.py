"""What may happen to a project once it is planned, from activation to cancellation (R4, R20, R33)."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from schema.calendar import add_months
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
from schema.phases import rules as phase_rules
from schema.problems import ProblemCode
from schema.projects import team, visits
from schema.projects.interruption import cancel, plan_passes, resume, suspend
from schema.projects.planning import effort, period
from schema.projects.standing import OVER, ProjectFacts, told
from schema.studies import rules as study_rules
from schema.vocabulary import AgentRole, ClusterStatus, PhaseCode, ProjectStatus, UserRole

BEFORE_DEVELOPMENT: Final = frozenset(
    {ClusterStatus.IDENTIFIED, ClusterStatus.PRIORITISED, ClusterStatus.FEASIBILITY}
)


def edit(project: ProjectFacts, *, changed: Mapping[str, object]) -> Decision:
    """Correct a project that is not over; its currency is fixed once it runs."""
    problems = []
    if project.status in OVER:
        problems.append(Problem(ProblemCode.PROJECT_OVER, (), {"status": project.status}))
    for column, path in (
        ("name_fa", "nameFa"),
        ("name_en", "nameEn"),
        ("planned_start", "plannedStart"),
        ("planned_end", "plannedEnd"),
        ("currency", "currency"),
    ):
        if column in changed and not changed[column]:
            problems.append(Problem(ProblemCode.REQUIRED, (path,)))
    if "currency" in changed and project.status is not ProjectStatus.PLANNED:
        problems.append(Problem(ProblemCode.WRONG_STATUS, ("currency",), {"status": project.status}))
    start = _day(changed.get("planned_start"), project.planned_start)
    end = _day(changed.get("planned_end"), project.planned_end)
    problems += period("plannedEnd", start, end)
    if problems:
        return Refused(tuple(problems))
    return Accepted(
        ("ClusterProject", project.id),
        (Update("ClusterProject", project.id, changed),),
        warnings=effort(start, end, project.study_max_months, project.exit_max_months),
    )


def activate(
    project: ProjectFacts, *, on: date, study_starts_on: date | None = None, today: date
) -> Decision:
    """Start the project: trust building the same day (R20), the study then or at a day of its own (A8)."""
    study_on = study_starts_on or on
    problems = _to_activate(project, on)
    if on > today:
        problems.append(Problem(ProblemCode.IN_FUTURE, ("on",), {"date": on}))
    if study_on < on:
        problems.append(Problem(ProblemCode.BEFORE_PROJECT_START, ("studyStartsOn",), {"start": on}))
    if problems:
        return Refused(tuple(problems))
    changes: list[Change] = [
        Update("ClusterProject", project.id, {"status": ProjectStatus.ACTIVE, "actual_start": on})
    ]
    events = [
        told(
            EventType.PROJECT_ACTIVATED,
            project,
            before=project.status,
            after=ProjectStatus.ACTIVE,
            on=dated(on),
        )
    ]
    _begin(project, PhaseCode.TRUST_BUILDING, on, changes, events)
    if study_on > today:
        study = project.phase(PhaseCode.DIAGNOSTIC_STUDY)
        planned_end = add_months(study_on, study.max_months) if study.max_months else None
        changes.append(Update("Phase", study.id, {"planned_start": study_on, "planned_end": planned_end}))
    else:
        _begin(project, PhaseCode.DIAGNOSTIC_STUDY, study_on, changes, events)
    _develop(project, changes, events)
    for part in plan_passes(project, running=True):
        if isinstance(part, Event):
            events.append(part)
        else:
            changes.append(part)
    unstudied = () if project.found_feasible else (Problem(ProblemCode.FEASIBILITY_SKIPPED),)
    warnings = (*unstudied, *_short_team(project))
    return Accepted(("ClusterProject", project.id), tuple(changes), tuple(events), warnings)


def _short_team(project: ProjectFacts) -> tuple[Problem, ...]:
    """Remark on a team that is smaller than the programme expects; it can grow while the project runs (E3)."""
    if len(project.team) >= project.least_team:
        return ()
    counts = {"count": len(project.team), "least": project.least_team}
    return (Problem(ProblemCode.TEAM_INCOMPLETE, (), counts),)


def permitted(project: ProjectFacts, *, today: date) -> tuple[Permission, ...]:
    """Answer beforehand what the rules would say today."""
    return (
        permission("editProject", edit(project, changed={})),
        permission("activateProject", activate(project, on=today, today=today)),
        permission("suspendProject", suspend(project, on=today, reason="-", today=today)),
        permission("resumeProject", resume(project, on=today, today=today)),
        permission("cancelProject", cancel(project, on=today, reason="-", today=today)),
        *_permitted_team(project, today),
    )


def _permitted_team(project: ProjectFacts, today: date) -> tuple[Permission, ...]:
    """Answer for the team: the lead's place while it is free, any other place afterwards."""
    lead = project.lead
    role = AgentRole.CLUSTER_DEVELOPMENT_AGENT if lead is None else AgentRole.ASSISTANT_AGENT
    person = team.Person("-", "-")
    since = today if lead is None else max(today, lead.valid_from + timedelta(days=1))

    def new_id() -> UUID:
        return project.id

    return (
        permission(
            "assignAgent",
            team.assign(
                project, role=role, person=person, since=team.first_day(project, today), new_id=new_id
            ),
        ),
        permission(
            "replaceAgent",
            team.replace_lead(project, person=person, since=since, today=since, new_id=new_id),
        ),
        permission(
            "recordSupervisionVisit",
            # One visit a day: that of today does not close tomorrow's door.
            visits.record(
                replace(project, visit_days=()),
                on=today,
                report={"findings_fa": "-"},
                today=today,
                new_id=new_id,
            ),
        ),
        permission(
            "draftStudy",
            study_rules.draft(
                study_rules.StudyHome(
                    project.id, project.cluster_id, project.status, project.has_study, None
                ),
                by=study_rules.Actor(UserRole.NATIONAL_ADMINISTRATOR, None),
                new_id=new_id,
            ),
        ),
    )


def _to_activate(project: ProjectFacts, on: date) -> list[Problem]:
    problems = []
    if project.status is not ProjectStatus.PLANNED:
        problems.append(Problem(ProblemCode.WRONG_STATUS, (), {"status": project.status}))
    if project.other_running:
        problems.append(Problem(ProblemCode.PROJECT_ALREADY_ACTIVE))
    if project.former_ended_on is not None and on < project.former_ended_on:
        days = {"start": project.former_ended_on, "end": on, "event": EventType.PROJECT_COMPLETED}
        problems.append(Problem(ProblemCode.DATES_OUT_OF_ORDER, ("on",), days))
    if project.cluster_status is ClusterStatus.DORMANT:
        problems.append(Problem(ProblemCode.CLUSTER_DORMANT))
    if project.lead is None:
        problems.append(Problem(ProblemCode.AGENT_REQUIRED))
    elif project.lead.valid_from > on:
        problems.append(
            Problem(ProblemCode.AGENT_NOT_YET_ASSIGNED, ("on",), {"since": project.lead.valid_from})
        )
    return problems


def _begin(
    project: ProjectFacts, code: PhaseCode, on: date, changes: list[Change], events: list[Event]
) -> None:
    phase = project.phase(code)
    change, payload = phase_rules.begin(phase.id, on=on, least=phase.min_months, most=phase.max_months)
    changes.append(change)
    events.append(
        Event(
            EventType.PHASE_STARTED,
            ("Phase", phase.id),
            project_id=project.id,
            phase_code=code,
            payload=payload,
        )
    )


def _develop(project: ProjectFacts, changes: list[Change], events: list[Event]) -> None:
    """Bring the cluster under development, if it was still before that (E1)."""
    if project.cluster_status not in BEFORE_DEVELOPMENT:
        return
    changes.append(Update("Cluster", project.cluster_id, {"status": ClusterStatus.UNDER_DEVELOPMENT}))
    events.append(
        Event(
            EventType.CLUSTER_STATUS_CHANGED,
            ("Cluster", project.cluster_id),
            payload={"before": project.cluster_status, "after": ClusterStatus.UNDER_DEVELOPMENT},
        )
    )


def _day(value: object, otherwise: date) -> date:
    return value if isinstance(value, date) else otherwise
