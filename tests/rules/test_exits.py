"""The exit: attained, decided, announced, gradual, completed; never by time alone."""

from __future__ import annotations

import datetime
from dataclasses import replace
from itertools import count
from typing import Any
from uuid import UUID

import pytest

from schema.calendar import add_months
from schema.decision import Accepted, Create, Decision, Refused, Update
from schema.events import EventType
from schema.exits import announcement, rules, steps
from schema.problems import ProblemCode
from schema.sub_projects.handover import ExecutingNetwork
from schema.vocabulary import (
    AgentRole,
    DevelopmentLevel,
    ExitStatus,
    HandoverRecipient,
    PhaseCode,
    PhaseStatus,
    PlanOwner,
    ProjectStatus,
)

TODAY = datetime.date(2026, 11, 23)
START = datetime.date(2023, 6, 1)
ANNOUNCED = datetime.date(2026, 6, 1)
DAY = datetime.timedelta(days=1)
_ids = count(1000)

PROJECT = announcement.ReadinessFacts(
    id=UUID(int=1),
    cluster_id=UUID(int=2),
    status=ProjectStatus.ACTIVE,
    actual_start=START,
    development_level=DevelopmentLevel.MATURING,
    development_level_on=ANNOUNCED,
    development_rank=4,
    self_reliance=announcement.SelfReliance(ANNOUNCED, 0.6, 0.5, 0.5),
    self_reliance_threshold=0.5,
    verdict=announcement.CouncilVerdict(UUID(int=3), ANNOUNCED),
    score=75.0,
    eligible=True,
    min_months=4,
    max_months=6,
    exit_phase=rules.ExitPhase(UUID(int=15), PhaseCode.AGENT_EXIT, PhaseStatus.NOT_STARTED),
)
PHASES = tuple(
    rules.ExitPhase(UUID(int=10 + ordinal), code, status)
    for ordinal, (code, status) in enumerate(
        (
            (PhaseCode.DIAGNOSTIC_STUDY, PhaseStatus.COMPLETED),
            (PhaseCode.TRUST_BUILDING, PhaseStatus.IN_PROGRESS),
            (PhaseCode.ACTION_PLAN, PhaseStatus.NOT_STARTED),
            (PhaseCode.IMPLEMENTATION, PhaseStatus.SUSPENDED),
            (PhaseCode.AGENT_EXIT, PhaseStatus.IN_PROGRESS),
        ),
        1,
    )
)
NETWORK = ExecutingNetwork(UUID(int=60), PROJECT.cluster_id, None)
DONE = tuple(rules.Step(UUID(int=30 + index), ANNOUNCED, ANNOUNCED + DAY) for index in range(2))
EXIT = rules.ExitFacts(
    id=UUID(int=20),
    cluster_id=PROJECT.cluster_id,
    project_id=PROJECT.id,
    status=ExitStatus.ANNOUNCED,
    announced_on=ANNOUNCED,
    window_start=add_months(ANNOUNCED, 4),
    window_end=add_months(ANNOUNCED, 6),
    steps=DONE,
    least_steps=2,
    phases=PHASES,
    assignments=(
        rules.OpenAssignment(UUID(int=40), AgentRole.CLUSTER_DEVELOPMENT_AGENT),
        rules.OpenAssignment(UUID(int=41), AgentRole.SECRETARY),
    ),
    unled_sub_projects=0,
    plan=rules.PlanInForce(UUID(int=50), PlanOwner.AGENT),
    has_comprehensive_network=True,
)
STEP = steps.StepFacts(
    UUID(int=30),
    EXIT.id,
    EXIT.cluster_id,
    EXIT.project_id,
    ExitStatus.ANNOUNCED,
    ANNOUNCED,
    ANNOUNCED + DAY,
    None,
)


def new_id() -> UUID:
    return UUID(int=next(_ids))


def codes(decision: Decision) -> list[ProblemCode]:
    assert isinstance(decision, Refused), decision
    return [problem.code for problem in decision.problems]


def accepted(decision: Decision) -> Accepted:
    assert isinstance(decision, Accepted), decision
    return decision


def announced(project: announcement.ReadinessFacts = PROJECT, on: datetime.date = ANNOUNCED) -> Decision:
    return announcement.announce(project, on=on, today=TODAY, new_id=new_id)


