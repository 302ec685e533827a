"""What was approved and never started may be carried over into the next version of the plan (R25, R38)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from schema.decision import Accepted, Change, Create, Decision, Problem, Refused
from schema.plans.rules import closed, reopened, wrong_hands
from schema.plans.standing import PlanFacts
from schema.problems import ProblemCode
from schema.sub_projects.rules import SubProjectFacts
from schema.vocabulary import (
    Currency,
    CurrencyUnit,
    FundingSource,
    PlanOwner,
    SubProjectActor,
    SubProjectStatus,
)

_OUTPUT: Final = ("name_fa", "name_en", "counted_in_fa", "counted_in_en", "planned")


@dataclass(frozen=True, slots=True)
class CarriedMilestone:
    """A step as it was defined."""

    ordinal: int
    name_fa: str
    name_en: str
    weight: int
    due_on: date | None


@dataclass(frozen=True, slots=True)
class CarriedOutput:
    """What is to come of it, as it was planned."""

    name_fa: str
    name_en: str
    counted_in_fa: str
    counted_in_en: str
    planned: Decimal


@dataclass(frozen=True, slots=True)
class CarriedLine:
    """Money as it was planned."""

    source: FundingSource
    currency: Currency
    unit: CurrencyUnit
    planned: Decimal
    period_start: date | None
    period_end: date | None


@dataclass(frozen=True, slots=True)
class Leftover:
    """A sub-project with everything that defines it."""

    sub_project: SubProjectFacts
    name_fa: str
    name_en: str
    objectives_fa: str | None
    objectives_en: str | None
    defined_by: SubProjectActor
    additional_type_id: UUID | None
    milestones: tuple[CarriedMilestone, ...]
    lines: tuple[CarriedLine, ...]
    outputs: tuple[CarriedOutput, ...] = ()


def carry_over(
    leftover: Leftover, plan: PlanFacts, *, by: PlanOwner | None, new_id: Callable[[], UUID]
) -> Decision:
    """Propose it again in an open version; when that is approved, the old one ends."""
    former = leftover.sub_project
    problems = [*closed(plan), *wrong_hands(plan.duty, by), *uncarried(former)]
    if plan.cluster_id != former.cluster_id:
        problems.append(Problem(ProblemCode.OF_ANOTHER_CLUSTER, ("planId",)))
    if problems:
        return Refused(tuple(problems))
    carried_id = new_id()
    carried = {
        "cluster_id": plan.cluster_id,
        "plan_id": plan.id,
        "carried_from_id": former.id,
        "status": SubProjectStatus.PROPOSED,
        "type": former.type,
        "additional_type_id": leftover.additional_type_id,
        "name_fa": leftover.name_fa,
        "name_en": leftover.name_en,
        "objectives_fa": leftover.objectives_fa,
        "objectives_en": leftover.objectives_en,
        "defined_by": leftover.defined_by,
        "led_by": former.led_by,
        "leader_id": former.leader_id,
        "planned_start": former.planned_start,
        "planned_end": former.planned_end,
    }
    changes = (
        Create("SubProject", carried_id, carried),
        *_parts(leftover, plan.cluster_id, carried_id, new_id),
    )
    return Accepted(("SubProject", carried_id), (*reopened(plan), *changes))


def uncarried(former: SubProjectFacts) -> tuple[Problem, ...]:
    """Say why a sub-project is not carried over: it was never approved, has started or is over."""
    if former.status is SubProjectStatus.APPROVED:
        return ()
    return (Problem(ProblemCode.WRONG_STATUS, (), {"status": former.status}),)


def _parts(
    leftover: Leftover, cluster_id: UUID, carried_id: UUID, new_id: Callable[[], UUID]
) -> list[Change]:
    home = {"cluster_id": cluster_id, "sub_project_id": carried_id}
    changes: list[Change] = [
        Create("SubProjectNetwork", new_id(), {**home, "network_id": network})
        for network in leftover.sub_project.networks
    ]
    for step in leftover.milestones:
        values = {name: getattr(step, name) for name in ("ordinal", "name_fa", "name_en", "weight", "due_on")}
        changes.append(Create("Milestone", new_id(), {**home, **values}))
    for line in leftover.lines:
        names = ("source", "currency", "unit", "planned", "period_start", "period_end")
        changes.append(
            Create("BudgetLine", new_id(), {**home, **{name: getattr(line, name) for name in names}})
        )
    changes += [
        Create("SubProjectOutput", new_id(), {**home, **{name: getattr(output, name) for name in _OUTPUT}})
        for output in leftover.outputs
    ]
    return changes
