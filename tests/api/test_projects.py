"""Projects through the API: planned with five phases, activated with an agent, interrupted, given up."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import asyncpg
import pytest

from schema.vocabulary import UserRole

if TYPE_CHECKING:
    from tests.home import Home


@pytest.mark.requirement("R2", "R3", "I1")
async def test_a_new_project_has_exactly_the_five_phases_of_the_current_template(home: Home) -> None:
    project = await home.planned()
    shown = await home.api.data(
        """query ($id: ID!) { project(id: $id) { status cluster { id } template { version }
        phases { nodes { code ordinal kind status windowEnd } totalCount } } }""",
        {"id": project},
    )
    found = shown["project"]
    assert found["status"] == "PLANNED"
    assert found["cluster"]["id"] == home.cluster
    assert found["template"]["version"] == 1
    assert [(phase["ordinal"], phase["code"], phase["kind"]) for phase in found["phases"]["nodes"]] == [
        (1, "DIAGNOSTIC_STUDY", "WINDOWED"),
        (2, "TRUST_BUILDING", "CONTINUOUS"),
        (3, "ACTION_PLAN", "RECURRING"),
        (4, "IMPLEMENTATION", "OPEN_ENDED"),
        (5, "AGENT_EXIT", "WINDOWED"),
    ]
    assert {phase["status"] for phase in found["phases"]["nodes"]} == {"NOT_STARTED"}
    assert await home.api.events() == ["cluster.identified", "project.created"]


@pytest.mark.requirement("R33")
async def test_a_project_cannot_end_before_it_starts(home: Home) -> None:
    refused = await home.api.refused(
        "createProject",
        {"clusterId": home.cluster, "plannedStart": "2026-06-06", "plannedEnd": "2026-06-05"},
    )
    assert refused == [("DATES_OUT_OF_ORDER", ["plannedEnd"])]


@pytest.mark.requirement("R2")
async def test_a_project_needs_an_existing_cluster(home: Home) -> None:
    stranger = home.cluster[:-1] + ("0" if home.cluster[-1] != "0" else "1")
    refused = await home.api.refused(
        "createProject", {"clusterId": stranger, "plannedStart": "2026-06-06", "plannedEnd": "2029-06-05"}
    )
    assert refused == [("NOT_FOUND", ["clusterId"])]


@pytest.mark.requirement("R36")
async def test_a_plan_too_short_for_implementation_is_accepted_with_a_warning(home: Home) -> None:
    payload = await home.api.run(
        "createProject",
        {"clusterId": home.cluster, "plannedStart": "2026-06-06", "plannedEnd": "2027-01-05"},
    )
    assert payload["problems"] == []
    assert {warning["code"] for warning in payload["warnings"]} == {"IMPLEMENTATION_NOT_LONGEST"}
    assert "Diagnostic study" in payload["warnings"][0]["message"]


@pytest.mark.requirement("R4", "I3")
async def test_a_project_is_not_activated_without_its_agent(home: Home) -> None:
    project = await home.planned()
    assert await home.api.refused("activateProject", {"id": project}) == [("AGENT_REQUIRED", [])]
    permitted = await home.permitted("project", project)
    assert permitted["activateProject"] == (False, ["AGENT_REQUIRED"])


@pytest.mark.requirement("R20", "R22", "R12", "I4")
async def test_activation_starts_trust_building_and_the_study_with_its_window(home: Home) -> None:
    project = await home.active()
    phases = await home.phases(project)
    study, trust = phases["DIAGNOSTIC_STUDY"], phases["TRUST_BUILDING"]
    assert (trust["status"], trust["actualStart"], trust["windowEnd"]) == ("IN_PROGRESS", "2026-08-23", None)
    assert (study["status"], study["actualStart"]) == ("IN_PROGRESS", "2026-08-23")
    assert (study["windowStart"], study["windowEnd"]) == ("2026-11-22", "2026-12-22")
    assert phases["IMPLEMENTATION"]["status"] == "NOT_STARTED"
    assert (await home.api.events())[-5:] == [
        "assignment.started",
        "project.activated",
        "phase.started",
        "phase.started",
        "cluster.status_changed",
    ]


async def test_the_events_of_an_activation_carry_cluster_project_and_both_calendars(home: Home) -> None:
    project = await home.active()
    rows = await home.api.pool.fetch(
        "select *, payload::text as told from event where type = 'phase.started' order by sequence"
    )
    assert [row["phase_code"] for row in rows] == ["TRUST_BUILDING", "DIAGNOSTIC_STUDY"]
    assert {f"Cluster_{row['cluster_id']}" for row in rows} == {home.cluster}
    assert {f"ClusterProject_{row['project_id']}" for row in rows} == {project}
    assert '"2026-12-22"' in rows[1]["told"]
    assert "۱ دی ۱۴۰۵" in rows[1]["told"]


@pytest.mark.requirement("I17")
async def test_every_row_of_an_activation_has_its_audit_row(home: Home) -> None:
    await home.active()
    rows = await home.api.pool.fetch("select * from audit_entry where action = 'activateProject'")
    assert sorted(row["entity"] for row in rows) == ["Cluster", "ClusterProject", "Phase", "Phase"]
    assert {row["actor"] for row in rows} == {"national administrator (test)"}


@pytest.mark.requirement("I2")
async def test_a_cluster_has_one_active_project_at_a_time(home: Home) -> None:
    await home.active()
    second = await home.planned()
    await home.api.accepted("assignAgent", {"projectId": second})
    assert await home.api.refused("activateProject", {"id": second}) == [("PROJECT_ALREADY_ACTIVE", [])]


async def test_the_future_does_not_start_today(home: Home) -> None:
    project = await home.planned()
    await home.api.accepted("assignAgent", {"projectId": project})
    refused = await home.api.refused("activateProject", {"id": project, "on": "2026-11-24"})
    assert refused == [("IN_FUTURE", ["on"])]
    refused = await home.api.refused(
        "activateProject", {"id": project, "on": "2026-11-20", "studyStartsOn": "2026-11-19"}
    )
    assert refused == [("BEFORE_PROJECT_START", ["studyStartsOn"])]


async def test_a_suspended_project_takes_its_phases_along_and_back(home: Home) -> None:
    project = await home.active()
    refused = await home.api.refused("suspendProject", {"id": project, "reason": " "})
    assert refused == [("REASON_REQUIRED", ["reason"])]
    await home.api.accepted("suspendProject", {"id": project, "reason": "budget"})
    phases = await home.phases(project)
    assert phases["TRUST_BUILDING"]["status"] == phases["DIAGNOSTIC_STUDY"]["status"] == "SUSPENDED"
    assert phases["IMPLEMENTATION"]["status"] == "NOT_STARTED"
    refused = await home.api.refused("startPhase", {"id": phases["IMPLEMENTATION"]["id"]})
    assert ("PROJECT_NOT_ACTIVE", []) in refused
    assert await home.api.refused("suspendProject", {"id": project, "reason": "x"}) == [("WRONG_STATUS", [])]
    await home.api.accepted("resumeProject", {"id": project})
    phases = await home.phases(project)
    assert phases["TRUST_BUILDING"]["status"] == "IN_PROGRESS"
    assert phases["DIAGNOSTIC_STUDY"]["windowEnd"] == "2026-12-22"
    assert (await home.api.events())[-2:] == ["project.suspended", "project.resumed"]


async def test_a_cancelled_project_ends_its_phases_and_its_team(home: Home) -> None:
    project = await home.active()
    await home.api.accepted("cancelProject", {"id": project, "reason": "the parties left"})
    assert {phase["status"] for phase in (await home.phases(project)).values()} == {"CANCELLED"}
    shown = await home.api.data(
        "query ($id: ID!) { project(id: $id) { status statusReason assignments { nodes { validTo } } } }",
        {"id": project},
    )
    assert shown["project"] == {
        "status": "CANCELLED",
        "statusReason": "the parties left",
        "assignments": {"nodes": [{"validTo": "2026-11-23"}]},
    }
    for mutation in ("cancelProject", "suspendProject"):
        assert await home.api.refused(mutation, {"id": project, "reason": "x"}) == [("WRONG_STATUS", [])]
    assert await home.api.refused("editProject", {"id": project, "nameFa": "دیگر"}) == [("PROJECT_OVER", [])]


async def test_a_stale_edit_of_a_project_shows_the_current_value(home: Home) -> None:
    project = await home.planned()
    await home.api.accepted("editProject", {"id": project, "nameEn": "First", "expectedRevision": 1})
    payload = await home.api.run(
        "editProject", {"id": project, "nameEn": "Second", "expectedRevision": 1}, "nameEn revision"
    )
    assert [problem["code"] for problem in payload["problems"]] == ["STALE"]
    assert payload["project"] == {"nameEn": "First", "revision": 2}


@pytest.mark.requirement("I3")
async def test_the_lead_of_a_running_project_is_replaced_and_never_just_ended(home: Home) -> None:
    project = await home.active()
    lead = (await home.team(project))[0]
    assert await home.api.refused("endAssignment", {"id": lead["id"]}) == [("LEAD_NEEDED", [])]
    assert await home.api.refused("assignAgent", {"projectId": project}) == [("LEAD_EXISTS", ["role"])]
    await home.api.accepted("replaceAgent", {"projectId": project, "validFrom": "2026-11-01"})
    team = await home.team(project)
    assert [(member["validFrom"], member["validTo"]) for member in team] == [
        ("2026-06-06", "2026-10-31"),
        ("2026-11-01", None),
    ]
    refused = await home.api.refused("replaceAgent", {"projectId": project, "validFrom": "2026-11-01"})
    assert refused == [("BEFORE_LEAD", ["validFrom"])]
    assert (await home.api.events())[-2:] == ["assignment.ended", "assignment.started"]


@pytest.mark.requirement("R4", "I3")
async def test_an_agent_assigned_a_year_late_by_mistake_is_no_dead_end(home: Home) -> None:
    project = await home.planned()
    lead = await home.api.accepted("assignAgent", {"projectId": project, "validFrom": "2027-06-06"})
    refused = await home.api.refused("activateProject", {"id": project, "on": "2026-06-06"})
    assert refused == [("AGENT_NOT_YET_ASSIGNED", ["on"])]
    await home.api.accepted("removeAssignment", {"id": lead["id"]})
    await home.api.accepted("restoreAssignment", {"id": lead["id"]})
    right = {"id": lead["id"], "validFrom": "2026-06-06", "contractNumber": "12"}
    shown = await home.api.accepted("editAssignment", right, "validFrom contractNumber person { id }")
    assert shown == {"validFrom": "2026-06-06", "contractNumber": "12", "person": None}
    await home.api.accepted("activateProject", {"id": project, "on": "2026-06-06"})
    late = {"id": lead["id"], "validFrom": "2026-07-01"}
    assert await home.api.refused("editAssignment", late) == [("LEAD_STANDS", ["validFrom"])]
    assert await home.api.refused("removeAssignment", {"id": lead["id"]}) == [("LEAD_NEEDED", [])]


@pytest.mark.requirement("E9")
async def test_a_visit_names_its_advisor_is_corrected_removed_and_brought_back(home: Home) -> None:
    project = await home.active()
    advisor = await home.api.accepted(
        "assignAgent",
        {"projectId": project, "role": "TECHNICAL_ADVISOR", "titleFa": "مشاور", "titleEn": "Advisor"},
    )
    given = {"projectId": project, "findingsFa": "دیده شد", "visitedOn": "2026-10-01"}
    visit = await home.api.accepted("recordSupervisionVisit", given, "id advisor { titleEn }")
    assert visit["advisor"] == {"titleEn": "Advisor"}
    assert await home.api.refused("recordSupervisionVisit", given) == [("VISITED_THAT_DAY", ["visitedOn"])]
    lead = (await home.team(project))[0]
    changed = {"id": visit["id"], "visitedOn": "2026-10-02", "advisorId": lead["id"], "findingsEn": "Seen"}
    shown = await home.api.accepted("editSupervisionVisit", changed, "visitedOn findingsEn advisor { id }")
    assert lead["id"] != advisor["id"]
    assert shown == {"visitedOn": "2026-10-02", "findingsEn": "Seen", "advisor": {"id": lead["id"]}}
    await home.api.accepted("removeSupervisionVisit", {"id": visit["id"]})
    await home.api.accepted("recordSupervisionVisit", {**given, "visitedOn": "2026-10-02"})
    assert await home.api.refused("restoreSupervisionVisit", {"id": visit["id"]}) == [
        ("VISITED_THAT_DAY", [])
    ]


@pytest.mark.requirement("I3")
async def test_the_database_itself_refuses_two_leads_on_one_day(home: Home) -> None:
    project = await home.active()
    await home.api.accepted("replaceAgent", {"projectId": project, "validFrom": "2026-11-01"})
    with pytest.raises(asyncpg.ExclusionViolationError):
        await home.api.pool.execute(
            "update agent_assignment set valid_to = '2026-11-01' where valid_to is not null"
        )


@pytest.mark.requirement("E3")
async def test_the_team_has_an_assistant_and_a_secretary_beside_the_lead(home: Home) -> None:
    project = await home.active()
    for role in ("ASSISTANT_AGENT", "SECRETARY", "TECHNICAL_ADVISOR"):
        await home.api.accepted(
            "assignAgent", {"projectId": project, "role": role, "titleFa": "عضو", "titleEn": "Member"}
        )
    team = await home.team(project)
    assert sorted(member["role"] for member in team) == [
        "ASSISTANT_AGENT",
        "CLUSTER_DEVELOPMENT_AGENT",
        "SECRETARY",
        "TECHNICAL_ADVISOR",
    ]
    secretary = next(member for member in team if member["role"] == "SECRETARY")
    await home.api.accepted("endAssignment", {"id": secretary["id"]})
    assert await home.api.refused("endAssignment", {"id": secretary["id"]}) == [("ASSIGNMENT_ENDED", [])]


@pytest.mark.requirement("E9")
async def test_supervision_visits_come_monthly_in_the_study_and_set_the_next_one(home: Home) -> None:
    project = await home.active()
    query = "query ($id: ID!) { project(id: $id) { nextVisitDueOn } }"
    shown = await home.api.data(query, {"id": project})
    assert shown["project"]["nextVisitDueOn"] == "2026-09-23"
    visit = await home.api.accepted(
        "recordSupervisionVisit",
        {"projectId": project, "findingsFa": "بازدید شد", "visitedOn": "2026-10-01"},
        "phaseCode visitedOn",
    )
    assert visit == {"phaseCode": "DIAGNOSTIC_STUDY", "visitedOn": "2026-10-01"}
    shown = await home.api.data(query, {"id": project})
    assert shown["project"]["nextVisitDueOn"] == "2026-10-31"
    assert (await home.api.events())[-1] == "supervision.visit_recorded"
    refused = await home.api.refused(
        "recordSupervisionVisit", {"projectId": project, "findingsFa": "", "visitedOn": "2026-11-24"}
    )
    assert refused == [("IN_FUTURE", ["visitedOn"]), ("REQUIRED", ["findingsFa"])]


@pytest.mark.parametrize(
    "role", [UserRole.PROVINCE_VIEWER, UserRole.DEVELOPMENT_AGENT, UserRole.PARTNER_AGENCY]
)
async def test_only_administrators_activate_projects(home: Home, role: UserRole) -> None:
    project = await home.planned()
    await home.api.accepted("assignAgent", {"projectId": project})
    asked = home.api.as_(role, provinces=(home.province_row,))
    assert await asked.refused("activateProject", {"id": project}) == [("NOT_ALLOWED", [])]


@pytest.mark.requirement("I2")
async def test_two_projects_activated_at_the_same_moment_leave_one_running(home: Home) -> None:
    projects = [await home.planned(), await home.planned()]
    for project in projects:
        await home.api.accepted("assignAgent", {"projectId": project})
    payloads = await asyncio.gather(
        *(home.api.run("activateProject", {"id": project}, "status") for project in projects)
    )
    codes = sorted(problem["code"] for payload in payloads for problem in payload["problems"])
    assert codes == ["PROJECT_ALREADY_ACTIVE"]
    assert [payload["project"] for payload in payloads if payload["project"]] == [{"status": "ACTIVE"}]


@pytest.mark.requirement("E3")
async def test_a_project_names_its_executing_organisation_and_the_organisation_its_projects(
    home: Home,
) -> None:
    named = {"nameFa": "شهرک‌ها", "nameEn": "Parks", "sector": "GOVERNMENTAL"}
    parks = await home.api.accepted("enterSupportInstitution", {**named, "kind": "INDUSTRIAL_PARKS_COMPANY"})
    project = await home.planned(executingOrganisationId=parks["id"])
    shown = "executingOrganisation { nameEn }"
    kept = await home.api.accepted("editProject", {"id": project, "contractNumber": "۱۲"}, shown)
    assert kept == {"executingOrganisation": {"nameEn": "Parks"}}
    firm = await home.api.accepted(
        "enterSupportInstitution",
        {"nameFa": "مشاور", "nameEn": "Firm", "sector": "NON_GOVERNMENTAL", "kind": "EXECUTING_ORGANISATION"},
    )
    moved = {"id": project, "executingOrganisationId": firm["id"]}
    assert await home.api.accepted("editProject", moved, shown) == {
        "executingOrganisation": {"nameEn": "Firm"}
    }
    found = await home.api.data(
        '{ projects(filter: { executingOrganisation: { nameEn: { eq: "Firm" } } }) { totalCount }'
        " supportInstitutions { nodes { nameEn executedProjects { totalCount } } } }"
    )
    assert found["projects"]["totalCount"] == 1
    assert {
        one["nameEn"]: one["executedProjects"]["totalCount"] for one in found["supportInstitutions"]["nodes"]
    } == {
        "Parks": 0,
        "Firm": 1,
    }
    assert await home.api.refused("removeSupportInstitution", {"id": firm["id"]}) == [("STILL_IN_USE", [])]
    absent = {"id": project, "executingOrganisationId": "SupportInstitution_nobody"}
    assert await home.api.refused("editProject", absent) == [("NOT_FOUND", ["executingOrganisationId"])]
    nobody = await home.api.accepted("editProject", {"id": project, "executingOrganisationId": None}, shown)
    assert nobody == {"executingOrganisation": None}
