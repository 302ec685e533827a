"""The rules of projects and their teams, without a database: every arrow and none beside."""

from __future__ import annotations

import datetime
from dataclasses import replace
from itertools import count
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from schema.calendar import add_months
from schema.decision import Accepted, Create, Decision, Refused, Remove, Update
from schema.events import EventType
from schema.plans.standing import PlanInForce
from schema.problems import ProblemCode
from schema.projects import assignments, interruption, planning, reference, rules, team, visits
from schema.projects.planning import HomeFacts, TemplateFacts
from schema.projects.standing import PhaseStanding, ProjectFacts, TeamMember
from schema.vocabulary import AgentRole, ClusterStatus, PhaseCode, PhaseStatus, PlanOwner, ProjectStatus

if TYPE_CHECKING:
    from collections.abc import Callable

START = datetime.date(2026, 6, 6)
END = datetime.date(2029, 6, 5)
TODAY = datetime.date(2026, 11, 23)
HOME = HomeFacts(
    UUID(int=1),
    "خوشه گلیم",
    "Kilim cluster",
    ClusterStatus.FEASIBILITY,
    TemplateFacts(UUID(int=2), reference.PHASES),
)
LEAD = TeamMember(UUID(int=50), AgentRole.CLUSTER_DEVELOPMENT_AGENT, START)
PERSON = team.Person("عامل توسعه خوشه", "Cluster development agent")


def project(status: ProjectStatus = ProjectStatus.PLANNED) -> ProjectFacts:
    """Give a project with its lead agent; once it runs, its first two phases do."""
    running = status in {ProjectStatus.ACTIVE, ProjectStatus.SUSPENDED, ProjectStatus.EXITING}
    standing = {
        ProjectStatus.ACTIVE: PhaseStatus.IN_PROGRESS,
        ProjectStatus.EXITING: PhaseStatus.IN_PROGRESS,
        ProjectStatus.SUSPENDED: PhaseStatus.SUSPENDED,
    }
    return ProjectFacts(
        id=UUID(int=3),
        cluster_id=HOME.id,
        cluster_status=ClusterStatus.UNDER_DEVELOPMENT if running else ClusterStatus.FEASIBILITY,
        status=status,
        planned_start=START,
        planned_end=END,
        actual_start=START if running else None,
        other_running=False,
        has_study=False,
        lead_until=None,
        study_max_months=4,
        exit_max_months=6,
        phases=tuple(
            PhaseStanding(
                UUID(int=10 + outline.ordinal),
                outline.code,
                standing.get(status, PhaseStatus.NOT_STARTED)
                if outline.ordinal <= 2
                else PhaseStatus.NOT_STARTED,
                outline.min_months,
                outline.max_months,
            )
            for outline in reference.PHASES
        ),
        team=(LEAD,),
    )


@pytest.fixture
def new_id() -> Callable[[], UUID]:
    numbers = count(1000)
    return lambda: UUID(int=next(numbers))


def codes(decision: Decision) -> list[ProblemCode]:
    """Return the reasons of a refusal."""
    assert isinstance(decision, Refused), decision
    return [problem.code for problem in decision.problems]


def accepted(decision: Decision) -> Accepted:
    """Insist on acceptance."""
    assert isinstance(decision, Accepted), decision
    return decision


def updates(decision: Accepted) -> dict[UUID, dict[str, object]]:
    """Return what a decision sets, by row."""
    return {change.id: dict(change.values) for change in decision.changes if isinstance(change, Update)}


@pytest.mark.requirement("R3", "I1")
def test_planning_makes_five_phases_in_the_order_of_the_source(new_id: Callable[[], UUID]) -> None:
    decision = accepted(
        planning.create(HOME, planned_start=START, planned_end=END, details={}, new_id=new_id)
    )
    made = [change for change in decision.changes if isinstance(change, Create)]
    phases = [change.values for change in made if change.entity == "Phase"]
    assert [(phase["ordinal"], phase["code"]) for phase in phases] == list(enumerate(PhaseCode, 1))
    assert {phase["project_id"] for phase in phases} == {decision.result[1]}
    assert all(change.values["cluster_id"] == HOME.id for change in made)
    gates = [change for change in made if change.entity == "PhaseGate"]
    assert len(gates) == sum(len(outline.gates) for outline in reference.PHASES)
    assert decision.warnings == ()


