"""The rules of phases, without a database: every arrow, and every arrow that must not exist."""

from __future__ import annotations

import datetime
from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from schema.calendar import Jalali, add_months
from schema.decision import Accepted, Decision, Refused, Update
from schema.events import EventType
from schema.phases import gates, rules
from schema.phases.rules import PhaseFacts
from schema.problems import ProblemCode
from schema.vocabulary import PhaseCode, PhaseKind, PhaseStatus, ProjectStatus

if TYPE_CHECKING:
    from collections.abc import Iterable

START = Jalali(1405, 3, 16).gregorian()
TODAY = Jalali(1405, 9, 2).gregorian()
STUDY_ENDED = Jalali(1405, 7, 1).gregorian()
KINDS = dict(
    zip(
        PhaseCode,
        (
            PhaseKind.WINDOWED,
            PhaseKind.CONTINUOUS,
            PhaseKind.RECURRING,
            PhaseKind.OPEN_ENDED,
            PhaseKind.WINDOWED,
        ),
        strict=True,
    )
)


def phase(code: PhaseCode, status: PhaseStatus = PhaseStatus.NOT_STARTED) -> PhaseFacts:
    """Give a phase of an active project whose study is completed and presented."""
    windowed = KINDS[code] is PhaseKind.WINDOWED
    started = status is not PhaseStatus.NOT_STARTED
    return PhaseFacts(
        id=UUID(int=PhaseCode(code).rank),
        cluster_id=UUID(int=100),
        project_id=UUID(int=200),
        code=code,
        kind=KINDS[code],
        status=status,
        planned_start=None,
        planned_end=None,
        window_start=add_months(START, 3) if windowed and started else None,
        window_end=add_months(START, 4) if windowed and started else None,
        actual_start=START if started else None,
        min_months=3 if windowed else None,
        max_months=4 if windowed else None,
        project_status=ProjectStatus.ACTIVE,
        project_start=START,
        study_completed_on=STUDY_ENDED,
        study_presented_on=STUDY_ENDED,
        study_needs_presentation=True,
        plan_phase_id=UUID(int=3),
        plan_phase_status=PhaseStatus.NOT_STARTED,
        plan_grace_days=30,
        open_sub_projects=0,
        unmet_gates=0,
        completion_needs_gates=False,
    )


def codes(decision: Decision) -> list[ProblemCode]:
    """Return the reasons of a refusal, none when it was accepted."""
    return [problem.code for problem in decision.problems] if isinstance(decision, Refused) else []


def accepted(decision: Decision) -> Accepted:
    """Insist on acceptance."""
    assert isinstance(decision, Accepted), decision
    return decision


def values(decision: Accepted, identity: UUID) -> dict[str, object]:
    """Return what a decision sets on one row."""
    found: Iterable[Update] = (change for change in decision.changes if isinstance(change, Update))
    return {name: value for change in found if change.id == identity for name, value in change.values.items()}


@pytest.mark.requirement("R35", "R20", "R21", "R53")
@pytest.mark.parametrize(("code", "status"), list(product(PhaseCode, PhaseStatus)))
def test_a_phase_is_started_only_from_its_beginning_and_only_if_it_starts_by_itself(
    code: PhaseCode, status: PhaseStatus
) -> None:
    decision = rules.start(phase(code, status), on=TODAY, today=TODAY)
    if code is PhaseCode.TRUST_BUILDING:
        assert codes(decision) == [ProblemCode.TRUST_LASTS_AS_LONG_AS_THE_PROJECT]
    elif code is PhaseCode.AGENT_EXIT:
        assert codes(decision) == [ProblemCode.EXIT_NOT_ANNOUNCED]
    elif status is PhaseStatus.NOT_STARTED:
        assert values(accepted(decision), UUID(int=code.rank))["status"] is PhaseStatus.IN_PROGRESS
    else:
        assert codes(decision) == [ProblemCode.WRONG_STATUS]


@pytest.mark.requirement("R21", "R37")
@pytest.mark.parametrize(("code", "status"), list(product(PhaseCode, PhaseStatus)))
def test_a_phase_is_completed_only_in_progress_and_only_if_it_ends_by_itself(
    code: PhaseCode, status: PhaseStatus
) -> None:
    decision = rules.complete(phase(code, status), on=TODAY, today=TODAY)
    if code is PhaseCode.TRUST_BUILDING:
        assert codes(decision) == [ProblemCode.TRUST_LASTS_AS_LONG_AS_THE_PROJECT]
    elif code in {PhaseCode.ACTION_PLAN, PhaseCode.AGENT_EXIT}:
        assert codes(decision) == [ProblemCode.PHASE_ENDS_BY_ITSELF]
    elif status is PhaseStatus.IN_PROGRESS:
        assert values(accepted(decision), UUID(int=code.rank))["status"] is PhaseStatus.COMPLETED
    else:
        assert codes(decision) == [ProblemCode.WRONG_STATUS]


