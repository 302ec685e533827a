"""What comes due by itself: told once per occasion, by the day in Tehran, late rather than never."""

from __future__ import annotations

import asyncio
import datetime
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from schema.events import EventType
from services.database import open_pool
from services.notifications.deadlines import Deadline, occasions
from services.notifications.schedule import Schedule

if TYPE_CHECKING:
    from tests.events.conftest import Country

DAY = datetime.timedelta(days=1)
DUE = datetime.date(2026, 12, 21)
SOMEBODY = UUID(int=1)


def phase(since: datetime.date | None = datetime.date(2026, 8, 1)) -> Deadline:
    return Deadline("Phase", SOMEBODY, SOMEBODY, SOMEBODY, SOMEBODY, "DIAGNOSTIC_STUDY", DUE, since)


def plan() -> Deadline:
    return Deadline(
        "ActionPlan", SOMEBODY, SOMEBODY, SOMEBODY, SOMEBODY, None, DUE, datetime.date(2026, 1, 1)
    )


def notices(deadline: Deadline, left: int) -> list[int | str]:
    found = occasions(deadline, DUE - left * DAY)
    return [occasion.payload.get("notice", occasion.type.value) for occasion in found]


@pytest.mark.parametrize(
    ("left", "told"),
    [
        (31, []),
        (30, [30]),
        (15, [30]),
        (14, [30, 14]),
        (7, [30, 14, 7]),
        (0, [30, 14, 7]),
        (-1, ["phase.overdue"]),
    ],
)
@pytest.mark.requirement("R12")
def test_a_window_is_announced_30_14_and_7_days_before_its_end_and_told_when_it_has_passed(
    left: int, told: list[int | str]
) -> None:
    assert notices(phase(), left) == told


@pytest.mark.parametrize(
    ("left", "told"),
    [(91, []), (90, [90]), (30, [90, 30]), (7, [90, 30, 7]), (0, [90, 30, 7]), (-1, ["action_plan.overdue"])],
)
@pytest.mark.requirement("R25")
def test_a_plan_is_announced_90_30_and_7_days_before_its_renewal(left: int, told: list[int | str]) -> None:
    assert notices(plan(), left) == told


def test_no_notice_is_given_for_a_day_before_the_work_began() -> None:
    assert notices(phase(since=DUE - 20 * DAY), 10) == [14]


def test_a_deadline_that_moves_is_told_of_anew() -> None:
    later = Deadline("Phase", SOMEBODY, SOMEBODY, SOMEBODY, SOMEBODY, "DIAGNOSTIC_STUDY", DUE + DAY, None)
    assert occasions(phase(), DUE + DAY * 9)[0].key != occasions(later, DUE + DAY * 9)[0].key


def at(day: datetime.date, hour: int = 9) -> datetime.datetime:
    return datetime.datetime(day.year, day.month, day.day, hour, tzinfo=datetime.UTC)


async def told(country: Country) -> list[tuple[str, int]]:
    rows = await country.pool.fetch(
        "select type, (payload->>'daysLeft')::int as left from event order by sequence"
    )
    return [tuple(row) for row in rows]


async def test_three_workers_that_look_at_once_tell_every_occasion_once(country: Country) -> None:
    province = await country.province(1)
    for _ in range(6):
        await country.study_phase(await country.cluster(province), DUE)
    pools = [await open_pool(country.settings) for _ in range(3)]
    try:
        for left in (30, 14, 7, -1):
            clock = partial(at, DUE - left * DAY)
            counts = await asyncio.gather(*(Schedule(pool, clock).look() for pool in pools))
            assert sum(counts) == 6
            assert await Schedule(pools[0], clock).look() == 0
    finally:
        for pool in pools:
            await pool.close()
    found = await country.pool.fetch("select occasion from event")
    assert len({row["occasion"] for row in found}) == len(found) == 24
    assert await country.pool.fetchval("select count(*) from unrouted_event") == 24


async def test_after_a_standstill_what_was_missed_is_told_late_and_once(country: Country) -> None:
    await country.study_phase(await country.cluster(await country.province(1)), DUE)
    assert await Schedule(country.pool, lambda: at(DUE - 40 * DAY)).look() == 0
    assert await Schedule(country.pool, lambda: at(DUE - 5 * DAY)).look() == 3
    assert await told(country) == [("phase.window_opening", 5)] * 3
    assert await Schedule(country.pool, lambda: at(DUE - 29 * DAY)).look() == 0, "the clock went back"
    assert await Schedule(country.pool, lambda: at(DUE + 3 * DAY)).look() == 1
    assert (await told(country))[-1] == ("phase.overdue", -3)


async def test_the_day_changes_at_midnight_in_tehran(country: Country) -> None:
    await country.study_phase(await country.cluster(await country.province(1)), DUE)
    evening = at(DUE - 31 * DAY, hour=20).replace(minute=29)
    assert await Schedule(country.pool, lambda: evening).look() == 0
    assert await Schedule(country.pool, lambda: evening + datetime.timedelta(minutes=1)).look() == 1


async def test_what_is_completed_suspended_or_removed_is_not_told_of(country: Country) -> None:
    province = await country.province(1)
    changes = (
        "update phase set status = 'COMPLETED', actual_end = window_end where id = $1",
        "update phase set status = 'SUSPENDED' where id = $1",
        "update phase set deleted_at = now() where id = $1",
        "update cluster_project set status = 'SUSPENDED' where id = (select project_id from phase where id = $1)",
        "update cluster set deleted_at = now() where id = (select cluster_id from phase where id = $1)",
    )
    for change in changes:
        await country.pool.execute(change, await country.study_phase(await country.cluster(province), DUE))
    assert await Schedule(country.pool, lambda: at(DUE + DAY)).look() == 0


async def test_the_payload_names_the_day_in_both_calendars(country: Country) -> None:
    await country.study_phase(await country.cluster(await country.province(1)), DUE)
    await Schedule(country.pool, lambda: at(DUE + DAY)).look()
    row = await country.pool.fetchrow(
        "select type, actor, payload->'due'->>'date' as iso, payload->'due'->>'jalali' as jalali from event"
    )
    assert row["type"] == EventType.PHASE_OVERDUE
    assert row["actor"] == "services.notifications"
    assert (row["iso"], row["jalali"]) == ("2026-12-21", "۳۰ آذر ۱۴۰۵")
