"""How a sub-project advances: its milestones with weights, and reports of progress."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
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
from schema.events import EventType, dated
from schema.problems import ProblemCode
from schema.sub_projects.handover import unchangeable
from schema.sub_projects.rules import SubProjectFacts, told
from schema.vocabulary import SubProjectStatus

LEAST_WEIGHT: Final = 1
GREATEST_WEIGHT: Final = 100


@dataclass(frozen=True, slots=True)
class MilestoneFacts:
    """A milestone and its sub-project."""

    id: UUID
    done_on: date | None
    sub_project: SubProjectFacts
    part_of_removed: bool = False


def add_milestone(
    sub_project: SubProjectFacts, values: Mapping[str, object], *, new_id: Callable[[], UUID]
) -> Decision:
    """Add a step; the weights say how much of the whole each step is."""
    problems = (
        *unchangeable(sub_project),
        *emptied(values, "name_fa", "name_en", "weight"),
        *_weight(values),
    )
    if problems:
        return Refused(problems)
    milestone_id = new_id()
    last = max((milestone.ordinal for milestone in sub_project.milestones), default=0)
    milestone = {
        **values,
        "cluster_id": sub_project.cluster_id,
        "sub_project_id": sub_project.id,
        "ordinal": last + 1,
    }
    return Accepted(("Milestone", milestone_id), (Create("Milestone", milestone_id, milestone),))


def edit_milestone(milestone: MilestoneFacts, values: Mapping[str, object]) -> Decision:
    """Change a step that is not done."""
    problems = (*_closed(milestone), *emptied(values, "name_fa", "name_en", "weight"), *_weight(values))
    if problems:
        return Refused(problems)
    return Accepted(("Milestone", milestone.id), (Update("Milestone", milestone.id, values),))


def remove_milestone(milestone: MilestoneFacts) -> Decision:
    """Take out a step that is not done."""
    if problems := _closed(milestone):
        return Refused(problems)
    return Accepted(("SubProject", milestone.sub_project.id), (Remove("Milestone", milestone.id),))


def restore_milestone(milestone: MilestoneFacts) -> Decision:
    """Bring a removed step back, at the end of the list."""
    problems = [*_closed(milestone), *of_removed(removed=milestone.part_of_removed)]
    if problems:
        return Refused(tuple(problems))
    last = max((each.ordinal for each in milestone.sub_project.milestones), default=0)
    back = Update("Milestone", milestone.id, {"deleted_at": None, "ordinal": last + 1})
    return Accepted(("Milestone", milestone.id), (back,))


def of_removed(*, removed: bool) -> tuple[Problem, ...]:
    """Say that the sub-project must come back before a part of it."""
    return (Problem(ProblemCode.PART_OF_REMOVED),) if removed else ()


def report(
    sub_project: SubProjectFacts,
    values: Mapping[str, object],
    *,
    on: date,
    done: Sequence[UUID],
    today: date,
    new_id: Callable[[], UUID],
) -> Decision:
    """Report progress on a day: which milestones are done now, and a note."""
    problems = [*_unreportable(sub_project), *_days(sub_project, on, today), *_done(sub_project, done)]
    if problems:
        return Refused(tuple(problems))
    reached = sub_project.progress(also=frozenset(done))
    entry = {
        **values,
        "cluster_id": sub_project.cluster_id,
        "sub_project_id": sub_project.id,
        "reported_on": on,
        "progress": reached,
    }
    payload: dict[str, object] = {
        "before": str(sub_project.progress()),
        "after": str(reached),
        "on": dated(on),
        "milestonesDone": len(done),
    }
    return Accepted(
        ("SubProject", sub_project.id),
        (
            *(Update("Milestone", milestone, {"done_on": on}) for milestone in done),
            Create("ProgressReport", new_id(), entry),
        ),
        (told(EventType.SUB_PROJECT_PROGRESS_REPORTED, sub_project, payload),),
    )


def report_answer(sub_project: SubProjectFacts) -> Decision:
    """Say beforehand whether progress may be reported."""
    if problems := _unreportable(sub_project):
        return Refused(problems)
    return Accepted(("SubProject", sub_project.id), ())


def permitted_of_milestone(milestone: MilestoneFacts, *, today: date) -> tuple[Permission, ...]:
    """Say what is open on a milestone today."""
    del today
    return (
        permission("editMilestone", edit_milestone(milestone, {})),
        permission("removeMilestone", remove_milestone(milestone)),
    )


def _unreportable(sub_project: SubProjectFacts) -> tuple[Problem, ...]:
    if sub_project.status is SubProjectStatus.IN_PROGRESS:
        return ()
    return (Problem(ProblemCode.WRONG_STATUS, (), {"status": sub_project.status}),)


def _days(sub_project: SubProjectFacts, on: date, today: date) -> tuple[Problem, ...]:
    if on > today:
        return (Problem(ProblemCode.IN_FUTURE, ("on",), {"date": on}),)
    began = sub_project.actual_start
    if began is not None and on < began:
        days = {"start": began, "end": on, "event": EventType.SUB_PROJECT_STARTED}
        return (Problem(ProblemCode.DATES_OUT_OF_ORDER, ("on",), days),)
    return ()


def _done(sub_project: SubProjectFacts, done: Sequence[UUID]) -> list[Problem]:
    known = {milestone.id: milestone for milestone in sub_project.milestones}
    problems: list[Problem] = []
    for place, milestone_id in enumerate(done):
        path = ("done", str(place))
        milestone = known.get(milestone_id)
        if milestone is None:
            problems.append(Problem(ProblemCode.NOT_FOUND, path))
        elif milestone.done_on is not None:
            problems.append(Problem(ProblemCode.ALREADY_DONE, path, {"on": milestone.done_on}))
        elif milestone_id in done[:place]:
            first = {"row": done.index(milestone_id) + 1}
            problems.append(Problem(ProblemCode.NAMED_TWICE, path, first))
    return problems


def _closed(milestone: MilestoneFacts) -> tuple[Problem, ...]:
    if milestone.done_on is not None:
        return (Problem(ProblemCode.ALREADY_DONE, (), {"on": milestone.done_on}),)
    return unchangeable(milestone.sub_project)


def _weight(values: Mapping[str, object]) -> tuple[Problem, ...]:
    weight = values.get("weight")
    if isinstance(weight, int) and not LEAST_WEIGHT <= weight <= GREATEST_WEIGHT:
        limits = {"least": LEAST_WEIGHT, "most": GREATEST_WEIGHT}
        return (Problem(ProblemCode.OUT_OF_RANGE, ("weight",), limits),)
    return ()
