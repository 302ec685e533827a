"""The provincial committee through the API: seats, sessions that help to fund approved plans, and its end (E7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from schema.vocabulary import UserRole

if TYPE_CHECKING:
    from tests.council_room import CouncilRoom

TITLE = {"titleFa": "معاون استاندار", "titleEn": "Deputy governor"}


@pytest.mark.requirement("R27", "E6", "E7")
async def test_a_committee_is_formed_seated_and_helps_to_fund_the_plan_the_council_approved(
    council_room: CouncilRoom,
) -> None:
    room = council_room
    api, province = room.api, room.home.province
    formed = await api.accepted(
        "formProvincialCommittee", {"provinceId": province, "formedOn": "2026-01-10"}, "id province { id }"
    )
    assert formed["province"]["id"] == province
    committee = formed["id"]
    assert await api.refused("formProvincialCommittee", {"provinceId": province}) == [
        ("COMMITTEE_EXISTS", ["provinceId"])
    ]
    chair = {"committeeId": committee, "role": "CHAIR", "validFrom": "2026-02-01", **TITLE}
    seat = (await api.accepted("appointCommitteeSeat", chair))["id"]
    assert await api.refused("appointCommitteeSeat", chair) == [("SEAT_TAKEN", ["role"])]
    await api.accepted("appointCommitteeSeat", {**chair, "expert": True})
    draft = await room.drafted()
    session = {"committeeId": committee, "heldOn": "2026-11-01", "minutesFa": "به تأمین مالی کمک شد."}
    assert await api.refused("recordCommitteeSession", {**session, "planIds": [draft]}) == [
        ("PLAN_NOT_OF_THE_PROVINCE", ["planIds", "0"])
    ]
    await api.accepted("submitActionPlan", {"id": draft, "presentedOn": "2026-10-01"})
    await room.approved(draft)
    held = await api.accepted(
        "recordCommitteeSession",
        {**session, "planIds": [draft]},
        "minutesFa actionPlans { nodes { id titleEn } }",
    )
    assert held["actionPlans"]["nodes"] == [
        {"id": draft, "titleEn": "Action-plan document: Lorestan Kilim Cluster, version 1"}
    ]
    viewer = api.as_(UserRole.NATIONAL_VIEWER)
    seen = await viewer.data("{ committeeSessions { nodes { heldOn minutesFa } } }")
    assert seen["committeeSessions"]["nodes"] == [{"heldOn": "2026-11-01", "minutesFa": None}]
    agent = api.as_(UserRole.DEVELOPMENT_AGENT)
    assert await agent.refused("dissolveProvincialCommittee", {"id": committee}) == [("NOT_ALLOWED", [])]
    assert await api.refused("dissolveProvincialCommittee", {"id": committee, "on": "2026-01-20"}) == [
        ("DATES_OUT_OF_ORDER", ["on"])
    ]
    over = await api.accepted(
        "dissolveProvincialCommittee",
        {"id": committee, "on": "2026-11-20"},
        "dissolvedOn currentSeats { id } seats { nodes { validTo } }",
    )
    assert (over["dissolvedOn"], over["currentSeats"]) == ("2026-11-20", [])
    assert {one["validTo"] for one in over["seats"]["nodes"]} == {"2026-11-20"}
    assert await api.refused("endCommitteeSeat", {"id": seat}) == [("SEAT_ENDED", [])]
    again = await api.accepted("formProvincialCommittee", {"provinceId": province})
    assert again["id"] != committee