@pytest.mark.requirement("R33")
def test_a_project_is_planned_only_in_order_in_a_living_cluster_under_a_published_programme(
    new_id: Callable[[], UUID],
) -> None:
    sleeping = replace(HOME, status=ClusterStatus.DORMANT, template=None)
    decision = planning.create(
        sleeping,
        planned_start=START,
        planned_end=START - datetime.timedelta(days=1),
        details={},
        new_id=new_id,
    )
    assert codes(decision) == [
        ProblemCode.DATES_OUT_OF_ORDER,
        ProblemCode.CLUSTER_DORMANT,
        ProblemCode.NO_TEMPLATE,
    ]


@pytest.mark.requirement("R36", "A15")
def test_the_plan_warns_when_a_windowed_phase_outlasts_implementation() -> None:
    long_enough = add_months(add_months(START, 4), 7)
    assert planning.effort(START, long_enough, 4, 6) == ()
    assert {problem.code for problem in planning.effort(START, add_months(START, 9), 4, 6)} == {
        ProblemCode.IMPLEMENTATION_NOT_LONGEST
    }


@pytest.mark.requirement("R4", "I3")
def test_activation_needs_an_agent_who_is_there_that_day() -> None:
    alone = replace(project(), team=())
    assert codes(rules.activate(alone, on=TODAY, today=TODAY)) == [ProblemCode.AGENT_REQUIRED]
    assistant = replace(LEAD, role=AgentRole.ASSISTANT_AGENT)
    assert codes(rules.activate(replace(project(), team=(assistant,)), on=TODAY, today=TODAY)) == [
        ProblemCode.AGENT_REQUIRED
    ]
    later = replace(LEAD, valid_from=TODAY)
    before = TODAY - datetime.timedelta(days=1)
    assert codes(rules.activate(replace(project(), team=(later,)), on=before, today=TODAY)) == [
        ProblemCode.AGENT_NOT_YET_ASSIGNED
    ]


@pytest.mark.requirement("R20", "I4", "R22")
def test_trust_building_starts_the_day_the_project_starts_and_the_study_beside_it() -> None:
    decision = accepted(rules.activate(project(), on=START, today=TODAY))
    set_ = updates(decision)
    trust = project().phase(PhaseCode.TRUST_BUILDING).id
    study = project().phase(PhaseCode.DIAGNOSTIC_STUDY).id
    assert set_[project().id] == {"status": ProjectStatus.ACTIVE, "actual_start": START}
    assert set_[trust] == {"status": PhaseStatus.IN_PROGRESS, "actual_start": START}
    assert set_[study] == {
        "status": PhaseStatus.IN_PROGRESS,
        "actual_start": START,
        "window_start": add_months(START, 3),
        "window_end": add_months(START, 4),
    }
    assert set_[HOME.id] == {"status": ClusterStatus.UNDER_DEVELOPMENT}


@pytest.mark.requirement("R20")
def test_a_study_on_a_later_day_leaves_trust_building_on_the_first() -> None:
    later = START + datetime.timedelta(days=20)
    decision = accepted(rules.activate(project(), on=START, study_starts_on=later, today=TODAY))
    set_ = updates(decision)
    assert set_[project().phase(PhaseCode.TRUST_BUILDING).id]["actual_start"] == START
    assert set_[project().phase(PhaseCode.DIAGNOSTIC_STUDY).id]["actual_start"] == later


@pytest.mark.requirement("I2")
def test_a_second_running_project_is_refused() -> None:
    second = replace(project(), other_running=True)
    assert codes(rules.activate(second, on=TODAY, today=TODAY)) == [ProblemCode.PROJECT_ALREADY_ACTIVE]