def completed(
    exit_: rules.ExitFacts = EXIT,
    on: datetime.date = EXIT.window_start,
    reason: str | None = None,
    today: datetime.date = TODAY,
) -> Decision:
    return rules.complete(exit_, on=on, override_reason=reason, today=today)


@pytest.mark.requirement("R49", "R50", "I12")
def test_the_announcement_opens_a_window_of_four_to_six_jalali_months_and_starts_phase_five() -> None:
    decision = accepted(announced())
    created, project, phase = decision.changes
    assert isinstance(created, Create)
    assert isinstance(project, Update)
    assert isinstance(phase, Update)
    assert created.values["window_start"] == add_months(ANNOUNCED, 4)
    assert created.values["window_end"] == add_months(ANNOUNCED, 6)
    assert project.values == {"status": ProjectStatus.EXITING}
    assert phase.values["status"] is PhaseStatus.IN_PROGRESS
    assert [event.type for event in decision.events] == [EventType.EXIT_ANNOUNCED, EventType.PHASE_STARTED]
    assert decision.events[0].payload["after"] is ExitStatus.ANNOUNCED
    assert decision.warnings == ()


@pytest.mark.requirement("R47", "R53")
@pytest.mark.parametrize(
    "level", [None, DevelopmentLevel.NASCENT, DevelopmentLevel.EMERGING, DevelopmentLevel.GROWING]
)
def test_without_the_level_of_development_there_is_no_exit(level: DevelopmentLevel | None) -> None:
    assert codes(announced(replace(PROJECT, development_level=level))) == [
        ProblemCode.DEVELOPMENT_NOT_ATTAINED
    ]


@pytest.mark.requirement("R48", "R53")
def test_self_reliance_has_two_parts_and_both_are_required() -> None:
    nobody = announced(replace(PROJECT, self_reliance=None))
    assert codes(nobody) == [ProblemCode.DEFINING_NOT_ATTAINED, ProblemCode.STEERING_NOT_ATTAINED]
    defining = announced(replace(PROJECT, self_reliance=announcement.SelfReliance(ANNOUNCED, 0.4, 0.9, 0.5)))
    assert codes(defining) == [ProblemCode.DEFINING_NOT_ATTAINED]
    steering = announced(replace(PROJECT, self_reliance=announcement.SelfReliance(ANNOUNCED, 0.9, 0.4, 0.5)))
    assert codes(steering) == [ProblemCode.STEERING_NOT_ATTAINED]


@pytest.mark.requirement("R53")
def test_the_council_decides_and_time_alone_never_does() -> None:
    assert codes(announced(replace(PROJECT, verdict=None))) == [ProblemCode.EXIT_NOT_DECIDED]
    long_ago = replace(PROJECT, actual_start=datetime.date(2000, 1, 1), self_reliance=None, verdict=None)
    assert ProblemCode.EXIT_NOT_DECIDED in codes(announced(long_ago, on=TODAY))
    before = announced(on=ANNOUNCED - DAY)
    assert codes(before) == [ProblemCode.DATES_OUT_OF_ORDER]
    assert codes(announced(on=TODAY + DAY)) == [ProblemCode.IN_FUTURE]


@pytest.mark.parametrize("status", [status for status in ProjectStatus if status is not ProjectStatus.ACTIVE])
def test_only_an_active_project_announces(status: ProjectStatus) -> None:
    assert codes(announced(replace(PROJECT, status=status))) == [ProblemCode.PROJECT_NOT_ACTIVE]


def test_a_low_score_is_a_warning_because_scores_are_advisory() -> None:
    decision = accepted(announced(replace(PROJECT, eligible=False, score=41.0)))
    assert [warning.code for warning in decision.warnings] == [ProblemCode.READINESS_LOW]


@pytest.mark.requirement("R55")
def test_an_assessment_keeps_the_threshold_of_its_day() -> None:
    decision = announcement.assess(
        PROJECT,
        {"defining": 0.5, "steering": 0.7},
        on=TODAY,
        decided_by="شورا",
        evidence="صورت‌جلسه",
        today=TODAY,
        new_id=new_id,
    )
    created = accepted(decision).changes[0]
    assert isinstance(created, Create)
    assert created.values["threshold"] == 0.5
    refused = announcement.assess(
        PROJECT,
        {"defining": 1.1, "steering": -0.1},
        on=TODAY + DAY,
        decided_by="",
        evidence=None,
        today=TODAY,
        new_id=new_id,
    )
    assert codes(refused) == [
        ProblemCode.SHARE_OUT_OF_RANGE,
        ProblemCode.SHARE_OUT_OF_RANGE,
        ProblemCode.IN_FUTURE,
        ProblemCode.REQUIRED,
        ProblemCode.REQUIRED,
    ]


