"""A sub-project of the Lorestan cluster in each of its states, and what a decision about it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from schema.decision import Accepted, Decision, Refused
from schema.plans.standing import PlanFacts
from schema.sub_projects.budgets import BudgetLineFacts
from schema.sub_projects.definition import PlanOfSubProjects
from schema.sub_projects.handover import ExecutingNetwork
from schema.sub_projects.rules import MilestoneOfSubProject, SubProjectFacts
from schema.vocabulary import (
    ActionPlanStatus,
    Currency,
    CurrencyUnit,
    FundingSource,
    PhaseStatus,
    PlanOwner,
    ProjectStatus,
    SubProjectActor,
    SubProjectStatus,
    SubProjectType,
)

if TYPE_CHECKING:
    from schema.problems import ProblemCode

TODAY = date(2026, 11, 23)
CLUSTER, PLAN, SUB_PROJECT, PROJECT, NETWORK = (UUID(int=number) for number in range(1, 6))
FIRST, SECOND = UUID(int=21), UUID(int=22)


APPROVED = SubProjectFacts(
    id=SUB_PROJECT,
    cluster_id=CLUSTER,
    plan_id=PLAN,
    project_id=PROJECT,
    status=SubProjectStatus.APPROVED,
    type=SubProjectType.MARKET_DEVELOPMENT,
    led_by=SubProjectActor.AGENT,
    planned_start=date(2026, 11, 1),
    planned_end=date(2027, 5, 1),
    actual_start=None,
    plan_status=ActionPlanStatus.APPROVED,
    plan_approved_on=date(2026, 10, 22),
    running_status=ProjectStatus.ACTIVE,
    implementation_status=PhaseStatus.IN_PROGRESS,
    milestones=(
        MilestoneOfSubProject(FIRST, 1, 30, None),
        MilestoneOfSubProject(SECOND, 2, 70, None),
    ),
)
RUNNING = replace(APPROVED, status=SubProjectStatus.IN_PROGRESS, actual_start=date(2026, 11, 1))
PROPOSED = replace(
    APPROVED,
    status=SubProjectStatus.PROPOSED,
    plan_status=ActionPlanStatus.DRAFT,
    plan_approved_on=None,
)
PLAN_FACTS = PlanFacts(
    id=PLAN,
    cluster_id=CLUSTER,
    project_id=PROJECT,
    version=1,
    status=ActionPlanStatus.DRAFT,
    duty=PlanOwner.AGENT,
    document_number=None,
    vision_fa="چ",
    period_start=None,
    period_end=None,
    presented_on=None,
    has_council=True,
    study_open=False,
    study_ended_on=None,
    strategies=1,
    programmes=1,
    sub_projects=(),
    former=None,
    implementation_days=None,
    longest_window=None,
)
HOME = PlanOfSubProjects(PLAN_FACTS, (UUID(int=31),))
EXECUTOR = ExecutingNetwork(NETWORK, CLUSTER, None)

LINE = BudgetLineFacts(
    id=UUID(int=71),
    source=FundingSource.ISIPO,
    currency=Currency.IRR,
    unit=CurrencyUnit.OLD_RIAL,
    planned=Decimal(1000),
    committed=Decimal(500),
    disbursed=Decimal(200),
    spent=Decimal(100),
    period_start=None,
    period_end=None,
    sub_project=RUNNING,
)


def codes(decision: Decision) -> list[ProblemCode]:
    assert isinstance(decision, Refused), decision
    return [problem.code for problem in decision.problems]


def accepted(decision: Decision) -> Accepted:
    assert isinstance(decision, Accepted), decision
    return decision