@pytest.mark.requirement("I2")
def test_one_project_follows_another_and_none_runs_beside_one_that_is_over() -> None:
    following = replace(project(), former_ended_on=TODAY)
    before = TODAY - datetime.timedelta(days=1)
    assert codes(rules.activate(following, on=before, today=TODAY)) == [ProblemCode.DATES_OUT_OF_ORDER]
    accepted(rules.activate(following, on=TODAY, today=TODAY))


@pytest.mark.requirement("R30", "R31")
@pytest.mark.parametrize("owner", [PlanOwner.UNASSIGNED, PlanOwner.NETWORK])
def test_the_plan_passes_to_the_agent_of_a_new_project_and_on_when_that_is_given_up(owner: PlanOwner) -> None:
    network = owner is PlanOwner.NETWORK
    waiting = replace(project(), plan=PlanInForce(UUID(int=90), owner), has_comprehensive_network=network)
    begun = accepted(rules.activate(waiting, on=TODAY, today=TODAY))
    (told,) = [event for event in begun.events if event.type is EventType.ACTION_PLAN_OWNER_CHANGED]
    assert told.payload == {"before": owner, "after": PlanOwner.AGENT}
    assert Update("ActionPlan", UUID(int=90), {"owner": PlanOwner.AGENT}) in begun.changes
    held = PlanInForce(UUID(int=90), PlanOwner.AGENT)
    running = replace(project(ProjectStatus.ACTIVE), plan=held, has_comprehensive_network=network)
    ended = accepted(interruption.cancel(running, on=TODAY, reason="x", today=TODAY))
    assert Update("ActionPlan", UUID(int=90), {"owner": owner}) in ended.changes
    kinds = {event.type for event in ended.events}
    assert (EventType.ACTION_PLAN_OWNER_CHANGED if network else EventType.ACTION_PLAN_OWNER_MISSING) in kinds
    planned = accepted(interruption.cancel(waiting, on=TODAY, reason="x", today=TODAY))
    assert [change.entity for change in planned.changes if isinstance(change, Update)].count(
        "ActionPlan"
    ) == 0


def test_days_of_an_interruption_keep_their_order() -> None:
    day = datetime.timedelta(days=1)
    suspended = replace(project(ProjectStatus.SUSPENDED), suspended_on=TODAY)
    for decided in (
        interruption.resume(suspended, on=TODAY - day, today=TODAY),
        interruption.cancel(suspended, on=TODAY - day, reason="x", today=TODAY),
        interruption.suspend(
            replace(project(ProjectStatus.ACTIVE), suspended_on=TODAY - 9 * day, resumed_on=TODAY),
            on=TODAY - day, reason="x", today=TODAY,
        ),
    ):  # fmt: skip
        assert codes(decided) == [ProblemCode.DATES_OUT_OF_ORDER]
    kept = updates(accepted(interruption.resume(suspended, on=TODAY, today=TODAY)))
    assert kept[project().id]["resumed_on"] == TODAY
    again = interruption.suspend(project(ProjectStatus.ACTIVE), on=TODAY, reason="x", today=TODAY)
    written = updates(accepted(again))[project().id]
    assert (written["suspended_on"], written["resumed_on"]) == (TODAY, None)


@pytest.mark.requirement("E1")
@pytest.mark.parametrize(
    "status", [ClusterStatus.IDENTIFIED, ClusterStatus.FEASIBILITY, ClusterStatus.COMPLETED]
)
@pytest.mark.parametrize("found_feasible", [False, True])
def test_a_project_without_a_favourable_feasibility_study_is_accepted_with_a_remark(
    status: ClusterStatus,
    found_feasible: bool,  # noqa: FBT001 - the two cases
) -> None:
    facts = replace(project(), cluster_status=status, found_feasible=found_feasible)
    remarked = {warning.code for warning in accepted(rules.activate(facts, on=TODAY, today=TODAY)).warnings}
    assert (ProblemCode.FEASIBILITY_SKIPPED in remarked) is not found_feasible


