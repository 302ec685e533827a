"""The rules of the diagnostic study, without a database: what it must contain, who acts, every arrow."""

from __future__ import annotations

import datetime
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from schema.decision import Accepted, Create, Decision, Refused, Remove
from schema.events import EventType
from schema.problems import ProblemCode
from schema.studies import rules
from schema.studies.content import ClusterProblem, Content, Finding, Solution, Source
from schema.studies.rules import Actor, ProblemLine, StudyFacts
from schema.vocabulary import (
    AnalysisSection,
    DevelopmentLevel,
    ProjectStatus,
    SolutionTarget,
    SourceKind,
    StudyStatus,
    SwotQuadrant,
    UserRole,
)

if TYPE_CHECKING:
    from collections.abc import Callable

START = datetime.date(2026, 8, 23)
TODAY = datetime.date(2026, 11, 23)
LEAD = UUID(int=70)
AGENT = Actor(UserRole.DEVELOPMENT_AGENT, LEAD)
STRANGER = Actor(UserRole.DEVELOPMENT_AGENT, UUID(int=71))
ADMINISTRATOR = Actor(UserRole.PROVINCE_ADMINISTRATOR, UUID(int=72))
STUDY = StudyFacts(
    id=UUID(int=1),
    cluster_id=UUID(int=2),
    project_id=UUID(int=3),
    status=StudyStatus.DRAFT,
    project_status=ProjectStatus.ACTIVE,
    project_start=START,
    lead_user_id=LEAD,
    situation_fa="وضعیت",
    national_environment_fa="ملی",
    global_environment_fa="جهانی",
    baseline_level=DevelopmentLevel.EMERGING,
    target_level=DevelopmentLevel.MATURING,
    submitted_on=None,
    accepted_on=None,
    desk_sources=1,
    field_sources=1,
    problems=(ProblemLine(UUID(int=31), 1, 1),),
    sources=(UUID(int=41), UUID(int=42)),
    swot=(),
    solutions=(UUID(int=51),),
)


@pytest.fixture
def new_id() -> Callable[[], UUID]:
    numbers = count(1000)
    return lambda: UUID(int=next(numbers))


def codes(decision: Decision) -> list[ProblemCode]:
    """Return the reasons of a refusal."""
    assert isinstance(decision, Refused), decision
    return [problem.code for problem in decision.problems]


def submit(study: StudyFacts, by: Actor = AGENT) -> Decision:
    return rules.submit(study, by=by, on=TODAY, today=TODAY)


@pytest.mark.requirement("R5", "R6", "R8", "R9")
def test_a_complete_study_is_submitted() -> None:
    decision = submit(STUDY)
    assert isinstance(decision, Accepted)
    assert [event.type for event in decision.events] == [EventType.STUDY_SUBMITTED]


@pytest.mark.requirement("R5")
@pytest.mark.parametrize(
    ("section", "column"),
    [
        (AnalysisSection.SITUATION, "situation_fa"),
        (AnalysisSection.NATIONAL_ENVIRONMENT, "national_environment_fa"),
        (AnalysisSection.GLOBAL_ENVIRONMENT, "global_environment_fa"),
    ],
)
@pytest.mark.parametrize("empty", [None, ""])
def test_a_study_lacking_one_of_the_three_analyses_is_not_submitted(
    section: AnalysisSection, column: str, empty: str | None
) -> None:
    decision = submit(replace(STUDY, **{column: empty}))  # type: ignore[arg-type]  # columns by name
    assert isinstance(decision, Refused)
    assert [(problem.code, problem.values) for problem in decision.problems] == [
        (ProblemCode.ANALYSIS_MISSING, {"section": section})
    ]


@pytest.mark.requirement("R6")
@pytest.mark.parametrize(
    ("column", "kind"), [("desk_sources", SourceKind.DESK), ("field_sources", SourceKind.FIELD)]
)
def test_the_missing_kind_of_source_is_named(column: str, kind: SourceKind) -> None:
    decision = submit(replace(STUDY, **{column: 0}))  # type: ignore[arg-type]  # columns by name
    assert isinstance(decision, Refused)
    assert [(problem.code, problem.values) for problem in decision.problems] == [
        (ProblemCode.SOURCE_MISSING, {"kind": kind})
    ]