@pytest.mark.requirement("R51", "I14")
@pytest.mark.parametrize(
    ("planned", "expected"),
    [
        ((), [ProblemCode.STEPS_MISSING]),
        (DONE[:1], [ProblemCode.STEPS_MISSING]),
        ((DONE[0], rules.Step(UUID(int=31), ANNOUNCED, None)), [ProblemCode.STEPS_NOT_DONE]),
    ],
)
def test_the_exit_is_gradual_two_steps_at_least_and_all_done(
    planned: tuple[rules.Step, ...], expected: list[ProblemCode]
) -> None:
    assert codes(completed(replace(EXIT, steps=planned))) == expected


@pytest.mark.requirement("R50", "I13")
def test_the_exit_is_not_completed_before_four_months_unless_overridden_with_a_reason() -> None:
    early = EXIT.window_start - DAY
    assert codes(completed(on=early)) == [ProblemCode.EXIT_TOO_EARLY]
    overridden = accepted(completed(on=early, reason="درخواست شورا"))
    assert EventType.OVERRIDE_USED in [event.type for event in overridden.events]
    assert EventType.OVERRIDE_USED not in [event.type for event in accepted(completed()).events]


@pytest.mark.requirement("R50")
def test_an_exit_after_six_months_is_late_but_possible() -> None:
    late = EXIT.window_end + DAY
    assert [w.code for w in accepted(completed(on=late, today=late)).warnings] == [
        ProblemCode.LATER_THAN_ALLOWED
    ]
    assert accepted(completed(on=EXIT.window_end, today=late)).warnings == ()


@pytest.mark.requirement("R21", "R52", "I3", "I4", "I14")
def test_completion_ends_project_phases_and_assignments_on_the_same_day() -> None:
    decision = accepted(completed())
    day = EXIT.window_start
    updates = {change.id: change.values for change in decision.changes if isinstance(change, Update)}
    assert updates[PROJECT.id] == {"status": ProjectStatus.COMPLETED, "actual_end": day}
    assert updates[PHASES[1].id] == {"status": PhaseStatus.COMPLETED, "actual_end": day}
    assert updates[PHASES[3].id] == {"status": PhaseStatus.COMPLETED, "actual_end": day}
    assert updates[PHASES[2].id] == {"status": PhaseStatus.CANCELLED}
    assert PHASES[0].id not in updates
    assert [updates[assignment.id] for assignment in EXIT.assignments] == [{"valid_to": day}] * 2
    types = [event.type for event in decision.events]
    left = [event.payload for event in decision.events if event.type is EventType.ASSIGNMENT_ENDED]
    assert [payload["role"] for payload in left] == [AgentRole.CLUSTER_DEVELOPMENT_AGENT, AgentRole.SECRETARY]
    ended = decision.events[types.index(EventType.EXIT_COMPLETED)].payload
    assert (ended["before"], ended["after"]) == (ExitStatus.ANNOUNCED, ExitStatus.COMPLETED)
    assert EventType.PROJECT_COMPLETED in types


@pytest.mark.requirement("R30", "R32")
@pytest.mark.parametrize(
    ("network", "owner", "told"),
    [
        (True, PlanOwner.NETWORK, EventType.ACTION_PLAN_OWNER_CHANGED),
        (False, PlanOwner.UNASSIGNED, EventType.ACTION_PLAN_OWNER_MISSING),
    ],
)
def test_the_plan_passes_to_the_comprehensive_network_or_to_nobody(
    *,
    network: bool,
    owner: PlanOwner,
    told: EventType,
) -> None:
    decision = accepted(completed(replace(EXIT, has_comprehensive_network=network)))
    assert Update("ActionPlan", UUID(int=50), {"owner": owner}) in decision.changes
    assert told in [event.type for event in decision.events]
    assert accepted(completed(replace(EXIT, plan=None))).changes


@pytest.mark.requirement("R37", "I15")
def test_nothing_may_be_left_in_the_agents_hands() -> None:
    assert codes(completed(replace(EXIT, unled_sub_projects=3))) == [ProblemCode.OPEN_SUB_PROJECTS]


