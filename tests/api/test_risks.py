"""Risks and counties of sub-projects through the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schema.provinces.rows import County, Province

if TYPE_CHECKING:
    from tests.council_room import CouncilRoom


async def test_a_risk_is_raised_weighed_held_down_closed_and_comes_back(council_room: CouncilRoom) -> None:
    api = council_room.api
    part = await council_room.approved_sub_project()
    given = {
        "subProjectId": part, "kind": "RISK", "titleFa": "گرانی پشم", "titleEn": "Dear wool", "likelihood": 4,
        "impact": 5,
    }  # fmt: skip
    shown = "id status exposure closedOn responseFa permittedActions { action allowed }"
    risk = await api.accepted("raiseRisk", given, shown)
    assert (risk["status"], risk["exposure"]) == ("OPEN", 20)
    assert await api.refused("raiseRisk", {**given, "impact": 6}) == [("OUT_OF_RANGE", ["impact"])]
    found = await api.data(
        "{ risks(filter: { exposure: { gte: 20 } }, orderBy: [{ exposure: DESC }]) { totalCount } }"
    )
    assert found["risks"]["totalCount"] == 1
    one = {"id": risk["id"]}
    assert (await api.accepted("editRisk", {**one, "likelihood": 2}, shown))["exposure"] == 10
    assert await api.refused("mitigateRisk", one) == [("REQUIRED", ["responseFa"])]
    assert (await api.accepted("mitigateRisk", {**one, "responseFa": "خرید مشترک"}, shown))[
        "status"
    ] == "MITIGATED"
    closed = await api.accepted("closeRisk", {**one, "reason": "گذشت"}, shown)
    assert (closed["status"], closed["closedOn"]) == ("CLOSED", "2026-11-23")
    allowed = {each["action"] for each in closed["permittedActions"] if each["allowed"]}
    assert allowed == {"reopenRisk"}
    assert await api.refused("editRisk", {**one, "impact": 1}) == [("WRONG_STATUS", [])]
    await api.accepted("reopenRisk", one)
    await api.accepted("removeRisk", one)
    await api.accepted("restoreRisk", one)
    whole = await council_room.one("subProject", part, "risks { nodes { status } }")
    assert whole["risks"]["nodes"] == [{"status": "OPEN"}]


async def test_a_sub_project_is_carried_out_in_counties_of_its_province(council_room: CouncilRoom) -> None:
    api, counties = council_room.api, council_room.home.counties
    part = await council_room.approved_sub_project()
    both = {"id": part, "countyIds": [counties["Kuhdasht"], counties["Delfan"]]}
    placed = await api.accepted("placeSubProject", both, "counties { nodes { nameEn } }")
    assert {node["nameEn"] for node in placed["counties"]["nodes"]} == {"Kuhdasht", "Delfan"}
    fewer = await api.accepted(
        "placeSubProject", {"id": part, "countyIds": [counties["Delfan"]]}, "counties { nodes { nameEn } }"
    )
    assert [node["nameEn"] for node in fewer["counties"]["nodes"]] == ["Delfan"]
    found = await api.data(
        '{ subProjects(filter: { counties: { nameEn: { eq: "Delfan" } } }) { totalCount } }'
    )
    assert found["subProjects"]["totalCount"] == 1
    far = await Province.create(
        iso_code="IR-08", legacy_iso_code="IR-15", name_fa="کرمان", name_en="Kerman", capital_fa="کرمان",
        capital_en="Kerman", latitude=30.3, longitude=57.1, tile_column=2, tile_row=1,
    )  # fmt: skip
    foreign = await County.create(province_id=far.id, name_fa="بم", name_en="Bam")
    assert await api.refused("placeSubProject", {"id": part, "countyIds": [f"County_{foreign.id}"]}) == [
        ("PROVINCE_MISMATCH", ["countyIds", "0"])
    ]