@pytest.mark.requirement("R8")
def test_a_merely_theoretical_study_is_not_submitted() -> None:
    assert codes(submit(replace(STUDY, problems=()))) == [ProblemCode.PROBLEM_MISSING]
    unsolved = (*STUDY.problems, ProblemLine(UUID(int=32), 2, 0))
    decision = submit(replace(STUDY, problems=unsolved))
    assert isinstance(decision, Refused)
    assert decision.problems[0].values == {"ordinal": 2}
    assert codes(decision) == [ProblemCode.SOLUTION_MISSING]


@pytest.mark.requirement("R9")
def test_a_study_aims_above_the_level_it_found() -> None:
    blank = replace(STUDY, baseline_level=None, target_level=None)
    assert codes(submit(blank)) == [ProblemCode.REQUIRED, ProblemCode.REQUIRED]
    for target in (DevelopmentLevel.NASCENT, DevelopmentLevel.EMERGING):
        assert codes(submit(replace(STUDY, target_level=target))) == [ProblemCode.TARGET_BELOW_BASELINE]


@pytest.mark.requirement("R11")
def test_only_the_assigned_agent_submits_or_an_administrator_on_behalf_on_record() -> None:
    assert codes(submit(STUDY, STRANGER)) == [ProblemCode.NOT_THE_ASSIGNED_AGENT]
    nobody = replace(STUDY, lead_user_id=None)
    anonymous = Actor(UserRole.DEVELOPMENT_AGENT, None)
    assert codes(submit(nobody, anonymous)) == [ProblemCode.NOT_THE_ASSIGNED_AGENT]
    decision = submit(STUDY, ADMINISTRATOR)
    assert isinstance(decision, Accepted)
    assert [event.type for event in decision.events] == [
        EventType.STUDY_SUBMITTED,
        EventType.OVERRIDE_USED,
    ]
    assert decision.events[1].payload["rule"] == "R11"


@pytest.mark.requirement("R11")
def test_a_stranger_neither_writes_nor_revises_nor_presents(new_id: Callable[[], UUID]) -> None:
    refused = [ProblemCode.NOT_THE_ASSIGNED_AGENT]
    assert codes(rules.edit(STUDY, by=STRANGER, texts={}, content=Content(), new_id=new_id)) == refused
    assert codes(rules.revise(replace(STUDY, status=StudyStatus.RETURNED), by=STRANGER)) == refused
    done = replace(STUDY, status=StudyStatus.ACCEPTED, accepted_on=START)
    assert codes(rules.present(done, by=STRANGER, on=TODAY, document_number="1", today=TODAY)) == refused


@pytest.mark.parametrize("status", StudyStatus)
def test_every_arrow_of_a_study_and_none_beside(status: StudyStatus, new_id: Callable[[], UUID]) -> None:
    study = replace(STUDY, status=status, submitted_on=START, accepted_on=START)
    decisions = {
        "edit": rules.edit(study, by=AGENT, texts={}, content=Content(), new_id=new_id),
        "submit": submit(study),
        "return": rules.return_(study, note="sources", on=TODAY, today=TODAY),
        "accept": rules.accept(study, on=TODAY, today=TODAY),
        "revise": rules.revise(study, by=AGENT),
        "present": rules.present(study, by=AGENT, on=TODAY, document_number="1405/1", today=TODAY),
    }
    open_in = {
        StudyStatus.DRAFT: {"edit", "submit"},
        StudyStatus.SUBMITTED: {"return", "accept"},
        StudyStatus.RETURNED: {"revise"},
        StudyStatus.ACCEPTED: {"present"},
        StudyStatus.PRESENTED: set(),
    }
    for action, decision in decisions.items():
        if action in open_in[status]:
            assert isinstance(decision, Accepted), action
        else:
            assert codes(decision) == [ProblemCode.WRONG_STATUS], action
    allowed = {each.action for each in rules.permitted(study, today=TODAY) if each.allowed}
    assert allowed == {f"{action}Study" for action in open_in[status]}


@pytest.mark.requirement("R10")
def test_presenting_needs_the_document_and_a_day_not_before_the_acceptance() -> None:
    study = replace(STUDY, status=StudyStatus.ACCEPTED, accepted_on=TODAY)
    before = TODAY - datetime.timedelta(days=1)
    assert codes(rules.present(study, by=AGENT, on=before, document_number=None, today=TODAY)) == [
        ProblemCode.DATES_OUT_OF_ORDER,
        ProblemCode.REQUIRED,
    ]