@pytest.mark.parametrize("status", [ExitStatus.COMPLETED, ExitStatus.REVOKED])
def test_an_exit_that_is_over_changes_no_more(status: ExitStatus) -> None:
    over = replace(EXIT, status=status)
    assert ProblemCode.WRONG_STATUS in codes(completed(over))
    assert codes(rules.revoke(over, on=TODAY, reason="x", today=TODAY)) == [ProblemCode.WRONG_STATUS]
    assert {p.action: p.allowed for p in rules.permitted(over, today=TODAY)} == {
        "addHandoverStep": False,
        "completeExit": False,
        "revokeExit": False,
    }
    assert codes(steps.finish(replace(STEP, exit_status=status), on=TODAY, evidence="x", today=TODAY)) == [
        ProblemCode.WRONG_STATUS
    ]


def test_a_revocation_needs_a_reason_and_puts_the_project_back() -> None:
    assert codes(rules.revoke(EXIT, on=TODAY, reason=None, today=TODAY)) == [ProblemCode.REASON_REQUIRED]
    decision = accepted(rules.revoke(EXIT, on=TODAY, reason="بازنگری", today=TODAY))
    updates = {change.id: change.values for change in decision.changes if isinstance(change, Update)}
    assert updates[PROJECT.id] == {"status": ProjectStatus.ACTIVE}
    assert updates[PHASES[4].id]["status"] is PhaseStatus.NOT_STARTED
    (told,) = decision.events
    assert told.type is EventType.EXIT_REVOKED
    assert (told.payload["before"], told.payload["after"]) == (ExitStatus.ANNOUNCED, ExitStatus.REVOKED)


@pytest.mark.requirement("R10", "R35")
def test_the_exit_waits_for_the_diagnostic_study_and_says_so_when_it_is_announced() -> None:
    (study, *others) = EXIT.phases
    for status in (PhaseStatus.IN_PROGRESS, PhaseStatus.SUSPENDED, PhaseStatus.NOT_STARTED):
        unread = replace(EXIT, phases=(replace(study, status=status), *others))
        assert codes(completed(unread)) == [ProblemCode.EXIT_WITHOUT_STUDY]
    early = accepted(announced(replace(PROJECT, study_completed=False)))
    assert [warning.code for warning in early.warnings] == [ProblemCode.EXIT_WITHOUT_STUDY]


@pytest.mark.requirement("R51", "R52", "I14", "I15")
@pytest.mark.parametrize(
    ("later", "event"),
    [
        ({"last_transfer_on": EXIT.window_start + DAY}, EventType.SUB_PROJECT_TRANSFERRED),
        ({"last_sub_project_ended_on": EXIT.window_start + DAY}, EventType.SUB_PROJECT_COMPLETED),
        ({"steps": (DONE[0], replace(DONE[1], done_on=EXIT.window_start + DAY))}, EventType.EXIT_STEP_DONE),
        (
            {"phases": (replace(PHASES[0], actual_end=EXIT.window_start + DAY), *PHASES[1:])},
            EventType.PHASE_COMPLETED,
        ),
        (
            {"phases": (*PHASES[:3], replace(PHASES[3], actual_start=EXIT.window_start + DAY), PHASES[4])},
            EventType.PHASE_STARTED,
        ),
        (
            {"assignments": (replace(EXIT.assignments[0], valid_from=EXIT.window_start + DAY),)},
            EventType.ASSIGNMENT_STARTED,
        ),
    ],
    ids=lambda value: value.name if isinstance(value, EventType) else "",
)
def test_nothing_of_a_project_happens_after_its_agent_has_left(
    later: dict[str, Any], event: EventType
) -> None:
    refused = completed(replace(EXIT, **later))
    assert isinstance(refused, Refused)
    (problem,) = refused.problems
    assert (problem.code, problem.path) == (ProblemCode.DATES_OUT_OF_ORDER, ("completedOn",))
    assert problem.values == {"start": EXIT.window_start + DAY, "end": EXIT.window_start, "event": event}
    accepted(completed(replace(EXIT, **later), on=EXIT.window_start + DAY))


