"""The councils, plan versions, sub-projects and commitments of the national data set."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from schema.calendar import add_months
from schema.councils.rows import CouncilDecision, CouncilMeeting, CouncilSeat, SteeringCouncil
from schema.plans.rows import ActionPlan, OperationalProgramme, Strategy
from schema.sub_projects.rows import Milestone, SubProject, SubProjectNetwork
from schema.support.rows import SupportCommitment
from schema.vocabulary import (
    ActionPlanStatus,
    CommitmentKind,
    Currency,
    CurrencyUnit,
    DecisionSubject,
    MeetingStatus,
    PlanOwner,
    ReviewDecision,
    SeatRole,
    SubProjectActor,
    SubProjectStatus,
    SubProjectType,
)
from services.sample.identities import numbered
from services.sample.national import size
from services.sample.national.clusters import LAST_START, institution_id
from services.sample.national.members import network_id
from services.sample.national.words import UNDERTAKINGS, named

if TYPE_CHECKING:
    from uuid import UUID

    from services.sample.national.clusters import National
    from services.sample.sheets import Sheets

(
    COUNCIL,
    SEAT,
    MEETING,
    DECISION,
    PLAN,
    STRATEGY,
    PROGRAMME,
    SUB_PROJECT,
    MILESTONE,
    EXECUTION,
    COMMITMENT,
) = range(21, 32)
ROLES: Final = (SeatRole.CHAIR, SeatRole.SECRETARY, SeatRole.MEMBER)
TYPES: Final = tuple(SubProjectType)
ACTORS: Final = tuple(SubProjectActor)
STATUSES: Final = (
    SubProjectStatus.IN_PROGRESS,
    SubProjectStatus.COMPLETED,
    SubProjectStatus.IN_PROGRESS,
    SubProjectStatus.APPROVED,
    SubProjectStatus.COMPLETED,
    SubProjectStatus.SUSPENDED,
)
DONE: Final = {SubProjectStatus.COMPLETED: 2, SubProjectStatus.IN_PROGRESS: 1, SubProjectStatus.SUSPENDED: 1}
DAYS: Final = 200
DRAFTING_DAYS: Final = 25


def add_all_plans(sheets: Sheets, clusters: list[National]) -> None:
    """Add what the clusters plan; the commitments of all are shared among those whose plan is approved."""
    approved = [one for one in clusters if _approved_on(one)]
    total = len(clusters) * size.COMMITMENTS
    shares = {
        one.number: range(total * place // len(approved), total * (place + 1) // len(approved))
        for place, one in enumerate(approved)
    }
    for one in clusters:
        _add_plan(sheets, one, shares.get(one.number, range(0)))


def _approved_on(one: National) -> dt.date | None:
    """Return when the council approved the first version, if it has by now."""
    approved_on = one.studied + dt.timedelta(days=DRAFTING_DAYS) if one.studied else None
    return approved_on if approved_on and approved_on <= LAST_START else None


def _add_plan(sheets: Sheets, one: National, commitments: range) -> None:
    """Add a cluster's plan: an approved version with its sub-projects, or a draft with its proposals."""
    plan_id = numbered(PLAN, one.number)
    own = {"is_sample": True, "cluster_id": one.id}
    approved_on = _approved_on(one)
    council_id = sheets.add(SteeringCouncil, numbered(COUNCIL, one.number), **own, formed_on=one.began)
    for place, role in enumerate(ROLES):
        sheets.add(
            CouncilSeat,
            numbered(SEAT, one.number * size.SEATS + place),
            **own,
            council_id=council_id,
            role=role,
            title_fa=f"{role.label_fa} شورا",
            title_en=f"{role.label_en} of the council",
            valid_from=one.began,
        )
    decision_id = _add_decision(sheets, one, council_id, plan_id, approved_on) if approved_on else None
    sheets.add(
        ActionPlan,
        plan_id,
        **own,
        project_id=one.project_id,
        version=1,
        status=ActionPlanStatus.APPROVED if approved_on else ActionPlanStatus.DRAFT,
        owner=PlanOwner.AGENT,
        submitted_by=PlanOwner.AGENT if approved_on else None,
        document_number=f"{one.number}/1",
        vision_fa="خوشه‌ای که بازار خود را می‌شناسد.",
        vision_en="A cluster that knows its market.",
        presented_on=one.studied if approved_on else None,
        decision_id=decision_id,
        approved_on=approved_on,
        next_due_on=add_months(approved_on, 12) if approved_on else None,
    )
    programme_id = _add_strategy(sheets, one, plan_id)
    _add_sub_projects(sheets, one, plan_id, programme_id, approved_on, commitments)


