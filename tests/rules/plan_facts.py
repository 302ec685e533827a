"""A version of the action plan as a draft and presented, and what a decision about it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from schema.decision import Accepted, Decision, Refused
from schema.plans.standing import FormerPlan, LongestWindow, PlanFacts, PlanHome, PlannedSubProject
from schema.vocabulary import ActionPlanStatus, PhaseCode, PlanOwner, SubProjectStatus

if TYPE_CHECKING:
    from schema.problems import ProblemCode

TODAY = date(2026, 11, 23)
CLUSTER, PLAN, FORMER, MEETING, PROJECT = (UUID(int=number) for number in range(1, 6))
HOME = PlanHome(CLUSTER, PROJECT, PlanOwner.AGENT, last_version=2, open_version=None)
PLANNED = PlannedSubProject(UUID(int=21), "بازار", "Market", SubProjectStatus.PROPOSED, networks=1)
DRAFT = PlanFacts(
    id=PLAN,
    cluster_id=CLUSTER,
    project_id=PROJECT,
    version=3,
    status=ActionPlanStatus.DRAFT,
    duty=PlanOwner.AGENT,
    document_number="LOR/3",
    vision_fa="چشم‌انداز",
    period_start=date(2026, 3, 21),
    period_end=date(2027, 3, 20),
    presented_on=None,
    has_council=True,
    study_open=False,
    study_ended_on=None,
    strategies=1,
    programmes=1,
    sub_projects=(PLANNED,),
    former=FormerPlan(FORMER, date(2025, 10, 1)),
    implementation_days=700,
    longest_window=LongestWindow(PhaseCode.AGENT_EXIT, 186),
)
SUBMITTED = replace(DRAFT, status=ActionPlanStatus.SUBMITTED, presented_on=date(2026, 10, 1))


def codes(decision: Decision) -> list[ProblemCode]:
    assert isinstance(decision, Refused), decision
    return [problem.code for problem in decision.problems]


def accepted(decision: Decision) -> Accepted:
    assert isinstance(decision, Accepted), decision
    return decision
