"""The rules of feasibility studies: begun, entered, completed, corrected, and what they mean for a cluster."""

from __future__ import annotations

import datetime
from dataclasses import replace
from uuid import UUID

import pytest

from schema.clusters import rules as cluster_rules
from schema.clusters.rules import ClusterFacts
from schema.decision import Accepted, Create, Decision, Refused, Remove, Update
from schema.events import EventType
from schema.feasibility import rules
from schema.problems import ProblemCode
from schema.vocabulary import ClusterStatus, FeasibilityRecommendation

TODAY = datetime.date(2026, 11, 23)
BEGUN, YESTERDAY = datetime.date(2026, 10, 1), datetime.date(2026, 11, 22)
TOMORROW = datetime.date(2026, 11, 24)
CLUSTER = ClusterFacts(
    id=UUID(int=2),
    status=ClusterStatus.PRIORITISED,
    deleted_at=None,
    development_level=None,
    development_level_on=None,
    developed_rank=5,
    exit_rank=4,
    running_projects=0,
    has_history=False,
    counties=(),
    links=(),
    products=(),
)
UNDER_WAY = rules.FeasibilityFacts(UUID(int=3), BEGUN, None, None, None)
COMPLETED = replace(
    UNDER_WAY, completed_on=YESTERDAY, recommendation=FeasibilityRecommendation.FEASIBLE, summary_fa="بازار"
)
MADE: dict[str, object] = {
    "begun_on": BEGUN,
    "completed_on": YESTERDAY,
    "recommendation": FeasibilityRecommendation.FEASIBLE,
    "summary_fa": "بازار هست",
}


def told(decision: Decision) -> list[tuple[ProblemCode, tuple[str, ...]]]:
    assert isinstance(decision, Refused), decision
    return [(problem.code, problem.path) for problem in decision.problems]


def begun(cluster: ClusterFacts, on: datetime.date = TODAY) -> Decision:
    return rules.start(
        cluster, {"prepared_by": "دانشگاه"}, on=on, reason=None, today=TODAY, new_id=lambda: UUID(int=9)
    )


def entered(**more: object) -> Decision:
    return rules.record(CLUSTER, {**MADE, **more}, today=TODAY, new_id=lambda: UUID(int=9))


def completed(
    study: rules.FeasibilityFacts, on: datetime.date = TODAY, summary: str | None = "بازار"
) -> Decision:
    return rules.complete(
        study,
        on=on,
        recommendation=FeasibilityRecommendation.NOT_FEASIBLE,
        summary={"summary_fa": summary},
        today=TODAY,
    )


@pytest.mark.requirement("E1")
@pytest.mark.parametrize("status", ClusterStatus)
def test_a_study_begins_in_a_prioritised_cluster_and_again_while_one_is_awaited(
    status: ClusterStatus,
) -> None:
    decision = begun(replace(CLUSTER, status=status))
    made = Create(
        "FeasibilityStudy",
        UUID(int=9),
        {"prepared_by": "دانشگاه", "cluster_id": CLUSTER.id, "begun_on": TODAY},
    )
    if status is ClusterStatus.PRIORITISED:
        assert isinstance(decision, Accepted)
        assert made in decision.changes
        assert [event.type for event in decision.events] == [EventType.CLUSTER_STATUS_CHANGED]
    elif status is ClusterStatus.FEASIBILITY:
        assert decision == Accepted(("Cluster", CLUSTER.id), (made,))
    else:
        assert told(decision) == [(ProblemCode.TRANSITION_NOT_OPEN, ())]


def test_there_is_one_study_at_a_time_and_none_begins_tomorrow() -> None:
    waiting = replace(CLUSTER, status=ClusterStatus.FEASIBILITY, feasibility_under_way=True)
    assert told(begun(waiting, TOMORROW)) == [
        (ProblemCode.FEASIBILITY_UNDER_WAY, ()),
        (ProblemCode.IN_FUTURE, ("on",)),
    ]
    assert told(begun(CLUSTER, TOMORROW)) == [(ProblemCode.IN_FUTURE, ("on",))]
    assert told(rules.record(waiting, MADE, today=TODAY, new_id=lambda: UUID(int=9))) == [
        (ProblemCode.FEASIBILITY_UNDER_WAY, ())
    ]


def test_a_study_made_earlier_is_entered_whole_and_leaves_the_cluster_as_it_is() -> None:
    decision = entered()
    assert isinstance(decision, Accepted)
    (made,) = decision.changes
    assert isinstance(made, Create)
    assert (made.entity, made.values["cluster_id"], decision.events) == ("FeasibilityStudy", CLUSTER.id, ())
    assert told(entered(summary_fa="", completed_on=TOMORROW)) == [
        (ProblemCode.REQUIRED, ("summaryFa",)),
        (ProblemCode.IN_FUTURE, ("completedOn",)),
    ]
    assert told(entered(begun_on=TODAY)) == [(ProblemCode.DATES_OUT_OF_ORDER, ("completedOn",))]


