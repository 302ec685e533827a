"""A cluster with an active project and a council of three: where tests of plans and sub-projects begin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.home import Home
    from tests.world import Api


@dataclass(slots=True)
class CouncilRoom:
    """The cluster's council at work: it meets, votes and decides on plans."""

    home: Home
    project: str
    council: str
    seats: list[str]

    @property
    def api(self) -> Api:
        """Who asks."""
        return self.home.api

    async def drafted(self, *, complete: bool = True, **given: object) -> str:
        """Draft a version, complete with a strategy and a programme unless told otherwise."""
        wanted = {"clusterId": self.home.cluster, "visionFa": "خوشه‌ای توانمند", **given}
        plan = str((await self.api.accepted("draftActionPlan", wanted))["id"])
        if complete:
            titles = {"titleFa": "توسعه بازار", "titleEn": "Market development"}
            strategy = await self.api.accepted("addStrategy", {"planId": plan, **titles})
            await self.api.accepted("addOperationalProgramme", {"strategyId": strategy["id"], **titles})
        return plan

    async def submitted(self, on: str = "2026-10-01") -> str:
        """Draft a version and present it to the council."""
        plan = await self.drafted()
        await self.api.accepted("submitActionPlan", {"id": plan, "presentedOn": on})
        return plan

    async def meeting(self, on: str = "2026-10-22", present: int = 3) -> str:
        """Hold a meeting of the council."""
        called = await self.api.accepted("scheduleCouncilMeeting", {"councilId": self.council, "on": on})
        held = {"id": called["id"], "on": on, "present": self.seats[:present]}
        await self.api.accepted("holdCouncilMeeting", held)
        return str(called["id"])

    def votes(self, in_favour: int = 3) -> list[dict[str, str]]:
        """Cast so many votes for a decision."""
        return [{"seatId": seat, "vote": "FOR"} for seat in self.seats[:in_favour]]

    async def approved(self, plan: str | None = None, on: str = "2026-10-22") -> str:
        """Let the council approve a version, a complete new one unless told otherwise."""
        plan = plan or await self.submitted()
        decided = {"id": plan, "meetingId": await self.meeting(on), "votes": self.votes()}
        await self.api.accepted("approveActionPlan", {**decided, "documentNumber": "LOR-1"})
        return plan

    async def proposed(self, plan: str, **given: object) -> str:
        """Define a sub-project in a draft."""
        wanted = {
            "planId": plan,
            "type": "MARKET_DEVELOPMENT",
            "nameFa": "فروشگاه",
            "nameEn": "Shop",
            **given,
        }
        return str((await self.api.accepted("proposeSubProject", wanted))["id"])

    async def implementing(self) -> None:
        """Start the implementation phase, as if the study had been completed."""
        await self.api.pool.execute(
            "update phase set status = 'IN_PROGRESS', actual_start = '2026-09-01'"
            " where code = 'IMPLEMENTATION'"
        )

    async def approved_sub_project(self, **given: object) -> str:
        """Define a sub-project in a version that the council then approves."""
        plan = await self.drafted()
        sub_project = await self.proposed(plan, **given)
        await self.api.accepted("submitActionPlan", {"id": plan, "presentedOn": "2026-10-01"})
        await self.approved(plan)
        return sub_project

    async def one(self, field: str, identity: str, shown: str) -> dict[str, Any]:
        """Read an entity."""
        data = await self.api.data(f"query ($id: ID!) {{ {field}(id: $id) {{ {shown} }} }}", {"id": identity})
        found: dict[str, Any] = data[field]
        return found


@pytest.fixture
async def council_room(home: Home) -> CouncilRoom:
    """Give the gelim cluster an active project and a council of three seats."""
    project = await home.active()
    council = await home.api.accepted(
        "formSteeringCouncil", {"clusterId": home.cluster, "formedOn": "2025-01-01"}
    )
    seats = []
    for role in ("CHAIR", "SECRETARY", "MEMBER"):
        given = {
            "councilId": council["id"],
            "role": role,
            "titleFa": "مدیرعامل",
            "titleEn": "Chief executive",
        }
        seat = await home.api.accepted("appointCouncilSeat", {**given, "validFrom": "2025-01-01"})
        seats.append(seat["id"])
    return CouncilRoom(home, project, council["id"], seats)


async def peopled(home: Home, *, studied_on: str = "2026-09-10") -> CouncilRoom:
    """Give a cluster a project past its study, a council, members, a network, and a plan with a sub-project."""
    api, project = home.api, await home.active("2026-06-06")
    council = await api.accepted("formSteeringCouncil", {"clusterId": home.cluster, "formedOn": "2025-01-01"})
    room = CouncilRoom(home, project, council["id"], [])
    for role in ("CHAIR", "SECRETARY", "MEMBER"):
        seat = {"councilId": council["id"], "role": role, "titleFa": "کرسی", "titleEn": "Seat"}
        made = await api.accepted("appointCouncilSeat", {**seat, "validFrom": "2025-01-01"})
        room.seats.append(made["id"])
    await home.studied(project, completed_on=studied_on)
    implementation = (await home.phases(project))["IMPLEMENTATION"]["id"]
    await api.accepted("startPhase", {"id": implementation, "on": "2026-09-15"})
    for place in range(6):
        stakeholder = {"clusterId": home.cluster, "kind": "WORKSHOP", "role": "WEAVER"}
        named = {"nameFa": f"کارگاه {place}", "nameEn": f"Workshop {place}"}
        made = await api.accepted("enterStakeholder", {**stakeholder, **named})
        await api.accepted("admitMember", {"stakeholderId": made["id"], "validFrom": "2026-01-01"})
    network = {"clusterId": home.cluster, "kind": "COMPREHENSIVE", "nameFa": "شبکه", "nameEn": "Network"}
    await api.accepted("formNetwork", {**network, "formedOn": "2026-08-01"})
    await room.approved_sub_project()
    return room
