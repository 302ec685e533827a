"""How a project is planned: five phases with gates and dates, from the current template (R2, R3, R36)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from schema.calendar import add_months
from schema.decision import Accepted, Change, Create, Decision, Event, Problem, Refused
from schema.events import EventType, dated
from schema.problems import ProblemCode
from schema.vocabulary import ClusterStatus, PhaseCode, PhaseKind, PhaseStatus, ProjectStatus


@dataclass(frozen=True, slots=True)
class GateOutline:
    """A gate as the template describes it."""

    key: str
    ordinal: int
    label_fa: str
    label_en: str
    mandatory: bool


@dataclass(frozen=True, slots=True)
class PhaseOutline:
    """A phase as the template describes it."""

    code: PhaseCode
    ordinal: int
    kind: PhaseKind
    min_months: int | None
    max_months: int | None
    gates: tuple[GateOutline, ...] = ()


@dataclass(frozen=True, slots=True)
class TemplateFacts:
    """The version of the programme that a new project will keep."""

    id: UUID
    phases: tuple[PhaseOutline, ...]


@dataclass(frozen=True, slots=True)
class HomeFacts:
    """What the rules need to know of the cluster in which a project is to be made."""

    id: UUID
    name_fa: str
    name_en: str
    status: ClusterStatus
    template: TemplateFacts | None


def create(
    cluster: HomeFacts,
    *,
    planned_start: date,
    planned_end: date,
    details: Mapping[str, object],
    new_id: Callable[[], UUID],
) -> Decision:
    """Plan a project: it keeps the current version of the programme and gets its five phases (R3, I1)."""
    problems = period("plannedEnd", planned_start, planned_end)
    if cluster.status is ClusterStatus.DORMANT:
        problems.append(Problem(ProblemCode.CLUSTER_DORMANT, ("clusterId",)))
    template = cluster.template
    if template is None:
        problems.append(Problem(ProblemCode.NO_TEMPLATE))
    if problems or template is None:
        return Refused(tuple(problems))
    project = new_id()
    values: dict[str, object] = {
        "cluster_id": cluster.id,
        "template_id": template.id,
        "status": ProjectStatus.PLANNED,
        "name_fa": f"پروژه توسعه {cluster.name_fa}",
        "name_en": f"Development project of {cluster.name_en}",
        "planned_start": planned_start,
        "planned_end": planned_end,
    }
    values.update({name: value for name, value in details.items() if value is not None})
    changes: list[Change] = [Create("ClusterProject", project, values)]
    study = next(outline for outline in template.phases if outline.code is PhaseCode.DIAGNOSTIC_STUDY)
    for outline in template.phases:
        planned = _planned(outline.code, planned_start, planned_end, study.max_months)
        changes += _phase(cluster.id, project, outline, planned, new_id)
    longest = {outline.code: outline.max_months for outline in template.phases}
    return Accepted(
        ("ClusterProject", project),
        tuple(changes),
        (
            Event(
                EventType.PROJECT_CREATED,
                ("ClusterProject", project),
                project_id=project,
                payload={"plannedStart": dated(planned_start), "plannedEnd": dated(planned_end)},
            ),
        ),
        effort(
            planned_start,
            planned_end,
            longest[PhaseCode.DIAGNOSTIC_STUDY],
            longest[PhaseCode.AGENT_EXIT],
        ),
    )


def effort(
    planned_start: date, planned_end: date, study_months: int | None, exit_months: int | None
) -> tuple[Problem, ...]:
    """Warn when a windowed phase is planned longer than implementation (R36, A15)."""
    study_end = add_months(planned_start, study_months or 0)
    implementation = planned_end - study_end
    windowed = {
        PhaseCode.DIAGNOSTIC_STUDY: study_end - planned_start,
        PhaseCode.AGENT_EXIT: add_months(planned_end, exit_months or 0) - planned_end,
    }
    return tuple(
        Problem(ProblemCode.IMPLEMENTATION_NOT_LONGEST, ("plannedEnd",), {"longer": code})
        for code, length in windowed.items()
        if length > implementation
    )


def period(path: str, start: date, end: date) -> list[Problem]:
    """Refuse a period that ends before it starts."""
    if end >= start:
        return []
    return [Problem(ProblemCode.DATES_OUT_OF_ORDER, (path,), {"start": start, "end": end})]


def _phase(
    cluster: UUID,
    project: UUID,
    outline: PhaseOutline,
    planned: tuple[date | None, date | None],
    new_id: Callable[[], UUID],
) -> tuple[Change, ...]:
    phase = new_id()
    values = {
        "cluster_id": cluster,
        "project_id": project,
        "code": outline.code,
        "ordinal": outline.ordinal,
        "kind": outline.kind,
        "status": PhaseStatus.NOT_STARTED,
        "planned_start": planned[0],
        "planned_end": planned[1],
    }
    gates = (
        Create(
            "PhaseGate",
            new_id(),
            {
                "cluster_id": cluster,
                "phase_id": phase,
                "key": gate.key,
                "ordinal": gate.ordinal,
                "label_fa": gate.label_fa,
                "label_en": gate.label_en,
                "mandatory": gate.mandatory,
            },
        )
        for gate in outline.gates
    )
    return (Create("Phase", phase, values), *gates)


def _planned(
    code: PhaseCode, start: date, end: date, study_months: int | None
) -> tuple[date | None, date | None]:
    """Draft a phase's plan from the project's: the study first, implementation after it, exit unplanned."""
    study_end = add_months(start, study_months or 0)
    after = study_end + timedelta(days=1)
    planned: dict[PhaseCode, tuple[date | None, date | None]] = {
        PhaseCode.DIAGNOSTIC_STUDY: (start, study_end),
        PhaseCode.TRUST_BUILDING: (start, end),
        PhaseCode.ACTION_PLAN: (study_end, end if end >= study_end else None),
        PhaseCode.IMPLEMENTATION: (after, end if end >= after else None),
        PhaseCode.AGENT_EXIT: (None, None),
    }
    return planned[code]
