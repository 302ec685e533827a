"""The rows of a sub-project: its milestones, its budget, the network that carries it out."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from schema.sub_projects.rows import BudgetLine, Milestone, SubProject, SubProjectNetwork
from schema.support.rows import SupportCommitment
from schema.vocabulary import (
    CommitmentKind,
    Currency,
    CurrencyUnit,
    FundingSource,
    SubProjectActor,
    SubProjectStatus,
    SubProjectType,
)
from services.sample.cluster_story import rials
from services.sample.sheets import MADE_AT

if TYPE_CHECKING:
    from uuid import UUID

    from services.sample.cluster_story import ClusterStory

# Nothing of the sample was done later than this, the first day of autumn 1405.
LATEST: Final = MADE_AT.date()
# name in both languages, weight, and when it is due as a share of the whole time
MILESTONES: Final = (
    ("طرح و قرارداد", "Design and contract", 20, 0.2),
    ("اجرا", "Execution", 50, 0.8),
    ("گزارش و تحویل", "Report and hand-over", 30, 1.0),
)
DONE: Final = {
    SubProjectStatus.COMPLETED: 3,
    SubProjectStatus.IN_PROGRESS: 1,
    SubProjectStatus.SUSPENDED: 1,
    SubProjectStatus.CANCELLED: 0,
}
STARTED: Final = frozenset(DONE)
SHARES: Final = (
    (FundingSource.ISIPO, 50),
    (FundingSource.SUPPORT_INSTITUTION, 30),
    (FundingSource.MEMBER_CONTRIBUTION, 20),
)


@dataclass(frozen=True, slots=True)
class SubProjectFacts:
    """What is known of a sub-project before it becomes rows."""

    number: int
    type: SubProjectType
    name_fa: str
    name_en: str
    plan_id: UUID
    programme_id: UUID | None
    status: SubProjectStatus
    actor: SubProjectActor
    start: dt.date
    end: dt.date
    network_id: UUID | None = None
    reason: str | None = None
    millions: int = 100
    additional_type_id: UUID | None = None


def add_sub_project(story: ClusterStory, facts: SubProjectFacts) -> UUID:
    """Add a sub-project with three milestones, its budget lines and its network."""
    started = facts.status in STARTED
    sub_project_id = story.add(
        SubProject,
        facts.number,
        plan_id=facts.plan_id,
        programme_id=facts.programme_id,
        type=facts.type,
        additional_type_id=facts.additional_type_id,
        status=facts.status,
        name_fa=facts.name_fa,
        name_en=facts.name_en,
        defined_by=facts.actor,
        led_by=facts.actor,
        planned_start=facts.start,
        planned_end=facts.end,
        actual_start=facts.start if started else None,
        actual_end=facts.end if facts.status is SubProjectStatus.COMPLETED else None,
        status_reason=facts.reason,
    )
    _add_milestones(story, sub_project_id, facts)
    _add_budget(story, sub_project_id, facts)
    if facts.network_id:
        story.add(SubProjectNetwork, facts.number, sub_project_id=sub_project_id, network_id=facts.network_id)
    return sub_project_id


def _add_milestones(story: ClusterStory, sub_project_id: UUID, facts: SubProjectFacts) -> None:
    days = (facts.end - facts.start).days
    for ordinal, (name_fa, name_en, weight, share) in enumerate(MILESTONES, 1):
        due_on = facts.start + dt.timedelta(days=round(days * share))
        story.add(
            Milestone,
            facts.number,
            ordinal,
            sub_project_id=sub_project_id,
            ordinal=ordinal,
            name_fa=name_fa,
            name_en=name_en,
            weight=weight,
            due_on=due_on,
            done_on=due_on if ordinal <= DONE.get(facts.status, 0) and due_on <= LATEST else None,
        )


def _add_budget(story: ClusterStory, sub_project_id: UUID, facts: SubProjectFacts) -> None:
    """Split the cost between the sources (E13); what is over was paid and spent."""
    over = facts.status is SubProjectStatus.COMPLETED
    for source, share in SHARES:
        planned = rials(facts.millions * share // 100)
        paid = planned if over else rials(0)
        story.add(
            BudgetLine,
            facts.number,
            source,
            sub_project_id=sub_project_id,
            source=source,
            currency=Currency.IRR,
            unit=CurrencyUnit.OLD_RIAL,
            planned=planned,
            committed=planned if facts.status in STARTED else rials(0),
            disbursed=paid,
            spent=paid,
            period_start=facts.start,
            period_end=facts.end,
        )


def add_commitment(
    story: ClusterStory,
    facts: SubProjectFacts,
    sub_project_id: UUID,
    *,
    institution_id: UUID,
    kind: CommitmentKind,
    committed_on: dt.date,
) -> UUID:
    """Add what an institution promised to a sub-project of an approved plan (E6)."""
    cash = kind is CommitmentKind.CASH
    return story.add(
        SupportCommitment,
        facts.number,
        institution_id,
        institution_id=institution_id,
        sub_project_id=sub_project_id,
        plan_id=facts.plan_id,
        kind=kind,
        amount=rials(max(facts.millions * 30 // 100, 1)) if cash else None,
        currency=Currency.IRR if cash else None,
        unit=CurrencyUnit.OLD_RIAL if cash else None,
        committed_on=committed_on,
    )