def test_days_of_the_review_keep_their_order() -> None:
    study = replace(STUDY, status=StudyStatus.SUBMITTED, submitted_on=TODAY)
    before = TODAY - datetime.timedelta(days=1)
    after = TODAY + datetime.timedelta(days=1)
    assert codes(rules.accept(study, on=before, today=TODAY)) == [ProblemCode.DATES_OUT_OF_ORDER]
    assert codes(rules.accept(study, on=after, today=TODAY)) == [ProblemCode.IN_FUTURE]
    assert codes(rules.return_(study, note="", on=TODAY, today=TODAY)) == [ProblemCode.REASON_REQUIRED]
    corrected = replace(STUDY, returned_on=TODAY)
    assert codes(rules.submit(corrected, by=AGENT, on=before, today=TODAY)) == [
        ProblemCode.DATES_OUT_OF_ORDER
    ]
    assert isinstance(rules.submit(corrected, by=AGENT, on=TODAY, today=TODAY), Accepted)


def test_a_given_list_replaces_the_recorded_one_and_an_absent_one_stays(
    new_id: Callable[[], UUID],
) -> None:
    content = Content(
        sources=(Source(SourceKind.DESK, "آمار"),),
        swot=(Finding(SwotQuadrant.THREAT, "واردات"),),
        problems=(
            ClusterProblem("مواد", solutions=(Solution(SolutionTarget.PROBLEM_REMOVAL, "خرید مشترک"),)),
        ),
    )
    decision = rules.edit(STUDY, by=AGENT, texts={"situation_fa": "نو"}, content=content, new_id=new_id)
    assert isinstance(decision, Accepted)
    removed = [change.id for change in decision.changes if isinstance(change, Remove)]
    made = [change for change in decision.changes if isinstance(change, Create)]
    assert removed == [*STUDY.sources, *STUDY.solutions, STUDY.problems[0].id]
    assert [change.entity for change in made] == [
        "StudySource",
        "StudyFinding",
        "StudyProblem",
        "StudySolution",
    ]
    assert made[3].values["problem_id"] == made[2].id
    untouched = rules.edit(STUDY, by=AGENT, texts={}, content=Content(), new_id=new_id)
    assert isinstance(untouched, Accepted)
    assert len(untouched.changes) == 1


def test_items_without_text_are_refused_at_their_place(new_id: Callable[[], UUID]) -> None:
    content = Content(
        sources=(Source(SourceKind.DESK, ""),),
        problems=(ClusterProblem("", solutions=(Solution(SolutionTarget.PROBLEM_REMOVAL, ""),)),),
    )
    decision = rules.edit(STUDY, by=AGENT, texts={}, content=content, new_id=new_id)
    assert isinstance(decision, Refused)
    assert [problem.path for problem in decision.problems] == [
        ("sources", "0", "titleFa"),
        ("problems", "0", "textFa"),
        ("problems", "0", "solutions", "0", "textFa"),
    ]


def test_one_study_for_each_project_that_is_not_over(new_id: Callable[[], UUID]) -> None:
    home = rules.StudyHome(UUID(int=3), UUID(int=2), ProjectStatus.ACTIVE, has_study=False, lead_user_id=LEAD)
    assert isinstance(rules.draft(home, by=AGENT, new_id=new_id), Accepted)
    again = replace(home, has_study=True)
    assert codes(rules.draft(again, by=AGENT, new_id=new_id)) == [ProblemCode.STUDY_EXISTS]
    over = replace(home, status=ProjectStatus.CANCELLED)
    assert codes(rules.draft(over, by=AGENT, new_id=new_id)) == [ProblemCode.PROJECT_NOT_ACTIVE]


@pytest.mark.requirement("R10")
def test_a_study_presented_by_its_number_alone_is_accepted_with_a_remark() -> None:
    def remarked(*, attached: bool) -> list[ProblemCode]:
        study = replace(STUDY, status=StudyStatus.ACCEPTED, accepted_on=TODAY, report_attached=attached)
        decision = rules.present(study, by=AGENT, on=TODAY, document_number="1405/1", today=TODAY)
        assert isinstance(decision, Accepted)
        return [warning.code for warning in decision.warnings]

    assert remarked(attached=True) == []
    assert remarked(attached=False) == [ProblemCode.DOCUMENT_NOT_ATTACHED]
