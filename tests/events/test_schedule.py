"""What comes due by itself: told once per occasion, by the day in Tehran, late rather than never."""

from __future__ import annotations

import asyncio
import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from schema.events import EventType
from schema.sub_projects.rows import Milestone
from services.database import open_pool
from services.notifications.deadlines import COURSES, Deadline, keys, occasions
from services.notifications.fan_out import FanOut
from services.notifications.schedule import Schedule
from tests.events.conftest import Country
from tests.world import CLUSTER, PHASE, number

if TYPE_CHECKING:
    import asyncpg

    from tests.world import Api

DAY = datetime.timedelta(days=1)
DUE = datetime.date(2026, 12, 21)
SOMEBODY = UUID(int=1)


def deadline(
    kind: str = "PHASE", since: datetime.date | None = datetime.date(2026, 1, 1), **more: Any
) -> Deadline:
    given = {"due": DUE, "since": since, **more}
    return Deadline(kind, "Phase", SOMEBODY, SOMEBODY, SOMEBODY, SOMEBODY, "DIAGNOSTIC_STUDY", **given)


def given(what: Deadline, left: int, **known: Any) -> list[str]:
    """Say what is told so many days before the deadline, as type and distance."""
    found = occasions(what, DUE - left * DAY, **known)
    return [f"{occasion.type.value} {occasion.payload['notice']}" for occasion in found]


def whole_course(kind: str, days: range, **more: Any) -> dict[int, list[str]]:
    """Look every day, as the service does, and return what was told so many days after the deadline."""
    told: dict[str, datetime.date] = {}
    course: dict[int, list[str]] = {}
    for day in days:
        today = DUE + day * DAY
        for found in occasions(deadline(kind, **more), today, looked=today - DAY, told=told):
            told[found.key] = today
            course.setdefault(day, []).append(found.type.value)
    return course


YEAR = range(-200, 200)
OVERDUE_COURSE = {1: "{0}.overdue", 15: "{0}.overdue", 22: "overdue.escalated"}


def overdue(kind: str) -> dict[int, list[str]]:
    return {day: [name.format(kind)] for day, name in OVERDUE_COURSE.items()}


@pytest.mark.requirement("R12")
def test_a_window_is_announced_three_times_and_its_passing_told_twice_before_the_office_hears_of_it() -> None:
    announced = {-30: ["phase.window_opening"], -14: ["phase.window_opening"], -7: ["phase.window_opening"]}
    assert whole_course("PHASE", YEAR) == announced | overdue("phase")


@pytest.mark.requirement("R25")
@pytest.mark.parametrize("kind", ["PLAN", "FIRST_PLAN"])
def test_a_plan_is_announced_90_30_and_7_days_before_it_is_due(kind: str) -> None:
    announced = {day: ["action_plan.due_soon"] for day in (-90, -30, -7)}
    assert whole_course(kind, YEAR) == announced | overdue("action_plan")


@pytest.mark.requirement("R50")
def test_the_window_of_the_exit_opens_and_its_passing_is_told() -> None:
    assert whole_course("EXIT_OPENING", YEAR) == {0: ["exit.window_open"]}
    assert whole_course("EXIT_PHASE", YEAR) == {day: ["phase.window_opening"] for day in (-30, -14, -7)}
    assert whole_course("EXIT", YEAR) == overdue("exit")


@pytest.mark.parametrize(
    ("kind", "course"),
    [
        ("TRUST", {1: ["trust.inactive"]}),
        ("VISIT", {-7: ["supervision.visit_due"], 1: ["supervision.visit_missed"]}),
        ("MILESTONE", {1: ["sub_project.milestone_missed"]}),
        ("EXIT_READINESS", {0: ["exit.eligible"]}),
        ("OWNERLESS", {0: ["action_plan.owner_missing"]}),
        ("STILL_OWNERLESS", {30: ["action_plan.owner_missing"], 90: ["action_plan.owner_missing"]}),
    ],
)
def test_every_other_deadline_is_told_of_on_its_days(kind: str, course: dict[int, list[str]]) -> None:
    assert whole_course(kind, YEAR) == course


