"""What may happen to a feasibility study: begun, put on record, completed, corrected, taken back (E1)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from schema.clusters.rules import ClusterFacts, move
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
from schema.entries import disordered, emptied, field_of
from schema.problems import ProblemCode
from schema.problems.occasions import Occasion
from schema.vocabulary import ClusterStatus, FeasibilityRecommendation

_FOUND: Final = ("completed_on", "recommendation", "summary_fa")
_DAYS: Final = ("begun_on", "completed_on")


@dataclass(frozen=True, slots=True)
class FeasibilityFacts:
    """What the rules need to know of a feasibility study."""

    id: UUID
    begun_on: date
    completed_on: date | None
    recommendation: FeasibilityRecommendation | None
    summary_fa: str | None
    other_under_way: bool = False
    project_rests_on_it: bool = False


def start(
    cluster: ClusterFacts,
    values: Mapping[str, object],
    *,
    on: date,
    reason: str | None,
    today: date,
    new_id: Callable[[], UUID],
) -> Decision:
    """Begin the study of a prioritised cluster, or another one of a cluster whose earlier study is over."""
    again = cluster.status is ClusterStatus.FEASIBILITY
    moved: Decision = Accepted(("Cluster", cluster.id), ())
    if not again:
        moved = move(cluster, to=ClusterStatus.FEASIBILITY, on=on, reason=reason, today=today)
    problems = list(moved.problems) if isinstance(moved, Refused) else []
    problems += _under_way(cluster)
    if again:
        problems += _in_future({"on": on}, today)
    if problems or isinstance(moved, Refused):
        return Refused(tuple(problems))
    row = {**values, "cluster_id": cluster.id, "begun_on": on}
    return Accepted(moved.result, (*moved.changes, Create("FeasibilityStudy", new_id(), row)), moved.events)


def record(
    cluster: ClusterFacts, values: Mapping[str, object], *, today: date, new_id: Callable[[], UUID]
) -> Decision:
    """Put a study on record that was made earlier, with what it recommends; the cluster stays in its state."""
    problems = [*_under_way(cluster), *emptied(values, "begun_on", *_FOUND), *_dated(values, today)]
    if problems:
        return Refused(tuple(problems))
    study = new_id()
    row = {**values, "cluster_id": cluster.id}
    return Accepted(("FeasibilityStudy", study), (Create("FeasibilityStudy", study, row),))


def complete(
    study: FeasibilityFacts,
    *,
    on: date,
    recommendation: FeasibilityRecommendation,
    summary: Mapping[str, object],
    today: date,
) -> Decision:
    """Complete a study with what it recommends and a summary of why; what follows from it is decided by people."""
    problems = list(_in_future({"on": on}, today))
    if study.completed_on is not None:
        problems.append(Problem(ProblemCode.FEASIBILITY_COMPLETED, (), {"on": study.completed_on}))
    if on < study.begun_on:
        days = {"start": study.begun_on, "end": on, "event": Occasion.FEASIBILITY_BEGUN}
        problems.append(Problem(ProblemCode.DATES_OUT_OF_ORDER, ("on",), days))
    if not summary.get("summary_fa", study.summary_fa):
        problems.append(Problem(ProblemCode.REQUIRED, ("summaryFa",)))
    if problems:
        return Refused(tuple(problems))
    changed = {**summary, "completed_on": on, "recommendation": recommendation}
    return Accepted(("FeasibilityStudy", study.id), (Update("FeasibilityStudy", study.id, changed),))


def edit(study: FeasibilityFacts, values: Mapping[str, object], *, today: date) -> Decision:
    """Correct a study; its recommendation and its last day only once it is completed, and never back to nothing."""
    problems = list(emptied(values, "begun_on"))
    if study.completed_on is None:
        problems += [
            Problem(ProblemCode.FEASIBILITY_UNDER_WAY, (field_of(name),))
            for name in ("completed_on", "recommendation")
            if values.get(name) is not None
        ]
    else:
        problems += emptied(values, *_FOUND)
    known = {"begun_on": study.begun_on, "completed_on": study.completed_on}
    if not problems:
        problems += _dated({**known, **values}, today)
    if problems:
        return Refused(tuple(problems))
    return Accepted(("FeasibilityStudy", study.id), (Update("FeasibilityStudy", study.id, values),))


def remove(study: FeasibilityFacts) -> Decision:
    """Take back a study entered by mistake; the one that speaks for a project which came of it stays on record."""
    if study.project_rests_on_it:
        return Refused((Problem(ProblemCode.PROJECT_RESTS_ON_STUDY),))
    return Accepted(("FeasibilityStudy", study.id), (Remove("FeasibilityStudy", study.id),))


def restore(study: FeasibilityFacts) -> Decision:
    """Bring back a study that was taken back; one that is not completed only while no other is under way."""
    if study.completed_on is None and study.other_under_way:
        return Refused((Problem(ProblemCode.FEASIBILITY_UNDER_WAY),))
    back = Update("FeasibilityStudy", study.id, {"deleted_at": None})
    return Accepted(("FeasibilityStudy", study.id), (back,))


def permitted(study: FeasibilityFacts, *, today: date) -> tuple[Permission, ...]:
    """Say what is open on a study today; what it recommends is asked as if it were known."""
    found = complete(
        study,
        on=max(today, study.begun_on),
        recommendation=FeasibilityRecommendation.FEASIBLE,
        summary={"summary_fa": "-"},
        today=today,
    )
    return (
        permission("completeFeasibilityStudy", found),
        permission("editFeasibilityStudy", edit(study, {}, today=today)),
        permission("removeFeasibilityStudy", remove(study)),
    )


def permitted_in_cluster(cluster: ClusterFacts, *, today: date) -> tuple[Permission, ...]:
    """Say whether a study could begin in a cluster today, and whether an earlier one could be entered."""
    found = {"begun_on": today, "completed_on": today, "recommendation": FeasibilityRecommendation.FEASIBLE}
    return (
        permission(
            "startFeasibilityStudy",
            start(cluster, {}, on=today, reason=None, today=today, new_id=lambda: cluster.id),
        ),
        permission("recordFeasibilityStudy", record(cluster, found, today=today, new_id=lambda: cluster.id)),
    )


def _under_way(cluster: ClusterFacts) -> tuple[Problem, ...]:
    return (Problem(ProblemCode.FEASIBILITY_UNDER_WAY),) if cluster.feasibility_under_way else ()


def _dated(values: Mapping[str, object], today: date) -> tuple[Problem, ...]:
    days = {name: day for name in _DAYS if isinstance(day := values.get(name), date)}
    return (*_in_future(days, today), *disordered(values, *_DAYS))


def _in_future(days: Mapping[str, date], today: date) -> tuple[Problem, ...]:
    return tuple(
        Problem(ProblemCode.IN_FUTURE, (field_of(name),), {"date": day})
        for name, day in days.items()
        if day > today
    )
