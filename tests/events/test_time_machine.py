"""The Lorestan project day by day from 1394 until after its exit, and every message that people got of it.

`UPDATE_CASES=1` writes `messages_of_lorestan.md` anew; read the difference before you commit it.
"""

from __future__ import annotations

import asyncio
import datetime
import os
import random
from collections import Counter
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from schema.calendar import TEHRAN, tehran_date
from schema.jalali import Jalali
from schema.vocabulary import Channel, UserRole
from services.notifications.fan_out import FanOut
from services.notifications.schedule import Schedule
from tests.e2e.test_the_story_of_lorestan import (
    Story,
    continued,
    identified,
    left,
    planned,
    started,
    studied,
    trusted,
)
from tests.events.conftest import Country

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from tests.home import Home
    from tests.world import Api

DIARY: Final = Path(__file__).parent / "messages_of_lorestan.md"
OCCASIONS: Final = Path(__file__).parent / "occasions_of_lorestan.txt"
DAY: Final = datetime.timedelta(days=1)
CHAPTERS: Final = (identified, started, studied, planned, trusted, left, continued)
PEOPLE: Final = {
    UserRole.PROVINCE_ADMINISTRATOR: "DAILY",
    UserRole.DEVELOPMENT_AGENT: "IMMEDIATE",
    UserRole.COUNCIL_MEMBER: "WEEKLY",
    UserRole.TECHNICAL_ADVISOR: "IMMEDIATE",
    UserRole.NETWORK_REPRESENTATIVE: "DAILY",
    UserRole.NATIONAL_ADMINISTRATOR: "OFF",
}
"""Who is told in Lorestan, and how often by e-mail."""

_WRITTEN: Final = """
select i.id, i.user_id, i.title, i.body, mail.content ->> 'held' as held, mail.id is not null as mailed
from inbox_entry i left join notification_delivery mail
  on mail.event_id = i.event_id and mail.user_id = i.user_id and mail.channel = 'EMAIL'
where i.id <> all($1) order by i.created_at, i.id
"""


@dataclass(slots=True)
class TimeMachine(Story):
    """Tells the story, and lets the notification service live every day between."""

    replicas: int = 1
    sleeps: Callable[[datetime.date], bool] = lambda _day: False
    people: dict[UUID, UserRole] = field(default_factory=dict)
    target: datetime.date | None = None
    reached: datetime.date | None = None
    seen: list[UUID] = field(default_factory=list)
    diary: dict[datetime.date, list[tuple[int, str]]] = field(default_factory=dict)

    def today(self, jalali: str) -> str:
        """Set out for a day; the days until then pass before its first command."""
        iso = Story.today(self, jalali)
        self.target = datetime.date.fromisoformat(iso)
        return iso

    async def do(self, mutation: str, shown: str = "id", **given: object) -> dict[str, Any]:
        await self.arrive()
        return await Story.do(self, mutation, shown, **given)

    async def refused(self, mutation: str, *codes: str, **given: object) -> None:
        await self.arrive()
        await Story.refused(self, mutation, *codes, **given)

    async def arrive(self) -> None:
        """Live through the days up to the one the story is at."""
        assert self.target is not None
        self.reached = self.reached or self.target - DAY
        while self.reached < self.target:
            # What people did during the day is told the same evening, what comes due in the morning.
            await self.tell(self.reached, 16)
            self.reached += DAY
            await self.take_places()
            if not self.sleeps(self.reached):
                replicas = [
                    Schedule(self.api.pool, partial(at, self.reached, 8)) for _ in range(self.replicas)
                ]
                await asyncio.gather(*(replica.look() for replica in replicas))
            await self.tell(self.reached, 8)

    async def tell(self, day: datetime.date, hour: int) -> None:
        """Route what happened and write down what people found in their inboxes, and how it was mailed."""
        moment = at(day, hour)
        while (await FanOut(self.api.pool, lambda: moment, ways=(Channel.EMAIL,)).route()).events:
            pass
        for row in await self.api.pool.fetch(_WRITTEN, self.seen):
            self.seen.append(row["id"])
            role = self.people[row["user_id"]]
            held = row["held"] and tehran_date(datetime.datetime.fromisoformat(row["held"]))
            mail = f"رایانامه {Jalali.of(held).text_fa}" if held else "رایانامه همان دم"
            way = f" ({mail})" if row["mailed"] else ""
            line = f"- {role.label_fa}{way}: **{row['title']}** {' '.join(row['body'].splitlines())}"
            self.diary.setdefault(day, []).append((role.rank, line))

    async def take_places(self) -> None:
        """Let people take the places the story gives them, as soon as there are any."""
        users = {role: user for user, role in self.people.items()}
        await self.api.pool.execute(
            "update agent_assignment set user_id = $1 where user_id is null",
            users[UserRole.DEVELOPMENT_AGENT],
        )
        await self.api.pool.execute(
            "update council_seat set user_id = $1 where user_id is null and role = 'MEMBER'",
            users[UserRole.COUNCIL_MEMBER],
        )
        for role in (UserRole.TECHNICAL_ADVISOR, UserRole.NETWORK_REPRESENTATIVE):
            await self.api.pool.execute(
                "insert into user_cluster (id, revision, created_at, is_sample, user_id, cluster_id)"
                " select gen_random_uuid(), 1, now(), false, $1, c.id from cluster c"
                " where c.slug = 'lorestan-gelim-jajim-mashteh'"
                " and not exists (select 1 from user_cluster u where u.user_id = $1)",
                users[role],
            )


