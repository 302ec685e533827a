"""Support institutions and what they promise, as pure decisions."""

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
from schema.problems import ProblemCode
from schema.sub_projects.rules import SubProjectFacts
from schema.support import commitments, rules
from schema.support.commitments import CommitmentFacts, Promise
from schema.support.rules import EVERYWHERE, InstitutionFacts, Reach
from schema.vocabulary import (
    ActionPlanStatus,
    CommitmentKind,
    Currency,
    CurrencyUnit,
    SubProjectActor,
    SubProjectStatus,
    SubProjectType,
)

if TYPE_CHECKING:
    from collections.abc import Callable

TODAY = date(2026, 11, 23)
LORESTAN, KERMAN, BANK, BRANCH, SUB_PROJECT, CLUSTER, PLAN = (UUID(int=number) for number in range(1, 8))


@pytest.fixture
def new_id() -> Callable[[], UUID]:
    numbers = count(1000)
    return lambda: UUID(int=next(numbers))


INSTITUTION = InstitutionFacts(
    id=BANK,
    name_fa="بانک توسعه",
    name_en="Development Bank",
    province_id=LORESTAN,
    parent_id=None,
    named_since=None,
    branches=(),
    commitments=0,
)
SUPPORTED = SubProjectFacts(
    id=SUB_PROJECT,
    cluster_id=CLUSTER,
    plan_id=PLAN,
    project_id=None,
    status=SubProjectStatus.APPROVED,
    type=SubProjectType.OTHER,
    led_by=SubProjectActor.NETWORK,
    planned_start=None,
    planned_end=None,
    actual_start=None,
    plan_status=ActionPlanStatus.APPROVED,
    plan_approved_on=date(2026, 10, 22),
)


def codes(decision: Decision) -> list[ProblemCode]:
    assert isinstance(decision, Refused), decision
    return [problem.code for problem in decision.problems]


@pytest.mark.requirement("R14")
@pytest.mark.parametrize(
    ("reach", "province", "within"),
    [
        (EVERYWHERE, None, True),
        (EVERYWHERE, KERMAN, True),
        (Reach(national=False, provinces=(LORESTAN,)), LORESTAN, True),
        (Reach(national=False, provinces=(LORESTAN,)), KERMAN, False),
        (Reach(national=False, provinces=(LORESTAN,)), None, False),
    ],
)
def test_an_institution_is_entered_where_the_administrator_reaches(
    reach: Reach,
    province: UUID | None,
    within: bool,  # noqa: FBT001 - a column of the table
    new_id: Callable[[], UUID],
) -> None:
    entered = rules.enter({"name_fa": "ب"}, province_id=province, reach=reach, new_id=new_id)
    assert isinstance(entered, Accepted) is within
    at_home = replace(INSTITUTION, province_id=province)
    for decision in (
        rules.edit(at_home, {}, reach=reach),
        rules.remove(at_home, reach=reach),
        rules.restore(at_home, reach=reach),
        rules.rename(at_home, name_fa="نو", name_en="New", on=TODAY, reach=reach, new_id=new_id),
    ):
        assert isinstance(decision, Accepted) is within
        if not within:
            assert codes(decision) == [ProblemCode.OUT_OF_REACH]


def test_a_renaming_keeps_the_former_name_with_the_time_it_was_borne(new_id: Callable[[], UUID]) -> None:
    def rename(name: str, on: date, since: date | None = None) -> Decision:
        named = replace(INSTITUTION, named_since=since)
        return rules.rename(
            named, name_fa=name, name_en="Development Bank", on=on, reach=EVERYWHERE, new_id=new_id
        )

    renamed = rename("بانک نو", TODAY, date(2020, 1, 1))
    assert isinstance(renamed, Accepted)
    former, current = renamed.changes
    assert isinstance(former, Create)
    assert isinstance(current, Update)
    assert (former.values["name_fa"], former.values["valid_from"], former.values["valid_to"]) == (
        "بانک توسعه",
        date(2020, 1, 1),
        TODAY,
    )
    assert current.values["name_fa"] == "بانک نو"
    assert codes(rename("بانك توسعه", TODAY)) == [ProblemCode.NOT_UNIQUE]
    assert codes(rename("بانک نو", date(2019, 1, 1), date(2020, 1, 1))) == [ProblemCode.DATES_OUT_OF_ORDER]
    assert codes(rename("", TODAY)) == [ProblemCode.REQUIRED]


def test_no_institution_belongs_to_itself_or_to_what_belongs_to_it() -> None:
    with_branch = replace(INSTITUTION, branches=(BRANCH,))
    for parent in (BANK, BRANCH):
        assert codes(rules.edit(with_branch, {"parent_id": parent}, reach=EVERYWHERE)) == [
            ProblemCode.PARENT_IS_A_BRANCH
        ]


def test_an_institution_with_promises_or_branches_stays() -> None:
    for used in (
        replace(INSTITUTION, commitments=1),
        replace(INSTITUTION, executed_projects=1),
        replace(INSTITUTION, branches=(BRANCH,)),
    ):
        assert codes(rules.remove(used, reach=EVERYWHERE)) == [ProblemCode.STILL_IN_USE]


def commit(
    sub_project: SubProjectFacts, promise: Promise, new_id: Callable[[], UUID], on: date = TODAY
) -> Decision:
    return commitments.commit(sub_project, BANK, promise, {}, on=on, today=TODAY, new_id=new_id)


