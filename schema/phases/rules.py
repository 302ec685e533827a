"""What may happen to a phase: it is planned, started and completed (R3, R12, R20 to R24, R35, R37)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from schema.calendar import Window, months_window
from schema.decision import (
    Accepted,
    Decision,
    Event,
    Permission,
    Problem,
    Refused,
    Update,
    permission,
    refuse,
)
from schema.events import EventType, dated
from schema.problems import ProblemCode
from schema.vocabulary import PhaseCode, PhaseKind, PhaseStatus, ProjectStatus

RUNNING: Final = frozenset({ProjectStatus.ACTIVE, ProjectStatus.EXITING})
OVER: Final = frozenset({ProjectStatus.COMPLETED, ProjectStatus.CANCELLED})


@dataclass(frozen=True, slots=True)
class PlannedPhase:
    """When a phase is meant to start and end."""

    code: PhaseCode
    kind: PhaseKind
    start: date | None
    end: date | None

    @property
    def length(self) -> timedelta | None:
        """How long it is planned, if it is planned at all."""
        return self.end - self.start if self.start and self.end else None


@dataclass(frozen=True, slots=True)
class PhaseFacts:
    """What the rules need to know of a phase, of its project and of the study before it."""

    id: UUID
    cluster_id: UUID
    project_id: UUID
    code: PhaseCode
    kind: PhaseKind
    status: PhaseStatus
    planned_start: date | None
    planned_end: date | None
    window_start: date | None
    window_end: date | None
    actual_start: date | None
    min_months: int | None
    max_months: int | None
    project_status: ProjectStatus
    project_start: date
    study_completed_on: date | None
    study_presented_on: date | None
    study_needs_presentation: bool
    plan_phase_id: UUID
    plan_phase_status: PhaseStatus
    plan_grace_days: int
    open_sub_projects: int
    unmet_gates: int
    completion_needs_gates: bool
    plans: tuple[PlannedPhase, ...] = ()


def window_of(start: date, least: int | None, most: int | None) -> Window | None:
    """Find the window in which a phase should end, counted in Jalali months from its start (A7, R12)."""
    return None if most is None else months_window(start, least or most, most)


def begin(
    phase: UUID, *, on: date, least: int | None = None, most: int | None = None
) -> tuple[Update, Mapping[str, object]]:
    """Set a phase in progress with its window; the mapping is what its event tells."""
    values: dict[str, object] = {"status": PhaseStatus.IN_PROGRESS, "actual_start": on}
    payload: dict[str, object] = {
        "before": PhaseStatus.NOT_STARTED,
        "after": PhaseStatus.IN_PROGRESS,
        "on": dated(on),
    }
    if window := window_of(on, least, most):
        values |= {"window_start": window.earliest, "window_end": window.latest}
        payload |= {"windowStart": dated(window.earliest), "windowEnd": dated(window.latest)}
    return Update("Phase", phase, values), payload


def start(phase: PhaseFacts, *, on: date, today: date) -> Decision:
    """Start a phase by itself: the study at a day of its own (A8), implementation after the study (R35)."""
    if phase.code is PhaseCode.TRUST_BUILDING:
        return refuse(ProblemCode.TRUST_LASTS_AS_LONG_AS_THE_PROJECT)
    if phase.code is PhaseCode.AGENT_EXIT:
        return refuse(ProblemCode.EXIT_NOT_ANNOUNCED)
    problems = [*_of_status(phase, PhaseStatus.NOT_STARTED), *_of_day(phase, on, today)]
    if phase.code in {PhaseCode.IMPLEMENTATION, PhaseCode.ACTION_PLAN}:
        problems += _after_the_study(phase, on)
    if problems:
        return Refused(tuple(problems))
    change, payload = begin(phase.id, on=on, least=phase.min_months, most=phase.max_months)
    return Accepted(("Phase", phase.id), (change,), (_event(EventType.PHASE_STARTED, phase, payload),))


def complete(phase: PhaseFacts, *, on: date, reason: str | None = None, today: date) -> Decision:
    """Complete the study or implementation; the other phases end through events of their own."""
    if phase.code is PhaseCode.TRUST_BUILDING:
        return refuse(ProblemCode.TRUST_LASTS_AS_LONG_AS_THE_PROJECT)
    if phase.code in {PhaseCode.ACTION_PLAN, PhaseCode.AGENT_EXIT}:
        return refuse(ProblemCode.PHASE_ENDS_BY_ITSELF, by=EventType.PROJECT_COMPLETED)
    problems = [*_of_status(phase, PhaseStatus.IN_PROGRESS), *_of_day(phase, on, today)]
    if phase.actual_start is not None and on < phase.actual_start:
        days = {"start": phase.actual_start, "end": on, "event": EventType.PHASE_STARTED}
        problems.append(Problem(ProblemCode.DATES_OUT_OF_ORDER, ("on",), days))
    problems += _of_what_must_be_done(phase, on)
    early = phase.window_start is not None and on < phase.window_start
    if early and not reason:
        problems.append(Problem(ProblemCode.REASON_REQUIRED, ("reason",)))
    if problems:
        return Refused(tuple(problems))
    return _completed(phase, on, reason, early=early)


def _completed(phase: PhaseFacts, on: date, reason: str | None, *, early: bool) -> Accepted:
    changes = [
        Update(
            "Phase", phase.id, {"status": PhaseStatus.COMPLETED, "actual_end": on, "reason": reason or None}
        )
    ]
    payload: dict[str, object] = {
        "before": phase.status,
        "after": PhaseStatus.COMPLETED,
        "on": dated(on),
        "late": phase.window_end is not None and on > phase.window_end,
    }
    events = [_event(EventType.PHASE_COMPLETED, phase, payload)]
    warnings = []
    if early:
        events.append(_event(EventType.PHASE_EARLY_COMPLETED, phase, payload))
        warnings.append(Problem(ProblemCode.EARLIER_THAN_EXPECTED, ("on",), {"earliest": phase.window_start}))
    if phase.window_end is not None and on > phase.window_end:
        warnings.append(Problem(ProblemCode.LATER_THAN_ALLOWED, ("on",), {"latest": phase.window_end}))
    if phase.unmet_gates:
        warnings.append(Problem(ProblemCode.GATES_UNMET, (), {"count": phase.unmet_gates}))
    if phase.code is PhaseCode.DIAGNOSTIC_STUDY and phase.plan_phase_status is PhaseStatus.NOT_STARTED:
        opened, told = _open_planning(phase, on)
        changes.append(opened)
        events.append(told)
    return Accepted(("Phase", phase.id), tuple(changes), tuple(events), tuple(warnings))


def _open_planning(study: PhaseFacts, on: date) -> tuple[Update, Event]:
    """Open the action-plan phase at the end of the study, with the day the first plan is due (R24, A5)."""
    due = on + timedelta(days=study.plan_grace_days)
    change, payload = begin(study.plan_phase_id, on=on)
    return (
        Update("Phase", study.plan_phase_id, {**change.values, "due_on": due}),
        Event(
            EventType.PHASE_STARTED,
            ("Phase", study.plan_phase_id),
            project_id=study.project_id,
            phase_code=PhaseCode.ACTION_PLAN,
            payload={**payload, "due": dated(due)},
        ),
    )


def plan(phase: PhaseFacts, *, planned_start: date | None, planned_end: date | None) -> Decision:
    """Enter when a phase is meant to start and end."""
    problems = []
    if phase.project_status in OVER:
        problems.append(Problem(ProblemCode.PROJECT_OVER, (), {"status": phase.project_status}))
    elif phase.status in {PhaseStatus.COMPLETED, PhaseStatus.CANCELLED}:
        problems.append(Problem(ProblemCode.WRONG_STATUS, (), {"status": phase.status}))
    if planned_start and planned_end and planned_end < planned_start:
        problems.append(
            Problem(
                ProblemCode.DATES_OUT_OF_ORDER,
                ("plannedEnd",),
                {"start": planned_start, "end": planned_end},
            )
        )
    for path, day in (("plannedStart", planned_start), ("plannedEnd", planned_end)):
        if day is not None and day < phase.project_start:
            problems.append(
                Problem(ProblemCode.BEFORE_PROJECT_START, (path,), {"start": phase.project_start})
            )
    if problems:
        return Refused(tuple(problems))
    return Accepted(
        ("Phase", phase.id),
        (Update("Phase", phase.id, {"planned_start": planned_start, "planned_end": planned_end}),),
        warnings=_effort(phase, planned_start, planned_end),
    )


def _effort(phase: PhaseFacts, start: date | None, end: date | None) -> tuple[Problem, ...]:
    """Warn when a windowed phase is planned longer than implementation (R36, A15)."""
    plans = {planned.code: planned for planned in phase.plans}
    plans[phase.code] = PlannedPhase(phase.code, phase.kind, start, end)
    implementation = plans.get(PhaseCode.IMPLEMENTATION)
    if implementation is None or implementation.length is None:
        return ()
    return tuple(
        Problem(ProblemCode.IMPLEMENTATION_NOT_LONGEST, ("plannedEnd",), {"longer": planned.code})
        for planned in plans.values()
        if planned.kind is PhaseKind.WINDOWED
        and planned.length is not None
        and planned.length > implementation.length
    )


def permitted(phase: PhaseFacts, *, today: date) -> tuple[Permission, ...]:
    """Answer beforehand what the rules would say today."""
    return (
        permission("startPhase", start(phase, on=today, today=today)),
        permission("completePhase", complete(phase, on=today, reason="-", today=today)),
        permission(
            "planPhase", plan(phase, planned_start=phase.planned_start, planned_end=phase.planned_end)
        ),
    )


def _of_status(phase: PhaseFacts, needed: PhaseStatus) -> list[Problem]:
    problems = []
    if phase.project_status not in RUNNING:
        problems.append(Problem(ProblemCode.PROJECT_NOT_ACTIVE, (), {"status": phase.project_status}))
    if phase.status is not needed:
        problems.append(Problem(ProblemCode.WRONG_STATUS, (), {"status": phase.status}))
    return problems


def _of_day(phase: PhaseFacts, on: date, today: date) -> list[Problem]:
    problems = []
    if on > today:
        problems.append(Problem(ProblemCode.IN_FUTURE, ("on",), {"date": on}))
    if on < phase.project_start:
        problems.append(Problem(ProblemCode.BEFORE_PROJECT_START, ("on",), {"start": phase.project_start}))
    return problems


def _after_the_study(phase: PhaseFacts, on: date) -> list[Problem]:
    if phase.study_completed_on is None:
        return [Problem(ProblemCode.STUDY_NOT_COMPLETED, ("on",))]
    if phase.code is PhaseCode.IMPLEMENTATION and on <= phase.study_completed_on:
        return [Problem(ProblemCode.STARTS_BEFORE_STUDY_ENDS, ("on",), {"end": phase.study_completed_on})]
    return []


def _of_what_must_be_done(phase: PhaseFacts, on: date) -> list[Problem]:
    """Ask for the presented study (R10), closed sub-projects (R37), and gates where the template insists."""
    problems = []
    if phase.code is PhaseCode.DIAGNOSTIC_STUDY and phase.study_needs_presentation:
        if phase.study_presented_on is None:
            problems.append(Problem(ProblemCode.STUDY_NOT_PRESENTED))
        elif on < phase.study_presented_on:
            days = {"start": phase.study_presented_on, "end": on, "event": EventType.STUDY_PRESENTED}
            problems.append(Problem(ProblemCode.DATES_OUT_OF_ORDER, ("on",), days))
    if phase.code is PhaseCode.IMPLEMENTATION and phase.open_sub_projects:
        problems.append(Problem(ProblemCode.OPEN_SUB_PROJECTS, (), {"count": phase.open_sub_projects}))
    if phase.completion_needs_gates and phase.unmet_gates:
        problems.append(Problem(ProblemCode.GATES_UNMET, (), {"count": phase.unmet_gates}))
    return problems


def _event(kind: EventType, phase: PhaseFacts, payload: Mapping[str, object]) -> Event:
    return Event(
        kind, ("Phase", phase.id), project_id=phase.project_id, phase_code=phase.code, payload=payload
    )