def _add_decision(
    sheets: Sheets, one: National, council_id: UUID, plan_id: UUID, approved_on: dt.date
) -> UUID:
    own = {"is_sample": True, "cluster_id": one.id}
    meeting_id = sheets.add(
        CouncilMeeting,
        numbered(MEETING, one.number),
        **own,
        council_id=council_id,
        status=MeetingStatus.HELD,
        scheduled_on=approved_on,
        held_on=approved_on,
    )
    return sheets.add(
        CouncilDecision,
        numbered(DECISION, one.number),
        **own,
        meeting_id=meeting_id,
        subject=DecisionSubject.ACTION_PLAN,
        plan_id=plan_id,
        decision=ReviewDecision.APPROVE,
        decided_on=approved_on,
    )


def _add_strategy(sheets: Sheets, one: National, plan_id: UUID) -> UUID:
    own = {"is_sample": True, "cluster_id": one.id, "plan_id": plan_id, "ordinal": 1}
    strategy_id = sheets.add(
        Strategy, numbered(STRATEGY, one.number), **own, title_fa="توسعه بازار", title_en="Market development"
    )
    return sheets.add(
        OperationalProgramme,
        numbered(PROGRAMME, one.number),
        **own,
        strategy_id=strategy_id,
        title_fa="برنامه یک‌ساله",
        title_en="One-year programme",
    )


def _add_sub_projects(
    sheets: Sheets,
    one: National,
    plan_id: UUID,
    programme_id: UUID,
    approved_on: dt.date | None,
    commitments: range,
) -> None:
    own = {"is_sample": True, "cluster_id": one.id}
    for place in range(size.SUB_PROJECTS):
        number = one.number * size.SUB_PROJECTS + place
        status = STATUSES[number % len(STATUSES)] if approved_on else SubProjectStatus.PROPOSED
        start = (approved_on or one.began) + dt.timedelta(days=number % 90)
        end = start + dt.timedelta(days=DAYS)
        name_fa, name_en = UNDERTAKINGS[number * 3 % len(UNDERTAKINGS)]
        actor = ACTORS[number % len(ACTORS)]
        sub_project_id = sheets.add(
            SubProject,
            numbered(SUB_PROJECT, number),
            **own,
            plan_id=plan_id,
            programme_id=programme_id,
            type=TYPES[number % len(TYPES)],
            status=status,
            name_fa=named(name_fa, number),
            name_en=f"{name_en} {number}",
            defined_by=actor,
            led_by=actor,
            planned_start=start,
            planned_end=end,
            actual_start=start if status in DONE else None,
            actual_end=end if status is SubProjectStatus.COMPLETED else None,
            status_reason="کمبود منابع" if status is SubProjectStatus.SUSPENDED else None,
        )
        _add_milestones(sheets, one, number, start, end, DONE.get(status, 0))
        sheets.add(
            SubProjectNetwork,
            numbered(EXECUTION, number),
            **own,
            sub_project_id=sub_project_id,
            network_id=network_id(one, number % size.NETWORKS),
        )
        if place < len(commitments):
            _add_commitment(sheets, one, commitments[place], sub_project_id, plan_id, start)


def _add_milestones(
    sheets: Sheets, one: National, number: int, start: dt.date, end: dt.date, done: int
) -> None:
    for ordinal, due_on in enumerate((start + dt.timedelta(days=DAYS // 2), end), 1):
        sheets.add(
            Milestone,
            numbered(MILESTONE, number * size.MILESTONES + ordinal),
            is_sample=True,
            cluster_id=one.id,
            sub_project_id=numbered(SUB_PROJECT, number),
            ordinal=ordinal,
            name_fa=named("گام", ordinal),
            name_en=f"Step {ordinal}",
            weight=50,
            due_on=due_on,
            done_on=due_on if ordinal <= done else None,
        )


def _add_commitment(
    sheets: Sheets,
    one: National,
    number: int,
    sub_project_id: UUID,
    plan_id: UUID,
    committed_on: dt.date,
) -> None:
    sheets.add(
        SupportCommitment,
        numbered(COMMITMENT, number),
        is_sample=True,
        cluster_id=one.id,
        institution_id=institution_id(1 + number % (size.CLUSTERS * size.INSTITUTIONS)),
        sub_project_id=sub_project_id,
        plan_id=plan_id,
        kind=CommitmentKind.CASH,
        amount=Decimal(100 + number % 900) * 1_000_000,
        currency=Currency.IRR,
        unit=CurrencyUnit.OLD_RIAL,
        committed_on=committed_on,
    )
