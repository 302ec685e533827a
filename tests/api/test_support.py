"""Support institutions through the API: entered, renamed, kept within reach, and what they promise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import asyncpg
import pytest

from schema.vocabulary import UserRole

if TYPE_CHECKING:
    from tests.council_room import CouncilRoom
    from tests.home import Home

BANK = {"nameFa": "بانک توسعه تعاون", "nameEn": "Cooperative Bank", "kind": "BANK", "sector": "GOVERNMENTAL"}


@pytest.mark.requirement("R14")
async def test_an_institution_is_governmental_or_not_and_has_a_name_of_its_own(home: Home) -> None:
    api = home.api
    entered = await api.accepted("enterSupportInstitution", BANK, "sector kind province { id }")
    assert entered == {"sector": "GOVERNMENTAL", "kind": "BANK", "province": None}
    again = {**BANK, "nameFa": "بانك توسعهٔ تعاون"}
    refused = await api.refused("enterSupportInstitution", again)
    assert refused == [("NOT_UNIQUE", ["nameFa"])]
    await api.accepted("enterSupportInstitution", {**BANK, "provinceId": home.province})


async def test_a_renamed_institution_is_found_by_its_former_name_too(home: Home) -> None:
    api = home.api
    bank = (await api.accepted("enterSupportInstitution", BANK))["id"]
    renamed = await api.accepted(
        "renameSupportInstitution",
        {"id": bank, "nameFa": "بانک نو", "nameEn": "New Bank", "on": "2026-05-01"},
        "nameFa formerNames { nameFa validFrom validTo }",
    )
    assert renamed == {
        "nameFa": "بانک نو",
        "formerNames": [{"nameFa": BANK["nameFa"], "validFrom": None, "validTo": "2026-05-01"}],
    }
    early = {"id": bank, "nameFa": "بانک نوتر", "nameEn": "Newer Bank", "on": "2026-04-01"}
    assert await api.refused("renameSupportInstitution", early) == [("DATES_OUT_OF_ORDER", ["on"])]
    again = await api.accepted(
        "renameSupportInstitution", {**early, "on": "2026-06-01"}, "formerNames { validFrom validTo }"
    )
    assert again["formerNames"][1] == {"validFrom": "2026-05-01", "validTo": "2026-06-01"}
    same = {"id": bank, "nameFa": "بانك نوتر", "nameEn": "Newer Bank"}
    assert await api.refused("renameSupportInstitution", same) == [("NOT_UNIQUE", ["nameFa"])]


async def test_an_institution_never_belongs_to_itself_or_to_its_branches(home: Home) -> None:
    api = home.api
    ministry = (await api.accepted("enterSupportInstitution", {**BANK, "nameFa": "وزارت", "kind": "OTHER"}))[
        "id"
    ]
    branch = (
        await api.accepted("enterSupportInstitution", {**BANK, "nameFa": "اداره‌کل", "parentId": ministry})
    )["id"]
    office = (await api.accepted("enterSupportInstitution", {**BANK, "nameFa": "اداره", "parentId": branch}))[
        "id"
    ]
    for parent in (ministry, branch, office):
        assert await api.refused("editSupportInstitution", {"id": ministry, "parentId": parent}) == [
            ("PARENT_IS_A_BRANCH", ["parentId"])
        ]
    assert await api.refused("removeSupportInstitution", {"id": ministry}) == [("STILL_IN_USE", [])]
    await api.accepted("removeSupportInstitution", {"id": office})
    await api.accepted("restoreSupportInstitution", {"id": office})


async def test_a_province_administrator_keeps_to_the_own_province(home: Home) -> None:
    national = (await home.api.accepted("enterSupportInstitution", BANK))["id"]
    province = home.api.as_(UserRole.PROVINCE_ADMINISTRATOR, provinces=(home.province_row,))
    assert await province.refused("enterSupportInstitution", {**BANK, "nameFa": "ملی"}) == [
        ("OUT_OF_REACH", ["provinceId"])
    ]
    own = await province.accepted("enterSupportInstitution", {**BANK, "provinceId": home.province})
    await province.accepted("editSupportInstitution", {"id": own["id"], "kind": "FUND"})
    assert await province.refused("editSupportInstitution", {"id": national, "kind": "FUND"}) == [
        ("OUT_OF_REACH", [])
    ]
    assert await province.refused("removeSupportInstitution", {"id": national}) == [("OUT_OF_REACH", [])]


@pytest.mark.parametrize(("typed", "stored"), [("۱۵", "15"), ("٤٠", "40")])
async def test_codes_are_read_whatever_their_digits(home: Home, typed: str, stored: str) -> None:
    shown = await home.api.accepted(
        "enterSupportInstitution", {**BANK, "iatiOrganisationType": typed}, "iatiOrganisationType"
    )
    assert shown["iatiOrganisationType"] == stored
    wrong = {**BANK, "nameFa": "دیگر", "iatiOrganisationType": "1x"}
    assert await home.api.refused("enterSupportInstitution", wrong) == [
        ("UNUSABLE_CODE", ["iatiOrganisationType"])
    ]


@pytest.mark.requirement("I6")
async def test_money_follows_the_approved_plan(council_room: CouncilRoom) -> None:
    api = council_room.api
    bank = (await api.accepted("enterSupportInstitution", BANK))["id"]
    plan = await council_room.drafted()
    sub_project = await council_room.proposed(plan)
    promised = {
        "subProjectId": sub_project, "institutionId": bank, "kind": "CASH", "amount": "1000",
        "currency": "IRR", "unit": "OLD_RIAL",
    }  # fmt: skip
    assert await api.refused("makeSupportCommitment", promised) == [("PLAN_NOT_APPROVED", ["subProjectId"])]
    await api.accepted("submitActionPlan", {"id": plan, "presentedOn": "2026-10-01"})
    await council_room.approved(plan)
    early = {**promised, "committedOn": "2026-10-01"}
    assert await api.refused("makeSupportCommitment", early) == [("BEFORE_PLAN_APPROVAL", ["committedOn"])]
    made = await api.accepted(
        "makeSupportCommitment", promised, "id amount plan { id } institution { nameEn }"
    )
    assert made["amount"] == "1000.00"
    assert made["plan"]["id"] == plan
    assert (await api.events())[-1] == "institution.commitment_made"
    euros = {**promised, "amount": "7.50", "currency": "EUR", "unit": "MAIN"}
    await api.accepted("makeSupportCommitment", euros)
    found = await council_room.one("supportInstitution", bank, "committed { currency unit count amount }")
    assert found["committed"] == [
        {"currency": "EUR", "unit": "MAIN", "count": 1, "amount": "7.50"},
        {"currency": "IRR", "unit": "OLD_RIAL", "count": 1, "amount": "1000.00"},
    ]
    assert await api.refused("removeSupportInstitution", {"id": bank}) == [("STILL_IN_USE", [])]
    taken_back = {"id": made["id"]}
    await api.accepted("removeSupportCommitment", taken_back)
    assert await api.accepted("restoreSupportCommitment", taken_back, "amount") == {"amount": "1000.00"}
    assert await api.refused("restoreSupportCommitment", taken_back) == [("NOT_FOUND", ["id"])]
    await api.accepted("removeSupportCommitment", taken_back)
    await api.accepted("cancelSubProject", {"id": sub_project, "reason": "تقاضا نیست"})
    assert await api.refused("restoreSupportCommitment", taken_back) == [("WRONG_STATUS", [])]


async def test_the_database_itself_keeps_commitments_to_approved_plans(council_room: CouncilRoom) -> None:
    bank = (await council_room.api.accepted("enterSupportInstitution", BANK))["id"].partition("_")[2]
    await council_room.proposed(await council_room.drafted())
    with pytest.raises(asyncpg.CheckViolationError):
        await council_room.api.pool.execute(
            "insert into support_commitment (id, cluster_id, institution_id, sub_project_id, plan_id, kind,"
            " committed_on, created_at, revision, is_sample)"
            " select gen_random_uuid(), cluster_id, $1::uuid, id, plan_id, 'SERVICE', '2026-11-01', created_at,"
            " 1, false from sub_project",
            bank,
        )


@pytest.mark.requirement("I16")
@pytest.mark.parametrize(
    ("given", "problems"),
    [
        ({"kind": "CASH"}, [("REQUIRED", ["amount"])]),
        ({"kind": "SERVICE", "currency": "IRR"}, [("REQUIRED", ["amount"])]),
        ({"kind": "CASH", "amount": "5"}, [("REQUIRED", ["currency"]), ("REQUIRED", ["unit"])]),
        (
            {"kind": "CASH", "amount": "0", "currency": "EUR", "unit": "MAIN"},
            [("AMOUNT_NOT_POSITIVE", ["amount"])],
        ),
        (
            {"kind": "CASH", "amount": "-5", "currency": "EUR", "unit": "MAIN"},
            [("AMOUNT_NEGATIVE", ["amount"])],
        ),
        (
            {"kind": "CASH", "amount": "5", "currency": "EUR", "unit": "NEW_RIAL"},
            [("UNIT_OF_ANOTHER_CURRENCY", ["unit"])],
        ),
        ({"kind": "SERVICE", "committedOn": "2026-12-01"}, [("IN_FUTURE", ["committedOn"])]),
    ],
)  # fmt: skip
async def test_a_promise_names_its_money_properly(
    council_room: CouncilRoom, given: dict[str, str], problems: list[tuple[str, list[str]]]
) -> None:
    bank = (await council_room.api.accepted("enterSupportInstitution", BANK))["id"]
    sub_project = await council_room.approved_sub_project()
    promised = {"subProjectId": sub_project, "institutionId": bank, **given}
    assert await council_room.api.refused("makeSupportCommitment", promised) == problems