def test_every_kind_of_deadline_has_a_course_and_every_occasion_a_name_of_its_own() -> None:
    for kind in COURSES:
        assert len(set(keys(deadline(kind)))) == len(COURSES[kind])


@pytest.mark.requirement("R55")
def test_the_national_office_hears_of_a_delay_only_while_nobody_answered() -> None:
    course = whole_course("PHASE", YEAR, answered=True)
    assert course[15] == ["phase.overdue"]
    assert 22 not in course


def test_whoever_was_told_late_gets_a_week_before_the_next_reminder() -> None:
    told: dict[str, datetime.date] = {}
    days = {}
    for day in range(20, 60):
        today = DUE + day * DAY
        for found in occasions(deadline(), today, looked=None, told=told):
            told[found.key], days[day] = today, found.type.value
    assert days == {20: "phase.overdue", 27: "phase.overdue", 34: "overdue.escalated"}


def test_what_is_entered_after_its_day_is_told_as_it_stands_and_no_more() -> None:
    assert given(deadline(), 10) == ["phase.window_opening 30", "phase.window_opening 14"]
    assert given(deadline(), -3) == ["phase.overdue 1"]
    assert given(deadline(closed=DUE + 2 * DAY), -3) == []


def test_what_was_missed_while_nobody_worked_is_told_late_even_if_it_is_over() -> None:
    looked = DUE - 8 * DAY
    assert given(deadline(), -3, looked=looked) == ["phase.window_opening 7", "phase.overdue 1"]
    assert given(deadline(closed=DUE + DAY), -3, looked=looked) == [
        "phase.window_opening 7",
        "phase.overdue 1",
    ]
    assert given(deadline(closed=DUE), -3, looked=looked) == ["phase.window_opening 7"]
    assert given(deadline(closed=DUE), -3, looked=DUE) == []


def test_no_notice_is_given_for_a_day_before_the_work_began() -> None:
    assert given(deadline(since=DUE - 20 * DAY), 10) == ["phase.window_opening 14"]


def test_a_deadline_that_moves_is_told_of_anew() -> None:
    assert not set(keys(deadline())) & set(keys(deadline(due=DUE + DAY)))


def at(day: datetime.date, hour: int = 9) -> datetime.datetime:
    return datetime.datetime(day.year, day.month, day.day, hour, tzinfo=datetime.UTC)


async def told(country: Country) -> list[tuple[str, int]]:
    """Return what was told of phases, in order; the projects of these tests have no visits and are told so too."""
    rows = await country.pool.fetch(
        "select type, (payload->>'daysLeft')::int as left from event where type like 'phase.%' order by sequence"
    )
    return [tuple(row) for row in rows]


async def look(country: Country, moment: datetime.datetime, *others: asyncpg.Pool[asyncpg.Record]) -> int:
    """Look at the calendar (with every pool at once) and return how much was told of phases."""
    before = len(await told(country))
    pools = others or (country.pool,)
    await asyncio.gather(*(Schedule(pool, lambda: moment).look() for pool in pools))
    return len(await told(country)) - before


async def test_three_workers_that_look_at_once_tell_every_occasion_once(country: Country) -> None:
    province = await country.province(1)
    for _ in range(6):
        await country.study_phase(await country.cluster(province), DUE)
    pools = [await open_pool(country.settings) for _ in range(3)]
    try:
        for left in (30, 14, 7, -1):
            assert await look(country, at(DUE - left * DAY), *pools) == 6
            assert await Schedule(pools[0], lambda day=DUE - left * DAY: at(day)).look() == 0  # type: ignore[misc]
    finally:
        for pool in pools:
            await pool.close()
    found = await country.pool.fetch("select occasion from event")
    assert len({row["occasion"] for row in found}) == len(found) > 24
    assert await country.pool.fetchval("select count(*) from unrouted_event") == len(found)


