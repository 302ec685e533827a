"""Sub-projects: defined in a draft, started under the plan in force, measured, funded, handed over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from schema.decision import Accepted, Create, Decision, Refused, Remove, Update
from schema.events import EventType
from schema.open_lists.rules import AddedType
from schema.problems import ProblemCode
from schema.sub_projects import budgets, definition, handover, openings, progress, rules
from schema.sub_projects.definition import Classification
from schema.sub_projects.handover import Assignment, ExecutingNetwork, LeadingMember
from schema.sub_projects.progress import MilestoneFacts
from schema.vocabulary import (
    ActionPlanStatus,
    PhaseStatus,
    PlanOwner,
    ProjectStatus,
    SubProjectActor,
    SubProjectStatus,
    SubProjectType,
)
from tests.rules.sub_project_facts import (
    APPROVED,
    EXECUTOR,
    FIRST,
    HOME,
    LINE,
    NETWORK,
    PLAN,
    PLAN_FACTS,
    PROPOSED,
    RUNNING,
    SUB_PROJECT,
    TODAY,
    accepted,
    codes,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from schema.sub_projects.rules import SubProjectFacts


def start(sub_project: SubProjectFacts, on: date = TODAY) -> Decision:
    return rules.start(sub_project, on=on, today=TODAY)


@pytest.mark.requirement("R38", "I6")
def test_a_sub_project_starts_under_an_approved_plan() -> None:
    started = accepted(start(APPROVED))
    changed = {"status": SubProjectStatus.IN_PROGRESS, "actual_start": TODAY}
    assert started.changes == (Update("SubProject", SUB_PROJECT, changed),)
    assert [event.type for event in started.events] == [EventType.SUB_PROJECT_STARTED]


@pytest.mark.requirement("R38", "I6")
@pytest.mark.parametrize(
    "status", [status for status in ActionPlanStatus if status is not ActionPlanStatus.APPROVED]
)
def test_a_sub_project_of_any_other_version_does_not_start(status: ActionPlanStatus) -> None:
    proposed = replace(APPROVED, plan_status=status, status=SubProjectStatus.PROPOSED)
    assert codes(start(proposed)) == [ProblemCode.PLAN_NOT_APPROVED]
    assert codes(start(replace(APPROVED, plan_status=status))) == [ProblemCode.PLAN_NOT_APPROVED]


@pytest.mark.parametrize(
    "status", [status for status in SubProjectStatus if status is not SubProjectStatus.APPROVED]
)
def test_only_an_approved_sub_project_starts(status: SubProjectStatus) -> None:
    assert codes(start(replace(APPROVED, status=status))) == [ProblemCode.WRONG_STATUS]


@pytest.mark.requirement("R35", "R37")
def test_during_a_project_sub_projects_are_its_implementation_phase() -> None:
    early = replace(APPROVED, implementation_status=PhaseStatus.NOT_STARTED)
    assert codes(start(early)) == [ProblemCode.IMPLEMENTATION_NOT_STARTED]
    paused = replace(APPROVED, running_status=ProjectStatus.SUSPENDED)
    assert codes(start(paused)) == [ProblemCode.PROJECT_NOT_ACTIVE]
    afterwards = replace(APPROVED, running_status=None, implementation_status=None)
    assert isinstance(start(afterwards), Accepted)


def test_a_sub_project_starts_neither_in_the_future_nor_before_the_approval() -> None:
    assert codes(start(APPROVED, date(2026, 11, 24))) == [ProblemCode.IN_FUTURE]
    assert codes(start(APPROVED, date(2026, 10, 21))) == [ProblemCode.BEFORE_PLAN_APPROVAL]


@pytest.mark.requirement("R48")
def test_after_the_exit_announcement_what_the_agent_leads_is_remarked() -> None:
    exiting = replace(APPROVED, running_status=ProjectStatus.EXITING)
    assert [warning.code for warning in accepted(start(exiting)).warnings] == [
        ProblemCode.AGENT_LED_AFTER_ANNOUNCEMENT
    ]
    led_by_network = replace(exiting, led_by=SubProjectActor.NETWORK)
    assert accepted(start(led_by_network)).warnings == ()


def test_a_sub_project_is_suspended_with_a_reason_and_taken_up_again() -> None:
    assert codes(rules.suspend(RUNNING, reason=None)) == [ProblemCode.REASON_REQUIRED]
    assert isinstance(rules.suspend(RUNNING, reason="wool"), Accepted)
    suspended = replace(RUNNING, status=SubProjectStatus.SUSPENDED)
    assert isinstance(rules.resume(suspended), Accepted)
    assert codes(rules.resume(RUNNING)) == [ProblemCode.WRONG_STATUS]
    paused = replace(suspended, running_status=ProjectStatus.SUSPENDED)
    assert codes(rules.resume(paused)) == [ProblemCode.PROJECT_NOT_ACTIVE]


@pytest.mark.parametrize(
    "status", [status for status in SubProjectStatus if status is not SubProjectStatus.IN_PROGRESS]
)
def test_only_what_is_in_progress_is_suspended_completed_or_reported(
    status: SubProjectStatus, new_id: Callable[[], UUID]
) -> None:
    other = replace(RUNNING, status=status)
    assert codes(rules.suspend(other, reason="r")) == [ProblemCode.WRONG_STATUS]
    assert codes(rules.complete(other, on=TODAY, today=TODAY)) == [ProblemCode.WRONG_STATUS]
    reported = progress.report(other, {}, on=TODAY, done=[], today=TODAY, new_id=new_id)
    assert codes(reported) == [ProblemCode.WRONG_STATUS]


def test_completing_remarks_open_milestones_and_keeps_dates_in_order() -> None:
    completed = accepted(rules.complete(RUNNING, on=TODAY, today=TODAY))
    assert [warning.values for warning in completed.warnings] == [{"count": 2}]
    assert codes(rules.complete(RUNNING, on=date(2026, 10, 31), today=TODAY)) == [
        ProblemCode.DATES_OUT_OF_ORDER
    ]
    assert codes(rules.complete(RUNNING, on=date(2026, 11, 24), today=TODAY)) == [ProblemCode.IN_FUTURE]


@pytest.mark.requirement("R37")
@pytest.mark.parametrize("status", list(SubProjectStatus))
def test_a_sub_project_that_is_not_over_is_cancelled_with_a_reason(status: SubProjectStatus) -> None:
    decision = rules.cancel(replace(RUNNING, status=status), reason="no demand")
    if status in {SubProjectStatus.COMPLETED, SubProjectStatus.CANCELLED}:
        assert codes(decision) == [ProblemCode.WRONG_STATUS]
    else:
        assert accepted(decision).events[0].type is EventType.SUB_PROJECT_CANCELLED
    assert ProblemCode.REASON_REQUIRED in codes(rules.cancel(replace(RUNNING, status=status), reason=""))


def test_nothing_is_cancelled_while_its_plan_is_before_the_council() -> None:
    before = replace(PROPOSED, plan_status=ActionPlanStatus.SUBMITTED)
    assert codes(rules.cancel(before, reason="r")) == [ProblemCode.PLAN_IS_NOT_OPEN]


@pytest.mark.requirement("R37", "R48")
def test_a_transfer_changes_who_leads_and_not_the_state(new_id: Callable[[], UUID]) -> None:
    def transfer(
        sub_project: SubProjectFacts,
        to: SubProjectActor,
        network: ExecutingNetwork | None = None,
        member: LeadingMember | None = None,
        on: date = TODAY,
    ) -> Decision:
        leader = handover.Leader(to, member, network)
        return handover.transfer(sub_project, leader, on=on, today=TODAY, new_id=new_id)

    moved = accepted(transfer(RUNNING, SubProjectActor.NETWORK, EXECUTOR))
    assert moved.changes[0] == Update(
        "SubProject",
        SUB_PROJECT,
        {"led_by": SubProjectActor.NETWORK, "leader_id": None, "transferred_on": TODAY},
    )
    assert isinstance(moved.changes[1], Create)
    assert moved.events[0].type is EventType.SUB_PROJECT_TRANSFERRED
    assert codes(transfer(RUNNING, SubProjectActor.NETWORK)) == [ProblemCode.REQUIRED]
    assert codes(transfer(RUNNING, SubProjectActor.AGENT)) == [ProblemCode.NOT_TO_THE_AGENT]
    by_network = replace(RUNNING, led_by=SubProjectActor.NETWORK)
    assert codes(transfer(by_network, SubProjectActor.NETWORK, EXECUTOR)) == [ProblemCode.SAME_LEADER]
    foreign = replace(EXECUTOR, cluster_id=UUID(int=99))
    assert codes(transfer(RUNNING, SubProjectActor.NETWORK, foreign)) == [ProblemCode.OF_ANOTHER_CLUSTER]
    gone = replace(EXECUTOR, dissolved_on=TODAY)
    assert codes(transfer(RUNNING, SubProjectActor.NETWORK, gone)) == [ProblemCode.NETWORK_DISSOLVED]
    tomorrow = transfer(RUNNING, SubProjectActor.SUPPORT_INSTITUTION, on=date(2027, 1, 1))
    assert codes(tomorrow) == [ProblemCode.IN_FUTURE]
    for status in (SubProjectStatus.PROPOSED, SubProjectStatus.COMPLETED, SubProjectStatus.CANCELLED):
        over = replace(RUNNING, status=status)
        assert codes(transfer(over, SubProjectActor.SUPPORT_INSTITUTION)) == [ProblemCode.WRONG_STATUS]


@pytest.mark.requirement("R37", "R48")
def test_a_member_who_is_to_lead_is_named_and_is_a_member_of_the_cluster(new_id: Callable[[], UUID]) -> None:
    weaver = LeadingMember(UUID(int=51), RUNNING.cluster_id, is_member=True)

    def led(
        member: LeadingMember | None,
        by: SubProjectFacts = RUNNING,
        to: SubProjectActor = SubProjectActor.MEMBER,
    ) -> Decision:
        return handover.transfer(by, handover.Leader(to, member), on=TODAY, today=TODAY, new_id=new_id)

    def refused(decision: Decision) -> list[tuple[ProblemCode, tuple[str, ...]]]:
        assert isinstance(decision, Refused), decision
        return [(problem.code, problem.path) for problem in decision.problems]

    changed = {"led_by": SubProjectActor.MEMBER, "leader_id": weaver.id, "transferred_on": TODAY}
    assert accepted(led(weaver)).changes == (Update("SubProject", SUB_PROJECT, changed),)
    assert refused(led(None)) == [(ProblemCode.REQUIRED, ("memberId",))]
    assert refused(led(replace(weaver, cluster_id=UUID(int=99)))) == [
        (ProblemCode.OF_ANOTHER_CLUSTER, ("memberId",))
    ]
    assert refused(led(replace(weaver, is_member=False))) == [(ProblemCode.MEMBERS_ONLY, ("memberId",))]
    assert refused(led(weaver, to=SubProjectActor.SUPPORT_INSTITUTION)) == [
        (ProblemCode.NO_MEMBER_LEADS, ("memberId",))
    ]
    hers = replace(RUNNING, led_by=SubProjectActor.MEMBER, leader_id=weaver.id)
    assert refused(led(weaver, hers)) == [(ProblemCode.SAME_LEADER, ("to",))]
    # Another member may take her place, and one may be named where nobody was.
    assert accepted(led(replace(weaver, id=UUID(int=52)), hers)).changes
    assert accepted(led(weaver, replace(hers, leader_id=None))).changes


@pytest.mark.requirement("R45")
def test_networks_of_the_cluster_carry_sub_projects_out(new_id: Callable[[], UUID]) -> None:
    tie = accepted(handover.assign(APPROVED, EXECUTOR, new_id=new_id)).changes[0]
    assert isinstance(tie, Create)
    assert tie.entity == "SubProjectNetwork"
    with_network = replace(APPROVED, networks=(NETWORK,))
    assert codes(handover.assign(with_network, EXECUTOR, new_id=new_id)) == [
        ProblemCode.NETWORK_ALREADY_ASSIGNED
    ]
    released = handover.release(Assignment(with_network, ((NETWORK, UUID(int=51)),)), NETWORK)
    assert accepted(released).changes == (Remove("SubProjectNetwork", UUID(int=51)),)
    assert codes(handover.release(Assignment(APPROVED, ()), NETWORK)) == [ProblemCode.NETWORK_NOT_ASSIGNED]


@pytest.mark.requirement("R38", "R39", "R40", "R41", "R42", "R43", "R44")
@pytest.mark.parametrize("kind", list(SubProjectType))
def test_sub_projects_of_every_type_are_defined_in_a_draft(
    kind: SubProjectType, new_id: Callable[[], UUID]
) -> None:
    proposed = definition.propose(
        HOME, {}, classification=Classification(kind), networks=[EXECUTOR], by=PlanOwner.AGENT, new_id=new_id
    )
    sub_project, tie = accepted(proposed).changes
    assert isinstance(sub_project, Create)
    assert sub_project.values["status"] is SubProjectStatus.PROPOSED
    assert sub_project.values["plan_id"] == PLAN
    assert isinstance(tie, Create)


@pytest.mark.requirement("R44")
def test_an_added_type_goes_with_other_only_and_not_once_it_is_retired(new_id: Callable[[], UUID]) -> None:
    def propose(classification: Classification) -> Decision:
        return definition.propose(
            HOME, {}, classification=classification, networks=[], by=None, new_id=new_id
        )

    added = AddedType(UUID(int=61), None)
    assert isinstance(propose(Classification(SubProjectType.OTHER, added)), Accepted)
    assert codes(propose(Classification(SubProjectType.NETWORKING, added))) == [
        ProblemCode.NOT_OF_THE_OPEN_LIST
    ]
    retired = replace(added, retired_on=TODAY)
    assert codes(propose(Classification(SubProjectType.OTHER, retired))) == [ProblemCode.TYPE_RETIRED]
    keeping = Classification(SubProjectType.OTHER, retired)
    has_it = replace(PROPOSED, additional_type_id=retired.id)
    assert isinstance(definition.edit(has_it, HOME, {}, classification=keeping), Accepted)
    assert codes(definition.edit(PROPOSED, HOME, {}, classification=keeping)) == [ProblemCode.TYPE_RETIRED]
    elsewhere = Classification(SubProjectType.OTHER, programme_id=UUID(int=99))
    assert codes(propose(elsewhere)) == [ProblemCode.OF_ANOTHER_PLAN]


@pytest.mark.requirement("R38")
@pytest.mark.parametrize(
    "status",
    [
        status
        for status in ActionPlanStatus
        if status not in {ActionPlanStatus.DRAFT, ActionPlanStatus.RETURNED}
    ],
)
def test_nothing_is_defined_or_changed_in_a_version_that_is_not_open(
    status: ActionPlanStatus, new_id: Callable[[], UUID]
) -> None:
    home = replace(HOME, plan=replace(PLAN_FACTS, status=status))
    chosen = Classification(SubProjectType.OTHER)
    proposed = definition.propose(home, {}, classification=chosen, networks=[], by=None, new_id=new_id)
    sub_project = replace(PROPOSED, plan_status=status)
    edited = definition.edit(sub_project, home, {}, classification=chosen)
    withdrawn = definition.withdraw(sub_project)
    expected = (
        ProblemCode.PLAN_IS_APPROVED
        if status in {ActionPlanStatus.APPROVED, ActionPlanStatus.SUPERSEDED}
        else ProblemCode.PLAN_IS_NOT_OPEN
    )
    assert codes(proposed) == codes(edited) == codes(withdrawn) == [expected]


def test_a_definition_needs_a_name_and_dates_in_order(new_id: Callable[[], UUID]) -> None:
    values = {"name_fa": "", "planned_start": date(2027, 1, 1), "planned_end": date(2026, 1, 1)}
    chosen = Classification(SubProjectType.OTHER)
    refused = definition.propose(HOME, values, classification=chosen, networks=[], by=None, new_id=new_id)
    assert codes(refused) == [ProblemCode.REQUIRED, ProblemCode.DATES_OUT_OF_ORDER]
    handed = replace(PROPOSED, led_by=SubProjectActor.MEMBER, leader_id=UUID(int=51))
    for led_by, kept in ((SubProjectActor.MEMBER, True), (SubProjectActor.NETWORK, False)):
        changed = accepted(definition.edit(handed, HOME, {"led_by": led_by}, classification=chosen)).changes[
            -1
        ]
        assert isinstance(changed, Update)
        assert ("leader_id" in changed.values) is not kept
    edited = definition.edit(PROPOSED, HOME, {"planned_end": date(2026, 1, 1)}, classification=chosen)
    assert codes(edited) == [ProblemCode.DATES_OUT_OF_ORDER]


def test_what_is_open_on_a_sub_project_is_said_beforehand() -> None:
    def allowed(sub_project: SubProjectFacts) -> set[str]:
        return {each.action for each in openings.permitted(sub_project, today=TODAY) if each.allowed}

    steps = {"addMilestone", "assignNetwork", "placeSubProject", "raiseRisk"}
    assert allowed(PROPOSED) == {
        "editSubProject", "withdrawSubProject", "cancelSubProject", "addBudgetLine", "addSubProjectOutput", *steps,
    }  # fmt: skip
    assert allowed(APPROVED) == {
        "startSubProject", "cancelSubProject", "carryOverSubProject", "transferSubProject",
        "makeSupportCommitment", *steps,
    }  # fmt: skip
    assert allowed(RUNNING) == {
        "reportProgress", "suspendSubProject", "completeSubProject", "cancelSubProject",
        "transferSubProject", "makeSupportCommitment", *steps,
    }  # fmt: skip
    tied = replace(RUNNING, networks=(UUID(int=9),))
    assert "releaseNetwork" in allowed(tied)
    assert allowed(replace(RUNNING, status=SubProjectStatus.COMPLETED)) == set()


def test_what_was_taken_out_of_a_version_comes_back_only_while_that_is_open() -> None:
    step, line = MilestoneFacts(FIRST, None, PROPOSED), replace(LINE, sub_project=PROPOSED)
    for restored, name, part in (
        (definition.restore(PROPOSED), "SubProject", SUB_PROJECT),
        (budgets.restore_line(line), "BudgetLine", line.id),
    ):
        assert restored == Accepted((name, part), (Update(name, part, {"deleted_at": None}),))
    last = {"deleted_at": None, "ordinal": 3}
    assert progress.restore_milestone(step) == Accepted(
        ("Milestone", FIRST), (Update("Milestone", FIRST, last),)
    )
    assert codes(definition.restore(APPROVED)) == [ProblemCode.PLAN_IS_APPROVED]
    assert codes(budgets.restore_line(LINE)) == [ProblemCode.PLAN_IS_APPROVED]
    assert codes(progress.restore_milestone(replace(step, done_on=TODAY))) == [ProblemCode.ALREADY_DONE]


def test_a_part_does_not_come_back_before_the_sub_project_it_belongs_to() -> None:
    step = MilestoneFacts(FIRST, None, PROPOSED, part_of_removed=True)
    line = replace(LINE, sub_project=PROPOSED, part_of_removed=True)
    assert codes(progress.restore_milestone(step)) == [ProblemCode.PART_OF_REMOVED]
    assert codes(budgets.restore_line(line)) == [ProblemCode.PART_OF_REMOVED]