def test_a_team_smaller_than_the_programme_expects_is_remarked_and_no_hindrance() -> None:
    """E3: an agent, an assistant and a secretary; the number is the template's."""
    whole = (LEAD, replace(LEAD, role=AgentRole.ASSISTANT_AGENT), replace(LEAD, role=AgentRole.SECRETARY))

    def remarked(facts: ProjectFacts) -> bool:
        warnings = accepted(rules.activate(facts, on=TODAY, today=TODAY)).warnings
        return ProblemCode.TEAM_INCOMPLETE in {warning.code for warning in warnings}

    assert [remarked(replace(project(), team=whole[:size])) for size in (1, 2, 3)] == [True, True, False]
    assert not remarked(replace(project(), team=whole[:1], least_team=1))


def test_a_dormant_cluster_has_no_running_project() -> None:
    dormant = replace(project(), cluster_status=ClusterStatus.DORMANT)
    assert codes(rules.activate(dormant, on=TODAY, today=TODAY)) == [ProblemCode.CLUSTER_DORMANT]


@pytest.mark.parametrize("status", ProjectStatus)
def test_every_arrow_of_a_project_and_none_beside(status: ProjectStatus) -> None:
    facts = project(status)
    allowed = {
        "activate": {ProjectStatus.PLANNED},
        "suspend": {ProjectStatus.ACTIVE},
        "resume": {ProjectStatus.SUSPENDED},
        "cancel": {
            ProjectStatus.PLANNED,
            ProjectStatus.ACTIVE,
            ProjectStatus.SUSPENDED,
            ProjectStatus.EXITING,
        },
    }
    decisions = {
        "activate": rules.activate(facts, on=TODAY, today=TODAY),
        "suspend": interruption.suspend(facts, on=TODAY, reason="x", today=TODAY),
        "resume": interruption.resume(facts, on=TODAY, today=TODAY),
        "cancel": interruption.cancel(facts, on=TODAY, reason="x", today=TODAY),
    }
    for action, decision in decisions.items():
        if status in allowed[action]:
            accepted(decision)
        else:
            assert ProblemCode.WRONG_STATUS in codes(decision)


def test_phases_follow_a_suspension_and_come_back_with_it() -> None:
    suspended = updates(
        accepted(interruption.suspend(project(ProjectStatus.ACTIVE), on=TODAY, reason="x", today=TODAY))
    )
    resumed = updates(accepted(interruption.resume(project(ProjectStatus.SUSPENDED), on=TODAY, today=TODAY)))
    followed = {project().phase(code).id for code in (PhaseCode.DIAGNOSTIC_STUDY, PhaseCode.TRUST_BUILDING)}
    assert {row for row in suspended if row != project().id} == followed
    assert {suspended[row]["status"] for row in followed} == {PhaseStatus.SUSPENDED}
    assert {resumed[row]["status"] for row in followed} == {PhaseStatus.IN_PROGRESS}


@pytest.mark.requirement("I3")
@pytest.mark.parametrize("status", ProjectStatus)
def test_the_lead_of_a_running_project_is_replaced_and_not_ended(
    status: ProjectStatus, new_id: Callable[[], UUID]
) -> None:
    assignment = assignments.AssignmentFacts(LEAD.id, HOME.id, UUID(int=3), status, LEAD.role, START, None)
    decision = assignments.end(assignment, on=TODAY, today=TODAY)
    if status in {ProjectStatus.ACTIVE, ProjectStatus.SUSPENDED, ProjectStatus.EXITING}:
        assert codes(decision) == [ProblemCode.LEAD_NEEDED]
    else:
        accepted(decision)
    handed_over = team.replace_lead(project(status), person=PERSON, since=TODAY, today=TODAY, new_id=new_id)
    if status in {ProjectStatus.COMPLETED, ProjectStatus.CANCELLED}:
        assert codes(handed_over) == [ProblemCode.PROJECT_OVER]
        return
    done = accepted(handed_over)
    assert updates(done)[LEAD.id] == {"valid_to": TODAY - datetime.timedelta(days=1)}
    assert [event.type for event in done.events] == [
        EventType.ASSIGNMENT_ENDED,
        EventType.ASSIGNMENT_STARTED,
    ]