SERVICE = Promise(CommitmentKind.SERVICE)


@pytest.mark.requirement("R14")
def test_a_promise_names_its_plan_and_is_reported(new_id: Callable[[], UUID]) -> None:
    cash = Promise(CommitmentKind.CASH, Decimal(5), Currency.IRR, CurrencyUnit.NEW_RIAL)
    made = commit(SUPPORTED, cash, new_id)
    assert isinstance(made, Accepted)
    created = made.changes[0]
    assert isinstance(created, Create)
    assert (created.values["plan_id"], created.values["sub_project_id"]) == (PLAN, SUB_PROJECT)
    assert [event.type for event in made.events] == [EventType.INSTITUTION_COMMITMENT_MADE]


@pytest.mark.parametrize("status", list(ActionPlanStatus))
def test_money_follows_a_plan_that_was_approved(status: ActionPlanStatus, new_id: Callable[[], UUID]) -> None:
    running = replace(SUPPORTED, status=SubProjectStatus.IN_PROGRESS, plan_status=status)
    decision = commit(running, SERVICE, new_id)
    if status in {ActionPlanStatus.APPROVED, ActionPlanStatus.SUPERSEDED}:
        assert isinstance(decision, Accepted)
    else:
        assert codes(decision) == [ProblemCode.PLAN_NOT_APPROVED]


@pytest.mark.requirement("E6", "R38")
def test_nothing_is_promised_for_what_an_old_version_left_unbegun(new_id: Callable[[], UUID]) -> None:
    left = replace(SUPPORTED, status=SubProjectStatus.APPROVED, plan_status=ActionPlanStatus.SUPERSEDED)
    assert codes(commit(left, SERVICE, new_id)) == [ProblemCode.PLAN_NOT_APPROVED]
    assert isinstance(commit(replace(left, status=SubProjectStatus.IN_PROGRESS), SERVICE, new_id), Accepted)


@pytest.mark.parametrize("status", [SubProjectStatus.COMPLETED, SubProjectStatus.CANCELLED])
def test_nothing_is_promised_to_or_taken_from_what_is_over(
    status: SubProjectStatus, new_id: Callable[[], UUID]
) -> None:
    assert codes(commit(replace(SUPPORTED, status=status), SERVICE, new_id)) == [ProblemCode.WRONG_STATUS]
    kept = commitments.remove(CommitmentFacts(UUID(int=50), SUB_PROJECT, status))
    assert codes(kept) == [ProblemCode.WRONG_STATUS]


def test_a_promise_is_taken_back_while_its_sub_project_is_not_over() -> None:
    removed = commitments.remove(CommitmentFacts(UUID(int=50), SUB_PROJECT, SubProjectStatus.IN_PROGRESS))
    assert isinstance(removed, Accepted)
    assert removed.changes == (Remove("SupportCommitment", UUID(int=50)),)


@pytest.mark.parametrize("status", list(SubProjectStatus))
def test_a_promise_comes_back_while_its_sub_project_is_not_over(status: SubProjectStatus) -> None:
    taken = CommitmentFacts(UUID(int=50), SUB_PROJECT, status)
    if status in {SubProjectStatus.COMPLETED, SubProjectStatus.CANCELLED}:
        assert codes(commitments.restore(taken)) == [ProblemCode.WRONG_STATUS]
        return
    back = Update("SupportCommitment", taken.id, {"deleted_at": None})
    assert commitments.restore(taken) == Accepted(("SupportCommitment", taken.id), (back,))
    assert codes(commitments.restore(replace(taken, institution_removed=True))) == [
        ProblemCode.PART_OF_REMOVED
    ]


def test_a_promise_lies_between_the_approval_and_today(new_id: Callable[[], UUID]) -> None:
    early, late = date(2026, 10, 21), date(2026, 11, 24)
    assert codes(commit(SUPPORTED, SERVICE, new_id, early)) == [ProblemCode.BEFORE_PLAN_APPROVAL]
    assert codes(commit(SUPPORTED, SERVICE, new_id, late)) == [ProblemCode.IN_FUTURE]


@pytest.mark.requirement("I16")
@pytest.mark.parametrize(
    ("promise", "expected"),
    [
        (Promise(CommitmentKind.CASH), [ProblemCode.REQUIRED]),
        (Promise(CommitmentKind.CASH, Decimal(5)), [ProblemCode.REQUIRED] * 2),
        (
            Promise(CommitmentKind.CASH, Decimal(5), Currency.IRR, CurrencyUnit.MAIN),
            [ProblemCode.UNIT_OF_ANOTHER_CURRENCY],
        ),
        (
            Promise(CommitmentKind.IN_KIND, Decimal(-5), Currency.EUR, CurrencyUnit.MAIN),
            [ProblemCode.AMOUNT_NEGATIVE],
        ),
        (
            Promise(CommitmentKind.CASH, Decimal(0), Currency.EUR, CurrencyUnit.MAIN),
            [ProblemCode.AMOUNT_NOT_POSITIVE],
        ),
    ],
)
def test_money_has_a_positive_amount_a_currency_and_its_unit(
    promise: Promise, expected: list[ProblemCode], new_id: Callable[[], UUID]
) -> None:
    assert codes(commit(SUPPORTED, promise, new_id)) == expected
