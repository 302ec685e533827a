"""What a sub-project brings forth: planned while its version is open, counted while it is carried out (4.1)."""

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
    Permission,
    Problem,
    Refused,
    Remove,
    Update,
    permission,
)
from schema.entries import emptied
from schema.events import EventType
from schema.problems import ProblemCode
from schema.sub_projects.budgets import unplannable, unusable
from schema.sub_projects.progress import of_removed
from schema.sub_projects.rules import SubProjectFacts
from schema.vocabulary import SubProjectStatus

COUNTED: Final = frozenset(
    {SubProjectStatus.IN_PROGRESS, SubProjectStatus.SUSPENDED, SubProjectStatus.COMPLETED}
)
"""What has started brings something forth; what is over can still be counted."""

_NEVER_EMPTY: Final = ("name_fa", "name_en", "counted_in_fa", "counted_in_en", "planned")


@dataclass(frozen=True, slots=True)
class OutputFacts:
    """What the rules need to know of an output and its sub-project."""

    id: UUID
    sub_project: SubProjectFacts
    part_of_removed: bool = False


def add(
    sub_project: SubProjectFacts, values: Mapping[str, object], *, new_id: Callable[[], UUID]
) -> Decision:
    """Say what is to come of a sub-project of an open version, and how much of it."""
    problems = (*unplannable(sub_project), *emptied(values, *_NEVER_EMPTY), *_planned(values))
    if problems:
        return Refused(problems)
    output_id = new_id()
    row = {**values, "cluster_id": sub_project.cluster_id, "sub_project_id": sub_project.id}
    return Accepted(("SubProjectOutput", output_id), (Create("SubProjectOutput", output_id, row),))


def edit(output: OutputFacts, values: Mapping[str, object]) -> Decision:
    """Change what is planned while the version is open."""
    problems = (*unplannable(output.sub_project), *emptied(values, *_NEVER_EMPTY), *_planned(values))
    if problems:
        return Refused(problems)
    return Accepted(("SubProjectOutput", output.id), (Update("SubProjectOutput", output.id, values),))


def record(output: OutputFacts, achieved: Decimal, *, on: date, today: date) -> Decision:
    """Count what has come of it so far, as of a day since its start; the last count is the one that stands."""
    whole = output.sub_project
    problems = [*unusable(achieved, "achieved")]
    if whole.status not in COUNTED:
        problems.append(Problem(ProblemCode.WRONG_STATUS, (), {"status": whole.status}))
    if on > today:
        problems.append(Problem(ProblemCode.IN_FUTURE, ("on",), {"date": on}))
    if whole.actual_start is not None and on < whole.actual_start:
        days = {"start": whole.actual_start, "end": on, "event": EventType.SUB_PROJECT_STARTED}
        problems.append(Problem(ProblemCode.DATES_OUT_OF_ORDER, ("on",), days))
    if problems:
        return Refused(tuple(problems))
    counted = {"achieved": achieved, "achieved_on": on}
    return Accepted(("SubProjectOutput", output.id), (Update("SubProjectOutput", output.id, counted),))


def remove(output: OutputFacts) -> Decision:
    """Take an output out while the version is open."""
    if problems := unplannable(output.sub_project):
        return Refused(problems)
    return Accepted(("SubProject", output.sub_project.id), (Remove("SubProjectOutput", output.id),))


def restore(output: OutputFacts) -> Decision:
    """Bring a removed output back while the version is open."""
    problems = (*unplannable(output.sub_project), *of_removed(removed=output.part_of_removed))
    if problems:
        return Refused(problems)
    back = Update("SubProjectOutput", output.id, {"deleted_at": None})
    return Accepted(("SubProjectOutput", output.id), (back,))


def permitted(output: OutputFacts, *, today: date) -> tuple[Permission, ...]:
    """Say what is open on an output today."""
    return (
        permission("editSubProjectOutput", edit(output, {})),
        permission("recordSubProjectOutput", record(output, Decimal(0), on=today, today=today)),
        permission("removeSubProjectOutput", remove(output)),
    )


def _planned(values: Mapping[str, object]) -> tuple[Problem, ...]:
    planned = values.get("planned")
    if not isinstance(planned, Decimal):
        return ()
    if planned == 0:
        return (Problem(ProblemCode.AMOUNT_NOT_POSITIVE, ("planned",)),)
    return unusable(planned, "planned")
