"""Action plans through the API: drafted, presented, decided on by their own council, renewed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import asyncpg
import pytest

from schema.vocabulary import UserRole
from tests.council_room import CouncilRoom

if TYPE_CHECKING:
    from tests.home import Home

LAST = "status version owner submittedBy submittedOnBehalf approvedOn nextDueOn freshness documentNumber"


@pytest.mark.requirement("R23", "R25", "R26", "R27", "R28", "I7", "I8", "I9")
async def test_a_plan_is_drafted_presented_and_approved_by_the_council(council_room: CouncilRoom) -> None:
    plan = await council_room.approved()
    found = await council_room.one(
        "actionPlan", plan, LAST + " decision { decision votesFor meeting { presentCount } }"
    )
    assert found == {
        "status": "APPROVED",
        "version": 1,
        "owner": "AGENT",
        "submittedBy": "AGENT",
        "submittedOnBehalf": True,
        "approvedOn": "2026-10-22",
        "nextDueOn": "2027-10-22",
        "freshness": "FRESH",
        "documentNumber": "LOR-1",
        "decision": {"decision": "APPROVE", "votesFor": 3, "meeting": {"presentCount": 3}},
    }
    events = await council_room.api.events()
    assert events[-4:] == [
        "action_plan.submitted",
        "council.meeting_scheduled",
        "council.decision_recorded",
        "action_plan.approved",
    ]


@pytest.mark.requirement("R25", "I7")
async def test_a_second_approval_supersedes_the_first_and_versions_have_no_gap(
    council_room: CouncilRoom,
) -> None:
    first = await council_room.approved()
    second = await council_room.submitted("2026-11-01")
    await council_room.approved(second, "2026-11-10")
    assert (await council_room.one("actionPlan", first, "status"))["status"] == "SUPERSEDED"
    assert (await council_room.one("actionPlan", second, "version status")) == {
        "version": 2,
        "status": "APPROVED",
    }
    assert "action_plan.superseded" in await council_room.api.events()


@pytest.mark.requirement("R23")
async def test_a_plan_without_vision_strategy_and_programme_is_not_presented(
    council_room: CouncilRoom,
) -> None:
    plan = await council_room.drafted(complete=False, visionFa=None)
    assert await council_room.api.refused("submitActionPlan", {"id": plan}) == [
        ("VISION_MISSING", ["visionFa"]),
        ("STRATEGY_MISSING", ["strategies"]),
        ("PROGRAMME_MISSING", ["programmes"]),
    ]


@pytest.mark.requirement("R28", "I8")
async def test_the_action_plan_needs_the_council_of_its_own_cluster(council_room: CouncilRoom) -> None:
    api, home = council_room.api, council_room.home
    other = await api.accepted(
        "createCluster", {"provinceId": home.province, "nameFa": "خوشه سنگ", "nameEn": "Stone cluster"}
    )
    council = await api.accepted("formSteeringCouncil", {"clusterId": other["id"], "formedOn": "2026-09-01"})
    seat = await api.accepted(
        "appointCouncilSeat",
        {
            "councilId": council["id"],
            "role": "CHAIR",
            "titleFa": "ر",
            "titleEn": "C",
            "validFrom": "2026-09-01",
        },
    )
    meeting = await api.accepted("scheduleCouncilMeeting", {"councilId": council["id"], "on": "2026-10-22"})
    await api.accepted(
        "holdCouncilMeeting", {"id": meeting["id"], "on": "2026-10-22", "present": [seat["id"]]}
    )
    plan = await council_room.submitted()
    decided = {"id": plan, "meetingId": meeting["id"], "votes": [{"seatId": seat["id"], "vote": "FOR"}]}
    for mutation in ("approveActionPlan", "returnActionPlan", "rejectActionPlan"):
        refused = await api.refused(mutation, decided)
        assert ("COUNCIL_OF_ANOTHER_CLUSTER", ["meetingId"]) in refused


@pytest.mark.requirement("I8")
@pytest.mark.parametrize("round_", range(3))
async def test_of_twenty_approvers_at_the_same_instant_exactly_one_decides(
    council_room: CouncilRoom, round_: int
) -> None:
    del round_
    plan = await council_room.submitted()
    meeting = await council_room.meeting()
    decided = {
        "id": plan, "meetingId": meeting, "votes": council_room.votes(), "documentNumber": "LOR-1",
    }  # fmt: skip
    before = await council_room.api.footprint()
    payloads = await asyncio.gather(
        *(council_room.api.run("approveActionPlan", decided, "status") for _ in range(20))
    )
    won = [payload for payload in payloads if not payload["problems"]]
    assert len(won) == 1
    lost = [payload["problems"][0]["code"] for payload in payloads if payload["problems"]]
    assert lost == ["WRONG_STATUS"] * 19
    after = await council_room.api.footprint()
    # One decision, three votes and the plan; the decision recorded and the plan approved.
    assert (after[0] - before[0], after[1] - before[1]) == (2, 5)
    pool = council_room.api.pool
    assert await pool.fetchval("select count(*) from council_decision") == 1


@pytest.mark.requirement("R28")
async def test_a_returned_plan_is_corrected_and_presented_again(council_room: CouncilRoom) -> None:
    plan = await council_room.submitted()
    decided = {"id": plan, "meetingId": await council_room.meeting(), "votes": council_room.votes()}
    returned = await council_room.api.accepted("returnActionPlan", decided, "status")
    assert returned["status"] == "RETURNED"
    assert await council_room.api.refused("submitActionPlan", {"id": plan}) == [("WRONG_STATUS", [])]
    edited = await council_room.api.accepted(
        "editActionPlan", {"id": plan, "visionFa": "چشم‌انداز روشن‌تر"}, "status visionFa"
    )
    assert edited == {"status": "DRAFT", "visionFa": "چشم‌انداز روشن‌تر"}
    await council_room.api.accepted("submitActionPlan", {"id": plan, "presentedOn": "2026-11-01"})
    await council_room.approved(plan, "2026-11-05")


@pytest.mark.requirement("R28")
async def test_a_rejected_plan_stays_rejected_and_the_next_gets_the_next_number(
    council_room: CouncilRoom,
) -> None:
    plan = await council_room.submitted()
    decided = {"id": plan, "meetingId": await council_room.meeting(), "votes": council_room.votes()}
    await council_room.api.accepted("rejectActionPlan", decided)
    assert await council_room.api.refused("editActionPlan", {"id": plan, "visionFa": "x"}) == [
        ("PLAN_IS_NOT_OPEN", [])
    ]
    following = await council_room.drafted()
    assert (await council_room.one("actionPlan", following, "version"))["version"] == 2


async def test_an_approved_version_and_its_parts_do_not_change(council_room: CouncilRoom) -> None:
    plan = await council_room.approved()
    found = await council_room.one("actionPlan", plan, "strategies { id programmes { id } }")
    strategy = found["strategies"][0]["id"]
    programme = found["strategies"][0]["programmes"][0]["id"]
    api = council_room.api
    immutable: list[tuple[str, list[str]]] = [("PLAN_IS_APPROVED", [])]
    titles = {"titleFa": "الف", "titleEn": "A"}
    assert await api.refused("editActionPlan", {"id": plan, "visionFa": "x"}) == immutable
    assert await api.refused("addStrategy", {"planId": plan, **titles}) == immutable
    assert await api.refused("editStrategy", {"id": strategy, "titleFa": "x"}) == immutable
    assert ("PLAN_IS_APPROVED", []) in await api.refused("removeStrategy", {"id": strategy})
    assert await api.refused("addOperationalProgramme", {"strategyId": strategy, **titles}) == immutable
    assert await api.refused("editOperationalProgramme", {"id": programme, "titleFa": "x"}) == immutable
    assert await api.refused("removeOperationalProgramme", {"id": programme}) == immutable


@pytest.mark.parametrize(
    "statement",
    [
        "update action_plan set vision_fa = 'x'",
        "update action_plan set status = 'DRAFT', approved_on = null, next_due_on = null",
        "delete from action_plan",
        "update strategy set title_fa = 'x'",
        "delete from operational_programme",
    ],
)
async def test_the_database_itself_keeps_what_was_approved(council_room: CouncilRoom, statement: str) -> None:
    await council_room.approved()
    with pytest.raises(asyncpg.CheckViolationError):
        await council_room.api.pool.execute(statement)


@pytest.mark.requirement("I7", "I8")
async def test_the_database_itself_refuses_gaps_and_approvals_without_a_decision(
    council_room: CouncilRoom,
) -> None:
    await council_room.approved()
    pool = council_room.api.pool
    columns = "id, cluster_id, version, status, owner, created_at, revision, submitted_on_behalf, is_sample"
    values = "gen_random_uuid(), cluster_id, {version}, 'REJECTED', owner, created_at, 1, false, false"
    gap = f"insert into action_plan ({columns}) select {values.format(version=3)} from action_plan"  # noqa: S608 - fixed words
    with pytest.raises(asyncpg.ForeignKeyViolationError):
        await pool.execute(gap)
    following = await council_room.drafted()
    with pytest.raises((asyncpg.CheckViolationError, asyncpg.UniqueViolationError)):
        await pool.execute(
            "update action_plan set status = 'APPROVED', approved_on = '2026-11-01',"
            " next_due_on = '2027-11-01' where id = $1",
            following.partition("_")[2],
        )


@pytest.mark.requirement("R26", "R30", "R32", "I10")
async def test_after_the_project_the_plan_passes_to_the_network_or_to_nobody(
    council_room: CouncilRoom,
) -> None:
    api = council_room.api
    plan = await council_room.approved()
    following = await council_room.drafted()
    await api.pool.execute("update cluster_project set status = 'COMPLETED', actual_end = '2026-11-20'")
    assert (await council_room.one("actionPlan", plan, "owner"))["owner"] == "UNASSIGNED"
    assert await api.refused("submitActionPlan", {"id": following}) == [("PLAN_HAS_NO_OWNER", [])]
    network = await api.accepted(
        "formNetwork",
        {
            "clusterId": council_room.home.cluster,
            "kind": "COMPREHENSIVE",
            "nameFa": "شبکه فراگیر",
            "nameEn": "All",
        },
    )
    await api.accepted("designateComprehensiveNetwork", {"id": network["id"]})
    assert (await council_room.one("actionPlan", plan, "owner"))["owner"] == "NETWORK"
    cluster = council_room.home.cluster.partition("_")[2]
    agent = api.as_(UserRole.DEVELOPMENT_AGENT, clusters=(cluster,))
    assert await agent.refused("submitActionPlan", {"id": following}) == [("PLAN_BELONGS_TO_NETWORK", [])]
    representative = api.as_(UserRole.NETWORK_REPRESENTATIVE, clusters=(cluster,))
    submitted = await representative.accepted(
        "submitActionPlan", {"id": following}, "status owner submittedBy"
    )
    assert submitted == {"status": "SUBMITTED", "owner": "NETWORK", "submittedBy": "NETWORK"}


@pytest.mark.requirement("R26")
async def test_the_agent_does_not_approve_the_plan_that_the_agent_presents(council_room: CouncilRoom) -> None:
    plan = await council_room.submitted()
    meeting = await council_room.meeting()
    cluster = council_room.home.cluster.partition("_")[2]
    agent = council_room.api.as_(UserRole.DEVELOPMENT_AGENT, clusters=(cluster,))
    decided = {"id": plan, "meetingId": meeting, "votes": council_room.votes()}
    assert await agent.refused("approveActionPlan", decided) == [("NOT_ALLOWED", [])]


@pytest.mark.requirement("R25")
@pytest.mark.parametrize(
    ("approved", "freshness"),
    [
        ("2026-02-22", "FRESH"),
        ("2026-02-21", "DUE_SOON"),
        ("2025-11-23", "DUE_SOON"),
        ("2025-11-22", "OVERDUE"),
    ],
)
async def test_freshness_counts_twelve_jalali_months_from_the_approval(
    council_room: CouncilRoom, approved: str, freshness: str
) -> None:
    plan = await council_room.submitted()
    await council_room.api.pool.execute("update action_plan set presented_on = '2025-10-01'")
    await council_room.approved(plan, approved)
    found = await council_room.api.data(
        """query ($f: ActionPlanFilter) {
        actionPlans(filter: $f, orderBy: [{freshness: ASC}]) { nodes { id } } }""",
        {"f": {"freshness": {"eq": freshness}}},
    )
    assert [node["id"] for node in found["actionPlans"]["nodes"]] == [plan]


async def test_permitted_actions_answer_as_the_mutations_would(council_room: CouncilRoom) -> None:
    plan = await council_room.drafted(complete=False)
    open_now = await council_room.home.permitted("actionPlan", plan)
    assert open_now["editActionPlan"] == (True, [])
    assert open_now["submitActionPlan"] == (False, ["STRATEGY_MISSING", "PROGRAMME_MISSING"])
    assert open_now["approveActionPlan"] == (False, ["WRONG_STATUS"])


async def test_a_text_that_is_too_long_or_unusable_is_refused_at_its_path(council_room: CouncilRoom) -> None:
    plan = await council_room.drafted()
    refused = await council_room.api.refused("editActionPlan", {"id": plan, "visionFa": "ب" * 20_001})
    assert refused == [("TOO_LONG", ["visionFa"])]
    titles = {"titleFa": "ا" * 10_000, "titleEn": "A"}
    assert await council_room.api.refused("addStrategy", {"planId": plan, **titles}) == [
        ("TOO_LONG", ["titleFa"])
    ]


async def test_what_was_removed_from_a_draft_comes_back_while_the_draft_is_open(
    council_room: CouncilRoom,
) -> None:
    api = council_room.api
    plan = await council_room.drafted()
    sub_project = await council_room.proposed(plan)
    step = {"subProjectId": sub_project, "nameFa": "گام", "nameEn": "Step", "weight": 40}
    milestone = (await api.accepted("addMilestone", step))["id"]
    money = {"source": "ISIPO", "currency": "EUR", "unit": "MAIN", "planned": "7"}
    line = (await api.accepted("addBudgetLine", {"subProjectId": sub_project, **money}))["id"]
    found = await council_room.one("actionPlan", plan, "strategies { id programmes { id } }")
    strategy = found["strategies"][0]["id"]
    programme = found["strategies"][0]["programmes"][0]["id"]
    removals = (
        ("removeMilestone", "restoreMilestone", milestone),
        ("removeBudgetLine", "restoreBudgetLine", line),
        ("withdrawSubProject", "restoreSubProject", sub_project),
        ("removeOperationalProgramme", "restoreOperationalProgramme", programme),
        ("removeStrategy", "restoreStrategy", strategy),
    )
    for removal, _, entity in removals:
        await api.accepted(removal, {"id": entity})
    for _, restoration, entity in (removals[0], removals[1], removals[3]):
        assert await api.refused(restoration, {"id": entity}) == [("PART_OF_REMOVED", [])]
    for _, restoration, entity in reversed(removals):
        await api.accepted(restoration, {"id": entity})
        assert await api.refused(restoration, {"id": entity}) == [("NOT_FOUND", ["id"])]
    await api.accepted("withdrawSubProject", {"id": sub_project})
    await api.accepted("submitActionPlan", {"id": plan, "presentedOn": "2026-10-01"})
    assert await api.refused("restoreSubProject", {"id": sub_project}) == [("PLAN_IS_NOT_OPEN", [])]


@pytest.mark.requirement("R24")
async def test_a_plan_drafted_before_the_project_is_presented_in_it_and_measured_by_its_study(
    home: Home,
) -> None:
    plan = await CouncilRoom(home, project="", council="", seats=[]).drafted()
    project = await home.active()
    early = {"id": plan, "presentedOn": "2020-01-01"}
    assert await home.api.refused("submitActionPlan", early) == [("DATES_OUT_OF_ORDER", ["presentedOn"])]
    given = {"id": plan, "presentedOn": "2026-10-01"}
    presented = await home.api.run("submitActionPlan", given, "project { id }")
    assert presented["actionPlan"] == {"project": {"id": project}}
    assert [warning["code"] for warning in presented["warnings"]] == ["PLAN_BEFORE_STUDY"]


@pytest.mark.requirement("R37")
async def test_what_has_not_begun_is_carried_over_or_named_as_left_behind(council_room: CouncilRoom) -> None:
    api = council_room.api
    first = await council_room.drafted()
    for name in ("Carried", "Left"):
        await council_room.proposed(first, nameEn=name)
    await api.accepted("submitActionPlan", {"id": first, "presentedOn": "2026-10-01"})
    await council_room.approved(first)
    shown = await api.data("""{ subProjects(filter: { nameEn: { eq: "Carried" } }) { nodes { id } } }""")
    second = await council_room.drafted()
    await api.accepted(
        "carryOverSubProject", {"id": shown["subProjects"]["nodes"][0]["id"], "planId": second}
    )
    before = {"id": second, "presentedOn": "2026-10-21"}
    assert await api.refused("submitActionPlan", before) == [("DATES_OUT_OF_ORDER", ["presentedOn"])]
    presented = await api.run("submitActionPlan", {"id": second, "presentedOn": "2026-11-01"})
    left = [one["message"] for one in presented["warnings"] if one["code"] == "SUB_PROJECT_LEFT_BEHIND"]
    assert [message.split(" has not begun")[0] for message in left] == ["The approved sub-project Left"]
    decided = {
        "id": second,
        "meetingId": await council_room.meeting("2026-11-02"),
        "votes": council_room.votes(),
    }
    approved = await api.run("approveActionPlan", {**decided, "documentNumber": "LOR-2"})
    assert "SUB_PROJECT_LEFT_BEHIND" in [warning["code"] for warning in approved["warnings"]]
