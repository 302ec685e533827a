"""Stakeholders through the API: entered alone and in bulk, normalised, restricted, members and not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from schema.vocabulary import UserRole

if TYPE_CHECKING:
    from tests.home import Home

WEAVER = {"kind": "WORKSHOP", "role": "WEAVER", "nameFa": "کارگاه گلیم‌بافی ۱", "nameEn": "Workshop 1"}


async def _enter(home: Home, **given: object) -> str:
    return str(
        (await home.api.accepted("enterStakeholder", {"clusterId": home.cluster, **WEAVER, **given}))["id"]
    )


async def test_a_name_is_its_own_in_cluster_county_and_role_whatever_the_keyboard(home: Home) -> None:
    await _enter(home)
    # Arabic yeh and kaf, a Latin digit, a space for the joiner: the same name.
    again = {"clusterId": home.cluster, **WEAVER, "nameFa": "كارگاه گليم بافي 1"}
    assert await home.api.refused("enterStakeholder", again) == [("NOT_UNIQUE", ["nameFa"])]
    await _enter(home, role="DYER")
    await _enter(home, countyId=home.counties["Delfan"])
    kept = await _enter(home, nameFa="كارگاه ديگر ٢")
    found = await home.api.data(
        "query ($f: StakeholderFilter) { stakeholders(filter: $f) { nodes { id nameFa } } }",
        {"f": {"nameFa": {"contains": "کارگاه دیگر 2"}}},
    )
    assert found["stakeholders"]["nodes"] == [{"id": kept, "nameFa": "كارگاه ديگر ٢"}]


@pytest.mark.parametrize(
    ("workers", "size"), [(0, "MICRO"), (9, "MICRO"), (10, "SMALL"), (49, "SMALL"), (50, "MEDIUM"),
                          (150, "MEDIUM"), (151, "LARGE")]
)  # fmt: skip
async def test_the_size_class_follows_from_the_workers(home: Home, workers: int, size: str) -> None:
    given = {"clusterId": home.cluster, **WEAVER, "workersCount": workers}
    entered = await home.api.accepted("enterStakeholder", given, "id sizeClass workersCount")
    assert (entered["sizeClass"], entered["workersCount"]) == (size, workers)
    edited = await home.api.accepted(
        "editStakeholder", {"id": entered["id"], "workersCount": 60}, "sizeClass"
    )
    assert edited["sizeClass"] == "MEDIUM"


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"workersCount": 900, "sizeClass": "MICRO"}, ("SIZE_DIFFERS", ["sizeClass"])),
        ({"workersCount": -1}, ("OUT_OF_RANGE", ["workersCount"])),
        ({"nameFa": "  "}, ("REQUIRED", ["nameFa"])),
        ({"nameEn": "x" * 10_000}, ("TOO_LONG", ["nameEn"])),
        ({"phone": "call me"}, ("UNUSABLE_PHONE", ["phone"])),
        ({"email": "weaver@"}, ("UNUSABLE_EMAIL", ["email"])),
        ({"role": "SUPPORT_INSTITUTION"}, ("REQUIRED", ["institutionId"])),
        (
            {"countyId": "County_00000000-0000-7000-8000-000000000000"},
            ("COUNTY_OF_ANOTHER_PROVINCE", ["countyId"]),
        ),
        ({"countyId": "nonsense"}, ("COUNTY_OF_ANOTHER_PROVINCE", ["countyId"])),
    ],
)  # fmt: skip
async def test_unusable_entries_are_refused_at_their_path(
    home: Home, given: dict[str, object], problem: tuple[str, list[str]]
) -> None:
    entry = {"clusterId": home.cluster, **WEAVER, **given}
    assert await home.api.refused("enterStakeholder", entry) == [problem]


async def test_contact_data_is_folded_and_read_only_by_those_who_need_it(home: Home) -> None:
    stakeholder = await _enter(home, phone="۰۶۶-۳۳۱۲ (۳۴۵۶)", email="weaver@example.ir", contactName="مدیر")
    query = "query ($id: ID!) { stakeholder(id: $id) { nameEn phone email contactName } }"
    shown = (await home.api.data(query, {"id": stakeholder}))["stakeholder"]
    assert shown["phone"] == "06633123456"
    partner = home.api.as_(
        UserRole.PARTNER_AGENCY, provinces=(home.province_row,), scopes=frozenset({"READ"})
    )
    hidden = (await partner.data(query, {"id": stakeholder}))["stakeholder"]
    assert hidden == {"nameEn": "Workshop 1", "phone": None, "email": None, "contactName": None}


async def test_up_to_a_hundred_are_entered_at_once_or_none(home: Home) -> None:
    entries = [{**WEAVER, "nameFa": f"کارگاه {number}"} for number in range(100)]
    given = {"clusterId": home.cluster, "stakeholders": entries}
    entered = await home.api.accepted("enterStakeholders", given, "stakeholders { totalCount }")
    assert entered == {"stakeholders": {"totalCount": 100}}
    assert (
        await home.api.pool.fetchval("select count(*) from audit_entry where entity = 'Stakeholder'") == 100
    )
    too_many = {"clusterId": home.cluster, "stakeholders": [*entries, WEAVER]}
    assert await home.api.refused("enterStakeholders", too_many) == [("TOO_MANY", ["stakeholders"])]
    nothing = {"clusterId": home.cluster, "stakeholders": []}
    assert await home.api.refused("enterStakeholders", nothing) == [("REQUIRED", ["stakeholders"])]


async def test_a_list_names_the_row_of_every_problem(home: Home) -> None:
    await _enter(home)
    entries = [
        {**WEAVER, "nameFa": "نو"},
        WEAVER,
        {**WEAVER, "nameFa": "", "phone": "x"},
        {**WEAVER, "nameFa": "نو"},
    ]
    given = {"clusterId": home.cluster, "stakeholders": entries}
    assert await home.api.refused("enterStakeholders", given) == [
        ("NOT_UNIQUE", ["stakeholders", "1", "nameFa"]),
        ("REQUIRED", ["stakeholders", "2", "nameFa"]),
        ("UNUSABLE_PHONE", ["stakeholders", "2", "phone"]),
        ("NAMED_TWICE", ["stakeholders", "3", "nameFa"]),
    ]


@pytest.mark.requirement("R54")
async def test_members_are_some_of_the_stakeholders(home: Home) -> None:
    stakeholder = await _enter(home)
    admitted = {"stakeholderId": stakeholder, "validFrom": "2026-02-01"}
    membership = await home.api.accepted("admitMember", admitted, "id stakeholder { isMember }")
    assert membership["stakeholder"] == {"isMember": True}
    assert await home.api.refused("admitMember", admitted) == [("ALREADY_MEMBER", [])]
    assert await home.api.refused("removeStakeholder", {"id": stakeholder}) == [("STILL_IN_USE", [])]
    assert await home.api.refused("endMembership", {"id": membership["id"], "on": "2026-01-01"}) == [
        ("DATES_OUT_OF_ORDER", ["on"])
    ]
    await home.api.accepted("endMembership", {"id": membership["id"], "on": "2026-10-01"})
    assert await home.api.refused("endMembership", {"id": membership["id"]}) == [("MEMBERSHIP_ENDED", [])]
    assert await home.api.refused("admitMember", {**admitted, "validFrom": "2026-09-01"}) == [
        ("DATES_OUT_OF_ORDER", ["validFrom"])
    ]
    await home.api.accepted("admitMember", {"stakeholderId": stakeholder})


@pytest.mark.requirement("R54", "R19")
async def test_a_support_institution_is_a_stakeholder_and_never_a_member(home: Home) -> None:
    institution = await home.api.accepted(
        "enterSupportInstitution",
        {"nameFa": "بانک کشاورزی", "nameEn": "Bank", "kind": "BANK", "sector": "GOVERNMENTAL"},
    )
    stakeholder = await _enter(
        home, kind="ORGANISATION", role="SUPPORT_INSTITUTION", institutionId=institution["id"]
    )
    assert await home.api.refused("admitMember", {"stakeholderId": stakeholder}) == [
        ("INSTITUTION_IS_NOT_A_MEMBER", [])
    ]


async def test_a_removed_stakeholder_is_restored_unless_the_name_is_taken_meanwhile(home: Home) -> None:
    stakeholder = await _enter(home)
    await home.api.accepted("removeStakeholder", {"id": stakeholder})
    assert await home.api.refused("editStakeholder", {"id": stakeholder, "nameEn": "x"}) == [
        ("NOT_FOUND", ["id"])
    ]
    await home.api.accepted("restoreStakeholder", {"id": stakeholder})
    await home.api.accepted("removeStakeholder", {"id": stakeholder})
    await _enter(home)
    assert await home.api.refused("restoreStakeholder", {"id": stakeholder}) == [("NOT_UNIQUE", ["nameFa"])]


async def test_an_edit_changes_only_what_is_given(home: Home) -> None:
    stakeholder = await _enter(home, workersCount=5)
    edited = await home.api.accepted(
        "editStakeholder",
        {"id": stakeholder, "countyId": home.counties["Kuhdasht"], "leadGender": "WOMAN"},
        "nameFa role leadGender workersCount sizeClass county { nameEn } revision",
    )
    assert edited == {
        "nameFa": "کارگاه گلیم‌بافی ۱",
        "role": "WEAVER",
        "leadGender": "WOMAN",
        "workersCount": 5,
        "sizeClass": "MICRO",
        "county": {"nameEn": "Kuhdasht"},
        "revision": 2,
    }
    stale = {"id": stakeholder, "nameEn": "x", "expectedRevision": 1}
    assert await home.api.refused("editStakeholder", stale) == [("STALE", ["expectedRevision"])]
    emptied = {"id": stakeholder, "nameFa": None, "role": None}
    assert await home.api.refused("editStakeholder", emptied) == [
        ("REQUIRED", ["role"]),
        ("REQUIRED", ["nameFa"]),
    ]
