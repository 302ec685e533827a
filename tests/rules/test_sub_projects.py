"""Sub-projects: defined in a draft, started under the plan in force, measured, funded, handed over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import count
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from schema.decision import Accepted, Create, Decision, Refused, Remove, Update
from schema.events import EventType
from schema.open_lists.rules import AddedType
from schema.plans.rules import PlanFacts
from schema.problems import ProblemCode
from schema.sub_projects import budgets, definition, handover, openings, outputs, progress, rules
from schema.sub_projects.budgets import Amounts, BudgetLineFacts
from schema.sub_projects.definition import Classification, PlanOfSubProjects
from schema.sub_projects.handover import Assignment, ExecutingNetwork
from schema.sub_projects.progress import MilestoneFacts
from schema.sub_projects.rules import MilestoneOfSubProject, SubProjectFacts
from schema.vocabulary import (
    ActionPlanStatus,
    Currency,
    CurrencyUnit,
    FundingSource,
    PhaseStatus,
    PlanOwner,
    ProjectStatus,
    SubProjectActor,
    SubProjectStatus,
    SubProjectType,
)

if TYPE_CHECKING:
    from collections.abc import Callable

TODAY = date(2026, 11, 23)
CLUSTER, PLAN, SUB_PROJECT, PROJECT, NETWORK = (UUID(int=number) for number in range(1, 6))
FIRST, SECOND = UUID(int=21), UUID(int=22)


@pytest.fixture
def new_id() -> Callable[[], UUID]:
    numbers = count(1000)
    return lambda: UUID(int=next(numbers))


APPROVED = SubProjectFacts(
    id=SUB_PROJECT,
    cluster_id=CLUSTER,
    plan_id=PLAN,
    project_id=PROJECT,
    status=SubProjectStatus.APPROVED,
    type=SubProjectType.MARKET_DEVELOPMENT,
    led_by=SubProjectActor.AGENT,
    planned_start=date(2026, 11, 1),
    planned_end=date(2027, 5, 1),
    actual_start=None,
    plan_status=ActionPlanStatus.APPROVED,
    plan_approved_on=date(2026, 10, 22),
    running_status=ProjectStatus.ACTIVE,
    implementation_status=PhaseStatus.IN_PROGRESS,
    milestones=(
        MilestoneOfSubProject(FIRST, 1, 30, None),
        MilestoneOfSubProject(SECOND, 2, 70, None),
    ),
)
RUNNING = replace(APPROVED, status=SubProjectStatus.IN_PROGRESS, actual_start=date(2026, 11, 1))
PROPOSED = replace(
    APPROVED,
    status=SubProjectStatus.PROPOSED,
    plan_status=ActionPlanStatus.DRAFT,
    plan_approved_on=None,
)
PLAN_FACTS = PlanFacts(
    id=PLAN,
    cluster_id=CLUSTER,
    project_id=PROJECT,
    version=1,
    status=ActionPlanStatus.DRAFT,
    duty=PlanOwner.AGENT,
    document_number=None,
    vision_fa="چ",
    period_start=None,
    period_end=None,
    presented_on=None,
    has_council=True,
    study_open=False,
    strategies=1,
    programmes=1,
    sub_projects=(),
    former=None,
    implementation_days=None,
    longest_window=None,
)
HOME = PlanOfSubProjects(PLAN_FACTS, (UUID(int=31),))
EXECUTOR = ExecutingNetwork(NETWORK, CLUSTER, None)


def codes(decision: Decision) -> list[ProblemCode]:
    assert isinstance(decision, Refused), decision
    return [problem.code for problem in decision.problems]


def accepted(decision: Decision) -> Accepted:
    assert isinstance(decision, Accepted), decision
    return decision


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
        on: date = TODAY,
    ) -> Decision:
        return handover.transfer(sub_project, to=to, network=network, on=on, today=TODAY, new_id=new_id)

    moved = accepted(transfer(RUNNING, SubProjectActor.NETWORK, EXECUTOR))
    assert moved.changes[0] == Update(
        "SubProject", SUB_PROJECT, {"led_by": SubProjectActor.NETWORK, "transferred_on": TODAY}
    )
    assert isinstance(moved.changes[1], Create)
    assert moved.events[0].type is EventType.SUB_PROJECT_TRANSFERRED
    assert codes(transfer(RUNNING, SubProjectActor.NETWORK)) == [ProblemCode.REQUIRED]
    assert codes(transfer(RUNNING, SubProjectActor.AGENT)) == [ProblemCode.NOT_TO_THE_AGENT]
    by_member = replace(RUNNING, led_by=SubProjectActor.MEMBER)
    assert codes(transfer(by_member, SubProjectActor.MEMBER)) == [ProblemCode.SAME_LEADER]
    foreign = replace(EXECUTOR, cluster_id=UUID(int=99))
    assert codes(transfer(RUNNING, SubProjectActor.NETWORK, foreign)) == [ProblemCode.OF_ANOTHER_CLUSTER]
    gone = replace(EXECUTOR, dissolved_on=TODAY)
    assert codes(transfer(RUNNING, SubProjectActor.NETWORK, gone)) == [ProblemCode.NETWORK_DISSOLVED]
    assert codes(transfer(RUNNING, SubProjectActor.MEMBER, on=date(2027, 1, 1))) == [ProblemCode.IN_FUTURE]
    for status in (SubProjectStatus.PROPOSED, SubProjectStatus.COMPLETED, SubProjectStatus.CANCELLED):
        over = replace(RUNNING, status=status)
        assert codes(transfer(over, SubProjectActor.MEMBER)) == [ProblemCode.WRONG_STATUS]


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
    edited = definition.edit(PROPOSED, HOME, {"planned_end": date(2026, 1, 1)}, classification=chosen)
    assert codes(edited) == [ProblemCode.DATES_OUT_OF_ORDER]


def test_progress_is_the_weight_of_what_is_done_over_the_weight_of_all(new_id: Callable[[], UUID]) -> None:
    assert RUNNING.progress() == Decimal("0.0")
    assert replace(RUNNING, milestones=()).progress() == Decimal("0.0")
    one_of_sixteen = (MilestoneOfSubProject(FIRST, 1, 1, TODAY), MilestoneOfSubProject(SECOND, 2, 15, None))
    assert replace(RUNNING, milestones=one_of_sixteen).progress() == Decimal("6.3"), (
        "a half goes up, as in the API"
    )
    reported = accepted(
        progress.report(RUNNING, {"note_fa": "خوب"}, on=TODAY, done=[FIRST], today=TODAY, new_id=new_id)
    )
    milestone, report = reported.changes
    assert milestone == Update("Milestone", FIRST, {"done_on": TODAY})
    assert isinstance(report, Create)
    assert report.values["progress"] == Decimal("30.0")
    assert reported.events[0].payload["after"] == "30.0"


def test_a_report_names_open_milestones_of_its_own_once(new_id: Callable[[], UUID]) -> None:
    def report(done: list[UUID], on: date = TODAY) -> Decision:
        return progress.report(half, {}, on=on, done=done, today=TODAY, new_id=new_id)

    half = replace(
        RUNNING,
        milestones=(replace(RUNNING.milestones[0], done_on=date(2026, 11, 2)), RUNNING.milestones[1]),
    )
    assert codes(report([FIRST])) == [ProblemCode.ALREADY_DONE]
    assert codes(report([UUID(int=99)])) == [ProblemCode.NOT_FOUND]
    assert codes(report([SECOND, SECOND])) == [ProblemCode.NAMED_TWICE]
    assert codes(report([], date(2026, 11, 24))) == [ProblemCode.IN_FUTURE]
    assert codes(report([], date(2026, 10, 30))) == [ProblemCode.DATES_OUT_OF_ORDER]


def test_milestones_have_a_weight_between_one_and_a_hundred(new_id: Callable[[], UUID]) -> None:
    for weight in (0, 101, -5):
        refused = progress.add_milestone(RUNNING, {"weight": weight}, new_id=new_id)
        assert codes(refused) == [ProblemCode.OUT_OF_RANGE]
    added = accepted(progress.add_milestone(RUNNING, {"weight": 100}, new_id=new_id)).changes[0]
    assert isinstance(added, Create)
    assert added.values["ordinal"] == 3


def test_a_milestone_that_is_done_stays(new_id: Callable[[], UUID]) -> None:
    done = MilestoneFacts(FIRST, TODAY, RUNNING)
    assert codes(progress.edit_milestone(done, {})) == [ProblemCode.ALREADY_DONE]
    assert codes(progress.remove_milestone(done)) == [ProblemCode.ALREADY_DONE]
    open_still = MilestoneFacts(FIRST, None, RUNNING)
    assert isinstance(progress.remove_milestone(open_still), Accepted)
    over = replace(open_still, sub_project=replace(RUNNING, status=SubProjectStatus.COMPLETED))
    assert codes(progress.edit_milestone(over, {})) == [ProblemCode.WRONG_STATUS]
    cancelled = replace(RUNNING, status=SubProjectStatus.CANCELLED)
    assert codes(progress.add_milestone(cancelled, {}, new_id=new_id)) == [ProblemCode.WRONG_STATUS]


LINE = BudgetLineFacts(
    id=UUID(int=71),
    source=FundingSource.ISIPO,
    currency=Currency.IRR,
    unit=CurrencyUnit.OLD_RIAL,
    planned=Decimal(1000),
    committed=Decimal(500),
    disbursed=Decimal(200),
    spent=Decimal(100),
    period_start=None,
    period_end=None,
    sub_project=RUNNING,
)


@pytest.mark.requirement("I16")
def test_no_line_pays_out_more_than_was_promised_or_spends_more_than_was_paid() -> None:
    above = budgets.record(LINE, Amounts(Decimal(100), Decimal(101), Decimal(0)))
    assert codes(above) == [ProblemCode.DISBURSED_ABOVE_COMMITTED]
    overspent = budgets.record(LINE, Amounts(Decimal(100), Decimal(50), Decimal(51)))
    assert codes(overspent) == [ProblemCode.SPENT_ABOVE_DISBURSED]
    negative = budgets.record(LINE, Amounts(Decimal(-1), Decimal(0), Decimal(0)))
    assert codes(negative) == [ProblemCode.AMOUNT_NEGATIVE]


@pytest.mark.requirement("R38", "I6")
@pytest.mark.parametrize(
    "status", [ActionPlanStatus.DRAFT, ActionPlanStatus.SUBMITTED, ActionPlanStatus.REJECTED]
)
def test_money_is_not_promised_under_a_plan_that_is_not_approved(status: ActionPlanStatus) -> None:
    line = replace(LINE, sub_project=replace(PROPOSED, plan_status=status))
    assert codes(budgets.record(line, LINE.amounts)) == [ProblemCode.PLAN_NOT_APPROVED]


@pytest.mark.parametrize(
    ("spent", "percents"), [(799, []), (800, [80]), (999, [80]), (1000, [80, 100]), (100, [])]
)
def test_spending_that_passes_a_threshold_of_the_plan_is_reported_once(
    spent: int, percents: list[int]
) -> None:
    recorded = accepted(budgets.record(LINE, Amounts(Decimal(2000), Decimal(1500), Decimal(spent))))
    assert [event.payload["percent"] for event in recorded.events] == percents
    again = budgets.record(
        replace(LINE, spent=Decimal(spent)), Amounts(Decimal(2000), Decimal(1500), Decimal(spent))
    )
    assert accepted(again).events == ()


@pytest.mark.requirement("R55")
def test_the_programme_sets_the_share_at_which_a_budget_warns() -> None:
    line = replace(LINE, sub_project=replace(LINE.sub_project, budget_warning_percent=60))
    recorded = accepted(budgets.record(line, Amounts(Decimal(2000), Decimal(1500), Decimal(600))))
    assert [event.payload["percent"] for event in recorded.events] == [60]


@pytest.mark.requirement("I16")
def test_rials_are_old_or_new_and_other_currencies_have_one_unit(new_id: Callable[[], UUID]) -> None:
    def add(currency: Currency, unit: CurrencyUnit, planned: Decimal = Decimal(5)) -> Decision:
        return budgets.add_line(PROPOSED, {"planned": planned}, currency=currency, unit=unit, new_id=new_id)

    assert isinstance(add(Currency.IRR, CurrencyUnit.NEW_RIAL), Accepted)
    assert isinstance(add(Currency.SEK, CurrencyUnit.MAIN), Accepted)
    for currency, unit in ((Currency.IRR, CurrencyUnit.MAIN), (Currency.SEK, CurrencyUnit.OLD_RIAL)):
        assert codes(add(currency, unit)) == [ProblemCode.UNIT_OF_ANOTHER_CURRENCY]
    for amount in ("1e30", "0.001", "NaN", "Infinity"):
        refused = add(Currency.EUR, CurrencyUnit.MAIN, Decimal(amount))
        assert codes(refused) == [ProblemCode.AMOUNT_TOO_PRECISE]
    assert codes(add(Currency.EUR, CurrencyUnit.MAIN, Decimal(-5))) == [ProblemCode.AMOUNT_NEGATIVE]


def test_what_is_planned_stays_once_it_is_approved(new_id: Callable[[], UUID]) -> None:
    added = budgets.add_line(APPROVED, {}, currency=Currency.EUR, unit=CurrencyUnit.MAIN, new_id=new_id)
    edited, removed = budgets.edit_line(LINE, {"planned": Decimal(1)}), budgets.remove_line(LINE)
    assert codes(added) == codes(edited) == codes(removed) == [ProblemCode.PLAN_IS_APPROVED]
    draft_line = replace(LINE, sub_project=PROPOSED)
    assert isinstance(budgets.edit_line(draft_line, {"planned": Decimal(1)}), Accepted)
    assert isinstance(budgets.remove_line(draft_line), Accepted)
    backwards = {"period_start": date(2026, 2, 1), "period_end": date(2026, 1, 1)}
    assert codes(budgets.edit_line(draft_line, backwards)) == [ProblemCode.DATES_OUT_OF_ORDER]


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


OUTPUT = outputs.OutputFacts(UUID(int=71), PROPOSED)
PLANNED_OUTPUT = {
    "name_fa": "بافنده آموزش‌دیده", "name_en": "Weavers trained", "counted_in_fa": "نفر",
    "counted_in_en": "people", "planned": Decimal(40),
}  # fmt: skip


def test_what_is_to_come_is_planned_in_an_open_version_only(new_id: Callable[[], UUID]) -> None:
    made = accepted(outputs.add(PROPOSED, PLANNED_OUTPUT, new_id=new_id)).changes[0]
    assert isinstance(made, Create)
    assert made.values["planned"] == Decimal(40)
    assert codes(outputs.add(PROPOSED, {**PLANNED_OUTPUT, "name_fa": "", "planned": Decimal(0)}, new_id=new_id)) == [
        ProblemCode.REQUIRED, ProblemCode.AMOUNT_NOT_POSITIVE,
    ]  # fmt: skip
    approved = replace(OUTPUT, sub_project=APPROVED)
    for refused in (
        outputs.add(APPROVED, PLANNED_OUTPUT, new_id=new_id),
        outputs.edit(approved, {"planned": Decimal(1)}),
        outputs.remove(approved),
        outputs.restore(approved),
    ):
        assert codes(refused) == [ProblemCode.PLAN_IS_APPROVED]
    assert isinstance(outputs.edit(OUTPUT, {"planned": Decimal(1)}), Accepted)
    assert accepted(outputs.remove(OUTPUT)).changes == (Remove("SubProjectOutput", OUTPUT.id),)
    assert isinstance(outputs.restore(OUTPUT), Accepted)
    assert codes(outputs.restore(replace(OUTPUT, part_of_removed=True))) == [ProblemCode.PART_OF_REMOVED]


@pytest.mark.parametrize("status", list(SubProjectStatus))
def test_what_has_come_is_counted_once_it_has_started(status: SubProjectStatus) -> None:
    running = replace(OUTPUT, sub_project=replace(RUNNING, status=status))
    counted = outputs.record(running, Decimal(12), on=TODAY, today=TODAY)
    if status not in outputs.COUNTED:
        assert codes(counted) == [ProblemCode.WRONG_STATUS]
        return
    assert accepted(counted).changes == (
        Update("SubProjectOutput", OUTPUT.id, {"achieved": Decimal(12), "achieved_on": TODAY}),
    )
    assert codes(outputs.record(running, Decimal(-1), on=date(2026, 11, 24), today=TODAY)) == [
        ProblemCode.AMOUNT_NEGATIVE,
        ProblemCode.IN_FUTURE,
    ]
    before = outputs.record(running, Decimal(1), on=date(2026, 10, 1), today=TODAY)
    assert codes(before) == [ProblemCode.DATES_OUT_OF_ORDER]
