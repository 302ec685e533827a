"""What was done in a province and to no single cluster is in the history of those who administer that province."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from schema.vocabulary import UserRole
from tests.world import PROVINCE, number

if TYPE_CHECKING:
    from tests.world import Api

TITLE = {"titleFa": "معاون استاندار", "titleEn": "Deputy governor"}
INSTITUTION = {"kind": "NGO", "sector": "NON_GOVERNMENTAL"}
TRAIL = "{ auditEntries { nodes { entity province { id } } } }"


@pytest.mark.requirement("I17", "I18")
@pytest.mark.usefixtures("world")
async def test_administrators_see_the_history_of_their_province_and_of_no_other(api: Api) -> None:
    own, other = (number(PROVINCE, place) for place in (1, 2))
    here = api.as_(UserRole.PROVINCE_ADMINISTRATOR, provinces=(own,))
    there = api.as_(UserRole.PROVINCE_ADMINISTRATOR, provinces=(other,))
    province = f"Province_{own}"

    def named(name: str) -> dict[str, str]:
        return {"nameFa": f"{name} نو", "nameEn": f"New {name}"}

    committee = await here.accepted("formProvincialCommittee", {"provinceId": province})
    seat = {"committeeId": committee["id"], "role": "CHAIR", **TITLE}
    made = await here.accepted("appointCommitteeSeat", seat)
    await here.accepted("endCommitteeSeat", {"id": made["id"]})
    await here.accepted("recordCommitteeSession", {"committeeId": committee["id"]})
    county = await here.accepted("addCounty", {"provinceId": province, **named("county")})
    place = {"countyId": county["id"], "kind": "CITY"}
    made = await here.accepted("addPlace", {**place, **named("place")})
    await here.accepted("editPlace", {"id": made["id"], "nameEn": "Old town"})
    institution = {**INSTITUTION, **named("institution")}
    made = await here.accepted("enterSupportInstitution", {"provinceId": province, **institution})
    await here.accepted("renameSupportInstitution", {"id": made["id"], **named("house")})
    await api.accepted("enterSupportInstitution", {**INSTITUTION, **named("national")})

    seen = (await here.data(TRAIL))["auditEntries"]["nodes"]
    assert sorted(entry["entity"] for entry in seen) == [
        "CommitteeSeat", "CommitteeSeat", "CommitteeSession", "County", "InstitutionName", "Place", "Place",
        "ProvincialCommittee", "SupportInstitution", "SupportInstitution",
    ]  # fmt: skip
    assert {entry["province"]["id"] for entry in seen} == {province}
    assert (await there.data(TRAIL))["auditEntries"]["nodes"] == []
    partner = api.as_(UserRole.PARTNER_AGENCY, provinces=(own,))
    assert (await partner.data(TRAIL))["auditEntries"]["nodes"] == []
    everything = (await api.data(TRAIL))["auditEntries"]["nodes"]
    assert len(everything) == len(seen) + 1
