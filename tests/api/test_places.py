"""Counties, cities and villages through the API, and what a partner agency learns of where a workshop is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from schema.vocabulary import UserRole

if TYPE_CHECKING:
    from tests.home import Home

WHERE = "{ stakeholders(orderBy: [{ nameEn: ASC }]) { nodes { county { nameEn } place { nameEn kind } } } }"


async def test_a_workshop_is_in_a_village_for_the_office_and_in_a_county_for_a_partner(home: Home) -> None:
    api = home.api
    county = await api.accepted(
        "addCounty", {"provinceId": home.province, "nameFa": "چگنی", "nameEn": "Chegeni"}
    )
    again = {"provinceId": home.province, "nameFa": "چگني", "nameEn": "Chegeni"}
    assert await api.refused("addCounty", again) == [("NOT_UNIQUE", ["nameFa"])]
    village = await api.accepted(
        "addPlace",
        {"countyId": county["id"], "kind": "VILLAGE", "nameFa": "سراب دوره", "nameEn": "Sarab-e Dowreh"},
    )
    city = await api.accepted(
        "addPlace",
        {"countyId": home.counties["Kuhdasht"], "kind": "CITY", "nameFa": "کوهدشت", "nameEn": "Kuhdasht"},
    )
    one = {"clusterId": home.cluster, "kind": "WORKSHOP", "role": "WEAVER"}
    await api.accepted(
        "enterStakeholder", {**one, "nameFa": "کارگاه ۱", "nameEn": "A", "placeId": village["id"]}
    )
    entered = await api.accepted(
        "enterStakeholder", {**one, "nameFa": "کارگاه ۲", "nameEn": "B", "placeId": city["id"]}
    )
    moved = {"id": entered["id"], "countyId": home.counties["Delfan"]}
    assert await api.refused("editStakeholder", moved) == [("PLACE_OF_ANOTHER_COUNTY", ["placeId"])]
    inside = (await api.data(WHERE))["stakeholders"]["nodes"]
    assert inside == [
        {"county": {"nameEn": "Chegeni"}, "place": {"nameEn": "Sarab-e Dowreh", "kind": "VILLAGE"}},
        {"county": {"nameEn": "Kuhdasht"}, "place": {"nameEn": "Kuhdasht", "kind": "CITY"}},
    ]
    partner = api.as_(UserRole.PARTNER_AGENCY, provinces=(home.province_row,))
    outside = (await partner.data(WHERE))["stakeholders"]["nodes"]
    assert outside == [{"county": {"nameEn": "Chegeni"}, "place": None}, inside[1]]
    await api.accepted("editPlace", {"id": village["id"], "kind": "CITY"})
    assert (await partner.data(WHERE))["stakeholders"]["nodes"][0]["place"]["nameEn"] == "Sarab-e Dowreh"


async def test_a_town_far_off_the_globe_is_refused_and_stores_nothing(home: Home) -> None:
    far = {
        "countyId": home.counties["Delfan"],
        "kind": "CITY",
        "nameFa": "ن",
        "nameEn": "N",
        "latitude": 91.0,
    }
    assert await home.api.refused("addPlace", far) == [("OUT_OF_RANGE", ["latitude"])]
    assert await home.api.pool.fetchval("select count(*) from place") == 0


async def test_a_county_is_corrected_and_keeps_a_name_of_its_own(home: Home) -> None:
    kuhdasht = {"id": home.counties["Kuhdasht"]}
    assert await home.api.refused("editCounty", {**kuhdasht, "nameFa": "دلفان"}) == [
        ("NOT_UNIQUE", ["nameFa"])
    ]
    assert await home.api.refused("editCounty", {**kuhdasht, "nameEn": ""}) == [("REQUIRED", ["nameEn"])]
    edited = await home.api.accepted("editCounty", {**kuhdasht, "nameEn": "Koohdasht"}, "nameFa nameEn")
    assert edited == {"nameFa": "کوهدشت", "nameEn": "Koohdasht"}
