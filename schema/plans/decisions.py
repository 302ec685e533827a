"""How the council of the same cluster decides on a version: return, approve or reject (R28, I7, I8, I9)."""

from collections.abc import Callable
from datetime import date
from typing import Final
from uuid import UUID

from schema.calendar import add_months
from schema.councils.ballots import Record, Resolution, objections, write_down
from schema.councils.meetings import MeetingFacts
from schema.decision import Accepted, Change, Decision, Event, Problem, Refused, Update
from schema.events import EventType, dated
from schema.plans.rules import left_behind, told
from schema.plans.standing import PlanFacts
from schema.problems import ProblemCode
from schema.vocabulary import (
    ActionPlanStatus,
    DecisionSubject,
    DocumentKind,
    PhaseCode,
    RenewalAnchor,
    ReviewDecision,
    SubProjectStatus,
)

_CONTINUED: Final = "در نسخهٔ {0} برنامه عمل ادامه می‌یابد. / Continued in version {0} of the action plan."

_OUTCOMES: Final = {
    ReviewDecision.APPROVE: (ActionPlanStatus.APPROVED, EventType.ACTION_PLAN_APPROVED),
    ReviewDecision.RETURN: (ActionPlanStatus.RETURNED, EventType.ACTION_PLAN_RETURNED),
    ReviewDecision.REJECT: (ActionPlanStatus.REJECTED, EventType.ACTION_PLAN_REJECTED),
}


def decide(
    plan: PlanFacts,
    meeting: MeetingFacts,
    resolution: Resolution,
    *,
    document_number: str | None = None,
    new_id: Callable[[], UUID],
) -> Decision:
    """Put the council's decision on record and let it take effect, both or neither."""
    number = document_number or plan.document_number
    problems = [*undecidable(plan), *objections(meeting, resolution, cluster_id=plan.cluster_id)]
    problems.extend(_too_early(plan, meeting))
    if resolution.decision is ReviewDecision.APPROVE and not number:
        problems.append(Problem(ProblemCode.REQUIRED, ("documentNumber",)))
    if problems:
        return Refused(tuple(problems))
    written = write_down(
        meeting, resolution, subject=DecisionSubject.ACTION_PLAN, about=plan.id, new_id=new_id
    )
    status, kind = _OUTCOMES[resolution.decision]
    if resolution.decision is ReviewDecision.APPROVE:
        return _approved(plan, written, number)
    reported = told(kind, plan, status, {"decidedOn": dated(written.decided_on)})
    changed = {"status": status, "decision_id": written.id}
    return Accepted(
        ("ActionPlan", plan.id),
        (*written.changes, Update("ActionPlan", plan.id, changed)),
        (written.event, reported),
    )


def undecidable(plan: PlanFacts) -> tuple[Problem, ...]:
    """Say why no council can decide on this version now."""
    problems: list[Problem] = []
    if plan.status is not ActionPlanStatus.SUBMITTED:
        problems.append(Problem(ProblemCode.WRONG_STATUS, (), {"status": plan.status}))
    if not plan.has_council:
        problems.append(Problem(ProblemCode.NO_COUNCIL))
    return tuple(problems)


def _too_early(plan: PlanFacts, meeting: MeetingFacts) -> tuple[Problem, ...]:
    """Say that a council decides on what was presented, and that versions follow one another."""
    held = meeting.held_on
    if held is None:
        return ()
    if plan.presented_on is not None and held < plan.presented_on:
        values = {"held": held, "presented": plan.presented_on}
        return (Problem(ProblemCode.DECIDED_BEFORE_PRESENTED, ("meetingId",), values),)
    if plan.former is not None and held < plan.former.approved_on:
        former = {"approved": plan.former.approved_on}
        return (Problem(ProblemCode.DECIDED_BEFORE_FORMER, ("meetingId",), former),)
    return ()


def _approved(plan: PlanFacts, written: Record, number: str | None) -> Accepted:
    """Approve the version and its sub-projects and supersede the former one."""
    approved_on = written.decided_on
    due = add_months(anchor_of(plan, approved_on), plan.interval_months)
    changes: list[Change] = [*written.changes]
    events = [written.event]
    if plan.former is not None:
        changes.append(Update("ActionPlan", plan.former.id, {"status": ActionPlanStatus.SUPERSEDED}))
        events.append(
            Event(
                EventType.ACTION_PLAN_SUPERSEDED,
                ("ActionPlan", plan.former.id),
                project_id=plan.project_id,
                phase_code=PhaseCode.ACTION_PLAN,
                payload={
                    "before": ActionPlanStatus.APPROVED,
                    "after": ActionPlanStatus.SUPERSEDED,
                    "byVersion": plan.version,
                },
            )
        )
    approved = {
        "status": ActionPlanStatus.APPROVED,
        "decision_id": written.id,
        "document_number": number,
        "approved_on": approved_on,
        "next_due_on": due,
    }
    changes.append(Update("ActionPlan", plan.id, approved))
    dates = {"approvedOn": dated(approved_on), "dueOn": dated(due)}
    events.append(told(EventType.ACTION_PLAN_APPROVED, plan, ActionPlanStatus.APPROVED, dates))
    for planned in plan.sub_projects:
        if planned.status is SubProjectStatus.PROPOSED:
            approved_part = {"status": SubProjectStatus.APPROVED}
            changes.append(Update("SubProject", planned.id, approved_part))
            events.append(_sub_project_told(EventType.SUB_PROJECT_APPROVED, plan, planned.id, planned.status))
        if planned.continues is not None:
            ended = {"status": SubProjectStatus.CANCELLED, "status_reason": _CONTINUED.format(plan.version)}
            changes.append(Update("SubProject", planned.continues, ended))
            events.append(
                _sub_project_told(
                    EventType.SUB_PROJECT_CANCELLED, plan, planned.continues, SubProjectStatus.APPROVED
                )
            )
    absent = Problem(ProblemCode.DOCUMENT_NOT_ATTACHED, (), {"kind": DocumentKind.ACTION_PLAN})
    remarks = (*(() if plan.document_attached else (absent,)), *left_behind(plan))
    return Accepted(("ActionPlan", plan.id), tuple(changes), tuple(events), remarks)


def anchor_of(plan: PlanFacts, approved_on: date) -> date:
    """Find the day the next version is counted from: the approval, unless the programme says the presentation (A4)."""
    if plan.anchor is RenewalAnchor.PRESENTATION and plan.presented_on is not None:
        return plan.presented_on
    return approved_on


def _sub_project_told(kind: EventType, plan: PlanFacts, part: UUID, before: SubProjectStatus) -> Event:
    approved = kind is EventType.SUB_PROJECT_APPROVED
    after = SubProjectStatus.APPROVED if approved else SubProjectStatus.CANCELLED
    return Event(
        kind,
        ("SubProject", part),
        project_id=plan.project_id,
        phase_code=PhaseCode.IMPLEMENTATION,
        payload={"before": before, "after": after, "version": plan.version},
    )