def at(day: datetime.date, hour: int) -> datetime.datetime:
    return datetime.datetime(day.year, day.month, day.day, hour, tzinfo=TEHRAN)


async def live_through(api: Api, home: Home, **how: Any) -> TimeMachine:
    """Tell the whole story."""
    country = Country(api.pool, api.engine.settings)
    machine = TimeMachine(api, home, **how)
    for role, rhythm in PEOPLE.items():
        user = await country.user(role, "FA")
        machine.people[user] = role
        await api.pool.execute("update notification_preference set mail = $2 where id = $1", user, rhythm)
        if role is UserRole.PROVINCE_ADMINISTRATOR:
            await country.record("user_province", user_id=user, province_id=home.province_row)
    clock = api.engine.now
    try:
        for chapter in CHAPTERS:
            await chapter(machine)
        machine.today("1398-10-15")
        await machine.arrive()
    finally:
        api.engine.now = clock
    return machine


def written(machine: TimeMachine) -> str:
    """Write the diary as people read it."""
    lines = ["# پیام‌های پروژهٔ توسعهٔ خوشهٔ لرستان، روز به روز", ""]
    for day, told in sorted(machine.diary.items()):
        lines += [
            f"## {Jalali.of(day).text_fa} ({day.isoformat()})",
            "",
            *(line for _, line in sorted(told)),
            "",
        ]
    return "\n".join(lines)


async def occasions(api: Api) -> Counter[tuple[str, str, str]]:
    """Count what came due by itself: type, deadline and notice, whoever told of it and when."""
    rows = await api.pool.fetch(
        "select type, payload->'due'->>'date' as due, payload->>'notice' as notice from event"
        " where occasion is not null"
    )
    return Counter((row["type"], row["due"], row["notice"]) for row in rows)


@pytest.mark.slow
@pytest.mark.requirement("R12", "R15", "R24", "R25", "R32", "R50", "E9")
async def test_everybody_in_lorestan_was_told_day_by_day_what_the_diary_says(api: Api, home: Home) -> None:
    machine = await live_through(api, home)
    text = written(machine)
    if os.environ.get("UPDATE_CASES"):
        DIARY.write_text(text, encoding="utf-8")
    assert text == DIARY.read_text(encoding="utf-8")
    found = await occasions(api)
    came_due = "".join(f"{' '.join(one)}\n" for one in sorted(found))
    if os.environ.get("UPDATE_CASES"):
        OCCASIONS.write_text(came_due, encoding="utf-8")
    assert came_due == OCCASIONS.read_text(encoding="utf-8")
    assert set(found.values()) == {1}, "an occasion was told twice"
    assert {kind for kind, _, _ in found} >= {
        "phase.window_opening", "action_plan.due_soon", "action_plan.overdue", "overdue.escalated",
        "trust.inactive", "supervision.visit_due", "supervision.visit_missed",
    }  # fmt: skip


@pytest.mark.slow
async def test_three_replicas_that_are_often_down_tell_of_the_same_occasions_once(
    api: Api, home: Home
) -> None:
    draw = random.Random(1394)  # noqa: S311 - the same days in every run
    down = {datetime.date(2015, 1, 1) + number * DAY for number in range(2200) if draw.random() < 0.35}
    await live_through(api, home, replicas=3, sleeps=lambda day: day in down and day.day != 1)
    found = await occasions(api)
    assert set(found.values()) == {1}
    assert sorted(" ".join(one) for one in found) == sorted(
        OCCASIONS.read_text(encoding="utf-8").splitlines()
    )
