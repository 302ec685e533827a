"""What may happen to a version of the plan before the council decides: draft, edit, submit (R23 to R32)."""

from collections.abc import Callable, Mapping
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
from schema.entries import disordered
from schema.events import EventType, dated
from schema.plans.standing import PlanFacts, PlanHome
from schema.plans.terms import all_lasting
from schema.problems import ProblemCode
from schema.vocabulary import ActionPlanStatus, PhaseCode, PlanOwner

EDITABLE: Final = frozenset({ActionPlanStatus.DRAFT, ActionPlanStatus.RETURNED})
APPROVED_ONCE: Final = frozenset({ActionPlanStatus.APPROVED, ActionPlanStatus.SUPERSEDED})


def draft(
    home: PlanHome, values: Mapping[str, object], *, by: PlanOwner | None, new_id: Callable[[], UUID]
) -> Decision:
    """Open the next version; `by` is empty when an administrator acts for whose duty it is."""
    problems = [*wrong_hands(home.duty, by), *disordered(values, "period_start", "period_end")]
    if home.open_version is not None:
        blank = {"version": home.open_version}
        problems.append(Problem(ProblemCode.PLAN_STILL_OPEN, ("clusterId",), blank))
    if problems:
        return Refused(tuple(problems))
    plan_id = new_id()
    plan = {
        **values,
        "cluster_id": home.id,
        "project_id": home.project_id,
        "version": home.last_version + 1,
        "status": ActionPlanStatus.DRAFT,
        "owner": home.duty,
    }
    return Accepted(("ActionPlan", plan_id), (Create("ActionPlan", plan_id, plan),))


def edit(plan: PlanFacts, values: Mapping[str, object], *, by: PlanOwner | None = None) -> Decision:
    """Change the text of a draft; a returned version becomes a draft again."""
    dates = {"period_start": plan.period_start, "period_end": plan.period_end}
    problems = (
        *closed(plan),
        *wrong_hands(plan.duty, by),
        *disordered({**dates, **values}, "period_start", "period_end"),
    )
    if problems:
        return Refused(problems)
    return Accepted(("ActionPlan", plan.id), (*reopened(plan), Update("ActionPlan", plan.id, values)))


def submit(plan: PlanFacts, *, by: PlanOwner | None, on: date, today: date) -> Decision:
    """Present a complete draft to the council: the agent during the project, later the network (I10)."""
    problems = [*wrong_hands(plan.duty, by), *_missing(plan)]
    if plan.status is not ActionPlanStatus.DRAFT:
        problems.append(Problem(ProblemCode.WRONG_STATUS, (), {"status": plan.status}))
    if plan.duty is PlanOwner.UNASSIGNED:
        problems.append(Problem(ProblemCode.PLAN_HAS_NO_OWNER))
    if on > today:
        problems.append(Problem(ProblemCode.IN_FUTURE, ("presentedOn",), {"date": on}))
    problems += _presented_too_early(plan, on)
    if problems:
        return Refused(tuple(problems))
    changed = {
        "status": ActionPlanStatus.SUBMITTED,
        "project_id": plan.project_id,
        "owner": plan.duty,
        "presented_on": on,
        "submitted_by": plan.duty,
        "submitted_on_behalf": by is None,
    }
    return Accepted(
        ("ActionPlan", plan.id),
        (Update("ActionPlan", plan.id, changed),),
        (
            told(
                EventType.ACTION_PLAN_SUBMITTED,
                plan,
                ActionPlanStatus.SUBMITTED,
                {"presentedOn": dated(on), "owner": plan.duty, "onBehalf": by is None},
            ),
        ),
        tuple(_remarks(plan, on)),
    )


def _presented_too_early(plan: PlanFacts, on: date) -> list[Problem]:
    """Say what precedes a presentation: the project it is made in and the approval of the former version."""
    begun: list[tuple[date, EventType]] = []
    if plan.project_began_on is not None:
        begun.append((plan.project_began_on, EventType.PROJECT_ACTIVATED))
    if plan.former is not None:
        begun.append((plan.former.approved_on, EventType.ACTION_PLAN_APPROVED))
    later = [(day, event) for day, event in begun if on < day]
    if not later:
        return []
    day, event = max(later)
    days = {"start": day, "end": on, "event": event}
    return [Problem(ProblemCode.DATES_OUT_OF_ORDER, ("presentedOn",), days)]


def closed(plan: PlanFacts) -> tuple[Problem, ...]:
    """Say why the content of a version does not change now."""
    if plan.status in EDITABLE:
        return ()
    if plan.status in APPROVED_ONCE:
        return (Problem(ProblemCode.PLAN_IS_APPROVED),)
    return (Problem(ProblemCode.PLAN_IS_NOT_OPEN, (), {"status": plan.status}),)