async def test_after_a_standstill_what_was_missed_is_told_late_and_once(country: Country) -> None:
    await country.study_phase(await country.cluster(await country.province(1)), DUE)
    assert await look(country, at(DUE - 40 * DAY)) == 0
    assert await look(country, at(DUE - 5 * DAY)) == 3
    assert await told(country) == [("phase.window_opening", 5)] * 3
    assert await look(country, at(DUE - 29 * DAY)) == 0, "the clock went back"
    assert await look(country, at(DUE + 3 * DAY)) == 1
    assert (await told(country))[-1] == ("phase.overdue", -3)


async def test_the_day_changes_at_midnight_in_tehran(country: Country) -> None:
    await country.study_phase(await country.cluster(await country.province(1)), DUE)
    evening = at(DUE - 31 * DAY, hour=20).replace(minute=29)
    assert await look(country, evening) == 0
    assert await look(country, evening + datetime.timedelta(minutes=1)) == 1


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
    assert await look(country, at(DUE + DAY)) == 0


async def test_the_payload_names_the_day_in_both_calendars(country: Country) -> None:
    await country.study_phase(await country.cluster(await country.province(1)), DUE)
    await look(country, at(DUE + DAY))
    row = await country.pool.fetchrow(
        "select type, actor, payload->'due'->>'date' as iso, payload->'due'->>'jalali' as jalali from event"
        " where type = 'phase.overdue'"
    )
    assert row["type"] == EventType.PHASE_OVERDUE
    assert row["actor"] == "services.notifications"
    assert (row["iso"], row["jalali"]) == ("2026-12-21", "۳۰ آذر ۱۴۰۵")


async def seen(country: Country, moment: datetime.datetime) -> list[str]:
    """Look at the calendar and return the types of what is told for the first time."""
    before = await country.pool.fetchval("select coalesce(max(sequence), 0) from event")
    await Schedule(country.pool, lambda: moment).look()
    rows = await country.pool.fetch("select type from event where sequence > $1 order by sequence", before)
    return [row["type"] for row in rows]


@pytest.mark.requirement("R15")
async def test_a_project_without_trust_building_is_told_of_after_90_and_180_days(country: Country) -> None:
    start = datetime.date(2026, 1, 1)
    cluster = await country.cluster(await country.province(1))
    project = await country.project(cluster, start)
    await country.record(
        "phase", cluster_id=cluster, project_id=project, code="TRUST_BUILDING", ordinal=2, kind="CONTINUOUS",
        status="IN_PROGRESS", actual_start=start,
    )  # fmt: skip
    for day, inactive in ((90, 0), (91, 1), (150, 0), (181, 1)):
        found = await seen(country, at(start + day * DAY))
        assert found.count("trust.inactive") == inactive, day
    await country.record(
        "trust_activity", cluster_id=cluster, project_id=project, type="MEETING", approach="PRACTICAL",
        name_fa="نشست", name_en="Meeting", planned_start=start, planned_end=start,
        actual_start=start + 190 * DAY, actual_end=start + 190 * DAY,
    )  # fmt: skip
    assert "trust.inactive" not in await seen(country, at(start + 280 * DAY))
    assert "trust.inactive" in await seen(country, at(start + 281 * DAY))


@pytest.mark.requirement("E9")
async def test_visits_are_due_every_month_during_the_study_and_every_two_months_afterwards(
    country: Country,
) -> None:
    phase = await country.study_phase(await country.cluster(await country.province(1)), DUE)
    start = DUE - 120 * DAY
    days = {}
    for day in range(100):
        today = start + day * DAY
        if day == 45:
            await country.record(
                "supervision_visit", cluster_id=await country.pool.fetchval("select id from cluster"),
                project_id=await country.pool.fetchval("select id from cluster_project"), visited_on=today,
                findings_fa="یافته",
            )  # fmt: skip
        if day == 50:
            await country.pool.execute(
                "update phase set status = 'COMPLETED', actual_end = $2 where id = $1", phase, today
            )
        for kind in await seen(country, at(today)):
            days[day] = kind.removeprefix("supervision.")
    # 31 Jalali days after the start, then (visited on day 45) two months later, the notice a week before.
    assert days == {24: "visit_due", 32: "visit_missed", 98: "visit_due"}