@pytest.mark.requirement("I3")
def test_a_new_lead_comes_after_the_former_one(new_id: Callable[[], UUID]) -> None:
    left = replace(project(), team=(), lead_until=TODAY)
    decision = team.assign(left, role=LEAD.role, person=PERSON, since=TODAY, new_id=new_id)
    assert codes(decision) == [ProblemCode.AFTER_FORMER_LEAD]
    assert team.first_day(left, TODAY) == TODAY + datetime.timedelta(days=1)
    accepted(
        team.assign(left, role=LEAD.role, person=PERSON, since=team.first_day(left, TODAY), new_id=new_id)
    )


NEXT_YEAR = datetime.date(2027, 6, 6)


def mistyped(
    status: ProjectStatus = ProjectStatus.PLANNED, role: AgentRole = LEAD.role
) -> assignments.AssignmentFacts:
    """Give an assignment that begins a year late by mistake."""
    return assignments.AssignmentFacts(LEAD.id, HOME.id, UUID(int=3), status, role, NEXT_YEAR, None)


@pytest.mark.requirement("R4", "I3")
def test_a_lead_who_was_assigned_a_year_late_by_mistake_is_corrected_or_taken_back() -> None:
    late = mistyped()
    right = accepted(assignments.edit(late, {"valid_from": START, "contract_number": "12"}))
    assert updates(right)[LEAD.id] == {"valid_from": START, "contract_number": "12"}
    gone = accepted(assignments.remove(late, today=TODAY))
    assert gone.changes == (Remove("AgentAssignment", LEAD.id),)
    assert [event.type for event in gone.events] == [EventType.ASSIGNMENT_ENDED]
    back = accepted(assignments.restore(late))
    assert updates(back)[LEAD.id] == {"deleted_at": None}
    assert [event.type for event in back.events] == [EventType.ASSIGNMENT_STARTED]
    assert codes(assignments.restore(replace(late, other_lead=True))) == [ProblemCode.LEAD_EXISTS]
    after = replace(late, former_lead_until=NEXT_YEAR)
    assert codes(assignments.restore(after)) == [ProblemCode.AFTER_FORMER_LEAD]
    assert codes(assignments.edit(after, {"valid_from": START})) == [ProblemCode.AFTER_FORMER_LEAD]
    allowed = {each.action: each.allowed for each in assignments.permitted(late, today=TODAY)}
    assert allowed == {"endAssignment": False, "editAssignment": True, "removeAssignment": True}


@pytest.mark.requirement("I3")
@pytest.mark.parametrize("status", ProjectStatus)
def test_what_somebody_acted_under_is_not_taken_back_nor_moved(status: ProjectStatus) -> None:
    lead = replace(mistyped(status), valid_from=START)
    helper = replace(lead, role=AgentRole.ASSISTANT_AGENT)
    moved, taken = assignments.edit(lead, {"valid_from": TODAY}), assignments.remove(lead, today=TODAY)
    if status in {ProjectStatus.COMPLETED, ProjectStatus.CANCELLED}:
        for decision in (moved, taken, assignments.restore(lead), assignments.edit(helper, {})):
            assert codes(decision) == [ProblemCode.PROJECT_OVER]
    elif status is ProjectStatus.PLANNED:
        accepted(moved)
        accepted(taken)
    else:
        assert codes(moved) == [ProblemCode.LEAD_STANDS]
        accepted(assignments.edit(lead, {"title_en": "Agent", "valid_from": START}))
        assert codes(taken) == [ProblemCode.LEAD_NEEDED]
        assert codes(assignments.remove(helper, today=TODAY)) == [ProblemCode.ASSIGNMENT_BEGUN]
        accepted(assignments.remove(replace(helper, valid_from=NEXT_YEAR), today=TODAY))
        accepted(assignments.edit(helper, {"valid_from": TODAY}))
    ended = replace(mistyped(), valid_to=NEXT_YEAR)
    assert codes(assignments.edit(ended, {})) == [ProblemCode.ASSIGNMENT_ENDED]
    assert codes(assignments.edit(mistyped(), {"title_fa": ""})) == [ProblemCode.REQUIRED]


VISIT = visits.VisitFacts(UUID(int=70), HOME.id, UUID(int=3), ProjectStatus.ACTIVE, START, TODAY, (START,))


