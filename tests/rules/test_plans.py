"""Action plans: versions, their parts, what a document needs, whose duty it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from schema.decision import Accepted, Create, Refused, Remove, Update
from schema.events import EventType
from schema.plans import parts, rules
from schema.plans.parts import ProgrammeFacts, StrategyFacts, StrategyPlace
from schema.plans.standing import FormerPlan, LeftBehind
from schema.problems import ProblemCode
from schema.vocabulary import ActionPlanStatus, PlanOwner
from tests.rules.plan_facts import DRAFT, FORMER, HOME, PLAN, PLANNED, SUBMITTED, TODAY, accepted, codes

if TYPE_CHECKING:
    from collections.abc import Callable

    from schema.plans.standing import PlanFacts

NOT_DRAFT = [status for status in ActionPlanStatus if status is not ActionPlanStatus.DRAFT]


@pytest.mark.requirement("R25", "I7")
def test_versions_follow_one_another_without_gaps(new_id: Callable[[], UUID]) -> None:
    drafted = accepted(rules.draft(HOME, {"vision_fa": "x"}, by=PlanOwner.AGENT, new_id=new_id))
    created = drafted.changes[0]
    assert isinstance(created, Create)
    assert created.values["version"] == 3
    assert created.values["status"] is ActionPlanStatus.DRAFT
    assert created.values["owner"] is PlanOwner.AGENT


@pytest.mark.requirement("R25")
def test_an_early_renewal_is_welcome_but_one_version_is_open_at_a_time(new_id: Callable[[], UUID]) -> None:
    assert isinstance(rules.draft(HOME, {}, by=None, new_id=new_id), Accepted)
    second = rules.draft(replace(HOME, open_version=3), {}, by=None, new_id=new_id)
    assert codes(second) == [ProblemCode.PLAN_STILL_OPEN]


def test_a_period_that_ends_before_it_starts_is_refused(new_id: Callable[[], UUID]) -> None:
    values = {"period_start": date(2026, 3, 21), "period_end": date(2026, 3, 20)}
    assert codes(rules.draft(HOME, values, by=None, new_id=new_id)) == [ProblemCode.DATES_OUT_OF_ORDER]
    assert codes(rules.edit(DRAFT, {"period_end": date(2026, 1, 1)})) == [ProblemCode.DATES_OUT_OF_ORDER]


@pytest.mark.requirement("R23")
def test_a_plan_needs_vision_strategy_and_programme_and_every_gap_is_named_at_once() -> None:
    empty = replace(DRAFT, vision_fa=None, strategies=0, programmes=0)
    refused = rules.submit(empty, by=PlanOwner.AGENT, on=TODAY, today=TODAY)
    assert isinstance(refused, Refused)
    assert [(problem.code, problem.path) for problem in refused.problems] == [
        (ProblemCode.VISION_MISSING, ("visionFa",)),
        (ProblemCode.STRATEGY_MISSING, ("strategies",)),
        (ProblemCode.PROGRAMME_MISSING, ("programmes",)),
    ]


@pytest.mark.requirement("R26", "I10")
def test_during_the_project_the_agent_presents_the_plan() -> None:
    submitted = accepted(rules.submit(DRAFT, by=PlanOwner.AGENT, on=TODAY, today=TODAY))
    change = submitted.changes[0]
    assert isinstance(change, Update)
    assert change.values["status"] is ActionPlanStatus.SUBMITTED
    assert change.values["submitted_by"] is PlanOwner.AGENT
    assert change.values["submitted_on_behalf"] is False
    assert [event.type for event in submitted.events] == [EventType.ACTION_PLAN_SUBMITTED]
    network = rules.submit(DRAFT, by=PlanOwner.NETWORK, on=TODAY, today=TODAY)
    assert codes(network) == [ProblemCode.PLAN_BELONGS_TO_AGENT]


@pytest.mark.requirement("R30", "I10")
def test_after_the_project_the_agent_is_refused_and_the_network_accepted() -> None:
    after = replace(DRAFT, project_id=None, duty=PlanOwner.NETWORK)
    agent = rules.submit(after, by=PlanOwner.AGENT, on=TODAY, today=TODAY)
    assert codes(agent) == [ProblemCode.PLAN_BELONGS_TO_NETWORK]
    network = accepted(rules.submit(after, by=PlanOwner.NETWORK, on=TODAY, today=TODAY))
    change = network.changes[0]
    assert isinstance(change, Update)
    assert change.values["owner"] is PlanOwner.NETWORK


@pytest.mark.requirement("R26", "R30")
def test_an_administrator_presents_on_behalf_of_whose_duty_it_is() -> None:
    submitted = accepted(rules.submit(DRAFT, by=None, on=TODAY, today=TODAY))
    change = submitted.changes[0]
    assert isinstance(change, Update)
    assert (change.values["submitted_by"], change.values["submitted_on_behalf"]) == (PlanOwner.AGENT, True)


@pytest.mark.requirement("R30", "R32")
def test_nobody_presents_a_plan_that_nobody_owns() -> None:
    orphan = replace(DRAFT, project_id=None, duty=PlanOwner.UNASSIGNED)
    assert codes(rules.submit(orphan, by=None, on=TODAY, today=TODAY)) == [ProblemCode.PLAN_HAS_NO_OWNER]


@pytest.mark.parametrize("status", NOT_DRAFT)
def test_only_a_draft_is_submitted(status: ActionPlanStatus) -> None:
    refused = rules.submit(replace(DRAFT, status=status), by=PlanOwner.AGENT, on=TODAY, today=TODAY)
    assert codes(refused) == [ProblemCode.WRONG_STATUS]


def test_a_plan_is_not_presented_in_the_future() -> None:
    refused = rules.submit(DRAFT, by=None, on=date(2026, 11, 24), today=TODAY)
    assert codes(refused) == [ProblemCode.IN_FUTURE]


@pytest.mark.parametrize(
    ("began", "former", "named"),
    [
        (date(2026, 10, 2), date(2025, 10, 1), EventType.PROJECT_ACTIVATED),
        (date(2025, 10, 1), date(2026, 10, 2), EventType.ACTION_PLAN_APPROVED),
        (None, date(2026, 10, 2), EventType.ACTION_PLAN_APPROVED),
    ],
)
def test_a_plan_is_not_presented_before_its_project_or_before_the_former_version_was_approved(
    began: date | None, former: date, named: EventType
) -> None:
    plan = replace(DRAFT, project_began_on=began, former=FormerPlan(FORMER, former))
    refused = rules.submit(plan, by=None, on=date(2026, 10, 1), today=TODAY)
    assert isinstance(refused, Refused)
    (problem,) = refused.problems
    assert (problem.code, problem.path) == (ProblemCode.DATES_OUT_OF_ORDER, ("presentedOn",))
    assert problem.values == {"start": date(2026, 10, 2), "end": date(2026, 10, 1), "event": named}
    accepted(rules.submit(plan, by=None, on=date(2026, 10, 2), today=TODAY))


@pytest.mark.requirement("R37")
def test_what_the_version_leaves_behind_is_named_when_it_is_presented() -> None:
    left = replace(DRAFT, left_behind=(LeftBehind("بازار", "Market"),))
    (warning,) = accepted(rules.submit(left, by=None, on=TODAY, today=TODAY)).warnings
    assert (warning.code, warning.values["name_en"]) == (ProblemCode.SUB_PROJECT_LEFT_BEHIND, "Market")


@pytest.mark.requirement("R45")
def test_a_sub_project_without_network_is_remarked_and_not_refused() -> None:
    lonely = replace(DRAFT, sub_projects=(replace(PLANNED, networks=0),))
    warnings = accepted(rules.submit(lonely, by=None, on=TODAY, today=TODAY)).warnings
    assert [warning.code for warning in warnings] == [ProblemCode.SUB_PROJECT_WITHOUT_NETWORK]


@pytest.mark.requirement("R36")
@pytest.mark.parametrize(("days", "remarked"), [(100, True), (186, False), (700, False), (None, False)])
def test_a_plan_in_which_a_windowed_phase_is_longer_than_implementation_is_remarked(
    days: int | None,
    remarked: bool,  # noqa: FBT001 - a column of the table
) -> None:
    plan = replace(DRAFT, implementation_days=days)
    warnings = accepted(rules.submit(plan, by=None, on=TODAY, today=TODAY)).warnings
    assert [warning.code for warning in warnings] == [ProblemCode.IMPLEMENTATION_NOT_LONGEST] * remarked


@pytest.mark.requirement("R24")
def test_a_plan_presented_before_the_study_is_completed_is_remarked() -> None:
    early = replace(DRAFT, study_open=True)
    warnings = accepted(rules.submit(early, by=None, on=TODAY, today=TODAY)).warnings
    assert [warning.code for warning in warnings] == [ProblemCode.PLAN_BEFORE_STUDY]


@pytest.mark.requirement("R24")
@pytest.mark.parametrize(("days", "remarked"), [(-1, False), (0, False), (1, True)])
def test_a_plan_dated_before_the_end_of_the_study_is_remarked_though_the_study_is_over(
    days: int,
    remarked: bool,  # noqa: FBT001 - a column of the table
) -> None:
    over = replace(DRAFT, study_ended_on=TODAY + timedelta(days=days))
    warnings = accepted(rules.submit(over, by=None, on=TODAY, today=TODAY)).warnings
    assert [warning.code for warning in warnings] == [ProblemCode.PLAN_DATED_BEFORE_STUDY] * remarked


def test_a_returned_version_becomes_a_draft_again_when_it_is_edited() -> None:
    returned = replace(DRAFT, status=ActionPlanStatus.RETURNED)
    assert accepted(rules.edit(returned, {"vision_fa": "نو"})).changes == (
        Update("ActionPlan", PLAN, {"status": ActionPlanStatus.DRAFT}, follows=True),
        Update("ActionPlan", PLAN, {"vision_fa": "نو"}),
    )


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (ActionPlanStatus.SUBMITTED, ProblemCode.PLAN_IS_NOT_OPEN),
        (ActionPlanStatus.REJECTED, ProblemCode.PLAN_IS_NOT_OPEN),
        (ActionPlanStatus.APPROVED, ProblemCode.PLAN_IS_APPROVED),
        (ActionPlanStatus.SUPERSEDED, ProblemCode.PLAN_IS_APPROVED),
    ],
)
def test_neither_a_plan_nor_its_parts_change_unless_it_is_open(
    status: ActionPlanStatus, code: ProblemCode, new_id: Callable[[], UUID]
) -> None:
    plan = replace(DRAFT, status=status)
    strategy = StrategyFacts(UUID(int=31), plan, programmes=0, last_programme=0)
    programme = ProgrammeFacts(UUID(int=41), plan, None, None, sub_projects=0)
    for refused in (
        rules.edit(plan, {}),
        parts.add_strategy(StrategyPlace(plan, 0), {}, new_id=new_id),
        parts.edit_strategy(strategy, {}),
        parts.remove_strategy(strategy),
        parts.add_programme(strategy, {}, new_id=new_id),
        parts.edit_programme(programme, {}),
        parts.remove_programme(programme),
    ):
        assert codes(refused) == [code]


def test_parts_are_numbered_and_removed_only_when_nothing_depends_on_them(
    new_id: Callable[[], UUID],
) -> None:
    created = accepted(parts.add_strategy(StrategyPlace(DRAFT, 2), {}, new_id=new_id)).changes[0]
    assert isinstance(created, Create)
    assert created.values["ordinal"] == 3
    used = StrategyFacts(UUID(int=31), DRAFT, programmes=2, last_programme=2)
    assert codes(parts.remove_strategy(used)) == [ProblemCode.STILL_IN_USE]
    free = replace(used, programmes=0)
    assert accepted(parts.remove_strategy(free)).changes == (Remove("Strategy", UUID(int=31)),)
    programme = ProgrammeFacts(UUID(int=41), DRAFT, date(2026, 4, 1), None, sub_projects=1)
    assert codes(parts.remove_programme(programme)) == [ProblemCode.STILL_IN_USE]
    backwards = parts.edit_programme(programme, {"planned_end": date(2026, 3, 1)})
    assert codes(backwards) == [ProblemCode.DATES_OUT_OF_ORDER]


def test_a_part_that_changes_makes_a_returned_version_a_draft_again(new_id: Callable[[], UUID]) -> None:
    returned = replace(DRAFT, status=ActionPlanStatus.RETURNED)
    changes = accepted(parts.add_strategy(StrategyPlace(returned, 0), {}, new_id=new_id)).changes
    assert changes[0] == Update("ActionPlan", PLAN, {"status": ActionPlanStatus.DRAFT}, follows=True)


@pytest.mark.requirement("R30", "R32")
def test_the_plan_in_force_passes_to_the_network_or_is_reported_without_owner() -> None:
    change, event = rules.owner_passes(PLAN, before=PlanOwner.AGENT, after=PlanOwner.NETWORK)
    assert change == Update("ActionPlan", PLAN, {"owner": PlanOwner.NETWORK})
    assert not isinstance(event, Update)
    assert event.type is EventType.ACTION_PLAN_OWNER_CHANGED
    _, missing = rules.owner_passes(PLAN, before=PlanOwner.AGENT, after=PlanOwner.UNASSIGNED)
    assert not isinstance(missing, Update)
    assert missing.type is EventType.ACTION_PLAN_OWNER_MISSING
    assert rules.owner_passes(PLAN, before=PlanOwner.AGENT, after=PlanOwner.AGENT) == ()


def test_what_is_open_on_a_version_is_said_beforehand() -> None:
    def allowed(plan: PlanFacts) -> set[str]:
        return {each.action for each in rules.permitted(plan, today=TODAY) if each.allowed}

    assert allowed(DRAFT) == {"editActionPlan", "addStrategy", "proposeSubProject", "submitActionPlan"}
    assert allowed(SUBMITTED) == {"approveActionPlan", "returnActionPlan", "rejectActionPlan"}
    assert allowed(replace(DRAFT, status=ActionPlanStatus.APPROVED)) == set()


@pytest.mark.parametrize("status", list(ActionPlanStatus))
def test_a_removed_strategy_and_its_programme_come_back_only_into_an_open_version(
    status: ActionPlanStatus,
) -> None:
    plan = replace(DRAFT, status=status)
    strategy = StrategyFacts(UUID(int=31), plan, programmes=0, last_programme=0)
    programme = ProgrammeFacts(UUID(int=32), plan, None, None, 0)
    for restored, name, part in (
        (parts.restore_strategy(strategy), "Strategy", strategy.id),
        (parts.restore_programme(programme), "OperationalProgramme", programme.id),
    ):
        if status in {ActionPlanStatus.DRAFT, ActionPlanStatus.RETURNED}:
            assert accepted(restored).changes[-1] == Update(name, part, {"deleted_at": None})
        else:
            assert isinstance(restored, Refused)
    orphan = replace(programme, plan=DRAFT, strategy_removed=True)
    assert codes(parts.restore_programme(orphan)) == [ProblemCode.PART_OF_REMOVED]
