"""Feasibility studies through the API: begun, found unfavourable, made again, and what a project says to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from schema.vocabulary import UserRole

if TYPE_CHECKING:
    from tests.home import Home

STUDIES = (
    "status feasibilityStudies { nodes { id begunOn completedOn recommendation preparedBy summaryEn"
    " institution { nameEn } permittedActions { action allowed } } }"
)


@pytest.mark.requirement("E1")
async def test_a_cluster_is_studied_until_a_study_speaks_for_its_project(home: Home) -> None:
    api, one = home.api, {"id": home.cluster}
    parks = await api.accepted(
        "enterSupportInstitution",
        {"nameFa": "شهرک‌ها", "nameEn": "Parks", "kind": "INDUSTRIAL_PARKS_COMPANY", "sector": "GOVERNMENTAL"},
    )
    await api.accepted("prioritiseCluster", one)
    begun = await api.accepted(
        "startFeasibilityStudy", {**one, "on": "2026-09-01", "institutionId": parks["id"]}, STUDIES
    )
    assert begun["status"] == "FEASIBILITY"
    (study,) = begun["feasibilityStudies"]["nodes"]
    assert (study["begunOn"], study["completedOn"], study["institution"]["nameEn"]) == (
        "2026-09-01",
        None,
        "Parks",
    )
    assert await api.refused("startFeasibilityStudy", one) == [("FEASIBILITY_UNDER_WAY", [])]
    found: dict[str, Any] = {"id": study["id"], "recommendation": "NOT_FEASIBLE", "summaryFa": "بازار نیست"}
    assert await api.refused("completeFeasibilityStudy", {**found, "on": "2026-08-01"}) == [
        ("DATES_OUT_OF_ORDER", ["on"])
    ]
    await api.accepted("completeFeasibilityStudy", {**found, "on": "2026-10-01"})
    assert await api.refused("completeFeasibilityStudy", found) == [("FEASIBILITY_COMPLETED", [])]
    assert await remarks(home) == ["FEASIBILITY_SKIPPED"]
    again = await api.accepted("startFeasibilityStudy", {**one, "preparedBy": "دانشگاه"}, STUDIES)
    second = again["feasibilityStudies"]["nodes"][1]["id"]
    favourable = {"id": second, "recommendation": "CONDITIONALLY_FEASIBLE", "summaryFa": "با صادرات"}
    await api.accepted("completeFeasibilityStudy", favourable)
    assert await remarks(home) == []
    edited = await api.accepted(
        "editFeasibilityStudy", {"id": second, "summaryEn": "With export"}, "summaryEn history { totalCount }"
    )
    assert edited == {"summaryEn": "With export", "history": {"totalCount": 3}}
    listed = await api.data(
        "{ feasibilityStudies(filter: { recommendation: { eq: NOT_FEASIBLE } }, orderBy: [{ begunOn: DESC }])"
        " { totalCount } }"
    )
    assert listed["feasibilityStudies"]["totalCount"] == 1
    assert (await api.events()).count("cluster.status_changed") == 2


async def remarks(home: Home) -> list[str]:
    """Return what would be remarked if the cluster came under development now."""
    allowed, reasons = (await home.permitted("cluster", home.cluster))["startClusterDevelopment"]
    assert allowed
    return reasons


@pytest.mark.requirement("E1")
async def test_a_study_made_before_the_system_is_entered_and_the_project_no_longer_remarked_on(
    home: Home,
) -> None:
    project = await home.planned()
    await home.api.accepted("assignAgent", {"projectId": project})
    assert "FEASIBILITY_SKIPPED" in (await home.permitted("project", project))["activateProject"][1]
    made = {
        "clusterId": home.cluster,
        "begunOn": "2026-02-01",
        "completedOn": "2026-04-01",
        "recommendation": "FEASIBLE",
        "summaryFa": "بازار هست",
    }
    assert await home.api.refused("recordFeasibilityStudy", {**made, "completedOn": "2026-01-01"}) == [
        ("DATES_OUT_OF_ORDER", ["completedOn"])
    ]
    foreign = home.api.as_(UserRole.PROVINCE_ADMINISTRATOR, provinces=(UUID(int=5),))
    assert await foreign.refused("recordFeasibilityStudy", made) == [("NOT_FOUND", ["clusterId"])]
    await home.api.accepted("recordFeasibilityStudy", made)
    assert "FEASIBILITY_SKIPPED" not in (await home.permitted("project", project))["activateProject"][1]


@pytest.mark.requirement("E1")
async def test_a_study_is_taken_back_and_restored_until_a_project_rests_on_it(home: Home) -> None:
    api, one = home.api, {"id": home.cluster}
    await api.accepted("prioritiseCluster", one)
    begun = await api.accepted("startFeasibilityStudy", one, "feasibilityStudies { nodes { id } }")
    first = {"id": begun["feasibilityStudies"]["nodes"][0]["id"]}
    await api.run("removeFeasibilityStudy", first)
    again = await api.accepted("startFeasibilityStudy", one, "status feasibilityStudies { nodes { id } }")
    (second,) = again["feasibilityStudies"]["nodes"]
    assert (again["status"], second["id"] == first["id"]) == ("FEASIBILITY", False)
    assert await api.refused("restoreFeasibilityStudy", first) == [("FEASIBILITY_UNDER_WAY", [])]
    favourable = {"recommendation": "FEASIBLE", "summaryFa": "بازار هست"}
    await api.accepted("completeFeasibilityStudy", {**second, **favourable})
    await api.accepted("restoreFeasibilityStudy", first)
    project = await home.planned()
    assert await api.refused("removeFeasibilityStudy", second) == [("PROJECT_RESTS_ON_STUDY", [])]
    # Another study that speaks for the project sets this one free.
    await api.accepted("completeFeasibilityStudy", {**first, **favourable})
    removed = await api.run("removeFeasibilityStudy", second)
    assert removed["problems"] == []
    assert await api.refused("removeFeasibilityStudy", first) == [("PROJECT_RESTS_ON_STUDY", [])]
    await api.accepted("cancelProject", {"id": project, "reason": "بودجه نیست"})
    assert (await api.run("removeFeasibilityStudy", first))["problems"] == []
    actions = (
        '{ auditEntries(filter: {entity: {eq: "FeasibilityStudy"}, removed: {eq: true}}) { totalCount } }'
    )
    assert (await api.data(actions))["auditEntries"]["totalCount"] == 2
