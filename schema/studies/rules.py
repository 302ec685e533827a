"""What may happen to a diagnostic study, from its draft to its presentation (R5 to R11, A9)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

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
from schema.problems import ProblemCode
from schema.studies.content import Content, checked, replaced
from schema.vocabulary import (
    AnalysisSection,
    DevelopmentLevel,
    DocumentKind,
    PhaseCode,
    ProjectStatus,
    SourceKind,
    StudyStatus,
    UserRole,
)

RUNNING: Final = frozenset({ProjectStatus.ACTIVE, ProjectStatus.EXITING})
ON_BEHALF: Final = frozenset({UserRole.NATIONAL_ADMINISTRATOR, UserRole.PROVINCE_ADMINISTRATOR})
_SECTION_FIELDS: Final = {
    AnalysisSection.SITUATION: ("situation_fa", "situationFa"),
    AnalysisSection.NATIONAL_ENVIRONMENT: ("national_environment_fa", "nationalEnvironmentFa"),
    AnalysisSection.GLOBAL_ENVIRONMENT: ("global_environment_fa", "globalEnvironmentFa"),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who asks: a role, and the account behind it."""

    role: UserRole
    user_id: UUID | None


@dataclass(frozen=True, slots=True)
class StudyHome:
    """What the rules need to know of the project for which a study is drafted."""

    id: UUID
    cluster_id: UUID
    status: ProjectStatus
    has_study: bool
    lead_user_id: UUID | None


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """A recorded problem of the cluster and how many solutions the study offers for it."""

    id: UUID
    ordinal: int
    solutions: int


@dataclass(frozen=True, slots=True)
class StudyFacts:
    """What the rules need to know of a study, its parts and its project."""

    id: UUID
    cluster_id: UUID
    project_id: UUID
    status: StudyStatus
    project_status: ProjectStatus
    project_start: date | None
    lead_user_id: UUID | None
    situation_fa: str | None
    national_environment_fa: str | None
    global_environment_fa: str | None
    baseline_level: DevelopmentLevel | None
    target_level: DevelopmentLevel | None
    submitted_on: date | None
    accepted_on: date | None
    desk_sources: int
    field_sources: int
    problems: tuple[ProblemLine, ...]
    sources: tuple[UUID, ...]
    swot: tuple[UUID, ...]
    solutions: tuple[UUID, ...]
    report_attached: bool = True
    returned_on: date | None = None


def draft(project: StudyHome, *, by: Actor, new_id: Callable[[], UUID]) -> Decision:
    """Begin the study of a project; its methodology is derived from UNIDO unless told otherwise (R7)."""
    problems = []
    if project.status not in {*RUNNING, ProjectStatus.PLANNED}:
        problems.append(Problem(ProblemCode.PROJECT_NOT_ACTIVE, (), {"status": project.status}))
    if project.has_study:
        problems.append(Problem(ProblemCode.STUDY_EXISTS, ("projectId",)))
    problems += _of_actor(project.lead_user_id, by)
    if problems:
        return Refused(tuple(problems))
    made = new_id()
    values = {"cluster_id": project.cluster_id, "project_id": project.id, "status": StudyStatus.DRAFT}
    return Accepted(("DiagnosticStudy", made), (Create("DiagnosticStudy", made, values),))


def edit(
    study: StudyFacts, *, by: Actor, texts: Mapping[str, object], content: Content, new_id: Callable[[], UUID]
) -> Decision:
    """Write the study while it is a draft; a list that is given replaces the recorded one."""
    problems = [*_of_status(study, StudyStatus.DRAFT), *_of_actor(study.lead_user_id, by), *checked(content)]
    if problems:
        return Refused(tuple(problems))
    parts = replaced(
        study.id,
        study.cluster_id,
        content,
        recorded=(study.sources, study.swot, tuple(line.id for line in study.problems), study.solutions),
        new_id=new_id,
    )
    return Accepted(("DiagnosticStudy", study.id), (Update("DiagnosticStudy", study.id, dict(texts)), *parts))