@pytest.mark.usefixtures("world")
async def test_a_milestone_that_is_not_done_in_time_is_told_of_once(api: Api) -> None:
    sub_project = await api.pool.fetchrow("select id, cluster_id from sub_project order by id limit 1")
    await api.pool.execute("update sub_project set status = 'IN_PROGRESS', actual_start = $1", DUE - 90 * DAY)
    for ordinal, done in ((1, DUE), (2, None)):
        await Milestone.create(
            cluster_id=sub_project["cluster_id"], sub_project_id=sub_project["id"], ordinal=ordinal,
            name_fa="گام", name_en="Step", weight=1, due_on=DUE, done_on=done,
        )  # fmt: skip
    country = Country(api.pool, api.engine.settings)
    for day, missed in ((0, 0), (1, 1), (2, 0)):
        found = await seen(country, at(DUE + day * DAY))
        assert found.count("sub_project.milestone_missed") == missed


@pytest.mark.requirement("R32")
@pytest.mark.usefixtures("world")
async def test_a_plan_nobody_owns_is_told_of_until_somebody_does(api: Api) -> None:
    over = datetime.date(2026, 9, 1)
    await api.pool.execute(
        "update cluster_project set status = 'COMPLETED', actual_end = $1 where cluster_id = $2",
        over, number(CLUSTER, 1),
    )  # fmt: skip
    country = Country(api.pool, api.engine.settings)
    days = {
        day for day in range(120) if "action_plan.owner_missing" in await seen(country, at(over + day * DAY))
    }
    assert days == {0, 30, 90}


@pytest.mark.requirement("R24")
async def test_the_first_plan_is_due_after_the_study_and_told_of_until_it_is_approved(
    country: Country,
) -> None:
    cluster = await country.cluster(await country.province(1))
    phase = await country.record(
        "phase", cluster_id=cluster, project_id=await country.project(cluster), code="ACTION_PLAN", ordinal=3,
        kind="RECURRING", status="IN_PROGRESS", actual_start=DUE - 30 * DAY, due_on=DUE,
    )  # fmt: skip
    told = {}
    for day in (-31, -30, -7, 0, 1, 2):
        if plan := [
            kind for kind in await seen(country, at(DUE + day * DAY)) if kind.startswith("action_plan")
        ]:
            told[day] = plan
    assert told == {
        -30: ["action_plan.due_soon"],
        -7: ["action_plan.due_soon"],
        1: ["action_plan.overdue"],
    }
    subjects = await country.pool.fetch(
        "select distinct subject_id from event where type like 'action_plan%'"
    )
    assert [row["subject_id"] for row in subjects] == [phase]


@pytest.mark.usefixtures("world")
async def test_a_project_whose_plan_is_in_force_has_no_first_plan_due(api: Api) -> None:
    await api.pool.execute(
        "update phase set status = 'IN_PROGRESS', actual_start = $1, due_on = $2 where id = $3",
        DUE - 30 * DAY, DUE, number(PHASE, 13),
    )  # fmt: skip
    told = await seen(Country(api.pool, api.engine.settings), at(DUE + DAY))
    assert not [kind for kind in told if kind.startswith("action_plan")]


async def test_an_acknowledged_delay_is_not_brought_before_the_national_office(country: Country) -> None:
    province = await country.province(1)
    reader = await country.administrator(province)
    answered, unanswered = [await country.study_phase(await country.cluster(province), DUE) for _ in range(2)]
    await look(country, at(DUE + DAY))
    await FanOut(country.pool, lambda: at(DUE + DAY)).route()
    await country.pool.execute(
        "update inbox_entry set acknowledged_at = now() where user_id = $1 and event_id in"
        " (select e.id from event e where e.cluster_id = (select cluster_id from phase where id = $2))",
        reader, answered,
    )  # fmt: skip
    for day in (15, 22, 23):
        await look(country, at(DUE + day * DAY))
    rows = await country.pool.fetch("select type, subject_id from event where payload->>'daysLeft' like '-%'")
    of = {
        phase: [row["type"] for row in rows if row["subject_id"] == phase] for phase in (answered, unanswered)
    }
    assert of[answered] == ["phase.overdue"] * 2
    assert of[unanswered] == ["phase.overdue", "phase.overdue", "overdue.escalated"]
