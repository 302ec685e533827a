"""The Lorestan cluster from 1394 to its exit and beyond, through the public API alone, day by day as it went."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from schema.calendar import Jalali
from tests.home import STUDY

if TYPE_CHECKING:
    from tests.home import Home
    from tests.world import Api

TYPES = (
    "MARKET_DEVELOPMENT",
    "TECHNOLOGY_UPGRADING",
    "QUALITY_IMPROVEMENT",
    "HUMAN_RESOURCE_DEVELOPMENT",
    "RAW_MATERIAL_SUPPLY",
    "NETWORKING",
    "OTHER",
)
PLAN = """version status owner approvedOn nextDueOn freshness"""


def day(text: str) -> str:
    """Turn a Jalali day into the ISO date the API takes."""
    year, month, number = (int(part) for part in text.split("-"))
    return Jalali(year, month, number).gregorian().isoformat()


@dataclass(slots=True)
class Story:
    """Who tells it, and what has been named so far."""

    api: Api
    home: Home
    ids: dict[str, str] = field(default_factory=dict)
    members: list[str] = field(default_factory=list)
    seats: list[str] = field(default_factory=list)

    def today(self, jalali: str) -> str:
        """Move the clock to noon of a day and return the day."""
        iso = day(jalali)
        noon = datetime.datetime.fromisoformat(f"{iso}T09:00:00+00:00")
        self.api.engine.now = lambda: noon
        return iso

    async def do(self, mutation: str, shown: str = "id", **given: object) -> dict[str, Any]:
        """Run a mutation that must be accepted."""
        return await self.api.accepted(mutation, given, shown)

    async def refused(self, mutation: str, *codes: str, **given: object) -> None:
        """Run a mutation that must be refused for these reasons and change nothing."""
        assert [code for code, _ in await self.api.refused(mutation, given)] == list(codes)

    async def phase(self, code: str) -> dict[str, Any]:
        """Return a phase of the project."""
        return (await self.home.phases(self.ids["project"]))[code]

    async def meeting(self, on: str) -> dict[str, Any]:
        """Hold a meeting of the council and return how it votes."""
        called = await self.do("scheduleCouncilMeeting", councilId=self.ids["council"], on=on)
        await self.do("holdCouncilMeeting", id=called["id"], on=on, present=self.seats)
        votes = [{"seatId": seat, "vote": "FOR"} for seat in self.seats]
        return {"meetingId": called["id"], "votes": votes}

    async def plan(self, vision: str) -> str:
        """Draft a complete plan version with a sub-project of every type, carried out by the network."""
        plan = (await self.do("draftActionPlan", clusterId=self.ids["cluster"], visionFa=vision))["id"]
        titles = {"titleFa": "توسعه بازار و صادرات", "titleEn": "Market and export"}
        strategy = await self.do("addStrategy", planId=plan, **titles)
        programme = await self.do("addOperationalProgramme", strategyId=strategy["id"], **titles)
        for kind in TYPES:
            await self.do(
                "proposeSubProject",
                planId=plan,
                programmeId=programme["id"],
                type=kind,
                nameFa=f"ریزپروژه {kind} {vision}",
                nameEn=f"{kind} {vision}",
                networkIds=[self.ids["network"]],
                definedBy="MEMBER",
                ledBy="NETWORK",
            )
        return str(plan)


async def identified(story: Story) -> None:
    """1394: identified, prioritised, found feasible, taken into development."""
    story.today("1394-01-20")
    cluster = await story.do(
        "createCluster",
        "id slug products { nodes { nameFa } }",
        provinceId=story.home.province,
        nameFa="خوشه کسب‌وکار گلیم، جاجیم و ماشته لرستان",
        nameEn="Lorestan Kilim, Jajim and Mashteh Business Cluster",
        slug="lorestan-gelim-jajim-mashteh",
        identifiedOn=day("1394-01-20"),
        products=[{"nameFa": name, "nameEn": name} for name in ("گلیم", "جاجیم", "ماشته")],
    )
    assert [node["nameFa"] for node in cluster["products"]["nodes"]] == ["گلیم", "جاجیم", "ماشته"]
    story.ids["cluster"] = cluster["id"]
    for mutation in ("prioritiseCluster", "startFeasibilityStudy"):
        await story.do(mutation, id=cluster["id"])
    story.today("1394-02-05")
    found = await story.home.api.data("{ feasibilityStudies { nodes { id } } }")
    (study,) = found["feasibilityStudies"]["nodes"]
    await story.do(
        "completeFeasibilityStudy",
        id=study["id"],
        recommendation="FEASIBLE",
        summaryFa="یکی از سیزده خوشه استان",
    )
    story.today("1394-03-10")
    for index in range(6):
        entered = await story.do(
            "enterStakeholder",
            clusterId=cluster["id"],
            kind="WORKSHOP",
            role="PRODUCER_WORKSHOP",
            nameFa=f"کارگاه {index + 1}",
            nameEn=f"Workshop {index + 1}",
        )
        await story.do("admitMember", stakeholderId=entered["id"])
        story.members.append(entered["id"])
    network = await story.do(
        "formNetwork",
        clusterId=cluster["id"],
        kind="EXPORT_CONSORTIUM",
        nameFa="کنسرسیوم",
        nameEn="Consortium",
    )
    story.ids["network"] = network["id"]
    bank = await story.do(
        "enterSupportInstitution", kind="BANK", sector="GOVERNMENTAL", nameFa="بانک", nameEn="Bank"
    )
    story.ids["bank"] = bank["id"]


async def started(story: Story) -> None:
    """Tell how the project starts with its agent; trust building starts the same day; the council is formed."""
    start = story.today("1394-03-16")
    project = await story.do(
        "createProject",
        clusterId=story.ids["cluster"],
        plannedStart=start,
        plannedEnd=day("1397-03-16"),
    )
    story.ids["project"] = project["id"]
    await story.refused("activateProject", "AGENT_REQUIRED", id=project["id"])
    await story.do("assignAgent", projectId=project["id"])
    await story.do("activateProject", id=project["id"], on=start)
    study, trust = await story.phase("DIAGNOSTIC_STUDY"), await story.phase("TRUST_BUILDING")
    assert (study["windowStart"], study["windowEnd"]) == (day("1394-06-16"), day("1394-07-16"))
    assert (trust["status"], trust["actualStart"]) == ("IN_PROGRESS", start)
    await story.refused("completePhase", "TRUST_LASTS_AS_LONG_AS_THE_PROJECT", id=trust["id"])
    implementation = await story.phase("IMPLEMENTATION")
    await story.refused("startPhase", "STUDY_NOT_COMPLETED", id=implementation["id"])
    exit_ = await story.phase("AGENT_EXIT")
    await story.refused("startPhase", "EXIT_NOT_ANNOUNCED", id=exit_["id"])
    council = await story.do("formSteeringCouncil", clusterId=story.ids["cluster"])
    story.ids["council"] = council["id"]
    for role in ("CHAIR", "SECRETARY", "MEMBER"):
        seat = await story.do(
            "appointCouncilSeat", councilId=council["id"], role=role, titleFa=role, titleEn=role
        )
        story.seats.append(seat["id"])


async def studied(story: Story) -> None:
    """Write the study with both kinds of sources, submit, accept, present it; the first plan falls due."""
    on = story.today("1394-07-10")
    study = await story.do("draftStudy", projectId=story.ids["project"])
    empty = await story.api.refused("submitStudy", {"id": study["id"]})
    assert len(empty) >= 5
    await story.do("editStudy", id=study["id"], **STUDY)
    await story.do("submitStudy", id=study["id"], on=on)
    await story.do("returnStudy", id=study["id"], note="منابع میدانی را کامل کنید", on=on)
    await story.do("reviseStudy", id=study["id"])
    for mutation in ("submitStudy", "acceptStudy"):
        await story.do(mutation, id=study["id"], on=on)
    await story.do("presentStudy", id=study["id"], on=on, documentNumber="۱۳۹۴/۱۲")
    phase = await story.phase("DIAGNOSTIC_STUDY")
    await story.do("completePhase", id=phase["id"], on=on)
    assert (await story.phase("DIAGNOSTIC_STUDY"))["health"] == "COMPLETED_ON_TIME"
    assert (await story.phase("ACTION_PLAN"))["dueOn"] == (
        datetime.date.fromisoformat(on) + datetime.timedelta(days=30)
    ).isoformat()


async def planned(story: Story) -> None:
    """Plan v1 approved by the council; its sub-projects start; v2 comes late, v3 in time."""
    on = story.today("1394-08-01")
    first = await story.plan("۱۳۹۴")
    sub_project = await _sub_project(story, first)
    await story.refused("startSubProject", "PLAN_NOT_APPROVED", "IMPLEMENTATION_NOT_STARTED", id=sub_project)
    await story.do("submitActionPlan", id=first, presentedOn=on)
    approved = await story.do(
        "approveActionPlan", PLAN, id=first, documentNumber="LOR-1", **await story.meeting(on)
    )
    assert approved == {
        "version": 1,
        "status": "APPROVED",
        "owner": "AGENT",
        "approvedOn": on,
        "nextDueOn": day("1395-08-01"),
        "freshness": "FRESH",
    }
    implementation = await story.phase("IMPLEMENTATION")
    await story.do("startPhase", id=implementation["id"], on=on)
    await story.do("startSubProject", id=sub_project, on=on)
    await story.do(
        "makeSupportCommitment", institutionId=story.ids["bank"], subProjectId=sub_project, kind="SERVICE"
    )
    late = story.today("1395-09-15")
    freshness = await story.api.data("query ($id: ID!) { actionPlan(id: $id) { freshness } }", {"id": first})
    assert freshness["actionPlan"]["freshness"] == "OVERDUE"
    await story.do("completeSubProject", id=sub_project, on=late)
    for number, (vision, date) in enumerate((("۱۳۹۵", "1395-09-15"), ("۱۳۹۶", "1396-08-10")), 2):
        on = story.today(date)
        plan = await story.plan(vision)
        await story.do("submitActionPlan", id=plan, presentedOn=on)
        approved = await story.do(
            "approveActionPlan", PLAN, id=plan, documentNumber="LOR-2", **await story.meeting(on)
        )
        assert (approved["version"], approved["freshness"]) == (number, "FRESH")
    statuses = await story.api.data(
        "query ($id: ID!) { cluster(id: $id) { actionPlans { nodes { version status } } } }",
        {"id": story.ids["cluster"]},
    )
    assert statuses["cluster"]["actionPlans"]["nodes"] == [
        {"version": 1, "status": "SUPERSEDED"},
        {"version": 2, "status": "SUPERSEDED"},
        {"version": 3, "status": "APPROVED"},
    ]


async def _sub_project(story: Story, plan: str) -> str:
    found = await story.api.data(
        "query ($id: ID!) { actionPlan(id: $id) { subProjects { nodes { id type networks { totalCount } } } } }",
        {"id": plan},
    )
    nodes = found["actionPlan"]["subProjects"]["nodes"]
    assert sorted(node["type"] for node in nodes) == sorted(TYPES)
    assert {node["networks"]["totalCount"] for node in nodes} == {1}
    return str(nodes[0]["id"])


async def trusted(story: Story) -> None:
    """Take an industrial tour, and a round of the survey on both axes."""
    on = story.today("1396-09-01")
    tour = await story.do(
        "planTrustActivity",
        projectId=story.ids["project"],
        type="INDUSTRIAL_TOUR",
        approach="PRACTICAL",
        nameFa="تور صنعتی قم",
        nameEn="Industrial tour to Qom",
        plannedStart=on,
        plannedEnd=on,
    )
    await story.do("addTrustParticipant", id=tour["id"], institutionId=story.ids["bank"])
    await story.do("recordTrustActivity", id=tour["id"], actualStart=on, actualEnd=on)
    survey = await story.do("openTrustSurvey", projectId=story.ids["project"], on=on)
    for index, rater in enumerate(story.members):
        neighbour = story.members[(index + 1) % len(story.members)]
        about = {"id": survey["id"], "raterId": rater}
        await story.do("recordTrustRating", **about, rateeId=neighbour, score=4)
        await story.do("recordTrustRating", **about, institutionId=story.ids["bank"], score=3)
        await story.do("recordTie", **about, rateeId=neighbour, kind="BUSINESS")
    closed = await story.do(
        "closeTrustSurvey", "memberTrust institutionTrust socialCapitalIndex", id=survey["id"]
    )
    assert (closed["memberTrust"], closed["institutionTrust"]) == (75.0, 50.0)
    assert closed["socialCapitalIndex"] > 40


async def left(story: Story) -> None:
    """1397: attained, decided, announced, handed over, completed; the agent's assignment ends."""
    on = story.today("1397-02-01")
    await story.do(
        "registerNetwork", id=story.ids["network"], legalForm="CONSORTIUM", registrationNumber="۱۲۳"
    )
    await story.do("designateComprehensiveNetwork", id=story.ids["network"])
    await story.do(
        "recordDevelopmentLevel",
        id=story.ids["cluster"],
        level="MATURING",
        decidedBy="شورا",
        evidence="صورت‌جلسه",
    )
    await story.refused(
        "announceExit",
        "DEFINING_NOT_ATTAINED",
        "STEERING_NOT_ATTAINED",
        "EXIT_NOT_DECIDED",
        projectId=story.ids["project"],
    )
    await story.do(
        "assessSelfReliance",
        projectId=story.ids["project"],
        defining=1,
        steering=0.8,
        decidedBy="شورا",
        evidence="صورت‌جلسه",
    )
    await story.do(
        "recordCouncilDecision",
        projectId=story.ids["project"],
        subject="EXIT",
        decision="APPROVE",
        **await story.meeting(on),
    )
    exit_ = await story.do(
        "announceExit", "id windowStart windowEnd", projectId=story.ids["project"], announcedOn=on
    )
    assert (exit_["windowStart"], exit_["windowEnd"]) == (day("1397-06-01"), day("1397-08-01"))
    for what in ("بازار", "آموزش"):
        step = await story.do(
            "addHandoverStep",
            id=exit_["id"],
            whatFa=what,
            whatEn=what,
            networkId=story.ids["network"],
            dueOn=day("1397-05-01"),
        )
        story.ids[what] = step["id"]
    await story.refused("completeExit", "STEPS_NOT_DONE", "EXIT_TOO_EARLY", id=exit_["id"])
    story.today("1397-05-01")
    for what in ("بازار", "آموزش"):
        await story.do("completeHandoverStep", id=story.ids[what], evidence="صورت‌جلسه")
    story.today("1397-06-01")
    await story.do("completeExit", id=exit_["id"])
    project = await story.api.data(
        """query ($id: ID!) { project(id: $id) { status actualEnd
          assignments { nodes { validTo } } phases { nodes { code status actualEnd } } } }""",
        {"id": story.ids["project"]},
    )
    found = project["project"]
    assert found["status"] == "COMPLETED"
    assert found["assignments"]["nodes"] == [{"validTo": day("1397-06-01")}]
    trust = next(phase for phase in found["phases"]["nodes"] if phase["code"] == "TRUST_BUILDING")
    assert trust["actualEnd"] == found["actualEnd"] == day("1397-06-01")


