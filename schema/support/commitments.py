"""What an institution may promise: to a sub-project of an approved plan, in cash, kind or service (E6)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
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
    Remove,
    Update,
    permission,
)
from schema.events import EventType, dated
from schema.problems import ProblemCode
from schema.sub_projects.budgets import mismatched, unusable
from schema.sub_projects.rules import SubProjectFacts
from schema.vocabulary import (
    ActionPlanStatus,
    CommitmentKind,
    Currency,
    CurrencyUnit,
    PhaseCode,
    SubProjectStatus,
)

_APPROVED: Final = frozenset({ActionPlanStatus.APPROVED, ActionPlanStatus.SUPERSEDED})
_OVER: Final = frozenset({SubProjectStatus.COMPLETED, SubProjectStatus.CANCELLED})


@dataclass(frozen=True, slots=True)
class Promise:
    """What is promised: a kind, and an amount where there is one."""

    kind: CommitmentKind
    amount: Decimal | None = None
    currency: Currency | None = None
    unit: CurrencyUnit | None = None


@dataclass(frozen=True, slots=True)
class CommitmentFacts:
    """A commitment and how its plan stands."""

    id: UUID
    sub_project_id: UUID
    sub_project_status: SubProjectStatus
    institution_removed: bool = False


def commit(  # noqa: PLR0913 - a commitment names its parts
    sub_project: SubProjectFacts,
    institution_id: UUID,
    promise: Promise,
    values: Mapping[str, object],
    *,
    on: date,
    today: date,
    new_id: Callable[[], UUID],
) -> Decision:
    """Put on record what an institution promises; money follows the council's approval (E6)."""
    problems = [*_unsupportable(sub_project), *_money(promise)]
    if on > today:
        problems.append(Problem(ProblemCode.IN_FUTURE, ("committedOn",), {"date": on}))
    approved = sub_project.plan_approved_on
    if approved is not None and on < approved:
        problems.append(Problem(ProblemCode.BEFORE_PLAN_APPROVAL, ("committedOn",), {"approved": approved}))
    if problems:
        return Refused(tuple(problems))
    commitment_id = new_id()
    commitment = {
        **values,
        "cluster_id": sub_project.cluster_id,
        "institution_id": institution_id,
        "sub_project_id": sub_project.id,
        "plan_id": sub_project.plan_id,
        "kind": promise.kind,
        "amount": promise.amount,
        "currency": promise.currency,
        "unit": promise.unit,
        "committed_on": on,
    }
    made = Event(
        EventType.INSTITUTION_COMMITMENT_MADE,
        ("SupportCommitment", commitment_id),
        project_id=sub_project.project_id,
        phase_code=PhaseCode.IMPLEMENTATION,
        payload={
            "kind": promise.kind,
            "institution": f"SupportInstitution_{institution_id}",
            "on": dated(on),
        },
    )
    return Accepted(
        ("SupportCommitment", commitment_id),
        (Create("SupportCommitment", commitment_id, commitment),),
        (made,),
    )


def remove(commitment: CommitmentFacts) -> Decision:
    """Take back a commitment while its sub-project is not over."""
    if commitment.sub_project_status in _OVER:
        blank = {"status": commitment.sub_project_status}
        return Refused((Problem(ProblemCode.WRONG_STATUS, (), blank),))
    return Accepted(("SubProject", commitment.sub_project_id), (Remove("SupportCommitment", commitment.id),))


def restore(commitment: CommitmentFacts) -> Decision:
    """Bring back a commitment that was taken back, while its sub-project is not over and its giver is there."""
    problems: list[Problem] = []
    if commitment.sub_project_status in _OVER:
        problems.append(Problem(ProblemCode.WRONG_STATUS, (), {"status": commitment.sub_project_status}))
    if commitment.institution_removed:
        problems.append(Problem(ProblemCode.PART_OF_REMOVED))
    if problems:
        return Refused(tuple(problems))
    back = Update("SupportCommitment", commitment.id, {"deleted_at": None})
    return Accepted(("SupportCommitment", commitment.id), (back,))


def permitted_of_commitment(commitment: CommitmentFacts, *, today: date) -> tuple[Permission, ...]:
    """Say what is open on a commitment today."""
    del today
    return (permission("removeSupportCommitment", remove(commitment)),)


def _unsupportable(sub_project: SubProjectFacts) -> tuple[Problem, ...]:
    # What an old version left unbegun never begins (R38): money for it would be lost.
    never = (
        sub_project.plan_status is ActionPlanStatus.SUPERSEDED
        and sub_project.status is SubProjectStatus.APPROVED
    )
    if never or sub_project.plan_status not in _APPROVED:
        blank = {"status": sub_project.plan_status}
        return (Problem(ProblemCode.PLAN_NOT_APPROVED, ("subProjectId",), blank),)
    if sub_project.status in _OVER:
        return (Problem(ProblemCode.WRONG_STATUS, ("subProjectId",), {"status": sub_project.status}),)
    return ()


def _money(promise: Promise) -> list[Problem]:
    """Cash has an amount; an amount has a currency and the unit that belongs to it."""
    problems: list[Problem] = []
    if promise.amount is None:
        named = promise.currency is not None or promise.unit is not None
        if promise.kind is CommitmentKind.CASH or named:
            problems.append(Problem(ProblemCode.REQUIRED, ("amount",)))
        return problems
    problems.extend(unusable(promise.amount, "amount"))
    if promise.amount == 0:
        problems.append(Problem(ProblemCode.AMOUNT_NOT_POSITIVE, ("amount",)))
    if promise.currency is None:
        problems.append(Problem(ProblemCode.REQUIRED, ("currency",)))
    if promise.unit is None:
        problems.append(Problem(ProblemCode.REQUIRED, ("unit",)))
    if promise.currency is not None and promise.unit is not None:
        problems.extend(mismatched(promise.currency, promise.unit))
    return problems