def reopened(plan: PlanFacts) -> tuple[Update, ...]:
    """Make a returned version a draft again when a part of it changes."""
    if plan.status is not ActionPlanStatus.RETURNED:
        return ()
    return (Update("ActionPlan", plan.id, {"status": ActionPlanStatus.DRAFT}, follows=True),)


def told(kind: EventType, plan: PlanFacts, after: ActionPlanStatus, payload: Mapping[str, object]) -> Event:
    """Make the event of a version that changed its status."""
    return Event(
        kind,
        ("ActionPlan", plan.id),
        project_id=plan.project_id,
        phase_code=PhaseCode.ACTION_PLAN,
        payload={"version": plan.version, "before": plan.status, "after": after, **payload},
    )


def permitted(plan: PlanFacts, *, today: date) -> tuple[Permission, ...]:
    """Say what is open on a version today."""
    from schema.plans.decisions import undecidable  # noqa: PLC0415 - decisions build on this module

    waiting = undecidable(plan)
    decision = Refused(waiting) if waiting else Accepted(("ActionPlan", plan.id), ())
    return (
        permission("editActionPlan", edit(plan, {})),
        permission("addStrategy", edit(plan, {})),
        permission("proposeSubProject", edit(plan, {})),
        permission("submitActionPlan", submit(plan, by=None, on=today, today=today)),
        permission("approveActionPlan", decision),
        permission("returnActionPlan", decision),
        permission("rejectActionPlan", decision),
    )


def owner_passes(plan_id: UUID, *, before: PlanOwner, after: PlanOwner) -> tuple[Update | Event, ...]:
    """Pass the plan in force to another owner, or report that it has none (R30, A12)."""
    if before is after:
        return ()
    kind = (
        EventType.ACTION_PLAN_OWNER_MISSING
        if after is PlanOwner.UNASSIGNED
        else EventType.ACTION_PLAN_OWNER_CHANGED
    )
    payload = {"before": before, "after": after}
    return (
        Update("ActionPlan", plan_id, {"owner": after}),
        Event(kind, ("ActionPlan", plan_id), phase_code=PhaseCode.ACTION_PLAN, payload=payload),
    )


def wrong_hands(duty: PlanOwner, by: PlanOwner | None) -> tuple[Problem, ...]:
    """Say why the agent or the network may not work on the plan now: it is the other's duty (I10)."""
    if by is None or by is duty or duty is PlanOwner.UNASSIGNED:
        return ()
    code = (
        ProblemCode.PLAN_BELONGS_TO_AGENT if duty is PlanOwner.AGENT else ProblemCode.PLAN_BELONGS_TO_NETWORK
    )
    return (Problem(code),)


def _missing(plan: PlanFacts) -> tuple[Problem, ...]:
    """Name every part that the document needs and lacks (R23)."""
    parts = (
        (plan.vision_fa, ProblemCode.VISION_MISSING, "visionFa"),
        (plan.strategies, ProblemCode.STRATEGY_MISSING, "strategies"),
        (plan.programmes, ProblemCode.PROGRAMME_MISSING, "programmes"),
    )
    return tuple(Problem(code, (path,)) for present, code, path in parts if not present)


def left_behind(plan: PlanFacts) -> list[Problem]:
    """Name what nobody may begin any more once this version takes the place of the one in force (R37)."""
    return [
        Problem(
            ProblemCode.SUB_PROJECT_LEFT_BEHIND,
            ("subProjects",),
            {"name_fa": left.name_fa, "name_en": left.name_en},
        )
        for left in plan.left_behind
    ]


def _remarks(plan: PlanFacts, on: date) -> list[Problem]:
    """Name what is remarkable, not forbidden: no network (A16), a short phase 4 (R36), the study (R24), terms (R23)."""
    remarks = [
        Problem(
            ProblemCode.SUB_PROJECT_WITHOUT_NETWORK,
            ("subProjects", str(place)),
            {"name_fa": planned.name_fa, "name_en": planned.name_en},
        )
        for place, planned in enumerate(plan.sub_projects)
        if planned.networks == 0
    ]
    remarks += left_behind(plan)
    if plan.study_open:
        remarks.append(Problem(ProblemCode.PLAN_BEFORE_STUDY, ("presentedOn",)))
    elif plan.study_ended_on is not None and on < plan.study_ended_on:
        days = {"presented": on, "ended": plan.study_ended_on}
        remarks.append(Problem(ProblemCode.PLAN_DATED_BEFORE_STUDY, ("presentedOn",), days))
    longest, length = plan.longest_window, plan.implementation_days
    if longest is not None and length is not None and longest.days > length:
        blank = {"longer": longest.code}
        remarks.append(Problem(ProblemCode.IMPLEMENTATION_NOT_LONGEST, ("subProjects",), blank))
    return [*remarks, *all_lasting(plan.dated_programmes, plan.short_months)]