@pytest.mark.requirement("E1")
def test_a_study_is_completed_once_with_a_recommendation_and_its_summary() -> None:
    decision = completed(UNDER_WAY)
    recommended = FeasibilityRecommendation.NOT_FEASIBLE
    assert decision == Accepted(
        ("FeasibilityStudy", UNDER_WAY.id),
        (
            Update(
                "FeasibilityStudy",
                UNDER_WAY.id,
                {"summary_fa": "بازار", "completed_on": TODAY, "recommendation": recommended},
            ),
        ),
    )
    assert told(completed(COMPLETED)) == [(ProblemCode.FEASIBILITY_COMPLETED, ())]
    assert told(completed(UNDER_WAY, TOMORROW, "")) == [
        (ProblemCode.IN_FUTURE, ("on",)),
        (ProblemCode.REQUIRED, ("summaryFa",)),
    ]
    before = BEGUN - datetime.timedelta(days=1)
    assert told(completed(UNDER_WAY, before)) == [(ProblemCode.DATES_OUT_OF_ORDER, ("on",))]


def test_a_correction_keeps_the_days_in_order_and_what_was_recommended_filled() -> None:
    def corrected(study: rules.FeasibilityFacts, **values: object) -> Decision:
        return rules.edit(study, values, today=TODAY)

    assert isinstance(corrected(UNDER_WAY, prepared_by=None, summary_fa="بازار"), Accepted)
    assert isinstance(corrected(COMPLETED, completed_on=TODAY), Accepted)
    assert told(corrected(UNDER_WAY, completed_on=TODAY, begun_on=None)) == [
        (ProblemCode.REQUIRED, ("begunOn",)),
        (ProblemCode.FEASIBILITY_UNDER_WAY, ("completedOn",)),
    ]
    assert told(corrected(COMPLETED, recommendation=None, summary_fa="")) == [
        (ProblemCode.REQUIRED, ("recommendation",)),
        (ProblemCode.REQUIRED, ("summaryFa",)),
    ]
    assert told(corrected(COMPLETED, begun_on=TODAY)) == [(ProblemCode.DATES_OUT_OF_ORDER, ("completedOn",))]
    assert told(corrected(UNDER_WAY, begun_on=TOMORROW)) == [(ProblemCode.IN_FUTURE, ("begunOn",))]


@pytest.mark.requirement("E1")
@pytest.mark.parametrize("found_feasible", [False, True])
def test_development_without_a_favourable_study_is_remarked_and_no_hindrance(
    found_feasible: bool,  # noqa: FBT001 - the two cases
) -> None:
    def moved(status: ClusterStatus) -> Accepted:
        cluster = replace(CLUSTER, status=status, found_feasible=found_feasible)
        decision = cluster_rules.move(
            cluster, to=ClusterStatus.UNDER_DEVELOPMENT, on=TODAY, reason=None, today=TODAY
        )
        assert isinstance(decision, Accepted)
        return decision

    remarks = [remark.code for remark in moved(ClusterStatus.FEASIBILITY).warnings]
    assert remarks == ([] if found_feasible else [ProblemCode.FEASIBILITY_SKIPPED])
    assert moved(ClusterStatus.DORMANT).warnings == ()


@pytest.mark.requirement("E1")
def test_a_study_is_taken_back_unless_a_project_rests_on_it() -> None:
    for study in (UNDER_WAY, COMPLETED):
        removed = (Remove("FeasibilityStudy", study.id),)
        assert rules.remove(study) == Accepted(("FeasibilityStudy", study.id), removed)
    needed = replace(COMPLETED, project_rests_on_it=True)
    assert told(rules.remove(needed)) == [(ProblemCode.PROJECT_RESTS_ON_STUDY, ())]


def test_a_study_comes_back_unless_it_would_be_the_second_under_way() -> None:
    back = Update("FeasibilityStudy", UNDER_WAY.id, {"deleted_at": None})
    for study in (UNDER_WAY, replace(COMPLETED, other_under_way=True)):
        assert rules.restore(study) == Accepted(("FeasibilityStudy", UNDER_WAY.id), (back,))
    assert told(rules.restore(replace(UNDER_WAY, other_under_way=True))) == [
        (ProblemCode.FEASIBILITY_UNDER_WAY, ())
    ]


def test_what_is_permitted_is_what_the_rules_would_decide() -> None:
    open_ = {each.action: each.allowed for each in rules.permitted(UNDER_WAY, today=TODAY)}
    assert open_ == {
        "completeFeasibilityStudy": True,
        "editFeasibilityStudy": True,
        "removeFeasibilityStudy": True,
    }
    over = {each.action: each.allowed for each in rules.permitted(COMPLETED, today=TODAY)}
    assert over == {
        "completeFeasibilityStudy": False,
        "editFeasibilityStudy": True,
        "removeFeasibilityStudy": True,
    }
    there = {each.action: each.allowed for each in rules.permitted_in_cluster(CLUSTER, today=TODAY)}
    assert there == {"startFeasibilityStudy": True, "recordFeasibilityStudy": True}
