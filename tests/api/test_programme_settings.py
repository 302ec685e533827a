"""What a version of the programme sets is what its projects keep to: renewal, due-soon days, quorum, preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.api.test_templates import next_version

if TYPE_CHECKING:
    from tests.council_room import CouncilRoom
    from tests.home import Home

CLUSTER = (
    "query ($id: ID!) { cluster(id: $id) { planFreshness nextPlanDueOn"
    " actionPlans { nodes { freshness daysLeft presentedOn approvedOn nextDueOn } } } }"
)


async def switch(home: Home, version: str) -> None:
    """Let the projects that exist keep another version, as if they had started under it."""
    await home.api.pool.execute("update cluster_project set template_id = $1", version.partition("_")[2])


@pytest.mark.requirement("R25", "R55", "I9")
async def test_the_next_plan_is_due_as_the_programme_of_the_project_counts(council_room: CouncilRoom) -> None:
    home = council_room.home
    version = await next_version(
        home,
        renewalAnchor="PRESENTATION",
        thresholds=[{"key": "plan_interval_months", "value": 6}, {"key": "plan_due_soon_days", "value": 150}],
    )
    await switch(home, version)
    await council_room.approved()
    (plan,) = (await home.api.data(CLUSTER, {"id": home.cluster}))["cluster"]["actionPlans"]["nodes"]
    # 9 Mehr 1405 plus six Jalali months; today is 128 days before.
    assert (plan["presentedOn"], plan["nextDueOn"]) == ("2026-10-01", "2027-03-29")
    assert (plan["freshness"], plan["daysLeft"]) == ("DUE_SOON", 126)
    found = (await home.api.data(CLUSTER, {"id": home.cluster}))["cluster"]
    assert (found["planFreshness"], found["nextPlanDueOn"]) == ("DUE_SOON", "2027-03-29")


@pytest.mark.requirement("R55", "I8")
async def test_the_quorum_and_the_actors_of_a_council_are_those_of_the_programme(
    council_room: CouncilRoom,
) -> None:
    plan = await council_room.submitted()
    await switch(
        council_room.home,
        await next_version(
            council_room.home,
            thresholds=[{"key": "quorum_share", "value": 0.7}, {"key": "council_actors", "value": 0}],
        ),
    )
    meeting = await council_room.meeting(present=2)
    decided = {"id": plan, "meetingId": meeting, "votes": council_room.votes(2), "documentNumber": "1"}
    assert await council_room.api.refused("approveActionPlan", decided) == [("QUORUM_MISSING", ["meetingId"])]
    full = await council_room.meeting(on="2026-10-23", present=3)
    await council_room.api.accepted(
        "approveActionPlan", {**decided, "meetingId": full, "votes": council_room.votes(3)}
    )
    ended = await council_room.api.run("endCouncilSeat", {"id": council_room.seats[2]})
    assert (ended["problems"], ended["warnings"]) == ([], [])


@pytest.mark.requirement("R55")
async def test_a_preview_shows_what_would_be_late_of_windows_plans_and_trust(
    council_room: CouncilRoom,
) -> None:
    home = council_room.home
    await council_room.approved()
    await home.api.pool.execute(
        "update phase set status = 'IN_PROGRESS', actual_start = '2026-09-01' where code = 'ACTION_PLAN'"
    )
    version = await next_version(
        home,
        windows=[{"code": "DIAGNOSTIC_STUDY", "minMonths": 1, "maxMonths": 2}],
        thresholds=[{"key": "plan_interval_months", "value": 1}, {"key": "trust_inactive_days", "value": 60}],
    )
    shown = "latePhases { code windowEnd windowEndThen daysLateThen }"
    preview = f"query ($id: ID!) {{ programmeTemplate(id: $id) {{ {shown} }} }}"
    found = await home.api.data(preview, {"id": version})
    assert found["programmeTemplate"]["latePhases"] == [
        {"code": code, "windowEnd": now, "windowEndThen": then, "daysLateThen": days}
        for code, now, then, days in (
            ("TRUST_BUILDING", "2027-02-19", "2026-10-22", 32),
            ("DIAGNOSTIC_STUDY", "2026-12-22", "2026-10-23", 31),
            ("ACTION_PLAN", "2027-10-22", "2026-11-21", 2),
        )
    ]
    first = await home.api.data(
        "{ programmeTemplates(orderBy: [{version: ASC}]) { nodes { latePhases { code } } } }"
    )
    assert first["programmeTemplates"]["nodes"][0]["latePhases"] == []


@pytest.mark.requirement("R23", "R55")
async def test_a_programme_is_short_term_as_the_programme_version_of_its_project_says(
    council_room: CouncilRoom,
) -> None:
    api, plan = council_room.api, await council_room.drafted()
    found = await council_room.one("actionPlan", plan, "strategies { id programmes { id } }")
    (strategy,) = found["strategies"]
    half_a_year = {"titleFa": "بازار", "titleEn": "Market", "plannedStart": "2026-10-01"}
    given = {"strategyId": strategy["id"], **half_a_year, "plannedEnd": "2027-03-20"}
    assert (await api.run("addOperationalProgramme", given))["warnings"] == []
    short = [{"key": "programme_short_months", "value": 3}]
    await switch(council_room.home, await next_version(council_room.home, thresholds=short))
    edited = {"id": strategy["programmes"][0]["id"], "plannedStart": "2026-10-01", "plannedEnd": "2027-03-20"}
    (remark,) = (await api.run("editOperationalProgramme", edited))["warnings"]
    assert (remark["code"], remark["path"]) == ("PROGRAMME_NOT_SHORT_TERM", ["plannedEnd"])
    submitted = await api.run("submitActionPlan", {"id": plan, "presentedOn": "2026-10-02"})
    places = [one["path"] for one in submitted["warnings"] if one["code"] == "PROGRAMME_NOT_SHORT_TERM"]
    assert (submitted["problems"], places) == ([], [["programmes", "0"], ["programmes", "1"]])