def submit(study: StudyFacts, *, by: Actor, on: date, today: date) -> Decision:
    """Hand the study in for review: complete (R5, R6, R8, R9) and by whoever carries it out (R11)."""
    problems = [
        *_of_status(study, StudyStatus.DRAFT),
        *_of_project(study),
        *_of_actor(study.lead_user_id, by),
        *_of_content(study),
        *(
            _of_day(on, today, study.project_start, EventType.PROJECT_ACTIVATED)
            or _of_day(on, today, study.returned_on, EventType.STUDY_RETURNED)
        ),
    ]
    if problems:
        return Refused(tuple(problems))
    accepted = _moved(
        study, StudyStatus.SUBMITTED, EventType.STUDY_SUBMITTED, on, {"submitted_on": on, "return_note": None}
    )
    if by.role not in ON_BEHALF:
        return accepted
    override = Event(
        EventType.OVERRIDE_USED,
        ("DiagnosticStudy", study.id),
        project_id=study.project_id,
        phase_code=PhaseCode.DIAGNOSTIC_STUDY,
        payload={"rule": "R11", "by": by.role, "on": dated(on)},
    )
    return Accepted(accepted.result, accepted.changes, (*accepted.events, override))


def return_(study: StudyFacts, *, note: str | None, on: date, today: date) -> Decision:
    """Send a submitted study back with the corrections it needs (E9)."""
    problems = [
        *_of_status(study, StudyStatus.SUBMITTED),
        *_of_day(on, today, study.submitted_on, EventType.STUDY_SUBMITTED),
    ]
    if not note:
        problems.append(Problem(ProblemCode.REASON_REQUIRED, ("note",)))
    if problems:
        return Refused(tuple(problems))
    returned = {"return_note": note, "returned_on": on}
    return _moved(study, StudyStatus.RETURNED, EventType.STUDY_RETURNED, on, returned)


def revise(study: StudyFacts, *, by: Actor) -> Decision:
    """Take a returned study up again as a draft."""
    problems = [*_of_status(study, StudyStatus.RETURNED), *_of_actor(study.lead_user_id, by)]
    if problems:
        return Refused(tuple(problems))
    change = Update("DiagnosticStudy", study.id, {"status": StudyStatus.DRAFT})
    return Accepted(("DiagnosticStudy", study.id), (change,))


def accept(study: StudyFacts, *, on: date, today: date) -> Decision:
    """Accept a submitted study; the source names nobody, so advisor, council and administrators may (A9)."""
    problems = [
        *_of_status(study, StudyStatus.SUBMITTED),
        *_of_day(on, today, study.submitted_on, EventType.STUDY_SUBMITTED),
    ]
    if problems:
        return Refused(tuple(problems))
    return _moved(study, StudyStatus.ACCEPTED, EventType.STUDY_ACCEPTED, on, {"accepted_on": on})


def present(study: StudyFacts, *, by: Actor, on: date, document_number: str | None, today: date) -> Decision:
    """Present the accepted study as a report: with its document and its day (R10)."""
    problems = [
        *_of_status(study, StudyStatus.ACCEPTED),
        *_of_actor(study.lead_user_id, by),
        *_of_day(on, today, study.accepted_on, EventType.STUDY_ACCEPTED),
    ]
    if not document_number:
        problems.append(Problem(ProblemCode.REQUIRED, ("documentNumber",)))
    if problems:
        return Refused(tuple(problems))
    values = {"presented_on": on, "document_number": document_number}
    presented = _moved(study, StudyStatus.PRESENTED, EventType.STUDY_PRESENTED, on, values)
    if study.report_attached:
        return presented
    # A number is a document, which may lie on paper; that nobody can open it here is worth a remark (decision 0016).
    absent = Problem(ProblemCode.DOCUMENT_NOT_ATTACHED, (), {"kind": DocumentKind.DIAGNOSTIC_STUDY})
    return replace(presented, warnings=(*presented.warnings, absent))


