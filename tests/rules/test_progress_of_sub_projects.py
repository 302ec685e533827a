"""Progress is the weight of the milestones that are done, and what has come of a sub-project is counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from schema.decision import Accepted, Create, Decision, Remove, Update
from schema.problems import ProblemCode
from schema.sub_projects import outputs, progress
from schema.sub_projects.progress import MilestoneFacts
from schema.sub_projects.rules import MilestoneOfSubProject
from schema.vocabulary import (
    SubProjectStatus,
)
from tests.rules.sub_project_facts import (
    APPROVED,
    FIRST,
    PROPOSED,
    RUNNING,
    SECOND,
    TODAY,
    accepted,
    codes,
)

if TYPE_CHECKING:
    from collections.abc import Callable


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