@pytest.mark.parametrize("status", sorted(set(ProjectStatus) - rules.RUNNING))
def test_a_phase_moves_only_while_its_project_runs(status: ProjectStatus) -> None:
    still = replace(phase(PhaseCode.IMPLEMENTATION), project_status=status)
    assert codes(rules.start(still, on=TODAY, today=TODAY)) == [ProblemCode.PROJECT_NOT_ACTIVE]
    going = replace(phase(PhaseCode.IMPLEMENTATION, PhaseStatus.IN_PROGRESS), project_status=status)
    assert codes(rules.complete(going, on=TODAY, today=TODAY)) == [ProblemCode.PROJECT_NOT_ACTIVE]


@pytest.mark.requirement("R12")
@pytest.mark.parametrize(
    ("start", "earliest", "latest"),
    [
        ((1404, 6, 31), (1404, 9, 30), (1404, 10, 30)),
        ((1404, 11, 30), (1405, 2, 30), (1405, 3, 30)),
        ((1404, 1, 31), (1404, 4, 31), (1404, 5, 31)),
    ],
)
def test_the_window_of_a_study_is_three_to_four_jalali_months_from_its_own_start(
    start: tuple[int, int, int], earliest: tuple[int, int, int], latest: tuple[int, int, int]
) -> None:
    day = Jalali(*start).gregorian()
    study = replace(phase(PhaseCode.DIAGNOSTIC_STUDY), project_start=day)
    set_ = values(accepted(rules.start(study, on=day, today=TODAY)), study.id)
    assert (set_["window_start"], set_["window_end"]) == (
        Jalali(*earliest).gregorian(),
        Jalali(*latest).gregorian(),
    )


@pytest.mark.requirement("R12")
def test_a_study_may_end_on_both_bounds_of_its_window_without_a_reason_or_a_warning() -> None:
    study = phase(PhaseCode.DIAGNOSTIC_STUDY, PhaseStatus.IN_PROGRESS)
    for day in (study.window_start, study.window_end):
        assert day is not None
        presented = replace(study, study_presented_on=day)
        decision = accepted(rules.complete(presented, on=day, today=TODAY))
        assert decision.warnings == ()
        assert decision.events[0].payload["late"] is False


@pytest.mark.requirement("R12")
def test_the_day_after_the_upper_bound_is_late_and_recorded_as_such() -> None:
    study = phase(PhaseCode.DIAGNOSTIC_STUDY, PhaseStatus.IN_PROGRESS)
    assert study.window_end is not None
    decision = accepted(
        rules.complete(study, on=study.window_end + datetime.timedelta(days=1), reason="floods", today=TODAY)
    )
    assert [warning.code for warning in decision.warnings] == [ProblemCode.LATER_THAN_ALLOWED]
    assert decision.events[0].payload["late"] is True
    assert values(decision, study.id)["reason"] == "floods"


@pytest.mark.requirement("R12", "A6")
def test_ending_the_day_before_the_lower_bound_needs_a_reason_and_tells_so() -> None:
    study = replace(
        phase(PhaseCode.DIAGNOSTIC_STUDY, PhaseStatus.IN_PROGRESS),
        study_presented_on=START + datetime.timedelta(days=10),
    )
    assert study.window_start is not None
    day = study.window_start - datetime.timedelta(days=1)
    assert codes(rules.complete(study, on=day, today=TODAY)) == [ProblemCode.REASON_REQUIRED]
    decision = accepted(rules.complete(study, on=day, reason="small", today=TODAY))
    assert [event.type for event in decision.events] == [
        EventType.PHASE_COMPLETED,
        EventType.PHASE_EARLY_COMPLETED,
        EventType.PHASE_STARTED,
    ]


@pytest.mark.requirement("R10")
def test_the_study_phase_waits_for_the_presentation_unless_the_template_says_otherwise() -> None:
    study = replace(phase(PhaseCode.DIAGNOSTIC_STUDY, PhaseStatus.IN_PROGRESS), study_presented_on=None)
    assert codes(rules.complete(study, on=TODAY, today=TODAY)) == [ProblemCode.STUDY_NOT_PRESENTED]
    lenient = replace(study, study_needs_presentation=False)
    accepted(rules.complete(lenient, on=TODAY, today=TODAY))
    later = replace(study, study_presented_on=TODAY)
    before = TODAY - datetime.timedelta(days=1)
    assert codes(rules.complete(later, on=before, today=TODAY)) == [ProblemCode.DATES_OUT_OF_ORDER]