@pytest.mark.requirement("R51")
def test_nothing_is_handed_over_to_a_network_that_is_dissolved() -> None:
    dissolved = replace(NETWORK, dissolved_on=ANNOUNCED)
    names = {"what_fa": "بازار", "what_en": "Market"}
    added = steps.add(EXIT, names, recipient=steps.Recipient(dissolved), due_on=TODAY, new_id=new_id)
    assert codes(added) == [ProblemCode.NETWORK_DISSOLVED]
    late = replace(STEP, network_dissolved_on=TODAY)
    assert codes(steps.finish(late, on=TODAY, evidence="x", today=TODAY)) == [ProblemCode.NETWORK_DISSOLVED]
    accepted(steps.finish(late, on=TODAY - DAY, evidence="x", today=TODAY))


@pytest.mark.requirement("R51")
def test_a_step_says_what_goes_to_whom_until_when() -> None:
    names = {"what_fa": "بازار", "what_en": "Market"}

    def added(recipient: steps.Recipient, due_on: datetime.date = ANNOUNCED, **values: str) -> Decision:
        return steps.add(EXIT, {**names, **values}, recipient=recipient, due_on=due_on, new_id=new_id)

    to_network = accepted(added(steps.Recipient(NETWORK))).changes[0]
    assert isinstance(to_network, Create)
    assert to_network.values["recipient"] is HandoverRecipient.NETWORK
    assert codes(added(steps.Recipient())) == [ProblemCode.ONE_RECIPIENT]
    assert codes(added(steps.Recipient(NETWORK, UUID(int=61)))) == [ProblemCode.ONE_RECIPIENT]
    assert codes(added(steps.Recipient(NETWORK), ANNOUNCED - DAY, what_fa="")) == [
        ProblemCode.REQUIRED,
        ProblemCode.DATES_OUT_OF_ORDER,
    ]


def test_a_step_is_done_once_with_evidence_and_not_in_the_future() -> None:
    finished = accepted(steps.finish(STEP, on=TODAY, evidence="صورت‌جلسه", today=TODAY))
    assert [event.type for event in finished.events] == [EventType.EXIT_STEP_DONE]
    assert codes(steps.finish(STEP, on=TODAY + DAY, evidence=None, today=TODAY)) == [
        ProblemCode.IN_FUTURE,
        ProblemCode.REQUIRED,
    ]
    assert codes(steps.finish(STEP, on=ANNOUNCED - DAY, evidence="x", today=TODAY)) == [
        ProblemCode.DATES_OUT_OF_ORDER
    ]
    done = replace(STEP, done_on=TODAY)
    for decision in (
        steps.finish(done, on=TODAY, evidence="x", today=TODAY),
        steps.edit(done, {}),
        steps.drop(done),
    ):
        assert codes(decision) == [ProblemCode.ALREADY_RECORDED]
    assert accepted(steps.edit(STEP, {"due_on": TODAY})).changes
    assert accepted(steps.drop(STEP)).changes


def test_what_is_open_on_a_project_is_told_beforehand() -> None:
    told = {p.action: p.allowed for p in announcement.permitted_on_project(PROJECT, today=TODAY)}
    assert told == {"assessSelfReliance": True, "announceExit": True}


@pytest.mark.parametrize("status", list(ExitStatus))
def test_a_dropped_step_comes_back_only_while_the_exit_is_announced(status: ExitStatus) -> None:
    dropped = replace(STEP, exit_status=status)
    if status is not ExitStatus.ANNOUNCED:
        assert codes(steps.restore(dropped)) == [ProblemCode.WRONG_STATUS]
        return
    back = Update("HandoverStep", STEP.id, {"deleted_at": None})
    assert steps.restore(dropped) == Accepted(("HandoverStep", STEP.id), (back,))


@pytest.mark.requirement("R51", "R50")
def test_a_step_due_after_the_window_of_the_exit_is_remarked() -> None:
    window_end = ANNOUNCED + 180 * DAY
    ending = replace(STEP, window_end=window_end)
    assert accepted(steps.edit(ending, {"due_on": window_end})).warnings == ()
    late = accepted(steps.edit(ending, {"due_on": window_end + DAY}))
    assert [warning.code for warning in late.warnings] == [ProblemCode.STEP_AFTER_WINDOW]
    planned = steps.add(
        replace(EXIT, window_end=window_end),
        {"what_fa": "دفتر", "what_en": "Office"},
        recipient=steps.Recipient(NETWORK),
        due_on=window_end + DAY,
        new_id=lambda: UUID(int=6),
    )
    assert [warning.code for warning in accepted(planned).warnings] == [ProblemCode.STEP_AFTER_WINDOW]
