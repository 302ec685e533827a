"""Sub-projects through the API: defined, approved with their plan, carried out, funded, handed over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import asyncpg
import pytest

from schema.vocabulary import UserRole

if TYPE_CHECKING:
    from tests.council_room import CouncilRoom


@pytest.mark.requirement("R37", "R38", "R45", "I6")
async def test_a_sub_project_is_approved_with_its_plan_and_starts_under_it(council_room: CouncilRoom) -> None:
    api = council_room.api
    network = await api.accepted(
        "formNetwork",
        {"clusterId": council_room.home.cluster, "kind": "HORIZONTAL", "nameFa": "شبکه", "nameEn": "Network"},
    )
    plan = await council_room.drafted()
    sub_project = await council_room.proposed(plan, networkIds=[network["id"]])
    assert ("PLAN_NOT_APPROVED", []) in await api.refused("startSubProject", {"id": sub_project})
    submitted = await api.run("submitActionPlan", {"id": plan, "presentedOn": "2026-10-01"})
    assert "SUB_PROJECT_WITHOUT_NETWORK" not in [warning["code"] for warning in submitted["warnings"]]
    await council_room.approved(plan)
    assert await api.refused("startSubProject", {"id": sub_project}) == [("IMPLEMENTATION_NOT_STARTED", [])]
    await council_room.implementing()
    started = await api.accepted(
        "startSubProject", {"id": sub_project, "on": "2026-11-01"}, "status actualStart networksCount"
    )
    assert started == {"status": "IN_PROGRESS", "actualStart": "2026-11-01", "networksCount": 1}
    assert (await api.events())[-2:] == ["sub_project.approved", "sub_project.started"]


@pytest.mark.requirement("R38", "I6")
async def test_the_database_itself_lets_nothing_start_under_a_draft(council_room: CouncilRoom) -> None:
    await council_room.proposed(await council_room.drafted())
    with pytest.raises(asyncpg.CheckViolationError):
        await council_room.api.pool.execute(
            "update sub_project set status = 'IN_PROGRESS', actual_start = '2026-11-01'"
        )


async def test_a_sub_project_of_a_superseded_version_does_not_start(council_room: CouncilRoom) -> None:
    sub_project = await council_room.approved_sub_project()
    await council_room.implementing()
    await council_room.approved(await council_room.submitted("2026-11-01"), "2026-11-02")
    assert await council_room.api.refused("startSubProject", {"id": sub_project}) == [
        ("PLAN_NOT_APPROVED", [])
    ]


@pytest.mark.requirement("R37")
async def test_a_sub_project_runs_its_life(council_room: CouncilRoom) -> None:
    api = council_room.api
    sub_project = await council_room.approved_sub_project(plannedStart="2026-11-01", plannedEnd="2026-12-15")
    await council_room.implementing()
    milestones = []
    for name, weight in (("Survey", 25), ("Shop", 75)):
        given = {"subProjectId": sub_project, "nameFa": "گام", "nameEn": name, "weight": weight}
        milestones.append((await api.accepted("addMilestone", given))["id"])
    survey = {"id": milestones[0]}
    await api.accepted("startSubProject", {"id": sub_project, "on": "2026-11-01"})
    assert await api.refused("editMilestone", {**survey, "weight": 0}) == [("OUT_OF_RANGE", ["weight"])]
    edited = await api.accepted("editMilestone", {**survey, "nameEn": "Survey of buyers"}, "nameEn weight")
    assert edited == {"nameEn": "Survey of buyers", "weight": 25}
    shown = "status progress scheduleIndex daysLeft"
    # 22 of 44 planned days have gone by, and a quarter is done: half as fast as planned.
    reported = await api.accepted(
        "reportProgress", {"subProjectId": sub_project, "done": milestones[:1], "noteFa": "پیمایش شد"}, shown
    )
    assert reported == {"status": "IN_PROGRESS", "progress": "25.0", "scheduleIndex": "0.50", "daysLeft": 22}
    assert await api.refused("reportProgress", {"subProjectId": sub_project, "done": milestones[:1]}) == [
        ("ALREADY_DONE", ["done", "0"])
    ]
    assert await api.refused("editMilestone", survey) == [("ALREADY_DONE", [])]
    assert await api.refused("suspendSubProject", {"id": sub_project}) == [("REASON_REQUIRED", ["reason"])]
    await api.accepted("suspendSubProject", {"id": sub_project, "reason": "کمبود پشم"})
    assert await api.refused("completeSubProject", {"id": sub_project}) == [("WRONG_STATUS", [])]
    await api.accepted("resumeSubProject", {"id": sub_project})
    completed = await api.run("completeSubProject", {"id": sub_project}, shown)
    assert [warning["code"] for warning in completed["warnings"]] == ["MILESTONES_OPEN"]
    assert completed["subProject"]["status"] == "COMPLETED"
    assert await api.refused("cancelSubProject", {"id": sub_project, "reason": "x"}) == [("WRONG_STATUS", [])]
    assert (await api.events())[-5:] == [
        "sub_project.started",
        "sub_project.progress_reported",
        "sub_project.suspended",
        "sub_project.resumed",
        "sub_project.completed",
    ]


async def test_progress_and_schedule_index_filter_and_order(council_room: CouncilRoom) -> None:
    api = council_room.api
    plan = await council_room.drafted()
    fast = await council_room.proposed(plan, nameFa="تند", plannedStart="2026-10-23", plannedEnd="2027-10-23")
    slow = await council_room.proposed(plan, nameFa="کند", plannedStart="2026-10-23", plannedEnd="2026-11-22")
    for sub_project in (fast, slow):
        given = {"subProjectId": sub_project, "nameFa": "گام", "nameEn": "Step", "weight": 10}
        await api.accepted("addMilestone", given)
        await api.accepted("addMilestone", given)
    await api.accepted("submitActionPlan", {"id": plan, "presentedOn": "2026-10-01"})
    await council_room.approved(plan)
    await council_room.implementing()
    for sub_project in (fast, slow):
        await api.accepted("startSubProject", {"id": sub_project, "on": "2026-10-23"})
        found = await council_room.one("subProject", sub_project, "milestones { id }")
        done = [found["milestones"][0]["id"]]
        await api.accepted("reportProgress", {"subProjectId": sub_project, "done": done})
    data = await api.data(
        """{ late: subProjects(filter: {scheduleIndex: {lt: "1"}, progress: {gte: "50"}}) { nodes { id } }
        ordered: subProjects(orderBy: [{scheduleIndex: DESC}]) { nodes { id progress } } }"""
    )
    assert [node["id"] for node in data["late"]["nodes"]] == [slow]
    assert [node["id"] for node in data["ordered"]["nodes"]] == [fast, slow]


@pytest.mark.requirement("I16")
async def test_money_is_kept_apart_by_currency_and_unit(council_room: CouncilRoom) -> None:
    api = council_room.api
    plan = await council_room.drafted()
    sub_project = await council_room.proposed(plan)
    lines = {}
    for source, currency, unit, planned in (
        ("ISIPO", "IRR", "OLD_RIAL", "1000"),
        ("MEMBER_CONTRIBUTION", "IRR", "OLD_RIAL", "500"),
        ("BANK_LOAN", "IRR", "NEW_RIAL", "70"),
        ("INTERNATIONAL", "SEK", "MAIN", "12.50"),
    ):
        given = {"subProjectId": sub_project, "source": source, "currency": currency, "unit": unit}
        lines[source] = (await api.accepted("addBudgetLine", {**given, "planned": planned}))["id"]
    promised = {"id": lines["ISIPO"], "committed": "800"}
    assert await api.refused("recordBudget", promised) == [("PLAN_NOT_APPROVED", [])]
    await api.accepted("submitActionPlan", {"id": plan, "presentedOn": "2026-10-01"})
    await council_room.approved(plan)
    await api.accepted("recordBudget", promised)
    assert await api.refused("recordBudget", {"id": lines["ISIPO"], "disbursed": "801"}) == [
        ("DISBURSED_ABOVE_COMMITTED", ["disbursed"])
    ]
    assert await api.refused("recordBudget", {"id": lines["ISIPO"], "disbursed": "-1"}) == [
        ("AMOUNT_NEGATIVE", ["disbursed"])
    ]
    await api.accepted("recordBudget", {"id": lines["ISIPO"], "disbursed": "800", "spent": "800"})
    assert (await api.events())[-1] == "sub_project.budget_threshold"
    shown = "budgets { currency unit planned committed disbursed committedShare spentShare leverage }"
    expected = [
        {"currency": "IRR", "unit": "NEW_RIAL", "planned": "70.00", "committed": "0.00", "disbursed": "0.00",
         "committedShare": "0.0", "spentShare": None, "leverage": None},
        {"currency": "IRR", "unit": "OLD_RIAL", "planned": "1500.00", "committed": "800.00",
         "disbursed": "800.00", "committedShare": "53.3", "spentShare": "100.0", "leverage": "0.50"},
        {"currency": "SEK", "unit": "MAIN", "planned": "12.50", "committed": "0.00", "disbursed": "0.00",
         "committedShare": "0.0", "spentShare": None, "leverage": None},
    ]  # fmt: skip
    assert (await council_room.one("subProject", sub_project, shown))["budgets"] == expected
    assert (await council_room.one("actionPlan", plan, shown))["budgets"] == expected


@pytest.mark.requirement("I16")
@pytest.mark.parametrize(
    "change", ["disbursed = 5", "committed = -1", "unit = 'MAIN'", "committed = 5, disbursed = 5, spent = 6"]
)
async def test_the_database_itself_keeps_the_money_in_order(council_room: CouncilRoom, change: str) -> None:
    sub_project = await council_room.proposed(await council_room.drafted())
    await council_room.api.accepted(
        "addBudgetLine",
        {
            "subProjectId": sub_project,
            "source": "ISIPO",
            "currency": "IRR",
            "unit": "OLD_RIAL",
            "planned": "9",
        },
    )
    with pytest.raises(asyncpg.CheckViolationError):
        await council_room.api.pool.execute(f"update budget_line set {change}")  # noqa: S608 - fixed words


@pytest.mark.requirement("I16")
@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"currency": "SEK", "unit": "OLD_RIAL", "planned": "1"}, ("UNIT_OF_ANOTHER_CURRENCY", ["unit"])),
        ({"currency": "IRR", "unit": "MAIN", "planned": "1"}, ("UNIT_OF_ANOTHER_CURRENCY", ["unit"])),
        ({"currency": "IRR", "unit": "OLD_RIAL", "planned": "-1"}, ("AMOUNT_NEGATIVE", ["planned"])),
        ({"currency": "IRR", "unit": "OLD_RIAL", "planned": "1e20"}, ("AMOUNT_TOO_PRECISE", ["planned"])),
    ],
)
async def test_unusable_money_is_refused(
    council_room: CouncilRoom, given: dict[str, str], problem: tuple[str, list[str]]
) -> None:
    sub_project = await council_room.proposed(await council_room.drafted())
    refused = await council_room.api.refused(
        "addBudgetLine", {"subProjectId": sub_project, "source": "ISIPO", **given}
    )
    assert refused == [problem]


@pytest.mark.requirement("R37", "R48")
async def test_a_transfer_changes_who_leads_and_not_the_state(council_room: CouncilRoom) -> None:
    api = council_room.api
    sub_project = await council_room.approved_sub_project()
    weaver = {"clusterId": council_room.home.cluster, "kind": "WORKSHOP", "role": "WEAVER"}
    names = {"nameFa": "کارگاه بافت", "nameEn": "Weaving workshop"}
    stakeholder = (await api.accepted("enterStakeholder", {**weaver, **names}))["id"]
    handed = {"id": sub_project, "to": "MEMBER", "memberId": stakeholder}
    assert await api.refused("transferSubProject", handed) == [("MEMBERS_ONLY", ["memberId"])]
    await api.accepted("admitMember", {"stakeholderId": stakeholder, "validFrom": "2026-11-01"})
    shown = "status ledBy leader { nameEn } definedBy transferredOn"
    moved = await api.accepted("transferSubProject", handed, shown)
    assert moved == {
        "status": "APPROVED",
        "ledBy": "MEMBER",
        "leader": {"nameEn": "Weaving workshop"},
        "definedBy": "AGENT",
        "transferredOn": "2026-11-23",
    }
    assert await api.refused("transferSubProject", {"id": sub_project, "to": "AGENT"}) == [
        ("NOT_TO_THE_AGENT", ["to"])
    ]
    assert await api.refused("transferSubProject", {"id": sub_project, "to": "NETWORK"}) == [
        ("REQUIRED", ["networkId"])
    ]
    membership = await council_room.one("stakeholder", stakeholder, "memberships { nodes { id } }")
    await api.accepted("endMembership", {"id": membership["memberships"]["nodes"][0]["id"]})
    assert await api.refused("removeStakeholder", {"id": stakeholder}) == [("STILL_IN_USE", [])]
    institution = {"id": sub_project, "to": "SUPPORT_INSTITUTION"}
    assert await api.accepted("transferSubProject", institution, "ledBy leader { id }") == {
        "ledBy": "SUPPORT_INSTITUTION",
        "leader": None,
    }
    trail = 'auditEntries(filter: {action: {eq: "transferSubProject"}}) { nodes { changes { field before after } } }'
    first, second = (await api.data(f"{{ {trail} }}"))["auditEntries"]["nodes"]
    led = {"field": "leader", "before": None, "after": stakeholder}
    assert led in first["changes"]
    assert {**led, "before": led["after"], "after": None} in second["changes"]


@pytest.mark.requirement("R44")
async def test_the_list_of_types_is_open_to_the_national_administrator(council_room: CouncilRoom) -> None:
    api = council_room.api
    added = await api.accepted("addSubProjectType", {"nameFa": "بسته‌بندی", "nameEn": "Packaging"})
    # The same name typed on an Arabic keyboard and without the joiner is the same name.
    assert await api.refused("addSubProjectType", {"nameFa": "بسته بندي", "nameEn": "P"}) == [
        ("NOT_UNIQUE", ["nameFa"])
    ]
    plan = await council_room.drafted()
    wanted = {"planId": plan, "nameFa": "جعبه", "nameEn": "Box", "additionalTypeId": added["id"]}
    assert await api.refused("proposeSubProject", {**wanted, "type": "NETWORKING"}) == [
        ("NOT_OF_THE_OPEN_LIST", ["additionalTypeId"])
    ]
    proposed = await api.accepted(
        "proposeSubProject", {**wanted, "type": "OTHER"}, "type additionalType { nameEn }"
    )
    assert proposed == {"type": "OTHER", "additionalType": {"nameEn": "Packaging"}}
    await api.accepted("retireSubProjectType", {"id": added["id"]})
    assert await api.refused("proposeSubProject", {**wanted, "type": "OTHER"}) == [
        ("TYPE_RETIRED", ["additionalTypeId"])
    ]
    province = api.as_(UserRole.PROVINCE_ADMINISTRATOR, provinces=(council_room.home.province_row,))
    assert await province.refused("addSubProjectType", {"nameFa": "ا", "nameEn": "a"}) == [
        ("NOT_ALLOWED", [])
    ]


async def test_a_proposal_is_edited_and_withdrawn_while_its_version_is_open(
    council_room: CouncilRoom,
) -> None:
    api = council_room.api
    plan = await council_room.drafted()
    sub_project = await council_room.proposed(plan)
    wanted = {"id": sub_project, "type": "QUALITY_IMPROVEMENT"}
    edited = await api.accepted("editSubProject", {**wanted, "nameEn": "Dyes"}, "type nameEn nameFa")
    assert edited == {"type": "QUALITY_IMPROVEMENT", "nameEn": "Dyes", "nameFa": "فروشگاه"}
    assert await api.refused("editSubProject", {**wanted, "nameFa": None}) == [("REQUIRED", ["nameFa"])]
    await api.accepted("withdrawSubProject", {"id": sub_project})
    assert await council_room.one("actionPlan", plan, "subProjects { totalCount }") == {
        "subProjects": {"totalCount": 0}
    }
    assert await api.refused("withdrawSubProject", {"id": sub_project}) == [("NOT_FOUND", ["id"])]


async def test_somebody_of_another_cluster_finds_nothing_to_start(council_room: CouncilRoom) -> None:
    sub_project = await council_room.approved_sub_project()
    stranger = council_room.api.as_(UserRole.DEVELOPMENT_AGENT, clusters=())
    assert await stranger.refused("startSubProject", {"id": sub_project}) == [("NOT_FOUND", ["id"])]


@pytest.mark.requirement("R25", "R38")
async def test_what_never_started_is_carried_over_and_ends_when_the_next_version_is_approved(
    council_room: CouncilRoom,
) -> None:
    api = council_room.api
    plan = await council_room.drafted()
    former = await council_room.proposed(plan, plannedEnd="2027-01-01")
    step = {"subProjectId": former, "nameFa": "گام", "nameEn": "Step", "weight": 40}
    await api.accepted("addMilestone", step)
    money = {"source": "ISIPO", "currency": "IRR", "unit": "OLD_RIAL", "planned": "700.50"}
    await api.accepted("addBudgetLine", {"subProjectId": former, **money})
    planned = {
        "nameFa": "بافنده",
        "nameEn": "Weavers",
        "countedInFa": "نفر",
        "countedInEn": "people",
        "planned": "40",
    }
    await api.accepted("addSubProjectOutput", {"subProjectId": former, **planned})
    dropped = await api.accepted(
        "addSubProjectOutput", {"subProjectId": former, **planned, "nameEn": "Dyers"}
    )
    await api.accepted("removeSubProjectOutput", {"id": dropped["id"]})
    await api.accepted("submitActionPlan", {"id": plan, "presentedOn": "2026-10-01"})
    await council_room.approved(plan)
    following = await council_room.drafted()
    carried = await api.accepted(
        "carryOverSubProject",
        {"id": former, "planId": following},
        "id status nameEn plannedEnd carriedFrom { id } milestones { weight } budgetLines { planned }"
        " outputs { nameFa nameEn countedInFa countedInEn planned achieved }",
    )
    assert carried.pop("id") != former
    assert carried == {
        "status": "PROPOSED",
        "nameEn": "Shop",
        "plannedEnd": "2027-01-01",
        "carriedFrom": {"id": former},
        "milestones": [{"weight": 40}],
        "budgetLines": [{"planned": "700.50"}],
        "outputs": [{**planned, "planned": "40.00", "achieved": None}],
    }
    assert await api.refused("carryOverSubProject", {"id": former, "planId": plan}) == [
        ("PLAN_IS_APPROVED", [])
    ]
    await api.accepted("submitActionPlan", {"id": following, "presentedOn": "2026-11-01"})
    await council_room.approved(following, "2026-11-02")
    ended = await council_room.one("subProject", former, "status statusReason")
    assert ended["status"] == "CANCELLED"
    assert "Continued in version 2" in ended["statusReason"]
    assert await api.refused("carryOverSubProject", {"id": former, "planId": following}) == [
        ("PLAN_IS_APPROVED", []),
        ("WRONG_STATUS", []),
    ]


async def test_what_comes_of_a_sub_project_is_planned_with_its_version_and_counted_once_it_runs(
    council_room: CouncilRoom,
) -> None:
    api = council_room.api
    plan = await council_room.drafted()
    sub_project = await council_room.proposed(plan)
    planned = {
        "subProjectId": sub_project, "nameFa": "بافنده", "nameEn": "Weavers trained", "countedInFa": "نفر",
        "countedInEn": "people", "planned": "40",
    }  # fmt: skip
    assert await api.refused("addSubProjectOutput", {**planned, "planned": "0"}) == [
        ("AMOUNT_NOT_POSITIVE", ["planned"])
    ]
    output = (await api.accepted("addSubProjectOutput", planned))["id"]
    await api.accepted("removeSubProjectOutput", {"id": output})
    await api.accepted("restoreSubProjectOutput", {"id": output})
    await api.accepted("submitActionPlan", {"id": plan, "presentedOn": "2026-10-01"})
    await council_room.approved(plan)
    assert await api.refused("editSubProjectOutput", {"id": output, "planned": "50"}) == [
        ("PLAN_IS_APPROVED", [])
    ]
    assert await api.refused("recordSubProjectOutput", {"id": output, "achieved": "3"}) == [
        ("WRONG_STATUS", [])
    ]
    await council_room.implementing()
    await api.accepted("startSubProject", {"id": sub_project, "on": "2026-11-01"})
    counted = await api.accepted(
        "recordSubProjectOutput", {"id": output, "achieved": "12.5"}, "planned achieved achievedOn"
    )
    assert counted == {"planned": "40.00", "achieved": "12.50", "achievedOn": "2026-11-23"}
