"""How a sub-project is defined in an open version of the plan: propose, edit, withdraw (R38 to R44)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from schema.decision import Accepted, Create, Decision, Problem, Refused, Remove, Update
from schema.entries import disordered, emptied
from schema.open_lists.rules import AddedType, unlisted
from schema.plans.rules import EDITABLE, closed, reopened, wrong_hands
from schema.plans.standing import PlanFacts
from schema.problems import ProblemCode
from schema.sub_projects.handover import ExecutingNetwork, unfit
from schema.sub_projects.rules import SubProjectFacts
from schema.vocabulary import ActionPlanStatus, PlanOwner, SubProjectActor, SubProjectStatus, SubProjectType

_NEVER_EMPTY: Final = ("name_fa", "name_en", "defined_by", "led_by")


@dataclass(frozen=True, slots=True)
class PlanOfSubProjects:
    """A version of the plan and the programmes that sub-projects may carry out."""

    plan: PlanFacts
    programme_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Classification:
    """What a sub-project is directed at: a type, and for OTHER perhaps one of the added ones."""

    type: SubProjectType
    additional: AddedType | None = None
    programme_id: UUID | None = None


def propose(
    home: PlanOfSubProjects,
    values: Mapping[str, object],
    *,
    classification: Classification,
    networks: Sequence[ExecutingNetwork],
    by: PlanOwner | None,
    new_id: Callable[[], UUID],
) -> Decision:
    """Define a sub-project in an open version; the council's approval of the version approves it."""
    plan = home.plan
    problems = [
        *closed(plan),
        *wrong_hands(plan.duty, by),
        *_classified(classification, home.programme_ids),
        *emptied(values, *_NEVER_EMPTY),
        *disordered(values, "planned_start", "planned_end"),
        *(
            problem
            for place, network in enumerate(networks)
            for problem in unfit(network, plan.cluster_id, "networkIds", str(place))
        ),
    ]
    if problems:
        return Refused(tuple(problems))
    sub_project_id = new_id()
    sub_project = {
        **values,
        **_columns(classification),
        "cluster_id": plan.cluster_id,
        "plan_id": plan.id,
        "status": SubProjectStatus.PROPOSED,
    }
    ties = (
        Create(
            "SubProjectNetwork",
            new_id(),
            {"cluster_id": plan.cluster_id, "sub_project_id": sub_project_id, "network_id": network},
        )
        for network in dict.fromkeys(network.id for network in networks)
    )
    return Accepted(
        ("SubProject", sub_project_id),
        (*reopened(plan), Create("SubProject", sub_project_id, sub_project), *ties),
    )


def edit(
    sub_project: SubProjectFacts,
    home: PlanOfSubProjects,
    values: Mapping[str, object],
    *,
    classification: Classification,
) -> Decision:
    """Change the definition of a sub-project whose version is still open; what is approved stays as it is."""
    dates = {"planned_start": sub_project.planned_start, "planned_end": sub_project.planned_end}
    problems = (
        *_defined(sub_project),
        *_classified(classification, home.programme_ids, sub_project.additional_type_id),
        *emptied(values, *_NEVER_EMPTY),
        *disordered({**dates, **values}, "planned_start", "planned_end"),
    )
    if problems:
        return Refused(problems)
    changed = {**values, **_columns(classification)}
    # Whoever was handed a sub-project that is carried over leads it no more once somebody else is to.
    if values.get("led_by", sub_project.led_by) is not SubProjectActor.MEMBER:
        changed["leader_id"] = None
    return Accepted(
        ("SubProject", sub_project.id),
        (*reopened(home.plan), Update("SubProject", sub_project.id, changed)),
    )


def withdraw(sub_project: SubProjectFacts) -> Decision:
    """Take a proposal out of an open version; what was ever approved is cancelled instead."""
    if problems := _defined(sub_project):
        return Refused(problems)
    return Accepted(("ActionPlan", sub_project.plan_id), (Remove("SubProject", sub_project.id),))


def restore(sub_project: SubProjectFacts) -> Decision:
    """Bring a withdrawn proposal back into its version while that is open."""
    if problems := _defined(sub_project):
        return Refused(problems)
    back = Update("SubProject", sub_project.id, {"deleted_at": None})
    return Accepted(("SubProject", sub_project.id), (back,))


def edit_answer(sub_project: SubProjectFacts) -> Decision:
    """Say beforehand whether the definition may change."""
    if problems := _defined(sub_project):
        return Refused(problems)
    return Accepted(("SubProject", sub_project.id), ())


def _defined(sub_project: SubProjectFacts) -> tuple[Problem, ...]:
    if sub_project.plan_status in EDITABLE and sub_project.status is SubProjectStatus.PROPOSED:
        return ()
    if sub_project.plan_status in {ActionPlanStatus.APPROVED, ActionPlanStatus.SUPERSEDED}:
        return (Problem(ProblemCode.PLAN_IS_APPROVED),)
    if sub_project.plan_status not in EDITABLE:
        return (Problem(ProblemCode.PLAN_IS_NOT_OPEN, (), {"status": sub_project.plan_status}),)
    return (Problem(ProblemCode.WRONG_STATUS, (), {"status": sub_project.status}),)


def _classified(
    classification: Classification, programmes: tuple[UUID, ...], kept_id: UUID | None = None
) -> tuple[Problem, ...]:
    of_the_list = classification.type is SubProjectType.OTHER
    problems = [*unlisted(classification.additional, listed_as_other=of_the_list, kept_id=kept_id)]
    if classification.programme_id is not None and classification.programme_id not in programmes:
        problems.append(Problem(ProblemCode.OF_ANOTHER_PLAN, ("programmeId",)))
    return tuple(problems)


def _columns(classification: Classification) -> dict[str, object]:
    return {
        "type": classification.type,
        "additional_type_id": classification.additional.id if classification.additional else None,
        "programme_id": classification.programme_id,
    }