@pytest.mark.requirement("E9")
def test_a_visit_is_recorded_once_a_day_by_somebody_of_the_team(new_id: Callable[[], UUID]) -> None:
    running = replace(project(ProjectStatus.ACTIVE), visit_days=(START,), advisor_id=UUID(int=71))

    def recorded(on: datetime.date, advisor: visits.Advisor | None = None) -> Decision:
        report = {"findings_fa": "دیده شد"}
        return visits.record(running, on=on, report=report, advisor=advisor, today=TODAY, new_id=new_id)

    made = accepted(recorded(TODAY)).changes[0]
    assert isinstance(made, Create)
    assert made.values["advisor_id"] == UUID(int=71)
    assert codes(recorded(START)) == [ProblemCode.VISITED_THAT_DAY]
    stranger = visits.Advisor(UUID(int=72), UUID(int=99))
    assert codes(recorded(TODAY, stranger)) == [ProblemCode.NOT_OF_THE_TEAM]
    assert codes(visits.edit(VISIT, {}, advisor=stranger, today=TODAY)) == [ProblemCode.NOT_OF_THE_TEAM]


@pytest.mark.requirement("E9")
def test_a_visit_on_record_is_corrected_taken_back_and_brought_back_while_the_project_runs() -> None:
    accepted(visits.edit(VISIT, {"findings_fa": "بهتر", "visited_on": TODAY}, today=TODAY))
    assert codes(visits.edit(VISIT, {"findings_fa": "", "visited_on": START}, today=TODAY)) == [
        ProblemCode.REQUIRED,
        ProblemCode.VISITED_THAT_DAY,
    ]
    assert accepted(visits.remove(VISIT)).changes == (Remove("SupervisionVisit", VISIT.id),)
    assert updates(accepted(visits.restore(VISIT)))[VISIT.id] == {"deleted_at": None}
    again = replace(VISIT, visited_on=START)
    assert codes(visits.restore(again)) == [ProblemCode.VISITED_THAT_DAY]
    over = replace(VISIT, project_status=ProjectStatus.COMPLETED)
    for decision in (visits.edit(over, {}, today=TODAY), visits.remove(over), visits.restore(over)):
        assert codes(decision) == [ProblemCode.PROJECT_NOT_ACTIVE]


def test_a_second_lead_is_refused_and_an_assistant_is_not(new_id: Callable[[], UUID]) -> None:
    lead = team.assign(project(), role=LEAD.role, person=PERSON, since=TODAY, new_id=new_id)
    assert codes(lead) == [ProblemCode.LEAD_EXISTS]
    accepted(
        team.assign(project(), role=AgentRole.ASSISTANT_AGENT, person=PERSON, since=TODAY, new_id=new_id)
    )
    nobody = replace(PERSON, title_fa="", title_en="")
    assert codes(
        team.assign(project(), role=AgentRole.SECRETARY, person=nobody, since=TODAY, new_id=new_id)
    ) == [ProblemCode.REQUIRED, ProblemCode.REQUIRED]


@pytest.mark.parametrize("status", ProjectStatus)
def test_what_is_permitted_is_what_the_rules_would_decide(status: ProjectStatus) -> None:
    facts = project(status)
    allowed = {each.action for each in rules.permitted(facts, today=TODAY) if each.allowed}
    running = status in {ProjectStatus.ACTIVE, ProjectStatus.SUSPENDED, ProjectStatus.EXITING}
    over = status in {ProjectStatus.COMPLETED, ProjectStatus.CANCELLED}
    assert ("activateProject" in allowed) is (status is ProjectStatus.PLANNED)
    assert ("suspendProject" in allowed) is (status is ProjectStatus.ACTIVE)
    assert ("resumeProject" in allowed) is (status is ProjectStatus.SUSPENDED)
    assert ("recordSupervisionVisit" in allowed) is running
    for action in ("editProject", "cancelProject", "assignAgent", "replaceAgent"):
        assert (action in allowed) is not over
    assert ("draftStudy" in allowed) is not (over or status is ProjectStatus.SUSPENDED)
