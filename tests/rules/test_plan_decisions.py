"""What the decision of a council does to an action plan, and which decision it may be."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from schema.calendar import Jalali
from schema.councils.ballots import Ballot, Resolution
from schema.councils.meetings import MeetingFacts, SeatAtMeeting
from schema.decision import Accepted, Create, Update
from schema.events import EventType
from schema.plans import decisions
from schema.plans.standing import FormerPlan
from schema.problems import ProblemCode
from schema.vocabulary import (
    ActionPlanStatus,
    MeetingStatus,
    RenewalAnchor,
    ReviewDecision,
    SubProjectStatus,
    Vote,
)
from tests.rules.plan_facts import CLUSTER, FORMER, MEETING, PLAN, PLANNED, SUBMITTED, accepted, codes

if TYPE_CHECKING:
    from collections.abc import Callable


SEATS = tuple(UUID(int=number) for number in range(11, 14))
NOT_SUBMITTED = [status for status in ActionPlanStatus if status is not ActionPlanStatus.SUBMITTED]


def meeting(held_on: date = date(2026, 10, 22), cluster: UUID = CLUSTER) -> MeetingFacts:
    seats = tuple(SeatAtMeeting(seat, date(2020, 1, 1), None, None, present=True) for seat in SEATS)
    return MeetingFacts(MEETING, cluster, UUID(int=9), MeetingStatus.HELD, held_on, held_on, seats)


def resolution(decision: ReviewDecision = ReviewDecision.APPROVE) -> Resolution:
    return Resolution(decision, tuple(Ballot(seat, Vote.FOR) for seat in SEATS))


@pytest.mark.requirement("R25", "R27", "R28", "R38", "I7", "I8", "I9")
def test_approval_supersedes_the_former_version_approves_the_sub_projects_and_sets_the_next_due_date(
    new_id: Callable[[], UUID],
) -> None:
    decided = accepted(decisions.decide(SUBMITTED, meeting(), resolution(), new_id=new_id))
    updates = [change for change in decided.changes if isinstance(change, Update)]
    decision = decided.changes[0]
    assert isinstance(decision, Create)
    assert (decision.entity, decision.values["plan_id"]) == ("CouncilDecision", PLAN)
    # 30 Mehr 1405 plus twelve Jalali months is 30 Mehr 1406.
    assert Jalali.of(date(2026, 10, 22)) == Jalali(1405, 7, 30)
    assert updates == [
        Update("ActionPlan", FORMER, {"status": ActionPlanStatus.SUPERSEDED}),
        Update(
            "ActionPlan",
            PLAN,
            {
                "status": ActionPlanStatus.APPROVED,
                "decision_id": decision.id,
                "document_number": "LOR/3",
                "approved_on": date(2026, 10, 22),
                "next_due_on": Jalali(1406, 7, 30).gregorian(),
            },
        ),
        Update("SubProject", PLANNED.id, {"status": SubProjectStatus.APPROVED}),
    ]
    assert [event.type for event in decided.events] == [
        EventType.COUNCIL_DECISION_RECORDED,
        EventType.ACTION_PLAN_SUPERSEDED,
        EventType.ACTION_PLAN_APPROVED,
        EventType.SUB_PROJECT_APPROVED,
    ]


@pytest.mark.requirement("R25", "R55")
@pytest.mark.parametrize(
    ("anchor", "months", "due"),
    [
        (RenewalAnchor.APPROVAL, 12, Jalali(1406, 7, 30)),
        (RenewalAnchor.APPROVAL, 6, Jalali(1406, 1, 30)),
        (RenewalAnchor.PRESENTATION, 12, Jalali(1406, 7, 9)),
    ],
)
def test_the_next_version_is_due_as_the_programme_counts(
    anchor: RenewalAnchor, months: int, due: Jalali, new_id: Callable[[], UUID]
) -> None:
    plan = replace(
        SUBMITTED, anchor=anchor, interval_months=months, presented_on=Jalali(1405, 7, 9).gregorian()
    )
    decided = accepted(decisions.decide(plan, meeting(), resolution(), new_id=new_id))
    approved = next(change for change in decided.changes if change.id == PLAN)
    assert isinstance(approved, Update)
    assert approved.values["next_due_on"] == due.gregorian()


@pytest.mark.requirement("R27")
def test_an_approved_document_has_a_number(new_id: Callable[[], UUID]) -> None:
    unnumbered = replace(SUBMITTED, document_number=None)
    refused = decisions.decide(unnumbered, meeting(), resolution(), new_id=new_id)
    assert codes(refused) == [ProblemCode.REQUIRED]
    numbered = decisions.decide(unnumbered, meeting(), resolution(), document_number="LOR/3", new_id=new_id)
    assert isinstance(numbered, Accepted)
    assert numbered.warnings == ()
    on_paper = replace(SUBMITTED, document_attached=False)
    remarked = accepted(decisions.decide(on_paper, meeting(), resolution(), new_id=new_id)).warnings
    assert [warning.code for warning in remarked] == [ProblemCode.DOCUMENT_NOT_ATTACHED]


@pytest.mark.requirement("R28")
@pytest.mark.parametrize(
    ("decision", "status", "event"),
    [
        (ReviewDecision.RETURN, ActionPlanStatus.RETURNED, EventType.ACTION_PLAN_RETURNED),
        (ReviewDecision.REJECT, ActionPlanStatus.REJECTED, EventType.ACTION_PLAN_REJECTED),
    ],
)
def test_a_version_that_is_returned_or_rejected_leaves_everything_else_as_it_was(
    decision: ReviewDecision, status: ActionPlanStatus, event: EventType, new_id: Callable[[], UUID]
) -> None:
    decided = accepted(decisions.decide(SUBMITTED, meeting(), resolution(decision), new_id=new_id))
    updates = [change for change in decided.changes if isinstance(change, Update)]
    assert [(change.id, change.values["status"]) for change in updates] == [(PLAN, status)]
    assert [each.type for each in decided.events] == [EventType.COUNCIL_DECISION_RECORDED, event]


@pytest.mark.requirement("R28", "I8")
@pytest.mark.parametrize("status", NOT_SUBMITTED)
def test_a_council_decides_only_on_what_was_submitted(
    status: ActionPlanStatus, new_id: Callable[[], UUID]
) -> None:
    for decision in ReviewDecision:
        refused = decisions.decide(
            replace(SUBMITTED, status=status), meeting(), resolution(decision), new_id=new_id
        )
        assert codes(refused) == [ProblemCode.WRONG_STATUS]


@pytest.mark.requirement("R28", "I8")
def test_the_action_plan_needs_the_council_of_its_own_cluster(new_id: Callable[[], UUID]) -> None:
    foreign = decisions.decide(SUBMITTED, meeting(cluster=UUID(int=77)), resolution(), new_id=new_id)
    assert codes(foreign) == [ProblemCode.COUNCIL_OF_ANOTHER_CLUSTER]
    without = decisions.decide(replace(SUBMITTED, has_council=False), meeting(), resolution(), new_id=new_id)
    assert codes(without) == [ProblemCode.NO_COUNCIL]


def test_a_council_does_not_decide_before_the_presentation_or_before_the_former_approval(
    new_id: Callable[[], UUID],
) -> None:
    early = decisions.decide(SUBMITTED, meeting(date(2026, 9, 30)), resolution(), new_id=new_id)
    assert codes(early) == [ProblemCode.DECIDED_BEFORE_PRESENTED]
    late_former = replace(SUBMITTED, former=FormerPlan(FORMER, date(2026, 11, 1)))
    refused = decisions.decide(late_former, meeting(), resolution(), new_id=new_id)
    assert codes(refused) == [ProblemCode.DECIDED_BEFORE_FORMER]
