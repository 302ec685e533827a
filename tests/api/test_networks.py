"""Networks through the API: formed, registered, made comprehensive, dissolved, and who takes part."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import asyncpg
import pytest

if TYPE_CHECKING:
    from tests.council_room import CouncilRoom
    from tests.home import Home


async def _form(home: Home, name: str = "کنسرسیوم صادراتی", kind: str = "EXPORT_CONSORTIUM") -> str:
    given = {
        "clusterId": home.cluster,
        "kind": kind,
        "nameFa": name,
        "nameEn": name,
        "formedOn": "2026-01-01",
    }
    return str((await home.api.accepted("formNetwork", given))["id"])


@pytest.mark.requirement("R46")
async def test_a_network_starts_unregistered_and_registers_with_form_and_number(home: Home) -> None:
    network = await _form(home)
    assert await home.api.refused("registerNetwork", {"id": network}) == [
        ("REQUIRED", ["legalForm"]),
        ("REQUIRED", ["registrationNumber"]),
    ]
    given = {"id": network, "legalForm": "CONSORTIUM", "registrationNumber": "۱۲۳۴", "on": "2026-02-01"}
    registered = await home.api.accepted(
        "registerNetwork", given, "registrationStatus legalForm registeredOn registrationNumber"
    )
    assert registered == {
        "registrationStatus": "REGISTERED",
        "legalForm": "CONSORTIUM",
        "registeredOn": "2026-02-01",
        "registrationNumber": "۱۲۳۴",
    }
    assert await home.api.refused("registerNetwork", given) == [("WRONG_STATUS", [])]
    assert (await home.api.events())[-2:] == ["network.formed", "network.registered"]


async def test_networks_of_a_cluster_have_names_of_their_own_whatever_the_keyboard(home: Home) -> None:
    network = await _form(home)
    again = {"clusterId": home.cluster, "kind": "VERTICAL", "nameFa": "كنسرسيوم‌صادراتي", "nameEn": "x"}
    assert await home.api.refused("formNetwork", again) == [("NOT_UNIQUE", ["nameFa"])]
    other = await _form(home, "شبکه دیگر")
    assert await home.api.refused("editNetwork", {"id": other, "nameFa": "کنسرسیوم صادراتی"}) == [
        ("NOT_UNIQUE", ["nameFa"])
    ]
    await home.api.accepted("editNetwork", {"id": network, "nameFa": "كنسرسيوم صادراتي"})


@pytest.mark.requirement("R31", "I11")
async def test_a_cluster_has_one_comprehensive_network(home: Home) -> None:
    first, second = await _form(home), await _form(home, "شبکه دیگر", "HORIZONTAL")
    designated = await home.api.accepted(
        "designateComprehensiveNetwork", {"id": first}, "kind isComprehensive designatedOn"
    )
    assert designated == {"kind": "COMPREHENSIVE", "isComprehensive": True, "designatedOn": "2026-11-23"}
    assert await home.api.refused("designateComprehensiveNetwork", {"id": second}) == [
        ("COMPREHENSIVE_NETWORK_EXISTS", [])
    ]
    assert await home.api.refused("editNetwork", {"id": first, "kind": "VERTICAL"}) == [
        ("WRONG_STATUS", ["kind"])
    ]
    assert await home.api.refused("dissolveNetwork", {"id": first}) == [("REASON_REQUIRED", ["reason"])]
    await home.api.accepted("dissolveNetwork", {"id": first, "reason": "ادغام"})
    await home.api.accepted("designateComprehensiveNetwork", {"id": second})


@pytest.mark.requirement("R31", "I11")
async def test_of_many_designations_at_the_same_instant_exactly_one_wins(home: Home) -> None:
    networks = [await _form(home, f"شبکه {number}") for number in range(5)]
    payloads = await asyncio.gather(
        *(home.api.run("designateComprehensiveNetwork", {"id": network}) for network in networks * 2)
    )
    assert sum(not payload["problems"] for payload in payloads) == 1
    count = "select count(*) from network where designated_on is not null"
    assert await home.api.pool.fetchval(count) == 1
    with pytest.raises(asyncpg.UniqueViolationError):
        await home.api.pool.execute("update network set kind = 'COMPREHENSIVE', designated_on = '2026-01-02'")


@pytest.mark.requirement("R30", "R32")
async def test_the_plan_in_force_follows_the_comprehensive_network(council_room: CouncilRoom) -> None:
    api, home = council_room.api, council_room.home
    plan = await council_room.approved()
    await api.pool.execute("update cluster_project set status = 'COMPLETED', actual_end = '2026-11-20'")
    network = await _form(home)
    await api.accepted("designateComprehensiveNetwork", {"id": network})
    assert (await council_room.one("actionPlan", plan, "owner"))["owner"] == "NETWORK"
    assert await api.pool.fetchval("select owner from action_plan") == "NETWORK"
    await api.accepted("dissolveNetwork", {"id": network, "reason": "پایان"})
    assert (await council_room.one("actionPlan", plan, "owner"))["owner"] == "UNASSIGNED"
    assert await api.pool.fetchval("select owner from action_plan") == "UNASSIGNED"
    assert (await api.events())[-3:] == [
        "network.designated_comprehensive",
        "action_plan.owner_changed",
        "action_plan.owner_missing",
    ]


@pytest.mark.requirement("R45")
async def test_a_dissolved_network_takes_nobody_in_and_carries_nothing_out(council_room: CouncilRoom) -> None:
    api, home = council_room.api, council_room.home
    network = await _form(home)
    await api.accepted("dissolveNetwork", {"id": network, "reason": "پایان"})
    dissolved: list[tuple[str, list[str]]] = [("NETWORK_DISSOLVED", [])]
    assert await api.refused("editNetwork", {"id": network, "nameEn": "x"}) == dissolved
    assert await api.refused("designateComprehensiveNetwork", {"id": network}) == dissolved
    plan = await council_room.drafted()
    wanted = {"planId": plan, "type": "OTHER", "nameFa": "ا", "nameEn": "a", "networkIds": [network]}
    assert await api.refused("proposeSubProject", wanted) == [("NETWORK_DISSOLVED", ["networkIds", "0"])]


async def test_stakeholders_join_a_network_of_their_cluster_and_leave_it(home: Home) -> None:
    api = home.api
    network = await _form(home)
    weaver = await api.accepted(
        "enterStakeholder",
        {
            "clusterId": home.cluster,
            "kind": "PERSON",
            "role": "WEAVER",
            "nameFa": "بافنده",
            "nameEn": "Weaver",
        },
    )
    joined = {"networkId": network, "stakeholderId": weaver["id"], "validFrom": "2026-03-01"}
    member = await api.accepted("addNetworkMember", joined, "id network { membersCount }")
    assert member["network"]["membersCount"] == 1
    assert await api.refused("addNetworkMember", joined) == [("ALREADY_MEMBER", ["stakeholderId"])]
    assert await api.refused("endNetworkMember", {"id": member["id"], "on": "2026-02-01"}) == [
        ("DATES_OUT_OF_ORDER", ["on"])
    ]
    left = await api.accepted("endNetworkMember", {"id": member["id"]}, "validTo network { membersCount }")
    assert left == {"validTo": "2026-11-23", "network": {"membersCount": 0}}
    other = await api.accepted(
        "createCluster", {"provinceId": home.province, "nameFa": "خوشه سنگ", "nameEn": "Stone cluster"}
    )
    stranger = await api.accepted(
        "enterStakeholder",
        {"clusterId": other["id"], "kind": "PERSON", "role": "TRADER", "nameFa": "سنگ‌تراش", "nameEn": "S"},
    )
    foreign = {"networkId": network, "stakeholderId": stranger["id"]}
    assert await api.refused("addNetworkMember", foreign) == [("OF_ANOTHER_CLUSTER", ["stakeholderId"])]


async def test_permitted_actions_of_a_network_answer_as_the_mutations_would(home: Home) -> None:
    network = await _form(home)
    assert all(allowed for allowed, _ in (await home.permitted("network", network)).values())
    await home.api.accepted("dissolveNetwork", {"id": network, "reason": "پایان"})
    assert not any(allowed for allowed, _ in (await home.permitted("network", network)).values())
