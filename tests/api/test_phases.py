"""Phases through the API: what opens them, what closes them, how they stand against their windows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

import asyncpg
import pytest

from schema.trust.rows import TrustActivity, TrustSurvey

if TYPE_CHECKING:
    from tests.home import Home
    from tests.world import Api


@pytest.mark.requirement("R35", "I5")
async def test_implementation_does_not_start_before_the_study_is_completed(home: Home) -> None:
    phases = await home.phases(await home.active())
    implementation = phases["IMPLEMENTATION"]["id"]
    assert await home.api.refused("startPhase", {"id": implementation}) == [("STUDY_NOT_COMPLETED", ["on"])]
    permitted = await home.permitted("phase", implementation)
    assert permitted["startPhase"] == (False, ["STUDY_NOT_COMPLETED"])


@pytest.mark.requirement("R35", "I5")
async def test_implementation_starts_the_day_after_the_study_at_the_earliest(home: Home) -> None:
    project = await home.active()
    await home.studied(project, completed_on="2026-11-22")
    implementation = (await home.phases(project))["IMPLEMENTATION"]["id"]
    refused = await home.api.refused("startPhase", {"id": implementation, "on": "2026-11-22"})
    assert refused == [("STARTS_BEFORE_STUDY_ENDS", ["on"])]
    shown = await home.api.accepted(
        "startPhase", {"id": implementation, "on": "2026-11-23"}, "status actualStart windowEnd health"
    )
    assert shown == {
        "status": "IN_PROGRESS",
        "actualStart": "2026-11-23",
        "windowEnd": None,
        "health": "NOT_APPLICABLE",
    }
    assert await home.api.refused("startPhase", {"id": implementation}) == [("WRONG_STATUS", [])]


@pytest.mark.requirement("R24")
async def test_the_end_of_the_study_opens_planning_and_sets_the_day_the_first_plan_is_due(home: Home) -> None:
    project = await home.active()
    await home.studied(project, completed_on="2026-11-22")
    planning = (await home.phases(project))["ACTION_PLAN"]
    assert (planning["status"], planning["actualStart"]) == ("IN_PROGRESS", "2026-11-22")
    assert planning["dueOn"] == "2026-12-22"
    assert planning["health"] == "AT_RISK"
    assert (await home.api.events())[-2:] == ["phase.completed", "phase.started"]


@pytest.mark.requirement("R10")
async def test_the_study_phase_does_not_end_before_the_study_was_presented(home: Home) -> None:
    study = (await home.phases(await home.active()))["DIAGNOSTIC_STUDY"]["id"]
    refused = await home.api.refused("completePhase", {"id": study, "reason": "x"})
    assert refused == [("STUDY_NOT_PRESENTED", [])]


@pytest.mark.requirement("R12")
async def test_a_study_that_ends_before_three_months_needs_a_reason_and_is_marked(home: Home) -> None:
    project = await home.active(on="2026-09-23")
    await home.present(project, on="2026-11-01")
    study = (await home.phases(project))["DIAGNOSTIC_STUDY"]
    assert study["windowStart"] == "2026-12-22"
    refused = await home.api.refused("completePhase", {"id": study["id"], "on": "2026-11-02"})
    assert refused == [("REASON_REQUIRED", ["reason"])]
    payload = await home.api.run(
        "completePhase",
        {"id": study["id"], "on": "2026-11-02", "reason": "small cluster"},
        "status reason health",
    )
    assert payload["phase"] == {
        "status": "COMPLETED",
        "reason": "small cluster",
        "health": "COMPLETED_ON_TIME",
    }
    assert [warning["code"] for warning in payload["warnings"]] == ["EARLIER_THAN_EXPECTED", "GATES_UNMET"]
    assert "phase.early_completed" in await home.api.events()


@pytest.mark.requirement("R12")
@pytest.mark.parametrize(
    ("started", "health", "left"),
    [
        ("2026-07-23", "OVERDUE", -1),
        ("2026-07-24", "AT_RISK", 0),
        ("2026-10-23", "AT_RISK", 89),
        ("2026-11-20", "ON_TRACK", 117),
    ],
)
async def test_the_day_after_the_upper_bound_the_study_is_overdue(
    home: Home, started: str, health: str, left: int
) -> None:
    study = (await home.phases(await home.active(on=started)))["DIAGNOSTIC_STUDY"]
    assert (study["health"], study["daysLeft"]) == (health, left)


@pytest.mark.requirement("R12")
async def test_a_late_study_is_completed_with_a_warning_and_stays_late(home: Home) -> None:
    project = await home.active(on="2026-07-01")
    await home.present(project, on="2026-11-20")
    study = (await home.phases(project))["DIAGNOSTIC_STUDY"]["id"]
    payload = await home.api.run("completePhase", {"id": study, "on": "2026-11-21"}, "status health")
    assert payload["phase"] == {"status": "COMPLETED", "health": "COMPLETED_LATE"}
    assert "LATER_THAN_ALLOWED" in [warning["code"] for warning in payload["warnings"]]


async def test_meeting_the_gates_in_step_with_the_time_keeps_a_study_on_track(home: Home) -> None:
    project = await home.active()
    study = (await home.phases(project))["DIAGNOSTIC_STUDY"]
    assert study["health"] == "AT_RISK"
    for gate in study["gates"]:
        if gate["mandatory"]:
            await home.api.accepted(
                "meetGate",
                {
                    "id": gate["id"],
                    "decidedBy": "Technical advisor",
                    "evidence": "Report 3",
                    "on": "2026-11-20",
                },
            )
    study = (await home.phases(project))["DIAGNOSTIC_STUDY"]
    assert study["health"] == "ON_TRACK"
    gate = study["gates"][0]["id"]
    assert await home.api.refused(
        "meetGate", {"id": gate, "decidedBy": "", "evidence": "x", "on": "2026-11-24"}
    ) == [("WRONG_STATUS", []), ("IN_FUTURE", ["on"]), ("REQUIRED", ["decidedBy"])]
    await home.api.accepted("reopenGate", {"id": gate})
    assert (await home.phases(project))["DIAGNOSTIC_STUDY"]["health"] == "AT_RISK"
    assert await home.api.refused("reopenGate", {"id": gate}) == [("REQUIRED", ["id"])]


@pytest.mark.requirement("R21")
async def test_trust_building_is_neither_started_nor_completed_by_itself(home: Home) -> None:
    trust = (await home.phases(await home.active()))["TRUST_BUILDING"]["id"]
    for mutation in ("startPhase", "completePhase"):
        refused = await home.api.refused(mutation, {"id": trust})
        assert refused == [("TRUST_LASTS_AS_LONG_AS_THE_PROJECT", [])]


@pytest.mark.requirement("R15")
@pytest.mark.parametrize(
    ("started", "health"),
    [
        ("2026-08-25", "ON_TRACK"),
        ("2026-08-24", "AT_RISK"),
        ("2026-05-27", "AT_RISK"),
        ("2026-05-26", "OVERDUE"),
    ],
)
async def test_a_project_without_trust_activity_is_flagged_after_the_days_of_its_template(
    home: Home, started: str, health: str
) -> None:
    project = await home.planned(plannedStart="2026-05-01")
    await home.api.accepted("assignAgent", {"projectId": project})
    await home.api.accepted("activateProject", {"id": project, "on": started})
    assert (await home.phases(project))["TRUST_BUILDING"]["health"] == health


@pytest.mark.requirement("R15", "R21")
async def test_an_activity_brings_trust_building_back_on_track_and_a_falling_index_puts_it_at_risk(
    home: Home,
) -> None:
    project = await home.active(on="2026-06-06")
    assert (await home.phases(project))["TRUST_BUILDING"]["health"] == "AT_RISK"
    rows: dict[str, Any] = {
        "cluster_id": home.cluster.partition("_")[2],
        "project_id": project.partition("_")[2],
    }
    await TrustActivity.create(
        **rows, type="JOINT_VISIT", approach="PRACTICAL", name_fa="بازدید", name_en="Visit",
        planned_start="2026-10-01", planned_end="2026-10-02",
        actual_start="2026-10-01", actual_end="2026-10-02",
    )  # fmt: skip
    assert (await home.phases(project))["TRUST_BUILDING"]["health"] == "ON_TRACK"
    for number, (closed_on, index) in enumerate((("2026-07-01", 60.0), ("2026-10-01", 59.5)), 1):
        await TrustSurvey.create(
            **rows, round=number, status="CLOSED", opened_on=closed_on, closed_on=closed_on,
            social_capital_index=index, members_count=10, raters_count=8, informants_count=8,
            member_ratings_count=8, institution_ratings_count=8, formula_version=1,
        )  # fmt: skip
    assert (await home.phases(project))["TRUST_BUILDING"]["health"] == "AT_RISK"


@pytest.mark.requirement("R53")
async def test_time_alone_never_starts_the_exit(home: Home) -> None:
    exit_ = (await home.phases(await home.active(on="2026-06-06")))["AGENT_EXIT"]["id"]
    assert await home.api.refused("startPhase", {"id": exit_}) == [("EXIT_NOT_ANNOUNCED", [])]
    assert await home.api.refused("completePhase", {"id": exit_}) == [("PHASE_ENDS_BY_ITSELF", [])]


async def test_days_out_of_order_are_refused_all_at_once(home: Home) -> None:
    project = await home.active(on="2026-09-23")
    await home.present(project, on="2026-11-01")
    study = (await home.phases(project))["DIAGNOSTIC_STUDY"]["id"]
    refused = await home.api.refused("completePhase", {"id": study, "on": "2026-09-01", "reason": "x"})
    assert refused == [
        ("BEFORE_PROJECT_START", ["on"]),
        ("DATES_OUT_OF_ORDER", ["on"]),
        ("DATES_OUT_OF_ORDER", ["on"]),
    ]
    refused = await home.api.refused("completePhase", {"id": study, "on": "2026-11-24"})
    assert refused == [("IN_FUTURE", ["on"]), ("REASON_REQUIRED", ["reason"])]


@pytest.mark.requirement("A8")
async def test_a_study_may_start_on_a_day_of_its_own(home: Home) -> None:
    project = await home.planned()
    await home.api.accepted("assignAgent", {"projectId": project})
    await home.api.accepted(
        "activateProject", {"id": project, "on": "2026-11-23", "studyStartsOn": "2026-12-01"}
    )
    study = (await home.phases(project))["DIAGNOSTIC_STUDY"]
    assert (study["status"], study["plannedStart"], study["windowEnd"]) == ("NOT_STARTED", "2026-12-01", None)
    shown = await home.api.accepted("startPhase", {"id": study["id"]}, "status windowStart windowEnd")
    assert shown == {"status": "IN_PROGRESS", "windowStart": "2027-02-21", "windowEnd": "2027-03-22"}


@pytest.mark.requirement("R36")
async def test_planning_a_windowed_phase_longer_than_implementation_warns(home: Home) -> None:
    phases = await home.phases(await home.planned())
    payload = await home.api.run(
        "planPhase",
        {"id": phases["IMPLEMENTATION"]["id"], "plannedStart": "2026-10-08", "plannedEnd": "2026-12-01"},
        "plannedStart plannedEnd",
    )
    assert payload["phase"] == {"plannedStart": "2026-10-08", "plannedEnd": "2026-12-01"}
    assert [warning["code"] for warning in payload["warnings"]] == ["IMPLEMENTATION_NOT_LONGEST"]
    refused = await home.api.refused(
        "planPhase",
        {"id": phases["AGENT_EXIT"]["id"], "plannedStart": "2026-06-05", "plannedEnd": "2026-06-01"},
    )
    assert refused == [
        ("DATES_OUT_OF_ORDER", ["plannedEnd"]),
        ("BEFORE_PROJECT_START", ["plannedStart"]),
        ("BEFORE_PROJECT_START", ["plannedEnd"]),
    ]


@pytest.mark.requirement("R37", "I15")
@pytest.mark.usefixtures("world")
async def test_implementation_does_not_end_with_open_sub_projects(api: Api) -> None:
    await api.pool.execute(
        "update phase set status = 'IN_PROGRESS', actual_start = '2026-06-02' where code = 'IMPLEMENTATION'"
    )
    shown = await api.data("{ phases(filter: {code: {eq: IMPLEMENTATION}}, first: 1) { nodes { id } } }")
    phase = shown["phases"]["nodes"][0]["id"]
    assert await api.refused("completePhase", {"id": phase}) == [("OPEN_SUB_PROJECTS", [])]
    await api.pool.execute(
        "update sub_project set status = 'CANCELLED', status_reason = 'no market' where name_fa like '%1'"
    )
    assert await api.refused("completePhase", {"id": phase}) == [("OPEN_SUB_PROJECTS", [])]
    # What was handed to members or a network is no longer the agent's to close (A18).
    await api.pool.execute(
        "update sub_project set led_by = 'MEMBER', transferred_on = '2026-10-01' where status = 'APPROVED'"
    )
    shown = await api.accepted("completePhase", {"id": phase}, "status actualEnd")
    assert shown == {"status": "COMPLETED", "actualEnd": "2026-11-23"}


@pytest.mark.requirement("I4", "I5")
async def test_the_database_itself_keeps_phases_in_order(home: Home) -> None:
    project = await home.active()
    await home.studied(project, completed_on="2026-11-22")
    row = UUID(project.partition("_")[2])
    too_early = "status = 'IN_PROGRESS', actual_start = '2026-11-22'"
    for change in (
        f"update phase set {too_early} where project_id = $1 and code = 'IMPLEMENTATION'",  # noqa: S608 - ours
        "update phase set actual_start = '2026-08-24' where project_id = $1 and code = 'TRUST_BUILDING'",
        "update cluster_project set actual_start = '2026-08-22' where id = $1",
    ):
        with pytest.raises(asyncpg.CheckViolationError):
            await home.api.pool.execute(change, row)
    implementation = (await home.phases(project))["IMPLEMENTATION"]
    assert implementation["status"] == "NOT_STARTED"
