"""The exit through the API: from the council's decision to the last hand-over."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

import pytest

from schema.councils.rows import CouncilDecision
from schema.projects.rows import AgentAssignment
from schema.sub_projects.rows import SubProject
from services.notifications.schedule import Schedule
from tests.world import CLUSTER, COUNCIL, NETWORK, PROJECT, number

if TYPE_CHECKING:
    from tests.world import Api

PROJECT_ID = f"ClusterProject_{number(PROJECT, 1)}"
NETWORK_ID = f"Network_{number(NETWORK, 1)}"
ASSESSMENT = {
    "projectId": PROJECT_ID,
    "defining": 0.7,
    "steering": 0.6,
    "assessedOn": "2026-06-10",
    "decidedBy": "شورای راهبری",
    "evidence": "صورت‌جلسه",
}

pytestmark = pytest.mark.usefixtures("world")


async def prepared(api: Api) -> None:
    """Attain the level, assess self-reliance, let the council decide, name an agent."""
    cluster = number(CLUSTER, 1)
    attained = {"level": "MATURING", "on": "2026-06-10", "decidedBy": "council", "evidence": "minutes"}
    await api.accepted("recordDevelopmentLevel", {"id": f"Cluster_{cluster}", **attained})
    await api.accepted("assessSelfReliance", ASSESSMENT)
    await CouncilDecision.create(
        cluster_id=cluster,
        meeting_id=number(COUNCIL, 11),
        subject="EXIT",
        project_id=number(PROJECT, 1),
        decision="APPROVE",
        decided_on=datetime.date(2026, 6, 10),
    )
    await AgentAssignment.create(
        cluster_id=cluster,
        project_id=number(PROJECT, 1),
        role="CLUSTER_DEVELOPMENT_AGENT",
        title_fa="عامل",
        title_en="Agent",
        valid_from=datetime.date(2026, 6, 1),
    )


@pytest.mark.requirement("R47", "R48", "R53")
async def test_an_announcement_without_its_preconditions_is_refused_and_says_all_reasons(api: Api) -> None:
    assert await api.refused("announceExit", {"projectId": PROJECT_ID}) == [
        ("DEVELOPMENT_NOT_ATTAINED", []),
        ("DEFINING_NOT_ATTAINED", []),
        ("STEERING_NOT_ATTAINED", []),
        ("EXIT_NOT_DECIDED", []),
    ]


@pytest.mark.requirement("R47", "R48", "R49", "R50", "R51", "R52", "I12", "I3", "I4", "I13", "I14")
async def test_the_agent_leaves_gradually_and_loses_the_assignment(api: Api) -> None:
    await prepared(api)
    announced = await api.accepted(
        "announceExit",
        {"projectId": PROJECT_ID, "announcedOn": "2026-06-11"},
        "id windowStart windowEnd project { status exitStatus phases(last: 1) { nodes { code status } } }"
        " developmentAssessment { level requiredLevel } selfRelianceAssessment { defining steering threshold }",
    )
    assert announced["developmentAssessment"] == {"level": "MATURING", "requiredLevel": "MATURING"}
    assert announced["selfRelianceAssessment"] == {"defining": 0.7, "steering": 0.6, "threshold": 0.5}
    assert announced["project"] == {
        "status": "EXITING",
        "exitStatus": "ANNOUNCED",
        "phases": {"nodes": [{"code": "AGENT_EXIT", "status": "IN_PROGRESS"}]},
    }
    assert (announced["windowStart"], announced["windowEnd"]) == ("2026-10-13", "2026-12-12")
    exit_ = {"id": announced["id"]}
    assert await api.refused("completeExit", {**exit_, "completedOn": "2026-11-01"}) == [
        ("EXIT_WITHOUT_STUDY", []),
        ("STEPS_MISSING", []),
        ("OPEN_SUB_PROJECTS", []),
    ]
    await api.pool.execute(
        "update phase set status = 'COMPLETED', actual_end = '2026-09-01' where code = 'DIAGNOSTIC_STUDY'"
    )
    for what in ("Market", "Training"):
        step = await api.accepted(
            "addHandoverStep",
            {**exit_, "whatFa": what, "whatEn": what, "networkId": NETWORK_ID, "dueOn": "2026-09-01"},
        )
        await api.accepted(
            "completeHandoverStep", {"id": step["id"], "doneOn": "2026-09-01", "evidence": "minutes"}
        )
    await SubProject.filter(cluster_id=number(CLUSTER, 1)).update(
        led_by="NETWORK", transferred_on=datetime.date(2026, 9, 1)
    )
    assert await api.refused("completeExit", {**exit_, "completedOn": "2026-10-12"}) == [
        ("EXIT_TOO_EARLY", ["completedOn"])
    ]
    done = await api.accepted(
        "completeExit",
        {**exit_, "completedOn": "2026-11-01"},
        """status project { status actualEnd assignments { nodes { validTo } }
           phases { nodes { code status actualEnd } } }""",
    )
    assert done["status"] == "COMPLETED"
    assert done["project"]["status"] == "COMPLETED"
    assert done["project"]["assignments"]["nodes"] == [{"validTo": "2026-11-01"}]
    trust = next(phase for phase in done["project"]["phases"]["nodes"] if phase["code"] == "TRUST_BUILDING")
    assert trust == {
        "code": "TRUST_BUILDING",
        "status": "COMPLETED",
        "actualEnd": done["project"]["actualEnd"],
    }
    assert {
        "exit.announced",
        "exit.step_done",
        "exit.completed",
        "assignment.ended",
        "project.completed",
    } <= set(await api.events())


@pytest.mark.requirement("R51")
async def test_a_step_is_changed_dropped_and_brought_back_until_it_is_done(api: Api) -> None:
    await prepared(api)
    announced = await api.accepted("announceExit", {"projectId": PROJECT_ID, "announcedOn": "2026-06-11"})
    market = {"whatFa": "بازار", "whatEn": "Market", "networkId": NETWORK_ID, "dueOn": "2026-09-01"}
    step = await api.accepted("addHandoverStep", {"id": announced["id"], **market})
    early = {**step, "dueOn": "2026-06-10"}
    assert await api.refused("editHandoverStep", early) == [("DATES_OUT_OF_ORDER", ["dueOn"])]
    edited = await api.accepted("editHandoverStep", {**step, "whatEn": "Sales"}, "whatEn dueOn")
    assert edited == {"whatEn": "Sales", "dueOn": "2026-09-01"}
    assert (await api.run("removeHandoverStep", step))["problems"] == []
    assert await api.refused("editHandoverStep", {**step, "whatEn": "x"}) == [("NOT_FOUND", ["id"])]
    assert await api.accepted("restoreHandoverStep", step, "whatEn") == {"whatEn": "Sales"}
    await api.accepted("completeHandoverStep", {**step, "doneOn": "2026-09-01", "evidence": "minutes"})
    for mutation in ("editHandoverStep", "removeHandoverStep"):
        assert await api.refused(mutation, step) == [("ALREADY_RECORDED", [])]
    assert await api.refused("restoreHandoverStep", step) == [("NOT_FOUND", ["id"])]


@pytest.mark.requirement("R50")
async def test_an_exit_is_overdue_the_day_after_its_window_and_not_once_it_is_revoked(api: Api) -> None:
    await prepared(api)
    announced = await api.accepted("announceExit", {"projectId": PROJECT_ID, "announcedOn": "2026-06-11"})

    async def told(day: datetime.date) -> int:
        noon = datetime.datetime(day.year, day.month, day.day, 9, tzinfo=datetime.UTC)
        await Schedule(api.pool, lambda: noon).look()
        return (await api.events()).count("exit.overdue")

    last = datetime.date(2026, 12, 12)
    assert [await told(last), await told(last + datetime.timedelta(days=1))] == [0, 1]
    await api.accepted("revokeExit", {"id": announced["id"], "reason": "بازنگری"})
    assert await told(last + datetime.timedelta(days=15)) == 1


async def test_an_announcement_can_be_taken_back_and_made_again(api: Api) -> None:
    await prepared(api)
    announced = await api.accepted("announceExit", {"projectId": PROJECT_ID})
    revoked = await api.accepted(
        "revokeExit", {"id": announced["id"], "reason": "بازنگری"}, "status project { status }"
    )
    assert revoked == {"status": "REVOKED", "project": {"status": "ACTIVE"}}
    assert await api.refused("announceExit", {"projectId": PROJECT_ID}) == [("EXIT_NOT_DECIDED", [])]


async def test_readiness_is_computed_filterable_and_sortable(api: Api) -> None:
    await SubProject.filter(cluster_id=number(CLUSTER, 1)).update(defined_by="MEMBER")
    data = await api.data(
        """{ projects(filter: {definingShare: {gt: 0.9}}, orderBy: [{exitScore: DESC}]) {
          nodes { cluster { slug } definingShare steeringShare resourcesShare exitScore exitStatus planIsFresh
            hasComprehensiveNetwork levelAttained socialCapitalIndex exitActions { action allowed } } } }"""
    )
    assert data["projects"]["nodes"] == [
        {
            "cluster": {"slug": "cluster-1"},
            "definingShare": 1,
            "steeringShare": 0,
            "resourcesShare": 0,
            "exitScore": 30,
            "exitStatus": "NOT_ELIGIBLE",
            "planIsFresh": True,
            "hasComprehensiveNetwork": False,
            "levelAttained": False,
            "socialCapitalIndex": None,
            "exitActions": [
                {"action": "assessSelfReliance", "allowed": True},
                {"action": "announceExit", "allowed": False},
            ],
        }
    ]