@pytest.mark.requirement("R24", "A5")
def test_planning_opens_once_with_the_study_and_the_grace_of_the_template() -> None:
    study = replace(phase(PhaseCode.DIAGNOSTIC_STUDY, PhaseStatus.IN_PROGRESS), plan_grace_days=45)
    decision = accepted(rules.complete(study, on=TODAY, today=TODAY))
    opened = values(decision, study.plan_phase_id)
    assert opened["status"] is PhaseStatus.IN_PROGRESS
    assert opened["due_on"] == TODAY + datetime.timedelta(days=45)
    open_already = replace(study, plan_phase_status=PhaseStatus.IN_PROGRESS)
    decision = accepted(rules.complete(open_already, on=TODAY, today=TODAY))
    assert values(decision, study.plan_phase_id) == {}


@pytest.mark.requirement("R35", "I5")
def test_implementation_follows_the_study_by_at_least_a_day() -> None:
    implementation = phase(PhaseCode.IMPLEMENTATION)
    for on, expected in (
        (STUDY_ENDED, [ProblemCode.STARTS_BEFORE_STUDY_ENDS]),
        (STUDY_ENDED + datetime.timedelta(days=1), []),
    ):
        assert codes(rules.start(implementation, on=on, today=TODAY)) == expected
    studying = replace(implementation, study_completed_on=None)
    assert codes(rules.start(studying, on=TODAY, today=TODAY)) == [ProblemCode.STUDY_NOT_COMPLETED]


@pytest.mark.requirement("R37", "I15")
def test_implementation_ends_only_when_no_sub_project_is_open() -> None:
    implementation = replace(phase(PhaseCode.IMPLEMENTATION, PhaseStatus.IN_PROGRESS), open_sub_projects=2)
    decision = rules.complete(implementation, on=TODAY, today=TODAY)
    assert isinstance(decision, Refused)
    assert decision.problems[0].code is ProblemCode.OPEN_SUB_PROJECTS
    assert decision.problems[0].values == {"count": 2}


def test_unmet_gates_warn_or_refuse_as_the_template_says() -> None:
    implementation = replace(phase(PhaseCode.IMPLEMENTATION, PhaseStatus.IN_PROGRESS), unmet_gates=1)
    decision = accepted(rules.complete(implementation, on=TODAY, today=TODAY))
    assert [warning.code for warning in decision.warnings] == [ProblemCode.GATES_UNMET]
    strict = replace(implementation, completion_needs_gates=True)
    assert codes(rules.complete(strict, on=TODAY, today=TODAY)) == [ProblemCode.GATES_UNMET]


def test_every_problem_of_a_day_is_told_at_once() -> None:
    implementation = phase(PhaseCode.IMPLEMENTATION)
    tomorrow = TODAY + datetime.timedelta(days=1)
    assert codes(rules.start(implementation, on=tomorrow, today=TODAY)) == [ProblemCode.IN_FUTURE]
    before = START - datetime.timedelta(days=1)
    assert codes(rules.start(implementation, on=before, today=TODAY)) == [
        ProblemCode.BEFORE_PROJECT_START,
        ProblemCode.STARTS_BEFORE_STUDY_ENDS,
    ]


def test_what_is_permitted_is_what_the_rules_would_decide() -> None:
    for code, status in product(PhaseCode, PhaseStatus):
        facts = phase(code, status)
        answers = {each.action: each for each in rules.permitted(facts, today=TODAY)}
        assert answers["startPhase"].allowed == isinstance(
            rules.start(facts, on=TODAY, today=TODAY), Accepted
        )
        assert answers["completePhase"].allowed == isinstance(
            rules.complete(facts, on=TODAY, reason="-", today=TODAY), Accepted
        )


@pytest.mark.parametrize("status", [PhaseStatus.COMPLETED, PhaseStatus.CANCELLED])
def test_the_gates_of_a_phase_that_is_over_do_not_move(status: PhaseStatus) -> None:
    gate = gates.GateFacts(UUID(int=1), UUID(int=2), None, status, START)
    decision = gates.meet(gate, on=TODAY, decided_by="advisor", evidence="report", today=TODAY)
    assert codes(decision) == [ProblemCode.WRONG_STATUS]
    met = replace(gate, met_on=START)
    assert codes(gates.reopen(met)) == [ProblemCode.WRONG_STATUS]


@pytest.mark.parametrize("status", PhaseStatus)
def test_the_plan_of_a_phase_that_is_over_does_not_move(status: PhaseStatus) -> None:
    over = status in {PhaseStatus.COMPLETED, PhaseStatus.CANCELLED}
    study = phase(PhaseCode.DIAGNOSTIC_STUDY, status)
    moved = rules.plan(study, planned_start=START, planned_end=add_months(START, 5))
    assert codes(moved) == [ProblemCode.WRONG_STATUS] * over
    told = {each.action: each.allowed for each in rules.permitted(study, today=TODAY)}
    assert told["planPhase"] is not over