def permitted(study: StudyFacts, *, today: date) -> tuple[Permission, ...]:
    """Answer beforehand what the rules would say today to somebody entitled."""
    by = Actor(UserRole.NATIONAL_ADMINISTRATOR, None)
    nothing = Content()
    return (
        permission("editStudy", edit(study, by=by, texts={}, content=nothing, new_id=lambda: study.id)),
        permission("submitStudy", submit(study, by=by, on=today, today=today)),
        permission("returnStudy", return_(study, note="-", on=today, today=today)),
        permission("reviseStudy", revise(study, by=by)),
        permission("acceptStudy", accept(study, on=today, today=today)),
        permission("presentStudy", present(study, by=by, on=today, document_number="-", today=today)),
    )


def _moved(
    study: StudyFacts, to: StudyStatus, kind: EventType, on: date, values: Mapping[str, object]
) -> Accepted:
    return Accepted(
        ("DiagnosticStudy", study.id),
        (Update("DiagnosticStudy", study.id, {"status": to, **values}),),
        (
            Event(
                kind,
                ("DiagnosticStudy", study.id),
                project_id=study.project_id,
                phase_code=PhaseCode.DIAGNOSTIC_STUDY,
                payload={"before": study.status, "after": to, "on": dated(on)},
            ),
        ),
    )


def _of_status(study: StudyFacts, needed: StudyStatus) -> list[Problem]:
    if study.status is needed:
        return []
    return [Problem(ProblemCode.WRONG_STATUS, (), {"status": study.status})]


def _of_project(study: StudyFacts) -> list[Problem]:
    if study.project_status in RUNNING:
        return []
    return [Problem(ProblemCode.PROJECT_NOT_ACTIVE, (), {"status": study.project_status})]


def _of_actor(lead: UUID | None, by: Actor) -> list[Problem]:
    """Let only the agent of this project act, or an administrator on the agent's behalf (R11)."""
    if by.role in ON_BEHALF or (by.user_id is not None and by.user_id == lead):
        return []
    return [Problem(ProblemCode.NOT_THE_ASSIGNED_AGENT)]


def _of_day(on: date, today: date, after: date | None, event: EventType) -> list[Problem]:
    problems = []
    if on > today:
        problems.append(Problem(ProblemCode.IN_FUTURE, ("on",), {"date": on}))
    if after is not None and on < after:
        problems.append(
            Problem(ProblemCode.DATES_OUT_OF_ORDER, ("on",), {"start": after, "end": on, "event": event})
        )
    return problems


def _of_content(study: StudyFacts) -> list[Problem]:
    problems = [
        Problem(ProblemCode.ANALYSIS_MISSING, (path,), {"section": section})
        for section, (name, path) in _SECTION_FIELDS.items()
        if not getattr(study, name)
    ]
    problems += [
        Problem(ProblemCode.SOURCE_MISSING, ("sources",), {"kind": kind})
        for kind, count in ((SourceKind.DESK, study.desk_sources), (SourceKind.FIELD, study.field_sources))
        if not count
    ]
    if not study.problems:
        problems.append(Problem(ProblemCode.PROBLEM_MISSING, ("problems",)))
    problems += [
        Problem(
            ProblemCode.SOLUTION_MISSING, ("problems", str(place), "solutions"), {"ordinal": line.ordinal}
        )
        for place, line in enumerate(study.problems)
        if not line.solutions
    ]
    if study.baseline_level is None:
        problems.append(Problem(ProblemCode.REQUIRED, ("baselineLevel",)))
    if study.target_level is None:
        problems.append(Problem(ProblemCode.REQUIRED, ("targetLevel",)))
    elif study.baseline_level is not None and study.target_level.rank <= study.baseline_level.rank:
        problems.append(
            Problem(ProblemCode.TARGET_BELOW_BASELINE, ("targetLevel",), {"baseline": study.baseline_level})
        )
    return problems