async def continued(story: Story) -> None:
    """After the project the plan is the comprehensive network's duty, and the yearly alarm goes on."""
    on = story.today("1397-09-01")
    plans = await story.api.data(
        """query ($id: ID!) { cluster(id: $id) {
          actionPlans(filter: {status: {eq: APPROVED}}) { nodes { owner freshness } } } }""",
        {"id": story.ids["cluster"]},
    )
    assert plans["cluster"]["actionPlans"]["nodes"] == [{"owner": "NETWORK", "freshness": "OVERDUE"}]
    plan = await story.plan("۱۳۹۷")
    await story.do("submitActionPlan", id=plan, presentedOn=on)
    approved = await story.do(
        "approveActionPlan", PLAN, id=plan, documentNumber="LOR-2", **await story.meeting(on)
    )
    assert (approved["version"], approved["owner"], approved["nextDueOn"]) == (
        4,
        "NETWORK",
        day("1398-09-01"),
    )
    await story.do("concludeClusterDevelopment", id=story.ids["cluster"])


@pytest.mark.slow
@pytest.mark.requirement(
    "R1", "R2", "R20", "R21", "R24", "R25", "R28", "R30", "R32", "R35", "R39", "R40", "R41"
)
@pytest.mark.requirement("R42", "R43", "R44", "R45", "R46", "R49", "R52", "I7", "I9", "I10", "I11")
async def test_the_lorestan_cluster_from_its_identification_to_the_plan_of_its_own_network(
    api: Api, home: Home
) -> None:
    story = Story(api, home)
    clock = api.engine.now
    try:
        for chapter in (identified, started, studied, planned, trusted, left, continued):
            await chapter(story)
    finally:
        api.engine.now = clock
    events = await api.events()
    for expected in (
        "cluster.identified",
        "project.activated",
        "phase.started",
        "diagnostic_study.presented",
        "action_plan.approved",
        "action_plan.superseded",
        "sub_project.started",
        "institution.commitment_made",
        "trust.survey_closed",
        "network.designated_comprehensive",
        "exit.announced",
        "exit.completed",
        "action_plan.owner_changed",
        "project.completed",
    ):
        assert expected in events, expected
