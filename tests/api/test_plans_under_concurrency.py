"""Random commands on one cluster at the same instants, from several connections: no invariant breaks."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.council_room import CouncilRoom

BROKEN = {
    "I7: versions have gaps": """select cluster_id from action_plan
        group by cluster_id having max(version) <> count(*) or min(version) <> 1""",
    "I7: two plans in force": """select cluster_id from action_plan where status = 'APPROVED'
        group by cluster_id having count(*) > 1""",
    "I8: approved without the council's decision": """select p.id from action_plan p
        left join council_decision d on d.id = p.decision_id and d.cluster_id = p.cluster_id
          and d.plan_id = p.id and d.decision = 'APPROVE' and d.decided_on <= p.approved_on
        where p.status in ('APPROVED', 'SUPERSEDED') and d.id is null""",
    "I8: two final decisions": """select plan_id from council_decision where decision <> 'RETURN'
        group by plan_id having count(*) > 1""",
    "I11: two comprehensive networks": """select cluster_id from network
        where designated_on is not null and dissolved_on is null group by cluster_id having count(*) > 1""",
    "I6: started without an approved plan": """select s.id from sub_project s join action_plan p on p.id = s.plan_id
        where s.status in ('APPROVED', 'IN_PROGRESS') and p.status not in ('APPROVED', 'SUPERSEDED')""",
    "I16: paid more than promised": "select id from budget_line where disbursed > committed or spent > disbursed",
    "I17: a change without its audit row": """select p.id from action_plan p where p.revision <>
        (select count(*) from audit_entry a where a.entity = 'ActionPlan' and a.entity_id = p.id)""",
}


@dataclass(slots=True)
class Crowd:
    """People who try whatever they like, at the same time and on the same cluster."""

    room: CouncilRoom
    chance: random.Random
    meeting: str
    networks: list[str]

    async def ids(self, table: str, type_name: str) -> list[str]:
        found = await self.room.api.pool.fetch(f"select id from {table} order by id")  # noqa: S608 - a table of ours
        return [f"{type_name}_{row['id']}" for row in found]

    async def draft(self) -> None:
        given = {"clusterId": self.room.home.cluster, "visionFa": "چشم‌انداز"}
        await self.room.api.run("draftActionPlan", given)

    async def write_parts(self) -> None:
        titles = {"titleFa": "راهبرد", "titleEn": "Strategy"}
        for plan in (await self.ids("action_plan", "ActionPlan"))[-1:]:
            strategy = (await self.room.api.run("addStrategy", {"planId": plan, **titles}))["strategy"]
            if strategy is not None:
                await self.room.api.run("addOperationalProgramme", {"strategyId": strategy["id"], **titles})
            proposal = {"planId": plan, "type": "OTHER", "nameFa": "ریز", "nameEn": "Part"}
            proposed = (await self.room.api.run("proposeSubProject", proposal))["subProject"]
            if proposed is not None:
                money = {"source": "ISIPO", "currency": "EUR", "unit": "MAIN", "planned": "100"}
                await self.room.api.run("addBudgetLine", {"subProjectId": proposed["id"], **money})

    async def on_plan(self, mutation: str, **given: object) -> None:
        if plans := await self.ids("action_plan", "ActionPlan"):
            # Mostly the version that is open, now and then one that is over.
            plan = self.chance.choice([*plans, *[plans[-1]] * 4])
            await self.room.api.run(mutation, {"id": plan, **given})

    async def submit(self) -> None:
        await self.on_plan("submitActionPlan", presentedOn="2026-11-01")

    async def edit(self) -> None:
        await self.on_plan("editActionPlan", visionFa="دیگر")

    async def approve(self) -> None:
        decided = {"meetingId": self.meeting, "votes": self.room.votes()}
        await self.on_plan("approveActionPlan", documentNumber="1", **decided)

    async def decide_otherwise(self) -> None:
        decided = {"meetingId": self.meeting, "votes": self.room.votes()}
        await self.on_plan(self.chance.choice(("rejectActionPlan", "returnActionPlan")), **decided)

    async def designate(self) -> None:
        given = {"id": self.chance.choice(self.networks)}
        await self.room.api.run("designateComprehensiveNetwork", given)

    async def dissolve(self) -> None:
        given = {"id": self.chance.choice(self.networks), "reason": "ادغام"}
        await self.room.api.run("dissolveNetwork", given)

    async def start(self) -> None:
        for sub_project in await self.ids("sub_project", "SubProject"):
            await self.room.api.run("startSubProject", {"id": sub_project})

    async def pay(self) -> None:
        for line in await self.ids("budget_line", "BudgetLine"):
            amounts = {name: str(self.chance.randint(0, 9)) for name in ("committed", "disbursed", "spent")}
            await self.room.api.run("recordBudget", {"id": line, **amounts})


@pytest.mark.requirement("I6", "I7", "I8", "I11", "I16", "I17")
@pytest.mark.parametrize("seed", [1404, 1405])
async def test_random_commands_at_the_same_instant_break_no_invariant(
    council_room: CouncilRoom, seed: int
) -> None:
    await council_room.implementing()
    await council_room.approved()
    networks = []
    for name in ("الف", "ب", "پ"):
        given = {"clusterId": council_room.home.cluster, "kind": "VERTICAL", "nameFa": name, "nameEn": name}
        networks.append((await council_room.api.accepted("formNetwork", given))["id"])
    chance = random.Random(seed)  # noqa: S311 - repeatable, not secret
    crowd = Crowd(council_room, chance, await council_room.meeting("2026-11-20"), networks)
    likely = [crowd.draft, crowd.write_parts, crowd.submit, crowd.approve]
    rest = [crowd.edit, crowd.decide_otherwise, crowd.designate, crowd.dissolve, crowd.start, crowd.pay]
    for _ in range(8):
        # The likely ones make an approval possible in every round; the others come in between.
        chosen = [*likely, *chance.choices([*likely, *rest], k=12)]
        await asyncio.gather(*(command() for command in chosen))
        for rule, query in BROKEN.items():
            assert await council_room.api.pool.fetch(query) == [], rule
    approved = await council_room.api.pool.fetchval(
        "select count(*) from action_plan where status in ('APPROVED', 'SUPERSEDED')"
    )
    assert approved >= 1
    assert (await council_room.api.events()).count("action_plan.approved") == approved
