"""The national policy council through the API: formed under ISIPO, seated, in session, dissolved (E8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from schema.vocabulary import UserRole

if TYPE_CHECKING:
    from tests.home import Home

ISIPO = {"nameFa": "سازمان صنایع کوچک", "nameEn": "ISIPO", "kind": "OTHER", "sector": "GOVERNMENTAL"}
TITLE = {"titleFa": "مدیرعامل", "titleEn": "Chief executive"}


@pytest.mark.requirement("E8")
async def test_the_national_council_is_formed_under_isipo_and_only_by_the_national_office(home: Home) -> None:
    api = home.api
    isipo = (await api.accepted("enterSupportInstitution", ISIPO))["id"]
    parks = {**ISIPO, "nameFa": "شهرک‌ها", "provinceId": home.province}
    provincial = (await api.accepted("enterSupportInstitution", parks))["id"]
    chaired = {"institutionId": isipo, "formedOn": "2026-01-10"}
    province = api.as_(UserRole.PROVINCE_ADMINISTRATOR, provinces=(home.province_row,))
    assert await province.refused("formNationalCouncil", chaired) == [("NOT_ALLOWED", [])]
    assert await api.refused("formNationalCouncil", {"institutionId": provincial}) == [
        ("NATIONAL_INSTITUTION_ONLY", ["institutionId"])
    ]
    shown = "id institution { nameEn } permittedActions { action allowed }"
    council = await api.accepted("formNationalCouncil", chaired, shown)
    assert council["institution"] == {"nameEn": "ISIPO"}
    assert await api.refused("formNationalCouncil", chaired) == [("NATIONAL_COUNCIL_EXISTS", [])]
    assert await api.refused("removeSupportInstitution", {"id": isipo}) == [("STILL_IN_USE", [])]
    chair = {"councilId": council["id"], "role": "CHAIR", "validFrom": "2026-02-01", **TITLE}
    assert await api.refused("appointNationalSeat", {**chair, "institutionId": provincial}) == [
        ("CHAIR_OF_ANOTHER_INSTITUTION", ["institutionId"])
    ]
    seat = await api.accepted("appointNationalSeat", {**chair, "institutionId": isipo})
    session = {"councilId": council["id"], "heldOn": "2026-11-01", "agendaFa": "اولویت‌ها", "minutesFa": "x"}
    held = await api.accepted("recordNationalSession", session, "heldOn minutesFa")
    assert held == {"heldOn": "2026-11-01", "minutesFa": "x"}
    partner = api.as_(UserRole.PARTNER_AGENCY)
    asked = "{ nationalCouncils { nodes { currentSeats { titleEn } sessions { nodes { agendaFa minutesFa } } } } }"
    assert (await partner.data(asked))["nationalCouncils"]["nodes"] == [
        {
            "currentSeats": [{"titleEn": "Chief executive"}],
            "sessions": {"nodes": [{"agendaFa": "اولویت‌ها", "minutesFa": None}]},
        }
    ]
    over = await api.accepted(
        "dissolveNationalCouncil",
        {"id": council["id"], "on": "2026-11-20"},
        "dissolvedOn currentSeats { id } permittedActions { allowed }",
    )
    assert (over["dissolvedOn"], over["currentSeats"]) == ("2026-11-20", [])
    assert not any(each["allowed"] for each in over["permittedActions"])
    assert await api.refused("endNationalSeat", {"id": seat["id"]}) == [("SEAT_ENDED", [])]
    assert (await api.accepted("formNationalCouncil", {"institutionId": isipo}))["id"] != council["id"]
